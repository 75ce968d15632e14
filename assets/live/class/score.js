// What a cloud of guesses shows, and what one's own is worth, in words. The scores are the server's.
import { round, told } from "./axis.js";

/** @typedef {import("./types.js").Snapshot} Snapshot */
/** @typedef {import("./types.js").Question} Question */
/** @typedef {import("./types.js").Guess} Guess */

const ALIKE = 0.1; // widths that differ by less are called the same

/** How far off a number may be and still be near: a twentieth of the axis. @param {Question} question */
export const near = ({ low = 0, high = 1 }) => round((high - low) / 20);

/** A distance on the axis: of percentages in points. @param {number} value @param {string} [unit] */
const apart = (value, unit) =>
  unit === "%" ? `${told(value)} ${value === 1 ? "point" : "points"}` : told(value, unit);

const rising = (/** @type {number} */ a, /** @type {number} */ b) => a - b;
const digits = (/** @type {number} */ value, /** @type {number} */ n) => Number(value.toPrecision(n));

/**
 * What the cloud shows: where the guesses lie, and once it is revealed how they met the answer.
 * @param {Snapshot} now
 */
export function finding(now) {
  const { question, guesses } = now;
  if (!question) return "";
  if (!guesses.length) return "No guess yet.";
  if (question.kind === "number") return ofNumbers(question, now);
  if (question.kind === "band") return ofBands(question, now);
  return question.kind === "one of" ? ofOptions(question, now) : ofPriors(now);
}

/** @param {Question} question @param {Snapshot} now */
function ofNumbers(question, { guesses, scores, revealed }) {
  const { unit, answer } = question;
  const n = guesses.length;
  if (revealed && typeof answer === "number") {
    const reach = near(question);
    const hits = scores.filter((score) => Math.abs(score?.off ?? Infinity) <= reach).length;
    return `${hits} of ${n} were within ${apart(reach, unit)} of ${told(answer, unit)}.`;
  }
  const sorted = guesses.map(Number).sort(rising);
  if (n < 4) return n > 1 ? `${n} guesses, from ${told(sorted[0])} to ${told(sorted[n - 1], unit)}.` : "1 guess.";
  const [lower, upper] = [sorted[Math.floor((n - 1) / 4)], sorted[Math.ceil((3 * (n - 1)) / 4)]];
  return `${n} guesses; the middle half of them from ${told(lower)} to ${told(upper, unit)}.`;
}

/** @param {Question} question @param {Snapshot} now */
function ofBands({ answer, unit }, { guesses, scores, revealed }) {
  const n = guesses.length;
  if (revealed && Array.isArray(answer)) {
    const times = scores.map((score) => score?.times ?? 1);
    const narrow = times.filter((one) => one < 1 - ALIKE).length;
    const wide = times.filter((one) => one > 1 + ALIKE).length;
    const span = `${told(answer[0])} to ${told(answer[1], unit)}`;
    return `The answer is ${span}: ${narrow} of ${n} were too narrow, ${wide} too wide.`;
  }
  const widths = guesses.map((band) => (Array.isArray(band) ? band[1] - band[0] : 0)).sort(rising);
  const [least, most] = [told(digits(widths[0], 3), unit), told(digits(widths[n - 1], 3), unit)];
  return n > 1 ? `${n} bands, the narrowest ${least} wide, the widest ${most}.` : `1 band, ${least} wide.`;
}

/** @param {Question} question @param {Snapshot} now */
function ofOptions({ options = [], answer }, { guesses, revealed }) {
  const count = (/** @type {number} */ option) => guesses.filter((one) => one === option).length;
  const n = guesses.length;
  if (revealed && typeof answer === "number")
    return `${count(answer)} of ${n} said “${options[answer]}”, which is right.`;
  const most = options.map((_, i) => i).sort((a, b) => count(b) - count(a))[0];
  return `${count(most)} of ${n} say “${options[most]}”.`;
}

/** @param {Snapshot} now */
function ofPriors({ guesses, pooled }) {
  const n = guesses.length;
  const centres = guesses.map((one) => (Array.isArray(one) ? (100 * one[0]) / (one[0] + one[1]) : 0)).sort(rising);
  const [least, most] = [centres[0], centres[n - 1]].map((centre) => told(Math.round(centre)));
  const ends = n > 1 ? `${n} priors, centred from ${least} to ${most}\u00a0%.` : `1 prior, centred on ${least}\u00a0%.`;
  return pooled ? `${ends} The class’s own: ${beta([pooled.a, pooled.b])}.` : ends;
}

/** @param {[number, number]} numbers */
const beta = ([a, b]) =>
  `centred on ${told(Math.round((100 * a) / (a + b)), "%")}, worth ${told(digits(a + b, 2))} observations`;

/** What one's own guess was worth; "" where there is no answer, or no guess. @param {Snapshot} now */
export function verdict({ question, mine, score, scores }) {
  if (!question || mine === null || !score) return "";
  const { answer, unit, options = [] } = question;
  if (score.off !== undefined) {
    const { off } = score;
    const nearer = scores.filter((one) => Math.abs(one?.off ?? Infinity) < Math.abs(off) - 1e-12).length;
    const how = off ? `${apart(digits(Math.abs(off), 3), unit)} too ${off > 0 ? "high" : "low"}` : "right";
    return `You said ${worded(question, mine)}: ${how}; ${nearer || "nobody"} ${nearer > 1 ? "were" : "was"} nearer.`;
  }
  if (score.covers !== undefined) {
    const times = score.times ?? 1;
    const size = digits(Math.max(times, 1 / times), 2);
    const wide =
      times < 1 - ALIKE ? `${size} times too narrow` : times > 1 + ALIKE ? `${size} times too wide` : "about as wide";
    return `Yours covers ${Math.round(100 * score.covers)}\u00a0% of it and is ${wide}.`;
  }
  const said = `You said “${options[Number(mine)]}”`;
  return score.right ? `${said}: right.` : `${said}. It is “${options[Number(answer)]}”.`;
}

/** A guess, in words. @param {Question} question @param {Guess} guess */
export function worded({ kind, unit, options = [] }, guess) {
  if (kind === "one of") return `“${options[Number(guess)]}”`;
  if (!Array.isArray(guess)) return told(guess, unit);
  return kind === "prior" ? beta(guess) : `${told(guess[0])} to ${told(guess[1], unit)}`;
}
