// The kinds of panels that may stand beside a picture, by the name that Python calls them.
import { agreement } from "./panels/agreement.js";
import { along } from "./panels/along.js";
import { answer } from "./panels/answer.js";
import { ask } from "./panels/ask.js";
import { bars } from "./panels/bars.js";
import { cells } from "./panels/cells.js";
import { clean } from "./panels/clean.js";
import { climb } from "./panels/climb.js";
import { confusion } from "./panels/confusion.js";
import { cost } from "./panels/cost.js";
import { grid } from "./panels/grid.js";
import { guessed } from "./panels/guessed.js";
import { heading } from "./panels/heading.js";
import { joint } from "./panels/joint.js";
import { kept } from "./panels/kept.js";
import { landscape } from "./panels/landscape.js";
import { meter } from "./panels/meter.js";
import { prose } from "./panels/prose.js";
import { rows } from "./panels/rows.js";
import { scores } from "./panels/scores.js";
import { slice } from "./panels/slice.js";
import { spark } from "./panels/spark.js";
import { tree } from "./panels/tree.js";
import { verdicts } from "./panels/verdicts.js";
import { votes } from "./panels/votes.js";
import { worlds } from "./panels/worlds.js";

/** @type {Object<string, import("./types.js").Panel>} */
const PANELS = {
  agreement,
  along,
  answer,
  ask,
  bars,
  cells,
  clean,
  climb,
  confusion,
  cost,
  grid,
  guessed,
  heading,
  joint,
  kept,
  landscape,
  meter,
  prose,
  rows,
  scores,
  slice,
  spark,
  tree,
  verdicts,
  votes,
  worlds,
};

/** @param {import("./types.js").PanelSpec} spec */
export function panel(spec) {
  const found = PANELS[spec.type];
  if (!found) throw new Error(`there is no panel called ${spec.type}`);
  return found;
}
