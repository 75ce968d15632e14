// A guess, before the answer is shown. Its field starts empty: a number in it would be a hint.
import { one } from "../dom.js";
import { safe } from "../text.js";
import { head } from "./head.js";

/** @typedef {{text: string, words: string, label: string, button: string, skip: string}} Spec */

/** @type {import("../types.js").Panel} */
export const ask = { make, wire };

/** @param {Spec} p */
function make(p) {
  const input = '<input type="number" min="0" max="100" step="1" inputmode="numeric" placeholder="?" required>';
  const label = `<label><span>${safe(p.label)}</span>${input}</label>`;
  const buttons = `<button disabled>${safe(p.button)}</button><button type="button" data-skip>${safe(p.skip)}</button>`;
  return `<div class="bl-ask">${head(p.text)}<form novalidate><p>${safe(p.words)}</p>${label}${buttons}</form></div>`;
}

/** @param {Spec} _ @param {HTMLElement} el @param {import("../state.js").Chart} chart */
function wire(_, el, chart) {
  const input = /** @type {HTMLInputElement} */ (one(el, "input"));
  const reveal = /** @type {HTMLButtonElement} */ (one(el, "button"));
  const told = () => input.value.trim() !== "" && input.checkValidity();
  const act = (/** @type {number | null} */ guess) => chart.component.setTriggerValue("act", { guess });
  input.addEventListener("input", () => {
    reveal.disabled = !told();
  });
  one(el, "form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (told()) act(+input.value);
  });
  one(el, "[data-skip]").addEventListener("click", () => act(null));
}
