// What one voice and a hundred draws say where a map's ring is: draws as marks of the class that they name, in its tints.
import { one } from "../dom.js";
import { between } from "../plane.js";
import { glyph, likeliest, mark, perCent, readMap, ringAt, rowsOf } from "../reading.js";
import { path, tag } from "../svg.js";
import { safe } from "../text.js";
import { css, step } from "../tints.js";
import { badge, head } from "./head.js";

/** @typedef {{text: string, badge: string, who: string, concept: string}} Spec */
/** @typedef {import("../reading.js").Spec} Map */

const [ROW, CELL] = [20, 15];

/** @type {import("../types.js").Panel} */
export const votes = { make, draw };

/** @param {Spec} p */
function make(p) {
  return `<div class="bl-votes">${head(p.text, badge(p.badge))}<div class="vt-one"></div><div class="vt-all"></div><p aria-live="polite"></p></div>`;
}

/** @param {Spec} p @param {HTMLElement} el @param {import("../types.js").Frame} _ @param {import("../state.js").Chart} chart */
function draw(p, el, _, chart) {
  const s = /** @type {Map} */ (chart.spec.stage);
  const rows = rowsOf(one(chart.root, ".bl-stage"));
  const at = ringAt(s, chart);
  const single = p.concept === "map" ? null : rows?.single;
  one(el, ".vt-one").innerHTML = single ? line(s, "map", "MAP", readMap(s, single, s.one, at)) : "";
  const whole = rows?.p ? line(s, p.concept, p.who, readMap(s, rows.p, s.sure, at)) : "";
  const cast = rows?.draws && rows.levels && p.concept !== "map" ? ballot(s, rows.draws, rows.levels, at) : null;
  const marks = cast && rows ? picture(cast, rows.inks.tints) : "";
  one(el, ".vt-all").innerHTML = whole + marks;
  const counts = s.classes.map((name, k) => ({ name, k, n: cast?.filter((vote) => vote.k === k).length ?? 0 }));
  const told = counts.map(({ name, k, n }) => `${mark(k)} <b>${n}</b> ${safe(name)}`).join(", ");
  const waiting = rows?.p && p.concept !== "map" ? "The draws come when the handle rests." : "";
  const saying = cast ? `Of ${cast.length} draws: ${told}.` : waiting;
  const live = one(el, "p");
  if (live.innerHTML !== saying) live.innerHTML = saying;
}

/** One line: who, how sure, of what. @param {Map} s @param {string} concept @param {string} name @param {number[]} p */
function line(s, concept, name, p) {
  const best = likeliest(p);
  return `<div class="vt-line"><b class="c-${concept}">${safe(name)}</b><span><b>${perCent(p[best])}</b> %</span><i>${safe(s.classes[best])}</i></div>`;
}

/**
 * What each draw names at the ring, and how surely, sorted so that they can be counted.
 * @param {Map} s
 * @param {Float64Array} draws
 * @param {Float64Array} levels of a nat, for each draw
 * @param {[number, number]} at
 */
function ballot(s, draws, levels, [x, y]) {
  const others = s.classes.length - 1;
  const count = levels.length;
  const size = draws.length / (count * others);
  const side = Math.round(Math.sqrt(size));
  const cast = Array.from({ length: count }, (_, d) => {
    const odds = s.classes.map((_, c) => (c ? between(draws, side, (d * others + c - 1) * size, x, y) / levels[d] : 0));
    const top = Math.max(...odds);
    const parts = odds.map((o) => Math.exp(o - top));
    const k = likeliest(odds);
    return { k, p: parts[k] / parts.reduce((sum, q) => sum + q, 0) };
  });
  const last = others;
  return cast.sort((a, b) => a.k - b.k || (a.k === last ? a.p - b.p : b.p - a.p));
}

/** @param {{k: number, p: number}[]} cast @param {import("../tints.js").Triple[][]} tints */
function picture(cast, tints) {
  const marks = cast.map(({ k, p }, i) => {
    const [x, y] = [((i % ROW) + 0.5) * CELL, (Math.floor(i / ROW) + 0.5) * CELL];
    return path(glyph(k, x, y, 5.4), { fill: css(tints[k][step(p)]), class: "vt-mark" });
  });
  const height = Math.ceil(cast.length / ROW) * CELL;
  return tag("svg", { viewBox: `0 0 ${ROW * CELL} ${height}`, "aria-hidden": "true" }, marks.join(""));
}
