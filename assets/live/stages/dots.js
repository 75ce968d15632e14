// A decision: every dot is a future as likely as any other, a threshold steps round them, and below it lies what
// actions cost. Python says which dots are counted and what everything costs; here it is put in its place.
import { shared } from "../boxes.js";
import { thumb } from "../carried.js";
import { one } from "../dom.js";
import { columns, step } from "../dotting.js";
import { handleOf, narrow } from "../state.js";
import { path, tag, trail, words } from "../svg.js";

/** @typedef {import("../types.js").Frame} Frame */
/** @typedef {import("../state.js").Chart} Chart */
/**
 * @typedef {object} Spec
 * @property {string} type
 * @property {number} low
 * @property {number} high
 * @property {number[]} marks
 * @property {string[]} texts of the marks
 * @property {[string, string]} title long, and short for a phone
 * @property {string} handle whose place the threshold is
 * @property {[[string, string], [string, string]]} sides what lies at or below it, and above
 * @property {string} note
 * @property {[string, string][]} acts the names of curves, the second for a phone, where one chooses between acts
 * @property {{low: number, high: number, marks: number[], texts: string[], title: string}} up the axis of what they cost, or pay
 */
/** @typedef {ReturnType<typeof plan>} Plan */

/** @type {import("../types.js").Stage} */
export const dots = {
  make: () => `<svg class="dd" aria-hidden="true"></svg><div class="dd-thumb" aria-hidden="true"><i></i></div>`,
  draw,
  wire,
};

/** Where everything goes. @param {Spec} s @param {HTMLElement} el @param {Chart} chart */
function plan(s, el, chart) {
  const [w, h, rem, small] = [el.clientWidth, el.clientHeight, chart.rem, narrow(chart)];
  const longest = Math.max(0, ...s.up.texts.map((text) => text.length - 3));
  const [left, right] = [(small ? 32 : 2.4 * rem) + 0.45 * rem * longest, w - (small ? 12 : 1.1 * rem)];
  const foot = h - (s.acts.length ? 1.7 : 0.6) * rem;
  const strip = foot - h * (small ? 0.27 : 0.29);
  const axis = strip - (small ? 3.1 : 3.3) * rem;
  const x = (/** @type {number} */ v) => left + ((v - s.low) / (s.high - s.low)) * (right - left);
  const y = (/** @type {number} */ v) => foot - ((v - s.up.low) / (s.up.high - s.up.low)) * (foot - strip);
  return { w, h, rem, small, left, right, top: (small ? 3.3 : 3.5) * rem, axis, strip, foot, x, y };
}

/** @param {Spec} s @param {HTMLElement} el @param {Frame} frame @param {Chart} chart */
function draw(s, el, frame, chart) {
  const at = plan(s, el, chart);
  const svg = one(el, "svg");
  svg.setAttribute("viewBox", `0 0 ${at.w} ${at.h}`);
  const here = handleOf(chart, s.handle).values[chart.positions[s.handle]];
  const values = frame.row("dots");
  const costs = frame.row("costs") ?? frame.row("pays");
  const parts = [path(`M${at.left} ${at.axis + 0.5}H${at.right}`, { class: "dd-axis" })];
  let ends = { top: at.x(here), line: "" };
  if (values) {
    const middle = frame.row("centre")?.[0] ?? values[values.length >> 1];
    const placed = columns(
      Array.from(values, (v) => at.x(v)),
      at.x(middle),
      at.axis - at.top,
      most(at, chart),
      at.axis,
    );
    ends = step(placed, Array.from(frame.row("above") ?? []), at.x(here), at.axis - 2);
    parts.unshift(placed.map((dot, i) => round(dot, placed[0].size, Boolean(frame.row("above")?.[i]))).join(""));
  }
  const [, own = Number.NaN, best = Number.NaN] = frame.row("times") ?? frame.row("heights") ?? [];
  const lowest = Number.isFinite(own) ? own : best;
  const down = costs ? Math.max(at.y(Math.min(lowest, s.up.high)), at.strip) - 7 : at.axis;
  const line = ends.line || `V${at.axis}`;
  if (costs) parts.push(strip(s, at, frame, costs));
  parts.push(
    path(`M${ends.top.toFixed(1)} ${at.top - 0.6 * at.rem}${line}H${at.x(here)}V${down}`, { class: "dd-line" }),
  );
  if (costs) parts.push(marks(s, at, frame, at.x(here)));
  parts.push(ticks(s, at, chart), sides(s, at, frame, ends.top));
  svg.innerHTML = parts.join("");
  one(el, ".dd-thumb").style.transform = `translate(${at.x(here).toFixed(1)}px, ${at.axis}px)`;
  el.dataset.here = String(here);
}

