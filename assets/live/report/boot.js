// Begins a report: everything is in the file, deflated, in base64 (bayes_core/report/page.py). A classic script, so that
// it runs from a disk; the modules become blobs, each after those that it imports, as in loader.js.
(() => {
  const IMPORT = /(?<=\bfrom\s+)["'](\.{1,2}\/[^"']+)["']/g;
  const held = (/** @type {string} */ id) => document.getElementById(id)?.textContent ?? "";

  /** @param {string} text @returns {Promise<string>} */
  const inflated = (text) => {
    const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
  };

  /** @param {[string, string][]} modules @returns {Promise<any>} the last of them */
  const entry = (modules) => {
    /** @type {Object<string, string>} */
    const urls = {};
    for (const [name, source] of modules) {
      const beside = new URL(name, "file:///");
      const linked = source.replace(IMPORT, (_, path) => JSON.stringify(urls[new URL(path, beside).pathname.slice(1)]));
      urls[name] = URL.createObjectURL(new Blob([linked], { type: "text/javascript" }));
    }
    return import(Object.values(urls)[modules.length - 1]);
  };

  const begin = async () => {
    const box = /** @type {HTMLElement} */ (document.getElementById("chart"));
    const plotly = held("plotly");
    if (plotly) {
      const text = await inflated(plotly);
      document.head.append(Object.assign(document.createElement("script"), { textContent: text }));
    }
    const { report } = await entry(JSON.parse(await inflated(held("code"))));
    report(box, JSON.parse(held("parcel")));
  };

  begin().catch((error) => {
    console.error(error);
    document.body.classList.add("still"); // the tables stand by themselves
  });
})();
