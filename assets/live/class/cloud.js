// The cloud of a class's guesses: every dot, segment or curve is somebody, without a name. It keeps what it has drawn,
// so that only who is new arrives, and axes stand still.

import { dress, el, mark } from "../build.js";
import { calm } from "../dom.js";
import { curve } from "./answer.js";
import { ticks, told } from "./axis.js";
import { finding, near } from "./score.js";
import { fitted, rows } from "./swarm.js";

/** @typedef {import("./types.js").Snapshot} Snapshot */
/** @typedef {import("./types.js").Question} Question */
/** @typedef {import("./types.js").Guess} Guess */
/** @typedef {{text: string, el: SVGElement, value: Guess}} Dot */
/** @typedef {{width: number, height: number, unit: number, x: (value: number) => number}} Room `unit`: px of a rem */

const LATER = 55; // ms between two dots that come at once
const SLOWEST = 1600; // ms until the last of them
const DENSITY = 7; // at the top of the priors' axis

export class Cloud {
  constructor() {
    this.svg = mark("svg", { role: "img" });
    this.back = mark("g", { class: "cr-back" });
    this.dots = mark("g", { class: "cr-dots" });
    this.front = mark("g", { class: "cr-front" });
    this.svg.append(this.back, this.dots, this.front);
    this.el = el("div", { class: "cr-cloud" });
    this.el.append(this.svg);
    /** @type {Dot[]} */
    this.here = [];
    this.shape = "";
    /** @type {Snapshot | null} */
    this.now = null;
    this.sizes = new ResizeObserver(() => this.now && this.draw(this.now));
    this.sizes.observe(this.el);
  }

  /** @param {Snapshot} now */
  draw(now) {
    const { question } = now;
    if (!question) return;
    const shape = `${question.number} ${question.kind}`;
    if (shape !== this.shape) {
      this.here = [];
      this.dots.replaceChildren();
    }
    Object.assign(this, { now, shape });
    const room = this.room(question);
    if (room.width < 40) return;
    dress(this.svg, { viewBox: `0 0 ${room.width} ${room.height}`, "aria-label": `${question.text} ${finding(now)}` });
    this.el.dataset.kind = question.kind.replace(" ", "-");
    this.meet(now.guesses, question.kind);
    this.el.dataset.count = String(this.here.length);
    this.front.replaceChildren();
    DRAWN[question.kind](this, question, now, room);
  }

  /** @param {Question} question @returns {Room} */
  room({ kind, low = 0, high = 1 }) {
    const [width, height] = [this.el.clientWidth, this.el.clientHeight];
    const unit = parseFloat(getComputedStyle(this.el).fontSize);
    const [from, to] = kind === "prior" ? [0, 1] : [low, high];
    const side = 1.8 * unit;
    return { width, height, unit, x: (value) => side + ((value - from) / (to - from)) * (width - 2 * side) };
  }

  /**
   * Keep whose guess is still there, whatever its place; let the others go, and the new arrive.
   * @param {Guess[]} guesses @param {string} kind
   */
  meet(guesses, kind) {
    const left = new Map();
    for (const dot of this.here) left.set(dot.text, [...(left.get(dot.text) ?? []), dot]);
    const fresh = guesses.filter((guess) => !left.get(JSON.stringify(guess))?.pop());
    const gone = new Set([...left.values()].flat());
    for (const dot of gone) dot.el.remove();
    this.here = this.here.filter((dot) => !gone.has(dot));
    const apart = Math.min(LATER, SLOWEST / Math.max(1, fresh.length));
    for (const [i, value] of fresh.entries()) {
      const made = mark(kind === "prior" ? "path" : kind === "band" ? "line" : "circle");
      if (!calm()) made.style.animationDelay = `${Math.round(i * apart)}ms`;
      made.classList.add("new");
      this.dots.append(made);
      this.here.push({ text: JSON.stringify(value), el: made, value });
    }
  }
}

/** @type {Object<string, (cloud: Cloud, question: Question, now: Snapshot, room: Room) => void>} */
const DRAWN = { number: numbers, band: bands, "one of": options, prior: priors };

