// The browser's history: a choice is an entry of its own, moving a handle is not, and neither is what a page writes into
// its address as it opens. Streamlit adds an entry for every change of the address; where the reader goes to another
// page it may write that page's settings first, and its name after them. So whatever one did makes one entry at most.

let quiet = false; // what is written next belongs to the entry that stands
let added = true; // whether there is an entry for what the reader did last

/** The next change of this page's address goes into the entry that stands. */
export function quietly() {
  quiet = true;
}

/** A picture has come: what was to be written of it is written. */
export function loudly() {
  quiet = false;
}

/** Begin, once. */
export function keepShort() {
  const push = history.pushState.bind(history);
  history.pushState = (state, title, url) => {
    const here = new URL(url ?? location.href, location.href).pathname === location.pathname;
    if (added || (here && quiet)) history.replaceState(state, title, url);
    else push(state, title, url);
    added ||= !(here && quiet);
    if (!here) quiet = true;
  };
  for (const kind of ["pointerdown", "click", "keydown"]) {
    window.addEventListener(
      kind,
      () => {
        added = false;
      },
      true,
    );
  }
}
