// The steps of a tour as cards: what each shows, its note, and its place among the others.

import { button, el } from "../build.js";
import { fill } from "../text.js";
import { hrefOf, isFar } from "./address.js";

/** @typedef {import("./answers.js").Desk} Desk */
/** @typedef {import("./store.js").Step} Step */
/** @typedef {import("./answers.js").Does} Does */

/** @param {Desk} here @param {Does} does */
export function cardsOf({ root, page, mode, tour }, does) {
  const { words, pages } = page;
  const own = mode === "mine";
  const list = el("ol", { class: "td-list" });
  for (const [i, step] of tour.steps.entries()) {
    const title = pages[step.page] ?? words["page missing"];
    const far = isFar(step.query) ? words["data far"] : "";
    const look = own
      ? el("a", { href: hrefOf(step), target: "_blank", rel: "noopener", class: "td-look" }, words.look)
      : button(words.here, () => does.walk(i, false), { "aria-label": fill(words["here at"], { n: i + 1 }) });
    const name = el("h3", {}, step.title || title);
    const page_ = el("p", { class: "td-page" }, title, " · ", el("span", { class: "td-shows" }));
    const wrong = el("p", { class: "td-wrong" }, "");
    const told = own ? fields(step, i, page, does) : [name, page_];
    if (own) told.unshift(page_);
    const note = own ? noteOf(step, i, page, does) : el("p", { class: "td-note" }, step.note);
    const ways = el("div", { class: "td-move" }, look, ...(own ? movers(i, tour.steps.length, words, does) : []));
    const body = el("div", { class: "td-body" }, ...told, note, el("p", { class: "td-far" }, far), wrong);
    const card = el("li", { class: "td-card" }, el("b", { class: "td-n" }, String(i + 1)), body, ways);
    if (own) card.addEventListener("keydown", (event) => moved(event, root, i, does));
    list.append(card);
  }
  return list;
}

/** @param {Step} step @param {number} i @param {import("./answers.js").Page} page @param {Does} does */
function fields(step, i, { words, limits, pages }, does) {
  const hint = pages[step.page] ?? "";
  const label = fill(words.name, { n: i + 1 });
  const is = { class: "td-name", "aria-label": label, maxlength: String(limits.title), placeholder: hint };
  return [written("input", is, step, "title", does)];
}

/** @param {Step} step @param {number} i @param {import("./answers.js").Page} page @param {Does} does */
function noteOf(step, i, { words, limits }, does) {
  const label = fill(words.note, { n: i + 1 });
  const is = { rows: "3", "aria-label": label, maxlength: String(limits.note), placeholder: words["note hint"] };
  return written("textarea", is, step, "note", does);
}

/**
 * A field of a step.
 * @param {"input" | "textarea"} tag
 * @param {Object<string, string>} is
 * @param {Step} step
 * @param {"title" | "note"} name
 * @param {Does} does
 */
function written(tag, is, step, name, does) {
  const field = /** @type {HTMLInputElement | HTMLTextAreaElement} */ (el(tag, is));
  field.value = step[name];
  field.addEventListener("input", () => {
    step[name] = field.value;
    does.changed();
  });
  return field;
}

/** @param {number} i @param {number} count @param {Object<string, string>} words @param {Does} does */
function movers(i, count, words, does) {
  const is = (/** @type {string} */ name, /** @type {string} */ way) => ({
    "aria-label": fill(words[name], { n: i + 1 }),
    title: fill(words[name], { n: i + 1 }),
    "data-way": way,
  });
  const up = button("↑", () => does.move(i, i - 1), { ...is("up", "up"), disabled: i === 0 });
  const down = button("↓", () => does.move(i, i + 1), { ...is("down", "down"), disabled: i === count - 1 });
  return [up, down, button("×", () => does.remove(i), is("remove", "out"))];
}

/**
 * Alt and an arrow move the card, and the keyboard with it.
 * @param {KeyboardEvent} event
 * @param {HTMLElement} root
 * @param {number} at
 * @param {Does} does
 */
function moved(event, root, at, does) {
  const by = event.key === "ArrowUp" ? -1 : event.key === "ArrowDown" ? 1 : 0;
  if (!event.altKey || !by) return;
  event.preventDefault();
  const inside = [...root.querySelectorAll(`.td-card:nth-child(${at + 1}) :is(input, textarea, button, a)`)];
  const which = inside.indexOf(/** @type {Element} */ (document.activeElement));
  does.move(at, at + by);
  const there = root.querySelectorAll(`.td-card:nth-child(${at + by + 1}) :is(input, textarea, button, a)`)[which];
  if (there instanceof HTMLElement) there.focus();
}
