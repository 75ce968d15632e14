// Which terms a reader means: by name, by another spelling, by what the definition says, or by a name nearly like it.

/** @typedef {import("./book.js").Term} Term */

/** A text without case, accents, hyphens and the like. @param {string} text */
export const plainly = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();

/** The names of a term. @param {Term} term */
const namesOf = ({ name, also }) => [name, ...also].map(plainly);

/**
 * How well a term fits: 0 is its name, 4 a word of its definition, Infinity not at all.
 * @param {Term} term
 * @param {string} query
 */
export function fit(term, query) {
  const asked = plainly(query);
  const names = namesOf(term);
  if (asked === "") return query.trim() === "" ? 0 : [term.name, ...term.also].includes(query.trim()) ? 0 : Infinity;
  if (names.includes(asked) || names.includes(asked.replace(/e?s$/, ""))) return 0;
  if (names.some((name) => name.startsWith(asked))) return 1;
  if (names.some((name) => ` ${name}`.includes(` ${asked}`))) return 2;
  if (names.some((name) => name.replaceAll(" ", "").includes(asked.replaceAll(" ", "")))) return 3;
  return plainly(`${term.what} ${term.note}`).includes(asked) ? 4 : Infinity;
}

/**
 * The terms that fit, best first; all of them, by the alphabet, if nothing is asked.
 * @param {Term[]} terms
 * @param {string} query
 */
export function found(terms, query) {
  const byName = (/** @type {Term} */ a, /** @type {Term} */ b) => plainly(a.name).localeCompare(plainly(b.name), "en");
  const fitting = terms.map((term) => ({ term, fit: fit(term, query) })).filter(({ fit }) => fit < Infinity);
  return fitting.sort((a, b) => a.fit - b.fit || byName(a.term, b.term)).map(({ term }) => term);
}

/** The terms whose names are nearest to what fits nothing. @param {Term[]} terms @param {string} query */
export function nearest(terms, query) {
  const asked = plainly(query);
  const heard = (/** @type {Term} */ term) => namesOf(term).flatMap((name) => [name, ...name.split(" ")]);
  const far = (/** @type {Term} */ term) => Math.min(...heard(term).map((name) => distance(name, asked)));
  const near = terms.map((term) => ({ term, far: far(term) })).filter(({ far }) => far <= 1 + asked.length / 3);
  return near
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ term }) => term);
}

/** How many letters must be changed, added or left out (Levenshtein). @param {string} a @param {string} b */
export function distance(a, b) {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length];
}
