// What lies above the bar: a question, its cloud, or the form that asks one. It covers the page's lower part, closes
// with Escape, and leaves the page as it is.
import { el } from "../build.js";

/** @typedef {{root: HTMLElement, shows: string, closed: Set<string>}} Sheet `shows`: what is in it, by a name */

/** @returns {Sheet} */
export function makeSheet() {
  const root = el("section", {
    class: "cr-sheet",
    role: "dialog",
    "aria-label": "Class",
    tabindex: "-1",
    hidden: true,
  });
  return { root, shows: "", closed: new Set() };
}

/**
 * Show something, made anew only where something else was shown; what was closed by hand stays so until asked for.
 * @param {Sheet} sheet
 * @param {string} name
 * @param {() => Node[]} make
 * @param {boolean} [asked]
 */
export function show(sheet, name, make, asked = false) {
  if (asked) sheet.closed.delete(name);
  if (sheet.shows !== name) {
    sheet.shows = name;
    sheet.root.replaceChildren(...make());
    sheet.root.scrollTop = 0;
  }
  sheet.root.hidden = sheet.closed.has(name);
}

/** Close it by hand. @param {Sheet} sheet */
export function close(sheet) {
  sheet.closed.add(sheet.shows);
  sheet.root.hidden = true;
}

/** Nothing is to be shown any more. @param {Sheet} sheet */
export function clear(sheet) {
  sheet.shows = "";
  sheet.root.hidden = true;
  sheet.root.replaceChildren();
}
