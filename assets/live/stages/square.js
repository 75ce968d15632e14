// A square whose areas are probabilities, and the conditionals as bars: the same areas, against another whole.
import { light } from "../light.js";
import { path, stripes, tag, words } from "../svg.js";

/** @typedef {import("../types.js").Frame} Frame */
/** @typedef {{name: string, x: number, y: number, w: number, h: number}} Cell */

/** @type {import("../types.js").Stage} */
export const square = {
  make: () => `<svg class="bl-square" aria-hidden="true"></svg>`,
  draw,
};

/**
 * Where everything goes: the square, and its bars beside it or, where there is no room, under it.
 * @param {number} width
 * @param {number} height
 * @param {number} rem
 */
function plan(width, height, rem) {
  const beside = width > 1.5 * height;
  const bar = 1.15 * rem;
  const step = bar + 1.75 * rem;
  const [left, top] = [0.3 * rem, 1.9 * rem];
  const h = Math.max(80, height - top - (beside ? 0.4 * rem : 2 * step + 0.4 * rem));
  return { beside, bar, step, left, top, h, w: beside ? h : width - 2 * left, width, rem, small: 0.82 * rem };
}

/** @typedef {ReturnType<typeof plan>} Plan */

/** @param {unknown} _ @param {HTMLElement} el @param {Frame} frame @param {import("../state.js").Chart} chart */
function draw(_, el, frame, chart) {
  const svg = el.querySelector("svg");
  if (!svg) return;
  svg.setAttribute("viewBox", `0 0 ${el.clientWidth} ${el.clientHeight}`);
  const at = plan(el.clientWidth, el.clientHeight, chart.rem);
  const joint = frame.row("joint");
  const outer = tag("rect", { x: at.left, y: at.top, width: at.w, height: at.h, class: "sq-frame" });
  if (!joint || !Number.isFinite(joint[0])) {
    svg.innerHTML = outer + open(at, frame);
    return;
  }
  const [both, onlyA, onlyB] = joint;
  svg.innerHTML = outer + areas(at, frame, both, onlyA, onlyB) + bars(at, frame);
  light(chart, chart.lit);
}

/** @param {Plan} at @param {number} x @param {number} y @param {string} text @param {object} look */
const text = (at, x, y, text, look) => words(x, y, text, { "font-size": at.small, ...look });

/** Why there is no square. @param {Plan} at @param {Frame} frame */
function open(at, frame) {
  const lines = (frame.word("open") || "").split("; ");
  const look = { "text-anchor": "middle", class: "sq-open" };
  return lines
    .map((line, i) => text(at, at.left + at.w / 2, at.top + at.h / 2 + 1.4 * at.rem * i, line, look))
    .join("");
}

/** @param {Plan} at @param {Frame} frame @param {number} both @param {number} onlyA @param {number} onlyB */
function areas(at, frame, both, onlyA, onlyB) {
  const { left, top, w, h, rem } = at;
  const a = both + onlyA;
  const split = left + w * a;
  const inA = a ? (h * both) / a : 0;
  const inRest = 1 - a > 1e-12 ? (h * onlyB) / (1 - a) : 0;
  /** @type {Cell[]} */
  const cells = [
    { name: "only", x: left, y: top + inA, w: w * a, h: h - inA },
    { name: "neither", x: split, y: top + inRest, w: w - w * a, h: h - inRest },
    { name: "both", x: left, y: top, w: w * a, h: inA },
    { name: "other", x: split, y: top, w: w - w * a, h: inRest },
  ];
  // a second cue: where colours are not told apart, stripes still are
  const striped = area(cells[3], { class: "sq-striped" });
  const parts = [
    tag("defs", {}, stripes("sq-stripes", 8, { class: "sq-stripe" })),
    ...cells.map((cell) => area(cell)),
    striped,
  ];
  parts.push(...cells.map((cell) => named(at, frame, cell)));
  parts.push(path(`M${left} ${top - 4}H${split}`, { class: "sq-prior" }));
  parts.push(text(at, left, top - 0.55 * rem, frame.word("top.A") || "", { class: "sq-t-prior" }));
  if (w * (1 - a) > 6 * rem && w * a > 6 * rem) {
    const look = { "text-anchor": "end", class: "sq-muted" };
    parts.push(text(at, left + w, top - 0.55 * rem, frame.word("top.notA") || "", look));
  }
  if (inA > 1) parts.push(path(`M${left - 3} ${top}V${top + inA}`, { class: "sq-like" }));
  if (inRest > 1) parts.push(path(`M${left + w + 3} ${top}V${top + inRest}`, { class: "sq-like" }));
  return parts.join("");
}

/** @param {Cell} cell @param {import("../svg.js").Look} [look] */
function area({ name, x, y, w, h }, look = { class: `sq-${name}`, "data-cell": name }) {
  return tag("rect", { x, y, width: Math.max(0, w), height: Math.max(0, h), ...look });
}

/** What an area is, and its share, as far as there is room. @param {Plan} at @param {Frame} frame @param {Cell} cell */
function named(at, frame, { name, x, y, w, h }) {
  const label = frame.word(`cell.${name}`) || "";
  const share = frame.word(`cell.${name}.share`) || "";
  const middle = { "text-anchor": "middle" };
  const large = { ...middle, class: "sq-share" };
  const [cx, cy] = [x + w / 2, y + h / 2];
  if (h > 2.6 * at.rem && w > 0.5 * at.small * label.length) {
    return text(at, cx, cy - 0.1 * at.rem, label, middle) + text(at, cx, cy + 1.05 * at.rem, share, large);
  }
  return h > 1.1 * at.rem && w > 2.6 * at.rem ? text(at, cx, cy + 0.3 * at.rem, share, large) : "";
}

/**
 * Conditionals, in numbers of their own: the areas of a rare event have no digits for them.
 * @param {Plan} at
 * @param {Frame} frame
 */
function bars(at, frame) {
  const { beside, left, top, rem, step } = at;
  const shares = frame.row("given") ?? [];
  /** @type {[string, string][]} */
  const sides = [
    ["A", "a"],
    ["B", "b"],
    ["notA", "a"],
    ["notB", "b"],
  ];
  const drawn = sides.slice(0, beside ? 4 : 2).map(([name, side], i) => {
    const x = beside ? left + at.w + 2.6 * rem : left;
    const apart = (i > 1 ? 0.9 : 0.3) * rem;
    const y = beside ? top + 1.2 * rem + i * (step + apart) : top + at.h + 1.6 * rem + i * step;
    const long = at.width - x - left;
    const given = Number.isFinite(shares[i]) ? shares[i] : 0;
    const box = { x, y, height: at.bar };
    const rest = tag("rect", { ...box, width: long, class: "sq-rest" });
    const filled = tag("rect", { ...box, width: long * given, class: `sq-given-${side}` });
    const title = text(at, x, y - 0.4 * rem, frame.word(`bar.${name}`) || "", { class: `sq-given-${side}-t` });
    return tag("g", { opacity: i > 1 ? 0.5 : undefined }, rest + filled) + title;
  });
  return drawn.join("");
}
