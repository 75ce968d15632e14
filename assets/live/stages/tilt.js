// Two weights and a q for both: its ellipses over the posterior's, under the bar of the evidence. A thumb at its right
// edge and one at its upper edge move its widths.
import { thumb } from "../carried.js";
import { one } from "../dom.js";
import { elboBar, ROOM } from "../elbobar.js";
import { handleOf, narrow } from "../state.js";
import { path, tag, trail, words } from "../svg.js";

/** @typedef {import("../types.js").Frame} Frame */
/** @typedef {import("../state.js").Chart} Chart */
/** @typedef {{low: number, high: number, marks: number[], title: string}} Axis */
/**
 * @typedef {object} Spec
 * @property {Axis} x
 * @property {Axis} y
 * @property {{wide: string, tall: string}} handles
 * @property {Object<string, [string, string]>} names of q and p, with a gloss
 * @property {number} reach from the middle to the edge, in widths
 * @property {{below: number}} bar
 */
/** @typedef {ReturnType<typeof plan>} Plan */

const THUMBS = /** @type {const} */ (["wide", "tall"]);

/** @type {import("../types.js").Stage} */
export const tilt = {
  make: () =>
    `<svg class="ti" aria-hidden="true"></svg>` +
    THUMBS.map((of) => `<div class="ti-thumb ti-${of}" aria-hidden="true"><i></i></div>`).join(""),
  draw,
  wire,
};

/** @param {Spec} s @param {HTMLElement} el @param {Chart} chart */
function plan(s, el, chart) {
  const [w, h, rem, small] = [el.clientWidth, el.clientHeight, chart.rem, narrow(chart)];
  const [left, right] = [small ? 36 : 2.6 * rem, w - rem];
  const room = small ? 1 * rem : 9.6 * rem;
  const [top, foot] = [(ROOM + 2.4) * rem, h - 3.1 * rem];
  const x = (/** @type {number} */ v) => left + ((v - s.x.low) / (s.x.high - s.x.low)) * (right - room - left);
  const y = (/** @type {number} */ v) => foot - ((v - s.y.low) / (s.y.high - s.y.low)) * (foot - top);
  return { w, h, rem, small, left, right, top, foot, x, y, edge: right - room };
}

/** @param {Spec} s @param {HTMLElement} el @param {Frame} frame @param {Chart} chart */
function draw(s, el, frame, chart) {
  const at = plan(s, el, chart);
  const svg = one(el, "svg");
  svg.setAttribute("viewBox", `0 0 ${at.w} ${at.h}`);
  const clip = { x: at.left, y: at.top - 4, width: at.edge - at.left, height: at.foot - at.top + 8 };
  const outline = (/** @type {string} */ name, /** @type {string} */ look) => {
    const row = frame.row(name);
    if (!row) return "";
    return path(
      trail(
        row.length / 2,
        (i) => at.x(row[2 * i]),
        (i) => at.y(row[2 * i + 1]),
      ),
      { class: look },
    );
  };
  svg.innerHTML = [
    elboBar({ left: at.left, right: at.right, top: 0, rem: at.rem, small: at.small, below: s.bar.below }, frame),
    axes(s, at),
    tag("clipPath", { id: "ti-clip" }, tag("rect", clip)),
    tag(
      "g",
      { "clip-path": "url(#ti-clip)" },
      outline("q90", "ti-q ti-q90") +
        outline("q50", "ti-q ti-q50") +
        dots(at, frame) +
        outline("p90", "ti-p") +
        outline("p50", "ti-p"),
    ),
    names(s, at, frame),
  ].join("");
  const grips = frame.row("grips");
  for (const [i, of] of THUMBS.entries()) {
    const thumb = one(el, `.ti-${of}`);
    thumb.hidden = !grips;
    if (!grips) continue;
    const [x, y] = [Math.min(at.x(grips[2 * i]), at.edge), Math.max(at.y(grips[2 * i + 1]), at.top - 4)];
    thumb.style.transform = `translate(${x.toFixed(1)}px, ${y.toFixed(1)}px)`;
  }
}

/** @param {Plan} at @param {number} x @param {number} y @param {string} text @param {import("../svg.js").Look} look */
const put = (at, x, y, text, look) => words(x, y, text, { "font-size": 0.82 * at.rem, ...look });

