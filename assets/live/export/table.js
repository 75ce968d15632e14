// The numbers on the screen as rows and columns, for a spreadsheet: where the handles stand, and what the panels say.
import { all } from "../dom.js";

/** @typedef {import("../state.js").Chart} Chart */
/** @typedef {string[][]} Block a heading row, and rows under it */

/** Tab-separated, an empty line between two blocks; nothing where there is no number. @param {Chart} chart */
export function tableOf(chart) {
  const { spec, positions, root } = chart;
  const handles = spec.handles.map(({ id, label, texts }) => [label.join(""), texts[positions[id]]]);
  const panels = all(root, ".bl-panel").filter((el) => el.offsetParent !== null);
  const blocks = [[["Handle", "Value"], ...handles], ...joined(panels.flatMap(blocksOf))];
  return blocks.map((rows) => rows.map((row) => row.map(cell).join("\t")).join("\n")).join("\n\n");
}

/** @param {string} text */
const cell = (text) => text.replace(/\s+/g, " ").replaceAll("−", "-").trim(); // a spreadsheet reads the hyphen only

/** What is to be seen of an element's words, parts apart. @param {Element | null} el */
// biome-ignore lint/performance/useDomNodeTextContent: what is hidden is not copied, and parts on lines of their own stay apart
const said = (el) => (el instanceof HTMLElement ? el.innerText : "");

/** @param {HTMLElement} panel @returns {Block[]} */
function blocksOf(panel) {
  const head = panel.querySelector(".bl-head")?.firstChild?.textContent ?? "";
  const tables = all(panel, "table").filter((table) => table.offsetParent !== null);
  const own = panel.classList.contains("spark") ? spark(panel) : lists(panel, head);
  return [...tables.map((table) => rowsOf(table, head)), own].filter((block) => block.length > 0);
}

/** @param {HTMLElement} table @param {string} head @returns {Block} */
function rowsOf(table, head) {
  const shown = all(table, "tr").filter((row) => row.offsetParent !== null);
  const wide = (/** @type {Element} */ el) =>
    Array(Math.max(0, (el instanceof HTMLTableCellElement ? el.colSpan : 1) - 1)).fill("");
  const cells = shown.map((row) =>
    [...row.children].filter((el) => !(el instanceof HTMLElement) || el.offsetParent !== null),
  );
  const rows = cells.map((row) => row.flatMap((el) => [said(el), ...wide(el)])).filter((row) => row.some(cell));
  if (!rows.length) return [];
  return !cell(rows[0][0]) ? [[head, ...rows[0].slice(1)], ...rows.slice(1)] : [[head], ...rows];
}

/** @param {HTMLElement} panel @returns {Block} */
function spark(panel) {
  const name = panel.querySelector(".bl-name");
  const unit = said(name?.querySelector("small") ?? null);
  const [estimate, spread, interval] = all(panel, "[data-word]").map(said);
  if (!estimate) return [];
  const title = said(name).slice(0, said(name).length - unit.length);
  return [
    ["Quantity", "Unit", "Estimate", "Spread", "Interval"],
    [title, unit, estimate, spread, interval],
  ];
}

/** Readouts that stand in no table: each with what stands before it. @param {HTMLElement} panel @param {string} head @returns {Block} */
function lists(panel, head) {
  const terms = all(panel, "dt").map((term) => [said(term), said(term.nextElementSibling)]);
  const loose = all(panel, "[data-word]").filter(
    (el) => !el.closest("table, dl, .bl-head") && el.offsetParent !== null,
  );
  const words = loose.filter((el) => /\d/.test(said(el))).map((el) => [head, said(el)]);
  const rows = [...terms.filter(([, value]) => value), ...words];
  return rows.length ? [["Readout", "Value"], ...rows] : [];
}

/** Blocks with the same heading row, one after another, as one. @param {Block[]} blocks @returns {Block[]} */
function joined(blocks) {
  /** @type {Block[]} */
  const made = [];
  for (const block of blocks) {
    const last = made[made.length - 1];
    if (last?.[0].join() === block[0].join()) last.push(...block.slice(1));
    else made.push([...block]);
  }
  return made;
}
