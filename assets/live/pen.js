// A drawing: points that a reader adds to the chart, moves and takes away. The browser keeps the whole set and tells it
// after every change; while a point is held it asks, as often as answers come, what the answer to the set is.
import { hearBrush } from "./brush.js";
import { one } from "./dom.js";
import { placeDots, showPoints } from "./dots.js";
import { amidst, between, finer } from "./near.js";
import { changedHere, copied } from "./points.js";

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./types.js").HeldHeader} HeldHeader */
/** @typedef {import("./film.js").Film} Film */

const PATIENCE = 1500; // ms after which an answer is no longer waited for
const AT_MOST = 300; // ms that a drop waits for an answer that is on its way

/** What of the furniture is the drawing's. @param {Chart} chart */
export const penParts = ({ root }) => ({
  button: /** @type {HTMLButtonElement} */ (one(root, '[data-tool="draw"]')),
  pad: one(root, ".bl-pad"),
  line: one(root, ".bl-drawing"),
  count: one(root, ".bl-drawing b"),
  rule: one(root, ".bl-drawing i"),
  aloud: one(root, ".bl-drawing [role=status]"),
  note: one(root, "#bl-refused-draw"),
  undo: /** @type {HTMLButtonElement} */ (one(root, '[data-draw="undo"]')),
  reset: /** @type {HTMLButtonElement} */ (one(root, '[data-draw="reset"]')),
  empty: /** @type {HTMLButtonElement} */ (one(root, '[data-draw="empty"]')),
});

/** Whether points are being drawn. @param {Chart} chart */
export const drawing = ({ pen, spec }) => Boolean(pen.on && spec?.draws?.open);

/**
 * Tell Python the whole set, or what else is to be done with it. Of two things told at once Streamlit may bring but one:
 * what is told waits for an answer that is on its way, and is told again where it was not heard.
 * @param {Chart} chart @param {string} [what]
 */
export function tellDrawn(chart, what = "set") {
  const { pen, spec } = chart;
  pen.count += 1;
  pen.told = pen.count;
  const set = what === "set" ? copied(pen.points) : {};
  pen.due = { do: what, ...set, of: pen.of, count: pen.count, epoch: spec.epoch };
  clearTimeout(pen.telling);
  if (pen.asked) pen.telling = setTimeout(() => send(chart), AT_MOST);
  else send(chart);
}

/** @param {Chart} chart */
function send(chart) {
  const { pen } = chart;
  clearTimeout(pen.telling);
  if (!pen.due || !chart.root.isConnected) return;
  chart.component.setTriggerValue("drawn", pen.due);
  pen.telling = setTimeout(() => sendAgain(chart), PATIENCE);
}

/** Tell again what was not heard: not while the server is at work, which would begin anew. @param {Chart} chart */
function sendAgain(chart) {
  const working = document.querySelector('[data-test-script-state="running"]');
  if (working) chart.pen.telling = setTimeout(() => sendAgain(chart), PATIENCE);
  else send(chart);
}

/**
 * Show the answer to the points on screen as far as it is known, and ask for it: while one is on its way, once that is
 * there. The lines around the point that is held are asked for before it has left those that are known.
 * @param {Chart} chart
 */
export function askHeld(chart) {
  const { pen, spec } = chart;
  if (heldLines(chart)) showHeld(chart);
  if (!spec.draws?.live || !pen.ask || pen.points.x.length < spec.draws.fewest) return;
  const now = performance.now();
  pen.owed = pen.asked > 0 && now - pen.since < PATIENCE;
  if (pen.owed) return;
  pen.count += 1;
  pen.asked = pen.count;
  pen.since = now;
  pen.around = Boolean(pen.held && !amidst(pen.near, pen.held.i, heldPlace(chart)));
  const more = pen.around ? { i: pen.held?.i, fineness: Math.ceil(pen.fine) } : {};
  pen.ask({ ...copied(pen.points), ...more, of: pen.of, count: pen.count });
}

/** Where the point is that is held. @param {Chart} chart */
const heldPlace = ({ pen: { points, held } }) => ({ x: points.x[held?.i ?? 0], y: points.y[held?.i ?? 0] });

/** The lines with the point that is held where it is now, if they are known. @param {Chart} chart */
const heldLines = (chart) =>
  chart.pen.held && chart.pen.exact ? between(chart.pen.near, chart.pen.held.i, heldPlace(chart)) : null;

/**
 * Draw the last answer to held points; its lines as they are where the point is now, if they are known there.
 * @param {Chart} chart
 */
function showHeld(chart) {
  const { pen, spec } = chart;
  const { exact } = pen;
  if (!exact || spec?.draws?.of !== pen.of || !changedHere(chart)) return;
  const lines = heldLines(chart);
  pen.frame = { row: (name) => lines?.(name) ?? exact.row(name, 0), word: (name) => exact.word(name, 0) };
  pen.home = { ...chart.positions };
  pen.shown += 1;
  chart.draw(chart.last, true);
}

