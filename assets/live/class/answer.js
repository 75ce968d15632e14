// How a student answers: a number on a slider or typed, a band with two thumbs, a button for one of several, a prior
// with two handles. Nothing is chosen before the hand chooses it: whatever stood there would be a hint.

import { button, dress, el, mark } from "../build.js";
import { within } from "../dom.js";
import { stepOf, told } from "./axis.js";
import { density, numbersOf } from "./beta.js";

/** @typedef {import("./types.js").Question} Question */
/** @typedef {import("./types.js").Guess} Guess */
/** @typedef {{el: HTMLElement, set: (guess: Guess | null) => void}} Answer `set` shows a guess that was made */
/** @typedef {(guess: Guess | null, done: boolean) => void} Tell `done` where it is to be sent at once */

const WORTH = [2, 200]; // observations that a prior is worth, from open-minded to stubborn
const NOTCHES = 100;
const WIDE = 300; // of the drawing of a prior
const HIGH = 70;
const TALL = 5; // the density at the top of it

/** @param {Question} question @param {Tell} tell @returns {Answer} */
export function answerTo(question, tell) {
  if (question.kind === "one of") return options(question, tell);
  if (question.kind === "prior") return prior(tell);
  return onAxis(question, question.kind === "band" ? ["from", "to"] : [""], tell);
}

/** @param {Question} question @param {Tell} tell @returns {Answer} */
function options({ options: offered = [] }, tell) {
  const buttons = offered.map((option, i) => button(option, () => tell(i, true), { "aria-pressed": "false" }));
  return {
    el: el("div", { class: "cr-options", role: "group" }, ...buttons),
    set: (guess) => {
      for (const [i, one] of buttons.entries()) one.setAttribute("aria-pressed", String(i === guess));
    },
  };
}

/**
 * One thumb, or two, on an axis, each with a field of its own.
 * @param {Question} question @param {string[]} names @param {Tell} tell @returns {Answer}
 */
function onAxis({ low = 0, high = 1, unit = "", label = "" }, names, tell) {
  const step = stepOf(low, high);
  /** @type {(number | null)[]} */
  let values = names.map(() => null);
  const called = (/** @type {string} */ name) => [label || "your guess", name, unit].filter(Boolean).join(", ");
  const shared = { min: low, max: high, step };
  const start = names.map((_, i) => low + ((high - low) * (i + 1)) / (names.length + 1));
  const thumbs = names.map((name) => input({ type: "range", ...shared, "aria-label": called(name) }));
  const fields = names.map((name) =>
    input({
      type: "number",
      step: "any",
      min: low,
      max: high,
      inputmode: "decimal",
      placeholder: "?",
      "aria-label": called(name),
    }),
  );
  const track = el("div", { class: `cr-track${names.length > 1 ? " two" : ""}` }, ...thumbs);
  const share = (/** @type {number} */ value) => `${(100 * (value - low)) / (high - low)}%`;
  const draw = () => {
    for (const [i, thumb] of thumbs.entries()) {
      thumb.value = String(values[i] ?? start[i]);
      thumb.classList.toggle("open", values[i] === null);
      thumb.setAttribute("aria-valuetext", values[i] === null ? "not chosen yet" : told(values[i] ?? 0, unit));
    }
    const [a, b] = names.length > 1 ? values : [null, null];
    track.style.setProperty("--from", a === null ? "0%" : share(a));
    track.style.setProperty("--to", b === null || a === null ? "0%" : share(b));
  };
  const say = () => {
    const whole = values.every((value) => value !== null);
    const [a, b] = /** @type {number[]} */ (values);
    if (!whole) tell(null, false);
    else if (names.length === 1) tell(a, false);
    else tell(a === b ? null : [Math.min(a, b), Math.max(a, b)], false);
  };
  const put = (/** @type {number} */ i, /** @type {number | null} */ value) => {
    values[i] = value;
    if (value !== null && names.length > 1) values = values.map((one, j) => one ?? start[j]); // both ends of a band
    if (i === 0 && values.length > 1 && Number(values[0]) > Number(values[1])) values[1] = value;
    if (i === 1 && Number(values[1]) < Number(values[0])) values[0] = value;
  };
  for (const [i, thumb] of thumbs.entries()) {
    const moved = () => {
      put(i, Number(thumb.value));
      for (const [j, field] of fields.entries()) field.value = values[j] === null ? "" : String(values[j]);
      draw();
      say();
    };
    thumb.addEventListener("input", moved);
    thumb.addEventListener("pointerup", moved); // chosen where it stands
  }
  for (const [i, field] of fields.entries()) {
    field.addEventListener("input", () => {
      const value = field.valueAsNumber;
      values[i] = Number.isFinite(value) && value >= low && value <= high ? value : null;
      draw();
      say();
    });
  }
  draw();
  const boxes = fields.flatMap((field, i) => [i ? el("i", {}, "to") : null, field]);
  return {
    el: el(
      "div",
      { class: "cr-axis" },
      el("span", { class: "cr-fields" }, ...boxes, unit ? el("b", {}, unit) : null),
      el(
        "div",
        { class: "cr-slide" },
        track,
        el("p", {}, el("span", {}, told(low, unit)), el("span", {}, told(high, unit))),
      ),
    ),
    set: (guess) => {
      if (guess === null) return;
      values = Array.isArray(guess) ? [...guess] : [Number(guess)];
      for (const [i, field] of fields.entries()) field.value = String(values[i]);
      draw();
    },
  };
}

