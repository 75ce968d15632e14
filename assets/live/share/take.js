// What a reader takes away: the link, the sentence or the numbers to paste, the picture as a file.
import { pngOf, sheetOf, svgOf } from "../export/picture.js";
import { tableOf } from "../export/table.js";
import { bare } from "../sentences.js";

/** @typedef {import("./html.js").Page} Page */
/** @typedef {HTMLElement & {__live?: import("../state.js").Chart | null}} Root */

/**
 * Do what a button of the sheet says; the word that tells how it went.
 * @param {string} what
 * @param {string} link
 * @param {Page} page
 * @returns {Promise<string>}
 */
export async function take(what, link, page) {
  if (what === "copy") return copy(link, "copied link");
  const chart = /** @type {Root | null} */ (document.querySelector(".bl"))?.__live;
  if (!chart?.get || chart.waiting || chart.root.classList.contains("busy")) return "waits";
  if (what === "sentence") return copy(bare(chart.said).trim(), "copied sentence");
  if (what === "table") return copy(tableOf(chart), "copied table");
  const sheet = sheetOf(chart.root, { title: page.title, source: sourceOf(link) });
  const made = what === "png" ? await pngOf(sheet) : new Blob([svgOf(sheet)], { type: "image/svg+xml" });
  save(made, `${fileName()}.${what}`);
  return "saved";
}

/** Where a picture comes from: the page, its link, and the day. @param {string} link */
function sourceOf(link) {
  const day = new Date().toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });
  return `${document.title} · ${link} · ${day}`;
}

const fileName = () => location.pathname.split("/").pop() || "picture";

/** @param {Blob} blob @param {string} name */
function save(blob, name) {
  const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
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
