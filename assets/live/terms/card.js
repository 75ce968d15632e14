// The card that defines a term: beside the term, never over it.
import { book } from "./book.js";

/** @typedef {import("./book.js").Term} Term */

const GAP = 7; // px between term and card
const EDGE = 10; // px between card and window

/** @type {{el: HTMLElement, pinned: boolean} | null} the term whose card is open */
let open = null;

/** The term whose card is open. */
export const opened = () => open?.el ?? null;
/** Whether it stays until it is closed. */
export const pinned = () => Boolean(open?.pinned);

/** @returns {HTMLElement} */
function card() {
  const there = document.getElementById("tm-card");
  if (there) return there;
  const made = document.createElement("div");
  made.id = "tm-card";
  made.hidden = true;
  made.setAttribute("role", "dialog");
  document.body.append(made);
  return made;
}

/** Whether an element is in the card. @param {EventTarget | null} target */
export const inCard = (target) => target instanceof Element && Boolean(target.closest("#tm-card"));

/** @param {HTMLElement} el the term @param {boolean} stays until it is closed */
export function show(el, stays) {
  if (open?.el === el) {
    open.pinned ||= stays;
    return;
  }
  close();
  const { terms } = book();
  const told = (el.dataset.term ?? "").split(" ").map((at) => terms[Number(at)]);
  if (!told[0]) return;
  const box = card();
  box.replaceChildren(...parts(told));
  box.setAttribute("aria-label", told.map(({ name }) => name).join(", "));
  const app = document.querySelector(".stApp") ?? document.body;
  const { colorScheme, fontFamily } = getComputedStyle(app);
  Object.assign(box.style, { colorScheme, fontFamily });
  box.style.setProperty("--tm", inkOf(told[0]));
  box.hidden = false;
  open = { el, pinned: stays };
  el.setAttribute("aria-describedby", "tm-text");
  if (el.hasAttribute("aria-expanded")) el.setAttribute("aria-expanded", "true");
  place(el, box);
}

/** Close the card; the keyboard goes back to the term if the card had it. */
export function close() {
  if (!open) return;
  const { el } = open;
  const box = card();
  const held = box.contains(document.activeElement);
  open = null;
  box.hidden = true;
  el.removeAttribute("aria-describedby");
  if (el.hasAttribute("aria-expanded")) el.setAttribute("aria-expanded", "false");
  if (held && el.isConnected) el.focus({ preventScroll: true });
}

/** Stay beside the term while the page scrolls, until the term has left the window. */
export function follow() {
  if (!open) return;
  const { top, bottom } = open.el.getBoundingClientRect();
  if (!open.el.isConnected || bottom < 0 || top > window.innerHeight) close();
  else place(open.el, card());
}

/** Take the keyboard into the card. */
export const enter = () => card().querySelector("a")?.focus({ preventScroll: true });

/** @param {Term} term */
const inkOf = ({ colour }) => (colour ? `var(--c-${colour})` : "var(--c-data)");

/** @param {string} tag @param {string} name @param {string} text */
const make = (tag, name, text) => Object.assign(document.createElement(tag), { className: name, textContent: text });

/** The name and the definition of each, and where more is to be read. @param {Term[]} terms */
function parts(terms) {
  const text = make("div", "tm-text", "");
  text.id = "tm-text";
  for (const term of terms) {
    const name = make("p", "tm-name", term.name);
    name.style.color = inkOf(term);
    text.append(name, make("p", "tm-what", term.what), make("p", "tm-note", term.note));
  }
  const foot = make("p", "tm-foot", "");
  const link = (/** @type {string} */ words, /** @type {string} */ href) =>
    foot.append(Object.assign(document.createElement("a"), { textContent: words, href, target: "_blank" }));
  link(terms[0].lesson, terms[0].address);
  link("all words", `glossary?word=${encodeURIComponent(terms[0].name)}`);
  return [text, foot];
}

/** Under the term if there is room, over it otherwise. @param {HTMLElement} el @param {HTMLElement} box */
function place(el, box) {
  box.style.maxHeight = "";
  const [wide, high] = [document.documentElement.clientWidth, window.innerHeight];
  const lines = [...el.getClientRects()];
  const rect = lines[0] ?? el.getBoundingClientRect();
  const last = lines[lines.length - 1] ?? rect;
  const { width, height } = box.getBoundingClientRect();
  const below = high - last.bottom - GAP - EDGE;
  const above = rect.top - GAP - EDGE;
  const under = height <= below || below >= above;
  const room = Math.max(under ? below : above, 60);
  const tall = Math.min(height, room);
  if (tall < height) box.style.maxHeight = `${room}px`;
  const left = Math.max(EDGE, Math.min((under ? last : rect).left - 12, wide - width - EDGE));
  const top = under ? last.bottom + GAP : rect.top - GAP - tall;
  Object.assign(box.style, { left: `${left}px`, top: `${top}px` });
}