/** The largest that a dot may be. @param {Plan} at @param {Chart} chart */
const most = (at, chart) => (at.small ? 20 : chart.spec.present ? 46 : 34) * Math.max(1, at.rem / 16);

/** @param {{x: number, y: number}} dot @param {number} size @param {boolean} counted */
function round({ x, y }, size, counted) {
  const ring = size > 22 ? 1.6 : 1.2;
  const look = { cx: x.toFixed(1), cy: y.toFixed(1), r: (size / 2 - ring).toFixed(1) };
  return tag("circle", { ...look, class: counted ? "dd-dot counted" : "dd-dot" });
}

/** Small words with a paper edge. @param {Plan} at @param {number} x @param {number} y @param {string} text @param {import("../svg.js").Look} look */
const put = (at, x, y, text, look) => words(x, y, text, { "font-size": 0.82 * at.rem, ...look });

/** @param {Spec} s @param {Plan} at @param {Chart} chart */
function ticks(s, at, chart) {
  const handle = handleOf(chart, s.handle);
  const position = chart.positions[s.handle];
  const here = at.x(handle.values[position]);
  const own = handle.written[position].split(" ")[0];
  const room = (0.3 * own.length + 1.6) * at.rem;
  const below = at.axis + 1.62 * at.rem;
  const middle = { "text-anchor": "middle" };
  const others = s.marks.map((mark, i) =>
    Math.abs(at.x(mark) - here) > room ? put(at, at.x(mark), below, s.texts[i], { ...middle, class: "dd-tick" }) : "",
  );
  const title = put(at, at.left, at.axis + 2.75 * at.rem, s.title[at.small ? 1 : 0], { class: "dd-tick" });
  return others.join("") + put(at, here, below, own, { ...middle, class: "dd-own" }) + title;
}

/** What lies on either side, hung from the line's top; what does not fit is not there. @param {Spec} s @param {Plan} at @param {Frame} frame @param {number} x */
function sides(s, at, frame, x) {
  const hung = ["below", "above"].map((name, i) => {
    const told = frame.word(name);
    if (!told) return "";
    const [end, gloss] = [i ? "start" : "end", s.sides[i][at.small ? 1 : 0]];
    const wide = Math.max(gloss.length * 0.44, told.length * (at.small ? 0.55 : 0.7)) * at.rem;
    const edge = x + (i ? 12 : -12);
    if (i ? edge + wide > at.w : edge - wide < 0) return "";
    const large = { class: "dd-count", "font-size": (at.small ? 1.1 : 1.42) * at.rem, "text-anchor": end };
    const lower = put(at, edge, at.top - 0.75 * at.rem, gloss, { class: "dd-side", "text-anchor": end });
    return words(edge, at.top - 1.95 * at.rem, told, large) + lower;
  });
  const note = at.small
    ? ""
    : words(at.left, at.top + 0.6 * at.rem, s.note, { class: "dd-note", "font-size": 0.92 * at.rem });
  return hung.join("") + note;
}

