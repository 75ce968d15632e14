// The picture on screen as one file: question above it, everything that is said of it, and where it comes from below.
import { css, element, escaped, paint, scratch, written } from "./items.js";
import { walk } from "./walk.js";

/** @typedef {import("./items.js").Item} Item */
/** @typedef {import("./items.js").Font} Font */
/** @typedef {{width: number, height: number, paper: string, items: Item[], title: string, alt: string}} Sheet */

const MARGIN = 28;
const SCALE = 2; // pixels of a PNG to one of the screen

/**
 * Everything of a picture as it stands on the screen, in the colours it has there.
 * @param {HTMLElement} root
 * @param {{title: string, source: string}} said
 * @returns {Sheet}
 */
export function sheetOf(root, { title, source }) {
  const { left, top, width, height } = root.getBoundingClientRect();
  const look = getComputedStyle(root);
  const [ink, muted] = [look.color, colourOf(root, "--c-muted")];
  const family = getComputedStyle(root.querySelector(".bl-said") ?? root).fontFamily;
  const head = block(title, font(look, { family, size: 26, weight: "600" }), ink, width, 1.2);
  const start = MARGIN + head.height + 14;
  const foot = block([...unseen(root), source].join(" · "), font(look, { size: 13 }), muted, width, 1.4);
  /** @type {Item[]} */
  const items = head.at(MARGIN, MARGIN);
  walk(root, new DOMPoint(left - MARGIN, top - start), items);
  const end = start + height + 18;
  const rule = {
    x1: MARGIN,
    x2: MARGIN + width,
    y1: end - 8,
    y2: end - 8,
    stroke: paint(colourOf(root, "--c-rule")).color,
  };
  items.push({ svg: element("line", rule) }, ...foot.at(MARGIN, end));
  const paper = paint(colourOf(root, "--c-paper")).color;
  const alt = root.querySelector(".bl-box")?.getAttribute("aria-label") ?? "";
  return { width: width + 2 * MARGIN, height: end + foot.height + MARGIN, paper, items, title, alt };
}

/** @param {CSSStyleDeclaration} look @param {Partial<Font>} own @returns {Font} */
const font = (look, own) => ({ style: "normal", weight: "400", size: 16, family: look.fontFamily, ...own });

/** What a narrow screen leaves out of its labels: level and kind of an interval belong to the picture. @param {HTMLElement} root */
function unseen(root) {
  const labels = [...root.querySelectorAll(".bl-lab:not([hidden])")].map(({ children: [name, gloss] }) => {
    const left = gloss instanceof HTMLElement && !gloss.offsetParent ? gloss.textContent : "";
    return left ? `${name.textContent}: ${left}` : "";
  });
  return labels.filter(Boolean);
}

/** A token's colour. @param {HTMLElement} root @param {string} name */
function colourOf(root, name) {
  const probe = document.createElement("i");
  probe.style.color = `var(${name})`;
  root.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/**
 * Words broken into lines of a width; a long word, such as an address, anywhere.
 * @param {string} text
 * @param {Font} font
 * @param {string} color
 * @param {number} width
 * @param {number} leading
 */
function block(text, font, color, width, leading) {
  const pen = scratch();
  pen.font = css(font);
  const wide = (/** @type {string} */ part) => pen.measureText(part).width;
  /** @type {string[]} */
  const rows = [];
  let row = "";
  for (const part of text.split(/(?<=\s)|(?<=[&?,/=])/)) {
    if (row && wide(row + part.trimEnd()) > width) {
      rows.push(row.trimEnd());
      row = "";
    }
    row += part;
  }
  rows.push(row.trimEnd());
  const step = font.size * leading;
  const lengths = rows.map(wide);
  const still = /** @type {import("./items.js").Matrix} */ ([1, 0, 0, 1, 0, 0]);
  return {
    height: rows.length * step,
    /** @param {number} x @param {number} y @returns {Item[]} */
    at: (x, y) =>
      rows.map((said, i) => {
        const place = { matrix: still, x, y: y + i * step + font.size, length: lengths[i] };
        return { text: said, ...place, font, fill: paint(color), halo: null };
      }),
  };
}

/** @param {Sheet} sheet @param {boolean} [wordless] without its words, which a canvas writes itself */
export function svgOf({ width, height, paper, items, title, alt }, wordless = false) {
  const [w, h] = [Math.ceil(width), Math.ceil(height)];
  const drawn = items.map((item) => ("svg" in item ? item.svg : wordless ? "" : written(item)));
  const named = `<title>${escaped(title)}</title><desc>${escaped(alt)}</desc>`;
  const back = element("rect", { width: w, height: h, fill: paper });
  const open = `<svg xmlns="http://www.w3.org/2000/svg" width="${w}" height="${h}" viewBox="0 0 ${w} ${h}" role="img">`;
  return `${open}${named}${back}${drawn.join("\n")}</svg>`;
}

/** @param {Sheet} sheet @returns {Promise<Blob>} */
export async function pngOf(sheet) {
  const canvas = document.createElement("canvas");
  canvas.width = SCALE * Math.ceil(sheet.width);
  canvas.height = SCALE * Math.ceil(sheet.height);
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("this browser has no canvas");
  const shapes = await drawable(svgOf(sheet, true));
  pen.drawImage(shapes, 0, 0, canvas.width, canvas.height);
  for (const item of sheet.items) if ("text" in item) write(pen, item);
  return new Promise((resolve, reject) =>
    canvas.toBlob((made) => (made ? resolve(made) : reject(new Error("no picture was made"))), "image/png"),
  );
}

/** @param {string} svg @returns {Promise<HTMLImageElement>} */
async function drawable(svg) {
  const image = new Image();
  image.src = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    await image.decode();
  } finally {
    URL.revokeObjectURL(image.src);
  }
  return image;
}

/** @param {CanvasRenderingContext2D} pen @param {import("./items.js").Words} words */
function write(pen, { text, matrix: [a, b, c, d, e, f], x, y, font, fill, halo }) {
  pen.setTransform(SCALE * a, SCALE * b, SCALE * c, SCALE * d, SCALE * e, SCALE * f);
  pen.font = css(font);
  pen.globalAlpha = fill.opacity;
  if (halo) {
    pen.strokeStyle = halo.color;
    pen.lineWidth = halo.width;
    pen.lineJoin = "round";
    pen.strokeText(text, x, y);
  }
  pen.fillStyle = fill.color;
  pen.fillText(text, x, y);
}
