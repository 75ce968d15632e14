// A handle under the hand: what it draws while it moves, and when Python hears of it.
import { slider } from "./dom.js";
import { draw } from "./draw.js";
import { stopGlide } from "./glide.js";
import { begin, QUIET, tell } from "./moves.js";
import { noteHtml, numberHtml, standUp } from "./numbers.js";
import { say } from "./speech.js";
import { handleOf } from "./state.js";
import { colour } from "./svg.js";
import { safe } from "./text.js";
import { wireNumber } from "./typing.js";

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./types.js").Handle} Handle */

const SAME_MOVE = 1000; // ms within which key presses count as one move in the sentence

/** @param {Handle} h @param {string} player */
export function handleHtml(h, player) {
  const name = safe(h.label.join(""));
  const label = `<span>${safe(h.label[0])}<span class="bl-long">${safe(h.label[1])}</span></span>`;
  const range = `type="range" min="0" step="1" aria-label="${name}"${h.locked ? " disabled" : ""}`;
  const ends = `<div class="bl-ends">${h.ends.map((end) => `<span>${safe(end)}</span>`).join("")}</div>`;
  const top = `<div class="bl-top">${label}${numberHtml(h)}</div>${noteHtml(h)}`;
  const mark = `<div class="bl-mark" hidden><i></i><span data-word="mark.${h.id}"></span></div>`;
  const inside = `${top}<input ${range}>${ends}${mark}${h.player ? player : ""}`;
  return `<div class="bl-h" data-handle="${h.id}" style="--c:${colour(h.concept)}">${inside}</div>`;
}

/** @param {Chart} chart @param {Handle} h */
export function wireHandle(chart, h) {
  const input = slider(chart.root, h.id);
  wireNumber(chart, h.id);
  const start = () => {
    const { move } = chart;
    if (!move || move.handle !== h.id || performance.now() - move.at > SAME_MOVE) begin(chart, h.id);
  };
  let queued = false;
  const moved = () => {
    queued = false;
    draw(chart, h.id, true);
    say(chart);
  };
  input.addEventListener("pointerdown", () => {
    chart.holding = h.id;
    chart.fromKeys = false;
    begin(chart, h.id);
  });
  input.addEventListener("pointerup", () => {
    chart.holding = null;
  });
  input.addEventListener("keydown", () => {
    chart.fromKeys = true;
  });
  input.addEventListener("input", () => {
    stopGlide(chart);
    chart.stopPlaying?.();
    standUp(chart, h.id);
    start();
    chart.positions[h.id] = +input.value;
    if (!queued) requestAnimationFrame(moved);
    queued = true;
  });
  input.addEventListener("change", () => tell(chart, chart.holding === null && chart.fromKeys ? QUIET : 0));
  input.addEventListener("dblclick", () => {
    start();
    standUp(chart, h.id);
    chart.positions[h.id] = handleOf(chart, h.id).start;
    draw(chart, h.id);
    say(chart);
    tell(chart, 0);
  });
}
