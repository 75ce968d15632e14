// What a student has: the class one is in, the way back to it, and the question with its guess.

import { button, el } from "../build.js";
import { answerTo } from "./answer.js";
import { Cloud } from "./cloud.js";
import { spaced } from "./code.js";
import { placeOf, same } from "./here.js";
import { finding, verdict, worded } from "./score.js";
import { leave, say, session } from "./session.js";
import { clear, close, show } from "./sheet.js";

/** @typedef {import("./strip.js").Strip} Strip */
/** @typedef {import("./types.js").Guess} Guess */
/** @typedef {import("./types.js").Snapshot} Snapshot */

/** @param {Strip} strip @returns {import("./teacher.js").Part} */
export function student(strip) {
  const { sheet } = strip;
  const code = el("b", { class: "cr-code" });
  const held = el("span", { class: "cr-held", role: "status" });
  const back = button("Back to the class", () => session.now?.at && strip.go(session.now.at), { class: "cr-first" });
  const asked = button("Question", () => {
    if (!sheet.root.hidden) return close(sheet);
    draw(true);
    return undefined;
  });
  const cloud = new Cloud();

  /** @param {boolean} [open] */
  function draw(open = false) {
    const { seat, now } = session;
    code.textContent = seat ? spaced(seat.code) : "";
    held.textContent = now?.frozen ? "Your teacher holds the handles" : "";
    back.hidden = !now?.at || same(now.at, placeOf(location.href));
    asked.hidden = !now?.question;
    asked.textContent = now?.revealed ? "Guesses" : "Question";
    if (now?.question) {
      const name = `${now.revealed ? "cloud" : "guess"} ${now.question.number}`;
      show(sheet, name, () => (now.revealed ? revealed(strip, cloud) : guessing(strip, now, draw)), open);
      if (now.revealed) drawRevealed(sheet.root, cloud, now);
      else drawGuess(sheet.root, now);
    } else clear(sheet);
    asked.setAttribute("aria-expanded", String(!sheet.root.hidden));
  }
  const away = () => say({ do: "leave" }).finally(() => leave("You left the class."));
  return {
    bar: [
      el("span", { class: "cr-in" }, "In the class of ", code),
      held,
      el("span", { class: "cr-does" }, back, asked),
      button("Leave", away, { class: "cr-end" }),
    ],
    draw,
  };
}

/**
 * The question with its fields.
 * @param {Strip} strip @param {Snapshot} now @param {(open?: boolean) => void} draw @returns {Node[]}
 */
function guessing({ sheet }, now, draw) {
  const { question } = now;
  if (!question) return [];
  /** @type {Guess | null} */
  let chosen = null;
  const send = /** @type {HTMLButtonElement} */ (el("button", { class: "cr-first cr-send", disabled: true }, "Send"));
  const told = async () => {
    if (chosen === null) return;
    send.disabled = true;
    const heard = await say({ do: "guess", value: chosen, number: question.number });
    if (!heard) send.disabled = false;
  };
  const answer = answerTo(question, (guess, done) => {
    chosen = guess;
    send.disabled = guess === null;
    if (done) told();
  });
  answer.set(now.mine);
  const once = question.kind === "one of"; // its buttons send
  const away = button(
    "Later",
    () => {
      close(sheet);
      draw();
    },
    { class: "cr-plain" },
  );
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    told();
  };
  return [
    el(
      "form",
      { class: "cr-guess", novalidate: true, onsubmit: submit },
      el("p", { class: "cr-question" }, question.text),
      answer.el,
      el("div", { class: "cr-foot" }, el("p", { class: "cr-sent", role: "status" }), once ? null : send, away),
    ),
  ];
}

/** @param {HTMLElement} root @param {Snapshot} now */
function drawGuess(root, { question, mine }) {
  const sent = root.querySelector(".cr-sent");
  if (!sent || !question) return;
  const words = mine === null ? "" : `Sent: ${worded(question, mine)}. You may change it until it is revealed.`;
  if (sent.textContent !== words) sent.textContent = words;
  for (const [i, one] of root.querySelectorAll(".cr-options button").entries()) {
    one.setAttribute("aria-pressed", String(i === mine));
  }
}

/** @param {Strip} strip @param {Cloud} cloud @returns {Node[]} */
function revealed({ sheet }, cloud) {
  return [
    el("div", { class: "cr-head" }, el("p", { class: "cr-question" })),
    cloud.el,
    el(
      "div",
      { class: "cr-foot" },
      el("p", { class: "cr-finding", role: "status" }),
      button("Close", () => close(sheet), { class: "cr-plain" }),
    ),
  ];
}

/** @param {HTMLElement} root @param {Cloud} cloud @param {Snapshot} now */
function drawRevealed(root, cloud, now) {
  const question = root.querySelector(".cr-question");
  const said = root.querySelector(".cr-finding");
  if (!question || !said || !now.question) return;
  question.textContent = now.question.text;
  const words = [verdict(now), finding(now)].filter(Boolean).join(" ");
  if (said.textContent !== words) said.textContent = words;
  cloud.draw(now);
}
