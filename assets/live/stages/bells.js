// A Gaussian under the hand: its top moves the mean, its shoulder the width. Below it the draws that it makes of fixed
// random numbers, above it a bar of the evidence. Python says where everything is; here it is put in its place.
import { shared } from "../boxes.js";
import { thumb } from "../carried.js";
import { one } from "../dom.js";
import { elboBar, ROOM } from "../elbobar.js";
import { handleOf, narrow } from "../state.js";
import { path, tag, trail, words } from "../svg.js";

/** @typedef {import("../types.js").Frame} Frame */
/** @typedef {import("../state.js").Chart} Chart */
/**
 * @typedef {object} Spec
 * @property {number} low
 * @property {number} high
 * @property {number} top
 * @property {number[]} marks
 * @property {string[]} texts of the marks
 * @property {number[]} heights
 * @property {[string, string]} title long, and short for a phone
 * @property {number[]} places of the curves
 * @property {{mean: string, width: string}} handles
 * @property {Object<string, [string, string]>} names of p, its gloss, the noise and what q makes of it
 * @property {[number, number][]} peaks where the name of p may hang
 * @property {{name: string, at: number[]}} seen
 * @property {number[]} noise
 * @property {{below: number}} bar
 */
/** @typedef {ReturnType<typeof plan>} Plan */
/** @typedef {import("../boxes.js").Box} Box */

const THUMBS = ["mean", "width"];

/** @type {import("../types.js").Stage} */
export const bells = {
  make: () =>
    `<svg class="be" aria-hidden="true"></svg>` +
    THUMBS.map((of) => `<div class="be-thumb be-${of}" aria-hidden="true"><i></i></div>`).join(""),
  draw,
  wire,
};

/** Where everything goes. @param {Spec} s @param {HTMLElement} el @param {Chart} chart */
function plan(s, el, chart) {
  const [w, h, rem, small] = [el.clientWidth, el.clientHeight, chart.rem, narrow(chart)];
  const [left, right] = [small ? 34 : 2.6 * rem, w - (small ? 10 : 1 * rem)];
  const bar = ROOM * rem;
  const top = bar + (s.seen.at.length ? 2.2 : 1.3) * rem;
  const foot = h - (small ? 1.1 : 0.9) * rem;
  const axis = foot - (small ? 4.7 : 4.3) * rem;
  const x = (/** @type {number} */ v) => left + ((v - s.low) / (s.high - s.low)) * (right - left);
  const y = (/** @type {number} */ v) => axis - (v / s.top) * (axis - top);
  return { w, h, rem, small, left, right, bar, top, foot, axis, x, y };
}

/** @param {Spec} s @param {HTMLElement} el @param {Frame} frame @param {Chart} chart */
function draw(s, el, frame, chart) {
  const at = plan(s, el, chart);
  const svg = one(el, "svg");
  svg.setAttribute("viewBox", `0 0 ${at.w} ${at.h}`);
  const bar = { left: at.left, right: at.right, top: 0, rem: at.rem, small: at.small, below: s.bar.below };
  const here = frame.row("here");
  svg.innerHTML = [
    elboBar(bar, frame),
    grid(s, at),
    seen(s, at),
    tag(
      "clipPath",
      { id: "be-clip" },
      tag("rect", { x: at.left, y: at.top - 8, width: at.right - at.left, height: at.axis - at.top + 10 }),
    ),
    threads(s, at, frame),
    tag("g", { "clip-path": "url(#be-clip)" }, curves(s, at, frame)),
    axis(s, at),
    drawn(s, at, frame),
    here ? names(s, at, frame, here) : "",
  ].join("");
  place(el, frame, at);
}

/** The two thumbs stand on the bell where the climb begins; only the shoulder is hollow. @param {HTMLElement} el @param {Frame} frame @param {Plan} at */
function place(el, frame, at) {
  const grips = frame.row("grips");
  for (const [i, of] of THUMBS.entries()) {
    const thumb = one(el, `.be-${of}`);
    thumb.hidden = !grips;
    if (!grips) continue;
    const [x, y] = [at.x(grips[2 * i]), Math.max(at.y(grips[2 * i + 1]), at.top - 4)];
    thumb.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
  }
}

/** @param {Plan} at @param {number} x @param {number} y @param {string} text @param {import("../svg.js").Look} look */
const put = (at, x, y, text, look) => words(x, y, text, { "font-size": 0.82 * at.rem, ...look });

