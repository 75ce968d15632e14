// Where the axes of a picture lie on the screen: those of a chart, or those of a stage's easel.
import { one } from "./dom.js";
import { axes, mounted } from "./plotly.js";

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./plotly.js").Axes} Axes */

/** In pixels of the picture's box; null where there are none. @param {Chart} chart @returns {Axes | null} */
export function field({ spec, root, plot, easel }) {
  if (!spec.stage) return mounted(plot) ? axes(plot) : null;
  return easel && between(spec.stage, easel.el, one(root, ".bl-box"));
}

/** Axes that fill an element. @param {any} spec @param {HTMLElement} el @param {HTMLElement} box @returns {Axes | null} */
function between({ x_range: xRange, y_range: yRange }, el, box) {
  const [here, around] = [el.getBoundingClientRect(), box.getBoundingClientRect()];
  if (!here.width || !here.height) return null;
  const [left, top] = [here.left - around.left, here.top - around.top];
  const [x, y] = [(xRange[1] - xRange[0]) / here.width, (yRange[1] - yRange[0]) / here.height];
  return {
    left,
    right: left + here.width,
    top,
    bottom: top + here.height,
    xRange,
    yRange,
    x: (/** @type {number} */ value) => left + (value - xRange[0]) / x,
    y: (/** @type {number} */ value) => top + (yRange[1] - value) / y,
    value: (/** @type {number} */ pixel) => xRange[0] + (pixel - left) * x,
    level: (/** @type {number} */ pixel) => yRange[1] - (pixel - top) * y,
    strip: null,
  };
}
