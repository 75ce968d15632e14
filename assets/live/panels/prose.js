// Prose with live numbers in it; Python has escaped it.
import { head } from "./head.js";

/** @type {import("../types.js").Panel} */
export const prose = {
  make: (/** @type {{text: string, html: string}} */ p) =>
    `<div class="bl-prose">${p.text ? head(p.text) : ""}${p.html}</div>`,
};
