// A table of words that follow the handle; a row without a name is not there.
import { all } from "../dom.js";
import { colour } from "../svg.js";
import { safe } from "../text.js";
import { badge, head } from "./head.js";

/** @typedef {{text: string, badge?: string, columns: [string, string][], rows: string[], after?: string}} Spec */

/** @type {import("../types.js").Panel} */
export const grid = { make, draw };

/** @param {Spec} p */
function make(p) {
  const columns = p.columns.map(([text, concept]) => {
    const style = concept ? ` style="color:${colour(concept)}"` : "";
    return `<th scope="col"${style}>${safe(text)}</th>`;
  });
  const rows = p.rows.map((row) => {
    const cells = p.columns.slice(1).map((_, k) => `<td data-word="grid.${row}.${k + 1}"></td>`);
    return `<tr><th scope="row" data-word="grid.${row}.0"></th>${cells.join("")}</tr>`;
  });
  const table = `<table><thead><tr>${columns.join("")}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
  const after = p.after ? `<p data-word="${p.after}"></p>` : "";
  return `<div class="bl-grid">${head(p.text, p.badge ? badge(p.badge) : "")}${table}${after}</div>`;
}

/** @param {Spec} _ @param {HTMLElement} el */
function draw(_, el) {
  for (const row of all(el, "tbody tr")) row.hidden = !row.firstElementChild?.textContent;
}
