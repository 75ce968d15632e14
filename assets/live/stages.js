// Pictures that are no chart, by the name that Python calls them.
import { bells } from "./stages/bells.js";
import { chains } from "./stages/chains.js";
import { digits } from "./stages/digits.js";
import { dots } from "./stages/dots.js";
import { ladder } from "./stages/ladder.js";
import { map } from "./stages/map.js";
import { multiples } from "./stages/multiples.js";
import { net } from "./stages/net.js";
import { people } from "./stages/people.js";
import { runs } from "./stages/runs.js";
import { sets } from "./stages/sets.js";
import { sketch } from "./stages/sketch.js";
import { square } from "./stages/square.js";
import { tilt } from "./stages/tilt.js";

/** @type {Object<string, import("./types.js").Stage>} */
const STAGES = { bells, chains, digits, dots, ladder, map, multiples, net, people, runs, sets, sketch, square, tilt };

/** @param {import("./types.js").StageSpec} spec */
export function stage(spec) {
  const found = STAGES[spec.type];
  if (!found) throw new Error(`there is no stage called ${spec.type}`);
  return found;
}
