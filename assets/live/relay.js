// What each of our components runs: it hands its argument to the code, which `bayes_code` brings once (loader.js).
const WAIT = 20_000; // ms; the code travels before whatever needs it

const door = (window.__bayesCode ||= {});
door.open ||= new Promise((resolve, reject) => Object.assign(door, { resolve, reject }));

const late = () => new Promise((_, reject) => setTimeout(() => reject(new Error("the code did not arrive")), WAIT));

export default async function (component) {
  try {
    const code = await Promise.race([door.open, late()]);
    return code[component.name](component);
  } catch (error) {
    console.error(error);
    if (component.name === "bayes_live") component.setStateValue("failed", String(error));
    return undefined;
  }
}
