// How points are drawn: by mouse (click, drag, double-click), by finger (tap, drag, double-tap) and by keys. What is
// under a pointer may be redrawn at any time, so that double presses are told by their time and place, and a drag is
// followed wherever it goes.
import { brushHtml, dip, wireBrush } from "./brush.js";
import { one, within } from "./dom.js";
import { classed, drawMarks, placeDots, placed, rounded, steps } from "./dots.js";
import { field } from "./field.js";
import { askHeld, drawing, enter, leave, penParts, refresh, take, tellDrawn } from "./pen.js";
import { classesOf, noPoints } from "./points.js";
import { path, tag } from "./svg.js";

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./plotly.js").Axes} Axes */
/** @typedef {{x: number, y: number}} Place */

const TWICE = 450; // ms between two presses that are one double press
const STILL = 8; // px that a press may move and still be one
const REACH = { mouse: 13, pen: 16, touch: 24 }; // px around a point in which it is taken
const APART = 32; // px between the points that a stroke of the brush paints
const QUIET = 350; // ms without a further key before Python is told

const PENCIL = tag(
  "svg",
  { viewBox: "0 0 16 16", "aria-hidden": "true" },
  path("M2.5 13.5L3.4 10.2L10.8 2.8L13.2 5.2L5.8 12.6ZM9.3 4.3L11.7 6.7", {}),
);

/** The pad over the plot, and the button that begins. */
export const padHtml = () =>
  `<div class="bl-pad" role="application" aria-label="Points of the drawing" aria-describedby="bl-how" hidden>` +
  `<svg aria-hidden="true"></svg><button type="button" class="bl-cross" data-arrows aria-label="Cross: Enter adds a point where it is"></button></div>` +
  `<button type="button" class="bl-tool" data-tool="draw" aria-pressed="false" hidden>${PENCIL}<span>Draw</span></button>`;

/** What is said and offered while one draws. */
export const drawingHtml = () => {
  const button = (/** @type {string} */ what, /** @type {string} */ words) =>
    `<button type="button" data-draw="${what}">${words}</button>`;
  return (
    `<div class="bl-drawing" hidden>${brushHtml()}<p><b></b> <span class="fine">Click to add a point, drag to move one, double-click to take one away.</span>` +
    `<span class="coarse">Tap to add a point, drag to move one, double-tap to take one away.</span> <span class="strokes">A stroke where there is none paints several.</span> <i></i></p>` +
    `<p class="bl-how" id="bl-how">Tab goes from point to point, arrow keys move it, Delete takes it away; Enter at the cross adds one; Escape ends.<span class="strokes"> A number gives a point its class, or the brush at the cross.</span></p>` +
    `<div>${button("undo", "Undo")}${button("reset", "The scene’s own points")}${button("empty", "Start empty")}${button("done", "Done")}</div>` +
    `<p class="bl-aloud" role="status"></p></div><p class="bl-refused" id="bl-refused-draw" role="alert" hidden></p>`
  );
};

/** @param {Chart} chart */
export function wirePen(chart) {
  const { button, pad, line } = penParts(chart);
  button.addEventListener("click", () => {
    if (drawing(chart)) return leave(chart);
    enter(chart);
    if (drawing(chart)) one(pad, ".bl-cross").focus({ preventScroll: true });
  });
  line.addEventListener("click", (event) => {
    const what = event.target instanceof HTMLElement ? event.target.closest("button")?.dataset.draw : "";
    if (what === "done") leave(chart);
    else if (what === "empty") {
      chart.pen.points = noPoints();
      tellDrawn(chart);
      refresh(chart);
    } else if (what) tellDrawn(chart, what);
  });
  wireBrush(chart);
  wirePointer(chart, pad);
  wireKeys(chart, pad);
}

/** Where an event is: in the pad's pixels, and as values, no farther than the edges. @param {Chart} chart @param {Axes} at @param {PointerEvent} event */
function placeOf(chart, at, event) {
  const box = one(chart.root, ".bl-box").getBoundingClientRect();
  const [x, y] = [
    within(event.clientX - box.left, at.left, at.right),
    within(event.clientY - box.top, at.top, at.bottom),
  ];
  return { px: { x: x - at.left, y: y - at.top }, value: rounded({ x: at.value(x), y: at.level(y) }, at) };
}

