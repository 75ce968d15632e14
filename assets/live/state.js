// Everything a mounted chart knows, in one record. Modules take it, and leave in it what others need.

/** @typedef {import("./types.js").Component} Component */
/** @typedef {import("./types.js").Picture} Picture */
/** @typedef {import("./types.js").Frame} Frame */
/** @typedef {import("./types.js").Line} Line */
/** @typedef {import("./film.js").Film} Film */
/** @typedef {import("./film.js").Reel} Reel */
/** @typedef {import("./plotly.js").Plot} Plot */

/**
 * As one sentence tells it; `text`, `said` and `told` are what stood before.
 * @typedef {object} Move
 * @property {string} handle
 * @property {number} from
 * @property {string} text
 * @property {Reel | null} reel
 * @property {number} at
 * @property {string} said
 * @property {boolean} told
 */
/**
 * Where the probe stands; what is told of it is numbered. `owed`: Python has not heard it yet.
 * @typedef {object} Read
 * @property {number | null} x
 * @property {number} count
 * @property {boolean} owed
 * @property {number} [resting] the timer of what is read aloud
 */
/** Of classes every point has a code `k`. @typedef {{x: number[], y: number[], k: number[]}} Points */
/**
 * A drawing: its points as they are on screen, and what is told and asked of them, which is numbered by `count`.
 * @typedef {object} Pen
 * @property {boolean} on whether points are being drawn
 * @property {string} of the scene that it began with
 * @property {Points} points
 * @property {number[]} traces which of the traces draws each of them, once any was changed
 * @property {number} brush the class of the next point
 * @property {number} count
 * @property {number} told the number of the set that Python was told last
 * @property {object | null} due what is told and not heard yet
 * @property {number} [telling] the timer of what is due
 * @property {number} asked the number of the set whose answer is on its way, 0 where none is
 * @property {number} since when it was asked for
 * @property {boolean} owed whether a newer set waits for that
 * @property {((set: object) => void) | null} ask
 * @property {Film | null} exact the last answer to points that are held
 * @property {import("./near.js").Near | null} near the lines around the point that is held
 * @property {boolean} around whether they are asked for
 * @property {number} fine how fine they are to be (near.js)
 * @property {Frame | null} frame what is shown of the answer to points that are held
 * @property {Object<string, number>} home where the handles stood then
 * @property {number} shown how many of these were shown
 * @property {{i: number, from: {x: number, y: number} | null, moved: boolean} | null} held
 * @property {{x: number, y: number} | null} at the pointer, in pixels of the pad
 * @property {{x: number, y: number} | null} cross where the keyboard would add a point
 * @property {string} keyboard what has it, once the furniture is made anew
 * @property {number} [resting] the timer of keys that move a point
 */
/** The element that a stage's axes fill, and what draws its points anew. @typedef {{el: HTMLElement, show: () => void}} Easel */
/** A dot of the joint plot. @typedef {{i: number, x: number, y: number, across: number, up: number}} Dot */

