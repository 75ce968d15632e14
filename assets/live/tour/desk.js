// The page of tours: one that an address brought, one's own, or the example, as cards. What is written stays in the
// browser.

import { el } from "../build.js";
import { all, one } from "../dom.js";
import { fill } from "../text.js";
import { idOf, known, lengthOf, linkOf, tourOf } from "./answers.js";
import { cardsOf } from "./cards.js";
import { before, keepBefore, keepMine, mine, whenMineChanges, written } from "./store.js";
import { begin, underWay } from "./walking.js";
import { headOf, waysOf } from "./ways.js";

/** @typedef {import("./store.js").Tour} Tour */
/** @typedef {import("./store.js").Step} Step */
/** @typedef {import("../types.js").Component} Component */
/** @typedef {import("./answers.js").Answer} Answer */
/** @typedef {import("./answers.js").Page} Page */
/** @typedef {import("./answers.js").Desk} Desk */
/** @typedef {HTMLElement & {__desk?: Desk}} Root */

const WRITTEN = 350; // ms without a change before Python is asked for the link
const LARGEST = 2_000_000; // bytes of a file, as Python has it

/** @param {Component} component */
export function desk(component) {
  const { data, parentElement } = component;
  if (!data) return undefined;
  const root = /** @type {Root} */ (one(parentElement, ".td"));
  /** @type {Page} */
  const page = JSON.parse(new TextDecoder().decode(data));
  const came = page.arrived?.token !== root.__desk?.page.arrived?.token;
  root.__desk ??= opened(root, page, component);
  const here = root.__desk;
  Object.assign(here, { page, component });
  if (came || !root.childElementCount) open(here, "others");
  hear(here, page.answer);
  here.end?.();
  here.end = whenMineChanges(
    () => /mine|example/.test(here.mode) && !root.contains(document.activeElement) && open(here, "mine"),
  );
  return () => here.end?.();
}

/** @param {HTMLElement} root @param {Page} page @param {Component} component @returns {Desk} */
const opened = (root, page, component) => ({
  ...{ root, page, component },
  mode: "mine",
  tour: mine(),
  known: null,
  asked: Date.now(), // no two visits ask by the same number
  soon: undefined,
  waiting: [],
  kept: true,
  shows: {},
});

/**
 * Show what the address brought, or the tour under way, or one's own, or the example where there is nothing of that.
 * @param {Desk} here
 * @param {"mine" | "others"} which
 */
function open(here, which) {
  const { page } = here;
  const own = mine();
  const walked = underWay()?.tour;
  const other = which === "others" && walked && written(walked) !== written(own) ? walked : null;
  here.known = which === "others" ? page.arrived : null;
  here.mode = here.known ? "arrived" : other ? "walked" : own.steps.length ? "mine" : "example";
  if (here.mode === "example") here.known = page.example;
  here.tour = here.known ? tourOf(here.known.file) : (other ?? own);
  if (!here.known) ask(here);
  draw(here);
}

// ------------------------------------------------------------------------------------------------ asking Python
/** @param {Desk} here */
function ask(here) {
  here.known = null;
  here.asked++;
  const { asked } = here;
  clearTimeout(here.soon);
  here.soon = setTimeout(() => here.component.setStateValue("asked", { n: asked, text: written(here.tour) }), WRITTEN);
}

/** @param {Desk} here @param {Answer | null} answer */
function hear(here, answer) {
  if (!answer || answer.n !== here.asked || here.known === answer) return;
  if (here.waiting.length) {
    for (const tell of here.waiting.splice(0)) tell(answer);
    return;
  }
  here.known = answer;
  tellCards(here);
}

// ------------------------------------------------------------------------------------------------ what one does
/** Something was written: keep it, and ask for its link. @param {Desk} here */
function changed(here) {
  here.kept = keepMine(here.tour);
  ask(here);
  tellCards(here);
}

/** The steps are others. @param {Desk} here @param {Tour} tour @param {string} said */
function become(here, tour, said) {
  keepBefore(mine());
  here.tour = tour;
  here.kept = keepMine(tour);
  open(here, "mine");
  say(here, said);
}

/** @param {Desk} here @param {number} at @param {number} to */
function move(here, at, to) {
  if (!(to in here.tour.steps)) return;
  const steps = [...here.tour.steps];
  steps.splice(to, 0, ...steps.splice(at, 1));
  here.tour = { ...here.tour, steps };
  changed(here);
  draw(here);
  const ways = here.root.querySelectorAll(`.td-card:nth-child(${to + 1}) [data-way]:enabled`);
  const same = [...ways].find((way) => way.getAttribute("data-way") === (to < at ? "up" : "down")) ?? ways[0];
  if (same instanceof HTMLElement) same.focus();
  say(here, fill(here.page.words.moved, { n: at + 1, to: to + 1 }));
}

