// Walks through a part of the page and writes down what is to be seen there: boxes, canvases, drawings and words.
import { drawSvg } from "./drawing.js";
import { css, element, fontOf, paint, scratch } from "./items.js";

/** @typedef {import("./items.js").Item} Item */
/** @typedef {{left: number, top: number, width: number, height: number}} Box */

const PASSED =
  "button:not(.cm-ring, .bn-node), select, dialog, script, style, [role='tooltip'], .bl-hint, .bl-refused, .bl-walk";
const SIDES = /** @type {const} */ (["Top", "Right", "Bottom", "Left"]);

/**
 * @param {Element} el
 * @param {DOMPoint} origin of the picture, on screen
 * @param {Item[]} out
 * @param {number} [above] opacity of what it stands in
 */
export function walk(el, origin, out, above = 1) {
  if (el.matches(PASSED)) return;
  const look = getComputedStyle(el);
  const opacity = above * parseFloat(look.opacity);
  if (look.display === "none" || opacity < 0.01 || look.clipPath === "inset(50%)") return; // or for screen readers alone
  if (el instanceof SVGSVGElement) {
    if (look.visibility === "visible") drawSvg(el, origin, opacity, out);
    return;
  }
  const seen = look.visibility === "visible";
  const box = placed(el.getBoundingClientRect(), origin);
  if (seen) out.push(...framed(box, look, opacity));
  if (seen && el instanceof HTMLCanvasElement) out.push(painted(el, box, opacity));
  if (el instanceof HTMLInputElement) {
    if (seen) out.push(...(el.type === "range" ? track(el, box, opacity) : field(el, box, look, opacity)));
    return;
  }
  for (const child of el.childNodes) {
    if (child instanceof Element) walk(child, origin, out, opacity);
    else if (child instanceof Text && seen) out.push(...lines(child, look, origin, opacity));
  }
}

/** @param {DOMRect} box @param {DOMPoint} origin @returns {Box} */
const placed = ({ left, top, width, height }, origin) => ({
  left: left - origin.x,
  top: top - origin.y,
  width,
  height,
});

/** Background and borders. @param {Box} box @param {CSSStyleDeclaration} look @param {number} opacity @returns {Item[]} */
function framed({ left, top, width, height }, look, opacity) {
  if (!width && !height) return [];
  const back = paint(look.backgroundColor);
  const round = look.borderTopLeftRadius;
  const rx = Math.min(parseFloat(round) * (round.endsWith("%") ? width / 100 : 1) || 0, width / 2, height / 2);
  const edges = SIDES.map((side) => {
    const line = look[`border${side}Style`];
    const thick = line === "none" || line === "hidden" ? 0 : parseFloat(look[`border${side}Width`]);
    return {
      thick,
      ...paint(look[`border${side}Color`]),
      dash: line === "dashed" ? "4 3" : line === "dotted" ? "1 2" : null,
    };
  });
  const items = [];
  const stripes = striped(look.backgroundImage, { left, top, width, height });
  if (stripes) items.push({ svg: element("g", { opacity }, stripes) });
  if (back.opacity) {
    const fill = { fill: back.color, "fill-opacity": back.opacity * opacity };
    items.push({ svg: element("rect", { x: left, y: top, width, height, rx: rx || null, ...fill }) });
  }
  const [first] = edges;
  const stroke = (/** @type {typeof first} */ edge) => ({
    stroke: edge.color,
    "stroke-width": edge.thick,
    "stroke-opacity": edge.opacity * opacity,
    "stroke-dasharray": edge.dash,
  });
  const shown = (/** @type {typeof first} */ edge) => edge.thick && edge.opacity;
  if (shown(first) && edges.every((edge) => edge.thick === first.thick && edge.color === first.color)) {
    const t = first.thick;
    const inner = { x: left + t / 2, y: top + t / 2, width: Math.max(width - t, 0), height: Math.max(height - t, 0) };
    items.push({ svg: element("rect", { ...inner, rx: rx || null, fill: "none", ...stroke(first) }) });
    return items;
  }
  const [right, bottom] = [left + width, top + height];
  const ends = [
    [left, top + edges[0].thick / 2, right, top + edges[0].thick / 2],
    [right - edges[1].thick / 2, top, right - edges[1].thick / 2, bottom],
    [left, bottom - edges[2].thick / 2, right, bottom - edges[2].thick / 2],
    [left + edges[3].thick / 2, top, left + edges[3].thick / 2, bottom],
  ];
  for (const [i, edge] of edges.entries()) {
    const [x1, y1, x2, y2] = ends[i];
    if (shown(edge)) items.push({ svg: element("line", { x1, y1, x2, y2, ...stroke(edge) }) });
  }
  return items;
}

/**
 * Slanting stripes with hard edges, the one image that stands behind a box of ours (stages/sets.js).
 * @param {string} image
 * @param {Box} box
 */