/** Hold a point: what is known around another is forgotten. @param {Chart} chart @param {NonNullable<Chart["pen"]["held"]>} held */
export function take({ pen }, held) {
  Object.assign(pen, { held, near: null, exact: null, fine: 0 });
}

/**
 * An answer to points that were held: it is shown unless the picture of newer ones has come.
 * @param {Chart} chart @param {HeldHeader} header @param {Film[]} films
 */
export function hearHeld(chart, header, films) {
  const { pen } = chart;
  if (!header.count || header.count !== pen.asked) return;
  pen.asked = 0;
  if (pen.due) send(chart);
  const [exact, lines] = films;
  if (exact) {
    pen.exact = exact;
    if (pen.around) pen.fine = finer(pen.fine, header.near);
    if (header.near && lines) pen.near = { ...header.near, film: lines };
    showHeld(chart);
  }
  if (pen.owed && pen.held) askHeld(chart);
}

/** The answer to held points, as long as the handles stand where they stood then. @param {Chart} chart */
export function heldFrame({ pen, positions }) {
  const stands = pen.frame && Object.entries(positions).every(([handle, at]) => pen.home[handle] === at);
  return stands ? pen.frame : null;
}

/** Hear which points Python has: unless the reader has changed them since. @param {Chart} chart */
export function hearPen(chart) {
  const { pen, spec, root } = chart;
  const { draws } = spec;
  if (!root.querySelector(".bl-pad")) return;
  const { button, note, undo, reset, empty, rule } = penParts(chart);
  button.hidden = !draws;
  if (!draws?.open) leave(chart, false);
  if (!draws) return;
  button.setAttribute("aria-disabled", String(!draws.open));
  button.title = draws.why || "Draw: add points, move them, take them away";
  const other = draws.of !== pen.of;
  if (other) Object.assign(pen, { held: null, cross: null });
  if (other || (draws.count >= pen.told && !pen.held)) {
    pen.points = copied(draws);
    pen.traces = [];
  }
  if (other || draws.count >= pen.told) {
    clearTimeout(pen.telling);
    pen.due = null;
    Object.assign(pen, {
      frame: null,
      exact: null,
      near: null,
      asked: 0,
      owed: false,
      of: draws.of,
      told: draws.count,
    });
    pen.count = Math.max(pen.count, draws.count);
  }
  undo.disabled = !draws.undo;
  reset.disabled = !draws.changed;
  empty.hidden = !draws.empty;
  rule.textContent = draws.rule;
  hearBrush(chart);
  note.hidden = !draws.refused;
  note.textContent = draws.refused;
  standPen(chart);
}

/** Begin to draw, or say why there is no drawing. @param {Chart} chart */
export function enter(chart) {
  const { draws } = chart.spec;
  if (!draws) return;
  chart.pen.on = draws.open;
  const { note } = penParts(chart);
  note.hidden = draws.open;
  note.textContent = draws.why;
  standPen(chart);
}

/** @param {Chart} chart @param {boolean} [back] whether the keyboard goes back to the button */
export function leave(chart, back = true) {
  const { pen } = chart;
  if (!pen.on) return;
  Object.assign(pen, { on: false, held: null, at: null });
  standPen(chart);
  if (back) penParts(chart).button.focus({ preventScroll: true });
}

/** Show whether there is drawing. @param {Chart} chart */
export function standPen(chart) {
  const { button, pad, line } = penParts(chart);
  const { pen } = chart;
  const on = drawing(chart);
  button.setAttribute("aria-pressed", String(on));
  pad.hidden = !on;
  line.hidden = !on;
  chart.root.classList.toggle("drawing", on);
  countPoints(chart);
  if (!on) return;
  placeDots(chart);
  if (pen.keyboard) keyboardBack(chart, pen.keyboard);
}

/** The keyboard goes back to where it was in furniture that was made anew, or to the cross. @param {Chart} chart @param {string} wanted */
function keyboardBack(chart, wanted) {
  chart.pen.keyboard = "";
  const el = chart.root.querySelector(`${wanted}:enabled`) ?? chart.root.querySelector(".bl-cross");
  if (el instanceof HTMLElement) el.focus({ preventScroll: true });
}

/** Draw the points as they are now. @param {Chart} chart */
export function refresh(chart) {
  showPoints(chart);
  placeDots(chart);
  countPoints(chart);
}

/** @param {Chart} chart */
function countPoints(chart) {
  const { count } = penParts(chart);
  const many = chart.pen.points.x.length;
  count.textContent = `${many} ${many === 1 ? "point" : "points"}`;
}