/** The point that is nearest to a place, if one is within reach. @param {Chart} chart @param {Axes} at @param {Place} px @param {number} reach */
function nearest({ pen: { points } }, at, px, reach) {
  let [best, gap] = [-1, reach];
  for (let i = 0; i < points.x.length; i++) {
    const away = Math.hypot(at.x(points.x[i]) - at.left - px.x, at.y(points.y[i]) - at.top - px.y);
    if (away <= gap) [best, gap] = [i, away];
  }
  return best;
}

/** @param {Chart} chart @param {Place} value @returns {number} its index, -1 where there are enough */
function add(chart, { x, y }) {
  const { points } = chart.pen;
  const most = chart.spec.draws?.most ?? 0;
  if (points.x.length >= most) {
    const { note } = penParts(chart);
    note.hidden = false;
    note.textContent = `A drawing has at most ${most} points: take one away, or bring a file.`;
    return -1;
  }
  points.x.push(x);
  points.y.push(y);
  if (classesOf(chart).length) points.k.push(chart.pen.brush);
  return points.x.length - 1;
}

/** @param {Chart} chart @param {number} i @param {Place} value */
function put({ pen: { points } }, i, { x, y }) {
  points.x[i] = x;
  points.y[i] = y;
}

/** @param {Chart} chart @param {number} i */
function takeAway(chart, i) {
  const { points } = chart.pen;
  for (const part of Object.values(points)) part.splice(i, 1);
  chart.pen.held = null;
  refresh(chart);
  tellDrawn(chart);
  say(chart, `Point ${i + 1} taken away.`);
}

/** Say something to whoever does not see it. @param {Chart} chart @param {string} text */
function say(chart, text) {
  penParts(chart).aloud.textContent = text;
}

/** @param {Chart} chart @param {number} i */
function sayPoint(chart, i) {
  const at = field(chart);
  const { points } = chart.pen;
  if (at) say(chart, `Point ${i + 1}${classed(chart, i)}: ${placed(chart, points.x[i], points.y[i], at)}`);
}

/** @param {Chart} chart @param {HTMLElement} pad */
function wirePointer(chart, pad) {
  const { pen } = chart;
  /** @type {{i: number, time: number, x: number, y: number} | null} */
  let last = null;
  pad.addEventListener("pointerdown", (event) => {
    const at = field(chart);
    if (event.button || !at || !event.isPrimary) return;
    const touch = event.pointerType === "touch";
    const { px, value } = placeOf(chart, at, event);
    let i = nearest(chart, at, px, REACH[/** @type {keyof typeof REACH} */ (event.pointerType)] ?? REACH.mouse);
    const quick = last && event.timeStamp - last.time < TWICE && Math.hypot(px.x - last.x, px.y - last.y) < STILL * 2;
    const again = quick && last?.i === i && i >= 0;
    last = { i, time: event.timeStamp, ...px };
    if (!touch) event.preventDefault(); // the keyboard stays where it is, no text is marked
    if (again) {
      last = null;
      return takeAway(chart, i);
    }
    const fresh = i < 0;
    if (fresh && classesOf(chart).length) return quick ? undefined : stroke(chart, event, at);
    if (fresh && touch) return tapped(chart, event, at);
    if (fresh) {
      if (quick) return; // the second press of a double one on nothing
      i = add(chart, value);
      if (i < 0) return;
    }
    hold(chart, event, at, i, fresh);
  });
  pad.addEventListener("pointermove", (event) => {
    const at = field(chart);
    if (!at || pen.held || event.pointerType === "touch") return;
    const { px } = placeOf(chart, at, event);
    const near = nearest(chart, at, px, REACH.mouse) >= 0;
    pad.classList.toggle("near", near);
    pen.at = near ? null : px;
    drawMarks(chart, at);
  });
  pad.addEventListener("pointerleave", () => {
    pen.at = null;
    drawMarks(chart);
  });
}

