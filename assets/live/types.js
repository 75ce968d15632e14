// What the modules pass to each other, for the type check only: nothing here is sent to the browser.

/**
 * Streamlit's argument to a component.
 * @typedef {object} Component
 * @property {string} name
 * @property {string} key of the element
 * @property {Uint8Array | null} data
 * @property {HTMLElement} parentElement
 * @property {(name: string, value: unknown) => void} setStateValue
 * @property {(name: string, value: unknown) => void} setTriggerValue
 */

/**
 * A handle under the chart (bayes_core/figures/picture.py).
 * @typedef {object} Handle
 * @property {string} id
 * @property {[string, string]} label
 * @property {string} concept
 * @property {number[]} values
 * @property {string[]} texts
 * @property {string[]} written the positions as a reader would type them, exactly
 * @property {number} start
 * @property {[string, string]} ends
 * @property {string} sentence
 * @property {boolean} locked
 * @property {boolean} player
 */

/** @typedef {"low" | "high" | "peak" | "top" | "start" | "end" | "last" | "under"} Side */

/**
 * Words at the chart's right edge, or hung from a line.
 * @typedef {object} Label
 * @property {string} id
 * @property {string} text
 * @property {string} gloss
 * @property {string} concept
 * @property {[string, Side][]} at
 * @property {number} bar
 * @property {boolean} caps whether the bar has ends
 */

/** @typedef {{type: string, under?: boolean, hint?: string}} PanelSpec */
/** @typedef {{type: string}} StageSpec */
/** @typedef {{trace: string, count: number, concept: string, ms: number, label: string}} WalkSpec */
/** @typedef {{handle: string, from: number, to: number, ms: number, said: boolean}} GlideSpec `said`: by Python */
/**
 * Where a guess lies in the picture; `open` where it is to be made.
 * @typedef {object} MarkSpec
 * @property {string} kind "place" or "band"
 * @property {number[]} x
 * @property {number[]} [low]
 * @property {number[]} [high]
 * @property {boolean} [open]
 */
/** @typedef {{handle: string, text: string, why: string}} Refusal a typed text that is no value of the handle */
/** @typedef {{trace: string, text: string, part: string}} Reading what a probe says of a trace */
/** @typedef {{ends: [number, number], before: string, unit: string, readings: Reading[]}} ProbeSpec */
/** @typedef {{x: number | null, text: string, why: string, count: number}} Reads where the probe stands */
/** @typedef {{text: string, words: string, here: boolean, go: boolean}} PinTold */
/** @typedef {{open: boolean, locked: boolean, list: PinTold[]}} Pins whether more may be made, or unmade, and which there are */
/**
 * What may be drawn: the points as Python has them, `of` the scene they began with; `live` where an exact answer follows
 * while a point is held. `few` are too few for an answer; `why` there is no drawing, `refused` why a set was not taken.
 * @typedef {object} Draws
 * @property {boolean} open
 * @property {string} why
 * @property {string} refused
 * @property {string} rule
 * @property {string} of
 * @property {number[]} x
 * @property {number[]} y
 * @property {number[]} k codes of the points' classes
 * @property {string[]} kinds the classes; none where the vertical axis is what is predicted
 * @property {number} count the last that Python heard
 * @property {number} most
 * @property {number} fewest
 * @property {boolean} few
 * @property {boolean} live
 * @property {boolean} changed
 * @property {boolean} undo
 * @property {boolean} empty whether one may start without points
 * @property {{x: [string, string], y: [string, string]}} names what stands before and behind a number on an axis
 */
/** @typedef {{held: true, key: string, count: number, near: {i: number, fineness: number, x: number[], y: number[]} | null}} HeldHeader */
/** @typedef {{name: string, x: Numbers, y: Numbers, closed: boolean, lower: boolean}} GhostLine */
/**
 * A pinned answer beside the picture of a question: what it is called, what differs since, and its lines.
 * @typedef {object} PinHeader
 * @property {true} pin
 * @property {string} key
 * @property {string} stamp
 * @property {Object<string, number>} home
 * @property {string} label
 * @property {string} said
 * @property {string} ghost
 * @property {GhostLine[]} lines
 */
