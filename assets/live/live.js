// The live chart: Plotly stays mounted, handles scrub through frames that Python computed, Python hears the release.
import { one } from "./dom.js";
import { draw } from "./draw.js";
import { listenToKeys } from "./keys.js";
import { memberLine } from "./member.js";
import { unpack } from "./message.js";
import { tell } from "./moves.js";
import { purge } from "./plotly.js";
import { receive } from "./receive.js";
import { newChart } from "./state.js";
import { pause } from "./walk.js";
import { watch } from "./watch.js";

/** @typedef {import("./types.js").Component} Component */
/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./message.js").Message} Message */

/** @typedef {HTMLElement & {__live?: Chart | null}} Root */

/** @type {Map<string, Chart>} mounted charts by key */
const charts = new Map();
/** @type {Map<string, Message[]>} what came before its chart */
const early = new Map();
/** @type {WeakMap<Chart, (() => void)[]>} what ends with a chart */
const endings = new WeakMap();

/**
 * Streamlit calls this with every message. A picture has a place of its own; what follows one is for the picture's.
 * @param {Component} component
 * @returns {(() => void) | undefined} ends the chart, if it has left the page
 */
export function live(component) {
  if (!component.data) return undefined;
  const message = unpack(component.data);
  const { key } = message.header;
  if ("follows" in message.header) {
    const chart = charts.get(key);
    if (chart?.root.isConnected) chart.receive(message);
    else early.set(key, [...(early.get(key) ?? []), message]);
    return undefined;
  }
  const root = /** @type {Root} */ (one(component.parentElement, ".bl"));
  const chart = root.__live ?? mountChart(root, component);
  chart.component = component;
  charts.set(key, chart);
  chart.receive(message);
  for (const other of early.get(key) ?? []) chart.receive(other);
  early.delete(key);
  return () => {
    if (!root.isConnected) endChart(root, key);
  };
}

/** @param {Root} root @param {Component} component */
function mountChart(root, component) {
  const chart = newChart(root, component);
  // what the page, and a test, may ask of a chart
  chart.receive = (message) => receive(chart, message);
  chart.draw = (handle, quick) => draw(chart, handle, quick);
  chart.tell = (delay) => tell(chart, delay);
  chart.memberLine = (i, name = "members") => memberLine(chart.shown[name], i);
  root.__live = chart;
  endings.set(chart, [listenToKeys(chart), watch(chart)]);
  return chart;
}

/** @param {Root} root @param {string} key */
function endChart(root, key) {
  const chart = root.__live;
  if (!chart) return;
  for (const end of endings.get(chart) ?? []) end();
  pause(chart);
  chart.stopPlaying?.();
  purge(chart.plot);
  if (charts.get(key) === chart) charts.delete(key);
  root.__live = null;
}
