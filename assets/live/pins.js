// Pinned answers: the button that keeps one, chips that lead back to each, and one line that says what differs since.
import { one } from "./dom.js";
import { drawOverlay } from "./overlay.js";
import { mounted } from "./plotly.js";
import { tag } from "./svg.js";
import { safe } from "./text.js";

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./types.js").PinTold} PinTold */

const SIGN = tag(
  "svg",
  { viewBox: "0 0 16 16", "aria-hidden": "true" },
  tag("path", { d: "M5.5 2H10.5L9.8 7L12 9.3H4L6.2 7ZM8 9.3V14.5" }),
);

export const pinHtml = () =>
  `<button type="button" class="bl-tool" data-tool="pin" title="Pin this answer, to compare others with it" hidden>${SIGN}<span>Pin</span></button>`;

export const pinsHtml = () =>
  `<div class="bl-pins" hidden><p class="bl-pinned" aria-live="polite"></p><div class="bl-chips" role="group" aria-label="Pinned answers"></div></div>`;

/** @param {Chart} chart @param {"pin" | "go" | "drop"} what @param {string} [text] */
function ask(chart, what, text) {
  chart.component.setTriggerValue("pin", { do: what, text, epoch: chart.spec.epoch });
}

/** @param {PinTold} pin @param {number} i @param {boolean} locked */
function chip({ words, here, go }, i, locked) {
  const name = safe(words);
  const to = `<button type="button" data-go="${i}"${here ? ' aria-current="true"' : ""}${go ? "" : " disabled"}>${name}</button>`;
  const off = `<button type="button" data-drop="${i}" aria-label="unpin ${name}" title="Unpin">×</button>`;
  return `<span class="bl-chip">${to}${locked ? "" : off}</span>`;
}

/** Show which pins there are. What the picture was compared with holds only where it still stands. @param {Chart} chart */
export function hearPins(chart) {
  const { spec, root } = chart;
  const { pins } = spec;
  if (!pins) return;
  const button = /** @type {HTMLButtonElement} */ (one(root, '[data-tool="pin"]'));
  button.hidden = !pins.open;
  button.disabled = Boolean(spec.busy) && root.classList.contains("busy");
  const box = one(root, ".bl-pins");
  const chips = one(root, ".bl-chips");
  box.hidden = pins.list.length === 0;
  const html = pins.list.map((pin, i) => chip(pin, i, pins.locked)).join("");
  if (chips.dataset.of !== html) {
    const held = chips.contains(document.activeElement);
    chips.innerHTML = html;
    chips.dataset.of = html;
    const next = /** @type {HTMLElement} */ (chips.querySelector("button:enabled") ?? button);
    if (held) next.focus({ preventScroll: true });
  }
  if (!pins.list.some(({ here }) => !here)) chart.pin = null;
  if (chart.pin && chart.pin.stamp.split("|")[0] !== spec.stamp.split("|")[0]) chart.pin = null;
  sayPin(chart);
}

/** Compare what is on screen with a pinned answer. @param {Chart} chart @param {import("./types.js").PinHeader} header */
export function compareWith(chart, header) {
  if (header.stamp !== chart.spec?.stamp || !chart.spec.pins?.list.length) return;
  chart.pin = header;
  chart.ghost = { of: "", svg: "" };
  const el = chart.root.querySelector('[data-label="pinned"]');
  if (el instanceof HTMLElement) {
    chart.labels.pinned = el;
    el.style.color = "var(--c-muted)";
    el.children[0].textContent = "pinned";
    el.children[1].textContent = header.label;
    delete chart.heights.pinned;
    delete chart.labelWidths.pinned;
  }
  sayPin(chart);
  if (!chart.spec.stage && mounted(chart.plot)) drawOverlay(chart);
}

/** Say what differs: of the picture on screen, not of one that a handle has left. @param {Chart} chart */
export function sayPin(chart) {
  const line = chart.root.querySelector(".bl-pinned");
  if (!(line instanceof HTMLElement)) return;
  const { pin, spec, positions } = chart;
  const here = Boolean(
    pin && pin.stamp === spec.stamp && Object.entries(pin.home).every(([h, at]) => positions[h] === at),
  );
  line.classList.toggle("old", !here);
  const html = pin?.said ? `<b>Against the pin</b> ${pin.said}` : "";
  if (here && line.innerHTML !== html) line.innerHTML = html;
  if (!pin) line.innerHTML = "";
}

/** @param {Chart} chart */
export function wirePins(chart) {
  chart.ghost = { of: "", svg: "" };
  chart.pin = null;
  one(chart.root, '[data-tool="pin"]').addEventListener("click", () => ask(chart, "pin"));
  one(chart.root, ".bl-chips").addEventListener("click", (event) => {
    const button = event.target instanceof Element ? event.target.closest("button") : null;
    const { go, drop } = /** @type {HTMLElement | null} */ (button)?.dataset ?? {};
    const pin = chart.spec.pins?.list[Number(go ?? drop)];
    if (pin) ask(chart, go === undefined ? "drop" : "go", pin.text);
  });
}
