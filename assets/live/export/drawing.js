// An SVG of the page as SVG that stands by itself: every shape with the colours that it has on screen.
import { attributes, element, fontOf, paint } from "./items.js";

/** @typedef {import("./items.js").Item} Item */
/** @typedef {import("./items.js").Matrix} Matrix */

const KEPT = new Set([
  "defs",
  "clipPath",
  "marker",
  "mask",
  "pattern",
  "linearGradient",
  "radialGradient",
  "stop",
  "symbol",
]);
const PASSED = new Set(["title", "desc", "style", "script", "foreignObject", "metadata"]);
const GROUPS = new Set(["g", "svg", "a", "switch"]);
const OURS =
  /^(class|style|tabindex|role|cursor|opacity|clip-path|mask|text-anchor|pointer-events|vector-effect|xmlns|on[a-z]+|(aria|data|fill|stroke|marker|font)(-.*)?)$/;
const LENGTHS = ["stroke-width", "stroke-dasharray", "stroke-dashoffset"];
const ENDS = ["stroke-linecap", "stroke-linejoin"];
const USUAL = new Set(["none", "0px", "butt", "miter"]);

/**
 * @param {SVGSVGElement} svg
 * @param {DOMPoint} origin of the picture, on screen
 * @param {number} opacity
 * @param {Item[]} out
 */
export function drawSvg(svg, origin, opacity, out) {
  const at = matrixOf(svg, origin);
  if (!at) return;
  const look = getComputedStyle(svg);
  const { left, top, width, height } = svg.getBoundingClientRect();
  const clip = look.overflow === "visible" ? "" : `bx-clip-${out.length}`;
  const window_ = element("rect", { x: left - origin.x, y: top - origin.y, width, height });
  /** @type {Item[]} */
  const words = [];
  const inside = [...svg.children].map((child) => copy(child, origin, opacity, words)).join("");
  const drawn = element("g", { transform: written(at), opacity: opacity < 1 ? opacity : null }, inside);
  if (inside && clip) {
    const path = element("clipPath", { id: clip }, window_);
    out.push({ svg: path + element("g", { "clip-path": `url(#${clip})` }, drawn) });
  } else if (inside) out.push({ svg: drawn });
  out.push(...words);
}

/** @param {Matrix} matrix */
const written = (matrix) => `matrix(${matrix.map((n) => Math.round(n * 1e4) / 1e4).join(" ")})`;

/** @param {SVGGraphicsElement} el @param {DOMPoint} origin @returns {Matrix | null} */
function matrixOf(el, origin) {
  const m = el.getScreenCTM();
  return m && [m.a, m.b, m.c, m.d, m.e - origin.x, m.f - origin.y];
}

/** @param {Element} el @param {DOMPoint} origin @param {number} opacity @param {Item[]} words @returns {string} */
function copy(el, origin, opacity, words) {
  const name = el.localName;
  if (PASSED.has(name)) return "";
  const look = getComputedStyle(el);
  const kept = KEPT.has(name) || el.closest("defs, clipPath, marker, mask, pattern") !== null;
  const own = parseFloat(look.opacity);
  if (!kept && (look.display === "none" || own === 0)) return "";
  if (name === "text") {
    write(/** @type {SVGTextElement} */ (el), origin, opacity * own, words);
    return "";
  }
  const inside = [...el.children].map((child) => copy(child, origin, opacity * own, words)).join("");
  const given = [...el.attributes].filter((one) => !OURS.test(one.name) && !one.name.includes(":"));
  const geometry = Object.fromEntries(given.map((one) => [one.name, one.value]));
  const hung = { ...geometry, ...references(look), opacity: own < 1 ? own : null };
  if (name === "stop")
    return element(name, { ...geometry, "stop-color": paint(look.stopColor).color, "stop-opacity": look.stopOpacity });
  if (GROUPS.has(name) || KEPT.has(name)) return inside || KEPT.has(name) ? element(name, hung, inside) : "";
  if (look.visibility !== "visible" && !kept) return "";
  if (name === "image")
    return `<image${attributes({ ...hung, href: el.getAttribute("href") ?? el.getAttributeNS("http://www.w3.org/1999/xlink", "href") })}/>`;
  const inked = ink(look, look.vectorEffect === "non-scaling-stroke" ? scaleOf(el) : 1);
  return inked || kept ? element(name, { ...hung, ...inked }, inside) : "";
}

