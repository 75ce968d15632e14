// Pointing at one member line, in the picture or in the joint plot: both light up.
class Pointing {
  memberLine(i, name = "members") {
    const trace = this.shown[name];
    if (i === null || i === undefined || !trace) return null;
    let line = 0, x = [], y = [];
    for (let k = 0; k < trace.y.length; k++) {
      if (Number.isNaN(trace.y[k]) || trace.y[k] === null) { if (line === i) break; line += 1; x = []; y = []; }
      else { x.push(trace.x[k]); y.push(trace.y[k]); }
    }
    return line === i && x.length ? { x, y } : null;
  }
  point(i) {
    if (i === this.pointed || !this.get) return;
    this.pointed = i;
    drawLabels(this);
    this.spec.panels.forEach((p, k) => { if (p.type === "joint") PANELS.joint.draw(p, this.$(`[data-panel="${k}"]`), this.get, this); });
  }
  wirePointing() {
    const nearest = (items, reach) => items.reduce((best, d) => d.gap < best.gap ? d : best, { gap: reach, i: null }).i;
    const joint = this.$(".bl-joint svg");
    if (joint) {
      joint.addEventListener("pointermove", e => {
        const { x, y } = new DOMPoint(e.clientX, e.clientY).matrixTransform(joint.getScreenCTM().inverse());
        this.point(nearest((this.dots || []).map(d => ({ i: d.i, gap: Math.hypot(d.x - x, d.y - y) })), 30));
      });
      joint.addEventListener("pointerleave", () => this.point(null));
      joint.addEventListener("blur", () => this.point(null));
      joint.addEventListener("keydown", e => {
        const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[e.key], n = (this.dots || []).length;
        if (!step || !n) return;
        e.preventDefault();
        this.point(((this.pointed ?? (step > 0 ? -1 : 0)) + step + n) % n);
      });
    }
    this.plot.addEventListener("pointermove", e => {
      const full = this.plot._fullLayout;
      if (!full || !joint || e.buttons) return;
      const b = this.plot.getBoundingClientRect(), px = e.clientX - b.left, py = e.clientY - b.top, x = full.xaxis.p2d(px - full.xaxis._offset);
      const gaps = (this.dots || []).map(d => { const l = this.memberLine(d.i), c = l && crossing(l, x); return { i: d.i, gap: c ? Math.abs(full.yaxis._offset + full.yaxis.d2p(c.low) - py) : Infinity }; });
      this.point(nearest(gaps, 9));
    });
    this.plot.addEventListener("pointerleave", () => this.point(null));
  }
}
