// Texts and numbers as they are shown.

/** @type {Object<string, string>} */
const ENTITIES = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** @param {unknown} text */
export const safe = (text) => String(text).replace(/[&<>"]/g, (sign) => ENTITIES[sign]);

/** A number with three digits and a true minus sign. @param {number} value */
export const short = (value) => String(+value.toPrecision(3)).replace("-", "\u2212");

/** A number that may be large: thousands are set apart. @param {number} value */
export const plain = (value) => (value >= 1000 ? value.toLocaleString("en") : short(value));

/** A text with what stands in {braces} put in. @param {string} text @param {Object<string, string | number>} slots */
export const fill = (text, slots) =>
  text.replace(/\{(\w+)\}/g, (whole, name) => (name in slots ? String(slots[name]) : whole));
