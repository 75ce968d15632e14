// Marks terms where they stand: the first of each in every block of text. Only text that React does not write is
// touched (st.html, our own components), and nothing that is rewritten while a handle moves.
import { all } from "../dom.js";
import { book, termsIn } from "./book.js";

const ROOTS = "[data-testid=stHtml], .bl-said, .bl-panel, .bl-top > span, figcaption, .hm p";
// What is rewritten while a handle moves, or is part of an image, opens as a whole.
const LABELS = ".bl-lab, .bl-title, .bl-strip, .bl-xt, .bl-grid tbody th, .bl-head[data-word], [role=img] figcaption b";
const BLOCKS = "p, li, h2, h3, th, td, dt, dd, div, figcaption, .bl-top > span";
const NEVER = [
  "[data-word], [data-said], button, input, select, textarea, output, a, kbd, code, svg, style, script, canvas",
  ".eyebrow, .as-brought, [role=img], .tm, .tm-row, .gl, .bl-badge, [role=button], [role=textbox], [hidden]",
].join(", ");
const HIDDEN = "In the picture: "; // before the row that only the keyboard sees

/** Mark what is on the page. @param {ParentNode} [where] */
export function markAll(where = document) {
  for (const root of all(where, ROOTS)) markText(root);
  for (const label of all(where, LABELS)) markLabel(label);
  for (const chart of all(where, ".bl")) listLabels(chart);
  reachOnce(where);
}

/** Mark the terms in the text of an element. @param {Element} root */
export function markText(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  /** @type {Text[]} */
  const texts = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(/** @type {Text} */ (node));
  /** @type {Map<Element, Set<string>>} */
  const seen = new Map();
  for (const text of texts) {
    const parent = text.parentElement;
    if (!parent || !text.data.trim() || parent.closest(NEVER)) continue;
    const block = parent.closest(BLOCKS) ?? root;
    if (!seen.has(block)) seen.set(block, new Set(all(block, ".tm").map((el) => el.dataset.term ?? "")));
    wrap(text, /** @type {Set<string>} */ (seen.get(block)));
  }
}

/** @param {Text} text @param {Set<string>} seen */
function wrap(text, seen) {
  let [rest, cut] = [text, 0];
  for (const { from, to, term } of termsIn(text.data)) {
    if (seen.has(String(term))) continue;
    seen.add(String(term));
    const word = rest.splitText(from - cut);
    rest = word.splitText(to - from);
    cut = to;
    const el = termElement(term);
    word.replaceWith(el);
    el.append(word);
  }
}

/** @param {number} term */
function termElement(term) {
  const el = document.createElement("dfn");
  const { colour } = book().terms[term];
  el.className = "tm";
  el.tabIndex = 0;
  el.setAttribute("role", "button");
  el.setAttribute("aria-expanded", "false");
  el.dataset.term = String(term);
  if (colour) el.style.setProperty("--tm", `var(--c-${colour})`);
  return el;
}

/** A label opens all terms in its name and its gloss. @param {HTMLElement} label */
function markLabel(label) {
  const texts = label.childElementCount
    ? [...label.children].map((part) => part.textContent ?? "")
    : [label.textContent];
  const found = new Set(texts.flatMap((text) => termsIn(text ?? "").map(({ term }) => term)));
  label.classList.toggle("tm-lab", found.size > 0);
  if (found.size) label.dataset.term = [...found].join(" ");
  else delete label.dataset.term;
}

/**
 * Labels are part of an image to a screen reader, and cannot have the keyboard: their terms stand in a row of their own
 * that shows when the keyboard comes to it, unless a text has them too.
 * @param {HTMLElement} chart
 */
function listLabels(chart) {
  const main = chart.querySelector(".bl-main");
  if (!main) return;
  const told = new Set(all(document, ".tm").map((el) => (el.closest(".tm-row") ? "" : el.dataset.term)));
  const labels = all(chart, ".tm-lab").flatMap((el) => (el.dataset.term ?? "").split(" "));
  const left = [...new Set(labels)].filter((term) => !told.has(term));
  const row = main.querySelector(".tm-row");
  if ((row?.getAttribute("data-terms") ?? "") === left.join(" ")) return;
  row?.remove();
  if (left.length === 0) return;
  const made = document.createElement("p");
  made.className = "tm-row";
  made.dataset.terms = left.join(" ");
  made.append(HIDDEN);
  for (const term of left) {
    const el = termElement(Number(term));
    el.append(book().terms[Number(term)].name);
    made.append(el, " ");
  }
  main.append(made);
}

/** The keyboard comes to every term once. @param {ParentNode} where */
function reachOnce(where) {
  const seen = new Set();
  for (const el of all(where, ".tm")) {
    el.tabIndex = seen.has(el.dataset.term) ? -1 : 0;
    seen.add(el.dataset.term);
  }
}
