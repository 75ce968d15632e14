// The points of a drawing as the browser keeps them: where they are and, of classes, which codes they have.

/** @typedef {import("./state.js").Chart} Chart */
/** @typedef {import("./state.js").Points} Points */

/** @returns {Points} */
export const noPoints = () => ({ x: [], y: [], k: [] });

/** @param {Points} points */
export const copied = ({ x, y, k }) => ({ x: [...x], y: [...y], k: [...k] });

/** Whether the points on screen are not, or not yet, those of Python's picture. @param {Chart} chart */
export const changedHere = ({ pen, spec }) =>
  Boolean(
    spec?.draws && spec.draws.of === pen.of && (pen.told > spec.draws.count || pen.held?.moved || spec.draws.few),
  );

/** The classes that points are of; none where the picture's vertical axis is what is predicted. @param {Chart} chart */
export const classesOf = ({ spec }) => spec.draws?.kinds ?? [];
