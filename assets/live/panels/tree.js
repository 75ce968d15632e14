// Natural frequencies as a tree.
import { colour, path, tag, words } from "../svg.js";
import { head } from "./head.js";

/** @typedef {{text: string, names: Object<string, string>}} Spec */

/** @type {[number, number, string, string][]} x, y, name and colour; a node's children are at 2 i + 1 and 2 i + 2 */
const NODES = [
  [150, 14, "all", "data"],
  [75, 62, "A", "prior"],
  [225, 62, "notA", "muted"],
  [36, 112, "both", "posterior"],
  [112, 112, "only", "prior"],
  [188, 112, "other", "posterior"],
  [264, 112, "neither", "muted"],
];

/** @type {import("../types.js").Panel} */
export const tree = {
  make: (/** @type {Spec} */ p) =>
    `<div class="bl-tree">${head(p.text)}<svg viewBox="0 0 300 142" role="img"></svg></div>`,
  draw,
};

/** @param {Spec} p @param {HTMLElement} el @param {import("../types.js").Frame} frame */
function draw(p, el, frame) {
  const svg = el.querySelector("svg");
  if (!svg) return;
  const edges = NODES.slice(1).map(([x, y], i) => {
    const [fromX, fromY] = NODES[Math.floor(i / 2)];
    return path(`M${fromX} ${fromY + 22}L${x} ${y - 14}`, { stroke: colour("muted"), "stroke-width": 1, opacity: 0.7 });
  });
  const large = { "text-anchor": "middle", "font-size": 14.5, "font-weight": 600 };
  const small = { "text-anchor": "middle", "font-size": 11.5, fill: colour("muted") };
  const nodes = NODES.map(([x, y, name, concept]) => {
    const count = words(x, y + 1, frame.word(`tree.${name}`) ?? "", { ...large, fill: colour(concept) });
    return tag("g", { "data-cell": name }, count + words(x, y + 15, p.names[name], small));
  });
  svg.innerHTML = edges.join("") + nodes.join("");
  svg.setAttribute("aria-label", frame.word("tree.alt") ?? "");
}
