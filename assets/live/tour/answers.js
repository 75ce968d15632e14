// What the page of tours is told, and what it makes of an answer.
import { fill } from "../text.js";

/** @typedef {import("./store.js").Tour} Tour */
/** @typedef {import("../types.js").Component} Component */
/**
 * What Python says of a tour (pages/_ui/tour/desk.py).
 * @typedef {object} Answer
 * @property {number} [n] which question this answers
 * @property {string} token the tour in its link
 * @property {string} file
 * @property {string[]} said what each step shows
 * @property {string[]} notes what is wrong with each
 * @property {string} [trouble] why it is no tour
 */
/**
 * @typedef {object} Page
 * @property {Object<string, string>} words
 * @property {{steps: number, note: number, title: number, link: number, chatty: number}} limits
 * @property {Object<string, string>} pages
 * @property {Answer | null} arrived
 * @property {Answer} example
 * @property {Answer | null} answer
 */
/**
 * @typedef {object} Desk
 * @property {HTMLElement} root
 * @property {Page} page
 * @property {Component} component
 * @property {"arrived" | "walked" | "mine" | "example"} mode
 * @property {Tour} tour what is shown
 * @property {Answer | null} known what is known of it
 * @property {number} asked
 * @property {number | undefined} soon
 * @property {((answer: Answer) => void)[]} waiting
 * @property {boolean} kept
 * @property {Object<string, [string, string]>} shows what is known of views: what each shows, and what is wrong with it
 * @property {() => void} [end]
 */
/**
 * What can be done with a tour and its steps.
 * @typedef {object} Does
 * @property {(at: number, present: boolean) => void} walk
 * @property {() => void} copy
 * @property {() => void} download
 * @property {(file: File) => void} read
 * @property {(said: string) => void} change makes it one's own
 * @property {() => void} own shows one's own
 * @property {() => void} clear
 * @property {() => void} undo
 * @property {() => void} changed
 * @property {(at: number, to: number) => void} move
 * @property {(at: number) => void} remove
 */

/** @param {string} file @returns {Tour} */
export function tourOf(file) {
  const { title, steps } = JSON.parse(file);
  return { title, steps };
}

/** What Python says of the tour as it stands. @param {Desk} here @returns {Promise<Answer>} */
export async function known(here) {
  for (let tries = 0; !here.known && tries < 100; tries++) await new Promise((done) => setTimeout(done, 100));
  if (!here.known) throw new Error("no answer");
  return here.known;
}

/** A link ends with the checksum of all that it holds. @param {string} token */
export const idOf = (token) => token.slice(-24);

/** @param {string} token */
export const linkOf = (token) => `${location.origin}${location.pathname}?steps=${token}`;

/** How long a tour's link is, and what becomes of one that is too long. @param {string} token @param {Page} page */
export function lengthOf(token, { words, limits }) {
  const n = linkOf(token).length;
  const name = token.length > limits.link ? "too long" : n > limits.chatty ? "length long" : "length";
  return fill(words[name], { n: n.toLocaleString("en"), most: limits.link.toLocaleString("en") });
}
