// Two small charts beside a picture: what each answer costs and is worth, and how a fit climbs.
// Every mark carries its own name; nothing has a legend.
const SMALL = 11.5; // px, the smallest text
const within = (v, low, high) => Math.max(low, Math.min(high, v));
const plain = v => v >= 1000 ? v.toLocaleString("en") : minus(v);
const note11 = (x, y, words, more = "") => `<text x="${x}" y="${y}" font-size="${SMALL}" fill="var(--c-muted)" ${more}>${escape(words)}</text>`;

// How wide words are in units of a drawing whose text is 11.5 of them high.
const ruler = document.createElement("canvas").getContext("2d");
function wide(words, el) {
  ruler.font = `650 ${SMALL}px ${getComputedStyle(el).fontFamily}`;
  return ruler.measureText(words).width;
}

function plotHead(p) {
  return `<h2 class="bl-head">${escape(p.text)}<span class="bl-badge" data-word="${p.badge}"></span></h2>`;
}

// Where a name finds room beside its mark: right, left, above or below, then further and further off.
function beside(mark, w, box, taken) {
  const h = SMALL + 2, places = [];
  for (let off = 0; off <= 96; off += 8) for (const dy of off ? [-off, off] : [0]) places.push([mark.x + 8, mark.y + dy], [mark.x - 8 - w, mark.y + dy]);
  for (const dy of [-12, 12, -24, 24]) places.push([mark.x - w / 2, mark.y + dy]);
  let best = null;
  for (const [x, y] of places) {
    const r = { x: within(x, box.left, box.right - w), y: within(y, box.top + h / 2, box.bottom - h / 2), w, h };
    const hit = taken.reduce((sum, o) => sum + Math.max(0, Math.min(r.x + w, o.x + o.w) - Math.max(r.x, o.x)) * Math.max(0, Math.min(r.y, o.y) - Math.max(r.y, o.y) + (h + o.h) / 2), 0);
    const cost = 50 * hit + Math.hypot(r.x + w / 2 - mark.x, 2 * (r.y - mark.y));
    if (!best || cost < best.cost) best = { ...r, cost };
  }
  return best;
}

function markOf(m) {
  const c = `var(--c-${m.concept})`, ring = `stroke="var(--c-paper)" stroke-width="1.5"`;
  if (m.turn !== null) return `<path d="M-5 4.5L0 -5L5 4.5Z" transform="translate(${m.x} ${m.y}) rotate(${m.turn})" fill="${c}" ${ring}/>`;
  if (m.concept === "map") return `<path d="M${m.x} ${m.y - 6.5}l6.5 6.5l-6.5 6.5l-6.5 -6.5Z" fill="${c}" ${ring}/>`;
  if (m.concept === "reference") return `<circle cx="${m.x}" cy="${m.y}" r="4.5" fill="var(--c-paper)" stroke="${c}" stroke-width="2"/>`;
  return `<circle cx="${m.x}" cy="${m.y}" r="5" fill="${c}" ${ring}/>`;
}