/** A finger on nothing adds a point where it is taken away again, unless it went anywhere. @param {Chart} chart @param {PointerEvent} from @param {Axes} at */
function tapped(chart, from, at) {
  follow(from.pointerId, {
    move: () => {},
    end: (event) => {
      if (
        event.type === "pointercancel" ||
        Math.hypot(event.clientX - from.clientX, event.clientY - from.clientY) > STILL
      )
        return;
      const i = add(chart, placeOf(chart, at, from).value);
      if (i < 0) return;
      refresh(chart);
      tellDrawn(chart);
      sayPoint(chart, i);
    },
  });
}

/** Paint points of the brush's class, evenly along the way of a pointer until it is let go. @param {Chart} chart @param {PointerEvent} from @param {Axes} at */
function stroke(chart, from, at) {
  const { pen } = chart;
  const first = pen.points.x.length;
  let last = placeOf(chart, at, from).px;
  const paint = () => {
    const i = add(chart, rounded({ x: at.value(last.x + at.left), y: at.level(last.y + at.top) }, at));
    if (i >= 0) pen.held = { i, from: null, moved: true };
    return i >= 0;
  };
  if (!paint()) return;
  pen.at = null;
  refresh(chart);
  follow(from.pointerId, {
    move: (event) => {
      const { px } = placeOf(chart, at, event);
      const [away, before] = [Math.hypot(px.x - last.x, px.y - last.y), last];
      for (let n = 1; n * APART <= away && pen.held; n++) {
        const share = (n * APART) / away;
        last = { x: before.x + share * (px.x - before.x), y: before.y + share * (px.y - before.y) };
        if (!paint()) break;
      }
      if (last !== before) refresh(chart);
    },
    end: (event) => {
      if (!pen.held) return; // another scene has come
      pen.held = null;
      const many = pen.points.x.length - first;
      const lost = event.type === "pointercancel";
      if (lost) for (const part of Object.values(pen.points)) part.splice(first);
      else tellDrawn(chart);
      refresh(chart);
      if (many === 1 && !lost) sayPoint(chart, first);
      else if (!lost) say(chart, `${many} points${classed(chart, first)}, added.`);
    },
  });
}

/** Hold a point as long as the pointer is down. @param {Chart} chart @param {PointerEvent} from @param {Axes} at @param {number} i @param {boolean} fresh */
function hold(chart, from, at, i, fresh) {
  const { pen } = chart;
  const start = { x: pen.points.x[i], y: pen.points.y[i] };
  const grab = { x: from.clientX, y: from.clientY };
  take(chart, { i, from: fresh ? null : start, moved: fresh });
  pen.at = null;
  refresh(chart);
  if (fresh) askHeld(chart);
  follow(from.pointerId, {
    move: (event) => {
      if (!pen.held) return; // another scene has come
      if (!pen.held.moved && Math.hypot(event.clientX - grab.x, event.clientY - grab.y) < 3) return;
      pen.held.moved = true;
      put(chart, i, placeOf(chart, at, event).value);
      refresh(chart);
      askHeld(chart);
    },
    end: (event) => {
      const held = pen.held;
      pen.held = null;
      if (!held) return;
      const lost = event.type === "pointercancel" && !fresh;
      if (lost) put(chart, i, start);
      pen.owed = false;
      if (held.moved && !lost) tellDrawn(chart);
      refresh(chart);
      if (held.moved) sayPoint(chart, i);
    },
  });
}

/** Follow a pointer wherever it goes until it is let go. @param {number} id @param {{move: (event: PointerEvent) => void, end: (event: PointerEvent) => void}} does */
function follow(id, { move, end }) {
  const ended = new AbortController();
  const { signal } = ended;
  const own = (/** @type {(event: PointerEvent) => void} */ act) => (/** @type {PointerEvent} */ event) => {
    if (event.pointerId === id) act(event);
  };
  const over = own((event) => {
    ended.abort();
    end(event);
  });
  window.addEventListener("pointermove", own(move), { signal });
  for (const kind of ["pointerup", "pointercancel"])
    window.addEventListener(/** @type {"pointerup"} */ (kind), over, { signal });
}

