// The chart of a report: the picture and the films that the page had, in a file, where there is no Python to ask. So one
// handle moves at a time: its film holds where the others stood.
import { film, still } from "../arrivals.js";
import { all } from "../dom.js";
import { live, more } from "../live.js";
import { sayHtml } from "../speech.js";

/** Everything that Python packed (pages/_ui/live/parcel.py), in base64. */
/** @typedef {{still: string, films: string[], picture: string, more: string[]}} Parcel */
/** @typedef {HTMLElement & {__live?: import("../state.js").Chart | null}} Root */

/** @param {HTMLElement} root the box, empty @param {Parcel} parcel */
export function report(root, parcel) {
  const deaf = { parentElement: root, setStateValue: () => {}, setTriggerValue: () => {} };
  const element = (/** @type {string} */ key, /** @type {string} */ data) => ({
    name: key,
    key,
    data: bytes(data),
    ...deaf,
  });
  root.innerHTML = '<div class="bl"></div>';
  const box = /** @type {Root} */ (root.firstElementChild);
  still(element("still", parcel.still));
  parcel.films.map((data, i) => film(element(`film.${i}`, data)));
  live(element("picture", parcel.picture));
  parcel.more.map((data, i) => more(element(`more.${i}`, data)));
  follow(box);
  settle(box);
  dress();
}

/** @param {string} text */
const bytes = (text) => Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));

/** Before a handle moves, the others go home. @param {Root} box */
function follow(box) {
  const before = (/** @type {Event} */ event) => {
    const { __live: chart } = box;
    const target = event.target instanceof Element ? event.target : null;
    const gripped = target?.closest(".bl-grip") ? chart?.spec.grip?.handle : null;
    const handle = gripped ?? target?.closest("[data-handle]")?.getAttribute("data-handle");
    if (!chart?.spec || !handle) return;
    const { home } = chart.spec;
    if (Object.keys(home).every((other) => other === handle || chart.positions[other] === home[other])) return;
    chart.stopPlaying?.();
    chart.positions = { ...home, [handle]: chart.positions[handle] };
    chart.move = null;
    sayHtml(chart, chart.spec.said, chart.spec.told);
    chart.draw(handle);
  };
  for (const kind of ["pointerdown", "keydown", "input", "click"]) box.addEventListener(kind, before, true);
}

/** What would have to be asked for is not offered: an exact value, another world. @param {Root} box */
function settle(box) {
  const built = new MutationObserver(() => {
    if (!box.dataset.ready) return;
    for (const field of all(box, ".bl-num-field")) field.setAttribute("disabled", "");
    built.disconnect();
  });
  built.observe(box, { attributes: true, attributeFilter: ["data-ready"] });
}

/** The colours follow the reader's system; said on the body, where the chart hears of it. */
function dress() {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const put = () => {
    document.body.style.colorScheme = dark.matches ? "dark" : "light";
  };
  dark.addEventListener("change", put);
  put();
}
