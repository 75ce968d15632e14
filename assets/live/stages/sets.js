// Conformal sets over two inputs: the map is cut where a class enters or leaves the set, and a ring asks why.
import { all, one } from "../dom.js";
import { COARSE, inTheWay, named, placesOf, share } from "../naming.js";
import { glyph, readMap, ringAt } from "../reading.js";
import { wireRing } from "../ring.js";
import { codeOf, codesOf, fieldsOf, scoresOf } from "../subsets.js";
import { path, words } from "../svg.js";
import { safe } from "../text.js";
import { tintsOf } from "../tints.js";

/** @typedef {import("../types.js").Frame} Frame */
/** @typedef {import("../state.js").Chart} Chart */
/** @typedef {import("../tints.js").Triple} Triple */
/** @typedef {import("../subsets.js").Spec} Spec */
/** @typedef {{p: Float64Array | null, limit: Float64Array | null}} Rows */
/** @typedef {{tints: Triple[], paper: Triple, ink: Triple}} Inks */

const ASIDE = 22; // px from the ring to what is said of it
const WIDEST = 1300; // px of the canvas: wider ones are stretched
const STRIPE = 6; // px of the picture, of each class where a set has several
const TINT = 2; // of the five of a class: pale enough for its points to stand out

/** @type {WeakMap<HTMLElement, Rows>} */
const shown = new WeakMap();
/** @type {WeakMap<HTMLElement, number[]>} where the names of the sets stood last, by code */
const stood = new WeakMap();

/** @type {WeakMap<HTMLElement, Object<string, {of: string, fields: Float32Array[]}>>} scores that no handle changes */
const kept = new WeakMap();

/** @type {import("../types.js").Stage} */
export const sets = { make, draw, wire, open: true };

/** @param {Spec} s */
function make(s) {
  const key = s.names.map(
    (_, code) => `<li data-code="${code}"><i></i><span data-word="sets.key.${code}"></span></li>`,
  );
  const inner = '<canvas></canvas><svg aria-hidden="true"></svg><div class="cm-chip" aria-hidden="true"></div>';
  const ring = '<button type="button" class="cm-ring" data-arrows><i></i></button>';
  return (
    `<div class="cm cs"><div class="cm-main"><p class="cm-y">${safe(s.y_title)}</p>` +
    `<div class="cm-map">${inner}${ring}</div><div class="cm-foot"><p class="cm-x">${safe(s.x_title)}</p>` +
    `<p class="cs-caption" data-word="sets.caption"></p><ul class="cm-key">${key.join("")}</ul></div></div></div>`
  );
}

/** @param {Spec} s @param {HTMLElement} el @param {Chart} chart */
function wire(s, el, chart) {
  wireRing(s, el, chart, () => readRing(s, el, chart));
}

/** @param {Spec} s @param {HTMLElement} el @param {Frame} frame @param {Chart} chart */
function draw(s, el, frame, chart) {
  const [p, limit, state, moved] = ["p", "limit", "state", "at"].map((name) => frame.row(`sets.${name}`));
  shown.set(el, { p, limit });
  const box = one(el, ".cm-map");
  el.classList.toggle("unknown", !p);
  const inks = inksOf(s, el);
  const chip = readRing(s, el, chart);
  let names = "";
  if (p && limit) {
    const scores = (/** @type {number} */ w, /** @type {number} */ h) => keptFields(s, el, p, chart.spec.stamp, w, h);
    paint(s, /** @type {HTMLCanvasElement} */ (one(box, "canvas")), scores, limit, inks, box);
    const taken = inTheWay(s, pointsOf(s, state, moved), box, ringAt(s, chart), chip);
    const places = placesOf(s, codesOf(scores(COARSE, COARSE), limit), taken, box, chart.rem, stood.get(el) ?? []);
    stood.set(el, places);
    names = named(s, places, box, chart.rem);
  }
  one(box, "svg").innerHTML = over(s, state, moved, names, box.clientWidth, box.clientHeight, chart.rem);
  for (const li of all(el, ".cm-key li")) {
    const code = Number(li.dataset.code);
    li.hidden = !frame.word(`sets.key.${code}`);
    one(li, "i").style.background = swatch(s, code, inks);
  }
}

/**
 * The scores over w x h places: they belong to a stamp, and stay while handles move.
 * @param {Spec} s @param {HTMLElement} el @param {Float64Array} p @param {string} stamp
 * @param {number} w @param {number} h
 */
function keptFields(s, el, p, stamp, w, h) {
  const mine = kept.get(el) ?? {};
  const [name, of] = [w === COARSE && h === COARSE ? "coarse" : "fine", `${stamp} ${w} ${h}`];
  if (mine[name]?.of !== of) mine[name] = { of, fields: fieldsOf(s, p, w, h) };
  kept.set(el, mine);
  return mine[name].fields;
}

