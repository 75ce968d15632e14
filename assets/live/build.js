// Elements made one by one: whatever was typed by somebody goes in as text, never as HTML.

/** @typedef {Object<string, string | number | boolean | null | undefined | ((event: any) => void)>} Look */
/** @typedef {Node | string | number | null | undefined | false} Inside */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element with its attributes; a function is listened to, `true` stands without a value, what is empty is left out.
 * @param {string} name
 * @param {Look} [look]
 * @param {Inside[]} inside
 * @returns {HTMLElement}
 */
export function el(name, look = {}, ...inside) {
  const made = document.createElement(name);
  dress(made, look);
  made.append(...shown(inside));
  return made;
}

/**
 * The same in a drawing.
 * @param {string} name @param {Look} [look] @param {Inside[]} inside @returns {SVGElement}
 */
export function mark(name, look = {}, ...inside) {
  const made = /** @type {SVGElement} */ (document.createElementNS(SVG, name));
  dress(made, look);
  made.append(...shown(inside));
  return made;
}

/** @param {Element} made @param {Look} look */
export function dress(made, look) {
  for (const [name, value] of Object.entries(look)) {
    if (typeof value === "function") made.addEventListener(name.replace(/^on/, ""), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value === false || value === null || value === undefined) made.removeAttribute(name);
    else made.setAttribute(name, String(value));
  }
}

/** @param {Inside[]} inside @returns {(Node | string)[]} */
const shown = (inside) =>
  inside.flatMap((one) =>
    one === null || one === undefined || one === false ? [] : one instanceof Node ? one : `${one}`,
  );

/** @param {string} text @param {(event: MouseEvent) => void} act @param {Look} [look] */
export const button = (text, act, look = {}) =>
  /** @type {HTMLButtonElement} */ (el("button", { type: "button", onclick: act, ...look }, text));