/** @param {Spec} s @param {Plan} at */
function grid(s, at) {
  return s.heights
    .map((v) => {
      const y = Math.round(at.y(v)) + 0.5;
      const look = { class: "be-muted", "text-anchor": "end" };
      return (
        path(`M${at.left} ${y}H${at.right}`, { class: "be-grid" }) +
        put(at, at.left - 7, y + 0.28 * at.rem, String(v), look)
      );
    })
    .join("");
}

/** What was seen, above the curves. @param {Spec} s @param {Plan} at */
function seen(s, at) {
  if (!s.seen.at.length) return "";
  const y = at.bar + 1.15 * at.rem;
  const dots = s.seen.at.map((v) => tag("circle", { cx: at.x(v).toFixed(1), cy: y, r: 4.5, class: "be-data" }));
  const first = at.x(Math.min(...s.seen.at)) - 11;
  const name = put(at, first, y + 0.28 * at.rem, s.seen.name, { class: "be-muted", "text-anchor": "end" });
  return dots.join("") + (at.small ? "" : name);
}

/** @param {Spec} s @param {Plan} at @param {Frame} frame */
function curves(s, at, frame) {
  const [q, p, start] = ["q", "p", "start"].map((name) => frame.row(name));
  const line = (/** @type {Float64Array} */ row) =>
    trail(
      row.length,
      (i) => at.x(s.places[i]),
      (i) => Math.max(at.y(row[i]), -40),
    );
  const parts = [];
  if (q) {
    parts.push(path(`${line(q)}V${at.axis}H${at.x(s.places[0]).toFixed(1)}Z`, { class: "be-fill" }));
    parts.push(path(line(q), { class: "be-q" }));
  }
  if (start) parts.push(path(line(start), { class: "be-start" }));
  if (p) parts.push(path(line(p), { class: "be-p" }));
  return parts.join("");
}

/** From fixed random numbers to what q makes of them. @param {Spec} s @param {Plan} at @param {Frame} frame */
function threads(s, at, frame) {
  const draws = frame.row("draws");
  if (!draws) return "";
  const y = at.foot - 0.2 * at.rem;
  const middle = (at.left + at.right) / 2;
  const of = (/** @type {number} */ e) => middle + e * (at.right - at.left) * 0.085;
  const lines = s.noise.map((e, i) => {
    const x = at.x(draws[i]);
    if (x < at.left - 30 || x > at.right + 30) return "";
    const [a, b] = [of(e).toFixed(1), x.toFixed(1)];
    const d = `M${a} ${y - 3}C${a} ${(y - 1.6 * at.rem).toFixed(1)} ${b} ${(at.axis + 2.2 * at.rem).toFixed(1)} ${b} ${at.axis + 4}`;
    return path(d, { class: "be-thread" });
  });
  const rings = s.noise.map((e) => tag("circle", { cx: of(e).toFixed(1), cy: y, r: 2.6, class: "be-noise" }));
  const [noise, formula] = [s.names.noise, s.names.draws].map((both) => both[at.small ? 1 : 0]);
  const left = put(at, at.left, y + 0.28 * at.rem, noise, { class: "be-muted" });
  const right = put(at, at.right, y + 0.28 * at.rem, formula, { class: "be-formula", "text-anchor": "end" });
  return lines.join("") + rings.join("") + left + (at.small ? "" : right);
}

/** @param {Spec} s @param {Plan} at */
function axis(s, at) {
  const ticks = s.marks.map((v, i) =>
    put(at, at.x(v), at.axis + 1.45 * at.rem, s.texts[i], { class: "be-muted be-tick", "text-anchor": "middle" }),
  );
  const title = put(at, at.left, at.axis + 2.6 * at.rem, s.title[at.small ? 1 : 0], { class: "be-muted be-tick" });
  return path(`M${at.left} ${at.axis + 0.5}H${at.right}`, { class: "be-axis" }) + ticks.join("") + title;
}

/** @param {Spec} s @param {Plan} at @param {Frame} frame */
function drawn(s, at, frame) {
  const draws = frame.row("draws");
  return Array.from(draws ?? [])
    .filter((v) => v > s.low && v < s.high)
    .map((v) => tag("circle", { cx: at.x(v).toFixed(1), cy: at.axis, r: 4, class: "be-draw" }))
    .join("");
}