/** @param {Cloud} cloud @param {Question} question @param {Snapshot} now @param {Room} room */
function numbers(cloud, question, now, room) {
  const { height, unit, x } = room;
  const floor = axis(cloud, question, room);
  const { radius, places } = fitted(
    cloud.here.map(({ value }) => x(Number(value))),
    floor - 2.6 * unit,
    2.2,
    Math.min(0.85 * unit, height / 14),
  );
  const answer = now.revealed && typeof question.answer === "number" ? question.answer : null;
  const reach = near(question);
  for (const [i, dot] of cloud.here.entries()) {
    const off = answer !== null && Math.abs(Number(dot.value) - answer) > reach + 1e-9;
    place(dot, places[i].x, floor - places[i].y);
    dress(dot.el, { r: radius.toFixed(1) });
    dot.el.classList.toggle("off", off);
  }
  ringOwn(cloud, now, radius + 3);
  if (answer === null) return;
  const [from, to] = [x(answer - reach), x(answer + reach)];
  cloud.front.append(
    mark("rect", { class: "cr-near", x: from, y: 2.4 * unit, width: to - from, height: floor - 2.4 * unit }),
    mark("path", { class: "cr-answer", d: `M${x(answer)} ${2 * unit}V${floor}` }),
    label(room, x(answer), 1.4 * unit, `answer ${told(answer, question.unit)}`),
  );
}

/** @param {Cloud} cloud @param {Question} question @param {Snapshot} now @param {Room} room */
function bands(cloud, question, now, room) {
  const { unit, x } = room;
  const floor = axis(cloud, question, room);
  const ends = cloud.here.map(({ value }) => /** @type {[number, number]} */ (/** @type {number[]} */ (value).map(x)));
  const row = rows(ends);
  const step = Math.min(0.8 * unit, (floor - 3 * unit) / Math.max(1, row.length));
  for (const [i, dot] of cloud.here.entries()) {
    const y = floor - (row[i] + 0.8) * step;
    dress(dot.el, { x1: 0, y1: 0, x2: (ends[i][1] - ends[i][0]).toFixed(1), y2: 0 });
    const own = dot.text === JSON.stringify(now.mine);
    dot.el.style.strokeWidth = `${Math.max(1.2, Math.min(0.36 * unit, 0.55 * step)) + (own ? 2.5 : 0)}px`;
    place(dot, ends[i][0], y);
    dot.el.classList.toggle("own", own);
  }
  if (!now.revealed || !Array.isArray(question.answer)) return;
  const [from, to] = question.answer.map(x);
  cloud.front.append(
    mark("rect", { class: "cr-near", x: from, y: 2.4 * unit, width: to - from, height: floor - 2.4 * unit }),
    ...[from, to].map((at) => mark("path", { class: "cr-answer", d: `M${at} ${2 * unit}V${floor}` })),
    label(
      room,
      (from + to) / 2,
      1.4 * unit,
      `answer ${told(question.answer[0])} to ${told(question.answer[1], question.unit)}`,
    ),
  );
}

/** @param {Cloud} cloud @param {Question} question @param {Snapshot} now @param {Room} room */
function options(cloud, { options: offered = [], answer }, now, { width, height, unit }) {
  const [side, line] = [1.8 * unit, height / offered.length];
  const counts = offered.map((_, i) => cloud.here.filter(({ value }) => value === i).length);
  const space = width - 2 * side - 3 * unit;
  const radius = Math.min(0.95 * unit, (line - 2.3 * unit) / 2, space / Math.max(1, ...counts) / 2 - 0.75);
  const step = 2 * Math.max(1.6, radius) + 1.5;
  const right = now.revealed && typeof answer === "number" ? answer : -1;
  cloud.back.replaceChildren(
    ...offered.flatMap((option, i) => {
      const looks = { class: i === right ? "cr-right" : "", x: side, y: i * line + 1.2 * unit };
      const name = mark("text", looks, i === right ? `✓ ${option}` : option);
      const from = i * line + 1.7 * unit;
      const count = mark(
        "text",
        { class: "cr-count", x: side + counts[i] * step + 0.7 * unit, y: from + radius + 0.35 * unit },
        `${counts[i]}`,
      );
      return [name, count];
    }),
  );
  const seen = offered.map(() => 0);
  for (const dot of cloud.here) {
    const i = Number(dot.value);
    place(dot, side + radius + seen[i]++ * step, i * line + 1.7 * unit + radius);
    dress(dot.el, { r: Math.max(1.6, radius).toFixed(1) });
    dot.el.classList.toggle("off", right >= 0 && i !== right);
  }
  ringOwn(cloud, now, radius + 3);
}

