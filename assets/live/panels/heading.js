// A heading over the panels that follow.
import { badge, head } from "./head.js";

/** @typedef {{text: string, badge: string}} Spec */

/** @type {import("../types.js").Panel} */
export const heading = {
  make: (/** @type {Spec} */ p) => head(p.text, badge(p.badge)),
};