/** @param {Spec} s @param {Plan} at */
function axes(s, at) {
  const up = s.y.marks.map((v) => {
    const y = Math.round(at.y(v)) + 0.5;
    const text = String(v).replace("-", "−");
    return (
      path(`M${at.left} ${y}H${at.edge}`, { class: "ti-grid" }) +
      put(at, at.left - 7, y + 0.28 * at.rem, text, { class: "ti-muted", "text-anchor": "end" })
    );
  });
  const across = s.x.marks.map((v) =>
    put(at, at.x(v), at.foot + 1.3 * at.rem, String(v).replace("-", "−"), {
      class: "ti-muted",
      "text-anchor": "middle",
    }),
  );
  const titles = [
    put(at, 0, at.top - 1 * at.rem, s.y.title, { class: "ti-muted" }),
    put(at, at.left, at.foot + 2.5 * at.rem, s.x.title, { class: "ti-muted" }),
  ];
  return [...up, ...across, ...titles].join("");
}

/** @param {Plan} at @param {Frame} frame */
function dots(at, frame) {
  const row = frame.row("dots");
  return Array.from({ length: row ? row.length / 2 : 0 }, (_, i) =>
    row
      ? tag("circle", { cx: at.x(row[2 * i]).toFixed(1), cy: at.y(row[2 * i + 1]).toFixed(1), r: 2.2, class: "ti-dot" })
      : "",
  ).join("");
}

/** Names at the right edge, each with a line to the rightmost place of its outline. @param {Spec} s @param {Plan} at @param {Frame} frame */
function names(s, at, frame) {
  const hung = ["q", "p"].flatMap((of) => {
    const row = frame.row(`${of}90`);
    if (!row) return [];
    let far = 0;
    for (let i = 2; i < row.length; i += 2) if (row[i] > row[far]) far = i;
    const [x, y] = [Math.min(at.x(row[far]), at.edge), Math.max(at.top, Math.min(at.foot, at.y(row[far + 1])))];
    return [{ of, x, y, place: y }];
  });
  hung.sort((a, b) => a.y - b.y);
  const apart = 2.7 * at.rem;
  if (hung.length === 2 && hung[1].place - hung[0].place < apart) {
    const middle = Math.max(at.top + apart / 2, Math.min(at.foot - apart / 2, (hung[0].y + hung[1].y) / 2));
    hung[0].place = middle - apart / 2;
    hung[1].place = middle + apart / 2;
  }
  if (at.small) return small(s, at, hung);
  return hung
    .map(({ of, x, y, place }) => {
      const edge = at.edge + 1 * at.rem;
      const lead = path(`M${x.toFixed(1)} ${y.toFixed(1)}L${edge - 4} ${place.toFixed(1)}`, {
        class: `ti-lead ti-l-${of}`,
      });
      const title = put(at, edge, place, s.names[of][0], { class: `ti-name ti-t-${of}` });
      return lead + title + put(at, edge, place + 1.1 * at.rem, s.names[of][1], { class: "ti-muted" });
    })
    .join("");
}

/** On a phone names stand inside, in the upper corners. @param {Spec} s @param {Plan} at @param {{of: string}[]} hung */
function small(s, at, hung) {
  return hung
    .map(({ of }) => {
      const right = of === "q";
      const look = { class: `ti-name ti-t-${of}`, "text-anchor": right ? "end" : "start" };
      return put(at, right ? at.edge : at.left + 4, right ? at.top + at.rem : at.foot - 6, s.names[of][0], look);
    })
    .join("");
}

/** @param {Spec} s @param {HTMLElement} el @param {Chart} chart */
function wire(s, el, chart) {
  for (const of of THUMBS) {
    const handle = s.handles[of];
    let [began, fromX, fromY] = [0, 0, 0];
    thumb(
      chart,
      handle,
      one(el, `.ti-${of}`),
      (clientX, clientY) => {
        const at = plan(s, el, chart);
        const across = ((clientX - fromX) * (s.x.high - s.x.low)) / (at.x(s.x.high) - at.x(s.x.low));
        const up = clientY === null ? across : ((fromY - clientY) * (s.y.high - s.y.low)) / (at.foot - at.top);
        return began + (of === "wide" ? across : up) / s.reach;
      },
      (clientX, clientY) => {
        began = handleOf(chart, handle).values[chart.positions[handle]];
        [fromX, fromY] = [clientX, clientY ?? 0];
      },
    );
  }
}
