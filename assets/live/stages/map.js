// A map of classes over two inputs, boundaries of draws on it, both parts of the doubt beside it, and a ring that asks.
import { all, one } from "../dom.js";
import { panel } from "../panels.js";
import { between, smoothed, stretched, zeros } from "../plane.js";
import { changedHere } from "../points.js";
import {
  doubtOf,
  every,
  glyph,
  keepRows,
  likeliest,
  mark,
  perCent,
  quick,
  readMap,
  ringAt,
  rowsOf,
} from "../reading.js";
import { wireRing } from "../ring.js";
import { colour, path, tag, words } from "../svg.js";
import { safe } from "../text.js";
import { css, ramp, STEPS, step, tintsOf } from "../tints.js";

/** @typedef {import("../types.js").Frame} Frame */
/** @typedef {import("../state.js").Chart} Chart */
/** @typedef {import("../tints.js").Triple} Triple */
/** @typedef {import("../reading.js").Spec} Spec */
/** @typedef {import("../reading.js").Rows} Rows */
/** @typedef {import("../reading.js").Inks} Inks */

const MEMBERS = 16; // draws whose boundary is drawn
const ASIDE = 22; // px from the ring to what is said of it
const WIDEST = 900; // px of the canvas: wider ones are stretched
const PARTS = [
  ["expected", "expected entropy", "aleatoric", "aleatoric"],
  ["mutual", "mutual information", "epistemic", "epistemic"],
  ["total", "predictive entropy", "total", "data"],
];
const SIGNS = ["", "+", "="];

/** @type {import("../types.js").Stage} */
export const map = { make, draw, wire, easel, open: true };

/** @param {Spec} s */
function make(s) {
  const small = PARTS.map(
    ([part, name, gloss, concept], i) =>
      `<figure data-part="${part}" data-sign="${SIGNS[i]}" style="--c:${colour(concept)}">` +
      `<figcaption><b>${name}</b> <span>${gloss}</span></figcaption>` +
      `<div><canvas width="${s.side}" height="${s.side}"></canvas><i></i></div><output></output></figure>`,
  );
  const key = s.classes.map(
    (name, k) => `<li data-class="${k}">${mark(k)}<span>${safe(name)}</span>${"<i></i>".repeat(STEPS.length + 1)}</li>`,
  );
  const who = s.concept === "map" ? "" : `<em class="c-${s.concept}">${MEMBERS} draws</em>`;
  const names = `<p class="cm-names">${who}${s.voice ? '<em class="c-map">MAP boundary</em>' : ""}</p>`;
  const inner = '<canvas></canvas><svg aria-hidden="true"></svg><div class="cm-chip" aria-hidden="true"></div>';
  const ring = '<button type="button" class="cm-ring" data-arrows><i></i></button>';
  const foot = `<p class="cm-x">${safe(s.x_title)}</p><ul class="cm-key">${key.join("")}</ul>`;
  const limits = STEPS.map((p) => Math.round(100 * p)).join(", ");
  return (
    `<div class="cm"><div class="cm-main"><p class="cm-y">${safe(s.y_title)}</p>${names}` +
    `<div class="cm-map">${inner}${ring}</div><div class="cm-foot">${foot}` +
    `<p class="cm-limits">sure of its class: steps at ${limits} %</p></div></div>` +
    `<div class="cm-small">${small.join("")}</div></div>`
  );
}

/** @param {Spec} s @param {HTMLElement} el @param {Chart} chart */
function wire(s, el, chart) {
  wireRing(s, el, chart, () => readRing(s, el, chart));
}

/** @param {Spec} s @param {HTMLElement} el @param {Frame} frame @param {Chart} chart */
function draw(s, el, frame, chart) {
  const known = (/** @type {Float64Array | null} */ row) => (row && Number.isFinite(row[0]) ? row : null);
  const [at, count] = frame.row("draws.at") ?? [NaN, 0];
  const inks = inksOf(s, el, rowsOf(el)?.inks);
  const rows = {
    p: known(frame.row("map.p")),
    mi: known(frame.row("map.mi")),
    single: known(frame.row("one.p")),
    draws: at === chart.positions[chart.last] ? known(frame.row("draws")) : null,
    count,
    levels: frame.row("draws.levels"),
    inks,
  };
  keepRows(el, rows);
  const box = one(el, ".cm-map");
  el.classList.toggle("unknown", !rows.p);
  if (rows.p) paint(s, /** @type {HTMLCanvasElement} */ (one(box, "canvas")), rows.p, inks, box);
  one(box, "svg").innerHTML = over(s, rows, box.clientWidth, box.clientHeight, chart);
  for (const li of all(el, ".cm-key li")) {
    const tints = inks.tints[Number(li.dataset.class)];
    for (const [k, i] of all(li, "i").entries()) i.style.background = css(tints[k]);
  }
  if (rows.p && rows.mi) for (const part of ["expected", "mutual", "total"]) paintSmall(s, el, part, rows, inks);
  readRing(s, el, chart);
}

