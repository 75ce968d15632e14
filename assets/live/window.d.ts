// What the page holds for everyone.
interface Window {
  /** Where components find the code, whichever of them is first. */
  __bayesCode?: {
    open?: Promise<any>;
    resolve?: (code: unknown) => void;
    reject?: (error: unknown) => void;
    /** Which code came through. */
    id?: string;
    /** What terms of the field mean. */
    glossary?: import("./terms/book.js").Glossary;
  };
  Plotly?: import("./plotly.js").PlotlyModule;
}
