// What a guess is worth beside the answer, and a button that asks once more.
import { one } from "../dom.js";
import { safe } from "../text.js";
import { head } from "./head.js";

/** @typedef {{text: string, html: string, button: string}} Spec `html` is why, with live numbers in it */

/** @type {import("../types.js").Panel} */
export const guessed = {
  make: (/** @type {Spec} */ p) =>
    `<section class="bl-guessed" tabindex="-1" aria-label="${safe(p.text)}">${head(p.text)}` +
    `<p class="bl-verdict" data-word="guess.verdict"></p>${p.html}<button type="button">${safe(p.button)}</button></section>`,
  wire(_, el, chart) {
    one(el, "button").addEventListener("click", () => {
      chart.wants = ".bl-ask input";
      chart.component.setTriggerValue("act", { again: true });
    });
  },
};