/** The strip below: its axis, and one curve or several. @param {Spec} s @param {Plan} at @param {Frame} frame @param {Float64Array} costs */
function strip(s, at, frame, costs) {
  const rows = s.up.marks.map((mark, i) => {
    const line = path(`M${at.left} ${Math.round(at.y(mark)) + 0.5}H${at.right}`, { class: "dd-grid" });
    const look = { class: "dd-tick", "text-anchor": "end" };
    return line + put(at, at.left - 7, at.y(mark) + 0.28 * at.rem, s.up.texts[i], look);
  });
  const title = at.small
    ? ""
    : put(at, at.right, at.axis + 2.75 * at.rem, s.up.title, {
        class: "dd-tick",
        "text-anchor": "end",
      });
  const clip = { x: at.left, y: at.strip, width: at.right - at.left, height: at.foot - at.strip + 3 };
  const defs = tag("clipPath", { id: "dd-clip" }, tag("rect", clip));
  const many = Math.max(1, s.acts.length);
  const size = costs.length / many;
  const across = (/** @type {number} */ i) => at.left + (i / (size - 1)) * (at.right - at.left);
  const curves = Array.from({ length: many }, (_, k) => {
    const d = trail(size, across, (i) => at.y(costs[k * size + i]));
    return path(d, { class: `dd-curve dd-act${k}`, "clip-path": "url(#dd-clip)" });
  });
  return defs + rows.join("") + title + curves.join("") + named(s, at, frame);
}

/**
 * The names of acts, each where it is the best; one that finds no room there beside the others is not there.
 * @param {Spec} s @param {Plan} at @param {Frame} frame
 */
function named(s, at, frame) {
  const middles = frame.row("middles");
  if (!middles) return "";
  const shown = s.acts
    .map((names, k) => ({ name: names[at.small ? 1 : 0], middle: middles[k] }))
    .filter(({ middle }) => Number.isFinite(middle))
    .sort((a, b) => a.middle - b.middle)
    .map(({ name, middle }) => ({ name, x: at.x(middle), half: 0.23 * at.rem * name.length }));
  const gap = 0.6 * at.rem;
  let [free, end] = [at.left, at.right + 0.3 * at.rem];
  for (const one of shown) {
    one.x = Math.max(one.x, free + one.half);
    free = one.x + one.half + gap;
  }
  for (const one of shown.toReversed()) {
    one.x = Math.min(one.x, end - one.half);
    end = one.x - one.half - gap;
  }
  const look = { class: "dd-name", "text-anchor": "middle" };
  const fits = shown.filter(({ x, half }) => x - half > at.left - at.rem);
  return fits.map(({ name, x }) => put(at, x, at.foot + 1.3 * at.rem, name, look)).join("");
}

/** Best action, best guess and the reader's own on the strip, with the names of the first two. @param {Spec} s @param {Plan} at @param {Frame} frame @param {number} here */
function marks(s, at, frame, here) {
  const [best, guess] = Array.from(frame.row("marks") ?? [], (v) => at.x(v));
  const [guessed, own, lowest = s.up.low] = frame.row("times") ?? frame.row("heights") ?? [];
  const [floor, height] = [at.y(lowest), at.y(Math.min(guessed, s.up.high))];
  const ring = tag("circle", { cx: here, cy: at.y(own), r: 6.5, class: "dd-yours" });
  const up = (/** @type {number} */ x, /** @type {string} */ of) =>
    path(`M${x.toFixed(1)} ${at.strip - 7}l6 10h-12Z`, { class: `dd-beyond dd-${of}` });
  const drop = (/** @type {number} */ x, /** @type {number} */ y, /** @type {string} */ of) =>
    s.acts.length ? "" : path(`M${x.toFixed(1)} ${at.axis + 3}V${y - 8}`, { class: `dd-drop dd-${of}` });
  const diamond = path(`M${guess} ${height - 8}l7 8l-7 8l-7-8Z`, { class: "dd-mark dd-guess" });
  return [
    drop(guess, height, "guess"),
    drop(best, floor, "best"),
    path(`M${guess.toFixed(1)} ${height + 7}V${floor}`, { class: "dd-regret" }),
    own > s.up.high ? up(here, "own") : Number.isFinite(own) ? ring : "",
    guessed > s.up.high ? up(guess, "guess") : diamond,
    tag("circle", { cx: best, cy: floor, r: 6, class: "dd-mark dd-best" }),
    s.acts.length ? "" : names(at, frame, { best, guess, height, floor, ring: { x: here, y: at.y(own) } }),
  ].join("");
}

