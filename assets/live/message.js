// Reading what Python packed: a JSON header, then uint16 numbers. See bayes_core/figures/film.py for the writing side.
import { Film } from "./film.js";

/** @typedef {import("./types.js").Picture | import("./types.js").Followup} Header */
/** @typedef {{header: Header, films: Film[]}} Message */

/**
 * @param {Uint8Array} data
 * @returns {Message}
 */
export function unpack(data) {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const size = view.getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(data.subarray(4, 4 + size)));
  const codes = new Uint16Array(data.slice(4 + size).buffer);
  return { header, films: header.films.map((/** @type {any} */ spec) => new Film(spec, codes)) };
}