/** @param {Chart} chart @param {HTMLElement} pad */
function wireKeys(chart, pad) {
  const { pen } = chart;
  const cross = one(pad, ".bl-cross");
  /** @type {Object<string, [number, number]>} */
  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
  const indexOf = (/** @type {EventTarget | null} */ el) =>
    el instanceof HTMLElement && el.dataset.i !== undefined ? Number(el.dataset.i) : -1;
  const stepped = (
    /** @type {Place} */ { x, y },
    /** @type {[number, number]} */ [across, up],
    /** @type {number} */ times,
    /** @type {Axes} */ at,
  ) => {
    const by = steps(at);
    const to = rounded({ x: x + across * by.x * times, y: y + up * by.y * times }, at);
    return { x: within(to.x, at.xRange[0], at.xRange[1]), y: within(to.y, at.yRange[0], at.yRange[1]) };
  };
  const soon = () => {
    clearTimeout(pen.resting);
    pen.resting = setTimeout(() => {
      tellDrawn(chart);
      pen.held = null;
      refresh(chart);
    }, QUIET);
  };
  pad.addEventListener("focusin", () => {
    const at = field(chart);
    if (at) drawMarks(chart, at);
  });
  pad.addEventListener("focusout", () => drawMarks(chart));
  pad.addEventListener("keydown", (event) => {
    const at = field(chart);
    if (!at || event.ctrlKey || event.metaKey || event.altKey) return undoKey(chart, event);
    const i = indexOf(event.target);
    const way = ways[event.key];
    const onCross = event.target === cross;
    const code = /^[1-9]$/.test(event.key) ? Number(event.key) - 1 : -1;
    if (code >= 0 && code < classesOf(chart).length) {
      const which = pen.held?.i ?? i;
      if (which >= 0) turn(chart, which, code);
      else dip(chart, code);
    } else if (way && i >= 0) {
      const { points } = pen;
      const here = { x: points.x[i], y: points.y[i] };
      if (pen.held?.i !== i) take(chart, { i, from: here, moved: true });
      put(chart, i, stepped(here, way, event.shiftKey ? 10 : 1, at));
      refresh(chart);
      askHeld(chart);
      sayPoint(chart, i);
      soon();
    } else if (way && onCross && pen.cross) {
      pen.cross = stepped(pen.cross, way, event.shiftKey ? 10 : 1, at);
      placeDots(chart, at);
      say(chart, placed(chart, pen.cross.x, pen.cross.y, at));
    } else if ((event.key === "Enter" || event.key === " ") && onCross && pen.cross) {
      const added = add(chart, pen.cross);
      if (added >= 0) {
        refresh(chart);
        tellDrawn(chart);
        sayPoint(chart, added);
      }
    } else if ((event.key === "Delete" || event.key === "Backspace") && i >= 0) {
      clearTimeout(pen.resting);
      takeAway(chart, i);
      const left = /** @type {HTMLElement | null} */ (
        pad.querySelector(`[data-i="${Math.min(i, pen.points.x.length - 1)}"]`)
      );
      (left ?? cross).focus({ preventScroll: true });
    } else if (event.key === "Escape") leave(chart);
    else return;
    event.preventDefault();
    event.stopPropagation(); // a presenter's arrow keys step from scene to scene elsewhere
  });
}

/** Give a point another class; one that is held is told when it is let go. @param {Chart} chart @param {number} i @param {number} code */
function turn(chart, i, code) {
  const { pen } = chart;
  if (pen.points.k[i] === code) return;
  pen.points.k[i] = code;
  if (!pen.held) tellDrawn(chart);
  else pen.held.moved = true;
  refresh(chart);
  sayPoint(chart, i);
}

/** Ctrl+Z takes the last change back. @param {Chart} chart @param {KeyboardEvent} event */
function undoKey(chart, event) {
  if (!(event.ctrlKey || event.metaKey) || event.key !== "z" || !chart.spec.draws?.undo) return;
  event.preventDefault();
  tellDrawn(chart, "undo");
}
