// The start page's picture. Python sends the exact posterior (mean, bands, a factor F); turning z in mean + F z
// walks through its curves, each of them a draw of the posterior at every instant.
import { calm, one, within } from "./dom.js";
import { colour, path, tag, trail } from "./svg.js";

const TURN = 5200; // ms for a curve to become another one
const FRAME = 40; // ms between two drawings
const AHEAD = 1500; // ms until what the lessons need is fetched, while the reader is still reading

/** @typedef {import("./types.js").Component} Component */
/** @typedef {{x: number, y: number}} Place */
/**
 * @typedef {object} Data
 * @property {number[]} x
 * @property {number} low
 * @property {number} high
 * @property {number} unit heights of the picture per unit of y
 * @property {number[]} mean
 * @property {number[]} lower90
 * @property {number[]} lower50
 * @property {number[]} upper50
 * @property {number[]} upper90
 * @property {number[][]} factor
 * @property {[number[], number[]][]} turns
 * @property {[number, number][]} points
 * @property {Place} knows
 * @property {Place} unsure
 * @property {string} alt
 * @property {{knows: string, unsure: string, caption: string}} words
 * @property {string} chunk
 */
/**
 * @typedef {object} State
 * @property {HTMLElement} root
 * @property {Data} data
 * @property {Component["setTriggerValue"]} send
 * @property {number} width
 * @property {number} height
 * @property {number} clock ms
 */
/** @typedef {HTMLElement & {__home?: State}} Root */

/** @param {Component} component */
export function home({ data, parentElement, setTriggerValue }) {
  if (!data) return undefined;
  const root = /** @type {Root} */ (one(parentElement, ".hm"));
  const first = !root.__home;
  const read = JSON.parse(new TextDecoder().decode(data));
  root.__home ??= { root, data: read, send: setTriggerValue, width: 0, height: 0, clock: 0 };
  const state = root.__home;
  state.data = read;
  state.send = setTriggerValue;
  write(state);
  draw(state);
  root.dataset.points = String(state.data.points.length);
  return first ? start(state) : undefined;
}

/** @param {State} state */
function start(state) {
  const picture = one(state.root, ".hm-pic");
  picture.onclick = (event) => state.send("click", valueAt(state, event));
  const sizes = new ResizeObserver(() => draw(state));
  sizes.observe(picture);
  if (!calm()) requestAnimationFrame((now) => turn(state, now, 0));
  prefetch(state.data.chunk);
  return () => sizes.disconnect();
}

/** @param {State} state @param {number} now @param {number} last */
function turn(state, now, last) {
  if (!state.root.isConnected) return;
  const due = now - last > FRAME && !document.hidden;
  if (due) {
    state.clock = now;
    drawCurves(state);
  }
  requestAnimationFrame((next) => turn(state, next, due ? now : last));
}

/** Plotly is large: with it at hand the first lesson opens at once. @param {string} chunk */
function prefetch(chunk) {
  const app = /** @type {HTMLScriptElement | null} */ (document.querySelector('script[src*="static/js/"]'));
  if (!app || !chunk) return;
  setTimeout(() => import(app.src.replace(/static\/js\/.*$/, "static/js/") + chunk).catch(() => {}), AHEAD);
}

/** @param {State} state */
function scales({ data, width, height }) {
  return {
    x: (/** @type {number} */ value) => ((value - data.low) / (data.high - data.low)) * width,
    y: (/** @type {number} */ value) => height * (0.5 - value * data.unit),
  };
}

/** @param {State} state @param {MouseEvent} event */
function valueAt({ root, data, width, height }, event) {
  const box = one(root, ".hm-pic").getBoundingClientRect();
  return {
    x: ((event.clientX - box.left) / width) * (data.high - data.low) + data.low,
    y: (0.5 - (event.clientY - box.top) / height) / data.unit,
  };
}

/** @param {State} state */
function write({ root, data }) {
  one(root, ".hm-knows").textContent = data.words.knows;
  one(root, ".hm-unsure").textContent = data.words.unsure;
  one(root, "p").textContent = data.words.caption;
  one(root, ".hm-pic").setAttribute("aria-label", data.alt);
}

/** @param {State} state */
function draw(state) {
  const { root, data } = state;
  const picture = one(root, ".hm-pic");
  state.width = picture.clientWidth;
  state.height = picture.clientHeight;
  one(root, "svg").setAttribute("viewBox", `0 0 ${state.width} ${state.height}`);
  const at = scales(state);
  const band = (/** @type {number[]} */ low, /** @type {number[]} */ high, /** @type {number} */ opacity) => {
    const n = high.length;
    const top = trail(
      n,
      (i) => at.x(data.x[i]),
      (i) => at.y(high[i]),
    );
    const bottom = trail(
      n,
      (i) => at.x(data.x[n - 1 - i]),
      (i) => at.y(low[n - 1 - i]),
    );
    return path(`${top}${bottom.replace("M", "L")}Z`, { fill: colour("posterior"), opacity });
  };
  one(root, ".hm-bands").innerHTML = band(data.lower90, data.upper90, 0.13) + band(data.lower50, data.upper50, 0.2);
  const look = { r: 5.5, fill: colour("data"), stroke: colour("paper"), "stroke-width": 1.5 };
  const points = data.points.map(([x, y]) => tag("circle", { cx: at.x(x), cy: at.y(y), ...look }));
  one(root, ".hm-points").innerHTML = points.join("");
  stand(state, ".hm-knows", data.knows, 34);
  stand(state, ".hm-unsure", data.unsure, 26);
  drawCurves(state);
}

/** @param {State} state @param {string} selector @param {Place} place @param {number} above */
function stand(state, selector, place, above) {
  const el = one(state.root, selector);
  const at = scales(state);
  const half = el.offsetWidth / 2 + 4;
  el.style.left = `${within(at.x(place.x), half, state.width - half)}px`;
  el.style.top = `${within(at.y(place.y) - above, 2, state.height - 26)}px`;
}

/**
 * Draw the curves as they are now: z turns in the plane of two of its draws, so that it always is one.
 * @param {State} state
 */
function drawCurves(state) {
  const { data } = state;
  const at = scales(state);
  const curves = data.turns.map(([one, other], n) => {
    const angle = state.clock / TURN + n;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const z = one.map((value, j) => value * c + other[j] * s);
    const y = data.mean.map((mean, i) => mean + data.factor[i].reduce((sum, f, j) => sum + f * z[j], 0));
    return path(
      trail(
        y.length,
        (i) => at.x(data.x[i]),
        (i) => at.y(y[i]),
      ),
      {},
    );
  });
  one(state.root, ".hm-lines").innerHTML = curves.join("");
}