/** Clips and marks that a shape refers to. @param {CSSStyleDeclaration} look */
function references(look) {
  /** @type {Object<string, string>} */
  const found = {};
  for (const name of ["clip-path", "mask", "marker-start", "marker-mid", "marker-end"]) {
    const id = /url\(["']?[^"')]*#([^"')]+)/.exec(look.getPropertyValue(name))?.[1];
    if (id) found[name] = `url(#${id})`;
  }
  return found;
}

/** Pixels of the screen to a unit of a shape's own. @param {Element} el */
function scaleOf(el) {
  const m = /** @type {SVGGraphicsElement} */ (el).getScreenCTM?.();
  return m ? Math.sqrt(Math.abs(m.a * m.d - m.b * m.c)) || 1 : 1;
}

/**
 * A shape's fill and stroke, nothing where it is not to be seen. A stroke that does not grow with the shape is as wide
 * as on screen: `scale` pixels are a unit.
 * @param {CSSStyleDeclaration} look
 * @param {number} scale
 */
function ink(look, scale) {
  const filled = look.fill === "none" ? null : paint(look.fill);
  const drawn = look.stroke === "none" || parseFloat(look.strokeWidth) === 0 ? null : paint(look.stroke);
  const [fill, stroke] = [
    filled && filled.opacity * parseFloat(look.fillOpacity),
    drawn && drawn.opacity * parseFloat(look.strokeOpacity),
  ];
  if (!fill && !stroke) return null;
  /** @type {Object<string, string | number | null>} */
  const inked = { fill: fill && filled ? filled.color : "none", "fill-opacity": fill && fill < 1 ? fill : null };
  if (!stroke || !drawn) return inked;
  Object.assign(inked, { stroke: drawn.color, "stroke-opacity": stroke < 1 ? stroke : null });
  for (const name of [...LENGTHS, ...ENDS]) {
    const value = look.getPropertyValue(name);
    if (!value || USUAL.has(value)) continue;
    const scaled = (/** @type {string} */ part) => String(Math.round((parseFloat(part) / scale) * 1000) / 1000);
    inked[name] = ENDS.includes(name)
      ? value
      : value
          .split(/[\s,]+/)
          .map(scaled)
          .join(" ");
  }
  if (look.paintOrder.startsWith("stroke")) inked["paint-order"] = "stroke";
  return inked;
}

/** Words of an SVG: those of a tspan stand where it is. @param {SVGTextContentElement} el @param {DOMPoint} origin @param {number} opacity @param {Item[]} words */
function write(el, origin, opacity, words) {
  const parts = /** @type {SVGTextContentElement[]} */ ([...el.querySelectorAll("tspan")]);
  for (const part of parts.length ? parts.filter((one) => !one.children.length) : [el]) {
    const text = (part.textContent ?? "").replace(/\s+/g, " ").trim();
    const look = getComputedStyle(part);
    const matrix = matrixOf(part.localName === "tspan" ? el : part, origin);
    if (!text || !matrix || look.visibility !== "visible" || !part.getNumberOfChars()) continue;
    const fill = paint(look.fill);
    const { x, y } = part.getStartPositionOfChar(0);
    const behind = look.paintOrder.startsWith("stroke") && look.stroke !== "none";
    words.push({
      text,
      matrix,
      x,
      y,
      length: part.getComputedTextLength(),
      font: fontOf(look),
      fill: { color: fill.color, opacity: fill.opacity * parseFloat(look.fillOpacity) * opacity },
      halo: behind ? { color: paint(look.stroke).color, width: parseFloat(look.strokeWidth) } : null,
    });
  }
}