/** The colours of the theme on screen. @param {Spec} s @param {HTMLElement} el @returns {Inks} */
function inksOf(s, el) {
  const probe = one(el, ".cm-y");
  const [paper, ink, ...full] = ["paper", "data", ...s.classes.map((_, k) => `class${k + 1}`)].map((name) => {
    probe.style.color = `var(--c-${name})`;
    const [r, g, b] = (getComputedStyle(probe).color.match(/\d+(\.\d+)?/g) ?? ["0", "0", "0"]).map(Number);
    return /** @type {Triple} */ ([r, g, b]);
  });
  probe.style.color = "";
  const dark = paper[0] + paper[1] + paper[2] < 384;
  return { paper, ink, tints: full.map((one) => tintsOf(paper, one, dark)[TINT]) };
}

/** The classes of a set. @param {Spec} s @param {number} code */
const members = (s, code) => s.classes.map((_, k) => k).filter((k) => (code >> k) & 1);

/** A set's colours as a small picture's background. @param {Spec} s @param {number} code @param {Inks} inks */
function swatch(s, code, inks) {
  const inside = members(s, code);
  if (!inside.length) return "var(--c-paper)";
  const stops = inside.map((k, i) => `rgb(${inks.tints[k].map(Math.round)}) ${4 * i}px ${4 * (i + 1)}px`);
  return `repeating-linear-gradient(135deg, ${stops.join(", ")})`;
}

/**
 * A class's tint, stripes of several, paper for none; ink where the set changes.
 * @param {Spec} s @param {HTMLCanvasElement} canvas @param {(w: number, h: number) => Float32Array[]} scores
 * @param {Float64Array} limit @param {Inks} inks @param {HTMLElement} box
 */
function paint(s, canvas, scores, limit, inks, box) {
  const w = Math.min(Math.round(box.clientWidth * devicePixelRatio), WIDEST);
  const h = Math.round((w * box.clientHeight) / Math.max(box.clientWidth, 1));
  if (!(w > 1 && h > 1)) return;
  if (canvas.width !== w || canvas.height !== h) [canvas.width, canvas.height] = [w, h];
  const pen = canvas.getContext("2d");
  if (!pen) return;
  const scale = w / box.clientWidth;
  const found = codesOf(scores(w, h), limit);
  const picture = pen.createImageData(w, h);
  const pixels = new Uint32Array(picture.data.buffer);
  const [paper, ink, tints] = [packed(inks.paper), packed(inks.ink), inks.tints.map(packed)];
  const inside = s.names.map((_, code) => members(s, code));
  const wide = Math.max(1, Math.round(scale * STRIPE));
  const line = Math.max(1, Math.round(1.4 * scale));
  for (let y = 0; y < h; y++) {
    for (let x = 0; x < w; x++) {
      const code = found[y * w + x];
      const right = found[y * w + Math.min(x + line, w - 1)];
      const below = found[Math.min(y + line, h - 1) * w + x];
      const of = inside[code];
      const tint = of.length ? tints[of[Math.floor((x + y) / wide) % of.length]] : paper;
      pixels[y * w + x] = code === right && code === below ? tint : ink;
    }
  }
  pen.putImageData(picture, 0, 0);
}

/** @param {Triple} rgb */
function packed([r, g, b]) {
  return ((255 << 24) | (Math.round(b) << 16) | (Math.round(g) << 8) | Math.round(r)) >>> 0;
}

/**
 * The points as they are: where (a, b), of which class k, and what: 0 hidden, 1 calibrates, 2 in its set, 3 not in it.
 * @param {Spec} s @param {Float64Array | null} state @param {Float64Array | null} moved
 */
function pointsOf(s, state, moved) {
  return s.points.map(([left, up, k], i) => {
    const [a, b] = moved && i >= s.fresh ? moved.subarray(2 * (i - s.fresh)) : [left, up];
    return { a, b, k, what: state ? Math.round(state[i]) : i >= s.fresh ? 2 : 0 };
  });
}

/**
 * What lies on the map: ticks, points that calibrate, new points inside and outside their sets, names of the sets.
 * @param {Spec} s @param {Float64Array | null} state
 * @param {Float64Array | null} moved where the last of the points are by now, x and y of each
 * @param {string} names
 * @param {number} w @param {number} h @param {number} rem
 */
