// The speaker's notes: a window of its own, which hears from its tab by a channel and needs no server. The tab knows
// this module by its address and gives it to the window, where it begins.
import { button, el } from "../build.js";
import { fill } from "../text.js";

/**
 * @typedef {object} Saying where a tour is
 * @property {string} title
 * @property {number} at
 * @property {number} of
 * @property {string} heading
 * @property {string} note
 * @property {string} next
 * @property {number} since
 */
/** @typedef {Saying | {ended: true}} Said */

export const where = import.meta.url;

const OURS = "bayes-notes-";
/** @type {Object<string, number>} */
const BY = { PageDown: 1, PageUp: -1, ArrowRight: 1, ArrowLeft: -1 };
const STYLE = `
  body { margin: 0; min-height: 100vh; box-sizing: border-box; padding: 1.2rem 1.4rem; display: flex; flex-direction: column;
    gap: .8rem; background: var(--c-paper); color: var(--c-data); font: 400 1.06rem/1.45 "Source Sans", system-ui, sans-serif; }
  header { display: flex; justify-content: space-between; gap: 1rem; color: var(--c-muted); }
  time { font-variant-numeric: tabular-nums; white-space: nowrap; }
  h1 { margin: 0; font: 600 1.5rem/1.2 "Source Serif", Georgia, serif; overflow-wrap: anywhere; }
  main { flex: 1; overflow: auto; font: 400 1.45rem/1.45 "Source Serif", Georgia, serif; white-space: pre-wrap; overflow-wrap: anywhere; }
  main.none { color: var(--c-muted); }
  p { margin: 0; border-top: 1px solid var(--c-rule); padding-top: .7rem; overflow-wrap: anywhere; }
  p b { color: var(--c-muted); font-weight: 600; margin-right: .5em; }
  footer { display: flex; flex-wrap: wrap; gap: .6rem; align-items: center; }
  button { font: inherit; font-weight: 600; color: inherit; background: none; border: 1px solid var(--c-rule); border-radius: 99px;
    padding: .6em 1.2em; cursor: pointer; }
  button.on { border-color: var(--c-posterior); color: var(--c-posterior); flex: 1; }
  button:disabled { color: var(--c-muted); cursor: default; }
  button:focus-visible { outline: 2px solid var(--c-posterior); outline-offset: 2px; }
  #clock { margin-left: auto; font-variant-numeric: tabular-nums; }`;

if (window.name.startsWith(OURS)) speak();

function speak() {
  const words = JSON.parse(document.getElementById("words")?.textContent ?? "{}");
  const line = new BroadcastChannel(window.name);
  const go = (/** @type {number} */ by) => line.postMessage({ do: "step", by });
  const [where, time] = [el("span"), el("time")];
  const [heading, note, next] = [el("h1"), el("main", { "aria-live": "polite" }), el("p")];
  const back = /** @type {HTMLButtonElement} */ (button(words["bar back"], () => go(-1)));
  const on = /** @type {HTMLButtonElement} */ (button(words["bar next"], () => go(1), { class: "on" }));
  const reset = button("", () => line.postMessage({ do: "clock" }), {
    id: "clock",
    title: words["notes reset"],
    "aria-label": words["notes reset"],
  });
  let since = 0;
  const tick = () => {
    time.textContent = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    reset.textContent = since ? span(Date.now() - since) : "0:00";
  };
  line.onmessage = ({ data }) => {
    const said = /** @type {Said} */ (data);
    const none = "ended" in said;
    since = none ? 0 : said.since;
    where.textContent = none ? "" : `${fill(words["bar of"], { n: said.at + 1, of: said.of })} · ${said.title}`;
    heading.textContent = none ? words["notes ended"] : said.heading;
    note.textContent = none ? "" : said.note || words["notes none"];
    note.className = none || said.note ? "" : "none";
    const last = none || said.at === said.of - 1;
    next.replaceChildren(el("b", {}, none || last ? "" : words["notes next"]), last ? words["notes last"] : said.next);
    next.hidden = none;
    back.disabled = none || said.at === 0;
    on.disabled = last;
    tick();
  };
  document.head.append(el("style", {}, STYLE));
  document.body.append(el("header", {}, where, time), heading, note, next, el("footer", {}, back, on, reset));
  heading.textContent = words["notes waits"];
  window.addEventListener("keydown", (event) => {
    if (!(event.key in BY) || event.repeat) return;
    event.preventDefault();
    go(BY[event.key]);
  });
  setInterval(tick, 500);
  tick();
  line.postMessage({ do: "hello" });
}

/** @param {number} ms */
function span(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
