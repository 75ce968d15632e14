// Mounting a figure: in the colours of the theme, in the room there is, with the zoom that the reader had.
import { one, rem, slider } from "./dom.js";
import { hangs } from "./hanging.js";
import { readInk, reInk } from "./ink.js";
import { drawOverlay } from "./overlay.js";
import { axes, mount, mounted } from "./plotly.js";
import { narrow } from "./state.js";
import { drawThumbs } from "./thumbs.js";

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./types.js").Figure} Figure */

/** The colours on screen. @param {Chart} chart */
export const inkOf = (chart) => readInk(one(chart.root, ".bl-probe"), chart.spec.palette);

const STRIP = 2.25; // rem between two plots, for the lower one's title

/** What a chart must be mounted anew for. @param {Chart} chart */
export const sizeOf = (chart) => `${chart.root.clientWidth} x ${one(chart.root, ".bl-box").clientHeight}`;

/** @param {Chart} chart */
export function mountFigure(chart) {
  const { spec } = chart;
  if (!spec.figure) return;
  chart.root.classList.toggle("two", Boolean(spec.figure.layout.yaxis2));
  const theme = inkOf(chart);
  const figure = reInk(spec.figure, spec.palette, theme);
  const zoom = chart.figure === spec.figure_id ? axes(chart.plot) : null;
  chart.theme = theme.key;
  chart.rem = rem();
  chart.figure = spec.figure_id;
  chart.size = sizeOf(chart);
  write(chart, figure);
  lay(chart, figure);
  if (zoom) {
    figure.layout.xaxis.range = [...zoom.xRange];
    figure.layout.yaxis.range = [...zoom.yRange];
    if (zoom.strip) figure.layout.yaxis2.range = [...zoom.strip.yRange];
  }
  mount(chart.plot, figure, () => {
    chart.parts = null;
    drawOverlay(chart);
  });
  chart.shown = Object.fromEntries(chart.plot.data.map((trace) => [trace.name, { x: trace.x, y: trace.y }]));
  chart.parts = null;
  measure(chart);
  document.fonts.ready.then(() => {
    if (!mounted(chart.plot)) return;
    measure(chart);
    drawOverlay(chart);
    drawThumbs(chart); // number fields have their own widths by now, and handles theirs
  });
}

/** Write what stands over the chart. @param {Chart} chart @param {Figure} figure */
export function write(chart, { layout }) {
  chart.note.textContent = chart.spec.note?.text ?? "";
  one(chart.root, ".bl-title").textContent = layout.yaxis.title.text;
  chart.stripTitle.textContent = layout.yaxis2?.title.text ?? "";
  chart.xTitle.textContent = layout.xaxis.title.text;
  for (const { id, text, gloss } of chart.spec.labels) {
    const [name, more] = chart.labels[id].children;
    name.textContent = text;
    more.textContent = gloss;
  }
}

/** Fit a figure's layout to the room there is. @param {Chart} chart @param {Figure} figure */
function lay(chart, figure) {
  const { layout } = figure;
  const { present, labels } = chart.spec;
  const [small, family] = [0.8 * chart.rem, getComputedStyle(chart.root).fontFamily];
  const standing = narrow(chart) ? 5.5 : present ? 11.8 : 10.9;
  const right = (labels.every(hangs) ? 1.4 : standing) * chart.rem;
  layout.margin = { l: narrow(chart) ? 34 : 2.6 * chart.rem, r: right, t: 1.7 * chart.rem, b: 3 * chart.rem };
  chart.root.style.setProperty("--right", `${right}px`);
  layout.font.family = family;
  layout.hoverlabel = { font: { size: small, family } };
  layout.dragmode = matchMedia("(pointer: fine)").matches ? "zoom" : false;
  if (layout.yaxis2) {
    const inner = one(chart.root, ".bl-box").clientHeight - layout.margin.t - layout.margin.b;
    layout.yaxis.domain = [Math.min(0.9, layout.yaxis2.domain[1] + (STRIP * chart.rem) / inner), 1];
  }
  for (const axis of [layout.xaxis, layout.yaxis, layout.yaxis2 ?? []].flat()) {
    delete axis.title;
    axis.tickfont.size = small;
    axis.fixedrange = false;
  }
  layout.xaxis.ticklabelstandoff = Math.round(0.3 * chart.rem); // clear of the lowest label of y
  for (const trace of present ? figure.data : []) {
    if (trace.marker) trace.marker.size *= 1.5;
    if (trace.name === "members") trace.line.width = 1.2;
    if (trace.name === "truth") trace.line.width = 2.4;
  }
}

/** Sizes that a drag must not ask the browser for again and again. @param {Chart} chart */
export function measure(chart) {
  chart.heights = {};
  chart.labelWidths = {};
  chart.note.hidden = Boolean(chart.spec.stage);
  chart.noteWidth = chart.note.offsetWidth;
  const widths = chart.spec.handles.map(({ id }) => [id, slider(chart.root, id).clientWidth || 300]);
  chart.widths = Object.fromEntries(widths);
}
