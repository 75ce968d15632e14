// The meter: the level of a band, and how often it holds the truth: at each x separately, and the whole line at once.
import { one, within } from "../dom.js";
import { colour, path, tag, words } from "../svg.js";
import { safe } from "../text.js";
import { head } from "./head.js";

/** @typedef {{text: string, badge: string, level: number, rows: string[], columns: string[], buttons: string[]}} Spec */

const W = 300;
const RAILS = [12, 34]; // each x, whole line
const SMALL = { "font-size": 12.5, fill: colour("muted") };
const NAMES = [
  ["meter.share", "meter.share.prior"],
  ["meter.whole", "meter.whole.prior"],
];

/** @type {import("../types.js").Panel} */
export const meter = { make, draw, wire };

/** @param {Spec} p */
function make(p) {
  const columns = p.columns.map((name, i) => `<th class="bl-m${i}" scope="col">${safe(name)}</th>`).join("");
  const cell = (/** @type {string} */ name, /** @type {number} */ i) =>
    `<td><span class="${i ? "bl-avg" : "bl-big"}" data-word="${name}"></span></td>`;
  const rows = p.rows.map((name, k) => `<tr><th scope="row">${safe(name)}</th>${NAMES[k].map(cell).join("")}</tr>`);
  const table = `<table><thead><tr><td></td>${columns}</tr></thead><tbody>${rows.join("")}</tbody></table>`;
  const title = head(p.text, `<span class="bl-badge">${safe(p.badge)}</span>`);
  const svg = `<svg viewBox="0 0 ${W} 62" aria-hidden="true"></svg>`;
  const verdict = `<div class="bl-row"><span class="bl-verdict" data-word="meter.verdict"></span></div>`;
  const button = p.buttons.length ? `<button type="button" aria-expanded="false">${safe(p.buttons[0])}</button>` : "";
  return `<div class="bl-meter">${title}${table}${svg}${verdict}<p data-word="meter.words"></p>${button}</div>`;
}

/** @param {Spec} p @param {HTMLElement} el @param {import("../types.js").Frame} frame */
function draw(p, el, frame) {
  const shares = frame.row("meter.shares");
  el.classList.toggle("waiting", !shares);
  const x = (/** @type {number} */ value) => value * W;
  const rails = RAILS.map((y, k) => {
    const rail = path(`M0 ${y}H${W}`, { stroke: colour("rule"), "stroke-width": 4, "stroke-linecap": "round" });
    if (!shares) return rail;
    const at = (/** @type {number} */ i) => within(x(shares[2 * k + i]), 6, W - 6);
    const dot = { cx: at(0), cy: y, r: 6.5, fill: colour("posterior"), stroke: colour("paper"), "stroke-width": 2 };
    const tip = { fill: colour("prior"), stroke: colour("paper"), "stroke-width": 1.5 };
    return `${rail}${path(`M${at(1)} ${y - 7.5}l6 7.5l-6 7.5l-6 -7.5Z`, tip)}${tag("circle", dot)}`;
  });
  const middle = { "text-anchor": "middle", ...SMALL };
  one(el, "svg").innerHTML = [
    path(`M${x(p.level)} 0V46`, { stroke: colour("truth"), "stroke-width": 1.5 }),
    ...rails,
    words(Math.min(x(p.level), W - 32), 60, `level ${Math.round(1000 * p.level) / 10} %`, middle),
    words(0, 60, "0 %", SMALL),
  ].join("");
  const button = el.querySelector("button");
  if (!button) return;
  const open = Boolean(frame.row("worlds.bands"));
  button.setAttribute("aria-expanded", String(open));
  button.textContent = p.buttons[open ? 1 : 0];
}

/** @param {Spec} _ @param {HTMLElement} el @param {import("../state.js").Chart} chart */
function wire(_, el, chart) {
  const button = el.querySelector("button");
  button?.addEventListener("click", () => {
    const open = button.getAttribute("aria-expanded") === "true";
    chart.component.setTriggerValue("act", { worlds: !open });
  });
}
