// The glossary in the browser: the terms that came with the code, and where a text uses one.

/**
 * @typedef {object} Term
 * @property {string} name
 * @property {string} colour its concept, or ""
 * @property {string} what
 * @property {string} note
 * @property {string[]} also
 * @property {string} lesson the lesson that teaches it
 * @property {string} address of that lesson
 * @property {string[]} only the lessons in which the word means this; empty: all
 */
/** @typedef {{terms: Term[], spellings: [string, number][]}} Glossary */
/** @typedef {{from: number, to: number, term: number}} Found */

/** @type {Map<string, RegExp | null>} one for every page, made when it is asked for */
const finders = new Map();
/** @type {Map<string, number[]>} the terms of its groups */
const groups = new Map();

/** @returns {Glossary} */
export const book = () => window.__bayesCode?.glossary ?? { terms: [], spellings: [] };

/** The last part of a page's address: "" on the start page. */
export const page = () => location.pathname.replace(/\/+$/, "").split("/").pop() ?? "";

/** @param {string} here @param {Glossary} from */
function finder(here, from) {
  if (!finders.has(here)) {
    const meant = from.spellings.filter(([, at]) => meansHere(from.terms[at], here));
    const text = meant.map(([pattern]) => `(${pattern})`).join("|");
    finders.set(here, text ? new RegExp(text, "g") : null);
    groups.set(
      here,
      meant.map(([, at]) => at),
    );
  }
  return finders.get(here);
}

/** @param {Term} term @param {string} here */
const meansHere = ({ only }, here) => only.length === 0 || only.includes(here);

/**
 * The terms that a text uses, in their order.
 * @param {string} text
 * @param {string} [here] the page
 * @param {Glossary} [from]
 * @returns {Found[]}
 */
export function termsIn(text, here = page(), from = book()) {
  const regular = finder(here, from);
  if (!regular) return [];
  const terms = groups.get(here) ?? [];
  return [...text.matchAll(regular)].map((match) => {
    const group = match.slice(1).findIndex((part) => part !== undefined);
    return { from: match.index, to: match.index + match[0].length, term: terms[group] };
  });
}