/** The colours of the theme on screen, mixed anew when it changes. @param {Spec} s @param {HTMLElement} el @param {Inks} [old] */
function inksOf(s, el, old) {
  const style = getComputedStyle(el);
  const dark = style.colorScheme.includes("dark") && !style.colorScheme.includes("light");
  const names = ["paper", ...s.classes.map((_, k) => `class${k + 1}`), "aleatoric", "epistemic", "data"];
  const probe = one(el, ".cm-y");
  const read = names.map((name) => {
    probe.style.color = `var(--c-${name})`;
    const [r, g, b] = (getComputedStyle(probe).color.match(/\d+(\.\d+)?/g) ?? ["0", "0", "0"]).map(Number);
    return /** @type {Triple} */ ([r, g, b]);
  });
  probe.style.color = "";
  const key = `${dark} ${read.join(" ")}`;
  if (old?.key === key) return old;
  const [paper, ...rest] = read;
  const deep = toDark(paper) || dark;
  const tints = rest.slice(0, s.classes.length).map((full) => tintsOf(paper, full, deep));
  const ramps = rest.slice(s.classes.length).map((concept, i) => ramp(paper, concept, deep, i === 2));
  return { tints, ramps, key };
}

/** Whether a paper is dark. @param {Triple} paper */
const toDark = (paper) => paper[0] + paper[1] + paper[2] < 384;

/**
 * The map: the likeliest class, as sure as it is, on every pixel.
 * @param {Spec} s @param {HTMLCanvasElement} canvas @param {Float64Array} p @param {Inks} inks @param {HTMLElement} box
 */
function paint(s, canvas, p, inks, box) {
  const w = Math.min(Math.round(box.clientWidth * devicePixelRatio), WIDEST);
  const h = Math.round((w * box.clientHeight) / Math.max(box.clientWidth, 1));
  if (!(w > 0 && h > 0)) return;
  if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
  const pen = canvas.getContext("2d");
  if (!pen) return;
  const picture = pen.createImageData(w, h);
  const pixels = new Uint32Array(picture.data.buffer);
  const codes = inks.tints.map((five) => five.map(packed));
  const { side, sure, classes } = s;
  const fields = classes.slice(1).map((_, c) => smoothed(p, side, c * side * side));
  const [columns, rows] = [stretched(w, side), stretched(h, side, true)];
  for (let y = 0; y < h; y++) {
    const [j, b] = [rows.before[y], rows.share[y]];
    for (let x = 0; x < w; x++) {
      const [i, a] = [columns.before[x], columns.share[x]];
      let [first, best, which] = [1, -1, 0];
      for (let k = 1; k < classes.length; k++) {
        const [field, n] = [fields[k - 1], j * side + i];
        const low = field[n] + a * (field[n + 1] - field[n]);
        const high = field[n + side] + a * (field[n + side + 1] - field[n + side]);
        const here = quick((low + b * (high - low)) / sure);
        first -= here;
        if (here > best) [best, which] = [here, k];
      }
      if (first >= best) [best, which] = [first, 0];
      pixels[y * w + x] = codes[which][step(best)];
    }
  }
  pen.putImageData(picture, 0, 0);
}

/** @param {Triple} rgb */
function packed([r, g, b]) {
  return ((255 << 24) | (Math.round(b) << 16) | (Math.round(g) << 8) | Math.round(r)) >>> 0;
}

/**
 * @param {Spec} s @param {HTMLElement} el @param {string} part @param {Rows} rows @param {Inks} inks
 */
function paintSmall(s, el, part, { p, mi }, inks) {
  const canvas = /** @type {HTMLCanvasElement} */ (one(el, `[data-part="${part}"] canvas`));
  const pen = canvas.getContext("2d");
  if (!pen || !p || !mi) return;
  const { side, levels, sure, classes } = s;
  const [size, most] = [side * side, Math.log2(classes.length)];
  const colours = inks.ramps[["expected", "mutual", "total"].indexOf(part)].map(packed);
  const picture = pen.createImageData(side, side);
  const pixels = new Uint32Array(picture.data.buffer);
  for (let k = 0; k < size; k++) {
    const doubt = doubtOf(
      every(s, (c) => quick(p[c * size + k] / sure)),
      (mi[k] / levels) * most,
    );
    const row = side - 1 - Math.floor(k / side);
    pixels[row * side + (k % side)] = colours[Math.round((255 * Math.min(doubt[part], most)) / most)];
  }
  pen.putImageData(picture, 0, 0);
}

