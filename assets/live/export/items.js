// What a picture to take away is made of: shapes as SVG, and words each at its own place, so that a canvas can write
// them in the page's fonts, which an SVG drawn as an image does not have.

/** @typedef {[number, number, number, number, number, number]} Matrix */
/** @typedef {{style: string, weight: string, size: number, family: string}} Font */
/** @typedef {{color: string, width: number}} Halo a stroke behind the letters */
/** @typedef {{svg: string}} Shape */
/**
 * @typedef {object} Words
 * @property {string} text
 * @property {Matrix} matrix from its own units to the picture's
 * @property {number} x where it starts
 * @property {number} y its base line
 * @property {number} length
 * @property {Font} font
 * @property {Paint} fill
 * @property {Halo | null} halo
 */
/** @typedef {Shape | Words} Item */
/** @typedef {{color: string, opacity: number}} Paint */

/** @type {Map<string, Paint>} */
const known = new Map();
/** @type {CanvasRenderingContext2D | null} */
let pen = null;

/** A canvas to measure and to mix colours with. */
export function scratch() {
  pen ??= Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", {
    willReadFrequently: true,
  });
  if (!pen) throw new Error("this browser has no canvas");
  return pen;
}

/** A colour of the page as #rrggbb and opacity, however CSS writes it. @param {string} css @returns {Paint} */
export function paint(css) {
  let found = known.get(css);
  if (!found) {
    const board = scratch();
    board.clearRect(0, 0, 1, 1);
    board.fillStyle = "#000";
    board.fillStyle = css;
    board.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = board.getImageData(0, 0, 1, 1).data;
    const opacity = Math.round((a / 255) * 1000) / 1000;
    found = { color: `#${[r, g, b].map((part) => part.toString(16).padStart(2, "0")).join("")}`, opacity };
    known.set(css, found);
  }
  return found;
}

/** @param {number} value */
export const short = (value) => String(Math.round(value * 100) / 100);

/** @param {Object<string, string | number | null | undefined>} look */
export const attributes = (look) =>
  Object.entries(look)
    .filter(([, value]) => value !== null && value !== undefined && value !== "")
    .map(([name, value]) => ` ${name}="${typeof value === "number" ? short(value) : escaped(value ?? "")}"`)
    .join("");

/** @param {string} text */
export const escaped = (text) =>
  text.replace(/[^\P{Cc}\t\n\r]/gu, "").replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** @param {string} name @param {Object<string, string | number | null | undefined>} look @param {string} [inside] */
export const element = (name, look, inside = "") =>
  inside ? `<${name}${attributes(look)}>${inside}</${name}>` : `<${name}${attributes(look)}/>`;

/** @param {CSSStyleDeclaration} style @returns {Font} */
export const fontOf = (style) => ({
  style: style.fontStyle,
  weight: style.fontWeight,
  size: parseFloat(style.fontSize),
  family: style.fontFamily,
});

/** @param {Font} font */
export const css = ({ style, weight, size, family }) => `${style} ${weight} ${size}px ${family}`;

/** Words as SVG. @param {Words} words */
export function written({ text, matrix, x, y, length, font, fill, halo }) {
  const straight = matrix[0] === 1 && matrix[1] === 0 && matrix[2] === 0 && matrix[3] === 1;
  const [across, down] = straight ? [matrix[4], matrix[5]] : [0, 0];
  const behind = halo && { stroke: halo.color, "stroke-width": halo.width, "paint-order": "stroke" };
  const look = {
    transform: straight ? null : `matrix(${matrix.map((n) => Math.round(n * 1e4) / 1e4).join(" ")})`,
    x: x + across,
    y: y + down,
    textLength: text.length > 2 ? length : null, // another font keeps to the place
    lengthAdjust: text.length > 2 ? "spacingAndGlyphs" : null,
    "font-family": font.family.replaceAll('"', "'"),
    "font-size": font.size,
    "font-weight": font.weight === "400" ? null : font.weight,
    "font-style": font.style === "normal" ? null : font.style,
    fill: fill.color,
    "fill-opacity": fill.opacity < 1 ? fill.opacity : null,
    ...behind,
  };
  return `<text xml:space="preserve"${attributes(look)}>${escaped(text)}</text>`;
}
