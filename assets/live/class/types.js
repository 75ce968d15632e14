// What a class room tells (pages/_ui/rooms), for the type check only.

/** @typedef {{code: string, role: "teacher" | "member", token: string}} Seat the token says who speaks */
/** @typedef {{page: string, query: Object<string, string>}} Place the last part of a page's address, and its state */
/** @typedef {number | [number, number]} Guess a number, an option's number, a band, or the two numbers of a Beta */
/**
 * @typedef {object} Question
 * @property {"number" | "band" | "one of" | "prior"} kind
 * @property {string} text
 * @property {number} [number] counts the questions of a room
 * @property {string} [label]
 * @property {string} [unit]
 * @property {number} [low]
 * @property {number} [high]
 * @property {number} [level]
 * @property {string[]} [options]
 * @property {Guess | null} [answer] hidden from members until it is revealed
 */
/** @typedef {{off?: number, times?: number | null, covers?: number, right?: boolean}} Score */
/** @typedef {{a: number, b: number, mean: number, sd: number, worth: number, of: number}} Pool */
/**
 * A whole room as one of its roles may see it.
 * @typedef {object} Snapshot
 * @property {number} version
 * @property {"teacher" | "member"} role
 * @property {number} members
 * @property {(Place & {number?: number}) | null} at
 * @property {boolean} frozen
 * @property {Question | null} question
 * @property {Guess[]} guesses
 * @property {(Score | null)[]} scores beside the guesses, once revealed
 * @property {number} guessed
 * @property {Guess | null} mine
 * @property {Score | null} score
 * @property {boolean} revealed
 * @property {Pool | null} pooled
 * @property {boolean} ended
 * @property {string} trouble
 */

export {};
