// What the reader does to the window: another size or another theme mounts the chart anew.
import { all, rem } from "./dom.js";
import { draw, standing } from "./draw.js";
import { inkOf, measure, mountFigure, sizeOf } from "./mount.js";
import { fitBeside } from "./room.js";

/** @typedef {import("./state.js").Chart} Chart */

const SETTLED = 120; // ms without a further change of size

/**
 * @param {Chart} chart
 * @returns {() => void} ends it
 */
export function watch(chart) {
  /** @type {number | undefined} */
  let settling;
  let window_ = "";
  const resized = () => {
    if (!standing(chart)) return;
    const room = `${innerWidth} x ${innerHeight}`;
    fitBeside(chart, room !== window_);
    window_ = room;
    if (sizeOf(chart) === chart.size) return;
    again(chart);
  };
  const resizing = () => {
    clearTimeout(settling);
    settling = setTimeout(resized, SETTLED);
  };
  const sizes = new ResizeObserver(resizing);
  sizes.observe(chart.root);
  chart.furnished = () => {
    window_ = "";
    for (const el of all(chart.root, ".bl-box, .bl-said, .bl-panel")) sizes.observe(el);
  };
  window.addEventListener("resize", resizing); // the picture's height is a share of the window's
  const inked = () => {
    if (!standing(chart) || inkOf(chart).key === chart.theme) return;
    again(chart);
  };
  const themes = new MutationObserver(inked);
  const app = document.querySelector(".stApp") ?? document.body;
  themes.observe(app, { attributes: true, attributeFilter: ["class", "style"] });
  const paper = matchMedia("print"); // on paper it is as wide as the sheet, and light
  const printing = () => standing(chart) && again(chart);
  paper.addEventListener("change", printing);
  return () => {
    clearTimeout(settling);
    paper.removeEventListener("change", printing);
    window.removeEventListener("resize", resizing);
    sizes.disconnect();
    themes.disconnect();
  };
}

/** Show all anew in the room and the colours that there are now. @param {Chart} chart */
function again(chart) {
  chart.rem = rem();
  chart.size = sizeOf(chart);
  chart.theme = inkOf(chart).key;
  if (chart.spec.stage) measure(chart);
  else mountFigure(chart);
  draw(chart, chart.last);
}
