// Everything around the picture, made once per shape of it: handles, labels, panels, the sentence.
import { aimHtml, wireAim } from "./aim.js";
import { one, rem, slider } from "./dom.js";
import { gripHtml, wireGrip } from "./grip.js";
import { handleHtml, wireHandle } from "./handles.js";
import { hangs } from "./hanging.js";
import { wireLight } from "./light.js";
import { drawingHtml, padHtml, wirePen } from "./pad.js";
import { panel } from "./panels.js";
import { pinHtml, pinsHtml, wirePins } from "./pins.js";
import { playerHtml, wirePlayer } from "./player.js";
import { wirePointing } from "./pointing.js";
import { readerHtml, readingHtml, wireReader } from "./reader.js";
import { sayHtml } from "./speech.js";
import { stage } from "./stages.js";
import { colour } from "./svg.js";
import { walkHtml, wireWalk } from "./walk.js";

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./types.js").Picture} Picture */
/** @typedef {import("./types.js").Label} Label */

/** @param {Chart} chart */
export function build(chart) {
  const { spec, root } = chart;
  const held = focused(root);
  chart.pen.keyboard = penHolds(root);
  root.className = ["bl", spec.present ? "present" : "", spec.stage ? `staged ${spec.stage.type}` : ""]
    .join(" ")
    .trim();
  chart.typed = {}; // a field that leaves the page while something stands in it has nothing to send
  root.innerHTML = html(spec);
  root.dataset.hides = spec.hides.join(" ");
  chart.plot = /** @type {import("./plotly.js").Plot} */ (one(root, ".bl-plot"));
  chart.overlay = one(root, ".bl-over svg");
  chart.note = one(root, ".bl-note");
  chart.xTitle = one(root, ".bl-xt");
  chart.stripTitle = one(root, ".bl-strip");
  chart.labels = Object.fromEntries(spec.labels.map(({ id }) => [id, one(root, `[data-label="${id}"]`)]));
  chart.figure = null;
  chart.rem = rem();
  chart.stopPlaying?.();
  for (const handle of spec.handles) {
    wireHandle(chart, handle);
    wirePlayer(chart, handle);
  }
  if (!spec.stage) wirePointing(chart);
  if (spec.stage) stage(spec.stage).wire?.(spec.stage, one(root, ".bl-stage"), chart);
  chart.easel = (spec.stage && stage(spec.stage).easel?.(spec.stage, one(root, ".bl-stage"), chart)) || null;
  wireWalk(chart);
  wireGrip(chart);
  wireAim(chart);
  wireReader(chart);
  wirePins(chart);
  if (drawable(spec)) wirePen(chart);
  wireLight(chart);
  for (const [i, p] of spec.panels.entries()) panel(p).wire?.(p, one(root, `[data-panel="${i}"]`), chart);
  if (held && root.querySelector(`[data-handle="${held}"]`)) slider(root, held).focus({ preventScroll: true });
  if (chart.wants) keyboardTo(chart, chart.wants);
  sayHtml(chart, chart.said, chart.told);
  chart.furnished();
}

/** After a guess the keyboard goes to what it is worth, after "guess again" to the field. @param {Chart} chart @param {string} wanted */
function keyboardTo(chart, wanted) {
  const el = chart.root.querySelector(wanted);
  if (!(el instanceof HTMLElement)) return;
  chart.wants = null;
  el.focus({ preventScroll: true });
  el.closest("section")?.scrollIntoView({ block: "nearest" });
}

/** What of a drawing has the keyboard. @param {HTMLElement} root */
function penHolds(root) {
  const el = document.activeElement;
  if (!(el instanceof HTMLElement) || !root.contains(el)) return "";
  const { i, draw: button } = el.dataset;
  if (el.matches(".bl-cross")) return ".bl-cross";
  if (el.matches(".bl-brush input")) return ".bl-brush input:checked";
  return i !== undefined && el.matches(".bl-dot") ? `.bl-dot[data-i="${i}"]` : button ? `[data-draw="${button}"]` : "";
}

/** The handle that has the keyboard. @param {HTMLElement} root */
function focused(root) {
  const { activeElement } = document;
  return root.contains(activeElement) ? activeElement?.closest("[data-handle]")?.getAttribute("data-handle") : null;
}

/** @param {Picture} spec */
function html(spec) {
  const hands = spec.handles.map((handle) => handleHtml(handle, playerHtml()));
  const under = spec.panels.some((p) => p.under) ? `<div class="bl-under">${panels(spec, true)}</div>` : "";
  return (
    `<span class="bl-probe" hidden></span><div class="bl-main">${box(spec)}${spec.walk ? walkHtml(spec.walk) : ""}${hidesHtml(spec)}${tools(spec)}` +
    `<div class="bl-hands" data-count="${hands.length}">${hands.join("")}</div>` +
    `<p class="bl-said" aria-live="polite"></p>${pinsHtml()}${under}</div><div class="bl-side">${panels(spec, false)}</div>`
  );
}

/** Whether points can be drawn on such a picture. @param {Picture} spec */
const drawable = ({ stage: staged }) => !staged || Boolean(stage(staged).easel);

/** What a reader may do with the picture. @param {Picture} spec */
function tools(spec) {
  const { probe, stage: staged } = spec;
  const read = probe && !staged ? [readerHtml(probe), readingHtml(probe)] : ["", ""];
  const pen = drawable(spec) ? [padHtml(), drawingHtml()] : ["", ""];
  return `<div class="bl-tools">${pen[0]}${read[0]}${pinHtml()}</div>${pen[1]}${read[1]}`;
}

/** What the link hides, in words; Python says the same of the alternative text. @param {Picture} spec */
const hidesHtml = ({ hides }) =>
  hides.length ? `<p class="bl-hides">Hidden by the link: ${hides.map((part) => `the ${part}`).join(", ")}.</p>` : "";

/** @param {Picture} spec */
function box({ stage: spec, labels, grip, mark }) {
  const picture = spec ? `<div class="bl-stage">${stage(spec).make(spec)}</div>` : "";
  const titles = `<div class="bl-title"></div><div class="bl-strip"></div><div class="bl-xt"></div><div class="bl-note"></div>`;
  const caption = `<div class="bl-caption" data-word="caption"></div>`;
  const over = `<div class="bl-over" aria-hidden="true"><svg></svg>${titles}${caption}${labels.map(labelHtml).join("")}<div data-label="pinned" class="bl-lab" hidden><b></b><span></span></div></div>`;
  const busy = `<div class="bl-busy" role="status" hidden></div>`;
  const none = `<p class="bl-none" data-word="none"></p>`; // why there is nothing to see here
  return `<div class="bl-box" role="${spec && stage(spec).open ? "group" : "img"}">${picture}<div class="bl-plot"></div>${over}${grip ? gripHtml(grip) : ""}${mark?.open ? aimHtml() : ""}${none}${busy}</div>`;
}

/** @param {Label} label */
function labelHtml(label) {
  const look = `class="bl-lab${hangs(label) ? " hung" : ""}" style="color:${colour(label.concept)}"`;
  return `<div data-label="${label.id}" ${look}><b></b><span></span></div>`;
}

/** @param {Picture} spec @param {boolean} under */
function panels(spec, under) {
  const made = spec.panels.map((p, i) =>
    Boolean(p.under) === under ? `<div class="bl-panel ${p.type}" data-panel="${i}">${panel(p).make(p)}</div>` : "",
  );
  return made.join("");
}
