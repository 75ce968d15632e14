// A belief network: events as buttons with a bar of probability, arrows between them, and the path that is told.
// A click on an event says what is known of it; what follows from that is Python's.
import { all, one } from "../dom.js";
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
const LEAST = 6.3; // rem: a narrower layer is staggered
const GAP = 0.7; // rem between two events

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

/** @param {Spec} _ @param {HTMLElement} el @param {Chart} chart */
function wire(_, el, chart) {
  for (const button of all(el, ".bn-node")) {
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") === "true") return;
      chart.component.setTriggerValue("act", { event: Number(button.dataset.node) });
    });
  }
}

/** Where everything goes. @param {Spec} s @param {HTMLElement} box @param {Chart} chart */
function plan(s, box, chart) {
  const [w, rem] = [box.clientWidth, chart.rem];
  const rows = s.sizes.map((size) => Math.max(1, Math.ceil((LEAST * rem * size) / w)));
  const most = Math.max(...s.sizes.map((size, k) => Math.ceil(size / rows[k])));
  const wide = Math.min((narrow(chart) ? 9 : 11.5) * rem, w / most - GAP * rem);
  const count = rows.reduce((sum, n) => sum + n, 0);
  const high = box.clientHeight / count;
  const above = s.sizes.map((_, k) => rows.slice(0, k).reduce((sum, n) => sum + n, 0));
  const at = (/** @type {Place} */ [k, i]) => ({
    x: ((i + 0.5) / s.sizes[k]) * w,
    y: (above[k] + (i % rows[k]) + 0.5) * high,
  });
  return { w, h: box.clientHeight, rem, wide, at, count };
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
  const places = s.nodes.map(at.at);
  for (const [n, button] of buttons.entries()) {
    const { x, y } = places[n];
    button.style.width = `${at.wide.toFixed(1)}px`;
    button.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px) translate(-50%, -50%)`;
    button.style.setProperty("--now", share(after?.[n]));
    button.style.setProperty("--was", share(before?.[n]));
    button.dataset.state = STATES[state[n] ?? 0];
    button.classList.toggle("unknown", !Number.isFinite(after?.[n]));
    button.setAttribute("aria-disabled", String(off));
    button.setAttribute("aria-label", described(s, n, frame, off));
  }
  const high = buttons[0]?.offsetHeight ?? 0;
  const svg = one(box, "svg");
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
 * The arrows, from the bottom of a cause to the top of its effect; several meet side by side.
 * @param {Spec} s
 * @param {ReturnType<typeof plan>} at
 * @param {Point[]} places
 * @param {number} high of an event
 * @param {Frame} frame
 */
function arrows(s, at, places, high, frame) {
  const [kinds, cut] = [frame.row("arrows") ?? [], frame.row("cut") ?? []];
  const shut = frame.row("shut")?.[0] ?? -1;
  const meeting = s.names.map((_, n) =>
    s.arrows.flatMap(([cause, effect, by], k) =>
      effect === n ? [{ k, x: (by.length ? at.at(by[by.length - 1]) : places[cause]).x }] : [],
    ),
  );
  const drawn = s.arrows.map(([cause, effect, by], k) => {
    const order = meeting[effect].toSorted((a, b) => a.x - b.x).findIndex((one) => one.k === k);
    const apart = (order - (meeting[effect].length - 1) / 2) * Math.min(1.5 * at.rem, (0.6 * at.wide) / 2);
    const start = { x: places[cause].x, y: places[cause].y + high / 2 };
    const end = { x: places[effect].x + apart, y: places[effect].y - high / 2 - 0.15 * at.rem };
    const line = curve([start, ...by.map(at.at), { ...end, y: end.y - 0.45 * at.rem }]);
    const kind = cut[k] ? "cut" : KINDS[kinds[k] ?? 0];
    const head = `M${end.x} ${end.y}l${-0.3 * at.rem} ${-0.62 * at.rem}h${0.6 * at.rem}Z`;
    const barred = kind === "shut" && (effect === shut || cause === shut) ? bar(effect === shut ? end : start, at.rem) : "";
    const parts = path(line, { class: "bn-line" }) + path(head, { class: "bn-head" }) + barred;
    return { kind, html: tag("g", { class: `bn-arrow ${kind}`, "data-arrow": k }, parts) };
  });
  return drawn
    .toSorted((a, b) => Number(a.kind !== "") - Number(b.kind !== ""))
    .map(({ html }) => html)
    .join("");
}

/** A bar across an arrow that nothing passes. @param {Point} point @param {number} rem */
const bar = ({ x, y }, rem) => path(`M${x - 0.7 * rem} ${y}H${x + 0.7 * rem}`, { class: "bn-shut" });

/** A smooth way down through points. @param {Point[]} points */
function curve(points) {
  let d = `M${points[0].x.toFixed(1)} ${points[0].y.toFixed(1)}`;
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    const middle = ((a.y + b.y) / 2).toFixed(1);
    d += `C${a.x.toFixed(1)} ${middle} ${b.x.toFixed(1)} ${middle} ${b.x.toFixed(1)} ${b.y.toFixed(1)}`;
  }
  return d;
}
