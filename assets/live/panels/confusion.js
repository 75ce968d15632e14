// Real against predicted: each cell in the tint of the class that it names, as strong as its share of the line.
import { all, within } from "../dom.js";
import { mark } from "../reading.js";
import { safe } from "../text.js";
import { head } from "./head.js";

/** @typedef {{text: string, classes: string[], sides: [string, string], words: string}} Spec */

const FULL = 90; // per cent of a class's colour where a whole line stands in one cell

/** @type {import("../types.js").Panel} */
export const confusion = { make, draw };

/** @param {Spec} p */
function make(p) {
  const names = p.classes.map((name, k) => `<th scope="col">${mark(k)}<span>${safe(name)}</span></th>`);
  const lines = p.classes.map((name, i) => {
    const cells = p.classes.map((_, j) => `<td${i === j ? "" : " data-wrong"} data-word="confusion.${i}.${j}"></td>`);
    return `<tr><th scope="row">${mark(i)}<span>${safe(name)}</span></th>${cells.join("")}</tr>`;
  });
  const sides = `${safe(p.sides[0])} ↓ &ensp; ${safe(p.sides[1])} →`;
  const top = `<tr><th colspan="${p.classes.length + 1}" class="cf-side">${sides}</th></tr>`;
  const table = `<table><thead>${top}<tr><td></td>${names.join("")}</tr></thead><tbody>${lines.join("")}</tbody></table>`;
  return `<div class="bl-confusion">${head(p.text)}${table}<p data-word="${p.words}"></p></div>`;
}

/** @param {Spec} p @param {HTMLElement} el @param {import("../types.js").Frame} frame */
function draw(p, el, frame) {
  const shares = frame.row("confusion");
  for (const [n, cell] of all(el, "tbody td").entries()) {
    const share = shares && Number.isFinite(shares[n]) ? within(shares[n], 0, 1) : 0;
    const tint = `var(--c-class${(n % p.classes.length) + 1})`;
    cell.style.background = share ? `color-mix(in oklab, ${tint} ${(FULL * share).toFixed(0)}%, var(--c-paper))` : "";
    cell.classList.toggle("none", !share);
  }
}
