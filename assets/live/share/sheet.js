// The share sheet: while it is open it follows the address, and asks Python for the code of its link.
import { all, one } from "../dom.js";
import { collect } from "../tour/collect.js";
import { sheetHtml } from "./html.js";
import { linkOf, stagingOf } from "./link.js";
import { take } from "./take.js";

/** @typedef {import("./html.js").Page} Page */
/** @typedef {import("../types.js").Component} Component */
/**
 * @typedef {object} Sheet
 * @property {HTMLElement} root
 * @property {Page} page
 * @property {Component} component
 * @property {string} shape of the furniture: it is made anew for another
 * @property {string} link
 * @property {string} asked the link whose code is asked for
 * @property {number | undefined} following
 */
/** @typedef {HTMLElement & {__share?: Sheet}} Root */

const EVERY = 200; // ms between two looks at the address, while the sheet is open
const WRITTEN = 300; // ms without a change before the code of a link is asked for

/** @param {Component} component */
export function share(component) {
  const { data, parentElement } = component;
  if (!data) return undefined;
  const root = /** @type {Root} */ (one(parentElement, ".sh"));
  /** @type {Page} */
  const page = JSON.parse(new TextDecoder().decode(data));
  root.__share ??= { root, page, component, shape: "", link: "", asked: "", following: undefined };
  const sheet = root.__share;
  sheet.page = page;
  sheet.component = component;
  build(sheet);
  drawCode(sheet);
  const details = root.closest("details");
  const turned = () => (details?.open ? open(sheet) : shut(sheet));
  details?.addEventListener("toggle", turned);
  turned();
  return () => {
    details?.removeEventListener("toggle", turned);
    shut(sheet);
  };
}

/** @param {Sheet} sheet */
function build(sheet) {
  const { root, page } = sheet;
  const shape = JSON.stringify([page.locks, page.asks]);
  if (shape === sheet.shape) return;
  const ticked = ticks(root).map(({ dataset }) => JSON.stringify(dataset));
  sheet.shape = shape;
  const noted = root.querySelector("textarea")?.value ?? "";
  root.innerHTML = sheetHtml(page);
  collect(one(root, ".sh-tour"), page.words, () => sheet.link, noted);
  for (const tick of ticks(root)) tick.checked = ticked.includes(JSON.stringify(tick.dataset));
  root.onchange = () => follow(sheet);
  root.onclick = ({ target }) => {
    const does = /** @type {HTMLElement} */ (target).closest("[data-does]")?.getAttribute("data-does");
    if (does) act(sheet, does);
  };
}

/** The boxes that are ticked. @param {HTMLElement} root */
const ticks = (root) => all(root, "input:checked").map((el) => /** @type {HTMLInputElement} */ (el));

/** @param {Sheet} sheet */
function open(sheet) {
  clearInterval(sheet.following);
  follow(sheet);
  sheet.following = setInterval(() => (sheet.root.isConnected ? follow(sheet) : shut(sheet)), EVERY);
}

/** @param {Sheet} sheet */
function shut(sheet) {
  clearInterval(sheet.following);
  sheet.following = undefined;
}

/** Bring link, buttons and code up to date with the address and the ticks. @param {Sheet} sheet */
function follow(sheet) {
  const { root } = sheet;
  const given = stagingOf(location.href);
  const lock = chosen(root, "lock", given.lock);
  const hide = chosen(root, "hide", given.hide);
  const ask = chosen(root, "ask", given.ask ? ["1"] : []).length > 0;
  const link = linkOf(location.href, { lock, hide, ask });
  if (link === sheet.link) return;
  sheet.link = link;
  /** @type {HTMLInputElement} */ (one(root, ".sh-url")).value = link;
  one(root, `[data-to="students"]`).setAttribute("href", link);
  one(root, `[data-to="projector"]`).setAttribute("href", linkOf(location.href, { lock, hide, ask }, true));
  drawCode(sheet);
  setTimeout(() => {
    if (sheet.link === link && sheet.asked !== link && sheet.following !== undefined) {
      sheet.asked = link;
      sheet.component.setStateValue("link", link);
    }
  }, WRITTEN);
}

/**
 * What is ticked of a kind. What the address has already stays ticked: who got a link with locks cannot pass it on
 * without them.
 * @param {HTMLElement} root
 * @param {string} kind
 * @param {string[]} given
 */
function chosen(root, kind, given) {
  const boxes = all(root, `[data-${kind}]`).map((el) => /** @type {HTMLInputElement} */ (el));
  const every = boxes.find((box) => box.dataset[kind] === "all");
  for (const box of boxes) {
    const fixed = given.includes(box.dataset[kind] ?? "") || given.includes("all");
    if (fixed) box.checked = true;
    box.disabled = fixed || (box !== every && Boolean(every?.checked));
  }
  const named = boxes.filter((box) => box.checked).map((box) => box.dataset[kind] ?? "");
  const known = boxes.map((box) => box.dataset[kind]);
  return [...named, ...given.filter((name) => !known.includes(name))];
}

/** Show the code, if it is the link's own. @param {Sheet} sheet */
function drawCode({ root, page, link }) {
  const { code, words } = page;
  const own = code !== null && code.link === link;
  one(root, ".sh-qr").classList.toggle("waits", !own);
  if (!own) return;
  for (const place of all(root, ".sh-code")) place.innerHTML = code.svg;
  one(root, ".sh-large p").textContent = link;
  one(root, ".sh-note").textContent = code.svg ? (code.dense ? words.dense : "") : words["too long"];
  /** @type {HTMLButtonElement} */ (one(root, `[data-does="larger"]`)).disabled = !code.svg;
}

/** @param {Sheet} sheet @param {string} does */
async function act(sheet, does) {
  const { root, page } = sheet;
  const large = /** @type {HTMLDialogElement} */ (one(root, ".sh-large"));
  if (does === "larger") return large.showModal();
  if (does === "close") return large.close();
  const said = await take(does, sheet.link, page).catch((error) => {
    console.error(error);
    return "failed";
  });
  one(root, ".sh-said").textContent = page.words[said];
  if (said === "not copied") /** @type {HTMLInputElement} */ (one(root, ".sh-url")).select();
}
