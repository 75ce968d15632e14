// 1,000 people in blocks of ten columns and five rows, so that they can be counted.
import { all } from "../dom.js";
import { light } from "../light.js";
import { path } from "../svg.js";

/** @typedef {import("../state.js").Chart} Chart */

const PEOPLE = 1000;
const CELLS = ["both", "only", "other", "neither"];
const GAP = 0.55; // between blocks, in people
// in a square of 10 x 10
const PERSON = "M5 1.2a1.9 1.9 0 1 1 0 3.8a1.9 1.9 0 1 1 0 -3.8ZM1.6 9.2C1.6 6.8 3 5.7 5 5.7S8.4 6.8 8.4 9.2Z";

/** @type {import("../types.js").Stage} */
export const people = {
  make: () => `<svg class="bl-crowd" aria-hidden="true"><g></g></svg>`,
  draw,
};

/** @param {unknown} _ @param {HTMLElement} el @param {import("../types.js").Frame} frame @param {Chart} chart */
function draw(_, el, frame, chart) {
  const size = `${el.clientWidth}x${el.clientHeight}`;
  if (chart.crowd.size !== size || !el.contains(chart.crowd.people[0] ?? null)) gather(el, chart, size);
  const counts = frame.row("people") ?? [0, 0, 0, 0];
  let i = 0;
  const mark = (/** @type {number} */ until, /** @type {string} */ cell) => {
    for (; i < Math.min(until, PEOPLE); i++) {
      const person = chart.crowd.people[i];
      if (person.dataset.cell !== cell) person.dataset.cell = cell;
    }
  };
  for (const [c, cell] of CELLS.entries()) mark(i + Math.round(counts[c]), cell);
  mark(PEOPLE, "unknown");
  light(chart, chart.lit);
}

/** @param {HTMLElement} el @param {Chart} chart @param {string} size */
function gather(el, chart, size) {
  const svg = el.querySelector("svg");
  if (!svg) return;
  const [width, height] = [el.clientWidth, el.clientHeight];
  const columns = width / height > 1.9 ? 50 : width / height > 1.1 ? 40 : 25;
  const rows = PEOPLE / columns;
  const across = width / (columns + GAP * (columns / 10 - 1));
  const cell = Math.min(across, height / (rows + GAP * (rows / 5 - 1)));
  const at = (/** @type {number} */ i, /** @type {number} */ block) =>
    ((i + Math.floor(i / block) * GAP) * cell).toFixed(2);
  const crowd = Array.from({ length: PEOPLE }, (_, i) => {
    const place = `translate(${at(Math.floor(i / rows), 10)} ${at(i % rows, 5)})`;
    return path(PERSON, { "data-i": i, transform: `${place} scale(${(cell / 10).toFixed(4)})` });
  });
  svg.setAttribute("viewBox", `0 0 ${width} ${height}`);
  for (const group of all(svg, "g")) group.innerHTML = crowd.join("");
  chart.crowd = { people: all(svg, "path"), size };
}
