// What a teacher holds: where everyone is, who holds the handles, what is asked, and the end.
import { button, el } from "../build.js";
import { Cloud } from "./cloud.js";
import { spaced } from "./code.js";
import { form } from "./form.js";
import { placeOf, same } from "./here.js";
import { finding } from "./score.js";
import { leave, say, session } from "./session.js";
import { clear, close, show } from "./sheet.js";

/** @typedef {import("./strip.js").Strip} Strip */
/** @typedef {import("./types.js").Snapshot} Snapshot */
/** @typedef {{bar: Node[], draw: () => void}} Part */

const SURE = 5000; // ms in which a second press ends the room

/** @param {Strip} strip @returns {Part} */
export function teacher(strip) {
  const { sheet } = strip;
  const code = button("", () => strip.go({ page: "room", query: {} }), {
    class: "cr-code",
    title: "To the room’s page",
  });
  const count = el("span", { class: "cr-count" });
  const send = button("Send everyone here", () => say({ do: "send", ...placeOf(location.href) }));
  const freeze = button("Freeze handles", () => say({ do: "freeze", on: !session.now?.frozen }));
  const ask = button("Ask…", () => {
    if (!sheet.root.hidden) return close(sheet);
    strip.forms = !session.now?.question;
    draw(true);
    return undefined;
  });
  const end = ending();
  const cloud = new Cloud();

  /** @param {boolean} [asked] */
  function draw(asked = false) {
    const { seat, now, lost } = session;
    code.textContent = seat ? spaced(seat.code) : "";
    count.textContent = now ? `${now.members} in` : "";
    for (const one of [send, freeze, ask, end]) one.disabled = !now || lost;
    const here = placeOf(location.href);
    const there = now?.at && same(now.at, here);
    send.disabled ||= here.page === "room";
    send.textContent = there ? "Everyone is sent here" : "Send everyone here";
    freeze.textContent = now?.frozen ? "Free the handles" : "Freeze handles";
    freeze.setAttribute("aria-pressed", String(Boolean(now?.frozen)));
    ask.textContent = now?.question ? `Guesses ${now.guessed}` : "Ask…";
    if (now?.question) {
      strip.forms = false;
      show(sheet, `cloud ${now.question.number}`, () => asking(strip, cloud, () => draw()), asked);
      drawAsked(sheet.root, cloud, now);
    } else if (strip.forms) {
      show(sheet, "form", () => form(strip, () => close(sheet)), asked);
    } else clear(sheet);
    ask.setAttribute("aria-expanded", String(!sheet.root.hidden));
  }
  return { bar: [code, count, el("span", { class: "cr-does" }, send, freeze, ask), end], draw };
}

/** End the room, at the second press. */
function ending() {
  const end = button(
    "End",
    () => {
      if (end.dataset.sure) {
        say({ do: "end" }).then((done) => done && leave("You ended the class. Nothing of it is kept."));
        return;
      }
      end.dataset.sure = "1";
      end.textContent = "End for everyone?";
      setTimeout(() => {
        delete end.dataset.sure;
        end.textContent = "End";
      }, SURE);
    },
    { class: "cr-end" },
  );
  return end;
}

/**
 * The cloud and what may be done with the question.
 * @param {Strip} strip @param {Cloud} cloud @param {() => void} closed
 */
function asking({ sheet, go }, cloud, closed) {
  const away = button(
    "Close",
    () => {
      close(sheet);
      closed();
    },
    { class: "cr-plain" },
  );
  const reveal = button("Reveal", () => say({ do: session.now?.question?.kind === "prior" ? "pool" : "reveal" }), {
    class: "cr-first cr-reveal",
  });
  const open = button(
    "Open with the class’s prior",
    () => {
      const pool = session.now?.pooled;
      if (pool) go({ page: "updating", query: { centre: pool.mean.toFixed(3), worth: pool.worth.toPrecision(3) } });
    },
    { class: "cr-first cr-open", hidden: true },
  );
  const done = button("Next question", () => say({ do: "close" }));
  return [
    el("div", { class: "cr-head" }, el("p", { class: "cr-question" }), el("p", { class: "cr-tally", role: "status" })),
    cloud.el,
    el("div", { class: "cr-foot" }, el("p", { class: "cr-finding" }), reveal, open, done, away),
  ];
}

/** @param {HTMLElement} root @param {Cloud} cloud @param {Snapshot} now */
function drawAsked(root, cloud, now) {
  const { question, revealed, pooled, members, guessed } = now;
  if (!question) return;
  const at = (/** @type {string} */ name) => /** @type {HTMLElement} */ (root.querySelector(name));
  at(".cr-question").textContent = question.text;
  at(".cr-tally").textContent = `${guessed} of ${members}`;
  at(".cr-finding").textContent = finding(now);
  const reveal = /** @type {HTMLButtonElement} */ (at(".cr-reveal"));
  reveal.textContent = question.kind === "prior" ? "Pool and show" : "Reveal";
  reveal.hidden = revealed;
  reveal.disabled = !guessed;
  at(".cr-open").hidden = !pooled;
  cloud.draw(now);
}