/** @param {Tell} tell @returns {Answer} */
function prior(tell) {
  let chosen = false;
  const centre = input({ type: "range", min: 1, max: 99, step: 1, value: 50, "aria-label": "centre, %" });
  const sure = input({ type: "range", min: 0, max: NOTCHES, step: 1, value: 25, "aria-label": "how sure" });
  const line = mark("path", { class: "cr-prior" });
  const said = el("p", { class: "cr-told" });
  const worth = () => Number((WORTH[0] * (WORTH[1] / WORTH[0]) ** (Number(sure.value) / NOTCHES)).toPrecision(2));
  const beta = () => {
    const { a, b } = numbersOf(Number(centre.value) / 100, worth());
    return /** @type {[number, number]} */ ([Number(a.toPrecision(6)), Number(b.toPrecision(6))]);
  };
  const draw = () => {
    dress(line, { d: curve(beta(), WIDE, HIGH, TALL) });
    said.textContent = `${centre.value}\u00a0%, worth ${told(worth())} observations`;
    sure.setAttribute("aria-valuetext", `worth ${told(worth())} observations`);
    line.classList.toggle("open", !chosen);
  };
  const moved = () => {
    chosen = true;
    draw();
    tell(beta(), false);
  };
  for (const one of [centre, sure]) for (const event of ["input", "pointerup"]) one.addEventListener(event, moved);
  draw();
  const drawing = mark(
    "svg",
    { viewBox: `0 0 ${WIDE} ${HIGH}`, preserveAspectRatio: "none", "aria-hidden": "true" },
    line,
  );
  const handle = (/** @type {string} */ name, /** @type {HTMLElement} */ one, /** @type {string[]} */ ends) =>
    el("label", {}, el("span", {}, name), one, el("p", {}, ...ends.map((end) => el("span", {}, end))));
  return {
    el: el(
      "div",
      { class: "cr-belief" },
      el(
        "div",
        { class: "cr-beta" },
        drawing,
        el("p", {}, el("span", {}, "0\u00a0%"), said, el("span", {}, "100\u00a0%")),
      ),
      handle("Centre", centre, ["0\u00a0%", "100\u00a0%"]),
      handle("How sure", sure, ["open-minded", "stubborn"]),
    ),
    set: (guess) => {
      if (!Array.isArray(guess)) return;
      const whole = guess[0] + guess[1];
      centre.value = String(Math.round((100 * guess[0]) / whole));
      sure.value = String(Math.round((NOTCHES * Math.log(whole / WORTH[0])) / Math.log(WORTH[1] / WORTH[0])));
      chosen = true;
      draw();
    },
  };
}

/**
 * A Beta as a path over a box.
 * @param {[number, number]} beta @param {number} width @param {number} height @param {number} top the density up there
 */
export function curve([a, b], width, height, top) {
  const n = 160;
  const points = Array.from({ length: n + 1 }, (_, i) => {
    const p = within(i / n, 0.002, 0.998);
    return `${((i / n) * width).toFixed(1)} ${(height * (1 - Math.min(1.6, density(p, a, b) / top))).toFixed(1)}`;
  });
  return `M${points.join("L")}`;
}

/** @param {import("../build.js").Look} look */
const input = (look) => /** @type {HTMLInputElement} */ (el("input", look));
