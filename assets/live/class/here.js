// Where this tab is, as the link says it that one would share.
import { linkOf, stagingOf } from "../share/link.js";

/** @typedef {import("./types.js").Place} Place */

/** The page and its state, with what it locks and hides. @param {string} href @returns {Place} */
export function placeOf(href) {
  const link = new URL(linkOf(href, stagingOf(href)));
  return { page: link.pathname.split("/").pop() ?? "", query: Object.fromEntries(link.searchParams) };
}

/** Whether two places are one, in whatever order they say it. @param {Place} one @param {Place} other */
export const same = (one, other) => one.page === other.page && sorted(one.query) === sorted(other.query);

/** @param {Place["query"]} query */
const sorted = (query) => JSON.stringify(Object.entries(query).sort());
