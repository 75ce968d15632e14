// A view is added to one's tour from the share sheet of its page: the sheet's link, with a note.

import { button, el } from "../build.js";
import { fill } from "../text.js";
import { isFar, placeOf } from "./address.js";
import { keepMine, mine } from "./store.js";
import { toDesk } from "./walking.js";

const MOST = 30; // steps of a tour, and signs of a note (pages/_ui/tour/nouns.py)
const NOTE = 600;

/**
 * Furnish the place in the sheet.
 * @param {HTMLElement} place
 * @param {Object<string, string>} words of the sheet: those of the tour's bar may still be on their way
 * @param {() => string} link
 * @param {string} noted what was typed already
 */
export function collect(place, words, link, noted) {
  const is = { id: "sh-note", rows: "2", maxlength: String(NOTE), placeholder: words["share hint"] };
  const note = /** @type {HTMLTextAreaElement} */ (el("textarea", is));
  note.value = noted;
  const said = el("p", { class: "sh-added", role: "status" });
  const go = button("", toDesk, { class: "sh-mine" });
  const count = () => {
    const { length } = mine().steps;
    go.textContent = length ? fill(words["share steps"], { n: length }) : words["share open"];
  };
  const add = button(words["share add"], () => {
    const told = added(link(), note.value);
    said.textContent = fill(words[`share ${told}`], { n: mine().steps.length, most: MOST });
    if (told === "added" || told === "data") note.value = "";
    count();
  });
  count();
  place.append(
    el("h3", {}, words["share heading"]),
    el("label", { for: "sh-note" }, words["share note"]),
    note,
    el("div", { class: "sh-open" }, add, go),
    said,
  );
}

/** @param {string} link @param {string} note @returns {"added" | "data" | "full" | "kept not"} what became of it */
function added(link, note) {
  const { title, steps } = mine();
  if (steps.length >= MOST) return "full";
  const { page, query } = placeOf(link);
  const kept = keepMine({ title, steps: [...steps, { page, query, title: "", note: note.trim() }] });
  return kept ? (isFar(query) ? "data" : "added") : "kept not";
}
