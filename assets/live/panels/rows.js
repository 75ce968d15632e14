// Plain rows: a name and a word that follows the handle.
import { safe } from "../text.js";
import { badge, head } from "./head.js";

/** @typedef {{text: string, badge: string, rows: [string, string][]}} Spec */

/** @type {import("../types.js").Panel} */
export const rows = {
  make(/** @type {Spec} */ p) {
    const lines = p.rows.map(([name, word]) => `<dt>${safe(name)}</dt><dd data-word="${word}"></dd>`);
    return `<div class="bl-rows">${head(p.text, badge(p.badge))}<dl>${lines.join("")}</dl></div>`;
  },
};