/** Where values lie on a map. @param {Spec} s @param {number} w @param {number} h */
const placing = (s, w, h) => ({
  x: (/** @type {number} */ v) => ((v - s.x_range[0]) / (s.x_range[1] - s.x_range[0])) * w,
  y: (/** @type {number} */ v) => h - ((v - s.y_range[0]) / (s.y_range[1] - s.y_range[0])) * h,
});

/** The points as they are: the reader's own, where they were changed. @param {Spec} s @param {Chart} chart */
function pointsOf(s, chart) {
  const { x, y, k } = chart.pen.points;
  return changedHere(chart) ? x.map((at, i) => /** @type {[number, number, number]} */ ([at, y[i], k[i]])) : s.points;
}

/** @param {Spec} s @param {number} w @param {number} h @param {Chart} chart */
function dots(s, w, h, chart) {
  const { x, y } = placing(s, w, h);
  const there = pointsOf(s, chart);
  const r = there.length > 50 ? 3.6 : 4.6;
  return there.map(([a, b, k]) => path(glyph(k, x(a), y(b), r), { class: `cm-dot cm-fill${k + 1}` })).join("");
}

/** @param {Spec} s @param {HTMLElement} stage @param {Chart} chart */
function easel(s, stage, chart) {
  const el = one(stage, ".cm-map");
  const show = () => {
    const drawn = el.querySelector(".cm-dots");
    if (drawn) drawn.innerHTML = dots(s, el.clientWidth, el.clientHeight, chart);
  };
  return { el, show };
}

/** What lies on the map: ticks, boundaries, points. @param {Spec} s @param {Rows} rows @param {number} w @param {number} h @param {Chart} chart */
function over(s, { p, single, draws, count }, w, h, chart) {
  const { x, y } = placing(s, w, h);
  const small = { class: "cm-tick", "font-size": 0.8 * chart.rem };
  const number = (/** @type {number} */ v) => String(v).replace("-", "\u2212");
  const across = s.x_ticks.map((v) =>
    words(x(v), h + 1.1 * chart.rem, number(v), { ...small, "text-anchor": "middle" }),
  );
  const up = s.y_ticks.map((v) =>
    words(-0.5 * chart.rem, y(v) + 0.28 * chart.rem, number(v), { ...small, "text-anchor": "end" }),
  );
  const members = draws
    ? tag("path", { d: boundaries(s, draws, count, w, h), class: "cm-member", style: `stroke:${colour(s.concept)}` })
    : "";
  const own = single && p ? edge(s, single, w, h) : "";
  const voice = own ? path(own, { class: "cm-casing" }) + path(own, { class: "cm-voice" }) : "";
  const clip = `<clipPath id="cm-clip"><rect width="${w}" height="${h}"/></clipPath>`;
  return `${clip}<g clip-path="url(#cm-clip)">${members}${voice}<g class="cm-dots">${dots(s, w, h, chart)}</g></g>${across.join("")}${up.join("")}`;
}

/** Boundaries of some of the draws. @param {Spec} s @param {Float64Array} draws @param {number} count @param {number} w @param {number} h */
function boundaries(s, draws, count, w, h) {
  const others = s.classes.length - 1;
  const size = draws.length / (count * others);
  const side = Math.round(Math.sqrt(size));
  const parts = [];
  for (let i = 0; i < Math.min(MEMBERS, count); i++) {
    const d = Math.floor((i * count) / Math.min(MEMBERS, count));
    const odds = (/** @type {number} */ c, /** @type {number} */ k) =>
      c === 0 ? 0 : draws[(d * others + c - 1) * size + k];
    parts.push(edges(s.classes.length, odds, side, w, h));
  }
  return parts.join("");
}

/** Where the one voice changes its mind. @param {Spec} s @param {Float64Array} p @param {number} w @param {number} h */
function edge(s, p, w, h) {
  const others = s.classes.length - 1;
  const size = p.length / others;
  const side = Math.round(Math.sqrt(size));
  if (others === 1) return zeros((k) => p[k], side, w, h);
  const told = (/** @type {number} */ k) => every(s, (c) => quick(p[c * size + k] / s.one));
  const at = (/** @type {number} */ c, /** @type {number} */ k) => told(k)[c];
  return edges(s.classes.length, at, side, w, h);
}

/**
 * Where the class of the largest value changes.
 * @param {number} classes
 * @param {(c: number, k: number) => number} value
 * @param {number} side
 * @param {number} w
 * @param {number} h
 */
