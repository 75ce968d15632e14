// A ladder of models: the fit of each, its scores and its weights stand in one column, so that a choice can be seen going
// up and down. Below, what a prior's width does to two of them; its handle is the x axis of that.
import { one, slider } from "../dom.js";
import { narrow } from "../state.js";
import { path, tag, trail, words } from "../svg.js";

/** @typedef {import("../types.js").Frame} Frame */
/** @typedef {import("../state.js").Chart} Chart */
/** @typedef {{low: number, high: number, marks: number[]}} Axis */
/** @typedef {[number, number]} Range */
/** @typedef {{[name: string]: any}} Words names and glosses, [name, gloss] */
/**
 * @typedef {object} Spec
 * @property {string[]} names of the columns; the last is the average of all
 * @property {Range[]} points
 * @property {Range} x_range
 * @property {Range} y_range
 * @property {number[]} x
 * @property {Axis} scores
 * @property {Axis} drift
 * @property {string} handle
 * @property {Words} words
 */
/** @typedef {ReturnType<typeof plan>} Plan */
/** @typedef {{y: number, from: number, lines: string[], of: string}} Named a curve's name at the right edge */

/** @type {import("../types.js").Stage} */
export const ladder = { make: () => `<svg class="ld" aria-hidden="true"></svg>`, draw, wire };

/** Where everything goes. @param {Spec} s @param {HTMLElement} el @param {Chart} chart */
function plan(s, el, chart) {
  const [w, h, rem, small] = [el.clientWidth, el.clientHeight, chart.rem, narrow(chart)];
  const left = small ? 1.9 * rem : 3.2 * rem;
  const right = w - (small ? 2 : 10.4 * rem);
  const n = s.names.length;
  const column = (right - left) / n;
  const x = (/** @type {number} */ i) => left + column * (i + 0.5);
  const drift = h - (small ? 6.4 : 6) * rem; // where what is below begins
  const foot = drift - 2.2 * rem; // of the bars
  const bars = foot - 3.2 * rem;
  const strip = 1.7 * rem;
  const floor = strip + Math.max(3.4 * rem, 0.17 * h); // of the fits
  const top = floor + (small ? 2.9 : 2) * rem;
  const low = bars - 1.5 * rem;
  const scale = (/** @type {Axis} */ axis, /** @type {number} */ from, /** @type {number} */ to) => {
    const span = (from - to) / (axis.high - axis.low);
    return (/** @type {number} */ v) => from - (v - axis.low) * span;
  };
  const y = scale(s.scores, low, top);
  return { w, h, rem, small, left, right, n, column, x, strip, floor, top, low, bars, foot, drift, y, scale };
}

/** @param {Spec} s @param {HTMLElement} el @param {Frame} frame @param {Chart} chart */
function draw(s, el, frame, chart) {
  const at = plan(s, el, chart);
  const svg = one(el, "svg");
  svg.setAttribute("viewBox", `0 0 ${at.w} ${at.h}`);
  const best = frame.row("best");
  const parts = [best ? chosen(s, at, best) : "", fits(s, at, frame), scores(s, at, frame), weights(s, at, frame)];
  if (best && frame.row("factor")) parts.push(drift(s, at, frame, el, chart));
  const hit = { x: at.x(1) - at.column / 2, y: 0, width: at.column * (at.n - 2), height: at.foot, class: "ld-hit" };
  svg.innerHTML = parts.join("") + tag("rect", hit);
  el.dataset.best = best ? best.join(" ") : "";
}

/** Who presses a column compares that model with the constant. @param {Spec} s @param {HTMLElement} el @param {Chart} chart */
function wire(s, el, chart) {
  el.addEventListener("click", ({ clientX, clientY }) => {
    const [box, at] = [el.getBoundingClientRect(), plan(s, el, chart)];
    const column = Math.floor((clientX - box.left - at.left) / at.column);
    if (clientY - box.top > at.foot || column < 1 || column > at.n - 2) return;
    chart.component.setTriggerValue("act", { top: Number(s.names[column]) });
  });
}

/** A score of every degree; what new readings would have is told by the truth alone. @param {Frame} frame @param {string} of */
const known = (frame, of) => frame.row(of === "held_out" ? "true.y" : of);

