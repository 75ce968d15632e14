// Small multiples of repeated worlds: band, truth and points of each, and a sign whether the band holds the whole truth.
// Each is a button that enters it as the data.
import { all, calm, one, within } from "../dom.js";
import { colour, path, trail } from "../svg.js";
import { head } from "./head.js";

/** @typedef {[number, number]} Range */
/** @typedef {{x: number[], truth: number[], points: number[], x_range: Range, y_range: Range}} Places */
/** @typedef {{text: string, count: number, names: Object<string, string>, enter: string, concept: string}} Said */
/** @typedef {Places & Said} Spec */

const [W, H, OFF] = [100, 62, 40];

/** @type {import("../types.js").Panel} */
export const worlds = { make, draw, wire };

/** @param {Spec} p */
function make(p) {
  const svg = `<svg viewBox="0 0 ${W} ${H}" preserveAspectRatio="none" aria-hidden="true"></svg>`;
  const one_ = (/** @type {unknown} */ _, /** @type {number} */ i) =>
    `<button type="button" data-world="${i + 1}">${svg}<span aria-hidden="true"><i></i>${i + 1}</span></button>`;
  const buttons = Array.from({ length: p.count }, one_).join("");
  const told = `<p data-word="worlds.words"></p>`;
  const group = `<div class="bl-world-grid" role="group" style="--c:${colour(p.concept)}">${buttons}</div>`;
  return `<div class="bl-worlds" hidden>${head(p.text)}${told}${group}</div>`;
}

/** @param {Spec} p @param {HTMLElement} el @param {import("../types.js").Frame} frame */
function draw(p, el, frame) {
  const [bands, data] = [frame.row("worlds.bands"), frame.row("worlds.data")];
  const signs = [...(frame.word("worlds.signs") ?? "")];
  const box = one(el, ".bl-worlds");
  const opens = box.hidden && Boolean(bands) && document.activeElement?.closest(".bl-meter");
  box.hidden = !bands;
  if (opens) box.scrollIntoView({ block: "nearest", behavior: calm() ? "auto" : "smooth" });
  if (!bands || !data) return;
  one(box, "[role=group]").setAttribute("aria-label", frame.word("worlds.words") ?? "");
  const entered = frame.row("worlds.entered")?.[0];
  for (const [i, button] of all(box, "[data-world]").entries()) {
    const sign = signs[i] ?? "";
    button.classList.toggle("missed", sign === "✗");
    button.setAttribute("aria-pressed", String(i + 1 === entered));
    button.setAttribute("aria-label", `${p.enter} ${i + 1}: ${p.names[sign] ?? ""}`);
    one(button, "i").textContent = sign;
    one(button, "svg").innerHTML = picture(p, part(bands, i, 2 * p.x.length), part(data, i, p.points.length));
  }
}

/** @param {Float64Array} row @param {number} i @param {number} size */
const part = (row, i, size) => row.subarray(i * size, (i + 1) * size);

/** @param {Spec} p @param {Float64Array} band lower edge, then the upper one @param {Float64Array} data */
function picture(p, band, data) {
  const x = (/** @type {number} */ v) => ((v - p.x_range[0]) / (p.x_range[1] - p.x_range[0])) * W;
  const y = (/** @type {number} */ v) =>
    within(H - ((v - p.y_range[0]) / (p.y_range[1] - p.y_range[0])) * H, -OFF, H + OFF);
  const n = p.x.length;
  const line = (/** @type {ArrayLike<number>} */ row) =>
    trail(
      n,
      (k) => x(p.x[k]),
      (k) => y(row[k]),
    );
  const back = trail(
    n,
    (k) => x(p.x[n - 1 - k]),
    (k) => y(band[2 * n - 1 - k]),
  );
  const dots = p.points.map((at, k) => `M${x(at).toFixed(1)} ${y(data[k]).toFixed(1)}h.01`).join("");
  return (
    path(`${line(band.subarray(0, n))}${back.replace("M", "L")}Z`, { class: "bl-w-band" }) +
    path(line(p.truth), { class: "bl-w-truth" }) +
    path(dots, { class: "bl-w-dot" })
  );
}

/** @param {Spec} _ @param {HTMLElement} el @param {import("../state.js").Chart} chart */
function wire(_, el, chart) {
  for (const button of all(el, "[data-world]")) {
    const world = Number(button.dataset.world);
    button.addEventListener("click", () => chart.component.setTriggerValue("act", { world }));
  }
}
