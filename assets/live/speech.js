// The sentence under the picture: what a scene shows, and what a move changed, from where to where.
import { handleOf } from "./state.js";
import { safe } from "./text.js";

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./types.js").Handle} Handle */

/**
 * A handle's sentence for a move. {from.name} and {to.name} are words of the picture before and after, {from.value} the
 * handle's own; {up:words} and {down:words} are said in one direction only.
 * @param {Handle} handle
 * @param {number} from
 * @param {number} to
 * @param {(name: string) => string | null} before
 * @param {(name: string) => string | null} after
 */
export function sentence(handle, from, to, before, after) {
  const direction = to > from ? "up" : "down";
  return handle.sentence.replace(/\{(from|to|up|down)[.:]([^}]*)\}/g, (_, when, name) => {
    if (when === "up" || when === "down") return when === direction ? safe(name) : "";
    if (name === "value") return safe(handle.texts[when === "from" ? from : to]);
    return safe((when === "from" ? before(name) : after(name)) ?? "");
  });
}

/** Say what the move under way has changed. @param {Chart} chart */
export function say(chart) {
  const { move } = chart;
  if (!move || chart.waiting) return;
  move.at = performance.now();
  const { from, handle } = move;
  const to = chart.positions[handle];
  if (from === to) return;
  const reel = chart.reels[handle];
  const before = move.reel ?? reel;
  const words = (/** @type {typeof reel} */ film, /** @type {number} */ at) => (/** @type {string} */ name) =>
    film.word(name, at);
  sayHtml(chart, sentence(handleOf(chart, handle), from, to, words(before, from), words(reel, to)));
}

/** @param {Chart} chart @param {string} html */
export function sayHtml(chart, html) {
  chart.said = html;
  const line = chart.root.querySelector(".bl-said");
  if (line) line.innerHTML = html;
}
