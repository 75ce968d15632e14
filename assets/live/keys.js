// A presenter's keys: what they ask for, and who has a key first. Listening comes before everything else in the page.
import { all } from "./dom.js";
import { blank, cap, card, clear, large, uncover, whole } from "./stagecraft.js";
import { stepBy, underWay } from "./tour/walking.js";

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./types.js").KeyRow} KeyRow */

/**
 * What `does` something here needs nobody; what Python does is offered where it leads somewhere (`Picture.keys`).
 * @type {KeyRow[]}
 */
const ROWS = [
  {
    do: "step",
    keys: { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1 },
    caps: ["←", "→"],
    words: "scenes",
    hint: "scenes",
  },
  { do: "view", keys: { ArrowDown: 1, ArrowUp: -1, v: 1, V: -1 }, caps: ["↑", "↓"], words: "views", hint: "views" },
  { do: "try", keys: { t: 1, T: -1 }, caps: ["T"], words: "try this, one after the other" },
  { do: "pin", keys: { p: 1, P: 1 }, caps: ["P"], words: "pin this answer" },
  { do: "guess", keys: { g: 1, G: 1 }, caps: ["G"], words: "guess first, or reveal", hint: "guess" },
  {
    do: "blank",
    keys: { b: 0, B: 0, ".": 0, w: 1, W: 1 },
    caps: ["B", "W"],
    words: "black, white screen",
    does: blank,
  },
  { do: "full", keys: { f: 1, F: 1, F5: 1 }, caps: ["F"], words: "full screen", does: whole },
  { do: "large", keys: { l: 1, L: 1 }, caps: ["L"], words: "large pointer", does: large },
  { do: "card", keys: { "?": 1 }, caps: ["?"], words: "all keys", hint: "keys", does: () => card(offered) },
  { do: "leave", keys: { Escape: 1 }, caps: ["Esc"], words: "leave", hint: "leave" },
];
/** While a tour is under way a clicker's keys are its own; arrows go on through the scenes. @type {KeyRow} */
const TOUR = {
  do: "tour",
  keys: { PageDown: 1, PageUp: -1 },
  caps: ["PgUp", "PgDn"],
  words: "steps of the tour",
  does: stepBy,
};
const rows = () => (underWay() ? [TOUR, ...ROWS] : ROWS);
const ALWAYS = "leave";
const TOGETHER = 60; // ms in which presses are told at once: of two triggers Streamlit may bring but one
const PAGES = ["PageDown", "PageUp"];
const ARROWS = ["ArrowRight", "ArrowLeft", "ArrowDown", "ArrowUp"];
const OPEN = '[role="dialog"], [role="menu"], [role="listbox"], [data-baseweb="popover"]'; // these have all their keys
const WRITES =
  'textarea, select, [contenteditable="true"], input:not([type="range"], [type="radio"], [type="checkbox"])';
const STEERED = 'input[type="range"], [role="radiogroup"], .bl-walk, svg[tabindex], [data-arrows]'; // by arrow keys

/** @type {KeyRow[]} */
let offered = [];
let byTab = false; // whether whoever has the keyboard was reached by it

/**
 * Who has a key first: the element that it goes to, or the presenter.
 * @param {Element} target
 * @param {string} key
 * @param {boolean} reached by the keyboard
 */
export function keeps(target, key, reached) {
  if (target.closest(OPEN)) return true;
  if (PAGES.includes(key)) return false;
  if (target.closest(WRITES)) return true;
  return reached && Boolean(target.closest(STEERED)) && (ARROWS.includes(key) || key === "Escape");
}

/** @param {string} key @param {string[]} open what Python does from here */
export function rowOf(key, open) {
  const row = rows().find(({ keys }) => key in keys);
  return row && (row.does || row.do === ALWAYS || open.includes(row.do)) ? row : null;
}

/** @param {Chart} chart @returns {() => void} ends it */
export function listenToKeys(chart) {
  const ended = new AbortController();
  const { signal } = ended;
  const on = { capture: true, signal };
  /** @type {{epoch: number, counts: Object<string, number>}} */
  let pressed = { epoch: -1, counts: {} };
  let at = 0; // no two are at the same time
  /** @type {Object<string, number>} */
  const asking = {};
  const ask = (/** @type {string} */ what, /** @type {number} */ by) => {
    const { epoch } = chart.spec;
    if (pressed.epoch !== epoch) pressed = { epoch, counts: {} };
    pressed.counts[what] = (pressed.counts[what] ?? 0) + by;
    at = Math.max(at + 1, Date.now());
    clearTimeout(asking[what]);
    const told = { do: what, by: pressed.counts[what], epoch, at };
    asking[what] = setTimeout(() => chart.component.setTriggerValue("step", told), TOGETHER);
  };
  const heard = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Tab") byTab = true;
    const { key, target } = event;
    if (!chart.spec?.present || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (uncover(key)) return stop(event);
    if (target instanceof HTMLElement && keeps(target, key, byTab)) return giveBack(target, key);
    const row = rowOf(key, chart.spec.keys);
    if (!row || (key === "Escape" && somethingIsOpen())) return; // which ends first, by itself
    stop(event);
    if (event.repeat) return;
    if (target instanceof HTMLElement && !byTab) target.blur(); // a click's focus; a field sends what was typed in it
    if (row.does) row.does(row.keys[key]);
    else ask(row.do, row.keys[key]);
  };
  window.addEventListener("keydown", heard, on);
  window.addEventListener(
    "pointerdown",
    () => {
      byTab = false;
    },
    on,
  );
  return () => {
    ended.abort();
    clear();
  };
}

const somethingIsOpen = () =>
  Boolean(document.fullscreenElement) || all(document, OPEN).some((el) => el.checkVisibility());

/** @param {Event} event */
function stop(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Whoever has the keyboard gives it back on Escape, a handle on Enter as well. @param {HTMLElement} el @param {string} key */
function giveBack(el, key) {
  if (el.closest(OPEN)) return;
  if (key === "Escape") setTimeout(() => el.blur()); // it may have an Escape of its own
}

/** Say which keys there are, in the place that the page left for it. @param {Chart} chart */
export function hint(chart) {
  const { present, keys } = chart.spec;
  if (!present) return clear();
  offered = rows().filter((row) => row.does || row.do === ALWAYS || keys.includes(row.do));
  const shown = offered.filter((row) => row.hint);
  for (const line of all(document, ".keys")) line.replaceChildren(...shown.map(entry));
}

/** @param {KeyRow} row */
function entry({ caps, hint = "" }) {
  const el = document.createElement("span");
  el.append(...caps.map(cap), ` ${hint}`);
  return el;
}