/** The names of q and p, each where no curve and no thumb is. @param {Spec} s @param {Plan} at @param {Frame} frame @param {Float64Array} here */
function names(s, at, frame, here) {
  const short = at.small ? 1 : 0;
  const top = Math.max(at.y(here[2]), at.top);
  const grips = frame.row("grips");
  const round = (/** @type {number} */ x, /** @type {number} */ y) => ({ x: x - 14, y: y - 14, w: 28, h: 28 });
  const taken = lines(s, at, frame);
  if (grips)
    taken.push(
      round(at.x(grips[0]), Math.max(at.y(grips[1]), at.top)),
      round(at.x(grips[2]), Math.max(at.y(grips[3]), at.top)),
    );
  const q = hung(
    at,
    at.x(here[0]),
    top,
    [frame.word(short ? "q.short" : "q.title") ?? "q", frame.word("q.name") ?? ""],
    taken,
  );
  taken.push(q.box, { ...q.box, h: q.box.h });
  const off = (/** @type {[number, number]} */ [x]) => Math.abs(at.x(x) - at.x(here[0]));
  const far = [...s.peaks].sort((a, b) => off(b) - off(a))[0];
  const p = frame.row("p")
    ? hung(at, at.x(far[0]), at.y(far[1]), [s.names.p[short], short ? "" : s.names.gloss[0]], taken)
    : null;
  return q.svg("be-t-q") + (p ? p.svg("be-t-p") : "");
}

/** The curves as small boxes that words keep off. @param {Spec} s @param {Plan} at @param {Frame} frame */
function lines(s, at, frame) {
  /** @type {Box[]} */
  const boxes = [];
  for (const name of ["q", "p", "start"]) {
    const row = frame.row(name);
    for (let i = 1; row && i < row.length; i++) {
      const [a, b] = [at.y(row[i - 1]), at.y(row[i])];
      if (Math.max(a, b) > at.axis - 3) continue;
      const x = at.x(s.places[i - 1]);
      boxes.push({ x, y: Math.min(a, b) - 2, w: at.x(s.places[i]) - x + 1, h: Math.abs(a - b) + 4 });
    }
  }
  return boxes;
}

/** Two rows of words beside a place: right or left of it, higher or lower. @param {Plan} at @param {number} x @param {number} y @param {string[]} rows @param {Box[]} taken */
function hung(at, x, y, rows, taken) {
  const shown = rows.filter(Boolean);
  const w = 0.47 * at.rem * Math.max(...shown.map((row) => row.length));
  const h = 1.15 * at.rem * shown.length + 2;
  let best = { cost: Infinity, left: false, box: { x, y, w, h } };
  for (const dy of [-0.4, -1.6, 0.8, 2, -2.8, 3.2, 4.4, -4.2, -5.6, -7]) {
    for (const dx of [20, 44, 80, 130]) {
      for (const left of [false, true]) {
        const box = { x: left ? x - dx - w : x + dx, y: y + dy * at.rem - h / 2, w, h };
        const out =
          Math.max(at.left + 2 - box.x, 0) +
          Math.max(box.x + w - at.right, 0) +
          Math.max(at.top - 6 - box.y, 0) +
          Math.max(box.y + h - at.axis, 0);
        const cost =
          200 * out + 4 * taken.reduce((sum, other) => sum + shared(box, other), 0) + Math.abs(dy) * 6 + dx / 2;
        if (cost < best.cost) best = { cost, left, box };
      }
    }
  }
  const { box, left } = best;
  const edge = left ? box.x + w : box.x;
  const svg = (/** @type {string} */ look) =>
    shown
      .map((row, i) =>
        put(at, edge, box.y + (0.9 + 1.12 * i) * at.rem, row, {
          class: i ? "be-muted" : `be-name ${look}`,
          "text-anchor": left ? "end" : "start",
        }),
      )
      .join("");
  return { box, svg };
}

/** Whoever takes a thumb moves its handle: the top by where it is, the shoulder by how far from the top. @param {Spec} s @param {HTMLElement} el @param {Chart} chart */
function wire(s, el, chart) {
  for (const of of THUMBS) {
    const handle = s.handles[/** @type {"mean" | "width"} */ (of)];
    thumb(chart, handle, one(el, `.be-${of}`), (clientX) => {
      const { left, right } = plan(s, el, chart);
      const share = (clientX - el.getBoundingClientRect().left - left) / (right - left);
      const value = s.low + share * (s.high - s.low);
      const { values } = handleOf(chart, s.handles.mean);
      return of === "mean" ? value : Math.abs(value - values[chart.positions[s.handles.mean]]);
    });
  }
}
