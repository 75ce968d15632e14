// Two samplers at the same cost: where their chains have been, the last move of the first, traces, autocorrelations.
// Places are thousandths of the picture's sides; what they are, and which move it is, Python says.
import { one } from "../dom.js";
import { narrow } from "../state.js";
import { path, tag, trail, words } from "../svg.js";

/** @typedef {import("../types.js").Frame} Frame */
/** @typedef {import("../state.js").Chart} Chart */
/** @typedef {{title: string, places: number[], texts: string[]}} Axis */
/**
 * @typedef {object} Spec
 * @property {string} type
 * @property {[string, string][]} names of both samplers, the second for a phone
 * @property {Axis} x
 * @property {Axis} y
 * @property {Object<string, [number[], number[]][]>} rings by level
 * @property {number[]} times at which the chains' places are told
 * @property {number} traced the parameter that traces show
 * @property {string} title its name
 * @property {number} truth where its mean is
 * @property {number} lags the last of them
 */
/** @typedef {{x: number, y: number, w: number, h: number}} Box */
/** @typedef {{rem: number, small: boolean, field: Box, trace: Box, match: Box, top: number}} Side */

const [SHORT, WINDOW] = [60, 420]; // evaluations that a trace shows, at least and at most
const CHAINS = 4;

/** @type {import("../types.js").Stage} */
export const chains = { make: () => `<svg class="ch" aria-hidden="true"></svg>`, draw };

/** Where one sampler's part goes: side by side, or one over the other on a phone. @param {HTMLElement} el @param {Chart} chart @param {number} k @returns {Side} */
function plan(el, chart, k) {
  const [w, h, rem, small] = [el.clientWidth, el.clientHeight, chart.rem, narrow(chart)];
  const [left, gap] = [(small ? 2.4 : 3.1) * rem, 2 * rem];
  const wide = small ? w - left - 4 : (w - left - gap - 0.5 * rem) / 2;
  const high = small ? h / 2 - 0.8 * rem : h;
  const x = left + (small ? 0 : k * (wide + gap));
  const y = small ? k * (h / 2 + 0.4 * rem) : 0;
  const strip = (small ? 3.2 : 3.9) * rem;
  const foot = y + high - 1.3 * rem - strip;
  const top = y + (small ? 4.1 : 4.3) * rem;
  const cut = Math.round(wide * (small ? 0.66 : 0.68));
  return {
    rem,
    small,
    top: y,
    field: { x, y: top, w: wide, h: foot - 4.3 * rem - top },
    trace: { x, y: foot, w: cut, h: strip },
    match: { x: x + cut + 1.4 * rem, y: foot, w: wide - cut - 1.4 * rem, h: strip },
  };
}

/** @param {Spec} s @param {HTMLElement} el @param {Frame} frame @param {Chart} chart */
function draw(s, el, frame, chart) {
  const svg = one(el, "svg");
  svg.setAttribute("viewBox", `0 0 ${el.clientWidth} ${el.clientHeight}`);
  svg.innerHTML = ["a", "b"].map((id, k) => side(s, plan(el, chart, k), frame, id, k)).join("");
}

/** @param {Spec} s @param {Side} at @param {Frame} frame @param {string} id @param {number} k */
function side(s, at, frame, id, k) {
  const { field, rem } = at;
  const clip = `ch-clip-${id}`;
  const inside = [regions(s, field), places(s, field, frame, id), hops(field, frame, id), orbit(field, frame, id)];
  const room = { x: field.x, y: field.y - 0.4 * rem, width: field.w, height: field.h + 0.8 * rem };
  return [
    tag("clipPath", { id: clip }, tag("rect", room)),
    head(s, at, frame, id, k),
    axes(s, at, k),
    tag("g", { "clip-path": `url(#${clip})` }, inside.join("")),
    ...levels(s, at),
    ends(at, frame, id),
    trace(s, at, frame, id),
    match(s, at, frame, id),
  ].join("");
}

const across = (/** @type {Box} */ box, /** @type {number} */ v) => box.x + (v / 1000) * box.w;
const up = (/** @type {Box} */ box, /** @type {number} */ v) => box.y + box.h - (v / 1000) * box.h;

/** @param {Side} at @param {number} x @param {number} y @param {string} text @param {import("../svg.js").Look} look */
const put = (at, x, y, text, look) => words(x, y, text, { "font-size": 0.8 * at.rem, class: "ch-small", ...look });

