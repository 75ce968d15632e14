// The brush: which class a point that is drawn will have. It is a row of classes, one of which is taken.
import { all, one } from "./dom.js";
import { classesOf } from "./points.js";
import { mark } from "./reading.js";
import { safe } from "./text.js";

/** @typedef {import("./state.js").Chart} Chart */

export const brushHtml = () => `<fieldset class="bl-brush" hidden><legend>Brush</legend></fieldset>`;

/** @param {Chart} chart */
export function wireBrush(chart) {
  one(chart.root, ".bl-brush").addEventListener("change", ({ target }) => {
    if (target instanceof HTMLInputElement) chart.pen.brush = Number(target.value);
  });
}

/** Show the classes that there are. @param {Chart} chart */
export function hearBrush(chart) {
  const classes = classesOf(chart);
  const row = one(chart.root, ".bl-brush");
  row.hidden = !classes.length;
  if (chart.pen.brush >= classes.length) chart.pen.brush = 0;
  if (all(row, "label").length !== classes.length) {
    const labels = classes.map(
      (name, k) =>
        `<label><input type="radio" name="bl-brush" value="${k}" data-arrows>${mark(k)}<span>${safe(name)}</span></label>`,
    );
    row.innerHTML = `<legend>Brush</legend>${labels.join("")}`;
  }
  dip(chart, chart.pen.brush);
}

/** Take a class for what is drawn next. @param {Chart} chart @param {number} k */
export function dip(chart, k) {
  chart.pen.brush = k;
  const input = chart.root.querySelector(`.bl-brush input[value="${k}"]`);
  if (input instanceof HTMLInputElement) input.checked = true;
}
