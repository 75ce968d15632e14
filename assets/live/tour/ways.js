// The head of a tour on its page, and what can be done with it as a whole.

import { button, el } from "../build.js";
import { fill } from "../text.js";
import { idOf } from "./answers.js";
import { before, leftAt, mine } from "./store.js";
import { underWay } from "./walking.js";

/** @typedef {import("./answers.js").Desk} Desk */
/** @typedef {import("./answers.js").Does} Does */

/** @param {Desk} here @param {Does} does */
export function headOf({ page, mode, tour }, does) {
  const { words, limits } = page;
  const eyebrow = el("p", { class: "td-eyebrow" }, words[mode]);
  if (mode !== "mine") {
    const lead = mode === "example" ? [el("p", { class: "td-lead" }, words["example lead"])] : [];
    return el("div", { class: "td-head" }, eyebrow, ...lead, el("h2", {}, tour.title || words.untitled));
  }
  const is = { maxlength: String(limits.title), placeholder: words["title hint"] };
  const field = /** @type {HTMLInputElement} */ (el("input", is));
  field.value = tour.title;
  field.addEventListener("input", () => {
    tour.title = field.value;
    does.changed();
  });
  const label = el("label", { class: "td-title" }, el("span", {}, words.title), field);
  return el("div", { class: "td-head" }, eyebrow, label);
}

/** @param {Desk} here @param {Does} does */
export function waysOf(here, does) {
  const { page, mode } = here;
  const { words } = page;
  const own = mine().steps.length;
  const left = leftOf(here);
  /** @type {HTMLElement[]} */
  const ways = [button(words.walk, () => does.walk(0, false), { class: left ? null : "td-main" })];
  if (left) {
    const resume = fill(words.resume, { n: left + 1 });
    ways.unshift(button(resume, () => does.walk(left, false), { class: "td-main" }));
  }
  ways.push(
    button(words.present, () => does.walk(0, true)),
    button(words.copy, does.copy),
    button(words.download, does.download),
    opener(words.open, does),
  );
  const changed = words[own ? "changed" : "changed first"];
  if (mode !== "mine") ways.push(button(words.change, () => does.change(changed)));
  if (mode !== "mine" && own) ways.push(button(`${words.mine} (${own})`, does.own));
  if (mode === "mine") ways.push(button(words.clear, does.clear, { class: "td-quiet" }));
  if (before()) ways.push(button(words.undo, does.undo, { class: "td-quiet" }));
  return el("div", { class: "td-ways" }, ...ways);
}

/** Where somebody else's tour was left, 0 for nowhere in particular. @param {Desk} here */
function leftOf({ mode, known, tour }) {
  const left = mode === "walked" ? (underWay()?.at ?? 0) : mode === "arrived" && known ? leftAt(idOf(known.token)) : 0;
  return left in tour.steps ? left : 0;
}

/** @param {string} words @param {Does} does */
function opener(words, does) {
  const field = /** @type {HTMLInputElement} */ (el("input", { type: "file", accept: ".json,application/json" }));
  field.addEventListener("change", () => {
    const file = field.files?.[0];
    if (file) does.read(file);
    field.value = "";
  });
  return el("label", { class: "td-open" }, words, field);
}