function over(s, state, moved, names, w, h, rem) {
  const x = (/** @type {number} */ v) => ((v - s.x_range[0]) / (s.x_range[1] - s.x_range[0])) * w;
  const y = (/** @type {number} */ v) => h - ((v - s.y_range[0]) / (s.y_range[1] - s.y_range[0])) * h;
  const size = Math.max(rem / 16, 1);
  const small = { class: "cm-tick", "font-size": 0.8 * rem };
  const number = (/** @type {number} */ v) => String(v).replace("-", "\u2212");
  const across = s.x_ticks.map((v) => words(x(v), h + 1.1 * rem, number(v), { ...small, "text-anchor": "middle" }));
  const up = s.y_ticks.map((v) => words(-0.5 * rem, y(v) + 0.28 * rem, number(v), { ...small, "text-anchor": "end" }));
  /** @type {string[][]} */
  const layers = [[], [], []];
  for (const { a, b, k, what } of pointsOf(s, state, moved)) {
    if (what === 1) layers[0].push(path(glyph(k, x(a), y(b), 2 * size), { class: "cs-aside" }));
    if (what === 2) layers[1].push(path(glyph(k, x(a), y(b), 4 * size), { class: `cm-dot cm-fill${k + 1}` }));
    if (what === 3) layers[2].push(path(glyph(k, x(a), y(b), 4.6 * size), { class: "cs-out" }));
  }
  const clip = `<clipPath id="cs-clip"><rect width="${w}" height="${h}"/></clipPath>`;
  return `${clip}<g clip-path="url(#cs-clip)">${layers.flat().join("")}</g>${names}${across.join("")}${up.join("")}`;
}

/**
 * Say which set there is at the ring, and why; return where the words lie, in px.
 * @param {Spec} s @param {HTMLElement} el @param {Chart} chart @returns {[number, number, number, number]}
 */
function readRing(s, el, chart) {
  const [at, here] = [ringAt(s, chart), shown.get(el)];
  const [box, ring, chip] = [one(el, ".cm-map"), one(el, ".cm-ring"), one(el, ".cm-chip")];
  ring.style.left = `${100 * at[0]}%`;
  ring.style.top = `${100 * (1 - at[1])}%`;
  const p = here?.p && here.limit ? readMap(s, here.p, 1, at) : null;
  chip.hidden = !p;
  const place = [s.x_range, s.y_range].map(([low, high], i) => (low + at[i] * (high - low)).toFixed(1));
  box.dataset.ring = place.join(" ");
  let said = "";
  /** @type {[number, number, number, number]} */
  let where = [0, 0, -1, -1];
  if (p && here?.limit) {
    const code = codeOf(scoresOf(s, p), here.limit);
    const lines = s.classes.map((name, k) => `${(code >> k) & 1 ? "✓" : "✗"} ${safe(name)} ${perCent(p[k])}`);
    const rows = [`<b>${safe(s.names[code])}</b>`, ...lines];
    chip.innerHTML = rows.map((row) => `<span>${row}</span>`).join("");
    said = `Set: ${s.names[code]}. ${lines.map((line) => line.slice(2)).join(", ")}.`;
    where = put(s, chip, box, at);
  }
  const told = `Ring at ${s.x_title} ${place[0]}, ${s.y_title} ${place[1]}; arrow keys move it.`;
  ring.setAttribute("aria-label", `${told} ${said}`.replace(/-/g, "\u2212"));
  return where;
}

/** A probability in per cent, with decimals near its ends. @param {number} p */
const perCent = (p) => `${(100 * p).toFixed(p < 0.02 || p > 0.98 ? 1 : 0)} %`;

/**
 * Lay the words at the corner of the ring where they hide fewest points; return where, in px.
 * @param {Spec} s @param {HTMLElement} chip @param {HTMLElement} box @param {[number, number]} at
 * @returns {[number, number, number, number]}
 */
function put(s, chip, box, at) {
  const [w, h, wide, high] = [box.clientWidth, box.clientHeight, chip.offsetWidth, chip.offsetHeight];
  const [x, y] = [at[0] * w, (1 - at[1]) * h];
  const dots = s.points.map(([a, b]) => [share(a, s.x_range) * w, (1 - share(b, s.y_range)) * h]);
  const corners = [x + ASIDE, x - ASIDE - wide].flatMap((left) =>
    [y - high, y - high / 2, y].map((top) => ({ left, top: Math.min(Math.max(top, 2), Math.max(h - high - 2, 2)) })),
  );
  const cost = corners.map(({ left, top }) => {
    const out = Math.max(-left, left + wide - w, 0);
    const hidden = dots.filter(([a, b]) => a > left - 4 && a < left + wide + 4 && b > top - 4 && b < top + high + 4);
    return 10 * out + hidden.length;
  });
  const best = corners[cost.indexOf(Math.min(...cost))];
  chip.style.transform = `translate(${best.left.toFixed(1)}px, ${best.top.toFixed(1)}px)`;
  return [best.left, best.top, wide, high];
}