/** @param {Desk} here @param {number} at */
function remove(here, at) {
  const steps = here.tour.steps.filter((_, i) => i !== at);
  become(here, { ...here.tour, steps }, fill(here.page.words.removed, { n: at + 1 }));
  one(here.root, ".td-said").focus(); // its button is gone
}

/** @param {Desk} here @param {number} at @param {boolean} present */
async function walk(here, at, present) {
  const { token } = await known(here);
  if (token) begin(here.tour, idOf(token), at, present);
}

/** @param {Desk} here */
async function copy(here) {
  const { words, limits } = here.page;
  const { token } = await known(here);
  if (!token) return;
  if (token.length > limits.link) return say(here, lengthOf(token, here.page));
  const link = linkOf(token);
  const done = await navigator.clipboard?.writeText(link).then(
    () => true,
    () => false,
  );
  say(here, words[done ? "copied" : "not copied"]);
  if (done) return;
  const field = /** @type {HTMLInputElement} */ (el("input", { class: "td-link", readonly: true, value: link }));
  one(here.root, ".td-said").append(field);
  field.select();
}

/** @param {Desk} here */
async function download(here) {
  const { file } = await known(here);
  if (!file) return;
  const name = `${here.tour.title.replace(/[^\p{L}\p{N}]+/gu, "_").slice(0, 40) || "tour"}.json`;
  const href = URL.createObjectURL(new Blob([file], { type: "application/json" }));
  Object.assign(document.createElement("a"), { href, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(href), 10_000);
  say(here, here.page.words.saved);
}

/** Python reads a file by the checks of a link. @param {Desk} here @param {File} file */
async function read(here, file) {
  const { words } = here.page;
  if (file.size > LARGEST) return say(here, `${words["not read"]} ${words["too large"]}`);
  const text = await file.text();
  clearTimeout(here.soon);
  const n = ++here.asked;
  const answer = await new Promise((done) => {
    here.waiting.push(done);
    here.component.setStateValue("asked", { n, text });
  });
  if (answer.token) become(here, tourOf(answer.file), words.opened);
  else say(here, `${words["not read"]} ${answer.trouble}`);
  if (!answer.token && !here.known) ask(here);
}

// ------------------------------------------------------------------------------------------------ what one sees
/** @param {Desk} here */
function draw(here) {
  const { root, page, mode } = here;
  const { words } = page;
  /** @type {import("./answers.js").Does} */
  const does = {
    walk: (at, present) => walk(here, at, present),
    copy: () => copy(here),
    download: () => download(here),
    read: (file) => read(here, file),
    change: (said) => become(here, here.tour, said),
    own: () => open(here, "mine"),
    clear: () => become(here, { title: "", steps: [] }, words.cleared),
    undo: () => undo(here),
    changed: () => changed(here),
    move: (at, to) => move(here, at, to),
    remove: (at) => remove(here, at),
  };
  const kept = `${words.keys} ${words[here.kept ? "keeps" : "keeps nothing"]}`;
  root.dataset.mode = mode;
  root.replaceChildren(
    headOf(here, does),
    waysOf(here, does),
    el("p", { class: "td-length" }),
    el("p", { class: "td-said", role: "status", tabindex: "-1" }),
    cardsOf(here, does),
    el("p", { class: "td-foot" }, mode === "mine" ? kept : ""),
  );
  tellCards(here);
}

/** @param {Desk} here */
function undo(here) {
  const back = before();
  if (back) become(here, back, here.page.words.undone);
}

/** Bring what the cards say of their views up to date: a view says the same wherever its step is. @param {Desk} here */
function tellCards({ root, page, known, tour, shows }) {
  const named = tour.steps.map((step) => `${step.page}?${step.query}`);
  for (const [i, name] of named.entries()) if (known?.said?.[i]) shows[name] = [known.said[i], known.notes[i]];
  for (const [i, card] of all(root, ".td-card").entries()) {
    const [shown, wrong] = shows[named[i]] ?? ["", ""];
    one(card, ".td-shows").textContent = shown;
    one(card, ".td-wrong").textContent = wrong ? `${page.words.wrong} ${wrong}` : "";
  }
  if (known?.trouble) one(root, ".td-said").textContent = known.trouble;
  else if (known) one(root, ".td-length").textContent = lengthOf(known.token, page);
}

/** @param {Desk} here @param {string} text */
function say(here, text) {
  one(here.root, ".td-said").textContent = text;
}
