// The entry: what each component does in the browser, by its name (relay.js calls it).
import { film, still } from "./arrivals.js";
import { offer } from "./class/offer.js";
import { room } from "./class/room.js";
import { inClass } from "./class/strip.js";
import { watchForFiles } from "./dropping.js";
import { home } from "./home.js";
import { held, live, more, pinned } from "./live.js";
import { mini } from "./mini.js";
import { share } from "./share/sheet.js";
import { begin } from "./terms/begin.js";
import { tour } from "./tour/bar.js";
import { desk } from "./tour/desk.js";
import { keepShort } from "./visited.js";
import { glossary } from "./words.js";

begin();
keepShort();
watchForFiles();

export {
  desk as bayes_tour_desk,
  film as bayes_film,
  glossary as bayes_glossary,
  held as bayes_held,
  home as bayes_home,
  inClass as bayes_class,
  live as bayes_live,
  mini as bayes_mini,
  more as bayes_more,
  offer as bayes_offer,
  pinned as bayes_pin,
  room as bayes_room,
  share as bayes_share,
  still as bayes_still,
  tour as bayes_tour,
};
