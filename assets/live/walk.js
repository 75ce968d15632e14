// One curve at a time: play, pause and step through the members, each of which is one draw of the whole curve.
// The bold curve jumps and never glides from one draw to the next: a curve in between is nobody's draw. It is kept by
// its number, so that it follows a handle, and draws that stream in, like the faint ones under it.
const SIGNS = { play: "M4 2.5V13.5L13 8Z", pause: "M4 2.5H7V13.5H4ZM9.5 2.5H12.5V13.5H9.5Z", back: "M10.5 3L5.5 8L10.5 13", on: "M5.5 3L10.5 8L5.5 13", end: "M4 4L12 12M12 4L4 12" };
const sign = name => `<svg viewBox="0 0 16 16" aria-hidden="true" class="${name}"><path d="${SIGNS[name]}"/></svg>`;

function walkHtml(w) {
  return `<div class="bl-walk" role="group" aria-label="One curve at a time" style="--c:var(--c-${w.concept})">
    <button data-walk="end" aria-label="Show no single curve" hidden>${sign("end")}</button><button data-walk="back" aria-label="Previous curve" hidden>${sign("back")}</button>
    <output hidden></output><button data-walk="on" aria-label="Next curve" hidden>${sign("on")}</button>
    <button data-walk="play" aria-pressed="false" aria-label="${escape(w.label)}">${sign("play")}${sign("pause")}<span>${escape(w.label)}</span></button></div>`;
}

class Walk {
  constructor(live) {
    this.live = live;
    this.at = null; // the draw shown in bold
    this.timer = null;
  }
  get spec() { return this.live.spec.walk; }

  // The furniture is new: a walk under way goes on in it.
  wire() {
    this.box = this.live.$(".bl-walk");
    if (!this.box) { this.pause(); this.at = null; return; }
    this.box.addEventListener("click", e => {
      const what = e.target.closest("button")?.dataset.walk;
      if (what === "play") { if (this.timer) this.pause(); else this.play(); }
      else if (what === "end") this.leave();
      else if (what) this.step(what === "on" ? 1 : -1);
    });
    this.box.addEventListener("keydown", e => {
      const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[e.key];
      if (!by && !(e.key === "Escape" && this.at !== null)) return;
      e.preventDefault();
      e.stopPropagation(); // a presenter's arrow keys would change the scene
      if (by) this.step(by); else this.leave();
    });
    this.show();
  }
  play() {
    this.go(1);
    this.timer = setInterval(() => { if (this.live.root.isConnected && this.spec) this.go(1); else this.pause(); }, this.spec.ms);
    this.show();
  }
  pause() {
    clearInterval(this.timer);
    this.timer = null;
    this.show();
  }
  step(by) {
    this.pause();
    this.go(by);
  }
  leave() {
    this.pause();
    this.at = null;
    this.box.querySelector('[data-walk="play"]').focus({ preventScroll: true });
    this.show();
  }
  go(by) {
    const n = this.spec.count;
    this.at = ((this.at ?? (by > 0 ? -1 : 0)) + by + n) % n;
    this.show();
  }
  // The words follow by themselves only at rest: nobody wants to hear a number every 400 ms.
  show() {
    if (!this.box || !this.spec) return;
    const on = this.at !== null, said = this.box.querySelector("output");
    this.box.classList.toggle("on", on);
    for (const el of this.box.querySelectorAll('output, button:not([data-walk="play"])')) el.hidden = !on;
    said.setAttribute("aria-live", this.timer ? "off" : "polite");
    said.textContent = on ? `curve ${this.at + 1} of ${this.spec.count}` : "";
    this.box.querySelector('[data-walk="play"]').setAttribute("aria-pressed", String(Boolean(this.timer)));
    if (this.live.standing() && !this.live.spec.stage) drawLabels(this.live);
  }
  svg(xa, ya) {
    if (this.at === null || !this.spec) return "";
    return boldLine(this.live.memberLine(this.at, this.spec.trace), this.spec.concept, this.live.spec.present ? 3.3 : 2.2, xa, ya, "bl-draw");
  }
}
