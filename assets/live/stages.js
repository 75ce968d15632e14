// Pictures that are not a chart: a crowd one can count, a square whose areas are probabilities.
// A stage has make(spec) -> HTML, once, and draw(el, get, live), at every position. Cells: both, only A, only B, neither.
const CELLS = ["both", "only", "other", "neither"];

const STAGES = {
  people: {
    make: () => `<svg class="bl-crowd" aria-hidden="true"><g></g></svg>`,
    // 1,000 people in blocks of ten columns and five rows, so that they can be counted.
    layout(el, live) {
      const svg = el.querySelector("svg"), W = el.clientWidth, H = el.clientHeight, columns = W / H > 1.9 ? 50 : W / H > 1.1 ? 40 : 25;
      const rows = 1000 / columns, gap = 0.55, cell = Math.min(W / (columns + gap * (columns / 10 - 1)), H / (rows + gap * (rows / 5 - 1)));
      const left = (i, block) => (i + Math.floor(i / block) * gap) * cell;
      svg.setAttribute("viewBox", `0 0 ${W} ${H}`);
      const group = svg.firstElementChild;
      group.innerHTML = Array.from({ length: 1000 }, (_, i) => {
        const x = left(Math.floor(i / rows), 10), y = left(i % rows, 5), s = cell / 10;
        return `<path data-i="${i}" transform="translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${s.toFixed(4)})" d="M5 1.2a1.9 1.9 0 1 1 0 3.8a1.9 1.9 0 1 1 0 -3.8ZM1.6 9.2C1.6 6.8 3 5.7 5 5.7S8.4 6.8 8.4 9.2Z"/>`;
      }).join("");
      live.crowd = [...group.children];
      live.crowdSize = `${W}x${H}`;
    },
    draw(el, get, live) {
      const counts = get.row("people");
      if (!live.crowd || live.crowdSize !== `${el.clientWidth}x${el.clientHeight}` || !el.contains(live.crowd[0])) this.layout(el, live);
      let i = 0;
      if (counts) for (let c = 0; c < 4; c++) for (let k = 0; k < Math.round(counts[c]) && i < 1000; k++, i++) { const name = CELLS[c], p = live.crowd[i]; if (p.dataset.cell !== name) p.dataset.cell = name; }
      for (; i < 1000; i++) live.crowd[i].dataset.cell = "unknown";
      light(live, live.lit);
    },
  },
  square: {
    make: () => `<svg class="bl-square" aria-hidden="true"></svg>`,
    draw(el, get, live) {
      const W = el.clientWidth, H = el.clientHeight, rem = live.rem, joint = get.row("joint"), svg = el.querySelector("svg"), beside = W > 1.5 * H;
      svg.setAttribute("viewBox", `0 0 ${W} ${H}`);
      const small = 0.82 * rem, L = 0.3 * rem, T = 1.9 * rem, bar = 1.15 * rem, step = bar + 1.75 * rem, text = (x, y, words, more) => `<text x="${x}" y="${y}" font-size="${small}" ${more}>${escape(words)}</text>`;
      const h = Math.max(80, H - T - (beside ? 0.4 * rem : 2 * step + 0.4 * rem)), w = beside ? h : W - 2 * L;
      let out = `<rect x="${L}" y="${T}" width="${w}" height="${h}" class="sq-frame"/>`;
      if (!joint || !Number.isFinite(joint[0])) {
        svg.innerHTML = out + (get.word("open") || "").split("; ").map((words, i) => text(L + w / 2, T + h / 2 + 1.4 * rem * i, words, `text-anchor="middle" class="sq-open"`)).join("");
        return;
      }
      const [ab, a, b] = joint, A = ab + a, B = ab + b, split = L + w * A, ha = A ? h * ab / A : 0, hb = 1 - A > 1e-12 ? h * b / (1 - A) : 0;
      const cells = [["only", L, T + ha, w * A, h - ha], ["neither", split, T + hb, w - w * A, h - hb], ["both", L, T, w * A, ha], ["other", split, T, w - w * A, hb]];
      out += cells.map(([cell, x, y, ww, hh]) => `<rect x="${x}" y="${y}" width="${Math.max(0, ww)}" height="${Math.max(0, hh)}" class="sq-${cell}" data-cell="${cell}"/>`).join("");
      for (const [cell, x, y, ww, hh] of cells) {
        const words = get.word(`cell.${cell}`) || "", share = get.word(`cell.${cell}.share`) || "", cx = x + ww / 2, cy = y + hh / 2;
        if (hh > 2.6 * rem && ww > 0.5 * small * words.length) out += text(cx, cy - 0.1 * rem, words, `text-anchor="middle"`) + text(cx, cy + 1.05 * rem, share, `text-anchor="middle" class="sq-share"`);
        else if (hh > 1.1 * rem && ww > 2.6 * rem) out += text(cx, cy + 0.3 * rem, share, `text-anchor="middle" class="sq-share"`);
      }
      out += `<path d="M${L} ${T - 4}H${split}" class="sq-prior"/>` + text(L, T - 0.55 * rem, get.word("top.A") || "", `class="sq-t-prior"`);
      if (w * (1 - A) > 6 * rem && w * A > 6 * rem) out += text(L + w, T - 0.55 * rem, get.word("top.notA") || "", `text-anchor="end" class="sq-muted"`);
      if (ha > 1) out += `<path d="M${L - 3} ${T}V${T + ha}" class="sq-like"/>`;
      if (hb > 1) out += `<path d="M${L + w + 3} ${T}V${T + hb}" class="sq-like"/>`;
      // the conditionals, as bars of their own: the same areas, measured against another whole
      const bars = [["A", ab, A, "a"], ["B", ab, B, "b"], ["notA", b, 1 - A, "a"], ["notB", a, 1 - B, "b"]].slice(0, beside ? 4 : 2);
      bars.forEach(([name, part, whole, side], i) => {
        const x = beside ? L + w + 2.6 * rem : L, y = beside ? T + 1.2 * rem + i * (step + (i > 1 ? 0.9 * rem : 0.3 * rem)) : T + h + 1.6 * rem + i * step, long = W - x - L, q = whole > 1e-12 ? part / whole : 0, faint = i > 1 ? ' opacity=".5"' : "";
        out += `<g${faint}><rect x="${x}" y="${y}" width="${long}" height="${bar}" class="sq-rest"/><rect x="${x}" y="${y}" width="${long * q}" height="${bar}" class="sq-given-${side}"/></g>` + text(x, y - 0.4 * rem, get.word(`bar.${name}`) || "", `class="sq-given-${side}-t"`);
      });
      svg.innerHTML = out;
      light(live, live.lit);
    },
  },
};

