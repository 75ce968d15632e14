// A belief network: events as buttons with a bar of probability, arrows between them, and the path that is told.
// A click on an event says what is known of it; what follows from that is Python's.
import { all, one, within } from "../dom.js";
import { narrow } from "../state.js";
import { path, tag } from "../svg.js";
import { safe } from "../text.js";

/** @typedef {import("../types.js").Frame} Frame */
/** @typedef {import("../state.js").Chart} Chart */
/** @typedef {[number, number]} Place a layer, and a place in it */
/**
 * @typedef {object} Spec
 * @property {string} type
 * @property {string[]} names
 * @property {Place[]} nodes
 * @property {number[]} sizes how many places each layer has
 * @property {[number, number, Place[]][]} arrows cause, effect, and the places that are passed
 * @property {number} asked
 */
/** @typedef {{x: number, y: number}} Point */

const STATES = ["", "seen", "seen-no", "made", "made-no"];
const KINDS = ["", "open", "shut"];
const [LEAST, TIGHT] = [6.3, 4.6]; // rem, and on a phone: a layer of narrower events takes several rows
const GAP = 0.7; // rem between two events
const ROOM = [9.5, 4.9]; // rem, across and down, that an event takes; with less it says its name above, or no more than it

/** @type {import("../types.js").Stage} */
export const net = { make, draw, wire, open: true };

/** @param {Spec} s */
function make(s) {
  const nodes = s.names.map(
    (name, n) =>
      `<button type="button" class="bn-node${n === s.asked ? " asked" : ""}" data-node="${n}"><b>${safe(name)}</b>` +
      `<span class="bn-now" data-word="after.${n}"></span><span class="bn-bar"><i></i><u></u></span>` +
      `<span class="bn-was" data-word="before.${n}" data-before="before "></span>` +
      `<span class="bn-state" data-word="state.${n}"></span></button>`,
  );
  return `<div class="bn"><svg aria-hidden="true"></svg>${nodes.join("")}</div><p class="bn-path" data-word="path"></p>`;
}

/**
 * A click turns what is known of an event, and Python hears all that is known: of two clicks that are told close
 * together it may hear but one.
 * @param {Spec} _ @param {HTMLElement} el @param {Chart} chart
 */
function wire(_, el, chart) {
  for (const button of all(el, ".bn-node")) {
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      const known = all(el, ".bn-node").map((one) => STATES.indexOf(one.dataset.state ?? ""));
      const n = Number(button.dataset.node);
      known[n] = turned(known[n], Boolean(chart.get?.row("by hand")?.[0]));
      button.dataset.state = STATES[known[n]];
      el.classList.add("waiting");
      chart.component.setTriggerValue("act", { known });
    });
  }
}

/** What is known of an event after a click: nothing → yes → no → nothing. @param {number} state @param {boolean} hand */
function turned(state, hand) {
  const [yes, no] = hand ? [3, 4] : [1, 2];
  return state === yes ? no : state === no ? 0 : yes;
}

/** Where everything goes. @param {Spec} s @param {HTMLElement} box @param {Chart} chart */
function plan(s, box, chart) {
  const [w, rem] = [box.clientWidth, chart.rem];
  const least = (narrow(chart) ? TIGHT : LEAST) * rem;
  const rows = s.sizes.map((size) => Math.max(1, Math.ceil((least * size) / Math.max(w, 1))));
  const most = Math.max(...s.sizes.map((size, k) => Math.ceil(size / rows[k])));
  const wide = Math.min((narrow(chart) ? 9 : 12) * rem, w / most - GAP * rem);
  const count = rows.reduce((sum, n) => sum + n, 0);
  const high = box.clientHeight / count;
  const above = s.sizes.map((_, k) => rows.slice(0, k).reduce((sum, n) => sum + n, 0));
  const at = (/** @type {Place} */ [k, i]) => ({
    x: ((Math.floor(i / rows[k]) + 0.5) / Math.ceil((s.sizes[k] - (i % rows[k])) / rows[k])) * w,
    y: (above[k] + (i % rows[k]) + 0.5) * high,
  });
  return { w, h: box.clientHeight, rem, wide, high, at, count };
}

