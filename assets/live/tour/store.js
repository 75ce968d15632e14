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
 * @property {string | null} came what the address said once the step was there: a page may write its link its own way
 */

const MINE = "bayes.tour";
const WALK = "bayes.tour.walk";
const LEFT = "bayes.tour.left";
const BEFORE = "bayes.tour.before";
const REMEMBERED = 20; // tours of which it is known where they were left
const VERSION = 1; // of a tour in a file (pages/_ui/tour/carrying.py)

/** What a browser does not keep, until the page is left. @type {Map<string, string>} */
const here = new Map();

/** @param {() => Storage} where @param {string} key @returns {any} */
function read(where, key) {
  try {
    return JSON.parse(here.get(key) ?? where().getItem(key) ?? "null");
  } catch {
    return null; // a browser may keep nothing, and says so by throwing
  }
}

/**
 * @param {() => Storage} where
 * @param {string} key
 * @param {unknown} value
 * @returns {boolean} whether the browser keeps it
 */
function keep(where, key, value) {
  const text = JSON.stringify(value);
  here.delete(key);
  try {
    where().setItem(key, text);
    return true;
  } catch {
    here.set(key, text);
    return false;
  }
}

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

/** The tour that was replaced last in this tab, if one was. @returns {Tour | null} */
export function before() {
  const kept = read(short, BEFORE);
  return Array.isArray(kept?.steps) ? { title: String(kept.title ?? ""), steps: kept.steps.map(step) } : null;
}

/** @param {Tour} tour */
export const keepBefore = (tour) => keep(short, BEFORE, JSON.parse(written(tour)));

/** @param {(event: StorageEvent) => void} heard @returns {() => void} ends it */
export function whenMineChanges(heard) {
  const changed = (/** @type {StorageEvent} */ event) => event.key === MINE && heard(event);
  window.addEventListener("storage", changed);
  return () => window.removeEventListener("storage", changed);
}

/** @returns {Walk | null} */
export function walk() {
  const kept = read(short, WALK);
  if (!(Array.isArray(kept?.tour?.steps) && kept.at in kept.tour.steps)) return null;
  const tour = { title: String(kept.tour.title ?? ""), steps: kept.tour.steps.map(step) };
  return { ...kept, tour };
}

/** @param {Walk} now */
export function keepWalk(now) {
  keep(short, WALK, now);
  const left = Object.entries(read(long, LEFT) ?? {}).filter(([id]) => id !== now.id);
  keep(long, LEFT, Object.fromEntries([...left.slice(1 - REMEMBERED), [now.id, now.at]]));
}

export const endWalk = () => keep(short, WALK, null);

/** Where a tour was left, 0 for its beginning. @param {string} id @returns {number} */
export const leftAt = (id) => Number(read(long, LEFT)?.[id]) || 0;
