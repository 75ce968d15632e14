// The share sheet's furniture: link, ticks, buttons, the place of the code.
import { safe } from "../text.js";

/**
 * What Python says of the page (pages/_ui/share.py).
 * @typedef {object} Page
 * @property {Object<string, string>} words
 * @property {[string, string][]} locks name and label of what a link can lock
 * @property {boolean} asks whether the lesson can ask
 * @property {string} title
 * @property {{link: string, svg: string, dense: boolean} | null} code
 */

const HIDES = ["truth", "answer", "numbers"];

/** @param {Page} page */
export function sheetHtml({ words, locks, asks }) {
  const lock = [["all", words["lock all"]], ...locks].map(([name, label]) => tick("lock", name, label));
  const hide = HIDES.map((name) => tick("hide", name, words[`hide ${name}`]));
  const ask = asks ? group(words.ask, tick("ask", "1", words["ask label"]), "") : "";
  return (
    `<div class="sh-link"><label for="sh-url">${safe(words.link)}</label><div class="sh-line">` +
    `<input id="sh-url" class="sh-url" type="text" readonly spellcheck="false">${button("copy", words.copy)}</div>` +
    `<p>${safe(words.lead)}</p></div>` +
    `<div class="sh-ticks">${group(words.lock, lock.join(""), words["lock hint"])}` +
    `${group(words.hide, hide.join(""), words["hide hint"])}${ask}</div>` +
    `<div class="sh-open">${anchor("projector", words.projector)}${anchor("students", words.students)}</div>` +
    `<div class="sh-tour"></div>` +
    `<div class="sh-take"><h3>${safe(words.take)}</h3>${takes(words)}</div>` +
    `<p class="sh-said" role="status"></p>` +
    `<div class="sh-qr"><div class="sh-code" role="img" aria-label="${safe(words.qr)}"></div>` +
    `${button("larger", words.larger)}<p class="sh-note"></p></div>` +
    `<dialog class="sh-large" aria-label="${safe(words.qr)}"><div class="sh-code"></div><p></p>` +
    `${button("close", words.close)}</dialog>`
  );
}

/** @param {Object<string, string>} words */
const takes = (words) => ["svg", "png", "sentence", "table"].map((what) => button(what, words[what])).join("");

/** @param {string} does @param {string} text */
const button = (does, text) => `<button type="button" data-does="${does}">${safe(text)}</button>`;

/** @param {string} to @param {string} text */
const anchor = (to, text) => `<a data-to="${to}" target="_blank" rel="noopener">${safe(text)}</a>`;

/** @param {string} legend @param {string} inside @param {string} hint */
const group = (legend, inside, hint) =>
  `<fieldset><legend>${safe(legend)}</legend>${inside}${hint ? `<p>${safe(hint)}</p>` : ""}</fieldset>`;

/** @param {string} kind @param {string} name @param {string} label */
const tick = (kind, name, label) =>
  `<label><input type="checkbox" data-${kind}="${safe(name)}"><span>${safe(label)}</span></label>`;
