// A link to what is on the screen, with what it locks, hides and asks (pages/_ui/staging.py reads it).

/** What a link adds to the page's own state. @typedef {{lock: string[], hide: string[], ask: boolean}} Staging */

const NAMES = ["present", "lock", "hide", "ask"];
const ANSWERED = ["guess", "reveal"]; // a question that is passed on is open

/** What an address locks, hides and asks already. @param {string} href @returns {Staging} */
export function stagingOf(href) {
  const { searchParams } = new URL(href);
  const list = (/** @type {string} */ name) => (searchParams.get(name) ?? "").split(",").filter(Boolean);
  return { lock: list("lock"), hide: list("hide"), ask: searchParams.get("ask") === "1" };
}

/**
 * The address with other staging than its own; on a projector with `present`.
 * @param {string} href
 * @param {Staging} staging
 * @param {boolean} [present]
 */
export function linkOf(href, { lock, hide, ask }, present = false) {
  const url = new URL(href);
  for (const name of NAMES) url.searchParams.delete(name);
  if (present) url.searchParams.set("present", "1");
  if (lock.length) url.searchParams.set("lock", lock.includes("all") ? "all" : lock.join(","));
  if (hide.length) url.searchParams.set("hide", hide.join(","));
  if (ask) {
    url.searchParams.set("ask", "1");
    for (const name of ANSWERED) url.searchParams.delete(name);
  }
  url.hash = "";
  return url.href.replaceAll("%2C", ","); // a comma may stand in a query, and a shorter link has a coarser code
}
