// The page of the room: two beginnings, or the room that one is in.

import { button, el } from "../build.js";
import { one } from "../dom.js";
import { codeIn, LENGTH, lettersOf, linkTo, spaced } from "./code.js";
import { join, open, session, watch } from "./session.js";

/** @typedef {import("../types.js").Component} Component */
/** @typedef {Object<string, string>} Words */
/** @typedef {{words: Words, code: {link: string, svg: string} | null}} Data */
/**
 * @typedef {object} Page
 * @property {HTMLElement} root
 * @property {Component} component
 * @property {Data} data
 * @property {string} shows
 * @property {string} asked the link whose QR code was asked for
 * @property {boolean} own whether a room was opened here, whatever the address says
 */
/** @typedef {HTMLElement & {__room?: Page}} Root */

/** @param {Component} component */
export function room(component) {
  const { data, parentElement } = component;
  if (!data) return undefined;
  const root = /** @type {Root} */ (one(parentElement, ".ro"));
  const read = JSON.parse(new TextDecoder().decode(data));
  const fresh = !root.__room;
  root.__room ??= { root, component, data: read, shows: "", asked: "", own: false };
  const page = root.__room;
  Object.assign(page, { component, data: read });
  draw(page);
  return fresh ? watch(() => root.isConnected && draw(page)) : undefined;
}

/** @param {Page} page */
function draw(page) {
  const { now } = session;
  const asked = codeIn(location.href); // a link to another room than one's own offers that one
  const seat = session.seat && (!asked || asked === session.seat.code || page.own) ? session.seat : null;
  const shows = seat ? `${seat.role} ${seat.code}` : "doors";
  if (shows !== page.shows) {
    page.shows = shows;
    page.root.replaceChildren(...(seat?.role === "teacher" ? teaching(page) : seat ? waiting(page) : doors(page)));
    page.root.dataset.shows = seat?.role ?? "doors";
  }
  if (!seat) return said(page);
  if (seat.role === "teacher") {
    const link = linkTo(location.href, seat.code);
    drawCode(page, link);
    const n = now?.members ?? 0;
    one(page.root, ".ro-count b").textContent = String(n);
    one(page.root, ".ro-count span").textContent = page.data.words[n === 1 ? "in one" : "in"];
  }
  return undefined;
}

/** What was wrong with a beginning, at the one that was tried. @param {Page} page */
function said({ root }) {
  const place = root.querySelector(`[data-tried] .ro-said`);
  if (place) place.textContent = session.said;
}

/** @param {Page} page @returns {Node[]} */
function doors(page) {
  const { words } = page.data;
  const given = codeIn(location.href);
  const input = /** @type {HTMLInputElement} */ (
    el("input", {
      class: "ro-code",
      id: "ro-code",
      autocomplete: "off",
      autocapitalize: "characters",
      spellcheck: "false",
      placeholder: words.hint,
      value: given,
      enterkeyhint: "go",
    })
  );
  const enter = /** @type {HTMLButtonElement} */ (
    el("button", { class: "ro-go" }, given ? `${words.join} ${spaced(given)}` : words.join)
  );
  const told = () => {
    enter.disabled = lettersOf(input.value).length < LENGTH;
  };
  input.addEventListener("input", told);
  told();
  const joining = el(
    "form",
    {
      class: `ro-door${given ? " first" : ""}`,
      novalidate: true,
      onsubmit: async (/** @type {Event} */ event) => {
        event.preventDefault();
        tried(joining);
        enter.disabled = true;
        if (!(await join(input.value))) told();
      },
    },
    el("h2", {}, words["student title"]),
    el("p", {}, words.student),
    el("label", { for: "ro-code" }, words.field),
    input,
    enter,
    el("p", { class: "ro-said", role: "alert" }),
  );
  const opening = el(
    "section",
    { class: "ro-door" },
    el("h2", {}, words["teacher title"]),
    el("p", {}, words.teacher),
    button(
      words.open,
      () => {
        tried(opening);
        page.own = true;
        open();
      },
      { class: "ro-go" },
    ),
    el("p", { class: "ro-said", role: "alert" }),
  );
  return given ? [joining, opening] : [opening, joining];
}

/** @param {HTMLElement} door */
function tried(door) {
  for (const other of door.parentElement?.children ?? []) delete (/** @type {HTMLElement} */ (other).dataset.tried);
  door.dataset.tried = "1";
}

/** @param {Page} page @returns {Node[]} */
function waiting({ data: { words } }) {
  const code = session.seat?.code ?? "";
  return [el("section", { class: "ro-wait" }, el("p", { class: "ro-big" }, spaced(code)), el("p", {}, words.wait))];
}

/** @param {Page} page @returns {Node[]} */
function teaching({ data: { words } }) {
  const code = session.seat?.code ?? "";
  const link = linkTo(location.href, code);
  const steps = words.next.split("\n").filter((line) => line.startsWith("- "));
  return [
    el(
      "section",
      { class: "ro-show" },
      el("p", { class: "ro-say" }, words["go to"], " ", el("b", {}, shortLink())),
      el("p", { class: "ro-big", "aria-label": [...code].join(" ") }, spaced(code)),
      el("p", { class: "ro-count" }, el("b", {}, "0"), " ", el("span", {}, words.in)),
      el("p", { class: "ro-link" }, el("a", { href: link, target: "_blank", rel: "noopener" }, link)),
    ),
    el("div", { class: "ro-qr", role: "img", "aria-label": words.qr }),
    el(
      "section",
      { class: "ro-next" },
      el("h2", {}, words["next title"]),
      el("ol", {}, ...steps.map((line) => el("li", {}, line.slice(2)))),
    ),
  ];
}

/** The page's address as it is read aloud. */
const shortLink = () => linkTo(location.href, "").replace(/^https?:\/\/|\?.*$/g, "");

/** @param {Page} page @param {string} link */
function drawCode(page, link) {
  const { code } = page.data;
  if (code?.link === link)
    one(page.root, ".ro-qr").innerHTML = code.svg; // made by the server from the link
  else if (page.asked !== link) {
    page.asked = link;
    page.component.setStateValue("link", link);
  }
}
