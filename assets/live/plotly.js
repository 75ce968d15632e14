// The edge to Plotly. What it does not promise (fields that begin with _, the classes of its SVG) is known here only.
import { trail } from "./svg.js";

/** @typedef {import("./types.js").Line} Line */
/** @typedef {import("./types.js").Numbers} Numbers */
/** @typedef {import("./types.js").Trace} Trace */
/** @typedef {Object<string, Line>} Lines by the trace's name */

/**
 * What we use of a mounted chart.
 * @typedef {HTMLElement & {
 *   data: Trace[],
 *   on: (event: string, heard: () => void) => void,
 *   removeAllListeners?: (event: string) => void,
 *   _fullLayout?: {xaxis: PlotlyAxis, yaxis: PlotlyAxis, yaxis2?: PlotlyAxis},
 *   _fullData: {name: string, uid: string, mode: string, fill: string, yaxis?: string, line?: {shape: string}}[],
 * }} Plot
 */
/**
 * @typedef {object} PlotlyAxis
 * @property {[number, number]} range
 * @property {number} _offset
 * @property {number} _length
 * @property {(value: number) => number} d2p
 * @property {(pixel: number) => number} p2d
 */
/**
 * @typedef {object} PlotlyModule
 * @property {(plot: HTMLElement, data: Trace[], layout: object, config: object) => void} newPlot
 * @property {(plot: HTMLElement, update: object, which: number[]) => void} restyle
 * @property {(plot: HTMLElement) => void} purge
 */

/**
 * Where the axes lie in the plot's element, in pixels; `x` and `y` turn values into pixels, `value` and `level` a pixel into an x and a y.
 * `strip` are those of the lower plot, where there is one.
 * @typedef {object} Axes
 * @property {number} left
 * @property {number} right
 * @property {number} top
 * @property {number} bottom
 * @property {[number, number]} xRange
 * @property {[number, number]} yRange
 * @property {(value: number) => number} x
 * @property {(value: number) => number} y
 * @property {(pixel: number) => number} value
 * @property {(pixel: number) => number} level
 * @property {Axes | null} strip
 */

/** The SVG of one trace. @typedef {{fill: Element | null, lines: Element[], marks: Element[], closed: boolean, y: "yaxis" | "yaxis2"}} Part */

/** @returns {PlotlyModule} */
function plotly() {
  if (!window.Plotly) throw new Error("Plotly is not in the page");
  return window.Plotly;
}

/**
 * Bring Plotly into the page: Streamlit's own, which sets window.Plotly where it is imported.
 * @param {string} chunk
 */
export async function findPlotly(chunk) {
  if (window.Plotly) return;
  const script = /** @type {HTMLScriptElement | null} */ (document.querySelector('script[src*="static/js/"]'));
  const beside = script?.src.replace(/static\/js\/.*$/, "static/js/");
  await import((beside ?? new URL("static/js/", document.baseURI).href) + chunk);
  if (!window.Plotly) throw new Error(`Plotly did not arrive with ${chunk}`);
}

/** Whether a chart is mounted. @param {Plot | undefined} plot */
export const mounted = (plot) => Boolean(plot?._fullLayout);

/**
 * @param {Plot} plot
 * @returns {Axes | null}
 */
export function axes(plot) {
  const full = plot._fullLayout;
  if (!full) return null;
  const { xaxis, yaxis, yaxis2 } = full;
  return { ...between(xaxis, yaxis), strip: yaxis2 ? { ...between(xaxis, yaxis2), strip: null } : null };
}

/** @param {PlotlyAxis} xaxis @param {PlotlyAxis} yaxis */
function between(xaxis, yaxis) {
  return {
    left: xaxis._offset,
    right: xaxis._offset + xaxis._length,
    top: yaxis._offset,
    bottom: yaxis._offset + yaxis._length,
    xRange: xaxis.range,
    yRange: yaxis.range,
    x: (/** @type {number} */ value) => xaxis._offset + xaxis.d2p(value),
    y: (/** @type {number} */ value) => yaxis._offset + yaxis.d2p(value),
    value: (/** @type {number} */ pixel) => xaxis.p2d(pixel - xaxis._offset),
    level: (/** @type {number} */ pixel) => yaxis.p2d(pixel - yaxis._offset),
  };
}

