// A reader types the value of a handle: Enter or leaving the field sends it to Python, Escape takes it back.
import { stopGlide } from "./glide.js";
import { valuesOf } from "./moves.js";
import { drawNumber, parts, standUp, wireEnds, write } from "./numbers.js";
import { handleOf } from "./state.js";

/** @typedef {import("./state.js").Chart} Chart */

/** @param {Chart} chart @param {string} id */
export function wireNumber(chart, id) {
  const { field } = parts(chart, id);
  const send = () => {
    if (chart.typed[id] !== "edited") return;
    const text = field.value.trim();
    if (!text) return restore();
    clearTimeout(chart.telling); // where the handles stand goes along
    stopGlide(chart);
    chart.stopPlaying?.();
    chart.typed[id] = "sent";
    const { epoch } = chart.spec;
    chart.component.setTriggerValue("typed", { handle: id, text, values: valuesOf(chart), epoch });
  };
  const restore = () => {
    standUp(chart, id);
    drawNumber(chart, handleOf(chart, id));
  };
  field.addEventListener("focus", () => {
    drawNumber(chart, handleOf(chart, id));
    field.select();
  });
  field.addEventListener("input", () => {
    chart.typed[id] = "edited";
    write(field, field.value);
  });
  wireEnds(field, send, restore);
  field.addEventListener("blur", () => {
    send();
    drawNumber(chart, handleOf(chart, id));
  });
}
