// Reading what Python packed. See bayes_core/figures/packing.py for the writing side.

const NAME = 8; // bytes that name a content

/**
 * @param {Uint8Array} bytes
 * @returns {Promise<Uint8Array>}
 */
export async function inflate(bytes) {
  const pipe = new DecompressionStream("deflate");
  const writer = pipe.writable.getWriter();
  const written = writer.write(new Uint8Array(bytes)).then(() => writer.close());
  const [buffer] = await Promise.all([new Response(pipe.readable).arrayBuffer(), written]);
  return new Uint8Array(buffer);
}

/** @param {Uint8Array} bytes */
export const asJson = (bytes) => JSON.parse(new TextDecoder().decode(bytes));

/**
 * A content behind its name.
 * @param {Uint8Array} seal
 */
export function unseal(seal) {
  const name = Array.from(seal.subarray(0, NAME), (byte) => byte.toString(16).padStart(2, "0")).join("");
  return { name, content: () => inflate(seal.subarray(NAME)) };
}

/**
 * A header, and the bytes of the parts that come with it.
 * @param {Uint8Array} letter
 */
export async function open(letter) {
  const size = new DataView(letter.buffer, letter.byteOffset, 4).getUint32(0, true);
  return { header: asJson(await inflate(letter.subarray(4, 4 + size))), rest: letter.subarray(4 + size) };
}
