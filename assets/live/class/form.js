// The form in which a teacher asks: filled with the page's own question where it has one.
import { button, el } from "../build.js";
import { offeredHere } from "./offer.js";
import { say, session } from "./session.js";

/** @typedef {import("./types.js").Question} Question */
/** @typedef {Question["kind"]} Kind */
/** @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field */

/** @type {[Kind, string][]} */
const KINDS = [
  ["number", "A number"],
  ["band", "A band"],
  ["one of", "One of"],
  ["prior", "A prior"],
];
/** @type {Object<string, string>} */
const HINTS = {
  number: "What is P(ill | positive)?",
  band: "Drag the band to where 90 % of new days will fall",
  "one of": "Which method drew this?",
  prior: "How often does this coin show heads? Say what you believe before any flip",
};
const BLANK = { text: "", label: "", unit: "%", low: 0, high: 100, level: 0.9, options: [] };
const LONGEST = 300;

/** @param {import("./strip.js").Strip} strip @param {() => void} closed @returns {Node[]} */
export function form(strip, closed) {
  const offered = offeredHere();
  /** @type {Kind} */
  let kind = offered?.kind ?? "number";
  const fields = el("div", { class: "cr-asks" });
  const wrong = el("p", { class: "cr-wrong", role: "alert" });
  const kinds = KINDS.map(([name, words]) => button(words, () => choose(name), { "data-kind": name }));
  const ask = el("button", { class: "cr-first" }, "Ask the class");
  const away = button(
    "Cancel",
    () => {
      strip.forms = false;
      closed();
    },
    { class: "cr-plain" },
  );

  /** @param {Kind} chosen */
  function choose(chosen) {
    const text = fieldOf(fields, "text")?.value ?? "";
    kind = chosen;
    const from = offered?.kind === kind ? offered : { ...BLANK, kind, text: offered?.text === text ? "" : text };
    fields.replaceChildren(...fieldsOf(kind, from));
    for (const one of kinds) one.setAttribute("aria-pressed", String(one.dataset.kind === kind));
  }
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    wrong.textContent = "";
    const heard = await say({ do: "ask", question: asked(kind, fields) });
    if (!heard) wrong.textContent = session.said;
  };
  choose(kind);
  const head = offered ? "What this page asks, or something else" : "What do you want to ask?";
  return [
    el(
      "form",
      { class: "cr-form", novalidate: true, onsubmit: submit },
      el("div", { class: "cr-head" }, el("p", { class: "cr-question" }, head)),
      el("div", { class: "cr-kinds", role: "group", "aria-label": "Kind of question" }, ...kinds),
      fields,
      el("div", { class: "cr-foot" }, wrong, ask, away),
    ),
  ];
}

/** @param {Kind} kind @param {Question} from */
function fieldsOf(kind, from) {
  const { text, label = "", unit = "", low = 0, high = 100, level = 0.9, options = [], answer = null } = from;
  const question = area("text", "Question", text, { placeholder: HINTS[kind], maxlength: LONGEST, rows: 2 });
  if (kind === "prior") return [question];
  if (kind === "one of") {
    const lines = area("options", "Options, one a line", options.join("\n"), { rows: Math.max(3, options.length) });
    const right = typeof answer === "number" ? (options[answer] ?? "") : "";
    return [question, lines, field("right", "The right one, if there is one", right, { class: "cr-wide" })];
  }
  const number = { inputmode: "decimal", class: "cr-short" };
  const [from_, to] = Array.isArray(answer) ? answer.map(String) : ["", ""];
  const answers =
    kind === "band"
      ? [
          field("level", "Level, %", String(Math.round(1e4 * level) / 100), number),
          field("answer", "Answer from", from_, number),
          field("answer2", "to", to, number),
        ]
      : [field("answer", "Answer, if known", typeof answer === "number" ? String(answer) : "", number)];
  return [
    question,
    field("label", "On the axis", label, { class: "cr-wide", placeholder: "what is guessed" }),
    field("unit", "Unit", unit, { class: "cr-short", placeholder: "none" }),
    field("low", "From", String(low), number),
    field("high", "To", String(high), number),
    ...answers,
  ];
}

/** What the form says. @param {Kind} kind @param {HTMLElement} fields */
function asked(kind, fields) {
  const text = (/** @type {string} */ name) => (fieldOf(fields, name)?.value ?? "").trim();
  const number = (/** @type {string} */ name) => readNumber(text(name));
  const question = { kind, text: text("text") };
  if (kind === "prior") return question;
  if (kind === "one of") {
    const options = text("options")
      .split("\n")
      .map((line) => line.trim())
      .filter(Boolean);
    const right = options.indexOf(text("right"));
    return { ...question, options, answer: right < 0 ? null : right };
  }
  const ends = { ...question, label: text("label"), unit: text("unit"), low: number("low"), high: number("high") };
  if (kind === "number") return { ...ends, answer: text("answer") ? number("answer") : null };
  const level = Number((Number(number("level")) / 100).toPrecision(9));
  return { ...ends, level, answer: text("answer") || text("answer2") ? [number("answer"), number("answer2")] : null };
}

/** A number as it is typed: a decimal comma counts, and what is none is told as it was typed. @param {string} text */
export function readNumber(text) {
  const value = Number(
    text
      .replace("−", "-")
      .replace(/^([^.,]*),([^.,]*)$/, "$1.$2")
      .replaceAll(",", ""),
  );
  return text !== "" && Number.isFinite(value) ? value : text;
}

/** @param {HTMLElement} fields @param {string} name */
const fieldOf = (fields, name) => /** @type {Field | null} */ (fields.querySelector(`[name="${name}"]`));

/** @param {string} name @param {string} label @param {string} value @param {import("../build.js").Look} [look] */
function field(name, label, value, look = {}) {
  const input = el("input", { name, autocomplete: "off", ...look });
  /** @type {HTMLInputElement} */ (input).value = value;
  return el("label", {}, el("span", {}, label), input);
}

/** @param {string} name @param {string} label @param {string} value @param {import("../build.js").Look} look */
function area(name, label, value, look) {
  const input = el("textarea", { name, ...look });
  /** @type {HTMLTextAreaElement} */ (input).value = value;
  return el("label", { class: "cr-whole" }, el("span", {}, label), input);
}