/** Small words with a paper edge. @param {Plan} at @param {number} x @param {number} y @param {string} text @param {import("../svg.js").Look} look */
const put = (at, x, y, text, look) => words(x, y, text, { "font-size": 0.82 * at.rem, ...look });

/** The columns that are chosen, and by whom. @param {Spec} s @param {Plan} at @param {Float64Array} best */
function chosen(s, at, [evidence, left]) {
  const [byEvidence, byLeft, byBoth] = s.words.chosen;
  const told =
    evidence === left
      ? [[evidence, byBoth, "data"]]
      : [
          [evidence, byEvidence, "evidence"],
          [left, byLeft, "left"],
        ];
  const near = Math.abs(evidence - left) * at.column < 5.6 * at.rem;
  return told
    .map(([i, name, of], k) => {
      const box = { x: at.x(i) - at.column / 2 + 1, y: 0, width: at.column - 2, height: at.foot + 1.6 * at.rem, rx: 6 };
      const first = evidence < left === (k === 0);
      const anchor = told.length > 1 && near ? (first ? "end" : "start") : "middle";
      const half = 3 * at.rem;
      const x = Math.max(at.left + (anchor === "end" ? 2 * half : half - at.rem), Math.min(at.x(i), at.right - half));
      return (
        tag("rect", { ...box, class: "ld-column" }) +
        put(at, x, at.foot + 1.15 * at.rem, name, { class: `ld-chosen ld-${of}`, "text-anchor": anchor })
      );
    })
    .join("");
}

/** The fit of every degree over the data. @param {Spec} s @param {Plan} at @param {Frame} frame */
function fits(s, at, frame) {
  const [bands, average] = [frame.row("bands"), frame.row("average")];
  const truth = frame.row("truth.y");
  const wide = at.column * 0.84;
  const [size, half] = [s.x.length, wide / 2];
  const y = at.scale({ low: s.y_range[0], high: s.y_range[1], marks: [] }, at.floor, at.strip);
  const span = s.x_range[1] - s.x_range[0];
  const dot = at.small ? 0.9 : s.points.length > 40 ? 1.3 : 1.75;
  const columns = s.names.map((name, d) => {
    const x = (/** @type {number} */ v) => at.x(d) - half + ((v - s.x_range[0]) / span) * wide;
    const last = d === s.names.length - 1;
    const [band, from] = last ? [average, 0] : [bands, 2 * d];
    const row = (/** @type {number} */ k) => band?.subarray((from + k) * size, (from + k + 1) * size);
    const [lower, upper] = [row(0), row(1)];
    const inside = [];
    if (lower && upper) {
      const low = trail(
        size,
        (i) => x(s.x[i]),
        (i) => y(lower[i]),
      );
      const high = trail(
        size,
        (i) => x(s.x[i]),
        (i) => y(upper[i]),
      );
      const back = trail(
        size,
        (i) => x(s.x[size - 1 - i]),
        (i) => y(lower[size - 1 - i]),
      );
      inside.push(path(`${high}${back.replace("M", "L")}Z`, { class: "ld-band" }));
      inside.push(path(low, { class: "ld-edge" }), path(high, { class: "ld-edge" }));
    }
    if (truth)
      inside.push(
        path(
          trail(
            size,
            (i) => x(s.x[i]),
            (i) => y(truth[i]),
          ),
          { class: "ld-truth" },
        ),
      );
    inside.push(
      ...s.points.map(([a, b]) => tag("circle", { cx: x(a).toFixed(1), cy: y(b).toFixed(1), r: dot, class: "ld-dot" })),
    );
    const clip = tag(
      "clipPath",
      { id: `ld-${d}` },
      tag("rect", { x: at.x(d) - half - 2, y: at.strip, width: wide + 4, height: at.floor - at.strip }),
    );
    const told = at.small ? (last ? "avg" : name) : d ? name : s.words.first;
    const compared = s.words.compared.includes(d) ? " ld-compared" : "";
    const look = {
      class: `ld-name${compared}`,
      "text-anchor": "middle",
      "font-size": (at.small ? 0.72 : 0.86) * at.rem,
    };
    return (
      clip +
      put(at, at.x(d), 1.1 * at.rem, told, look) +
      tag("g", { "clip-path": `url(#ld-${d})` }, inside.join("")) +
      path(`M${at.x(d) - half} ${at.floor + 0.5}h${wide}`, { class: "ld-rule" })
    );
  });
  return columns.join("") + keys(s, at, Boolean(truth));
}

