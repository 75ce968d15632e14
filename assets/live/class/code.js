// A room's code as people type it.

export const LENGTH = 6;

/** The letters of what was typed: small ones count, spaces and signs do not. @param {string} text */
export const lettersOf = (text) =>
  text
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, "")
    .slice(0, LENGTH);

/** A code as it is read aloud, in two groups. @param {string} code */
export const spaced = (code) => `${code.slice(0, LENGTH / 2)}\u2009${code.slice(LENGTH / 2)}`;

/** What a link to a room says. @param {string} href */
export const codeIn = (href) => lettersOf(new URL(href).searchParams.get("code") ?? "");

/** The link that opens a room to its students. @param {string} href @param {string} code */
export function linkTo(href, code) {
  const url = new URL(href);
  url.pathname = url.pathname.replace(/[^/]*$/, "room");
  url.search = new URLSearchParams({ code }).toString();
  url.hash = "";
  return url.href;
}
