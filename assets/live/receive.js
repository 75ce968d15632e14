// A message from Python: a whole picture, or what follows one.
import { one } from "./dom.js";
import { draw, standing } from "./draw.js";
import { Reel, spliced } from "./film.js";
import { build } from "./furniture.js";
import { glide, reveal, stopGlide } from "./glide.js";
import { hint } from "./keys.js";
import { measure, mountFigure, write } from "./mount.js";
import { keepValues } from "./moves.js";
import { hear } from "./numbers.js";
import { hearHeld, hearPen } from "./pen.js";
import { compareWith, hearPins } from "./pins.js";
import { findPlotly, mounted } from "./plotly.js";
import { hearReader, settleReader } from "./reader.js";
import { sayHtml, sayMove } from "./speech.js";
import { markSoon } from "./terms/begin.js";
import { loudly } from "./visited.js";

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./film.js").Film} Film */
/** @typedef {import("./types.js").Picture} Picture */
/** @typedef {import("./types.js").Followup} Followup */

/** @param {Chart} chart @param {import("./types.js").Message} message */
export function receive(chart, { header, films }) {
  if ("pin" in header) compareWith(chart, header);
  else if ("held" in header) hearHeld(chart, header, films);
  else if ("follows" in header) follow(chart, header, films);
  else picture(chart, header, films);
}

/** @param {Chart} chart @param {Picture} spec @param {Film[]} films */
function picture(chart, spec, films) {
  loudly();
  chart.unheard = false;
  chart.heard = 0;
  const fresh = chart.spec?.epoch !== spec.epoch;
  const rebuilt = chart.spec?.shape !== spec.shape;
  const before = chart.spec?.handles ?? [];
  chart.spec = spec;
  chart.reels = Object.fromEntries(films.map((film) => [film.spec.handle, new Reel(film)]));
  chart.kept = chart.kept.filter((film) => film.spec.stamp === spec.stamp && stays(film, spec, films));
  for (const film of chart.kept) film.spec.count = -1; // older than all that follows this picture
  for (const film of chart.kept) splice(chart, film);
  if (rebuilt) build(chart);
  if (!fresh) keepValues(chart, before);
  hear(chart, spec.refused, fresh);
  hearReader(chart, fresh);
  hearPins(chart);
  hearPen(chart);
  if (fresh) {
    stopGlide(chart);
    chart.positions = { ...spec.home };
    chart.move = null;
    sayHtml(chart, spec.said, spec.told);
    chart.last = spec.handles[0].id;
    if (spec.glide) chart.positions[spec.glide.handle] = spec.glide.from;
  }
  chart.waits = spec.waits;
  busy(chart, spec.busy, spec.extra);
  show(chart, fresh).catch((error) => fail(chart, error));
}

/**
 * Whether what followed the last picture still holds: unless the new one answers the same for where the handle is now.
 * @param {Film} old
 * @param {Picture} spec
 * @param {Film[]} films
 */
function stays(old, spec, films) {
  const { handle, home } = old.spec;
  const same = films.find((film) => film.spec.handle === handle);
  return !same || spec.home[handle] === home[handle] || !old.names.every((name) => same.has(name));
}

/** @param {Chart} chart @param {boolean} fresh */
async function show(chart, fresh) {
  const { spec } = chart;
  if (!spec.stage) {
    chart.loading ??= findPlotly(spec.chunk);
    await chart.loading;
  }
  if (chart.spec !== spec) return;
  const anew = !spec.stage && (chart.figure !== spec.figure_id || !mounted(chart.plot));
  if (spec.stage) measure(chart);
  else if (anew) mountFigure(chart);
  else if (spec.figure) write(chart, spec.figure); // another forecast may have the same figure
  draw(chart, chart.waiting || chart.last, !anew);
  hint(chart);
  if (!fresh) sayMove(chart);
  if (fresh && spec.reveal) reveal(chart);
  if (fresh && spec.glide) glide(chart, spec.glide);
  chart.root.dataset.ready = spec.stamp;
  markSoon();
}

/** @param {Chart} chart @param {Followup} header @param {Film[]} films */
function follow(chart, header, films) {
  for (const film of films) {
    chart.kept = spliced(chart.kept, film);
    splice(chart, film);
  }
  if (header.stamp !== chart.spec?.stamp) return;
  const latest = header.count >= chart.heard;
  if (latest) {
    chart.heard = header.count;
    chart.waits = header.waits;
    busy(chart, header.busy, header.extra);
  }
  if (standing(chart)) draw(chart, chart.waiting || chart.last, true);
  settleReader(chart);
  hearPins(chart);
  if (chart.move) sayMove(chart);
  else if (header.said && latest) sayHtml(chart, header.said, true);
}

/** Put a film to those that it was made beside, or in the place of the picture's own that was still to come.
 * @param {Chart} chart @param {Film} film */
function splice(chart, film) {
  const { handle, stamp, home, part } = film.spec;
  const reel = chart.reels[handle];
  if (reel?.fits(stamp, handle, home)) reel.splice(film);
  if (reel || part !== "picture" || !chart.spec) return;
  const late = new Reel(film);
  if (late.fits(chart.spec.stamp, handle, chart.spec.home)) chart.reels[handle] = late;
}

/**
 * Say what is under way. Words in `text` dim the picture; what only adds to it, `extra`, does not.
 * @param {Chart} chart
 * @param {string} text
 * @param {string} extra
 */
function busy(chart, text, extra) {
  chart.root.classList.toggle("busy", Boolean(text));
  const el = one(chart.root, ".bl-busy");
  const words = text || extra;
  el.hidden = !words;
  if (words) el.textContent = words;
}

/** @param {Chart} chart @param {unknown} error */
export function fail(chart, error) {
  console.error(error);
  chart.root.classList.add("failed");
  chart.component.setStateValue("failed", String(error));
}