/** What stands beside the fits. @param {Spec} s @param {Plan} at @param {boolean} truth */
function keys(s, at, truth) {
  if (at.small) return "";
  const x = at.right + 1.4 * at.rem;
  const [band, true_] = [s.words.band, s.words.truth];
  const one = (/** @type {number} */ y, /** @type {string[]} */ lines, /** @type {string} */ of) =>
    put(at, x, y, lines[0], { class: `ld-label ld-${of}` }) +
    put(at, x, y + 1.05 * at.rem, lines[1], { class: "ld-gloss", "font-size": 0.76 * at.rem });
  return one(at.strip + 1.1 * at.rem, band, "evidence") + (truth ? one(at.strip + 3.6 * at.rem, true_, "truth") : "");
}

/** Scores of every degree, as curves with their names. @param {Spec} s @param {Plan} at @param {Frame} frame */
function scores(s, at, frame) {
  const { x, y } = at;
  const last = at.n - 2;
  const rows = s.scores.marks.map((mark) => {
    const line = path(`M${at.left} ${Math.round(y(mark)) + 0.5}H${at.right}`, { class: "ld-grid" });
    const look = { class: "ld-tick", "text-anchor": "end", "font-size": (at.small ? 0.72 : 0.8) * at.rem };
    return line + put(at, at.left - 6, y(mark) + 0.28 * at.rem, String(mark).replace("-", "−"), look);
  });
  const curve = (/** @type {string} */ name, /** @type {(x: number, y: number, i: number) => string} */ mark) => {
    const row = known(frame, name);
    if (!row) return "";
    const inside = (/** @type {number} */ i) => Math.min(y(row[i]), at.low + 4);
    const dots = Array.from(row, (v, i) => (v < s.scores.low ? beyond(x(i), at.low, name) : mark(x(i), inside(i), i)));
    return path(trail(row.length, x, inside), { class: `ld-line ld-${name}` }) + dots.join("");
  };
  const error = frame.row("error");
  const pareto = frame.row("pareto");
  const bar = (/** @type {number} */ i, /** @type {number} */ v) => {
    const e = error?.[i] ?? 0;
    const [up, down] = [Math.max(y(v + e), at.top - 6), Math.min(y(v - e), at.low + 4)];
    return e ? path(`M${x(i)} ${up}V${down}`, { class: "ld-error" }) : "";
  };
  const left = frame.row("left_out");
  const bars = left ? Array.from(left, (v, i) => bar(i, v)).join("") : "";
  const dot =
    (/** @type {number} */ r, /** @type {string} */ of) => (/** @type {number} */ a, /** @type {number} */ b) =>
      tag("circle", { cx: a.toFixed(1), cy: b.toFixed(1), r, class: `ld-mark ld-${of}` });
  const ring = (/** @type {number} */ a, /** @type {number} */ b, /** @type {number} */ i) => {
    const bad = (pareto?.[i] ?? 0) > 0.7;
    const [tx, ty] = at.small
      ? [a - 3.4, Math.max(y((left?.[i] ?? 0) + (error?.[i] ?? 0)), at.top) - 3]
      : [a + 7, b + 5];
    const size = at.small ? 3.4 : 4.4;
    const sign = bad
      ? path(`M${tx.toFixed(1)} ${ty.toFixed(1)}l${size} ${-1.75 * size}l${size} ${1.75 * size}Z`, { class: "ld-bad" })
      : "";
    return dot(at.small ? 3 : 4.6, "left_out")(a, b) + sign;
  };
  const title = put(at, at.left, at.floor + 1.25 * at.rem, s.words.scores[at.small ? 1 : 0], { class: "ld-tick" });
  const note = pareto && Array.from(pareto).some((k) => k > 0.7) ? bads(s, at) : "";
  /** @type {Named[]} */
  const names = ["fit", "held_out", "left_out", "evidence"].flatMap((of) => {
    const row = known(frame, of);
    const from = row ? Math.min(y(row[last]), at.low + 4) : 0;
    return row ? [{ y: from, from, lines: s.words[of], of }] : [];
  });
  return [
    title,
    note,
    ...rows,
    bars,
    curve("held_out", dot(at.small ? 0 : 2, "held_out")),
    curve("left_out", ring),
    curve("evidence", dot(at.small ? 3.2 : 5, "evidence")),
    curve("fit", dot(at.small ? 1.8 : 2.6, "fit")),
    at.small ? legend(at, names) : labels(at, names, at.x(last) + 9, at.top - 0.3 * at.rem, at.foot - 5.2 * at.rem),
  ].join("");
}

