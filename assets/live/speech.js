// The sentence under the picture: what a scene shows, and what a move changed, from where to where.
import { one } from "./dom.js";
import { bare, render } from "./sentences.js";
import { handleOf } from "./state.js";
import { markSoon } from "./terms/begin.js";

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./types.js").Handle} Handle */
/** @typedef {import("./sentences.js").Word} Word */

const WAITING = "The rest is being worked out."; // Python says the same
const BEYOND = "The draws at hand do not reach so far: let go, and it is fitted anew.";

/**
 * A handle's sentence for a move: {from.value} and {to.value} are the handle's own words.
 * @param {Handle} handle
 * @param {{text: string}} move
 * @param {number} to
 * @param {Word} before
 * @param {Word} after
 */
export function sentence(handle, { text }, to, before, after) {
  const own = (/** @type {string} */ value, /** @type {Word} */ words) => (/** @type {string} */ name) =>
    name === "value" ? value : words(name);
  return render(handle.sentence, own(text, before), own(handle.texts[to], after));
}

/** Say what the move under way has changed. @param {Chart} chart */
export function say(chart) {
  if (!chart.move || chart.waiting) return;
  chart.move.at = performance.now();
  sayMove(chart);
}

/** Say the last move anew: its words may have come in the meantime. @param {Chart} chart */
export function sayMove(chart) {
  const { move } = chart;
  if (!move || chart.waiting) return;
  const { from, handle } = move;
  const to = chart.positions[handle];
  if (from === to) {
    if (chart.said !== move.said) sayHtml(chart, move.said, move.told);
    return;
  }
  const reel = chart.reels[handle];
  const before = move.reel ?? reel;
  const words = (/** @type {typeof reel} */ film, /** @type {number} */ at) => (/** @type {string} */ name) =>
    film.word(name, at);
  const { html, complete } = sentence(handleOf(chart, handle), move, to, words(before, from), words(reel, to));
  const more = complete ? "" : reel.trusts(to) ? (chart.waits ? WAITING : "") : BEYOND;
  const said = [html, more].filter(Boolean).join(" ");
  if (said !== chart.said) sayHtml(chart, said, true);
}

/** @param {Chart} chart @param {string} html @param {boolean} told whether it says what a change did */
export function sayHtml(chart, html, told) {
  chart.said = html;
  chart.told = told;
  const line = chart.root.querySelector(".bl-said");
  if (line) line.innerHTML = html;
  markSoon();
  describe(chart);
}

/** The picture's alternative text: what it shows, and what the last change did. @param {Chart} chart */
export function describe(chart) {
  if (!chart.get) return;
  const parts = [chart.get.word("alt"), chart.told ? bare(chart.said) : ""];
  one(chart.root, ".bl-box").setAttribute("aria-label", [...new Set(parts)].filter(Boolean).join(" "));
}
