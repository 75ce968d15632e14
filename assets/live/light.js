// Point at a cell of the table, a person or an area: all that is the same thing lights up.
import { all } from "./dom.js";

/** @typedef {import("./state.js").Chart} Chart */

const PLACES = ".bl-stage, .bl-cells, .bl-tree";

/** @param {Chart} chart @param {string | null} cell */
export function light(chart, cell) {
  chart.lit = cell;
  for (const el of all(chart.root, PLACES)) {
    if (cell) el.dataset.lit = cell;
    else delete el.dataset.lit;
  }
  for (const td of all(chart.root, ".bl-cells [data-cell]")) td.classList.toggle("lit", td.dataset.cell === cell);
  const hint = chart.spec.panels.find((p) => p.type === "cells")?.hint ?? "";
  const words = cell && chart.get?.word(`point.${cell}`);
  for (const el of all(chart.root, ".bl-cells .bl-hint")) if (chart.get) el.textContent = words || hint;
}

/** @param {Chart} chart */
export function wireLight(chart) {
  const over = (/** @type {Event} */ event) => {
    const at = event.target instanceof Element ? event.target.closest("[data-cell]") : null;
    const cell = at && chart.root.contains(at) ? at.getAttribute("data-cell") : null;
    light(chart, cell === "unknown" ? null : cell);
  };
  for (const place of all(chart.root, PLACES)) {
    place.addEventListener("pointerover", over);
    place.addEventListener("pointerleave", () => light(chart, null));
    place.addEventListener("focusin", over);
    place.addEventListener("focusout", () => light(chart, null));
  }
}
