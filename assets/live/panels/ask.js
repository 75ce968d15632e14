// A guess, before the answer is shown: a number, a place, a band, or one of several. Its fields start empty: whatever
// stood in them would be a hint. A place and a band are written into the fields from the picture, too (aim.js).
import { aimed } from "../aim.js";
import { all, one } from "../dom.js";
import { safe } from "../text.js";
import { head } from "./head.js";

/**
 * @typedef {object} Spec
 * @property {string} text
 * @property {string} words the question, HTML
 * @property {"number" | "place" | "band" | "options"} asks
 * @property {string} button
 * @property {string} skip
 * @property {string} [label]
 * @property {string} [unit]
 * @property {number} [low]
 * @property {number} [high]
 * @property {number} [step]
 * @property {string[]} [places]
 * @property {[string, string][]} [options] key and words, HTML
 */

/** @type {import("../types.js").Panel} */
export const ask = { make, wire };

const HINTS = {
  number: "",
  options: "",
  place: "Point in the picture, or type.",
  band: "Draw in the picture, or type.",
};

/** @param {Spec} p */
function make(p) {
  const buttons = `<button disabled>${safe(p.button)}</button><button type="button" data-skip>${safe(p.skip)}</button>`;
  const hint = HINTS[p.asks] ? `<small>${HINTS[p.asks]}</small>` : "";
  const form = `<form novalidate><p id="bl-question">${p.words}</p>${fields(p)}${hint}<div>${buttons}</div></form>`;
  return `<section class="bl-ask" aria-labelledby="bl-question">${head(p.text)}${form}</section>`;
}

/** @param {Spec} p */
function fields(p) {
  if (p.asks === "options") {
    const options = (p.options ?? []).map(
      ([key, words]) =>
        `<label class="bl-option"><input type="radio" name="bl-guess" value="${safe(key)}"><span>${words}</span></label>`,
    );
    return `<div class="bl-options" role="radiogroup" aria-labelledby="bl-question">${options.join("")}</div>`;
  }
  if (p.asks === "band") {
    const rows = (p.places ?? []).map(
      (place) =>
        `<div class="bl-ends-of"><span>${safe(place)}</span>${input(p, `${place}, from`)}<i>to</i>${input(p, `${place}, to`)}</div>`,
    );
    return rows.join("");
  }
  return `<label><span>${safe(p.label ?? "")}</span>${input(p, "")}</label>`;
}

/** @param {Spec} p @param {string} name */
function input(p, name) {
  const ends = p.asks === "number" ? `min="${p.low}" max="${p.high}"` : "";
  const unit = p.unit ? `<b>${safe(p.unit)}</b>` : "";
  const said = name ? ` aria-label="${safe(name)}${p.unit ? `, ${safe(p.unit)}` : ""}"` : "";
  return `<span class="bl-guess-field"><input type="number" step="any" ${ends} inputmode="decimal" placeholder="?" required${said}>${unit}</span>`;
}

/** @param {Spec} p @param {HTMLElement} el @param {import("../state.js").Chart} chart */
function wire(p, el, chart) {
  const inputs = /** @type {HTMLInputElement[]} */ (all(el, "input"));
  const reveal = /** @type {HTMLButtonElement} */ (one(el, "button"));
  const told = () => {
    if (p.asks === "options") return inputs.find((input) => input.checked)?.value ?? "";
    if (!inputs.every((input) => input.value.trim() !== "" && input.checkValidity())) return "";
    const texts = inputs.map((input) => input.value);
    if (p.asks !== "band") return texts[0];
    const pairs = texts.flatMap((text, i) => (i % 2 ? [] : [`${text}~${texts[i + 1]}`]));
    return inputs.some((input, i) => i % 2 && input.value === inputs[i - 1].value) ? "" : pairs.join("_");
  };
  const act = (/** @type {string | null} */ guess) => {
    chart.wants = ".bl-guessed";
    chart.component.setTriggerValue("act", { guess });
  };
  const heard = () => {
    reveal.disabled = !told();
    aimed(chart, inputs);
  };
  el.addEventListener("input", heard);
  el.addEventListener("keydown", (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const { target } = event;
    if (!by || !(target instanceof HTMLInputElement) || target.type !== "number") return;
    event.preventDefault();
    stepped(target, p, by);
    heard();
  });
  one(el, "form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (told()) act(told());
  });
  one(el, "[data-skip]").addEventListener("click", () => act(null));
}

/**
 * One step up or down; from an empty field to the lower end.
 * @param {HTMLInputElement} input
 * @param {Spec} p
 * @param {number} by
 */
function stepped(input, { low = 0, high = 0, step = 1 }, by) {
  const to = input.value === "" ? low : Math.max(low, Math.min(high, +input.value + by * step));
  input.value = String(+to.toPrecision(6));
}
