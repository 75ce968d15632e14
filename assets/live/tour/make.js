// Elements with their words: what a teacher typed is always text, never HTML.

/**
 * @param {string} tag
 * @param {Object<string, string | boolean | null>} is attributes; a class is "class"; false and null leave one out
 * @param {(Node | string)[]} inside
 * @returns {HTMLElement}
 */
export function make(tag, is = {}, ...inside) {
  const el = document.createElement(tag);
  for (const [name, value] of Object.entries(is)) {
    if (value !== false && value !== null) el.setAttribute(name, value === true ? "" : value);
  }
  el.append(...inside);
  return el;
}

/** @param {string} text @param {Object<string, string | number>} slots */
export const fill = (text, slots) =>
  text.replace(/\{(\w+)\}/g, (whole, name) => (name in slots ? String(slots[name]) : whole));

/** @param {string} text @param {() => void} does @param {Object<string, string | boolean | null>} [is] */
export function button(text, does, is = {}) {
  const el = make("button", { type: "button", ...is }, text);
  el.addEventListener("click", does);
  return el;
}
