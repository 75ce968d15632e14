// The live chart: Plotly stays mounted, handles scrub through frames that Python computed, Python hears the release.
import { assemble, compared, deliver, unpack } from "./arrivals.js";
import { one } from "./dom.js";
import { draw } from "./draw.js";
import { listenToKeys } from "./keys.js";
import { memberLine } from "./member.js";
import { tell } from "./moves.js";
import { tellWhenBack } from "./online.js";
import { purge } from "./plotly.js";
import { fail, receive } from "./receive.js";
import { markRoom } from "./room.js";
import { newChart } from "./state.js";
import { pause } from "./walk.js";
import { watch } from "./watch.js";

/** @typedef {import("./types.js").Component} Component */
/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {HTMLElement & {__live?: Chart | null}} Root */

/** @type {Map<string, Chart>} mounted charts by key */
const charts = new Map();
/** @type {Map<string, Message[]>} what came before its chart */
const early = new Map();
/** @type {Map<string, (set: object) => void>} whom a chart asks what points that are held come to */
const asks = new Map();
/** @type {WeakMap<Chart, (() => void)[]>} what ends with a chart */
const endings = new WeakMap();

/**
 * An element that shows a picture: Streamlit calls this with every message.
 * @param {Component} component
 * @returns {(() => void) | undefined} ends the chart, if it has left the page
 */
export function live(component) {
  const { data } = component;
  if (!data) return undefined;
  const root = /** @type {Root} */ (one(component.parentElement, ".bl"));
  const chart = root.__live ?? mountChart(root, component);
  const known = chart.component !== component && chart.component.data === data; // another theme, say
  chart.component = component;
  if (!known) {
    chart.superseded.abort();
    chart.superseded = new AbortController();
    const receive = (/** @type {Message} */ message) => {
      if (root.__live === chart) arrive(chart, message);
    };
    deliver(assemble({ ...component, data }, chart.superseded.signal), receive, (error) => fail(chart, error));
  }
  return () => {
    if (!root.isConnected) endChart(root);
  };
}

/**
 * An element that brings what follows a picture, whose chart is elsewhere.
 * @param {Component} component
 */
export function more({ data }) {
  if (!data) return;
  const standing = [...charts].map(([key, chart]) => {
    const missed = () => chart.component.setTriggerValue("missed", true);
    return /** @type {const} */ ([key, { signal: chart.superseded.signal, missed }]);
  });
  later(unpack(data, new Map(standing)));
}

/**
 * An element that brings a pinned answer to compare with.
 * @param {Component} component
 */
export function pinned({ data }) {
  if (data) later(compared(data));
}

/**
 * An element that is asked for the answer to points that are held, and brings it.
 * @param {Component} component
 */
export function held({ data, setTriggerValue }) {
  if (!data) return;
  const message = unpack(data).then((told) => {
    const { key } = told.header;
    asks.set(key, (set) => setTriggerValue("held", set));
    const chart = charts.get(key);
    if (chart) chart.pen.ask = asks.get(key) ?? null;
    return told;
  });
  later(message);
}

/** Give a message to its chart, or keep it until that is there. @param {Promise<Message>} message */
function later(message) {
  const receive = (/** @type {Message} */ message) => {
    const { key } = message.header;
    const chart = charts.get(key);
    if (chart?.root.isConnected) chart.receive(message);
    else early.set(key, [...(early.get(key) ?? []), message]);
  };
  deliver(message, receive, (error) => console.error(error));
}

/** @param {Chart} chart @param {Message} message */
function arrive(chart, message) {
  const { key } = message.header;
  charts.set(key, chart);
  chart.pen.ask = asks.get(key) ?? null;
  chart.receive(message);
  for (const other of early.get(key) ?? []) chart.receive(other);
  early.delete(key);
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
  markRoom(root);
  endings.set(chart, [listenToKeys(chart), tellWhenBack(chart), watch(chart)]);
  return chart;
}

/** @param {Root} root */
function endChart(root) {
  const chart = root.__live;
  if (!chart) return;
  chart.superseded.abort();
  for (const end of endings.get(chart) ?? []) end();
  pause(chart);
  chart.stopPlaying?.();
  clearTimeout(chart.resting);
  purge(chart.plot);
  for (const [key, other] of charts) if (other === chart) charts.delete(key);
  root.__live = null;
}
