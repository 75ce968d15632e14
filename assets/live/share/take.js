// What a reader takes away: the link, the sentence or the numbers to paste, the picture as a file.
import { bare } from "../sentences.js";

/** @typedef {import("./html.js").Page} Page */

/**
 * Do what a button of the sheet says; the word that tells how it went.
 * @param {string} what
 * @param {string} link
 * @param {Page} page
 * @returns {Promise<string>}
 */
export async function take(what, link, page) {
  if (what === "copy") return copy(link, "copied link");
  const chart = /** @type {any} */ (document.querySelector(".bl"))?.__live;
  if (!chart?.get || chart.waiting || chart.spec.busy) return "waits";
  if (what === "sentence") return copy(bare(chart.said).trim(), "copied sentence");
  return page.words.none;
}

/** @param {string} text @param {string} done */
async function copy(text, done) {
  try {
    await navigator.clipboard.writeText(text);
    return done;
  } catch {
    return "not copied"; // no permission, or no secure address
  }
}
