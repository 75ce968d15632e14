// When terms are marked, and what opens and closes their card. Nothing here runs while a handle moves.
import { close, enter, follow, inCard, opened, pinned, show } from "./card.js";
import { markAll } from "./marking.js";

const REST = 350; // ms after the last change of a text
const LINGER = 180; // ms of the pointer on a term until its card opens
const LEAVE = 260; // ms after the pointer left it

const TERM = ".tm, .tm-lab";
let [due, waiting, pressed] = [0, false, false];

/** Mark terms as soon as texts have been at rest for a while, and no handle is held. */
export function markSoon() {
  due = performance.now() + REST;
  if (waiting) return;
  waiting = true;
  setTimeout(mark, REST);
}

function mark() {
  const left = pressed ? REST : due - performance.now();
  if (left > 1) {
    setTimeout(mark, left);
    return;
  }
  waiting = false;
  quietly(() => markAll());
  if (opened() && !opened()?.isConnected) close();
}

/** Change a sentence that was said already, without its being said again. @param {() => void} change */
function quietly(change) {
  const lines = [...document.querySelectorAll(".bl-said[aria-live]")];
  for (const line of lines) line.setAttribute("aria-live", "off");
  change();
  setTimeout(() => lines.map((line) => line.setAttribute("aria-live", "polite")), 100);
}

/** @param {EventTarget | null} target */
const termAt = (target) => (target instanceof Element ? /** @type {HTMLElement} */ (target.closest(TERM)) : null);

/** Begin, once a page. */
export function begin() {
  listenToPointer();
  listenToKeyboard();
  watchRuns();
  markSoon();
}

/** Streamlit says on one element whether a run is under way: texts may have changed when it ends. */
function watchRuns() {
  const runs = new MutationObserver(markSoon);
  const find = () => {
    const app = document.querySelector("[data-testid=stApp]");
    if (app) runs.observe(app, { attributes: true, attributeFilter: ["data-test-script-state"] });
    else setTimeout(find, REST);
  };
  find();
}

function listenToPointer() {
  let timer = 0;
  const later = (/** @type {() => void} */ act, /** @type {number} */ ms) => {
    clearTimeout(timer);
    timer = setTimeout(act, ms);
  };
  const held = (/** @type {boolean} */ now) => () => {
    pressed = now;
  };
  document.addEventListener("pointerdown", held(true), true);
  for (const end of ["pointerup", "pointercancel"]) document.addEventListener(end, held(false), true);
  document.addEventListener("pointerover", ({ target, pointerType, buttons }) => {
    if (pointerType === "touch" || buttons) return;
    const term = termAt(target);
    if (term) later(() => show(term, false), opened() ? 60 : LINGER);
    else if (inCard(target)) clearTimeout(timer);
    else if (opened() && !pinned() && document.activeElement !== opened()) later(close, LEAVE);
    else clearTimeout(timer);
  });
  document.addEventListener("click", ({ target }) => {
    clearTimeout(timer);
    const term = termAt(target);
    if (term && opened() === term && pinned()) close();
    else if (term) show(term, true);
    else if (!inCard(target)) close();
  });
  const moved = (/** @type {Event} */ { target }) => {
    if (!inCard(target)) follow();
  };
  document.addEventListener("scroll", moved, { capture: true, passive: true });
  window.addEventListener("resize", follow);
}

function listenToKeyboard() {
  let leaving = false; // the keyboard that comes back from a card does not open it again
  document.addEventListener("focusin", ({ target }) => {
    const term = termAt(target);
    if (leaving) return;
    if (term?.matches(":focus-visible")) show(term, false);
    else if (!term && !inCard(target) && opened()) close();
  });
  const heard = (/** @type {KeyboardEvent} */ event) => {
    const term = termAt(event.target);
    const opens = term === event.target && (event.key === "Enter" || event.key === " ");
    if (event.key === "Escape" ? !opened() : !opens) return;
    event.preventDefault();
    event.stopImmediatePropagation(); // Escape leaves the card, not the presenter view
    if (event.key === "Escape") {
      leaving = true;
      close();
      leaving = false;
    } else if (term) {
      show(term, true);
      enter();
    }
  };
  window.addEventListener("keydown", heard, true);
}
