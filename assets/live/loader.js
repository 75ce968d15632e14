// Brings the code into the page: modules in the order of their imports, each as a blob of its own, and one style sheet.
const door = (window.__bayesCode ||= {});
door.open ||= new Promise((resolve, reject) => Object.assign(door, { resolve, reject }));
door.open.catch(() => {}); // whoever waits for it says so

async function inflate(bytes) {
  const pipe = new DecompressionStream("deflate"), writer = pipe.writable.getWriter();
  writer.write(bytes).then(() => writer.close()).catch(() => {});
  return new Response(pipe.readable).text();
}

async function load(bytes) {
  const { modules, css } = JSON.parse(await inflate(bytes)), urls = {};
  for (const [name, source] of modules) {
    const at = (quoted, path) => quoted[0] + urls[new URL(path, `file:///${name}`).pathname.slice(1)] + quoted[0];
    const linked = source.replace(/(?<=\bfrom\s+)["'](\.{1,2}\/[^"']+)["']/g, at);
    urls[name] = URL.createObjectURL(new Blob([`${linked}\n//# sourceURL=bayes/${name}`], { type: "text/javascript" }));
  }
  document.head.append(Object.assign(document.createElement("style"), { textContent: css }));
  return import(urls[modules.at(-1)[0]]);
}

export default function ({ data }) {
  const id = String(data.subarray(0, 8));
  if (door.id === id) return; // mounted again: the code stays
  if (door.id) location.reload(); // the server was renewed under an open page, whose link says all there is to restore
  door.id = id;
  load(data.slice(8)).then(door.resolve, door.reject);
}