/** @param {Spec} s @param {Side} at @param {Frame} frame @param {string} id @param {number} k */
function head(s, at, frame, id, k) {
  const { field, rem } = at;
  const title = words(field.x, at.top + 1.05 * rem, s.names[k][0], { class: "ch-name", "font-size": 1.05 * rem });
  const gloss = put(at, field.x, at.top + 2.2 * rem, frame.word(`${id}.gloss`) ?? "", {});
  const first = at.small || k === 0;
  return title + gloss + (first ? put(at, 0, at.top + 3.5 * rem, s.y.title, {}) : "");
}

/** @param {Spec} s @param {Side} at @param {number} k */
function axes(s, at, k) {
  const { field, rem } = at;
  const rows = s.y.places.map((v, i) => {
    const y = Math.round(up(field, v)) + 0.5;
    const line = path(`M${field.x} ${y}h${field.w}`, { class: "ch-grid" });
    const shows = at.small || k === 0;
    return line + (shows ? put(at, field.x - 7, y + 0.27 * rem, s.y.texts[i], { "text-anchor": "end" }) : "");
  });
  const below = field.y + field.h + 1.25 * rem;
  const ticks = s.x.places.map((v, i) => put(at, across(field, v), below, s.x.texts[i], { "text-anchor": "middle" }));
  return rows.join("") + ticks.join("") + put(at, field.x, below + 1.15 * rem, s.x.title, {});
}

/** @param {Spec} s @param {Box} box */
function regions(s, box) {
  return Object.values(s.rings)
    .toReversed()
    .map((rings, i) => {
      const d = rings.map(
        ([x, y]) =>
          `${trail(
            x.length,
            (j) => across(box, x[j]),
            (j) => up(box, y[j]),
          )}Z`,
      );
      return path(d.join(""), { class: `ch-region ch-level${i}` });
    })
    .join("");
}

/** What each region holds, at its highest point. @param {Spec} s @param {Side} at */
function levels(s, at) {
  return Object.entries(s.rings).map(([name, [[x, y]]]) => {
    const top = y.indexOf(Math.max(...y));
    const look = { class: "ch-label ch-l-kept", "font-size": 0.78 * at.rem, "text-anchor": "middle" };
    return words(across(at.field, x[top]), Math.max(up(at.field, y[top]) - 4, at.field.y + 8), name, look);
  });
}

/** Where the chains have been: every place once, the first chain's darker, those of the warm-up hollow. @param {Spec} s @param {Box} box @param {Frame} frame @param {string} id */
function places(s, box, frame, id) {
  const [x, y, time] = [frame.row(`${id}.x`), frame.row(`${id}.y`), frame.row(`${id}.time`)];
  if (!x || !y || !time) return "";
  const n = s.times.length;
  const marks = { warm: "", others: "", first: "" };
  for (let c = CHAINS - 1; c >= 0; c--) {
    for (let i = 0; i < n && s.times[i] <= time[0]; i++) {
      const j = c * n + i;
      if (Number.isNaN(x[j]) || (i && x[j] === x[j - 1] && y[j] === y[j - 1])) continue;
      const kind = s.times[i] < time[1] ? "warm" : c ? "others" : "first";
      marks[kind] += `M${across(box, x[j]).toFixed(1)} ${up(box, y[j]).toFixed(1)}h0`;
    }
  }
  return Object.entries(marks)
    .map(([kind, d]) => (d ? path(d, { class: `ch-dots ch-${kind}` }) : ""))
    .join("");
}

/** The path that the last move rolled along: dots as large as their chance to be kept. @param {Box} box @param {Frame} frame @param {string} id */
function orbit(box, frame, id) {
  const row = frame.row(`${id}.path`);
  const chance = frame.row(`${id}.chance`);
  if (!row || !chance) return "";
  const n = chance.findLastIndex(Number.isFinite) + 1;
  if (n < 2) return "";
  const x = (/** @type {number} */ i) => across(box, row[2 * i]);
  const y = (/** @type {number} */ i) => up(box, row[2 * i + 1]);
  const d = trail(n, x, y);
  const dots = Array.from({ length: n }, (_, i) => {
    const kept = chance[i] > 0;
    const r = kept ? 2.2 + 2.6 * Math.sqrt(Math.min(chance[i] / 30, 1)) : 2.3;
    return tag("circle", { cx: x(i).toFixed(1), cy: y(i).toFixed(1), r, class: kept ? "ch-leap" : "ch-leap out" });
  });
  const [x0, y0] = frame.row(`${id}.ends`) ?? [];
  const begins = (/** @type {number} */ i) => row[2 * i] === x0 && row[2 * i + 1] === y0;
  const tips = [
    begins(0) ? "" : arrow(x(1), y(1), x(0), y(0)),
    begins(n - 1) ? "" : arrow(x(n - 2), y(n - 2), x(n - 1), y(n - 1)),
  ];
  const lines = path(d, { class: "ch-casing" }) + path(d, { class: "ch-path" });
  return lines + path(tips.join(""), { class: "ch-tip" }) + (n > 40 ? "" : dots.join("")) + cross(box, frame, id);
}