/** @param {Cloud} cloud @param {Question} question @param {Snapshot} now @param {Room} room */
function priors(cloud, question, now, room) {
  const { unit, x } = room;
  const floor = axis(cloud, { ...question, low: 0, high: 100, unit: "%" }, { ...room, x: (value) => x(value / 100) });
  const [width, tall] = [x(1) - x(0), floor - 2.4 * unit];
  const shape = (/** @type {Guess} */ value) => curve(/** @type {[number, number]} */ (value), width, tall, DENSITY);
  for (const dot of cloud.here) {
    dress(dot.el, { d: shape(dot.value) });
    place(dot, x(0), floor - tall);
    dot.el.classList.toggle("own", dot.text === JSON.stringify(now.mine));
  }
  if (!now.pooled) return;
  const { a, b } = now.pooled;
  cloud.front.append(
    mark("path", { class: "cr-pool", d: shape([a, b]), transform: `translate(${x(0)} ${floor - tall})` }),
    label(room, x(a / (a + b)), 1.4 * unit, "the class’s prior"),
  );
}

/**
 * Draw an axis that the question alone decides; how far down it lies.
 * @param {Cloud} cloud @param {Question} question @param {Room} room
 */
function axis(cloud, { low = 0, high = 1, unit: of = "", label: name = "" }, { width, height, unit, x }) {
  const floor = height - 2.9 * unit;
  const few = Math.max(2, Math.min(10, Math.floor(width / (6 * unit))));
  const numbers = ticks(low, high, few);
  cloud.back.replaceChildren(
    mark("path", { class: "cr-floor", d: `M${x(low)} ${floor}H${x(high)}` }),
    ...numbers.map((value) =>
      mark("text", { x: x(value), y: floor + 1.2 * unit, "text-anchor": "middle" }, told(value)),
    ),
    mark("text", { class: "cr-title", x: x(low), y: height - 0.4 * unit }, titled(name || "guess", of)),
  );
  return floor;
}

/** What stands at an axis: a name may say its unit itself. @param {string} name @param {string} unit */
export const titled = (name, unit) => (unit && !name.split(/[\s,()]+/).includes(unit) ? `${name}, ${unit}` : name);

/** @param {Dot} dot @param {number} x @param {number} y */
function place({ el: made }, x, y) {
  made.style.transform = `translate(${x.toFixed(1)}px,${y.toFixed(1)}px)`;
}

/** Ring one of the dots that say what I said. @param {Cloud} cloud @param {Snapshot} now @param {number} radius */
function ringOwn(cloud, { mine }, radius) {
  const own = mine === null ? undefined : cloud.here.find(({ text }) => text === JSON.stringify(mine));
  for (const dot of cloud.here) dot.el.classList.toggle("own", dot === own);
  if (!own) return;
  const ring = mark("circle", { class: "cr-own", r: radius });
  ring.style.transform = own.el.style.transform;
  cloud.front.append(ring);
}

/**
 * Words over a place, inside the picture.
 * @param {Room} room @param {number} x @param {number} y @param {string} text
 */
function label({ width, unit }, x, y, text) {
  const half = 0.27 * unit * text.length;
  const at = Math.max(half + 4, Math.min(width - half - 4, x));
  return mark("text", { class: "cr-name", x: at, y, "text-anchor": "middle" }, text);
}
