// The page of all words: what is typed filters them at once, and stands in the address.
import { all, one } from "./dom.js";
import { book } from "./terms/book.js";
import { found, nearest } from "./terms/search.js";
import { safe } from "./text.js";

/** @typedef {import("./types.js").Component} Component */
/** @typedef {import("./terms/book.js").Term} Term */
/** @typedef {{field: string, hint: string, none: string, near: string, all: string, count: string}} Words */

/** @param {Component} component */
export function glossary({ data, parentElement }) {
  if (!data) return;
  const root = one(parentElement, ".gl");
  if (root.dataset.ready) return; // what the reader has typed since stays
  root.dataset.ready = "1";
  /** @type {{word: string, words: Words}} */
  const { word, words } = JSON.parse(new TextDecoder().decode(data));
  const field = `<input type="search" id="gl-field" autocomplete="off" spellcheck="false" placeholder="${safe(words.hint)}">`;
  const count = `<output class="gl-count" for="gl-field"></output>`;
  root.innerHTML = `<label for="gl-field">${safe(words.field)}</label>${field}${count}<div class="gl-list"></div>`;
  const input = /** @type {HTMLInputElement} */ (one(root, "input"));
  const ask = (/** @type {string} */ text) => {
    input.value = text;
    list(root, words, text, ask);
  };
  input.addEventListener("input", () => {
    list(root, words, input.value, ask);
    remember(input.value);
  });
  ask(word);
}

/** The address names what is asked; nothing is sent for it. @param {string} text */
function remember(text) {
  const url = new URL(location.href);
  if (text.trim()) url.searchParams.set("word", text.trim());
  else url.searchParams.delete("word");
  history.replaceState(history.state, "", url);
}

/** @param {HTMLElement} root @param {Words} words @param {string} text @param {(text: string) => void} ask */
function list(root, words, text, ask) {
  const { terms } = book();
  const shown = found(terms, text);
  one(root, ".gl-count").textContent = words.count
    .replace("{n}", String(shown.length))
    .replace("{of}", `${terms.length}`);
  const box = one(root, ".gl-list");
  box.innerHTML = shown.length ? shown.map(entry).join("") : nothing(words, text, nearest(terms, text));
  for (const button of all(box, "button")) {
    button.addEventListener("click", () => {
      ask(button.dataset.ask ?? "");
      remember(button.dataset.ask ?? "");
      one(root, "input").focus();
    });
  }
}

/** @param {Term} term */
function entry({ name, colour, what, note, also, lesson, address }) {
  const other = also.filter((spelling) => !/[_]/.test(spelling)).join(", ");
  const names = `<h2>${safe(name)}</h2>${other ? `<p class="gl-also">${safe(other)}</p>` : ""}`;
  const text = `<p>${safe(what)}</p><p class="gl-note">${safe(note)}</p>`;
  const link = `<a href="${safe(address)}" target="_self">${safe(lesson)}</a>`;
  const look = colour ? ` style="--tm:var(--c-${colour})"` : "";
  return `<article${look}><div>${names}</div><div>${text}</div><p class="gl-link">${link}</p></article>`;
}

/** @param {Words} words @param {string} text @param {Term[]} near */
function nothing(words, text, near) {
  const button = (/** @type {string} */ ask, /** @type {string} */ said) =>
    `<button type="button" data-ask="${safe(ask)}">${safe(said)}</button>`;
  const said = `<p>${safe(words.none).replace("{word}", safe(text.trim()))}</p>`;
  const nearly = near.length
    ? `<p>${safe(words.near)} ${near.map(({ name }) => button(name, name)).join(" ")}</p>`
    : "";
  return `<div class="gl-none">${said}${nearly}<p>${button("", words.all)}</p></div>`;
}
