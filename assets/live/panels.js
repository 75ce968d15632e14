// The kinds of panels that may stand beside a picture, by the name that Python calls them.
import { answer } from "./panels/answer.js";
import { ask } from "./panels/ask.js";
import { bars } from "./panels/bars.js";
import { cells } from "./panels/cells.js";
import { climb } from "./panels/climb.js";
import { cost } from "./panels/cost.js";
import { grid } from "./panels/grid.js";
import { heading } from "./panels/heading.js";
import { joint } from "./panels/joint.js";
import { meter } from "./panels/meter.js";
import { prose } from "./panels/prose.js";
import { rows } from "./panels/rows.js";
import { spark } from "./panels/spark.js";
import { tree } from "./panels/tree.js";
import { votes } from "./panels/votes.js";
import { worlds } from "./panels/worlds.js";

/** @type {Object<string, import("./types.js").Panel>} */
const PANELS = {
  answer,
  ask,
  bars,
  cells,
  climb,
  cost,
  grid,
  heading,
  joint,
  meter,
  prose,
  rows,
  spark,
  tree,
  votes,
  worlds,
};

/** @param {import("./types.js").PanelSpec} spec */
export function panel(spec) {
  const found = PANELS[spec.type];
  if (!found) throw new Error(`there is no panel called ${spec.type}`);
  return found;
}