/**
 * @typedef {object} Chart
 * @property {HTMLElement} root
 * @property {Component} component
 * @property {AbortController} superseded ends the waiting for the parts of a picture when a newer one is on its way
 * @property {Picture} spec the picture that stands
 * @property {Object<string, Reel>} reels by handle
 * @property {Film[]} kept what followed the picture
 * @property {number} heard the count of the latest message that followed it
 * @property {Object<string, number>} positions where the handles are
 * @property {string} last the handle whose film is shown
 * @property {string | null} waiting the handle whose film is to come
 * @property {Frame | null} get what is shown
 * @property {Object<string, Line>} shown the traces as drawn
 * @property {number} draws
 * @property {string} said the sentence under the picture, HTML
 * @property {boolean} told whether it says what a change did
 * @property {boolean} waits whether Python is still at work on the answer
 * @property {Move | null} move
 * @property {string | null} holding the handle under the pointer
 * @property {boolean} fromKeys
 * @property {number} [telling] the timer of a release that is held back
 * @property {number} [count] the releases told
 * @property {boolean} [unheard] whether Python has not answered the last of them
 * @property {Plot} plot
 * @property {Element} overlay
 * @property {HTMLElement} note
 * @property {HTMLElement} xTitle
 * @property {HTMLElement} stripTitle
 * @property {Object<string, HTMLElement>} labels
 * @property {string | null} figure the figure that is mounted
 * @property {string} theme
 * @property {string} size
 * @property {ReturnType<typeof import("./plotly.js").quickParts>} parts
 * @property {Promise<void>} [loading] Plotly, on its way
 * @property {number} [resting] the timer of a full drawing
 * @property {number} rem
 * @property {Object<string, number>} heights of labels
 * @property {Object<string, number>} labelWidths
 * @property {Object<string, number>} widths of handles
 * @property {number} noteWidth
 * @property {Object<string, "edited" | "sent" | "refused">} typed numbers that stand in their fields, and nowhere else
 * @property {object | null} gliding
 * @property {number | null} playing
 * @property {() => void} [stopPlaying]
 * @property {{at: number | null, timer: number | null, box: HTMLElement | null}} walk the draw shown in bold
 * @property {{x: number[], low: number[], high: number[]} | null} aim what of a guess stands in its fields
 * @property {string | null} wants what takes the keyboard once the picture is made anew
 * @property {number | null} pointed the member that is pointed at
 * @property {Dot[]} dots
 * @property {string | null} lit the cell that is pointed at
 * @property {{people: HTMLElement[], size: string}} crowd
 * @property {{of: string, at: [number, number]}} ring where a map is asked, as shares of its sides, and of which map
 * @property {import("./hanging.js").Box[]} words where words stand inside the picture
 * @property {import("./types.js").PinHeader | null} pin the pinned answer that the picture is compared with
 * @property {{of: string, svg: string}} ghost its lines as they are drawn
 * @property {Easel | null} easel what of a stage points can be drawn on
 * @property {Read} read the line that reads the curves
 * @property {Pen} pen
 * @property {(message: import("./types.js").Message) => void} receive
 * @property {(handle: string, quick?: boolean) => void} draw
 * @property {(delay: number) => void} tell
 * @property {() => void} furnished its furniture was made anew
 * @property {(i: number | null, name?: string) => Line | null} memberLine
 */

const UNSET = /** @type {any} */ (null); // set by the first message, before anything reads it

/** @returns {Pen} */
const newPen = () => ({
  on: false,
  of: "",
  points: { x: [], y: [], k: [] },
  traces: [],
  brush: 0,
  count: 0,
  told: 0,
  due: null,
  asked: 0,
  since: 0,
  owed: false,
  ask: null,
  exact: null,
  near: null,
  around: false,
  fine: 0,
  frame: null,
  home: {},
  shown: 0,
  held: null,
  at: null,
  cross: null,
  keyboard: "",
});

/**
 * @param {HTMLElement} root
 * @param {Component} component
 * @returns {Chart}
 */
export function newChart(root, component) {
  return {
    root,
    component,
    superseded: new AbortController(),
    spec: UNSET,
    reels: {},
    kept: [],
    heard: 0,
    positions: {},
    last: "",
    waiting: null,
    get: null,
    shown: {},
    draws: 0,
    said: "",
    told: false,
    waits: false,
    move: null,
    holding: null,
    fromKeys: false,
    plot: UNSET,
    overlay: UNSET,
    note: UNSET,
    xTitle: UNSET,
    stripTitle: UNSET,
    labels: {},
    figure: null,
    theme: "",
    size: "",
    parts: null,
    rem: 16,
    heights: {},
    labelWidths: {},
    widths: {},
    noteWidth: 0,
    typed: {},
    gliding: null,
    playing: null,
    walk: { at: null, timer: null, box: null },
    aim: null,
    wants: null,
    pointed: null,
    dots: [],
    lit: null,
    crowd: { people: [], size: "" },
    ring: { of: "", at: [0, 0] },
    words: [],
    pin: null,
    ghost: { of: "", svg: "" },
    read: { x: null, count: 0, owed: false },
    easel: null,
    pen: newPen(),
    receive: UNSET,
    draw: UNSET,
    tell: UNSET,
    furnished: UNSET,
    memberLine: UNSET,
  };
}

/** Whether there is room for little. @param {Chart} chart */
export const narrow = (chart) => chart.root.clientWidth < 560;

/** @param {Chart} chart @param {string} id */
export function handleOf(chart, id) {
  const handle = chart.spec.handles.find((one) => one.id === id);
  if (!handle) throw new Error(`the picture has no handle ${id}`);
  return handle;
}
