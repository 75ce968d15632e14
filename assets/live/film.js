// Films as the browser reads them: what every named trace and readout shows at each position of one handle.
// bayes_core/figures/film.py writes them.

export const GAP = 65535; // stands for "nothing here": a break in a line, or a position nobody may answer for

/**
 * @typedef {{start: number, rows: number, size: number, low: number, step: number, order: number, some?: boolean}} Entry
 * `some`: it has only the rows of the film's places
 */

/**
 * What a film shows.
 * @typedef {object} Content
 * @property {Object<string, Entry>} numbers
 * @property {Object<string, string[]>} words
 * @property {[number, number] | null} trusted
 * @property {number[]} [places] positions that it says something new about: it is shown over an earlier film
 * @property {Uint16Array} codes
 */

/**
 * What a message says of a film: it is valid where `home` says that the other handles stand, for the question `stamp`.
 * @typedef {object} Sent
 * @property {string} id its content
 * @property {string} handle
 * @property {string} stamp
 * @property {Object<string, number>} home
 * @property {string} part what of the picture it brings; a later film of the same part takes its place
 * @property {number} [bytes] its length, where it comes with the message
 * @property {number} [count] of that message
 */
/** @typedef {Sent & Content} FilmSpec */

/**
 * Read a film that has been inflated: a JSON header, then the high bytes of all numbers, then the low ones.
 * @param {Uint8Array} bytes
 * @returns {Content}
 */
export function readContent(bytes) {
  const size = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + size)));
  const planes = bytes.subarray(4 + size);
  const codes = new Uint16Array(planes.length / 2);
  for (let i = 0; i < codes.length; i++) codes[i] = (planes[i] << 8) | planes[codes.length + i];
  for (const entry of Object.values(head.numbers)) undo(codes, entry);
  return { ...head, codes };
}

/**
 * Turn differences into what they are differences of: a step's sign is its last bit, and steps were taken along the row
 * and, `order` times, along the positions. A Uint16Array counts modulo 2^16 by itself.
 * @param {Uint16Array} codes
 * @param {Entry} entry
 */
function undo(codes, { start, rows, size, order }) {
  const end = start + rows * size;
  for (let i = start; i < end; i++) codes[i] = (codes[i] >> 1) ^ -(codes[i] & 1);
  for (let row = start; row < end; row += size) {
    for (let i = row + 1; i < row + size; i++) codes[i] += codes[i - 1];
  }
  for (let done = order; done > 0; done--) {
    for (let i = start + done * size; i < end; i++) codes[i] += codes[i - size];
  }
}

export class Film {
  /**
   * @param {Sent} sent
   * @param {Content} content
   */
  constructor(sent, content) {
    /** @type {FilmSpec} */
    this.spec = { ...content, ...sent };
  }

  /** Whether it only says what is new since an earlier film of its part. */
  get over() {
    return Boolean(this.spec.places);
  }

  /** Everything it says something about. */
  get names() {
    return [...Object.keys(this.spec.numbers), ...Object.keys(this.spec.words)];
  }

  /** @param {string} name */
  has(name) {
    return name in this.spec.numbers || name in this.spec.words;
  }

  /**
   * @param {string} name
   * @param {number} position
   */
  row(name, position) {
    const entry = this.spec.numbers[name];
    const at = entry?.some ? (this.spec.places ?? []).indexOf(position) : position;
    if (!entry || at < 0) return null;
    const start = entry.start + Math.min(at, entry.rows - 1) * entry.size;
    const codes = this.spec.codes.subarray(start, start + entry.size);
    return Float64Array.from(codes, (code) => (code === GAP ? NaN : entry.low + code * entry.step));
  }

  /**
   * @param {string} name
   * @param {number} position
   */
  word(name, position) {
    const texts = this.spec.words[name];
    return texts ? texts[Math.min(position, texts.length - 1)] : null;
  }
}

/**
 * Films with another: over an earlier one of its handle and part, or in place of all that are older, in the order in
 * which they were sent.
 * @param {Film[]} films
 * @param {Film} film
 */
export function spliced(films, film) {
  const { id, handle, part, stamp, count = 0 } = film.spec;
  const same = (/** @type {Film} */ { spec }) => spec.handle === handle && spec.part === part && spec.stamp === stamp;
  const sent = (/** @type {Film} */ other) => other.spec.count ?? 0;
  const own = films.filter(same);
  if (film.over && own.some((other) => other.spec.id === id || (!other.over && sent(other) > count))) return films;
  const stay = film.over ? own : own.filter((other) => other.over && sent(other) > count);
  return [...films.filter((other) => !same(other)), ...[...stay, film].sort((a, b) => sent(a) - sent(b))];
}

// Several films of one handle (the picture's, and what followed later), read as one: the latest that has a name counts.
export class Reel {
  /** @param {Film} film */
  constructor(film) {
    this.films = [film];
  }

  /** Put a film in: over an earlier one of its part, or in place of all that are older. @param {Film} film */
  splice(film) {
    this.films = spliced(this.films, film);
  }

  /**
   * @param {string} name
   * @param {number} position
   */
  row(name, position) {
    for (let i = this.films.length - 1; i >= 0; i--) {
      const row = this.films[i].row(name, position);
      if (row) return row;
    }
    return null;
  }

  /**
   * @param {string} name
   * @param {number} position
   */
  word(name, position) {
    return this.films.findLast((film) => name in film.spec.words)?.word(name, position) ?? null;
  }

  /** The positions that its draws may answer for, where not all. */
  get trusted() {
    return this.films.findLast((film) => "alt" in film.spec.words)?.spec.trusted ?? null;
  }

  /** Whether its draws may answer for a position. @param {number} position */
  trusts(position) {
    const { trusted } = this;
    return !trusted || (position >= trusted[0] && position <= trusted[1]);
  }

  /**
   * Whether it answers the question `stamp` while the other handles stand at these positions.
   * @param {string} stamp
   * @param {string} handle
   * @param {Object<string, number>} positions
   */
  fits(stamp, handle, positions) {
    const { spec } = this.films[0];
    return spec.stamp === stamp && Object.entries(spec.home).every(([h, i]) => h === handle || positions[h] === i);
  }
}