/** @typedef {{[trace: string]: any, name: string}} Trace */
/** @typedef {{data: Trace[], layout: any}} Figure */

/**
 * What no release changes.
 * @typedef {object} Still
 * @property {string} shape changes when the furniture must be made anew
 * @property {Figure | null} figure
 * @property {string} figure_id
 * @property {StageSpec | null} stage
 * @property {Label[]} labels
 * @property {PanelSpec[]} panels
 * @property {Handle[]} handles
 * @property {{text: string, from: number} | null} note
 * @property {boolean} present
 * @property {WalkSpec | null} walk
 * @property {("truth" | "answer" | "numbers")[]} hides what the link hides, and Python has left out already
 * @property {MarkSpec | null} mark
 * @property {{handle: string, text: string} | null} grip the handle that a line across the picture moves, and its name
 * @property {ProbeSpec | null} probe
 * @property {string[]} drawn the traces whose dots are points that may be changed
 * @property {Object<string, string>} palette the figure's colours by concept, "r,g,b"
 * @property {string} chunk the file of Streamlit's own Plotly
 */

/**
 * What is told of a picture with every release.
 * @typedef {object} Told
 * @property {string} key
 * @property {string} stamp names the question it answers
 * @property {number} epoch counts the changes of scene and settings that are not a handle's
 * @property {Object<string, number>} home where the handles stand
 * @property {string} said
 * @property {boolean} told whether `said` says what a change did
 * @property {boolean} waits whether its words may still come
 * @property {string} busy
 * @property {string} extra
 * @property {GlideSpec | null} glide
 * @property {Refusal | null} refused
 * @property {Reads | null} reads
 * @property {Pins | null} pins
 * @property {Draws | null} draws
 * @property {boolean} reveal
 * @property {string[]} keys what a presenter's keys may ask for
 * @property {string[]} locks the settings that the link locks
 */
/** @typedef {Told & Still} Picture */

/**
 * What a presenter's keys ask for: of Python by the name `do`, or of `does`. `caps` are the keys as the line and the card
 * of keys show them; `hint` is what the line says of them, where it does.
 * @typedef {object} KeyRow
 * @property {string} do
 * @property {Object<string, number>} keys each with what it passes on
 * @property {string[]} caps
 * @property {string} words
 * @property {string} [hint]
 * @property {(by: number) => unknown} [does]
 */

/**
 * What follows a picture, and takes longer.
 * @typedef {object} Followup
 * @property {true} follows
 * @property {string} key
 * @property {string} stamp
 * @property {string} busy
 * @property {string} extra
 * @property {boolean} waits
 * @property {string} said
 * @property {number} epoch of the picture that it was sent for
 * @property {number} count of the messages that follow this picture, for they may be heard in another order
 */

/** @typedef {Float64Array | number[]} Numbers */
/** @typedef {{x: Numbers, y: Numbers}} Line */

/**
 * What a film shows at one position.
 * @typedef {object} Frame
 * @property {(name: string) => Float64Array | null} row
 * @property {(name: string) => string | null} word
 */

/** @typedef {import("./film.js").Film} Film */
/** @typedef {{header: Picture | Followup | PinHeader | HeldHeader, films: Film[]}} Message */
/** @typedef {import("./state.js").Chart} Chart */

/**
 * A kind of panel: `make` its HTML once, `draw` at every position, `wire` what it listens to.
 * @typedef {object} Panel
 * @property {(spec: any) => string} make
 * @property {(spec: any, el: HTMLElement, frame: Frame, chart: Chart) => void} [draw]
 * @property {(spec: any, el: HTMLElement, chart: Chart) => void} [wire]
 */

/**
 * A picture that is no chart: `make` its HTML once, `draw` at every position, `wire` what it listens to.
 * @typedef {object} Stage
 * @property {(spec: any) => string} make
 * @property {(spec: any, el: HTMLElement, frame: Frame, chart: Chart) => void} draw
 * @property {(spec: any, el: HTMLElement, chart: Chart) => void} [wire]
 * @property {(spec: any, el: HTMLElement, chart: Chart) => import("./state.js").Easel} [easel] where points can be drawn
 * @property {boolean} [open] whether something in it can be moved, so that it is not one image to a screen reader
 */

export {};
