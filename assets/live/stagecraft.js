// What a presenter lays over the page: a blank screen, the card of keys, a pointer that the last row sees.

/** @typedef {import("./types.js").KeyRow} KeyRow */

/** @type {{blank: HTMLElement | null, card: HTMLElement | null, ring: HTMLElement | null}} */
const over = { blank: null, card: null, ring: null };

/** @param {keyof typeof over} what @param {string} looks @param {Node[]} inside */
function lay(what, looks, ...inside) {
  const el = Object.assign(document.createElement("div"), { className: `bk-${what} ${looks}` });
  el.append(...inside);
  el.style.colorScheme = getComputedStyle(document.querySelector(".stApp") ?? document.body).colorScheme;
  document.body.append(el); // beside the app, which alone knows whether it is dark
  over[what] = el;
  return el;
}

/** @param {keyof typeof over} what */
function lift(what) {
  over[what]?.remove();
  over[what] = null;
}

/** Take away what hides the page, or part of it, and say whether that was all that the key was for. @param {string} key */
export function uncover(key) {
  const ends = Boolean(over.blank) || (Boolean(over.card) && (key === "Escape" || key === "?"));
  lift("blank");
  lift("card");
  return ends;
}

export function clear() {
  lift("blank");
  lift("card");
  if (over.ring) large();
}

/** Any key, and any click, brings the page back. @param {number} white */
export function blank(white) {
  const el = lay("blank", white ? "white" : "");
  el.setAttribute("role", "status");
  el.setAttribute("aria-label", "The screen is blank: any key shows the page again");
  el.addEventListener("pointerdown", () => lift("blank"));
}

/** @param {KeyRow[]} rows */
export function card(rows) {
  const list = document.createElement("dl");
  for (const { caps, words } of rows) {
    const [keys, what] = [document.createElement("dt"), document.createElement("dd")];
    keys.append(...caps.map(cap));
    what.textContent = words;
    list.append(keys, what);
  }
  const el = lay("card", "", list);
  el.setAttribute("role", "status");
  el.setAttribute("aria-label", "Keys");
  el.addEventListener("pointerdown", () => lift("card"));
}

/** @param {string} text */
export const cap = (text) => Object.assign(document.createElement("kbd"), { textContent: text });

export function whole() {
  const done = document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
  done.catch(() => {}); // a browser, or the page around this one, may not want it
}

/** A soft ring goes with the pointer, or no longer does. */
export function large() {
  if (over.ring) {
    lift("ring");
    window.removeEventListener("pointermove", follow, true);
    return;
  }
  lay("ring", "").setAttribute("aria-hidden", "true");
  window.addEventListener("pointermove", follow, true);
}

/** @param {PointerEvent} event */
function follow({ clientX, clientY }) {
  const el = over.ring;
  if (!el) return;
  el.style.transform = `translate(${clientX}px, ${clientY}px)`;
  el.classList.add("seen");
}