function edges(classes, value, side, w, h) {
  if (classes === 2) return zeros((k) => value(1, k) - value(0, k), side, w, h);
  const parts = [];
  for (let c = 0; c < classes; c++) {
    const ahead = (/** @type {number} */ k) => {
      let best = -Infinity;
      for (let o = 0; o < classes; o++) if (o !== c) best = Math.max(best, value(o, k));
      return value(c, k) - best;
    };
    parts.push(zeros(ahead, side, w, h));
  }
  return parts.join("");
}

/** Say everything that is known at the ring. @param {Spec} s @param {HTMLElement} el @param {Chart} chart */
function readRing(s, el, chart) {
  const [at, rows] = [ringAt(s, chart), rowsOf(el)];
  const [box, ring, chip] = [one(el, ".cm-map"), one(el, ".cm-ring"), one(el, ".cm-chip")];
  ring.style.left = `${100 * at[0]}%`;
  ring.style.top = `${100 * (1 - at[1])}%`;
  for (const spot of all(el, ".cm-small i")) {
    spot.style.left = ring.style.left;
    spot.style.top = ring.style.top;
  }
  const lines = [];
  if (rows?.single && s.concept !== "map") lines.push(["map", "MAP", readMap(s, rows.single, s.one, at)]);
  if (rows?.p) lines.push([s.concept, s.who, readMap(s, rows.p, s.sure, at)]);
  const told = lines.map(([concept, name, p]) => {
    const [numbers, best] = [/** @type {number[]} */ (p), likeliest(/** @type {number[]} */ (p))];
    return { concept, name: String(name), text: `${perCent(numbers[best])} %`, class: s.classes[best] };
  });
  chip.innerHTML = told
    .map((one) => `<span><b class="c-${one.concept}">${safe(one.name)} ${safe(one.text)}</b> ${safe(one.class)}</span>`)
    .join("");
  chip.hidden = !told.length;
  put(s, chip, box, at, pointsOf(s, chart));
  doubts(s, el, at);
  const place = [s.x_range, s.y_range].map(([low, high], i) => (low + at[i] * (high - low)).toFixed(1));
  const where = `Ring at ${s.x_title} ${place[0]}, ${s.y_title} ${place[1]}; arrow keys move it.`;
  const said = told.map((one) => `${one.name}: ${one.text} ${one.class}.`).join(" ");
  ring.setAttribute("aria-label", `${where} ${said}`.replace(/-/g, "\u2212"));
  box.dataset.ring = place.join(" ");
  for (const [i, p] of chart.spec.panels.entries()) {
    if (p.type === "votes" && chart.get) panel(p).draw?.(p, one(chart.root, `[data-panel="${i}"]`), chart.get, chart);
  }
}

/**
 * Lay the words at the corner of the ring where they hide fewest points.
 * @param {Spec} s @param {HTMLElement} chip @param {HTMLElement} box @param {[number, number]} at @param {[number, number, number][]} there
 */
function put(s, chip, box, at, there) {
  const [w, h, wide, high] = [box.clientWidth, box.clientHeight, chip.offsetWidth, chip.offsetHeight];
  const [x, y] = [at[0] * w, (1 - at[1]) * h];
  const share = (/** @type {number} */ v, /** @type {[number, number]} */ [low, top]) => (v - low) / (top - low);
  const dots = there.map(([a, b]) => [share(a, s.x_range) * w, (1 - share(b, s.y_range)) * h]);
  const corners = [x + ASIDE, x - ASIDE - wide].flatMap((left) => [y - high, y].map((top) => ({ left, top })));
  const cost = corners.map(({ left, top }) => {
    const out = Math.max(-left, left + wide - w, 0) + Math.max(-top, top + high - h, 0);
    const hidden = dots.filter(([a, b]) => a > left - 4 && a < left + wide + 4 && b > top - 4 && b < top + high + 4);
    return 10 * out + hidden.length;
  });
  const best = corners[cost.indexOf(Math.min(...cost))];
  chip.style.transform = `translate(${best.left.toFixed(1)}px, ${best.top.toFixed(1)}px)`;
}

/** Both parts of the doubt at the ring, and their sum. @param {Spec} s @param {HTMLElement} el @param {[number, number]} at */
function doubts(s, el, at) {
  const rows = rowsOf(el);
  const p = rows?.p ? readMap(s, rows.p, s.sure, at) : null;
  const mutual = rows?.mi ? (between(rows.mi, s.side, 0, at[0], at[1]) / s.levels) * Math.log2(s.classes.length) : 0;
  const doubt = p && doubtOf(p, mutual);
  for (const figure of all(el, ".cm-small figure")) {
    one(figure, "output").innerHTML = doubt ? `<b>${doubt[figure.dataset.part ?? ""].toFixed(2)}</b> bits` : "";
  }
}