/**
 * Mount a figure; `zoomed` hears of new axes.
 * @param {Plot} plot
 * @param {import("./types.js").Figure} figure
 * @param {() => void} zoomed
 */
export function mount(plot, { data, layout }, zoomed) {
  const config = { displayModeBar: false, responsive: false, doubleClick: "reset" };
  plotly().newPlot(plot, data, { ...layout, autosize: true }, config);
  plot.removeAllListeners?.("plotly_relayout");
  plot.on("plotly_relayout", zoomed);
}

/** Draw lines in full. @param {Plot} plot @param {Lines} lines */
export function restyle(plot, lines) {
  const which = plot.data.flatMap((trace, i) => (trace.name in lines ? [i] : []));
  const shown = which.map((i) => lines[plot.data[i].name]);
  if (which.length) plotly().restyle(plot, { x: shown.map((line) => line.x), y: shown.map((line) => line.y) }, which);
}

/** @param {Plot | undefined} plot */
export function purge(plot) {
  if (plot) window.Plotly?.purge(plot);
}

// While a handle moves, Plotly's own SVG paths are rewritten in place: about 1 ms instead of the 13 ms of a restyle.
// As soon as the handle rests, Plotly redraws from the same numbers.

/**
 * The SVG of every trace by name; null where Plotly's SVG is not as expected.
 * @param {Plot} plot
 */
export function quickParts(plot) {
  /** @type {Object<string, Part>} */
  const parts = {};
  for (const trace of plot._fullData) {
    const group = plot.querySelector(`.scatterlayer .trace${trace.uid}`);
    if (!group || trace.line?.shape === "spline") return null;
    parts[trace.name] = {
      fill: group.querySelector(".js-fill"),
      lines: [...group.querySelectorAll(".js-line")],
      marks: trace.mode === "markers" ? [...group.querySelectorAll("path.point")] : [],
      closed: trace.fill === "toself",
      y: trace.yaxis === "y2" ? "yaxis2" : "yaxis",
    };
  }
  return parts;
}

/**
 * Draw lines over the mounted chart; false when a full redraw is needed instead.
 * @param {Plot} plot
 * @param {Object<string, Part>} parts
 * @param {Lines} lines
 */
export function quickDraw(plot, parts, lines) {
  const full = plot._fullLayout;
  if (!full) return false;
  return Object.entries(lines).every(([name, line]) => {
    const up = full[parts[name]?.y ?? "yaxis"];
    return up !== undefined && drawPart(parts[name], line, { x: full.xaxis.d2p, y: up.d2p });
  });
}

/**
 * @param {Part | undefined} part
 * @param {Line} line
 * @param {{x: (value: number) => number, y: (value: number) => number}} scale
 */
function drawPart(part, { x, y }, scale) {
  if (!part) return false;
  if (part.marks.length) {
    if (part.marks.length !== y.length) return false;
    part.marks.forEach((mark, i) => {
      mark.setAttribute("transform", `translate(${scale.x(x[i])},${scale.y(y[i])})`);
    });
    return true;
  }
  if (!part.lines.length || (part.closed && !part.fill)) return false;
  const drawn = trail(
    y.length,
    (i) => (Number.isFinite(x[i]) ? scale.x(x[i]) : NaN),
    (i) => scale.y(y[i]),
  );
  const d = drawn ? drawn + (part.closed ? "Z" : "") : "M0,0Z";
  part.fill?.setAttribute("d", d);
  part.lines.forEach((edge, i) => {
    edge.setAttribute("d", i ? "M0,0Z" : d);
  });
  return true;
}
