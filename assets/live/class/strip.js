// The strip of a class room at the foot of every page. It lives in the page's body, not in Streamlit's tree, and so
// stays through every run and every page; the component is only its voice to Python: who sits here, and where to go.
import { button, el } from "../build.js";
import { placeOf, same } from "./here.js";
import { begin, hush, session, watch } from "./session.js";
import { close, makeSheet } from "./sheet.js";
import { student } from "./student.js";
import { teacher } from "./teacher.js";

/** @typedef {import("../types.js").Component} Component */
/** @typedef {import("./types.js").Place} Place */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/**
 * @typedef {object} Strip
 * @property {HTMLElement} root
 * @property {HTMLElement} bar
 * @property {HTMLElement} said
 * @property {Sheet} sheet
 * @property {boolean} forms whether the teacher is writing a question
 * @property {(place: Place) => void} go
 * @property {string} role that the bar is made for
 * @property {import("./teacher.js").Part | null} part
 */

const LOOK = 500; // ms between two looks at the address
const ARRIVES = 4000; // ms after which a way is asked for again, if it led nowhere
const TIMES = 3;
const FOLLOWED = "bayes.class.followed";

/** @type {Component | null} */
let voice = null;
/** @type {Strip | null} */
let strip = null;
let told = "";
let address = "";
/** @type {{place: Place, from: string, at: number, times: number} | null} */
let going = null;
let count = 0;

/** @param {Component} component */
export function inClass(component) {
  voice = component;
  if (strip) tell();
  else {
    strip = make();
    begin();
    watch(draw);
    look();
    setInterval(look, LOOK);
  }
}

/** @returns {Strip} */
function make() {
  const bar = el("div", { class: "cr-bar" });
  const said = el("p", { class: "cr-said", role: "status" });
  const sheet = makeSheet();
  const root = el("aside", { class: "cr", "aria-label": "Class", hidden: true });
  root.append(sheet.root, el("div", { class: "cr-line" }, bar, said));
  document.body.append(root);
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || sheet.root.hidden) return;
    close(sheet);
    draw();
  });
  return { root, bar, said, sheet, forms: false, go, role: "", part: null };
}

function draw() {
  if (!strip) return;
  const { root, bar, said, sheet } = strip;
  const { seat, lost, now } = session;
  const role = seat?.role ?? "";
  if (role !== strip.role || !root.dataset.role) {
    strip.role = role;
    sheet.closed.clear();
    strip.part = role === "teacher" ? teacher(strip) : role === "member" ? student(strip) : null;
    bar.replaceChildren(...(strip.part?.bar ?? [button("Close", hush, { class: "cr-end" })]));
    if (!strip.part) sheet.root.hidden = true;
    root.dataset.role = role || "none";
  }
  root.hidden = !role && !session.said;
  strip.part?.draw();
  const words = lost ? "The line is lost. Trying again…" : session.said || now?.trouble || "";
  if (said.textContent !== words) said.textContent = words;
  root.classList.toggle("lost", lost);
  const page = document.documentElement;
  page.classList.toggle("in-class", !root.hidden);
  page.classList.toggle("class-held", Boolean(role === "member" && now?.frozen));
  tell();
  follow();
}

/** Tell Python who sits here, if it does not know. */
function tell() {
  const { seat, now } = session;
  const known = seat && { code: seat.code, token: seat.token, role: seat.role, frozen: Boolean(now?.frozen) };
  const text = JSON.stringify(known);
  if (text === told || (!known && !told)) return;
  told = text;
  voice?.setStateValue("seat", known);
}

/** Go where the teacher sent everyone, once. */
function follow() {
  const { seat, now } = session;
  if (seat?.role !== "member" || !now?.at) return;
  const sent = JSON.stringify([seat.code, now.at]);
  if (recall() === sent) return;
  remember(sent);
  if (!same(now.at, placeOf(location.href))) go(now.at);
}

/** @param {Place} place */
function go({ page, query }) {
  going = { place: { page, query }, from: location.href, at: Date.now(), times: 1 };
  ask();
}

function ask() {
  if (!going) return;
  count += 1;
  voice?.setTriggerValue("go", { ...going.place, count: Date.now() * 1000 + (count % 1000) });
}

/** What changes without a word: the address, and a way that was not heard. */
function look() {
  const app = document.querySelector(".stApp"); // its colours are the page's, and the strip lies outside of it
  if (strip && app) strip.root.style.colorScheme = getComputedStyle(app).colorScheme;
  if (going) {
    const there = going.place.page === placeOf(location.href).page;
    if (there || going.times >= TIMES) going = null;
    else if (Date.now() - going.at > ARRIVES) {
      Object.assign(going, { at: Date.now(), times: going.times + 1 });
      ask();
    }
  }
  if (location.href === address) return;
  address = location.href;
  if (session.seat) strip?.part?.draw();
  else hush(); // one has read it, and gone on
}

/** @param {string} sent */
function remember(sent) {
  try {
    sessionStorage.setItem(FOLLOWED, sent);
  } catch {}
}

function recall() {
  try {
    return sessionStorage.getItem(FOLLOWED);
  } catch {
    return null;
  }
}
