// The probe: a line across the picture that a reader drags, walks by keys or types a place for, and what it reads there.
// It is quiet until wanted. The numbers are those of the curves as drawn; where it stands is Python's to keep.
import { one, within } from "./dom.js";
import { draggable } from "./drag.js";
import { ARROWS } from "./grip.js";
import { pardon, refuse, wireEnds, write } from "./numbers.js";
import { axes } from "./plotly.js";
import { reading, stepOf } from "./readout.js";
import { path, tag } from "./svg.js";
import { safe } from "./text.js";

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./plotly.js").Axes} Axes */
/** @typedef {import("./types.js").ProbeSpec} ProbeSpec */

const THUMB = 22; // px across
const RESTED = 700; // ms without a move before a screen reader is told what is read
const COMING = "The answer here is still being worked out.";
const NOTHING = "There is no curve to read here.";
const LINE = tag("svg", { viewBox: "0 0 16 16", "aria-hidden": "true" }, path("M8 1V15M2 12Q6 12 8 8T14 4", {}));

/** The line, and the button that brings it. @param {ProbeSpec} probe */
export function readerHtml({ ends: [low, high] }) {
  const slider = `role="slider" tabindex="0" aria-label="read the curves at" aria-valuemin="${low}" aria-valuemax="${high}"`;
  return (
    `<div class="bl-line" hidden><i></i><span ${slider} data-arrows>${ARROWS}</span></div>` +
    `<button type="button" class="bl-tool" data-tool="read" aria-pressed="false" title="Read a value">${LINE}<span>Read a value</span></button>`
  );
}

/** What is read, with the field for a place. @param {ProbeSpec} probe */
export function readingHtml({ before, unit }) {
  const field = `<input class="bl-num-field" type="text" inputmode="decimal" autocomplete="off" maxlength="40" aria-label="read at, exact place">`;
  const place = `<span class="bl-place">At ${safe(before)}${field}${unit ? ` ${safe(unit)}` : ""}:</span>`;
  return (
    `<div class="bl-reading" hidden><p>${place} <span class="bl-reads"></span></p>` +
    `<p class="bl-refused" id="bl-refused-read" role="alert" hidden></p><p class="bl-aloud" role="status"></p></div>`
  );
}

/** What of the furniture is the probe's. @param {Chart} chart */
const parts = ({ root }) => ({
  line: one(root, ".bl-line"),
  thumb: one(root, ".bl-line [role=slider]"),
  button: one(root, '[data-tool="read"]'),
  box: one(root, ".bl-reading"),
  field: /** @type {HTMLInputElement} */ (one(root, ".bl-reading input")),
  said: one(root, ".bl-reads"),
  note: one(root, "#bl-refused-read"),
  aloud: one(root, ".bl-aloud"),
});

/** Whether the picture can be read, and nothing of its answer is hidden. @param {Chart} chart */
const readable = ({ spec }) => Boolean(spec?.probe && !spec.stage);

/** The steps that a line stands on, in digits. @param {ProbeSpec} probe */
const grid = ({ ends }) => stepOf(ends[1] - ends[0]);

/** A place as a link or a field holds it. @param {number} x @param {number} step */
const rounded = (x, step) => Number((Math.round(x / step) * step).toPrecision(12)) + 0;

/** What is read where the line stands. @param {Chart} chart */
function readHere(chart) {
  const { spec, read, shown, waiting, root } = chart;
  if (read.x === null || !spec.probe || !spec.figure) return "";
  if (waiting || root.classList.contains("busy")) return COMING;
  const { readings } = spec.probe;
  const { range } = spec.figure.layout.yaxis;
  const word = (/** @type {string} */ name) => chart.get?.word(name) ?? null;
  return reading(readings, ({ trace }) => shown[trace], read.x, range, word) || NOTHING;
}

/**
 * How far down the thumb may be on its line without covering words.
 * @param {number} x
 * @param {number} bottom
 * @param {import("./hanging.js").Box[]} words
 */
export function freeAt(x, bottom, words) {
  const half = THUMB / 2 + 2;
  let y = bottom - half;
  for (const box of words.filter((one) => x + half > one.x && x - half < one.x + one.w).sort((a, b) => b.y - a.y)) {
    if (y + half > box.y && y - half < box.y + box.h) y = box.y - half;
  }
  return y;
}

/** Put the line where it stands, and say what it reads. @param {Chart} chart @param {Axes} at */
export function drawReader(chart, at) {
  if (!readable(chart)) return;
  const { line, thumb, button } = parts(chart);
  const { x } = chart.read;
  const box = one(chart.root, ".bl-box").clientHeight;
  const bottom = (at.strip ?? at).bottom;
  const across = x === null ? 0 : at.x(x);
  line.hidden = x === null || across < at.left - 1 || across > at.right + 1; // zoomed elsewhere
  line.style.transform = `translateX(${across}px)`;
  line.style.top = `${at.top - box}px`;
  line.style.height = `${bottom - at.top}px`;
  thumb.style.bottom = `${bottom - freeAt(across, bottom, chart.words) - THUMB / 2}px`;
  button.setAttribute("aria-pressed", String(x !== null));
  if (x !== null) {
    const { before, unit } = /** @type {ProbeSpec} */ (chart.spec.probe);
    thumb.setAttribute("aria-valuenow", String(x));
    thumb.setAttribute("aria-valuetext", `${before}${x} ${unit}`.trim());
  }
  sayReading(chart);
}

