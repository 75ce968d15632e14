// The number at a handle, which is a field: it says where the handle stands, or what a reader typed and Python refuses.
import { one } from "./dom.js";
import { safe } from "./text.js";

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./types.js").Handle} Handle */

const WITH_UNIT = /^([−+\d.,]+)\s(\D+)$/; // "14 ms", "91 %"

/** @param {Handle} h */
export function numberHtml(h) {
  const name = safe(`${h.label.join("")}, exact value`);
  const kind = `type="text" inputmode="decimal" autocomplete="off" maxlength="40"`;
  const field = `class="bl-num-field" ${kind} aria-label="${name}"`;
  return `<span class="bl-number"><input ${field}${h.locked ? " disabled" : ""}><span class="bl-unit"></span></span>`;
}

/** @param {Handle} h */
export const noteHtml = (h) => `<p class="bl-refused" id="bl-refused-${h.id}" role="alert" hidden></p>`;

/** @param {Chart} chart @param {string} id */
export function parts(chart, id) {
  const box = one(chart.root, `[data-handle="${id}"]`);
  return {
    field: /** @type {HTMLInputElement} */ (one(box, ".bl-num-field")),
    unit: one(box, ".bl-unit"),
    note: one(box, ".bl-refused"),
  };
}

/**
 * Write where a handle stands: in its words, or exactly while a reader is in the field.
 * @param {Chart} chart
 * @param {Handle} h
 */
export function drawNumber(chart, h) {
  if (chart.typed[h.id]) return;
  const { field, unit } = parts(chart, h.id);
  const at = chart.positions[h.id];
  const text = (document.activeElement === field ? h.written : h.texts)[at];
  const [, number, of] = WITH_UNIT.exec(text) ?? [text, text, ""];
  write(field, number);
  if (unit.textContent !== of) unit.textContent = of;
}

/** @param {HTMLInputElement} field @param {string} text */
export function write(field, text) {
  const width = `${Math.max(1, text.length) + 0.6}ch`;
  if (field.value !== text) field.value = text;
  if (field.style.width !== width) field.style.width = width;
}

/** Take back what stands in a field only. @param {Chart} chart @param {string} id */
export function standUp(chart, id) {
  if (!chart.typed[id]) return;
  delete chart.typed[id];
  const { field, note } = parts(chart, id);
  pardon(field, note);
}

/** Take a refusal away. @param {HTMLElement} field @param {HTMLElement} note */
export function pardon(field, note) {
  note.hidden = true;
  field.removeAttribute("aria-invalid");
  field.removeAttribute("aria-describedby");
}

/**
 * Say under a field why the text in it is refused; it stays there.
 * @param {HTMLInputElement} field
 * @param {HTMLElement} note
 * @param {{text: string, why: string}} refused
 */
export function refuse(field, note, { text, why }) {
  write(field, text);
  note.textContent = `${why}.`;
  note.hidden = false;
  field.setAttribute("aria-invalid", "true");
  field.setAttribute("aria-describedby", note.id);
}

/**
 * Hear what Python makes of what was typed. A refused text stays with its note until the handle moves or the scene does.
 * @param {Chart} chart
 * @param {import("./types.js").Refusal | null} refused
 * @param {boolean} fresh
 */
export function hear(chart, refused, fresh) {
  const answer = Object.values(chart.typed).includes("sent");
  for (const [id, state] of Object.entries(chart.typed)) {
    if (state === "sent" || (fresh && !answer)) standUp(chart, id);
  }
  if (!refused) return;
  const { field, note } = parts(chart, refused.handle);
  chart.typed[refused.handle] = "refused";
  refuse(field, note, refused);
}

/**
 * Enter sends what was typed, Escape takes it back; either leaves the reader in the field.
 * @param {HTMLInputElement} field
 * @param {() => void} send
 * @param {() => void} restore
 */
export function wireEnds(field, send, restore) {
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") send();
    if (event.key === "Escape") restore();
    if (event.key === "Enter" || event.key === "Escape") field.select();
  });
}
