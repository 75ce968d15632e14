// The line to a class room: a stream of snapshots, one a line, that comes back by itself when it was lost.

/** @typedef {import("./types.js").Seat} Seat */
/** @typedef {import("./types.js").Snapshot} Snapshot */
/**
 * @typedef {object} Ears
 * @property {(snapshot: Snapshot) => void} heard
 * @property {() => void} lost
 * @property {(why: string) => void} gone the room has ended, or never was
 */

const FIRST = 500; // ms to the first new try
const MOST = 10_000; // ms between two tries, at most
const SILENT = 40_000; // ms without a word: the server says something every 15 s
const GONE = [401, 403, 404, 410];

/** How long to wait before the n-th new try, before chance spreads a class. @param {number} n */
export const pause = (n) => Math.min(MOST, FIRST * 2 ** n);

/**
 * Whole lines of a stream, and what has come of the next.
 * @param {string} text @returns {{lines: string[], rest: string}}
 */
export function cut(text) {
  const lines = text.split("\n");
  return { rest: lines.pop() ?? "", lines: lines.filter((line) => line.trim()) };
}

/** What a refusal says. @param {Response} answer @param {string} otherwise */
export const why = (answer, otherwise) =>
  answer.json().then(
    ({ error }) => (typeof error === "string" ? error : otherwise),
    () => otherwise,
  );

/** @param {Seat} seat */
export const pass = ({ token }) => ({ Authorization: `Bearer ${token}` });

/** Listen to a room. @param {Seat} seat @param {Ears} ears @returns {() => void} hangs up */
export function listen(seat, ears) {
  const hung = new AbortController();
  let wake = () => {};
  const rest = (/** @type {number} */ ms) =>
    new Promise((done) => {
      const timer = setTimeout(done, ms * (0.75 + Math.random() / 2), undefined);
      wake = () => {
        clearTimeout(timer);
        done(undefined);
      };
    });
  const run = async () => {
    for (let tries = 0; !hung.signal.aborted; tries++) {
      try {
        const answer = await call(seat, hung.signal, (snapshot) => {
          tries = 0;
          ears.heard(snapshot);
        });
        if (answer) return ears.gone(answer);
      } catch {} // the line was cut: said below
      if (hung.signal.aborted) return undefined;
      ears.lost();
      await rest(pause(tries));
    }
    return undefined;
  };
  window.addEventListener("online", () => wake(), { signal: hung.signal });
  run();
  return () => hung.abort();
}

/**
 * One call, until it ends; words where the room is gone.
 * @param {Seat} seat @param {AbortSignal} signal @param {Ears["heard"]} heard
 */
async function call(seat, signal, heard) {
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENT);
  try {
    const answer = await fetch(`/class/rooms/${seat.code}/events`, {
      headers: pass(seat),
      signal: AbortSignal.any([signal, silence.signal]),
      cache: "no-store",
    });
    if (GONE.includes(answer.status)) return await why(answer, "This room is closed.");
    if (!answer.ok || !answer.body) throw new Error(`${answer.status}`);
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let waiting = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return "";
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENT);
      const { lines, rest } = cut(waiting + value);
      waiting = rest;
      if (lines.length) heard(JSON.parse(lines[lines.length - 1])); // each is the whole: only the last counts
    }
  } finally {
    clearTimeout(timer);
  }
}
