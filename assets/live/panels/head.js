// The heading of a panel, with a badge that says what its numbers are worth.
import { safe } from "../text.js";

/** A badge whose word follows the handle. @param {string} word */
export const badge = (word) => `<span class="bl-badge" data-word="${word}"></span>`;

/** @param {string} text @param {string} [after] */
export const head = (text, after = "") => `<h2 class="bl-head">${safe(text)}${after}</h2>`;
