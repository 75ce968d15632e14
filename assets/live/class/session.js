// The class room of this tab: the seat in it, what was heard last, and who wants to know.
import { lettersOf } from "./code.js";
import { listen, pass, why } from "./line.js";
import { forget, keep, kept } from "./seat.js";

/** @typedef {import("./types.js").Seat} Seat */
/** @typedef {import("./types.js").Snapshot} Snapshot */
/**
 * @typedef {object} Session
 * @property {Seat | null} seat
 * @property {Snapshot | null} now
 * @property {boolean} lost whether the line is down
 * @property {string} said what there is to say apart from the room: why one is out of it, or what was refused
 */

/** @type {Session} */
export const session = { seat: null, now: null, lost: false, said: "" };

/** @type {Set<() => void>} */
const watchers = new Set();
const UNSEEN = 20_000; // ms until a hidden tab hangs up
let hangUp = () => {};
let begun = false;
let away = false;
let resting = 0;

/** Be told of every change, and at once. @param {() => void} told @returns {() => void} ends it */
export function watch(told) {
  watchers.add(told);
  told();
  return () => watchers.delete(told);
}

const changed = () => {
  for (const told of watchers) told();
};

/** Take the seat again that this tab, or this browser, had. */
export function begin() {
  if (begun) return;
  begun = true;
  document.addEventListener("visibilitychange", rest);
  const seat = kept();
  if (seat) sit(seat);
}

/** @param {Seat} seat */
function sit(seat) {
  Object.assign(session, { seat, now: null, lost: false, said: "" });
  keep(seat);
  pickUp(seat);
  changed();
}

/** @param {Seat} seat */
function pickUp(seat) {
  hangUp();
  hangUp = listen(seat, {
    heard: (now) => {
      Object.assign(session, { now, lost: false });
      if (now.ended) rise(now.trouble || "The class has ended.");
      else changed();
    },
    lost: () => {
      session.lost = true;
      changed();
    },
    gone: rise,
  });
}

/** A tab that nobody sees lets its line go: a browser has six for all tabs of a server. */
function rest() {
  clearTimeout(resting);
  if (document.hidden) {
    resting = setTimeout(() => {
      hangUp();
      away = true;
    }, UNSEEN);
  } else if (away) {
    away = false;
    if (session.seat) pickUp(session.seat);
  }
}

/** Leave the room. @param {string} said */
function rise(said) {
  hangUp();
  if (session.seat) forget(session.seat);
  Object.assign(session, { seat: null, now: null, lost: false, said });
  changed();
}

/** Leave by one's own will. @param {string} said */
export const leave = (said) => rise(said);

/** Say nothing more of what was. */
export function hush() {
  if (!session.said) return;
  session.said = "";
  changed();
}

/** Open a room; false where there is none, with the reason in `said`. */
export async function open() {
  const made = await ask("/class/rooms", {});
  if (made) sit({ code: made.code, role: "teacher", token: made.secret });
  return Boolean(made);
}

/** Take a seat by a code. @param {string} typed */
export async function join(typed) {
  const code = lettersOf(typed);
  const made = await ask(`/class/rooms/${code}/members`, {});
  if (made) sit({ code, role: "member", token: made.member });
  return Boolean(made);
}

/** Say something in the room; false where it was not heard, with the reason in `said`. @param {object} what */
export async function say(what) {
  const { seat } = session;
  if (!seat) return false;
  return Boolean(await ask(`/class/rooms/${seat.code}/say`, what, pass(seat)));
}

/** @param {string} path @param {object} what @param {Object<string, string>} [headers] */
async function ask(path, what, headers = {}) {
  session.said = "";
  try {
    const answer = await fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", ...headers },
      body: JSON.stringify(what),
    });
    if (answer.ok) return await answer.json();
    session.said = await why(answer, `The server refused (${answer.status}). Try again.`);
  } catch {
    session.said = "The server cannot be reached. Try again in a moment.";
  }
  changed();
  return null;
}
