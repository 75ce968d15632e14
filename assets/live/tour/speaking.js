// The speaker's notes, seen from the tab that they belong to: it opens their window, and tells it every step.
import { el } from "../build.js";
import { where } from "./speaker.js";
import { restartClock, stepBy, underWay, whenItMoves } from "./walking.js";

/** @typedef {{pages: Object<string, string>, words: Object<string, string>}} Told */
/** @typedef {import("./speaker.js").Said} Said */

const LOOKS = ["--c-paper", "--c-panel", "--c-rule", "--c-muted", "--c-data", "--c-posterior"];
const SIZE = "popup,width=560,height=720";

const nameOf = (/** @type {string} */ tab) => `bayes-notes-${tab}`;

/** Open the window of the notes, or bring it to the front. @param {Object<string, string>} words */
export function openNotes(words) {
  const now = underWay();
  if (!now) return;
  const name = nameOf(now.tab);
  const there = window.open("", name, SIZE);
  if (!there) return void alert(words["notes blocked"]);
  if (!there.document.body.childElementCount) furnish(there.document, words);
  there.focus();
}

/**
 * The window runs a module of its own (speaker.js), so that it outlives a reload of this one.
 * @param {Document} paper
 * @param {Object<string, string>} words
 */
function furnish(paper, words) {
  const [root, style] = [document.documentElement, getComputedStyle(document.documentElement)];
  const app = document.querySelector(".stApp") ?? root;
  const looks = LOOKS.map((name) => `${name}: ${style.getPropertyValue(name)};`).join(" ");
  paper.title = words["notes title"];
  paper.documentElement.lang = "en";
  paper.documentElement.style.cssText = `color-scheme: ${getComputedStyle(app).colorScheme}; ${looks}`;
  const told = el("script", { type: "application/json", id: "words" }, JSON.stringify(words));
  paper.body.append(told, el("script", { type: "module", src: where }));
}

/**
 * Tell the notes where the tour is, whenever it moves and whenever they ask.
 * @param {Told} told
 * @returns {() => void} ends it
 */
export function listenToSpeaker({ pages }) {
  /** @type {BroadcastChannel | null} */
  let line = null;
  let tab = "";
  const tell = () => line?.postMessage(saying(pages));
  const moved = () => {
    const now = underWay();
    if (now && now.tab !== tab) {
      line?.postMessage({ ended: true });
      line?.close();
      tab = now.tab;
      line = new BroadcastChannel(nameOf(tab));
      line.onmessage = ({ data }) => {
        if (data?.do === "step") stepBy(data.by === -1 ? -1 : 1);
        else if (data?.do === "clock") restartClock();
        else if (data?.do === "hello") tell();
      };
    }
    tell();
  };
  const ended = whenItMoves(moved);
  moved();
  return () => {
    ended();
    line?.close();
  };
}

/** @param {Object<string, string>} pages @returns {Said} */
function saying(pages) {
  const now = underWay();
  if (!now) return { ended: true };
  const { tour, at, since } = now;
  const heading = (/** @type {number} */ n) => tour.steps[n]?.title || (pages[tour.steps[n]?.page] ?? "");
  const { note } = tour.steps[at];
  return { title: tour.title, at, of: tour.steps.length, heading: heading(at), note, next: heading(at + 1), since };
}
