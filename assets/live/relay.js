// What each of our components runs: it hands its argument to the code that `bayes_code` brings once (loader.js).
window.__bayesCode ??= {};
const door = window.__bayesCode;
door.open ??= new Promise((resolve, reject) => Object.assign(door, { resolve, reject }));

/** @param {import("./types.js").Component} component */
export default async function (component) {
  const late = new Promise((_, reject) => setTimeout(reject, 20_000, new Error("the code did not arrive")));
  try {
    return (await Promise.race([door.open, late]))[component.name](component);
  } catch (error) {
    console.error(error);
    if (component.name === "bayes_live") component.setStateValue("failed", String(error));
    return undefined;
  }
}
