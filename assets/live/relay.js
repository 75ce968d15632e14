// What each of our components runs: it hands its argument to the code, which `bayes_code` brings once (loader.js).

const WAIT = 20_000; // ms; the code travels before whatever needs it

/** @typedef {import("./types.js").Component} Component */
/** @typedef {Object<string, (component: Component) => unknown>} Code */

/** @returns {Promise<Code>} */
function code() {
  const page = /** @type {{__bayesCode?: Partial<import("./loader.js").Door>}} */ (/** @type {unknown} */ (window));
  page.__bayesCode ??= {};
  const door = page.__bayesCode; // made here or in loader.js, whichever is first
  door.open ??= new Promise((resolve, reject) => Object.assign(door, { resolve, reject }));
  const late = new Promise((_, reject) => setTimeout(() => reject(new Error("the code did not arrive")), WAIT));
  return Promise.race([door.open, late]);
}

/** @param {Component} component */
export default async function (component) {
  try {
    return (await code())[component.name](component);
  } catch (error) {
    console.error(error);
    if (component.name === "bayes_live") component.setStateValue("failed", String(error));
    return undefined;
  }
}