/** Where a curve leaves the picture below. @param {number} x @param {number} y @param {string} of */
const beyond = (x, y, of) => path(`M${x.toFixed(1)} ${y + 7}l5 -8h-10Z`, { class: `ld-beyond ld-${of}` });

/** @param {Spec} s @param {Plan} at */
function bads(s, at) {
  const look = { class: "ld-note", "text-anchor": "end", "font-size": 0.86 * at.rem };
  return at.small ? "" : words(at.right, at.floor + 1.25 * at.rem, s.words.bad, look);
}

/** The names of curves in their colours, where there is no room beside them. @param {Plan} at @param {Named[]} names */
function legend(at, names) {
  let x = at.left;
  return names
    .map(({ lines, of }) => {
      const name = lines[0].replace(" ± se", "");
      const told = put(at, x, at.floor + 2.3 * at.rem, name, {
        class: `ld-label ld-${of}`,
        "font-size": 0.72 * at.rem,
      });
      x += (0.335 * name.length + 0.4) * at.rem;
      return told;
    })
    .join("");
}

/** Names at the right edge, moved apart, each with a line to its curve. @param {Plan} at @param {Named[]} names @param {number} from @param {number} top @param {number} foot */
function labels(at, names, from, top, foot) {
  const high = 2.1 * at.rem;
  const placed = names.toSorted((a, b) => a.y - b.y);
  let free = top;
  for (const one of placed) {
    one.y = Math.max(one.y, free);
    free = one.y + high;
  }
  let end = foot;
  for (const one of placed.toReversed()) {
    one.y = Math.min(one.y, end);
    end = one.y - high;
  }
  const x = at.right + 1.4 * at.rem;
  return placed
    .map(({ y, from: start, lines, of }) => {
      const line = path(`M${from} ${start.toFixed(1)}H${at.right}L${x - 5} ${y.toFixed(1)}`, {
        class: `ld-lead ld-${of}`,
      });
      const name = put(at, x, y + 0.25 * at.rem, lines[0], { class: `ld-label ld-${of}` });
      return line + name + put(at, x, y + 1.25 * at.rem, lines[1], { class: "ld-gloss", "font-size": 0.76 * at.rem });
    })
    .join("");
}

/** How probable every degree is, and its weight by stacking. @param {Spec} s @param {Plan} at @param {Frame} frame */
function weights(s, at, frame) {
  const [probability, stacked] = [frame.row("probability"), frame.row("stacked")];
  if (!probability || !stacked) return "";
  const tall = at.foot - at.bars;
  const wide = at.column * 0.3;
  const bars = Array.from(probability, (p, i) => {
    const [up, open] = [Math.max(p * tall, 0.8), stacked[i] * tall];
    const filled = tag("rect", { x: at.x(i) - wide, y: at.foot - up, width: wide - 1, height: up, class: "ld-bar" });
    const ring =
      open > 0.5
        ? tag("rect", { x: at.x(i) + 1.5, y: at.foot - open, width: wide - 2, height: open, class: "ld-open" })
        : "";
    const share = p < 0.995 ? Math.round(100 * p) : p < 0.9995 ? Math.round(1000 * p) / 10 : 100;
    const told = p > 0.005 && (!at.small || p > 0.1) ? `${share}${at.small ? "" : "\u00a0%"}` : "";
    const look = { class: "ld-share", "text-anchor": "middle", "font-size": (at.small ? 0.72 : 0.78) * at.rem };
    return filled + ring + (told ? put(at, at.x(i) - wide / 2, at.foot - up - 0.3 * at.rem, told, look) : "");
  });
  const axis = path(`M${at.left} ${Math.round(at.foot) + 0.5}H${at.right}`, { class: "ld-axis" });
  /** @type {Named[]} */
  const names = [
    { y: at.foot - 3.1 * at.rem, from: 0, lines: s.words.probability, of: "evidence" },
    { y: at.foot - 1 * at.rem, from: 0, lines: s.words.stacked, of: "left" },
  ];
  const x = at.right + 1.4 * at.rem;
  const beside = names.map(
    ({ y, lines, of }) =>
      put(at, x, y, lines[0], { class: `ld-label ld-${of}` }) +
      put(at, x, y + at.rem, lines[1], { class: "ld-gloss", "font-size": 0.76 * at.rem }),
  );
  return axis + bars.join("") + (at.small ? "" : beside.join(""));
}