Object.assign(PANELS, {
  // points: [{id, title, concept}], each at row "cost.<id>" = [across, up]; the axis across is logarithmic. A MAP is a
  // diamond, the sampled reference hollow, and what lies outside a triangle at the edge that points there.
  cost: {
    make: p => `<div class="bl-small">${plotHead(p)}<svg viewBox="0 0 300 200" role="img"></svg></div>`,
    draw: (p, el, get) => {
      const svg = el.querySelector("svg"), L = 28, T = 24, W = 300 - L - 4, H = 200 - T - 36, log = Math.log10;
      const X = v => L + (log(v) - log(p.x.low)) / (log(p.x.high) - log(p.x.low)) * W, Y = v => T + H - (v - p.y.low) / (p.y.high - p.y.low) * H;
      let out = p.y.ticks.map(v => `<path d="M${L} ${Y(v)}H${L + W}" stroke="var(--c-muted)" opacity=".16"/>` + note11(L - 6, Y(v) + 4, minus(v), `text-anchor="end"`)).join("")
        + p.x.ticks.map(v => note11(X(v), T + H + 15, plain(v), `text-anchor="middle"`)).join("")
        + note11(0, 11, p.y.title) + note11(L + W, T + H + 31, p.x.title, `text-anchor="end"`);
      const marks = [];
      for (const point of p.points) {
        const at = get.row(`cost.${point.id}`);
        if (!at || !(at[0] > 0) || !Number.isFinite(at[1])) continue;
        const over = at[1] > p.y.high, under = at[1] < p.y.low, late = at[0] > p.x.high, soon = at[0] < p.x.low;
        marks.push({ ...point, x: within(X(at[0]), L + 5, L + W - 5), y: within(Y(at[1]), T + 6, T + H), turn: over ? 0 : under ? 180 : late ? 90 : soon ? -90 : null });
      }
      const box = { left: L, right: L + W, top: T - 8, bottom: T + H + 6 }, taken = marks.map(m => ({ x: m.x - 6, y: m.y, w: 12, h: 12 }));
      let names = "";
      for (const m of marks.sort((a, b) => a.x - b.x)) {
        const w = wide(m.title, el), at = beside(m, w, box, taken), near = m.x < at.x ? at.x - 2 : m.x > at.x + w ? at.x + w + 2 : m.x;
        taken.push(at);
        if (Math.abs(at.y - m.y) > 14) out += `<path d="M${m.x} ${m.y}L${near} ${at.y + (near === m.x ? Math.sign(m.y - at.y) * 6 : 0)}" stroke="var(--c-${m.concept})" opacity=".6"/>`;
        names += `<text x="${at.x}" y="${at.y + 4}" font-size="${SMALL}" font-weight="650" fill="var(--c-${m.concept})" stroke="var(--c-paper)" stroke-width="3" paint-order="stroke" data-point="${m.id}">${escape(m.title)}</text>`;
      }
      svg.innerHTML = out + marks.map(markOf).join("") + names;
      svg.setAttribute("aria-label", get.word(p.alt) ?? p.alt);
    },
  },
  // lines: [{id, title, concept, dash}], each a row of values spread evenly over the steps; the axis stays.
  climb: {
    make: p => `<div class="bl-small">${plotHead(p)}<svg viewBox="0 0 300 190" role="img"></svg><p data-word="${p.hint}"></p></div>`,
    draw: (p, el, get) => {
      const svg = el.querySelector("svg"), L = 34, T = 22, W = 300 - L - 92, H = 190 - T - 36, R = L + W, dashes = { solid: "", dashed: "4 3", dotted: "1.5 3" };
      const Y = v => T + H - (within(v, p.left.low, p.left.high) - p.left.low) / (p.left.high - p.left.low) * H;
      let out = p.left.ticks.map(v => `<path d="M${L} ${Y(v)}H${R}" stroke="var(--c-muted)" opacity=".16"/>` + note11(L - 6, Y(v) + 4, minus(v), `text-anchor="end"`)).join("")
        + note11(0, 10, p.left.title) + note11(L, T + H + 15, "0") + note11(R, T + H + 15, plain(p.steps), `text-anchor="end"`) + note11(R, T + H + 31, "steps of Adam", `text-anchor="end"`);
      const names = [];
      p.lines.forEach((line, order) => {
        const row = get.row(line.id), n = row ? row.length : 0;
        let d = "", last = null;
        for (let i = 0, pen = false; i < n; i++) {
          if (!Number.isFinite(row[i])) { pen = false; continue; }
          last = { x: L + i / Math.max(1, n - 1) * W, y: Y(row[i]) };
          d += `${pen ? "L" : "M"}${last.x.toFixed(1)} ${last.y.toFixed(1)}`;
          pen = true;
        }
        if (!last) return;
        out += `<path d="${d}" fill="none" stroke="var(--c-${line.concept})" stroke-width="1.8" stroke-linejoin="round" stroke-linecap="${line.dash === "dotted" ? "round" : "butt"}" stroke-dasharray="${dashes[line.dash] || ""}"/>`;
        const rows = folded(line.title, 74, el);
        names.push({ ...line, order, last, rows, wish: last.y, height: 13 * rows.length + 3 });
      });
      relax(names, T - 8, T + H + 8);
      for (const m of names) {
        out += `<path d="M${m.last.x + 2} ${m.last.y}L${R + 9} ${m.place}H${R + 12}" fill="none" stroke="var(--c-${m.concept})" opacity="${R - m.last.x > 12 ? .35 : .7}"/>`
          + m.rows.map((words, i) => `<text x="${R + 15}" y="${m.place + 4 + 13 * (i - (m.rows.length - 1) / 2)}" font-size="${SMALL}" font-weight="650" fill="var(--c-${m.concept})">${escape(words)}</text>`).join("");
      }
      svg.innerHTML = out;
      svg.setAttribute("aria-label", get.word(p.alt) ?? p.alt);
    },
  },
});

// A title in as many rows as it takes.
function folded(title, most, el) {
  const rows = [];
  for (const word of title.split(" ")) {
    const longer = rows.length ? `${rows.at(-1)} ${word}` : word;
    if (rows.length && wide(longer, el) <= most) rows[rows.length - 1] = longer; else rows.push(word);
  }
  return rows;
}
