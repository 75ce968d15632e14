// Messages on their way from Streamlit to a chart: inflated, put together from their parts, and delivered in their order.
import { Film, readContent } from "./film.js";
import { asJson, open, unseal } from "./message.js";
import { forget, part, show } from "./parts.js";

/** @typedef {import("./types.js").Component} Component */
/** @typedef {import("./types.js").Message} Message */
/** @typedef {import("./types.js").Picture} Picture */
/** @typedef {import("./types.js").Followup} Followup */
/** @typedef {import("./film.js").Sent} Sent */
/** @typedef {Component & {data: Uint8Array}} Bearer */
/** @typedef {{signal: AbortSignal, missed: () => void}} Standing a picture until another comes, and who hears what it misses */

const PATIENCE = 3000; // ms; parts travel before the picture that names them

/** @type {Promise<unknown>} what has to be delivered before the next */
let queue = Promise.resolve();

/**
 * Deliver when everything that came before has been. A message that is given up (null) is passed over.
 * @param {Promise<Message | null>} message on its way
 * @param {(message: Message) => void} receive
 * @param {(error: unknown) => void} fail
 */
export function deliver(message, receive, fail) {
  queue = queue
    .then(() => message)
    .then((told) => told && receive(told))
    .catch(fail);
}

/**
 * A picture with its still and its films. After PATIENCE, Python hears that one of them did not come.
 * @param {Bearer} component
 * @param {AbortSignal} signal gives it up
 * @returns {Promise<Message | null>}
 */
export async function assemble(component, signal) {
  const { header } = await open(component.data);
  const missed = () => component.setTriggerValue("missed", true);
  return unlessSuperseded({ signal, missed }, async () => {
    const still = part(header.still, signal);
    const films = header.films.map((/** @type {Sent} */ sent) => filmOf(sent, part(sent.id, signal)));
    return message({ ...(await still), ...header }, await Promise.all(films));
  });
}

/**
 * What is put together from parts; null where another picture came before they did. Who misses one says so again and
 * again.
 * @template T
 * @param {Standing} standing
 * @param {() => Promise<T>} put
 * @returns {Promise<T | null>}
 */
async function unlessSuperseded({ signal, missed }, put) {
  const asking = setInterval(missed, PATIENCE);
  try {
    return await put();
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  } finally {
    clearInterval(asking);
  }
}

/**
 * What follows a picture, with the films that come with it, or came before it as elements of their own. One of those that
 * was lost is asked for again, like a picture's, and the message comes without it.
 * @param {Uint8Array} data
 * @param {Map<string, Standing>} [standing] the pictures that it may follow, by their key
 * @returns {Promise<Message>}
 */
export async function unpack(data, standing) {
  const { header, rest } = await open(data);
  let start = 0;
  const films = header.films.map(async (/** @type {Sent} */ sent) => {
    if (sent.bytes === undefined) {
      const here = standing?.get(header.key) ?? { signal: AbortSignal.timeout(PATIENCE), missed: () => {} };
      return unlessSuperseded(here, () => filmOf(sent, part(sent.id, here.signal)));
    }
    const seal = rest.subarray(start, start + sent.bytes);
    start += seal.length;
    return filmOf(sent, content(seal));
  });
  return message(header, (await Promise.all(films)).filter(Boolean));
}

/**
 * A pinned answer with its lines, which are an element of their own.
 * @param {Uint8Array} data
 * @returns {Promise<Message>}
 */
export async function compared(data) {
  const { header } = await open(data);
  const ghost = header.ghost ? await part(header.ghost, AbortSignal.timeout(PATIENCE)) : { lines: [] };
  return { header: { ...header, ...ghost }, films: [] };
}

/**
 * @param {Picture | Followup} header
 * @param {Film[]} films
 * @returns {Message}
 */
const message = (header, films) => ({
  header: Object.assign(header, { films: films.map((film) => film.spec) }),
  films,
});

/**
 * @param {Sent} sent
 * @param {Promise<import("./film.js").Content>} content
 */
const filmOf = async (sent, content) => new Film(sent, await content);

/** @param {Uint8Array} seal */
const content = async (seal) => readContent(await unseal(seal).content());

/** An element that shows a film. @param {Component} component */
export function film({ key, data, parentElement }) {
  if (!data) return undefined;
  show(key, unseal(data).name, () => content(data));
  return () => parentElement.isConnected || forget(key);
}

/** An element that shows what no release changes. @param {Component} component */
export function still({ key, data, parentElement }) {
  if (!data) return undefined;
  const seal = unseal(data);
  show(key, seal.name, async () => asJson(await seal.content()));
  return () => parentElement.isConnected || forget(key);
}