/** An arrowhead at the end of a leg. @param {number} x0 @param {number} y0 @param {number} x @param {number} y */
function arrow(x0, y0, x, y) {
  const [dx, dy] = [x - x0, y - y0];
  const long = Math.hypot(dx, dy);
  if (!(long > 3)) return "";
  const [a, b] = [(7 * dx) / long, (7 * dy) / long];
  const [px, py] = [x + 0.9 * a, y + 0.9 * b];
  return `M${px} ${py}L${px - 1.3 * a - 0.6 * b} ${py - 1.3 * b + 0.6 * a}L${px - 1.3 * a + 0.6 * b} ${py - 1.3 * b - 0.6 * a}Z`;
}

/** Where a path that flew apart was last inside the picture. @param {Box} box @param {Frame} frame @param {string} id */
function cross(box, frame, id) {
  const [x, y] = frame.row(`${id}.cross`) ?? [Number.NaN, Number.NaN];
  return Number.isFinite(x) ? ex(across(box, x), up(box, y), 7, "ch-lost") : "";
}

/** @param {number} x @param {number} y @param {number} r @param {string} kind */
const ex = (x, y, r, kind) =>
  path(`M${x - r} ${y - r}l${2 * r} ${2 * r}M${x - r} ${y + r}l${2 * r} ${-2 * r}`, { class: kind });

/** The last moves of a walk: accepted ones as a path, refused ones dotted to a small cross. @param {Box} box @param {Frame} frame @param {string} id */
function hops(box, frame, id) {
  const [row, took] = [frame.row(`${id}.hops`), frame.row(`${id}.took`)];
  if (!row || !took) return "";
  let [accepted, refused, marks] = ["", "", ""];
  for (let i = 0; i < took.length && Number.isFinite(took[i]); i++) {
    const [x0, y0, x1, y1] = [0, 1, 2, 3].map((j) => (j % 2 ? up : across)(box, row[4 * i + j]));
    const leg = `M${x0.toFixed(1)} ${y0.toFixed(1)}L${x1.toFixed(1)} ${y1.toFixed(1)}`;
    if (took[i] > 0.5) {
      accepted += leg;
      marks += tag("circle", { cx: x1, cy: y1, r: 2.4, class: "ch-leap" });
    } else {
      refused += leg;
      marks += ex(x1, y1, 3.4, "ch-no");
    }
  }
  const casing = path(accepted, { class: "ch-casing" });
  return (
    casing +
    path(refused, { class: "ch-refused" }) +
    path(accepted, { class: "ch-path" }) +
    marks +
    cross(box, frame, id)
  );
}

/** Write words beside a point, above it or below, inside the field. @param {Side} at */
function named({ field, rem }) {
  const [top, bottom] = [field.y + 0.7 * rem, field.y + field.h - 0.3 * rem];
  /** @param {number} x @param {number} y @param {string} text @param {number} way @param {string} kind */
  return (x, y, text, way, kind) => {
    const left = x > field.x + 0.62 * field.w;
    const low = Math.min(Math.max(y + way * 0.95 * rem + 0.3 * rem, top), bottom);
    const look = { class: `ch-label ${kind}`, "text-anchor": left ? "end" : "start", "font-size": 0.86 * rem };
    return words(x + (left ? -10 : 10), low, text, look);
  };
}

/** Where the last move began, and what was kept, with their names. @param {Side} at @param {Frame} frame @param {string} id */
function ends(at, frame, id) {
  const [x0, y0, x1, y1, kind] = frame.row(`${id}.ends`) ?? [];
  const { field, rem } = at;
  if (x0 === undefined) return "";
  const [ax, ay, bx, by] = [across(field, x0), up(field, y0), across(field, x1), up(field, y1)];
  const inside = (/** @type {number} */ x, /** @type {number} */ y) =>
    x >= field.x - 8 && x <= field.x + field.w + 8 && y >= field.y - 8 && y <= field.y + field.h + 8;
  const start = inside(ax, ay) ? tag("circle", { cx: ax, cy: ay, r: 6, class: "ch-start" }) : "";
  const kept = kind === 1 && inside(bx, by) ? tag("circle", { cx: bx, cy: by, r: 7.5, class: "ch-kept" }) : "";
  const apart = Math.hypot(ax - bx, ay - by) > 2.2 * rem;
  const down = by >= ay ? 1 : -1;
  const name = named(at);
  const texts = [
    start && kind > 0 && (apart || kind === 2) ? name(ax, ay, "from here", -down, "") : "",
    kept ? name(bx, by, ax === bx && ay === by ? "stays here" : "now here", down, "ch-l-kept") : "",
  ];
  return start + kept + texts.join("");
}

