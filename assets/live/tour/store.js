// What the browser keeps of tours: the one being made, the one that this tab walks, and how far others were walked.

/** @typedef {{page: string, query: string, title: string, note: string}} Step */
/** @typedef {{title: string, steps: Step[]}} Tour */
/**
 * @typedef {object} Walk a tour under way in this tab
 * @property {Tour} tour
 * @property {string} id names the tour wherever its link is the same
 * @property {string} tab names the tab, among all that this browser has
 * @property {number} at
 * @property {number} since when it began (ms)
 */

const MINE = "bayes.tour";
const WALK = "bayes.tour.walk";
const LEFT = "bayes.tour.left";
const REMEMBERED = 20; // tours of which it is known where they were left
const VERSION = 1; // of a tour in a file (pages/_ui/tour/carrying.py)

/** @template T @param {() => T} ask @param {T} otherwise @returns {T} a browser may keep nothing, and says so by throwing */
function may(ask, otherwise) {
  try {
    return ask();
  } catch {
    return otherwise;
  }
}

/** @param {() => Storage} where @param {string} key @returns {any} */
const read = (where, key) => may(() => JSON.parse(where().getItem(key) ?? "null"), null);

/** @param {() => Storage} where @param {string} key @param {unknown} value */
const keep = (where, key, value) =>
  may(() => {
    where().setItem(key, JSON.stringify(value));
    return true;
  }, false);

const long = () => localStorage;
const short = () => sessionStorage;

/** A tour as a file has it. @param {Tour} tour */
export const written = ({ title, steps }) => JSON.stringify({ tour: VERSION, title, steps });

/** The tour that is being made here; an empty one where there is none, or what is kept is none. @returns {Tour} */
export function mine() {
  const kept = read(long, MINE);
  const steps = Array.isArray(kept?.steps) ? kept.steps.map(step) : [];
  return { title: typeof kept?.title === "string" ? kept.title : "", steps };
}

/** @param {any} kept @returns {Step} */
function step(kept) {
  const text = (/** @type {string} */ name) => (typeof kept?.[name] === "string" ? kept[name] : "");
  return { page: text("page"), query: text("query"), title: text("title"), note: text("note") };
}

/** @param {Tour} tour @returns {boolean} whether this browser keeps it */
export const keepMine = (tour) => keep(long, MINE, JSON.parse(written(tour)));

/** @param {(event: StorageEvent) => void} heard @returns {() => void} ends it */
export function whenMineChanges(heard) {
  const changed = (/** @type {StorageEvent} */ event) => event.key === MINE && heard(event);
  window.addEventListener("storage", changed);
  return () => window.removeEventListener("storage", changed);
}

/** @returns {Walk | null} */
export const walk = () => read(short, WALK);

/** @param {Walk} now */
export function keepWalk(now) {
  keep(short, WALK, now);
  const left = Object.entries(read(long, LEFT) ?? {}).filter(([id]) => id !== now.id);
  keep(long, LEFT, Object.fromEntries([...left.slice(1 - REMEMBERED), [now.id, now.at]]));
}

export const endWalk = () => may(() => sessionStorage.removeItem(WALK), undefined);

/** Where a tour was left, 0 for its beginning. @param {string} id @returns {number} */
export const leftAt = (id) => Number(read(long, LEFT)?.[id]) || 0;
