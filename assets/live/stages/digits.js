// Small pictures in ink, and beside each a bar for every class with the interval of its probability.
import { all, one } from "../dom.js";
import { colour, path, tag } from "../svg.js";
import { safe } from "../text.js";

/** @typedef {{type: string, truth: string[], key: string, concept: string}} Spec `key` is HTML */

const [SIDE, CLASSES, INKS] = [8, 10, 16];
const [W, H] = [100, 50]; // of the bars

/** @type {import("../types.js").Stage} */
export const digits = { make, draw };

/** @param {Spec} s */
function make(s) {
  const axis = Array.from({ length: CLASSES }, (_, k) => `<span data-k="${k}">${k}</span>`).join("");
  const each = s.truth.map((truth, i) => {
    const name = `<figcaption><b data-word="d${i}.says"></b><i data-word="d${i}.wrong"></i></figcaption>`;
    const bars = `<div class="dg-bars"><svg viewBox="0 0 ${W} ${H}" preserveAspectRatio="none"></svg><p>${axis}</p></div>`;
    const ink = `<canvas width="${SIDE}" height="${SIDE}"></canvas>`;
    return `<figure data-i="${i}" data-truth="${safe(truth)}">${ink}<div>${name}${bars}</div></figure>`;
  });
  return `<p class="dg-key">${s.key}</p><div class="dg-all" style="--c:${colour(s.concept)}">${each.join("")}</div>`;
}

/** @param {Spec} s @param {HTMLElement} el @param {import("../types.js").Frame} frame */
function draw(s, el, frame) {
  const [pixels, mean, low, high] = ["pixels", "mean", "low", "high"].map((name) => frame.row(name));
  if (!pixels) return;
  for (const figure of all(el, "figure")) {
    const i = Number(figure.dataset.i);
    inked(/** @type {HTMLCanvasElement} */ (one(figure, "canvas")), pixels.subarray(i * SIDE * SIDE));
    if (!mean || !low || !high) continue;
    const at = i * CLASSES;
    let best = 0;
    for (let k = 1; k < CLASSES; k++) if (mean[at + k] > mean[at + best]) best = k;
    const bars = Array.from({ length: CLASSES }, (_, k) => bar(k, mean[at + k], low[at + k], high[at + k], k === best));
    const [known, svg] = [Number.isFinite(mean[at]), figure.querySelector("svg")];
    if (svg) svg.innerHTML = known ? bars.join("") : "";
    const wrong = known && s.truth[i] !== "" && String(best) !== s.truth[i];
    figure.toggleAttribute("data-wrong", wrong);
  }
}

/** @param {number} k @param {number} mean @param {number} low @param {number} high @param {boolean} best */
export function bar(k, mean, low, high, best) {
  const x = k * 10;
  const look = { x: x + 1.5, y: (H * (1 - mean)).toFixed(2), width: 7, height: (H * mean).toFixed(2) };
  const whisker =
    high - low > 0.004
      ? path(`M${x + 5} ${(H * (1 - high)).toFixed(2)}V${(H * (1 - low)).toFixed(2)}`, { class: "dg-whisker" })
      : "";
  return tag("rect", { ...look, class: best ? "dg-bar best" : "dg-bar" }) + whisker;
}

/** @param {HTMLCanvasElement} canvas @param {Float64Array | number[]} levels of ink, row by row from the top */
export function inked(canvas, levels) {
  const pen = canvas.getContext("2d");
  if (!pen) return;
  pen.clearRect(0, 0, SIDE, SIDE);
  pen.fillStyle = getComputedStyle(canvas).color;
  for (let i = 0; i < SIDE * SIDE; i++) {
    if (!levels[i]) continue;
    pen.globalAlpha = levels[i] / INKS;
    pen.fillRect(i % SIDE, Math.floor(i / SIDE), 1, 1);
  }
}