/** @typedef {import("../boxes.js").Box} Box */
/** @typedef {{of: string, x: number, left: boolean, ys: number[], lines: [string, string]}} Name */

/**
 * The two names hang outwards, so that they never meet; where the reader's own line or ring, a mark or the other name
 * is in the way, they hang the other way, or higher, or lower.
 * @param {Plan} at @param {Frame} frame
 * @param {{best: number, guess: number, height: number, floor: number, ring: {x: number, y: number}}} where
 */
function names(at, frame, { best, guess, height, floor, ring }) {
  const lost = frame.word("regret");
  const [low, high] = [
    floor - 1.9 * at.rem,
    Math.max(Math.min(height - 0.35 * at.rem, floor - 2.5 * at.rem), at.strip + at.rem),
  ];
  const steps = (/** @type {number} */ y) =>
    [0, -1.1, 1.1, -2.2, 2.2, -3.3, 3.3, -4.4]
      .map((by) => y + by * at.rem)
      .filter((one) => one === y || (one > at.strip + 0.3 * at.rem && one < floor - 1.2 * at.rem));
  /** @type {Name[]} */
  const hung = [
    {
      of: "guess",
      x: guess,
      left: guess < best,
      ys: steps(high),
      lines: [at.small ? "best guess" : "single best guess", lost ? `${lost} regret` : ""],
    },
    { of: "best", x: best, left: best <= guess, ys: steps(low), lines: ["best action", frame.word("least") ?? ""] },
  ];
  const taken = [
    { x: ring.x - 4, y: at.axis, w: 8, h: Math.max(ring.y - at.axis, 0) },
    { x: ring.x - 9, y: ring.y - 9, w: 18, h: 18 },
    { x: guess - 8, y: height - 9, w: 16, h: 18 },
    { x: best - 7, y: floor - 7, w: 14, h: 14 },
  ];
  return hung
    .map((name) => {
      const { box, end } = freest(at, name, taken);
      taken.push(box);
      const edge = end === "end" ? box.x + box.w : box.x;
      const y = box.y + 0.85 * at.rem;
      const title = put(at, edge, y, name.lines[0], { "text-anchor": end, class: `dd-name dd-t-${name.of}` });
      return title + put(at, edge, y + 1.08 * at.rem, name.lines[1], { "text-anchor": end, class: "dd-gloss" });
    })
    .join("");
}

/** The first place of a name that covers nothing, or the one that covers least. @param {Plan} at @param {Name} name @param {Box[]} taken */
function freest(at, name, taken) {
  const w = 0.45 * at.rem * Math.max(...name.lines.map((line) => line.length));
  const sides = name.left ? [true, false] : [false, true];
  const places = name.ys.flatMap((y) =>
    sides.map((left) => ({
      box: { x: left ? name.x - 13 - w : name.x + 13, y: y - 0.85 * at.rem, w, h: 2.2 * at.rem },
      end: left ? "end" : "start",
    })),
  );
  const costs = places.map(({ box }) => {
    const out = Math.max(at.left - box.x, 0) + Math.max(box.x + box.w - at.right - 0.5 * at.rem, 0);
    return 100 * out + taken.reduce((sum, one) => sum + shared(box, one), 0);
  });
  return places[costs.indexOf(Math.min(...costs))];
}

/** Whoever takes the thumb, or the axis beside it, moves the handle. @param {Spec} s @param {HTMLElement} el @param {Chart} chart */
function wire(s, el, chart) {
  thumb(chart, s.handle, one(el, ".dd-thumb"), (clientX) => {
    const { left, right } = plan(s, el, chart);
    const share = (clientX - el.getBoundingClientRect().left - left) / (right - left);
    return s.low + share * (s.high - s.low);
  });
}
