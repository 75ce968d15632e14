// Sentences with numbers in them: a template, and the words of the picture before and after, make what is said.
// pages/_ui/sentences.py says what a template may hold, and does the same for what is no handle's move.
import { safe } from "./text.js";

/** @typedef {(name: string) => string | null} Word */
/** @typedef {{kind: string, name: string, inner: Node[]}} Node */
/** @typedef {{head: Node[] | null, clauses: Node[][], end: string}} Sentence */
/** @typedef {{before: Word | null, after: Word, complete: boolean}} Telling */

const SPLIT = /&#?\w+;|;\s+|:\s+|[.!?](?:<\/\w+>)*(?:\s+|$)/g;
const DASH = /^$|^[–—-](\s|$)|\s[–—-]$|\bnan\b/i;
const NUMBER = /[−-]?\d[\d,]*(?:\.\d+)?(?:e[−+-]?\d+)?/;
const TAG = /<[^>]*>/g;
const CONDITIONS = ["grows", "shrinks", "stays", "moves"];

/**
 * What a template says of two pictures; without a `before` nothing is told as a change.
 * @param {string} template
 * @param {Word | null} before
 * @param {Word} after
 * @returns {{html: string, complete: boolean}} whether all its words were there
 */
export function render(template, before, after) {
  const telling = { before, after, complete: true };
  const said = sentences(parse(template)).map((one, n) => sentenceOf(telling, one, n === 0));
  return { html: said.filter(Boolean).join(" "), complete: telling.complete };
}

/** HTML's text, for those who hear it. @param {string} html */
export const bare = (html) =>
  html
    .replace(TAG, "")
    .replaceAll("&quot;", '"')
    .replaceAll("&gt;", ">")
    .replaceAll("&lt;", "<")
    .replaceAll("&amp;", "&");

/** Whether a word is not there: none, a dash, or no number. @param {string | null | undefined} word */
export const absent = (word) => word === null || word === undefined || DASH.test(word.trim());

/** The first number of a word. @param {string | null} word */
export function numberIn(word) {
  const found = (word ?? "").match(NUMBER);
  return found ? Number(found[0].replaceAll("−", "-").replaceAll(",", "")) : null;
}

/**
 * How a number went: "grows", "shrinks", "stays", "differs" (no number tells how), null where it is absent.
 * @param {string} name
 * @param {Word} before
 * @param {Word} after
 */
export function went(name, before, after) {
  const words = [before(name) ?? null, after(name) ?? null];
  const facts = [before(`fact.${name}`), after(`fact.${name}`)];
  const shown = words.some((word) => word !== null);
  if (shown && words.some(absent)) return null;
  if (shown && words[0] === words[1]) return "stays";
  const [first, last] = words.map((word, i) => numberIn(absent(facts[i]) ? word : facts[i]));
  if (first === null || last === null) return shown ? "differs" : null;
  if (first === last) return shown ? "differs" : "stays";
  return last > first ? "grows" : "shrinks";
}

/** A template's pieces. @param {string} template */
const parse = (template) => pieces(template, 0).nodes;

/**
 * The pieces from a place to the brace that closes it, and the place behind that.
 * @param {string} text
 * @param {number} start
 */
function pieces(text, start) {
  /** @type {Node[]} */
  const nodes = [];
  let at = start;
  while (at < text.length && text[at] !== "}") {
    if (text[at] !== "{") {
      const end = Math.min(place(text, "{", at), place(text, "}", at));
      nodes.push({ kind: "text", name: text.slice(at, end), inner: [] });
      at = end;
      continue;
    }
    const end = Math.min(place(text, ":", at), place(text, "}", at));
    const head = text.slice(at + 1, end);
    const [kind, name] = halves(head);
    if (text[end] === ":") {
      const inside = pieces(text, end + 1);
      nodes.push({ kind: CONDITIONS.includes(kind) ? kind : "unknown", name, inner: inside.nodes });
      at = inside.at;
    } else {
      const slot = Boolean(name) && ["from", "to", "change"].includes(kind);
      nodes.push(slot ? { kind, name, inner: [] } : { kind: "to", name: head, inner: [] });
      at = end + 1;
    }
  }
  return { nodes, at: at + 1 };
}