/** Both differences over the whole track of the handle, with a line down to its thumb. @param {Spec} s @param {Plan} at @param {Frame} frame @param {HTMLElement} el @param {Chart} chart */
function drift(s, at, frame, el, chart) {
  const [factor, gap, error] = ["factor", "gap", "gap.error"].map((name) => frame.row(name) ?? new Float64Array());
  const track = slider(chart.root, s.handle).getBoundingClientRect();
  const thumb = 0.725 * at.rem;
  const left = track.left - el.getBoundingClientRect().left + thumb;
  const right = left + track.width - 2 * thumb;
  const size = factor.length;
  const x = (/** @type {number} */ i) => left + (i / (size - 1)) * (right - left);
  const [top, foot] = [at.drift + 1.5 * at.rem, at.h - 2];
  const y = at.scale(s.drift, foot, top);
  const marks = s.drift.marks.filter((mark, i) => !at.small || i % 2 === 0 || mark === 0);
  const rows = marks.map((mark) => {
    const line = path(`M${left} ${Math.round(y(mark)) + 0.5}H${right}`, { class: mark ? "ld-grid" : "ld-axis" });
    const look = { class: "ld-tick", "text-anchor": "end", "font-size": (at.small ? 0.72 : 0.8) * at.rem };
    return line + put(at, left - 6, y(mark) + 0.27 * at.rem, String(mark).replace("-", "−"), look);
  });
  const back = trail(
    size,
    (i) => x(size - 1 - i),
    (i) => y(gap[size - 1 - i] - error[size - 1 - i]),
  );
  const around = `${trail(size, x, (i) => y(gap[i] + error[i]))}${back.replace("M", "L")}Z`;
  const here = chart.positions[s.handle];
  const [ax, ay, by] = [x(here), y(gap[here]), y(factor[here])];
  const title = put(at, at.small ? at.left : left - 2.6 * at.rem, at.drift + 0.55 * at.rem, s.words.drift, {
    class: "ld-tick",
  });
  /** @type {Named[]} */
  const names = [
    { y: y(gap[size - 1]), from: y(gap[size - 1]), lines: s.words.gap, of: "left_out" },
    { y: y(factor[size - 1]), from: y(factor[size - 1]), lines: s.words.factor, of: "evidence" },
  ];
  return [
    title,
    ...rows,
    path(around, { class: "ld-around" }),
    path(
      trail(size, x, (i) => y(gap[i])),
      { class: "ld-line ld-left_out" },
    ),
    path(
      trail(size, x, (i) => y(factor[i])),
      { class: "ld-line ld-evidence" },
    ),
    path(`M${ax.toFixed(1)} ${top - 4}V${at.h}`, { class: "ld-hair" }),
    tag("circle", { cx: ax.toFixed(1), cy: ay.toFixed(1), r: 4.6, class: "ld-mark ld-left_out" }),
    tag("circle", { cx: ax.toFixed(1), cy: by.toFixed(1), r: 5, class: "ld-mark ld-evidence" }),
    at.small ? "" : labels({ ...at, right: right + 0.2 * at.rem }, names, right, top - at.rem, foot - 0.8 * at.rem),
  ].join("");
}
