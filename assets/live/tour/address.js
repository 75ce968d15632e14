// Pages and their addresses, as the steps of a tour name them: the last part of the path, and what follows the ? sign.

/** @typedef {import("./store.js").Step} Step */

/** @param {string} href @returns {{page: string, query: string}} */
export function placeOf(href) {
  const { pathname, search } = new URL(href);
  return { page: pathname.split("/").pop() ?? "", query: search.slice(1) };
}

/** Where a step leads, seen from another page. @param {Step} step */
export const hrefOf = ({ page, query }) => new URL(`./${page}${query ? `?${query}` : ""}`, location.href).href;

/** What an address says, whatever the order and the signs in which it says it. @param {string} query */
function said(query) {
  const told = new URLSearchParams(query);
  told.delete("present");
  told.sort();
  return told.toString();
}

/** Whether two queries say the same. @param {string} one @param {string} other */
export const same = (one, other) => one === other || said(one) === said(other);

export const presenting = () => new URLSearchParams(location.search).get("present") === "1";

/** Whether a view is of data that its link could not hold. @param {string} query */
export function isFar(query) {
  const told = new URLSearchParams(query);
  return told.get("scene") === "yours" && !told.get("rows");
}
