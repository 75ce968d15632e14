// Play, step and reset for a handle that walks through data one at a time; the server hears where it stops.
import { one } from "./dom.js";
import { draw } from "./draw.js";
import { stopGlide } from "./glide.js";
import { begin, QUIET, tell } from "./moves.js";
import { say } from "./speech.js";
import { handleOf } from "./state.js";

/** @typedef {import("./state.js").Chart} Chart */

const SPEEDS = { slow: 900, steady: 350, quick: 90 }; // ms a step
const USUAL = "steady";
const OUTSIDE = "button, input, textarea, a"; // what may ask the server

export function playerHtml() {
  const button = (/** @type {string} */ what, /** @type {string} */ label, /** @type {string} */ face) =>
    `<button data-do="${what}" aria-label="${label}">${face}</button>`;
  const speeds = Object.keys(SPEEDS).map((speed) => `<option${speed === USUAL ? " selected" : ""}>${speed}</option>`);
  return (
    `<div class="bl-player" role="group" aria-label="Step by step">` +
    button("reset", "Back to the start", "reset") +
    button("back", "One back", "−1") +
    button("play", "Play", "▶ play") +
    button("step", "One more", "+1") +
    `<select aria-label="Speed">${speeds.join("")}</select></div>`
  );
}

/** @param {Chart} chart @param {import("./types.js").Handle} h */
export function wirePlayer(chart, h) {
  const box = chart.root.querySelector(`[data-handle="${h.id}"] .bl-player`);
  if (!box) return;
  const last = () => handleOf(chart, h.id).values.length - 1;
  const play = one(box, '[data-do="play"]');
  const speed = /** @type {HTMLSelectElement} */ (one(box, "select"));
  const show = (/** @type {boolean} */ playing) => {
    play.textContent = playing ? "❚❚ pause" : "▶ play";
    play.setAttribute("aria-label", playing ? "Pause" : "Play");
  };
  const go = (/** @type {number} */ to) => {
    stopGlide(chart);
    if (chart.move?.handle !== h.id) begin(chart, h.id);
    chart.positions[h.id] = Math.max(0, Math.min(last(), to));
    draw(chart, h.id, true);
    say(chart);
  };
  // A control outside the picture asks the server: it must first hear where the data stand.
  const away = (/** @type {Event} */ event) => {
    if (event instanceof KeyboardEvent && event.key === "Tab") return;
    const at = event.target;
    if (at instanceof Element && !chart.root.contains(at) && at.closest(OUTSIDE)) stop(true);
  };
  const stop = (/** @type {boolean} */ telling) => {
    if (chart.playing === null) return;
    clearInterval(chart.playing);
    chart.playing = null;
    for (const kind of ["pointerdown", "keydown"]) document.removeEventListener(kind, away, true);
    show(false);
    if (telling) tell(chart, 0);
  };
  const start = () => {
    chart.move = null;
    if (chart.positions[h.id] >= last()) go(0);
    show(true);
    for (const kind of ["pointerdown", "keydown"]) document.addEventListener(kind, away, true);
    chart.playing = setInterval(tick, SPEEDS[/** @type {keyof typeof SPEEDS} */ (speed.value)]);
  };
  const tick = () => {
    if (!chart.root.isConnected) return stop(false);
    go(chart.positions[h.id] + 1);
    if (chart.positions[h.id] >= last()) stop(true);
  };
  chart.stopPlaying = () => stop(false);
  box.addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const what = button?.dataset.do;
    if (!what) return;
    if (what === "play" && chart.playing === null) return start();
    stop(true);
    if (what === "play") return;
    chart.move = null;
    go(what === "reset" ? 0 : chart.positions[h.id] + (what === "step" ? 1 : -1));
    tell(chart, QUIET);
  });
  speed.addEventListener("change", () => {
    if (chart.playing === null) return;
    stop(false);
    start();
  });
}
