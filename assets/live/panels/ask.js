// A guess, before the answer is shown.
import { one } from "../dom.js";
import { safe } from "../text.js";
import { head } from "./head.js";

/** @typedef {{text: string, words: string, label: string, value: number, button: string}} Spec */

/** @type {import("../types.js").Panel} */
export const ask = { make, wire };

/** @param {Spec} p */
function make(p) {
  const input = `<input type="range" min="0" max="100" value="${p.value}" aria-label="${safe(p.label)}">`;
  const label = `<label><span>${safe(p.label)}</span><output>${p.value} %</output>${input}</label>`;
  const button = `<button>${safe(p.button)}</button>`;
  return `<div class="bl-ask">${head(p.text)}<p>${safe(p.words)}</p>${label}${button}</div>`;
}

/** @param {Spec} _ @param {HTMLElement} el @param {import("../state.js").Chart} chart */
function wire(_, el, chart) {
  const input = /** @type {HTMLInputElement} */ (one(el, "input"));
  input.addEventListener("input", () => {
    one(el, "output").textContent = `${input.value} %`;
  });
  one(el, "button").addEventListener("click", () => chart.component.setTriggerValue("act", { guess: +input.value }));
}
