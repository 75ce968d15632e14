// A picture of 8 x 8 pixels that is painted by mouse, finger or keys, and what is said of it. A stroke is told when it has
// ended for a moment: until then, and until the answer comes, the picture is the reader's.
import { one, within } from "../dom.js";
import { colour } from "../svg.js";
import { bar, inked } from "./digits.js";

/** @typedef {import("../state.js").Chart} Chart */
/** @typedef {{type: string, ink: string, key: string, concept: string}} Spec `key` is HTML */
/** @typedef {{ink: number[], at: number, down: boolean, wipes: boolean, due: number, of: string}} Pad */

const [SIDE, CLASSES, INKS] = [8, 10, 16];
const BRUSH = 1.15; // pixels from the middle of a stroke to where it ends
const REST = 450; // ms without a stroke, after which the picture is told

/** @type {WeakMap<Chart, Pad>} */
const pads = new WeakMap();

/** @type {import("../types.js").Stage} */
export const sketch = { make, draw, wire, open: true };

/** @param {Spec} s */
function make(s) {
  const axis = Array.from({ length: CLASSES }, (_, k) => `<span>${k}</span>`).join("");
  const told = `<figcaption><b data-word="d0.says"></b></figcaption>`;
  const bars = `<div class="dg-bars"><svg viewBox="0 0 100 50" preserveAspectRatio="none" aria-hidden="true"></svg><p aria-hidden="true">${axis}</p></div>`;
  const name = "Your digit, 8 by 8 pixels: arrows move, space paints or rubs out a pixel, Delete clears";
  const paper = `<canvas width="${SIDE}" height="${SIDE}" tabindex="0" role="img" aria-label="${name}"></canvas>`;
  const tools = `<button type="button" class="sk-wipe" aria-pressed="false">Rub out</button><button type="button" class="sk-clear">Clear</button>`;
  return `<p class="dg-key">${s.key}</p><div class="sk" style="--c:${colour(s.concept)}"><div class="sk-pad"><div class="sk-paper">${paper}<i hidden></i></div><p>${tools}</p></div><figure>${told}${bars}</figure></div>`;
}

/** @param {Spec} s @param {HTMLElement} el @param {import("../types.js").Frame} frame @param {Chart} chart */
function draw(s, el, frame, chart) {
  const pad = padOf(s, chart);
  const canvas = /** @type {HTMLCanvasElement} */ (one(el, "canvas"));
  const [pixels, mean, low, high] = ["pixels", "mean", "low", "high"].map((name) => frame.row(name));
  const own = pad.down || pad.due > 0;
  if (own) inked(canvas, pad.ink);
  else if (pixels) inked(canvas, pixels);
  el.classList.toggle("sk-new", own);
  const svg = el.querySelector(".dg-bars svg");
  if (!svg || !mean || !low || !high) return;
  let best = 0;
  for (let k = 1; k < CLASSES; k++) if (mean[k] > mean[best]) best = k;
  const bars = Array.from({ length: CLASSES }, (_, k) => bar(k, mean[k], low[k], high[k], k === best));
  svg.innerHTML = Number.isFinite(mean[0]) ? bars.join("") : "";
}

/** The reader's picture; that of the settings, unless strokes are under way. @param {Spec} s @param {Chart} chart */
function padOf(s, chart) {
  const pad = pads.get(chart) ?? { ink: [], at: 0, down: false, wipes: false, due: 0, of: "" };
  pads.set(chart, pad);
  if (pad.of !== s.ink && !pad.down && !pad.due) {
    pad.of = s.ink;
    pad.ink = Array.from(s.ink, (level) => parseInt(level, 17));
  }
  return pad;
}

/** @param {Spec} s @param {HTMLElement} el @param {Chart} chart */
function wire(s, el, chart) {
  const canvas = /** @type {HTMLCanvasElement} */ (one(el, "canvas"));
  if (chart.spec.handles.every(({ locked }) => locked)) {
    canvas.removeAttribute("tabindex");
    one(el, ".sk-pad p").remove();
    return;
  }
  const pad = padOf(s, chart);
  const tell = () => {
    clearTimeout(pad.due);
    pad.due = window.setTimeout(() => {
      pad.due = 0;
      const ink = pad.ink.map((level) => level.toString(17)).join("");
      if (document.activeElement === canvas) chart.wants = ".sk-paper canvas"; // the answer comes with a new one
      if (ink !== pad.of) chart.component.setTriggerValue("act", { ink });
    }, REST);
  };
  const shown = () => {
    inked(canvas, pad.ink);
    el.classList.add("sk-new");
  };
  const stroke = (/** @type {PointerEvent} */ event) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const [x, y] = [((event.clientX - left) / width) * SIDE - 0.5, ((event.clientY - top) / height) * SIDE - 0.5];
    painted(pad, x, y);
    shown();
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button) return;
    event.preventDefault();
    canvas.focus({ preventScroll: true });
    canvas.setPointerCapture(event.pointerId);
    clearTimeout(pad.due);
    pad.down = true;
    stroke(event);
  });
  canvas.addEventListener("pointermove", (event) => pad.down && stroke(event));
  for (const kind of ["pointerup", "pointercancel"]) {
    canvas.addEventListener(kind, () => {
      if (!pad.down) return;
      pad.down = false;
      tell();
    });
  }
  keys(el, canvas, pad, () => {
    shown();
    tell();
  });
}

/** @param {HTMLElement} el @param {HTMLCanvasElement} canvas @param {Pad} pad @param {() => void} changed */
function keys(el, canvas, pad, changed) {
  const cursor = one(el, ".sk-paper i");
  const place = () => {
    cursor.hidden = false;
    cursor.style.left = `${((pad.at % SIDE) / SIDE) * 100}%`;
    cursor.style.top = `${(Math.floor(pad.at / SIDE) / SIDE) * 100}%`;
  };
  canvas.addEventListener("blur", () => {
    cursor.hidden = true;
  });
  canvas.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -SIDE, ArrowDown: SIDE }[event.key];
    if (step !== undefined) {
      const to = pad.at + step;
      const wraps = Math.abs(step) === 1 && Math.floor(to / SIDE) !== Math.floor(pad.at / SIDE);
      if (to >= 0 && to < SIDE * SIDE && !wraps) pad.at = to;
    } else if (event.key === " ") {
      pad.ink[pad.at] = pad.ink[pad.at] ? 0 : INKS;
      changed();
    } else if (event.key === "Delete" || event.key === "Backspace") {
      pad.ink.fill(0);
      changed();
    } else return;
    event.preventDefault();
    event.stopPropagation();
    place();
  });
  const wipe = one(el, ".sk-wipe");
  wipe.setAttribute("aria-pressed", String(pad.wipes));
  wipe.addEventListener("click", () => {
    pad.wipes = !pad.wipes;
    wipe.setAttribute("aria-pressed", String(pad.wipes));
  });
  one(el, ".sk-clear").addEventListener("click", () => {
    pad.ink.fill(0);
    changed();
  });
}

/** A soft brush at a place, in pixels: full in its middle, nothing at its edge. @param {Pad} pad @param {number} x @param {number} y */
function painted(pad, x, y) {
  for (let i = 0; i < SIDE * SIDE; i++) {
    const far = Math.hypot((i % SIDE) - x, Math.floor(i / SIDE) - y);
    const level = Math.round(INKS * within(1.5 * (1 - far / BRUSH), 0, 1));
    if (level) pad.ink[i] = pad.wipes ? Math.min(pad.ink[i], INKS - level) : Math.max(pad.ink[i], level);
  }
}
