// One curve at a time: play, pause and step through the members, each of which is one draw of the whole curve.
// The bold curve jumps and never glides from one draw to the next: a curve in between is nobody's draw. It is kept by
// its number, so that it follows a handle, and draws that stream in, like the faint ones under it.
import { all, one } from "./dom.js";
import { standing } from "./draw.js";
import { drawOverlay } from "./overlay.js";
import { colour, path, tag } from "./svg.js";
import { safe } from "./text.js";

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./types.js").WalkSpec} WalkSpec */

const SIGNS = {
  play: "M4 2.5V13.5L13 8Z",
  pause: "M4 2.5H7V13.5H4ZM9.5 2.5H12.5V13.5H9.5Z",
  back: "M10.5 3L5.5 8L10.5 13",
  on: "M5.5 3L10.5 8L5.5 13",
  end: "M4 4L12 12M12 4L4 12",
};
const PLAY = '[data-walk="play"]';
/** @type {Object<string, number>} */
const KEYS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };

/** @param {keyof typeof SIGNS} name */
const sign = (name) => tag("svg", { viewBox: "0 0 16 16", "aria-hidden": "true", class: name }, path(SIGNS[name], {}));

/** @param {WalkSpec} spec */
export function walkHtml({ concept, label }) {
  const button = (/** @type {"end" | "back" | "on"} */ what, /** @type {string} */ words) =>
    `<button data-walk="${what}" aria-label="${words}" hidden>${sign(what)}</button>`;
  const words = safe(label);
  const play = `data-walk="play" aria-pressed="false" aria-label="${words}"`;
  return (
    `<div class="bl-walk" role="group" aria-label="One curve at a time" style="--c:${colour(concept)}">` +
    button("end", "Show no single curve") +
    button("back", "Previous curve") +
    "<output hidden></output>" +
    button("on", "Next curve") +
    `<button ${play}>${sign("play")}${sign("pause")}<span>${words}</span></button></div>`
  );
}

/** The furniture is new: a walk under way goes on in it. @param {Chart} chart */
export function wireWalk(chart) {
  const { walk } = chart;
  walk.box = chart.root.querySelector(".bl-walk");
  if (!walk.box) {
    pause(chart);
    walk.at = null;
    return;
  }
  walk.box.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const what = button?.dataset.walk;
    if (what === "play") (walk.timer === null ? play : pause)(chart);
    else if (what === "end") leave(chart);
    else if (what) step(chart, what === "on" ? 1 : -1);
  });
  walk.box.addEventListener("keydown", (event) => {
    const by = KEYS[event.key];
    if (!by && !(event.key === "Escape" && walk.at !== null)) return;
    event.preventDefault();
    event.stopPropagation(); // a presenter's arrow keys would change the scene
    if (by) step(chart, by);
    else leave(chart);
  });
  show(chart);
}

/** @param {Chart} chart */
function play(chart) {
  const spec = chart.spec.walk;
  if (!spec) return;
  go(chart, 1);
  chart.walk.timer = setInterval(() => {
    if (chart.root.isConnected && chart.spec.walk) go(chart, 1);
    else pause(chart);
  }, spec.ms);
  show(chart);
}

/** @param {Chart} chart */
export function pause(chart) {
  if (chart.walk.timer !== null) clearInterval(chart.walk.timer);
  chart.walk.timer = null;
  show(chart);
}

/** @param {Chart} chart @param {number} by */
function step(chart, by) {
  pause(chart);
  go(chart, by);
}

/** @param {Chart} chart */
function leave(chart) {
  pause(chart);
  chart.walk.at = null;
  if (chart.walk.box) one(chart.walk.box, PLAY).focus({ preventScroll: true });
  show(chart);
}

/** @param {Chart} chart @param {number} by */
function go(chart, by) {
  const count = chart.spec.walk?.count ?? 1;
  chart.walk.at = ((chart.walk.at ?? (by > 0 ? -1 : 0)) + by + count) % count;
  show(chart);
}

/** The words follow by themselves only at rest: nobody wants to hear a number every 400 ms. @param {Chart} chart */
function show(chart) {
  const { at, box, timer } = chart.walk;
  const spec = chart.spec.walk;
  if (!box || !spec) return;
  box.classList.toggle("on", at !== null);
  for (const el of all(box, `output, button:not(${PLAY})`)) el.hidden = at === null;
  const said = one(box, "output");
  said.setAttribute("aria-live", timer === null ? "polite" : "off");
  said.textContent = at === null ? "" : `curve ${at + 1} of ${spec.count}`;
  one(box, PLAY).setAttribute("aria-pressed", String(timer !== null));
  if (standing(chart) && !chart.spec.stage) drawOverlay(chart);
}