/** The last evaluations of all chains, their running mean, and where the mean really is. @param {Spec} s @param {Side} at @param {Frame} frame @param {string} id */
function trace(s, at, frame, id) {
  const { trace: box, rem } = at;
  const row = frame.row(`${id}.${s.traced ? "y" : "x"}`);
  const [time, warm] = frame.row(`${id}.time`) ?? [0, 0];
  const room = Math.min(Math.max(time, SHORT), WINDOW);
  const from = Math.max(0, time - room);
  const n = s.times.length;
  const x = (/** @type {number} */ t) => box.x + ((t - from) / room) * box.w;
  const y = (/** @type {number} */ v) => Math.min(Math.max(up(box, v), box.y - 2), box.y + box.h + 2);
  const title = time > WINDOW ? `${s.title}, last ${WINDOW} evaluations` : `${s.title}, all evaluations`;
  const parts = [put(at, box.x, box.y - 0.55 * rem, at.small ? s.title : title, {})];
  if (warm > from) {
    const wide = Math.min(x(warm), box.x + box.w) - box.x;
    parts.push(tag("rect", { x: box.x, y: box.y, width: wide, height: box.h, class: "ch-warm-up" }));
    if (wide > 3.4 * rem) parts.push(put(at, box.x + 4, box.y + box.h - 4, "warm-up", { class: "ch-small ch-note" }));
  }
  parts.push(path(`M${box.x} ${y(s.truth)}h${box.w}`, { class: "ch-truth" }));
  if (row)
    for (let c = CHAINS - 1; c >= 0; c--) parts.push(steps(s, row.subarray(c * n, (c + 1) * n), from, time, x, y, c));
  const mean = frame.row(`${id}.mean`);
  if (mean) {
    const [first, last] = [s.times.findIndex((t) => t >= from), s.times.findLastIndex((t) => t <= time)];
    const seen = (/** @type {number} */ i) => y(mean[first + i]);
    parts.push(
      path(
        trail(last - first + 1, (i) => x(s.times[first + i]), seen),
        { class: "ch-mean" },
      ),
    );
  }
  return parts.join("");
}

/**
 * One chain's trace, which stays where it is until it moves.
 * @param {Spec} s @param {Float64Array} row @param {number} from @param {number} time
 * @param {(t: number) => number} x @param {(v: number) => number} y @param {number} chain
 */
function steps(s, row, from, time, x, y, chain) {
  let d = "";
  for (let i = 0; i < row.length && s.times[i] <= time; i++) {
    if (s.times[i] < from || Number.isNaN(row[i])) continue;
    const [a, b] = [x(s.times[i]).toFixed(1), y(row[i]).toFixed(1)];
    d += d ? `H${a}V${b}` : `M${a} ${b}`;
  }
  return path(d, { class: chain ? "ch-trace" : "ch-trace ch-own" });
}

/** @param {Spec} s @param {Side} at @param {Frame} frame @param {string} id */
function match(s, at, frame, id) {
  const { match: box, rem } = at;
  const row = frame.row(`${id}.match`);
  const zero = box.y + box.h * 0.86;
  const parts = [
    put(at, box.x, box.y - 0.55 * rem, at.small ? "autocorr." : "autocorrelation", {}),
    path(`M${box.x} ${zero}h${box.w}`, { class: "ch-zero" }),
    put(at, box.x, box.y + box.h + 1.05 * rem, "0", {}),
    put(at, box.x + box.w, box.y + box.h + 1.05 * rem, at.small ? `${s.lags}` : `lag ${s.lags}`, {
      "text-anchor": "end",
    }),
  ];
  if (row) {
    const d = Array.from(row, (v, i) => {
      const x = (box.x + 1 + (i / (row.length - 1)) * (box.w - 2)).toFixed(1);
      return Number.isFinite(v) ? `M${x} ${zero}V${(zero - (v / 100) * box.h * 0.84).toFixed(1)}` : "";
    });
    parts.push(path(d.join(""), { class: "ch-match" }));
  }
  return parts.join("");
}
