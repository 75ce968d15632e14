// Who one is in which room. A student's seat is the tab's own; a teacher's is the browser's, so that a page that is
// loaded anew, or opened in another tab, keeps the room.

/** @typedef {import("./types.js").Seat} Seat */

const KEY = "bayes.class";

/** @returns {Seat | null} */
export function kept() {
  for (const store of stores()) {
    try {
      const seat = JSON.parse(store.getItem(KEY) ?? "null");
      if (seat?.code && seat.token && seat.role) return seat;
    } catch {} // somebody else's words under our name
  }
  return null;
}

/** @param {Seat} seat */
export function keep(seat) {
  const [tab, browser] = stores();
  const store = seat.role === "teacher" ? browser : tab;
  store?.setItem(KEY, JSON.stringify(seat));
}

/** Forget a seat, and no other that was taken meanwhile. @param {Seat} seat */
export function forget(seat) {
  for (const store of stores()) if (store.getItem(KEY)?.includes(seat.token)) store.removeItem(KEY);
}

/** @returns {Storage[]} none where the browser keeps nothing */
function stores() {
  try {
    return [sessionStorage, localStorage];
  } catch {
    return [];
  }
}
