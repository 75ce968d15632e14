// The tour that this tab walks: where it is, how it goes on, and who hears of it. Python only opens pages (bar.py).
import { hrefOf, placeOf, presenting, same } from "./address.js";
import { endWalk, keepWalk, walk } from "./store.js";

/** @typedef {import("./store.js").Walk} Walk */
/** @typedef {import("./store.js").Tour} Tour */
/** @typedef {import("./store.js").Step} Step */
/** @typedef {import("../types.js").Component} Component */
/** @typedef {{page: string, query: string, since: number, tries: number}} Going */

const TOGETHER = 60; // ms in which several presses are one way: of two triggers Streamlit may bring but one
const PATIENCE = 4000; // ms until a way is asked for once more: a run that was under way may have swallowed it
const TRIES = 2;

/** @type {Walk | null | undefined} */
let now;
/** @type {Component | null} */
let door = null;
/** @type {Going | null} */
let going = null;
let count = 0;
/** @type {Object<string, string>} */
let said = {};
/** @type {number | undefined} */
let asking;
/** @type {Set<() => void>} */
const listeners = new Set();

/** The tour under way, if one is. @returns {Walk | null} */
export function underWay() {
  if (now === undefined) now = walk();
  return now;
}

/** @param {() => void} heard @returns {() => void} ends it */
export function whenItMoves(heard) {
  listeners.add(heard);
  return () => listeners.delete(heard);
}

const tell = () => {
  for (const heard of listeners) heard();
};

/**
 * Whoever carries a wish to Python, and the words of tours.
 * @param {Component} component
 * @param {Object<string, string>} words
 */
export function through(component, words) {
  door = component;
  said = words;
}

export const wordsOf = () => said;

/** @param {Tour} tour @param {string} id @param {number} at @param {boolean} present */
export function begin(tour, id, at, present) {
  const before = underWay();
  const on = before?.id === id ? before : null; // the same tour goes on, with the speaker's notes and their clock
  const tab = on?.tab ?? Math.random().toString(36).slice(2);
  now = { tour, id, tab, at, since: on?.since ?? Date.now(), came: null };
  to(at, present);
}

/** @param {number} at @param {boolean} [present] whether it is to be shown on the projector, if it is not already */
export function to(at, present = false) {
  const all = underWay();
  if (!all || !(at in all.tour.steps)) return;
  all.at = at;
  all.came = null;
  keepWalk(all);
  const { page, query } = all.tour.steps[at];
  going = { page, query, since: Date.now(), tries: 0 };
  clearTimeout(asking);
  asking = setTimeout(() => ask(page, query, present || presenting()), TOGETHER);
  tell();
}

/** @param {number} by @returns {boolean} whether there was a step */
export function stepBy(by) {
  const all = underWay();
  if (!all || !(all.at + by in all.tour.steps)) return false;
  to(all.at + by);
  return true;
}

/** The clock of the speaker starts anew. */
export function restartClock() {
  const all = underWay();
  if (!all) return;
  all.since = Date.now();
  keepWalk(all);
  tell();
}

export function end() {
  now = null;
  going = null;
  clearTimeout(asking);
  endWalk();
  tell();
}

/** Go to the page of tours. */
export const toDesk = () => ask("tour", "", false);

/** @param {string} page @param {string} query @param {boolean} present */
function ask(page, query, present) {
  const line = document.querySelector("[data-test-connection-state]")?.getAttribute("data-test-connection-state");
  if (door && line === "CONNECTED") {
    door.setTriggerValue("go", { page, query, present, n: ++count });
    return;
  }
  const there = new URL(hrefOf({ page, query, title: "", note: "" })); // without a line the address alone leads there
  if (present) there.searchParams.set("present", "1");
  location.assign(there.href);
}

/**
 * Where the tab is as against its tour: under way to a step, at it, at it and changed, or on another page.
 * @returns {"none" | "going" | "at" | "changed" | "away"}
 */
export function whereabouts() {
  const all = underWay();
  if (!all) return "none";
  const here = placeOf(location.href);
  const step = all.tour.steps[all.at];
  const there = here.page === step.page && same(here.query, step.query);
  if (going && (there || arrived(going, here.page))) {
    going = null;
    if (here.page === step.page) all.came = here.query;
    keepWalk(all);
  }
  if (going) return "going";
  if (here.page !== step.page) return "away";
  return there || (all.came !== null && same(here.query, all.came)) ? "at" : "changed";
}

/** Whether a way is not waited for any longer. @param {Going} way @param {string} page */
function arrived(way, page) {
  if (Date.now() - way.since < PATIENCE) return false;
  if (way.tries >= TRIES) return true;
  if (page === way.page && way.tries) return true; // it is there, and says its link its own way
  way.tries++;
  way.since = Date.now();
  ask(way.page, way.query, presenting());
  return false;
}

/** Back and forward in the browser's history may be from step to step: the nearest that is what the address says. */
export function follow() {
  const all = underWay();
  if (!all) return;
  const here = placeOf(location.href);
  const { steps } = all.tour;
  const alike = [...steps.keys()].filter((i) => steps[i].page === here.page && same(steps[i].query, here.query));
  if (!alike.length) return;
  going = null;
  all.at = alike.reduce((best, i) => (Math.abs(i - all.at) < Math.abs(best - all.at) ? i : best));
  all.came = here.query;
  keepWalk(all);
  tell();
}
