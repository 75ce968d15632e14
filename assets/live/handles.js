// A handle under the hand: what it draws while it moves, and when Python hears of it.
import { slider, within } from "./dom.js";
import { draw } from "./draw.js";
import { sideways } from "./fingers.js";
import { stopGlide } from "./glide.js";
import { begin, QUIET, tell } from "./moves.js";
import { noteHtml, numberHtml, standUp } from "./numbers.js";
import { say } from "./speech.js";
import { handleOf } from "./state.js";
import { colour } from "./svg.js";
import { safe } from "./text.js";
import { trackOf } from "./thumbs.js";
import { wireNumber } from "./typing.js";

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./types.js").Handle} Handle */

const NEAR = 30; // px from the middle of a thumb: a finger beside it scrolls the page
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
  const hold = () => {
    chart.holding = h.id;
    chart.fromKeys = false;
    begin(chart, h.id);
  };
  const put = (/** @type {number} */ to) => {
    stopGlide(chart);
    chart.stopPlaying?.();
    standUp(chart, h.id);
    start();
    chart.positions[h.id] = to;
    if (!queued) requestAnimationFrame(moved);
    queued = true;
  };
  const touched = touch(chart, h, { hold, put });
  input.addEventListener("pointerdown", () => touched() || hold());
  input.addEventListener("pointerup", () => {
    chart.holding = null;
  });
  input.addEventListener("keydown", () => {
    chart.fromKeys = true;
  });
  input.addEventListener("input", () => {
    if (touched()) input.value = String(chart.positions[h.id]);
    else put(+input.value);
  });
  input.addEventListener("change", () => {
    if (!touched()) tell(chart, chart.holding === null && chart.fromKeys ? QUIET : 0);
  });
  input.addEventListener("dblclick", () => {
    if (touched()) return;
    start();
    standUp(chart, h.id);
    chart.positions[h.id] = handleOf(chart, h.id).start;
    draw(chart, h.id);
    say(chart);
    tell(chart, 0);
  });
}

/**
 * A finger takes a handle by its thumb, and moves it as far as it goes itself.
 * @param {Chart} chart
 * @param {Handle} h
 * @param {{hold: () => void, put: (to: number) => void}} does
 */
function touch(chart, h, { hold, put }) {
  const input = slider(chart.root, h.id);
  let from = 0;
  return sideways(input, {
    takes: (event) => {
      from = chart.positions[h.id];
      const { left, step } = trackOf(chart, handleOf(chart, h.id));
      return !input.disabled && Math.abs(event.offsetX - left - step * from) < NEAR;
    },
    begins: hold,
    moves: (by) => {
      const handle = handleOf(chart, h.id);
      const to = Math.round(from + by / trackOf(chart, handle).step);
      put(within(to, 0, handle.values.length - 1));
    },
    ends: () => {
      chart.holding = null;
      tell(chart, 0);
    },
  });
}
