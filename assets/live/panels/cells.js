// A two by two table of people.
import { safe } from "../text.js";
import { head } from "./head.js";

/** @typedef {{text: string, columns: string[], rows: string[], inside: string[], hint: string}} Spec */

/** @type {import("../types.js").Panel} */
export const cells = { make };

/** @param {Spec} p */
function make(p) {
  const cell = (/** @type {string} */ name, /** @type {number} */ k) =>
    `<td tabindex="0" data-cell="${name}" class="cell-${name}"><i></i><b data-word="cell.${name}"></b>` +
    `<small>${safe(p.inside[k])}</small></td>`;
  const column = (/** @type {string} */ text) => `<th scope="col">${safe(text)}</th>`;
  const row = (/** @type {string} */ text, /** @type {string} */ inside) =>
    `<tr><th scope="row">${safe(text)}</th>${inside}</tr>`;
  const top = `<thead><tr><td></td>${p.columns.map(column).join("")}</tr></thead>`;
  const first = row(p.rows[0], cell("both", 0) + cell("only", 1));
  const second = row(p.rows[1], cell("other", 2) + cell("neither", 3));
  const table = `<table>${top}<tbody>${first}${second}</tbody></table>`;
  return `<div class="bl-cells">${head(p.text)}${table}<p class="bl-hint">${safe(p.hint)}</p></div>`;
}