/** @param {string} text @param {string} sign @param {number} at */
function place(text, sign, at) {
  const found = text.indexOf(sign, at);
  return found < 0 ? text.length : found;
}

/** What stands before a slot's first dot or blank, and behind it. @param {string} head */
function halves(head) {
  const cut = /^(from|to)\./.test(head) ? head.indexOf(".") : head.indexOf(" ");
  return cut < 0 ? [head, ""] : [head.slice(0, cut), head.slice(cut + 1)];
}

/** The sentences of a template's pieces, each with its head and its clauses. @param {Node[]} nodes */
function sentences(nodes) {
  /** @type {Sentence[]} */
  const made = [];
  let now = blank();
  const add = (/** @type {Node} */ node) => now.clauses[now.clauses.length - 1].push(node);
  const text = (/** @type {string} */ name) => add({ kind: "text", name, inner: [] });
  for (const [n, node] of nodes.entries()) {
    if (node.kind !== "text") {
      add(node);
      continue;
    }
    let start = 0;
    for (const found of node.name.matchAll(SPLIT)) {
      const [mark] = found;
      const behind = found.index + mark.length;
      const colon = mark[0] === ":" && now.head === null && now.clauses.length === 1;
      const last = behind === node.name.length && n === nodes.length - 1;
      const ends = ".!?".includes(mark[0]) && (/\s$/.test(mark) || last);
      if (!(colon || ends || mark[0] === ";")) continue;
      text(node.name.slice(start, found.index));
      start = behind;
      if (colon) {
        now = { ...blank(), head: now.clauses[0] };
      } else if (ends) {
        made.push({ ...now, end: mark.trimEnd() });
        now = blank();
      } else {
        now.clauses.push([]);
      }
    }
    text(node.name.slice(start));
  }
  return [...made, now];
}

/** @returns {Sentence} */
const blank = () => ({ head: null, clauses: [[]], end: "" });

/**
 * One sentence; nothing where nothing of it can be said.
 * @param {Telling} telling
 * @param {Sentence} one
 * @param {boolean} first
 */
function sentenceOf(telling, one, first) {
  const head = one.head === null ? "" : wordsOf(telling, one.head);
  if (head === null) return "";
  const told = one.clauses.map((nodes) => wordsOf(telling, nodes)).filter((text) => text?.replace(TAG, "").trim());
  if (told.length === 0) return first && head ? head + (one.end || ".") : "";
  const said = told.map((clause) => clause?.trim()).join("; ");
  return (head ? `${head}: ${said}` : said) + one.end;
}

/**
 * What some pieces say, null if a word is not there.
 * @param {Telling} telling
 * @param {Node[]} nodes
 * @returns {string | null}
 */
function wordsOf(telling, nodes) {
  const parts = nodes.map((node) => wordOf(telling, node));
  return parts.includes(null) ? null : parts.join("");
}

/**
 * @param {Telling} telling
 * @param {Node} node
 * @returns {string | null}
 */
function wordOf(telling, node) {
  if (node.kind === "text") return node.name;
  if (CONDITIONS.includes(node.kind)) return condition(telling, node);
  const text = slot(telling, node);
  if (text === null) telling.complete = false;
  return text;
}

/** @param {Telling} telling @param {Node} node */
function condition(telling, { kind, name, inner }) {
  if (!telling.before) return "";
  const how = went(name, telling.before, telling.after);
  if (how === null) {
    telling.complete = false;
    return null;
  }
  return how === kind || (kind === "moves" && how !== "stays") ? wordsOf(telling, inner) : "";
}

/** @param {Telling} telling @param {Node} node */
function slot({ before, after }, { kind, name }) {
  if (kind === "unknown") return null;
  const [first, last] = [before?.(name), after(name)];
  if (kind === "from") return absent(first) ? null : safe(first);
  if (absent(last)) return null;
  const now = safe(last);
  if (kind === "to" || !before) return now;
  if (absent(first)) return `now ${now}`;
  return first === last ? `still ${now}` : `${safe(first)} → ${now}`;
}
