// Brings the code into the page: modules in the order of their imports, each as a blob of its own, and one style sheet.

const IMPORT = /(?<=\bfrom\s+)["'](\.{1,2}\/[^"']+)["']/g;

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function inflate(bytes) {
  const pipe = new DecompressionStream("deflate");
  const writer = pipe.writable.getWriter();
  const written = writer.write(bytes).then(() => writer.close());
  const [text] = await Promise.all([new Response(pipe.readable).text(), written]);
  return text;
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
async function load(bytes) {
  /** @type {{modules: [string, string][], css: string, glossary: object}} */
  const { modules, css, glossary } = JSON.parse(await inflate(bytes));
  Object.assign(window.__bayesCode ?? {}, { glossary });
  /** @type {Object<string, string>} */
  const urls = {};
  let entry = "";
  for (const [name, source] of modules) {
    const beside = new URL(name, "file:///");
    const linked = source.replace(IMPORT, (_, path) => JSON.stringify(urls[new URL(path, beside).pathname.slice(1)]));
    const parts = [linked, `\n//# sourceURL=bayes/${name}`];
    entry = URL.createObjectURL(new Blob(parts, { type: "text/javascript" }));
    urls[name] = entry;
  }
  document.head.append(Object.assign(document.createElement("style"), { textContent: css }));
  return import(entry);
}

/** @param {{data: Uint8Array}} component the first 8 bytes name the code */
export default function ({ data }) {
  window.__bayesCode ??= {};
  const door = window.__bayesCode; // made here or in relay.js, whichever is first
  door.open ??= new Promise((resolve, reject) => Object.assign(door, { resolve, reject }));
  const id = String(data.subarray(0, 8));
  if (door.id === id) return; // mounted again: the code stays
  if (door.id) location.reload(); // the server was renewed under an open page, whose link says all there is to restore
  door.id = id;
  door.open.catch(() => {}); // whoever waits for it says so
  load(data.slice(8)).then(door.resolve, door.reject);
}
