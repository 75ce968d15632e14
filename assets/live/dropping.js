// A file that is dragged over the page, wherever it is: the root says so, and the page's style opens a field for it.

const ROOT = document.documentElement;

/** @param {DragEvent} event @returns {boolean} whether files are carried, and no words or pictures of the page's own */
const carriesFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

/** Watches for files from now on. */
export function watchForFiles() {
  const gone = () => {
    delete ROOT.dataset.carried;
    document.removeEventListener("pointermove", gone);
  };
  /** @param {DragEvent} event */
  const here = (event) => {
    if (!carriesFiles(event)) return;
    ROOT.dataset.carried = "file";
    document.addEventListener("pointermove", gone); // none while a file is carried: it was let go outside
  };
  document.addEventListener("dragenter", here);
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) gone(); // it left the window
  });
  document.addEventListener("drop", gone, true);
  document.addEventListener("dragend", gone);
}
