// The bar of the evidence: what a q has of it is filled, what it lacks is hatched, and the end is a line.
import { path, stripes, tag, words } from "./svg.js";

/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {{left: number, right: number, top: number, rem: number, small: boolean, below: number}} Place */

export const HIGH = 1.5; // rem, of the bar
/** Rem from the top of the bar's caption to its foot. */
export const ROOM = HIGH + 1.35;

const SIZE = 0.5; // of a letter's width to its height, roughly

/**
 * From so many nats `below` the log evidence to it; words that do not fit inside stand shorter, or below.
 * @param {Place} at @param {Frame} frame
 */
export function elboBar(at, frame) {
  const { left, right, rem, small, below } = at;
  const row = frame.row("bar");
  const top = at.top + 1.35 * rem;
  const [foot, middle] = [top + HIGH * rem, top + 0.99 * rem];
  const caption = words(left, at.top + 0.95 * rem, small ? "nats" : `nats, from five below the log evidence`, {
    class: "eb-muted",
    "font-size": 0.82 * rem,
  });
  const evidence = words(right, at.top + 0.95 * rem, `log evidence ${frame.word("evidence") ?? ""}`, {
    class: "eb-end",
    "font-size": 0.86 * rem,
    "text-anchor": "end",
  });
  if (!row) return "";
  const share = Math.max(0, Math.min(1, 1 - row[0] / below));
  const full = left + share * (right - left);
  const tooth = (HIGH * rem) / 6;
  const torn = Array.from({ length: 6 }, (_, i) => `L${left + (i % 2 ? 0 : 5)} ${(foot - (i + 1) * tooth).toFixed(1)}`);
  const filled =
    full > left + 6 ? path(`M${left} ${foot}${torn.join("")}H${full.toFixed(1)}V${foot}Z`, { class: "eb-full" }) : "";
  const gap = tag("rect", {
    x: full.toFixed(1),
    y: top,
    width: Math.max(0, right - full).toFixed(1),
    height: HIGH * rem,
    fill: "url(#eb-hatch)",
    class: "eb-gap",
  });
  const hatch = tag("defs", {}, stripes("eb-hatch", 6, { class: "eb-stripe" }));
  const end = path(`M${right} ${top - 4}V${foot + 6}`, { class: "eb-line" });
  return caption + evidence + hatch + gap + filled + named(at, frame, full, middle, foot) + end;
}

/** What stands in both parts. @param {Place} at @param {Frame} frame @param {number} full @param {number} middle @param {number} foot */
function named({ left, right, rem }, frame, full, middle, foot) {
  const [elbo, kl] = [`ELBO ${frame.word("elbo") ?? ""}`, frame.word("kl") ?? ""];
  const wide = (/** @type {string} */ text) => (SIZE * text.length + 1) * 0.92 * rem;
  const own = { "font-size": 0.92 * rem, "font-weight": 650 };
  const inside = full - left > wide(elbo) + 8;
  const first = inside ? words(full - 0.55 * rem, middle, elbo, { ...own, class: "eb-in", "text-anchor": "end" }) : "";
  const choices = [`${frame.word("bar.kl") ?? ""} ${kl} missing`, `${frame.word("bar.kl") ?? ""} ${kl}`, kl];
  const [from, to] = [inside ? full : Math.max(full, left), right];
  const both = inside ? choices : choices.map((text) => `${elbo}, ${text}`);
  const fits = both.find((text) => wide(text) < to - from);
  if (fits) return first + words((from + to) / 2, middle, fits, { ...own, class: "eb-kl", "text-anchor": "middle" });
  const under = inside ? choices[1] : both[1];
  return first + words(right, foot + 1.05 * rem, under, { ...own, class: "eb-kl", "text-anchor": "end" });
}
