// The entry: what each component does in the browser, by its name (relay.js calls it).
import { home } from "./home.js";
import { live } from "./live.js";

export { home as bayes_home, live as bayes_live };
