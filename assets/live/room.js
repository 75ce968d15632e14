// The room that a picture has: Streamlit's boxes around it are marked, so that style sheets can let it take what the page
// leaves (data-around), and it can be asked how wide its own room is (data-around="room").
import { one } from "./dom.js";
import { safe } from "./text.js";

/** @typedef {import("./state.js").Chart} Chart */

const CLOSER = 2; // how often what stands beside the picture is set closer before it scrolls
const MORE = "more below";

/** @param {HTMLElement} root */
export function markRoom(root) {
  let kind = "room";
  for (let el = root.parentElement; el && !el.matches(".stVerticalBlock, body"); el = el.parentElement) {
    el.dataset.around = kind;
    kind = "";
  }
}

/**
 * On a projector what stands beside the picture fits the window: it is set closer, step by step, and scrolls in the end,
 * with a sign. `anew` where the room is another one; otherwise only closer, so that nothing jumps while words change.
 * @param {Chart} chart
 * @param {boolean} anew
 */
export function fitBeside(chart, anew) {
  if (!chart.spec?.present) return;
  const { root } = chart;
  const side = one(root, ".bl-side");
  const said = one(root, ".bl-said");
  said.style.minHeight = anew ? "" : `${said.offsetHeight}px`; // a sentence that shrinks again moves nothing
  side.querySelector(".bl-more")?.remove();
  if (anew) root.dataset.fit = "0";
  const over = () => side.scrollHeight > side.clientHeight + 2;
  for (let fit = Number(root.dataset.fit); fit < CLOSER && over(); fit++) root.dataset.fit = String(fit + 1);
  if (over()) side.insertAdjacentHTML("beforeend", `<p class="bl-more">${safe(MORE)} ↓</p>`);
}
