// Splits in a table: what was before, and one line a test, which is its own button. Until it is pressed one may guess.
import { all, one, within } from "../dom.js";
import { colour, tag } from "../svg.js";
import { safe } from "../text.js";
import { badge } from "./head.js";

/** @typedef {{id: string, name: string, pressable: boolean}} Row */
/** @typedef {{text: string, id: string, badge: string, columns: string[], unit: string, rows: Row[]}} Said */
/** @typedef {Said & {most: number, pressed: string}} Spec */

const BAR = { y: 1, height: 6 };

/** @type {import("../types.js").Panel} */
export const verdicts = { make, draw, wire };

/** @param {Spec} p */
function make(p) {
  const place = `${safe(p.text)} <span data-word="${p.id}.place"></span>: ${safe(p.unit)} ${p.badge ? badge(p.badge) : ""}`;
  const heads = p.columns.map((c) => `<th scope="col" style="color:${colour(c)}">${safe(c)}</th>`).join("");
  const rows = p.rows.map((row) => rowHtml(p, row)).join("");
  return (
    `<div class="bl-verdicts"><h3 class="bl-head">${place}</h3>` +
    `<table><thead><tr><td></td>${heads}</tr></thead><tbody>${rows}</tbody></table></div>`
  );
}

/** @param {Spec} p @param {Row} row */
function rowHtml(p, { id, name, pressable }) {
  const press = `type="button" data-test="${id}" aria-pressed="${id === p.pressed}"`;
  const label = pressable ? `<button ${press}>${safe(name)}</button>` : safe(name);
  const cell = (/** @type {string} */ column) => {
    const of = `${id}.${column}`;
    const number = `<b data-word="${of}"></b><small data-word="${of}.error"></small>`;
    return `<td>${number}<span data-word="${of}.move"></span></td>`;
  };
  const state = `<td class="bl-guess" colspan="${p.columns.length}" data-word="${id}.state"></td>`;
  const bar = `<tr class="bl-stack"><td colspan="${p.columns.length + 1}"><svg height="8" width="100%" aria-hidden="true"></svg></td></tr>`;
  return `<tr data-row="${id}"><th scope="row">${label}</th>${state}${p.columns.map(cell).join("")}</tr>${bar}`;
}

/** @param {Spec} p @param {HTMLElement} el @param {import("../types.js").Frame} frame */
function draw(p, el, frame) {
  for (const { id } of p.rows) {
    const row = one(el, `[data-row="${id}"]`);
    const waits = Boolean(frame.word(`${id}.state`));
    for (const cell of all(row, "td")) cell.hidden = cell.classList.contains("bl-guess") !== waits;
    const bar = frame.row(`${id}.bar`);
    const svg = row.nextElementSibling?.querySelector("svg");
    if (svg) svg.innerHTML = waits || !bar ? "" : stacked(bar[0], bar[1], p.most);
  }
}

/** Aleatoric, then epistemic on top of it, in per cent of what the bar can hold. @param {number} own @param {number} shared @param {number} most */
function stacked(own, shared, most) {
  const [first, last] = [own, own + shared].map((value) => within((100 * value) / most, 0, 100));
  if (!Number.isFinite(first + last)) return "";
  const part = (/** @type {number} */ from, /** @type {number} */ to, /** @type {string} */ concept) =>
    tag("rect", { ...BAR, x: `${from}%`, width: `${Math.max(to - from, 0)}%`, fill: colour(concept), opacity: 0.62 });
  return part(0, first, "aleatoric") + part(first, last, "epistemic");
}

/** @param {Spec} _ @param {HTMLElement} el @param {import("../state.js").Chart} chart */
function wire(_, el, chart) {
  for (const button of all(el, "[data-test]"))
    button.addEventListener("click", () => chart.component.setTriggerValue("act", { test: button.dataset.test }));
}