/** Say what is read. @param {Chart} chart */
export function sayReading(chart) {
  if (!readable(chart)) return;
  const { box, field, said } = parts(chart);
  const { x } = chart.read;
  box.hidden = x === null;
  if (x === null) return;
  if (document.activeElement !== field && !field.hasAttribute("aria-invalid"))
    write(field, String(x).replace("-", "\u2212"));
  const text = readHere(chart);
  if (said.textContent !== text) said.textContent = text;
}

/** Move the line; `rest` tells whoever listens once it stays. @param {Chart} chart @param {number | null} x */
function put(chart, x) {
  chart.read.x = x;
  stand(chart);
  const at = axes(chart.plot);
  if (at) drawReader(chart, at);
  clearTimeout(chart.read.resting);
  const { aloud } = parts(chart);
  const tell = (/** @type {string} */ text) => {
    aloud.textContent = text;
  };
  if (x === null) tell("");
  else chart.read.resting = setTimeout(() => tell(readHere(chart)), RESTED);
}

/** Take back what was typed and refused. @param {Chart} chart */
function stand(chart) {
  const { field, note } = parts(chart);
  pardon(field, note);
}

/** Tell Python where the line stands; a fit under way is not ended for that, so it hears it later. @param {Chart} chart */
function tellRead(chart) {
  chart.read.owed = chart.waits;
  if (chart.waits) return;
  send(chart, { x: chart.read.x });
}

/** @param {Chart} chart @param {{x?: number | null, text?: string}} told */
function send(chart, told) {
  chart.read.count += 1;
  chart.component.setTriggerValue("read", { ...told, count: chart.read.count, epoch: chart.spec.epoch });
}

/** Tell what is owed, if the answer stands. @param {Chart} chart */
export function settleReader(chart) {
  if (chart.read.owed && !chart.waits && readable(chart)) tellRead(chart);
}

/** Hear where Python has the line: unless the reader has moved it since. @param {Chart} chart @param {boolean} fresh */
export function hearReader(chart, fresh) {
  const { reads } = chart.spec;
  if (!readable(chart) || !reads) return;
  if (fresh) {
    chart.read = { x: reads.x, count: reads.count, owed: false };
  } else if (reads.count !== chart.read.count || chart.read.owed) return;
  const { field, note } = parts(chart);
  chart.read.x = reads.x;
  stand(chart);
  if (reads.why) refuse(field, note, reads);
}

/** @param {Chart} chart */
export function wireReader(chart) {
  const { probe } = chart.spec;
  if (!probe || !readable(chart)) return;
  const { line, thumb, button } = parts(chart);
  const [low, high] = probe.ends;
  const to = (/** @type {number} */ x) => put(chart, within(rounded(x, grid(probe)), low, high));
  button.addEventListener("click", () => {
    if (chart.read.x === null) to((low + high) / 2);
    else put(chart, null);
    if (chart.read.x !== null) thumb.focus({ preventScroll: true });
    tellRead(chart);
  });
  draggable(line, {
    start: () => thumb.focus({ preventScroll: true }),
    move: (clientX) => {
      const at = axes(chart.plot);
      if (at) to(at.value(clientX - chart.plot.getBoundingClientRect().left));
    },
    end: () => tellRead(chart),
  });
  wireKeys(chart, probe, to);
  wirePlace(chart);
}

/** @param {Chart} chart @param {ProbeSpec} probe @param {(x: number) => void} to */
function wireKeys(chart, probe, to) {
  const { thumb, button } = parts(chart);
  const [low, high] = probe.ends;
  /** @type {Object<string, (x: number) => number>} */
  const steps = {
    ArrowLeft: (x) => x - grid(probe),
    ArrowDown: (x) => x - grid(probe),
    ArrowRight: (x) => x + grid(probe),
    ArrowUp: (x) => x + grid(probe),
    Home: () => low,
    End: () => high,
  };
  /** @type {number | undefined} */
  let telling;
  thumb.addEventListener("keydown", (event) => {
    const { x } = chart.read;
    if (x === null) return;
    if (event.key === "Escape") {
      event.preventDefault();
      event.stopPropagation();
      put(chart, null);
      button.focus({ preventScroll: true });
      tellRead(chart);
      return;
    }
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation(); // a presenter's arrow keys step from scene to scene elsewhere
    to(step(x));
    clearTimeout(telling);
    telling = setTimeout(() => tellRead(chart), 400);
  });
}

/** The field for an exact place: Enter or leaving it asks Python, Escape takes it back. @param {Chart} chart */
function wirePlace(chart) {
  const { field } = parts(chart);
  let edited = false;
  const back = () => {
    edited = false;
    stand(chart);
    sayReading(chart);
    write(field, String(chart.read.x ?? ""));
  };
  const ask = () => {
    if (!edited) return;
    edited = false;
    const text = field.value.trim();
    if (text) send(chart, { text });
    else back();
  };
  field.addEventListener("focus", () => field.select());
  field.addEventListener("input", () => {
    edited = true;
    write(field, field.value);
  });
  wireEnds(field, ask, back);
  field.addEventListener("blur", ask);
}