// Point at a cell of the table, a person or an area: all that is the same thing lights up.
function light(live, cell) {
  live.lit = cell || null;
  for (const el of live.root.querySelectorAll(".bl-stage, .bl-cells, .bl-tree")) { if (cell) el.dataset.lit = cell; else delete el.dataset.lit; }
  for (const td of live.root.querySelectorAll(".bl-cells [data-cell]")) td.classList.toggle("lit", td.dataset.cell === cell);
  const hint = live.root.querySelector(".bl-cells .bl-hint"), get = live.get;
  if (hint && get) hint.textContent = (cell && get.word(`point.${cell}`)) || live.spec.panels.find(p => p.type === "cells")?.hint || "";
}

function wireCells(live) {
  const over = e => { const at = e.target.closest?.("[data-cell]"); light(live, at && live.root.contains(at) && at.dataset.cell !== "unknown" ? at.dataset.cell : null); };
  for (const box of live.root.querySelectorAll(".bl-stage, .bl-cells, .bl-tree")) {
    box.addEventListener("pointerover", over);
    box.addEventListener("pointerleave", () => light(live, null));
    box.addEventListener("focusin", over);
    box.addEventListener("focusout", () => light(live, null));
  }
}

// Small multiples: every method's band over the sampled posterior's, on one set of axes.
STAGES.multiples = {
  make: s => `<div class="bl-many">${s.methods.map(m => `<figure data-method="${m.id}" style="--c:var(--c-${m.concept})"><figcaption><b>${escape(m.title)}</b><span data-word="${m.id}.line"></span></figcaption><svg viewBox="0 0 300 150" preserveAspectRatio="none"></svg></figure>`).join("")}</div>`,
  draw(el, get, live) {
    const s = live.spec.stage, X = v => (v - s.x_range[0]) / (s.x_range[1] - s.x_range[0]) * 300, Y = v => 150 - (v - s.y_range[0]) / (s.y_range[1] - s.y_range[0]) * 150;
    const hold = v => Math.max(-60, Math.min(210, Y(v))), line = ys => ys.map((y, i) => `${i ? "L" : "M"}${X(s.x[i]).toFixed(1)} ${hold(y).toFixed(1)}`).join(""), n = s.x.length;
    const outline = o => { let d = ""; for (let i = 0; i < 2 * n; i++) d += `${i ? "L" : "M"}${X(s.x[i < n ? i : 2 * n - 1 - i]).toFixed(1)} ${hold(o[i]).toFixed(1)}`; return d + "Z"; };
    const reference = get.row("reference"), dots = s.points.map(p => `<path d="M${X(p[0]).toFixed(1)} ${Y(p[1]).toFixed(1)}h.01" class="mm-dot"/>`).join("");
    const sides = `<rect x="0" y="0" width="${X(s.data_range[0])}" height="150" class="mm-out"/><rect x="${X(s.data_range[1])}" y="0" width="${300 - X(s.data_range[1])}" height="150" class="mm-out"/>`;
    for (const m of s.methods) {
      const band = get.row(`${m.id}.band`), svg = el.querySelector(`[data-method="${m.id}"] svg`);
      svg.innerHTML = sides + (band && Number.isFinite(band[0]) ? `<path d="${outline(band)}" class="mm-band"/>` : "")
        + (reference && Number.isFinite(reference[0]) ? `<path d="${line(Array.from(reference.slice(0, n)))}${line(Array.from(reference.slice(n)).reverse())}" class="mm-ref"/>` : "") + dots;
    }
  },
};
