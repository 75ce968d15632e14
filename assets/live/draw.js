// Drawing one position of one handle: the picture, the words, the panels, the handles.
import { all, one } from "./dom.js";
import { ownDots, placeDots } from "./dots.js";
import { drawOverlay } from "./overlay.js";
import { panel } from "./panels.js";
import { heldFrame } from "./pen.js";
import { sayPin } from "./pins.js";
import { mounted, quickDraw, quickParts, restyle } from "./plotly.js";
import { sayReading } from "./reader.js";
import { describe } from "./speech.js";
import { stage } from "./stages.js";
import { drawThumbs } from "./thumbs.js";

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").Numbers} Numbers */

const AT_REST = 140; // ms after the last quick drawing before Plotly redraws in full

/** Whether a picture stands. @param {Chart} chart */
export const standing = (chart) => Boolean(chart.spec && (chart.spec.stage || mounted(chart.plot)));

/**
 * Show what a handle's film says where the handle is. A film that was made at another position of another handle is
 * never shown: the picture waits for Python's answer.
 * @param {Chart} chart
 * @param {string} handle
 * @param {boolean} [quick] while a handle moves
 */
export function draw(chart, handle, quick = false) {
  if (!standing(chart)) return; // it has left the page since this was put off
  const reel = chart.reels[handle];
  const at = chart.positions[handle];
  const { spec, root } = chart;
  const held = heldFrame(chart);
  const fits = Boolean(held || reel?.fits(spec.stamp, handle, chart.positions));
  root.classList.toggle("stale", !fits);
  chart.waiting = fits ? null : handle;
  if (!fits) {
    sayReading(chart);
    drawThumbs(chart);
    return;
  }
  chart.last = handle;
  const frame = held ?? {
    row: (/** @type {string} */ name) => reel.row(name, at),
    word: (/** @type {string} */ name) => reel.word(name, at),
  };
  chart.get = frame;
  if (spec.stage) stage(spec.stage).draw(spec.stage, one(root, ".bl-stage"), frame, chart);
  else drawTraces(chart, frame, quick);
  chart.draws += 1;
  root.dataset.draws = String(chart.draws);
  drawWords(chart, frame);
  for (const [i, p] of spec.panels.entries()) panel(p).draw?.(p, one(root, `[data-panel="${i}"]`), frame, chart);
  describe(chart);
  drawThumbs(chart);
  if (spec.stage) placeDots(chart);
  else drawOverlay(chart);
  if (chart.pin) sayPin(chart);
}

/** @param {Chart} chart @param {Frame} frame */
function drawWords(chart, frame) {
  for (const el of all(chart.root, "[data-word]")) {
    const word = frame.word(el.dataset.word ?? "");
    el.textContent = word ? (el.dataset.before ?? "") + word : "";
  }
  for (const { id } of chart.spec.labels) {
    const [name, gloss] = chart.labels[id].children;
    write(chart, id, name, frame.word(`label.${id}`));
    write(chart, id, gloss, frame.word(`gloss.${id}`));
  }
}

/**
 * Write words of a label that move with a handle; they have another width then.
 * @param {Chart} chart
 * @param {string} id
 * @param {Element} el
 * @param {string | null} text null: these stay
 */
function write(chart, id, el, text) {
  if (text === null || el.textContent === text) return;
  el.textContent = text;
  delete chart.labelWidths[id];
}

/** Whether two rows are the same, gaps included. @param {Numbers} a @param {Numbers} b */
function same(a, b) {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}

/** @param {Chart} chart @param {Frame} frame @param {boolean} quick */
function drawTraces(chart, frame, quick) {
  /** @type {import("./plotly.js").Lines} */
  const changed = {};
  for (const { name } of chart.plot.data) {
    const own = ownDots(chart, name); // they stand where the reader has put them
    const [x, y] = own ? [own.x, own.y] : [frame.row(`${name}.x`), frame.row(`${name}.y`)];
    if (!x && !y) continue;
    const before = chart.shown[name];
    const now = { x: x ?? before.x, y: y ?? before.y };
    if (quick && same(before.x, now.x) && same(before.y, now.y)) continue; // it is drawn already
    chart.shown[name] = now;
    changed[name] = now;
  }
  clearTimeout(chart.resting);
  if (quick) chart.parts ||= quickParts(chart.plot);
  if (quick && chart.parts && quickDraw(chart.plot, chart.parts, changed)) {
    chart.resting = setTimeout(() => draw(chart, chart.last), AT_REST);
    return;
  }
  restyle(chart.plot, changed);
  chart.parts = null;
}