/** @param {Spec} s @param {HTMLElement} el @param {Frame} frame @param {Chart} chart */
function draw(s, el, frame, chart) {
  const box = one(el, ".bn");
  const buttons = all(box, ".bn-node");
  const state = frame.row("state") ?? [];
  const [before, after] = [frame.row("before"), frame.row("after")];
  const off = chart.spec.locks.includes("known") || chart.spec.panels.some(({ type }) => type === "ask");
  let at = plan(s, box, chart);
  if (el.style.getPropertyValue("--rows") !== String(at.count)) {
    el.parentElement?.style.setProperty("--rows", String(at.count));
    el.style.setProperty("--rows", String(at.count));
    at = plan(s, box, chart);
  }
  box.classList.toggle("tight", at.wide < ROOM[0] * at.rem);
  box.classList.toggle("short", at.high < ROOM[1] * at.rem);
  const places = s.nodes.map(at.at);
  for (const [n, button] of buttons.entries()) {
    const { x, y } = places[n];
    button.style.width = `${at.wide.toFixed(1)}px`;
    button.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) translate(-50%, -50%)`;
    button.style.setProperty("--now", share(after?.[n]));
    button.style.setProperty("--was", share(before?.[n]));
    button.dataset.state = STATES[state[n] ?? 0];
    button.setAttribute("aria-disabled", String(off));
    button.setAttribute("aria-label", described(s, n, frame, off));
  }
  el.classList.remove("waiting");
  el.classList.toggle("impossible", Boolean(after) && !Number.isFinite(after?.[0]));
  const svg = one(box, "svg");
  const high = buttons.map((button) => button.offsetHeight);
  svg.setAttribute("viewBox", `0 0 ${at.w} ${at.h}`);
  svg.innerHTML = arrows(s, at, places, high, frame);
}

/** A share as a width; none where there is none. @param {number | undefined} value */
const share = (value) => (value !== undefined && Number.isFinite(value) ? `${(100 * value).toFixed(2)}%` : "0%");

/** An event in words. @param {Spec} s @param {number} n @param {Frame} frame @param {boolean} off */
function described(s, n, frame, off) {
  const [now, was, known] = ["after", "before", "state"].map((name) => frame.word(`${name}.${n}`));
  const parts = [`${s.names[n]}: ${known || "not known"}`];
  if (now) parts.push(`probability ${now}`);
  if (was) parts.push(`before anything was known ${was}`);
  return `${parts.join(", ")}.${off ? "" : " Press to change what is known."}`;
}

/**
 * The arrows, from the bottom of a cause to the top of its effect.
 * @param {Spec} s
 * @param {ReturnType<typeof plan>} at
 * @param {Point[]} places
 * @param {number[]} high of the events
 * @param {Frame} frame
 */
function arrows(s, at, places, high, frame) {
  const [kinds, cut] = [frame.row("arrows") ?? [], frame.row("cut") ?? []];
  const shut = frame.row("shut")?.[0] ?? -1;
  const possible = Number.isFinite(frame.row("after")?.[0] ?? 0);
  const ends = s.names.map((_, n) => meeting(s, at, places, n));
  const drawn = s.arrows.map(([cause, effect, by], k) => {
    const passed = by.map(at.at);
    const [from, to] = [places[cause], places[effect]];
    const start = { x: from.x + aside(at, from, passed[0] ?? to), y: from.y + high[cause] / 2 };
    const end = { x: to.x + ends[effect][k], y: to.y - high[effect] / 2 - 0.12 * at.rem };
    const way = [start, ...passed, end];
    const kind = cut[k] ? "cut" : KINDS[possible ? (kinds[k] ?? 0) : 0];
    const barred = kind === "shut" && (effect === shut || cause === shut);
    const parts = [path(curve(way), { class: "bn-line" }), head(way, at.rem)];
    if (barred) parts.push(bar(effect === shut ? [...way].reverse() : way, at.rem));
    return { kind, html: tag("g", { class: `bn-arrow ${kind}`, "data-arrow": k }, parts.join("")) };
  });
  return drawn
    .sort((a, b) => Number(a.kind !== "") - Number(b.kind !== ""))
    .map(({ html }) => html)
    .join("");
}

/**
 * How far from the middle of an event its arrow leaves or comes, towards where it goes or came from.
 * @param {ReturnType<typeof plan>} at
 * @param {Point} here
 * @param {Point} there
 */
const aside = (at, here, there) => within(0.3 * (there.x - here.x), -0.3 * at.wide, 0.3 * at.wide);

/**
 * Where arrows come into an event, from its middle on, by arrow: side by side, in the order in which they come.
 * @param {Spec} s
 * @param {ReturnType<typeof plan>} at
 * @param {Point[]} places
 * @param {number} n
 */
function meeting(s, at, places, n) {
  const coming = s.arrows.flatMap(([cause, effect, by], k) => {
    const from = by.length ? at.at(by[by.length - 1]) : places[cause];
    return effect === n ? [{ k, from: from.x, x: aside(at, places[n], from) }] : [];
  });
  coming.sort((a, b) => a.from - b.from);
  const apart = Math.min(1.4 * at.rem, at.wide / (coming.length + 1));
  for (let round = 0; round < coming.length; round++) {
    for (let i = 1; i < coming.length; i++) {
      const near = apart - (coming[i].x - coming[i - 1].x);
      if (near > 0) [coming[i - 1].x, coming[i].x] = [coming[i - 1].x - near / 2, coming[i].x + near / 2];
    }
  }
  return Object.fromEntries(coming.map(({ k, x }) => [k, x]));
}

/** The way in which a line leaves its last point, of length one. @param {Point[]} way */
function ahead(way) {
  const [a, b] = way.slice(-2);
  const long = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  return { x: (b.x - a.x) / long, y: (b.y - a.y) / long };
}

/** @param {Point[]} way @param {number} rem */
function head(way, rem) {
  const [{ x, y }, to] = [way[way.length - 1], ahead(way)];
  const [long, half] = [0.66 * rem, 0.27 * rem];
  const corner = (/** @type {number} */ side) =>
    `L${(x - long * to.x + side * half * to.y).toFixed(1)} ${(y - long * to.y - side * half * to.x).toFixed(1)}`;
  return path(`M${x.toFixed(1)} ${y.toFixed(1)}${corner(1)}${corner(-1)}Z`, { class: "bn-head" });
}

/** A bar across the first part of a line, that nothing passes. @param {Point[]} way @param {number} rem */
function bar(way, rem) {
  const to = ahead([way[1], way[0]]);
  const [x, y] = [way[0].x - 1.05 * rem * to.x, way[0].y - 1.05 * rem * to.y];
  const [across, up] = [0.5 * rem * to.y, -0.5 * rem * to.x];
  return path(`M${x - across} ${y - up}L${x + across} ${y + up}`, { class: "bn-shut" });
}

/** A line through points: straight, or smooth where it passes others. @param {Point[]} way */
function curve(way) {
  const last = way.length - 1;
  let d = `M${way[0].x.toFixed(1)} ${way[0].y.toFixed(1)}`;
  for (let i = 1; i <= last; i++) {
    const [a, b] = [way[i - 1], way[i]];
    const middle = (a.y + b.y) / 2;
    const out = i === 1 ? a : { x: a.x, y: middle };
    const into = i === last ? b : { x: b.x, y: middle };
    d += `C${[out, into, b].map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join(" ")}`;
  }
  return d;
}