function striped(image, { left, top, width, height }) {
  if (!image.startsWith("repeating-linear-gradient(135deg")) return "";
  const stops = [...image.matchAll(/(rgba?\([^)]*\)) ([\d.]+)px/g)].map(([, color, at]) => ({
    ...paint(color),
    at: Number(at),
  }));
  const end = stops[stops.length - 1]?.at;
  if (!end) return "";
  const id = `bx-stripes-${stops.map(({ color, at }) => `${color.slice(1)}-${at}`).join("-")}`;
  const colours = stops.map(({ color, at }) => element("stop", { offset: at / end, "stop-color": color })).join("");
  const half = end * Math.SQRT1_2; // along 135 degrees, to the right and down
  const across = { x1: 0, y1: 0, x2: half, y2: half, gradientUnits: "userSpaceOnUse", spreadMethod: "repeat" };
  const place = { x: left, y: top, width, height, fill: `url(#${id})` };
  return element("linearGradient", { id, ...across }, colours) + element("rect", place);
}

/** @param {HTMLCanvasElement} canvas @param {Box} box @param {number} opacity @returns {Item} */
function painted(canvas, { left: x, top: y, width, height }, opacity) {
  const look = { x, y, width, height, preserveAspectRatio: "none", opacity: opacity < 1 ? opacity : null };
  return { svg: element("image", { ...look, href: canvas.toDataURL() }) };
}

/** A handle's track, with its thumb where the handle is. @param {HTMLInputElement} input @param {Box} box @param {number} opacity @returns {Item[]} */
function track(input, { left, top, width, height }, opacity) {
  const look = getComputedStyle(input);
  const colour = (/** @type {string} */ name) => paint(resolved(input, look.getPropertyValue(name))).color;
  const [r, y] = [height * 0.22, top + height / 2];
  const share = (Number(input.value) - Number(input.min)) / (Number(input.max) - Number(input.min) || 1);
  const x = left + r + share * (width - 2 * r);
  const line = { x: left, y: y - 2, width, height: 4, rx: 2, fill: colour("--c-rule"), opacity };
  const thumb = {
    cx: x,
    cy: y,
    r: r - 2,
    fill: colour("--c"),
    stroke: colour("--c-paper"),
    "stroke-width": 2,
    opacity,
  };
  return [{ svg: element("rect", line) + element("circle", thumb) }];
}

/** A custom property as the colour that it is where an element stands. @param {Element} el @param {string} value */
function resolved(el, value) {
  const probe = document.createElement("i");
  probe.style.color = value;
  (el.parentElement ?? document.body).append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

/** @param {HTMLInputElement} input @param {Box} box @param {CSSStyleDeclaration} look @param {number} opacity @returns {Item[]} */
function field(input, box, look, opacity) {
  const font = fontOf(look);
  const pen = scratch();
  pen.font = css(font);
  const { width, fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = pen.measureText(input.value);
  const right = look.textAlign === "right" || look.textAlign === "end";
  const inset = parseFloat(right ? look.paddingRight : look.paddingLeft) || 0;
  const x = right ? box.left + box.width - inset - width : box.left + inset;
  const y = box.top + (box.height + up - down) / 2;
  return input.value ? [words(input.value, x, y, width, font, look.color, opacity)] : [];
}

/** @param {string} text @param {number} x @param {number} y @param {number} length @param {import("./items.js").Font} font @param {string} color @param {number} opacity @returns {Item} */
function words(text, x, y, length, font, color, opacity) {
  const fill = paint(color);
  const inked = { color: fill.color, opacity: fill.opacity * opacity };
  return { text, matrix: [1, 0, 0, 1, 0, 0], x, y, length, font, fill: inked, halo: null };
}

/** A text as it is broken into lines on screen. @param {Text} node @param {CSSStyleDeclaration} look @param {DOMPoint} origin @param {number} opacity @returns {Item[]} */
function lines(node, look, origin, opacity) {
  if (!node.data.trim()) return [];
  /** @type {{text: string, left: number, right: number, top: number, height: number}[]} */
  const rows = [];
  const range = document.createRange();
  for (let i = 0; i < node.length; i++) {
    range.setStart(node, i);
    range.setEnd(node, i + 1);
    const [box] = range.getClientRects();
    if (!box?.width) continue; // white space that is not shown
    const row = rows[rows.length - 1];
    const sign = /\s/.test(node.data[i]) ? " " : node.data[i];
    if (row && Math.abs(row.top - box.top) < 2 && box.left >= row.left) {
      row.text += sign;
      row.right = box.right;
    } else rows.push({ text: sign, left: box.left, right: box.right, top: box.top, height: box.height });
  }
  const font = fontOf(look);
  const pen = scratch();
  pen.font = css(font);
  const { fontBoundingBoxAscent: up, fontBoundingBoxDescent: down } = pen.measureText("x");
  const caps = look.textTransform === "uppercase";
  return rows.map(({ text, left, right, top, height }) => {
    const base = top + (height * up) / (up + down) - origin.y;
    return words(caps ? text.toUpperCase() : text, left - origin.x, base, right - left, font, look.color, opacity);
  });
}
