// The bar of a tour, on every page of it: which step this is, its note, back and on. It is built once, so that whoever
// walks by keyboard stays on its button from page to page.

import { button, el } from "../build.js";
import { one } from "../dom.js";
import { keeps } from "../keys.js";
import { fill } from "../text.js";
import { presenting } from "./address.js";
import { listenToSpeaker, openNotes } from "./speaking.js";
import { end, follow, stepBy, through, to, toDesk, underWay, whenItMoves, whereabouts } from "./walking.js";

/** @typedef {import("../types.js").Component} Component */
/** @typedef {{pages: Object<string, string>, words: Object<string, string>}} Told */
/** @typedef {HTMLElement & {__tour?: Told, __end?: () => void}} Root */

const EVERY = 250; // ms between two looks at the address, while a tour is under way
/** @type {Object<string, number>} */
const BY = { PageDown: 1, PageUp: -1 };

/** @param {Component} component */
export function tour(component) {
  const { data, parentElement } = component;
  if (!data) return undefined;
  const root = /** @type {Root} */ (one(parentElement, ".tb"));
  root.__end?.();
  root.__tour = JSON.parse(new TextDecoder().decode(data));
  const told = /** @type {Told} */ (root.__tour);
  through(component, told.words);
  if (!root.childElementCount) build(root, told.words);
  const ended = new AbortController();
  const { signal } = ended;
  const looking = setInterval(() => underWay() && show(root, told), EVERY);
  const moving = whenItMoves(() => show(root, told));
  const speaking = listenToSpeaker(told);
  window.addEventListener("popstate", follow, { signal });
  window.addEventListener("keydown", heard, { signal });
  show(root, told);
  root.__end = () => {
    ended.abort();
    clearInterval(looking);
    moving();
    speaking();
  };
  return root.__end;
}

/** @param {Root} root @param {Object<string, string>} words */
function build(root, words) {
  const here = el("p", { class: "tb-at" }, el("b"), el("span"), el("span", { class: "tb-heading" }));
  const notes = button(words["bar notes"], () => openNotes(words), { class: "tb-notes" });
  const again = button(words["bar again"], () => to(underWay()?.at ?? 0), { class: "tb-again" });
  const keys = (/** @type {string} */ way, /** @type {string} */ pressed) => ({
    title: words[`bar ${way} keys`],
    "aria-keyshortcuts": pressed,
  });
  const back = button(words["bar back"], () => stepBy(-1), { class: "tb-back", ...keys("back", "Alt+PageUp") });
  const on = button(words["bar next"], onOrEnd, { class: "tb-on", ...keys("next", "Alt+PageDown") });
  const all = button(words["bar all"], toDesk, { class: "tb-all" });
  const shut = button("×", end, { class: "tb-end", "aria-label": words["bar end"], title: words["bar end"] });
  root.append(
    el("div", { class: "tb-told" }, here, el("p", { class: "tb-note", role: "status" })),
    el("div", { class: "tb-ways" }, again, notes, all, back, on, shut),
  );
  root.setAttribute("role", "region");
  root.setAttribute("aria-label", words["bar label"]);
}

function onOrEnd() {
  const now = underWay();
  if (!now) return;
  if (whereabouts() === "away") to(now.at);
  else if (!stepBy(1)) toEnd();
}

function toEnd() {
  end();
  toDesk();
}

/** Bring the bar up to date; nothing that says the same is touched. @param {Root} root @param {Told} told */
function show(root, { pages, words }) {
  const now = underWay();
  root.hidden = !now;
  if (!now) return;
  const { steps, title } = now.tour;
  const step = steps[now.at];
  const where = whereabouts();
  const [away, onStage] = [where === "away", presenting()];
  const slots = { n: now.at + 1, of: steps.length, title: title || words["bar label"] };
  root.classList.toggle("stage", onStage);
  root.classList.toggle("away", away);
  say(one(root, ".tb-at b"), title || words["bar label"]);
  say(one(root, ".tb-at span"), fill(words["bar of"], slots));
  say(one(root, ".tb-heading"), step.title || (pages[step.page] ?? ""));
  const note = where === "changed" && !onStage ? words["bar differs"] : "";
  say(one(root, ".tb-note"), away ? fill(words["bar away"], slots) : onStage ? "" : step.note || note);
  one(root, ".tb-again").hidden = where !== "changed";
  one(root, ".tb-notes").hidden = !onStage;
  one(root, ".tb-all").hidden = onStage;
  const back = /** @type {HTMLButtonElement} */ (one(root, ".tb-back"));
  back.hidden = away;
  back.disabled = now.at === 0;
  const last = now.at === steps.length - 1;
  say(one(root, ".tb-on"), words[away ? "bar return" : last ? "bar last" : "bar next"]);
}

/** @param {HTMLElement} place @param {string} text */
function say(place, text) {
  if (place.textContent !== text) place.textContent = text;
}

/** A clicker's keys on a page without a picture (a picture's keys are keys.js's), and everybody's with Alt. */
function heard(/** @type {KeyboardEvent} */ event) {
  const { key, target } = event;
  if (!(key in BY) || event.defaultPrevented || event.ctrlKey || event.metaKey || !underWay()) return;
  if (!event.altKey && !presenting()) return;
  if (target instanceof HTMLElement && keeps(target, key, false)) return;
  event.preventDefault();
  if (!event.repeat) stepBy(BY[key]);
}
