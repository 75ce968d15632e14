// Reading what Python packed: a JSON header, then uint16 numbers. See bayes_core/figures/film.py for the writing side.
const GAP = 65535; // stands for "nothing here": a break in a line, or a position nobody may answer for

function unpack(data) {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const size = view.getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(data.subarray(4, 4 + size)));
  const codes = new Uint16Array(data.buffer.slice(data.byteOffset + 4 + size, data.byteOffset + data.byteLength));
  return { header, codes };
}

// One handle's film strip. `numbers` maps a name to {start, rows, size, low, step}; `words` maps a name to texts.
class Film {
  constructor(spec, codes) {
    this.spec = spec;
    this.codes = codes;
  }
  has(name) { return name in this.spec.numbers; }
  names() { return Object.keys(this.spec.numbers); }
  row(name, position) {
    const n = this.spec.numbers[name];
    if (!n) return null;
    const start = n.start + Math.min(position, n.rows - 1) * n.size;
    const out = new Float64Array(n.size);
    for (let i = 0; i < n.size; i++) {
      const code = this.codes[start + i];
      out[i] = code === GAP ? NaN : n.low + code * n.step;
    }
    return out;
  }
  word(name, position) {
    const w = this.spec.words[name];
    return w ? w[Math.min(position, w.length - 1)] : null;
  }
}

// Several strips for one handle (the picture's, and what followed later), read as one.
class Reel {
  constructor(film) { this.films = [film]; }
  add(film) { this.films.push(film); }
  find(name, kind) { for (let i = this.films.length - 1; i >= 0; i--) if (name in this.films[i].spec[kind]) return this.films[i]; return null; }
  row(name, position) { const f = this.find(name, "numbers"); return f ? f.row(name, position) : null; }
  word(name, position) { const f = this.find(name, "words"); return f ? f.word(name, position) : null; }
  names() { return [...new Set(this.films.flatMap(f => f.names()))]; }
  fits(stamp, handle, positions) {
    const s = this.films[0].spec;
    return s.stamp === stamp && Object.entries(s.home).every(([h, i]) => h === handle || positions[h] === i);
  }
}

// Colours: figures arrive in the light palette and are re-inked, concept by concept, to the theme on screen.
const DARK_FILL = 1.5; // dark paper needs stronger fills for the same weight to the eye

function readInk(probe, palette) {
  const now = {};
  for (const concept of Object.keys(palette)) {
    probe.style.color = `var(--c-${concept})`;
    now[concept] = getComputedStyle(probe).color.match(/\d+(\.\d+)?/g).slice(0, 3).join(",");
  }
  const dark = getComputedStyle(probe).colorScheme.includes("dark") && !getComputedStyle(probe).colorScheme.includes("light");
  return { now, dark, key: JSON.stringify(now) };
}

function reInk(figure, palette, ink) {
  const concept = {};
  for (const [name, rgb] of Object.entries(palette)) if (!(rgb in concept)) concept[rgb] = name;
  const text = JSON.stringify(figure, (key, value) => {
    if (typeof value !== "string" || !value.startsWith("rgba(")) return value;
    const [r, g, b, a] = value.slice(5, -1).split(",");
    const name = concept[`${r},${g},${b}`];
    if (!name) return value;
    const alpha = ink.dark && key === "fillcolor" ? Math.min(1, a * DARK_FILL) : a;
    return `rgba(${ink.now[name]},${alpha})`;
  });
  return JSON.parse(text);
}

// Words at the right edge of the chart: a gauge repeats the intervals, labels hang from it and push each other apart.

// Lowest and highest value of a trace where it crosses x (bands are outlines, lines are themselves).
function crossing(trace, x) {
  let low = Infinity, high = -Infinity;
  const X = trace.x, Y = trace.y;
  for (let i = 0; i + 1 < Y.length; i++) {
    const a = X[i], b = X[i + 1], p = Y[i], q = Y[i + 1];
    if (!Number.isFinite(p) || !Number.isFinite(q) || (a - x) * (b - x) > 0) continue;
    const y = a === b ? p : p + (q - p) * (x - a) / (b - a);
    low = Math.min(low, y); high = Math.max(high, y);
    if (a === b) { low = Math.min(low, q); high = Math.max(high, q); }
  }
  return low <= high ? { low, high } : null;
}

// Push neighbours apart by half their overlap, keep all inside [top, bottom]; at most 60 passes.
function relax(items, top, bottom) {
  items.sort((a, b) => a.wish - b.wish || a.order - b.order);
  for (const i of items) i.place = Math.max(top, Math.min(bottom, i.wish));
  for (let pass = 0; pass < 60; pass++) {
    let moved = false;
    for (let i = 1; i < items.length; i++) {
      const a = items[i - 1], b = items[i], lack = (a.height + b.height) / 2 - (b.place - a.place);
      if (lack > 0.2) { a.place -= lack / 2; b.place += lack / 2; moved = true; }
    }
    const first = items[0], last = items.at(-1);
    if (first && first.place < top + first.height / 2) { first.place = top + first.height / 2; moved = true; }
    if (last && last.place > bottom - last.height / 2) { last.place = bottom - last.height / 2; moved = true; }
    if (!moved) break;
  }
}

function drawLabels(live) {
  const gd = live.plot, full = gd._fullLayout;
  if (!full) return;
  const xa = full.xaxis, ya = full.yaxis, top = ya._offset, bottom = ya._offset + ya._length, right = xa._offset + xa._length;
  const rem = live.rem, narrow = live.narrow(), big = live.spec.present ? 1.5 : 1;
  const raw = y => ya._offset + ya.d2p(y), clamp = p => Math.max(top, Math.min(bottom, p));
  const edge = xa.range[1], gx = right + (narrow ? 3 : 9), traces = live.shown;
  let svg = "";
  const items = [], peaks = [];
  live.spec.labels.forEach((label, order) => {
    const el = live.labels[label.id];
    const ends = label.at.map(([name, side]) => { const c = traces[name] && crossing(traces[name], edge); return c && c[side]; });
    if (live.hung(label)) { peaks.push({ el, label }); return; }
    el.hidden = ends.some(e => e === null || e === undefined);
    if (el.hidden) return;
    if (label.bar) {
      const c = crossing(traces[label.id], edge);
      svg += `<line x1="${gx}" x2="${gx}" y1="${clamp(raw(c.low))}" y2="${clamp(raw(c.high))}" stroke="var(--c-${label.concept})" stroke-width="${label.bar * big}"/>`;
    }
    const wish = raw(ends.reduce((a, b) => a + b, 0) / ends.length);
    items.push({ el, order, concept: label.concept, from: clamp(wish), wish, height: live.height(label.id), inset: (label.bar || 2) / 2 + 1 });
  });
  hangAtPeaks(live, peaks, xa, ya);
  relax(items, 0, bottom + 1.2 * rem);
  for (const i of items) {
    const lx = gx + (narrow ? 20 : 26), e1 = narrow ? 7 : 9, e2 = narrow ? 14 : 18;
    i.el.style.transform = `translate(${lx}px,${i.place - i.height / 2}px)`;
    svg += `<path d="M${gx + i.inset} ${i.from}H${gx + e1}L${gx + e2} ${i.place}H${gx + e2 + 4}" fill="none" stroke="var(--c-${i.concept})" opacity=".7"/>`;
  }
  svg += note(live, xa, right, bottom);
  svg += boldLine(live.memberLine(live.pointed), "posterior", 2.4, xa, ya) + live.walk.svg(xa, ya);
  live.overlay.innerHTML = `<defs><clipPath id="bl-inside"><rect x="${xa._offset}" y="${top}" width="${xa._length}" height="${ya._length}"/></clipPath><marker id="bl-tip" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L6 3L0 6" fill="none" stroke="var(--c-muted)"/></marker></defs>${svg}`;
  live.xTitle.style.transform = `translate(${xa._offset}px,${bottom + 1.55 * rem}px)`;
}

// A density's name stands over its peak, a path's at its end; names that would overlap climb over each other.
function hangAtPeaks(live, hung, xa, ya) {
  const left = xa._offset, right = left + xa._length, taken = [];
  for (const { el, label } of hung) {
    const [name, side] = label.at[0], t = live.shown[name], [low, high] = xa.range;
    let best = -Infinity, at = null;
    for (let i = 0; t && i < t.y.length; i++) if (Number.isFinite(t.y[i]) && t.x[i] >= low && t.x[i] <= high && (side === "end" || side === "start" && at === null || side !== "start" && t.y[i] > best) && (side !== "top" || t.y[i] <= ya.range[1])) { best = t.y[i]; at = t.x[i]; }
    el.hidden = at === null;
    if (el.hidden) continue;
    const h = live.height(label.id), w = (live.labelWidths[label.id] ||= el.offsetWidth), px = left + xa.d2p(at), py = ya._offset + ya.d2p(Math.max(ya.range[0], Math.min(best, ya.range[1])));
    let x = Math.max(left, Math.min(right - w, px - w / 2)), y = py - h - 5;
    if (side === "end") { x = px + 8 + w < right ? px + 8 : px - w - 8; y = px + 8 + w < right ? py - h / 2 : py - h - 3; }
    let down = y < ya._offset - 4; // no room above: then inside, and downwards
    if (down) { y = Math.max(py + 4, ya._offset + 2); if (px + w + 6 < right) x = px + 5; }
    for (let pass = 0; pass < 8; pass++) {
      const hit = taken.find(b => x < b.x + b.w + 4 && x + w + 4 > b.x && y < b.y + b.h && y + h > b.y);
      if (!hit) break;
      down ||= hit.y - h < ya._offset - 4;
      y = down ? hit.y + hit.h : hit.y - h;
    }
    taken.push({ x, y, w, h });
    el.style.transform = `translate(${x}px,${y}px)`;
  }
}

// "nobody was tested here": an arrow along the bottom, from the last data point to the edge of the picture.
function note(live, xa, right, bottom) {
  const spec = live.spec.note;
  live.note.hidden = !spec;
  if (!spec) return "";
  const from = xa._offset + xa.d2p(spec.from) + 14, y = bottom - 9, width = live.noteWidth;
  const fits = right - from > 40 && from > xa._offset;
  live.note.hidden = !fits;
  if (!fits) return "";
  live.note.style.transform = `translate(${Math.min(from, right - width)}px,${y - 1.5 * live.rem}px)`;
  return `<path d="M${from} ${y}H${right - 4}" stroke="var(--c-muted)" fill="none" marker-end="url(#bl-tip)"/>`;
}

// One member line in bold: the one that the reader points at, here or in the joint plot, or walks to.
function boldLine(line, concept, width, xa, ya, name = "bl-one-line") {
  if (!line) return "";
  const d = line.x.map((x, i) => `${i ? "L" : "M"}${(xa._offset + xa.d2p(x)).toFixed(1)} ${(ya._offset + ya.d2p(line.y[i])).toFixed(1)}`).join("");
  return `<g class="${name}" clip-path="url(#bl-inside)" fill="none" stroke-linejoin="round"><path d="${d}" stroke="var(--c-paper)" stroke-width="${width + 2.6}" opacity=".8"/><path d="${d}" stroke="var(--c-${concept})" stroke-width="${width}"/></g>`;
}

// What stands beside the picture: numbers with their densities, the joint plot, the honesty meter, plain rows.
const escape = t => String(t).replace(/[&<>"]/g, c => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c]);
const minus = v => String(+v.toPrecision(3)).replace("-", "\u2212");

const PANELS = {
  heading: {
    make: p => `<h2 class="bl-head">${escape(p.text)}<span class="bl-badge" data-word="${p.badge}"></span></h2>`,
    draw: () => {},
  },
  spark: {
    make: p => `<div class="bl-par"><div><div class="bl-name">${escape(p.name)} <small>${escape(p.unit)}</small></div>
      <div class="bl-num"><span data-word="${p.id}"></span><i data-word="${p.id}.sd" data-before=" ± "></i></div></div>
      <svg viewBox="0 0 140 58" aria-hidden="true"></svg></div>`,
    draw: (p, el, get) => {
      const W = 140, H = 58, base = 44, after = get.row(`${p.id}.density`), before = get.row(`${p.id}.prior`);
      if (!after) return;
      let top = 0;
      for (const v of after) if (v > top) top = v;
      for (const v of before) if (v > top * 1.25) top = v / 1.25;
      if (!(top > 0)) top = 1; // both lie outside the picture: a flat line at zero
      const path = a => { let d = ""; for (let i = 0; i < a.length; i++) if (Number.isFinite(a[i])) d += `${d ? "L" : "M"}${(i / (a.length - 1) * W).toFixed(1)} ${(base - Math.min(a[i] / top, 1.3) * 38).toFixed(1)}`; return d; };
      const x = v => (v - p.low) / (p.high - p.low) * W, truth = get.row(`${p.id}.truth`), post = path(after), pri = path(before);
      const anchor = v => x(v) < 6 ? "start" : x(v) > W - 6 ? "end" : "middle";
      const c = p.concept, shown = truth && truth[0] >= p.low && truth[0] <= p.high;
      el.querySelector("svg").innerHTML =
        `<path d="${pri}L${W} ${base}L0 ${base}Z" fill="var(--c-prior)" opacity=".12"/><path d="${pri}" fill="none" stroke="var(--c-prior)" stroke-width="1.6" stroke-dasharray="4 3"/>`
        + (post ? `<path d="${post}L${W} ${base}L0 ${base}Z" fill="var(--c-${c})" opacity=".22"/><path d="${post}" fill="none" stroke="var(--c-${c})" stroke-width="1.8"/>` : "")
        + `<path d="M0 ${base}H${W}" stroke="var(--c-muted)" stroke-width=".8"/>`
        + (shown ? `<path d="M${x(truth[0])} ${base}V3" stroke="var(--c-truth)" stroke-width="1.3" stroke-dasharray="4 3"/>` : "")
        + p.ticks.map(v => `<text x="${x(v)}" y="${H}" font-size="11.5" text-anchor="${anchor(v)}" fill="var(--c-muted)">${minus(v)}</text>`).join("");
    },
  },
  meter: {
    make: p => `<div class="bl-meter"><h2 class="bl-head">${escape(p.text)}<span class="bl-badge">${escape(p.badge)}</span></h2>
      <div class="bl-row"><span class="bl-big" data-word="meter.share"></span><span class="bl-verdict" data-word="meter.verdict"></span></div>
      <svg viewBox="0 0 300 42" aria-hidden="true"></svg><p data-word="meter.words"></p></div>`,
    draw: (p, el, get) => {
      const share = get.row("meter.share");
      el.classList.toggle("waiting", !share);
      const W = 300, low = 0.4, x = v => (Math.max(low, v) - low) / (1 - low) * W;
      const dot = share ? `<path d="M${x(share[0])} 14H${x(p.promised)}" stroke="var(--c-posterior)" stroke-width="4"/><circle cx="${Math.min(W - 7, Math.max(7, x(share[0])))}" cy="14" r="6.5" fill="var(--c-posterior)" stroke="var(--c-paper)" stroke-width="2"/>` : "";
      el.querySelector("svg").innerHTML = `<path d="M0 14H${W}" stroke="var(--c-rule)" stroke-width="4" stroke-linecap="round"/>${dot}
        <path d="M${x(p.promised)} 1V27" stroke="var(--c-truth)" stroke-width="1.5"/>
        <text x="${Math.min(x(p.promised), W - 62)}" y="39" font-size="12.5" text-anchor="middle" fill="var(--c-muted)">promised ${p.promised}</text>
        <text x="0" y="39" font-size="12.5" fill="var(--c-muted)">${share && share[0] < low ? "below 0.4" : "0.4"}</text><text x="${W}" y="39" text-anchor="end" font-size="12.5" fill="var(--c-muted)">1</text>`;
    },
  },
  joint: {
    make: p => `<div class="bl-joint"><h2 class="bl-head">${escape(p.text)}</h2>
      <svg viewBox="0 0 300 168" tabindex="0" role="img" aria-label="${escape(p.alt)}"></svg>
      <p class="bl-one"><span class="bl-hint">${escape(p.hint)}</span></p></div>`,
    draw: (p, el, get, live) => {
      const L = 34, T = 6, W = 300 - L - 4, H = 168 - T - 34, X = v => L + (v - p.x.low) / (p.x.high - p.x.low) * W, Y = v => T + H - (v - p.y.low) / (p.y.high - p.y.low) * H;
      const clampX = v => Math.max(L, Math.min(L + W, X(v))), clampY = v => Math.max(T, Math.min(T + H, Y(v)));
      let svg = p.y.ticks.map(v => `<path d="M${L} ${Y(v)}H${L + W}" stroke="var(--c-muted)" opacity=".16"/><text x="${L - 6}" y="${Y(v) + 4}" text-anchor="end" font-size="11.5" fill="var(--c-muted)">${minus(v)}</text>`).join("")
        + p.x.ticks.map(v => `<text x="${X(v)}" y="${T + H + 15}" text-anchor="middle" font-size="11.5" fill="var(--c-muted)">${minus(v)}</text>`).join("");
      p.outlines.forEach((name, i) => { const o = get.row(name); if (!o) return;
        let d = ""; for (let k = 0; k < o.length; k += 2) if (Number.isFinite(o[k])) d += `${d ? "L" : "M"}${clampX(o[k + 1]).toFixed(1)} ${clampY(o[k]).toFixed(1)}`;
        svg += `<path d="${d}" fill="var(--c-${p.concept})" fill-opacity="${i ? .2 : .12}" stroke="var(--c-${p.concept})" stroke-opacity=".7"/>`; });
      const truth = [get.row(`${p.x.id}.truth`), get.row(`${p.y.id}.truth`)];
      if (truth[0] && truth[1]) svg += `<path d="M${X(truth[0][0])} ${T}V${T + H}M${L} ${Y(truth[1][0])}H${L + W}" stroke="var(--c-truth)" stroke-width="1.1" stroke-dasharray="4 3" opacity=".8"/>`;
      const dots = get.row("joint.dots");
      live.dots = [];
      if (dots) for (let k = 0; k < dots.length; k += 2) {
        if (!Number.isFinite(dots[k])) continue;
        const i = k / 2, on = i === live.pointed, at = { i, x: clampX(dots[k + 1]), y: clampY(dots[k]), slope: dots[k + 1], intercept: dots[k] };
        live.dots.push(at);
        svg += `<circle cx="${at.x}" cy="${at.y}" r="${on ? 6 : 2.6}" fill="var(--c-${p.concept})" ${on ? 'stroke="var(--c-paper)" stroke-width="2"' : 'opacity=".75"'}/>`;
      }
      svg += `<text x="${L + W}" y="${T + H + 30}" text-anchor="end" font-size="11.5" fill="var(--c-muted)">${escape(p.x.title)}</text><text x="${L + 4}" y="${T + 9}" font-size="11.5" fill="var(--c-muted)">${escape(p.y.title)}</text>`;
      const picture = el.querySelector("svg"), one = live.dots.find(d => d.i === live.pointed);
      picture.innerHTML = svg;
      el.querySelector(".bl-one").innerHTML = one
        ? `This line: intercept <b>${minus(one.intercept)}</b>, slope <b>${minus(one.slope)}</b>` : `<span class="bl-hint">${escape(p.hint)}</span>`;
    },
  },
  rows: {
    make: p => `<div class="bl-rows"><h2 class="bl-head">${escape(p.text)}<span class="bl-badge" data-word="${p.badge}"></span></h2>
      <dl>${p.rows.map(([name, word]) => `<dt>${escape(name)}</dt><dd data-word="${word}"></dd>`).join("")}</dl></div>`,
    draw: () => {},
  },
};

// More of what stands beside a picture: one large answer, prose with live numbers, a 2 x 2 table, a tree, a grid, bars.
Object.assign(PANELS, {
  answer: {
    make: p => `<div class="bl-answer"><h2 class="bl-head">${escape(p.text)}<span class="bl-badge" data-word="${p.badge}"></span></h2>
      <div class="bl-huge" style="color:var(--c-${p.concept})" data-word="${p.id}"></div>
      <svg viewBox="0 0 300 30" aria-hidden="true"></svg><p data-word="${p.id}.words"></p></div>`,
    draw: (p, el, get) => {
      const share = get.row(`${p.id}.share`), guess = get.row("guess"), W = 300, x = v => Math.max(0, Math.min(1, v)) * W;
      el.querySelector("svg").innerHTML = `<rect x="0" y="4" width="${W}" height="8" rx="4" fill="var(--c-rule)"/>`
        + (share && Number.isFinite(share[0]) ? `<rect x="0" y="4" width="${Math.max(4, x(share[0]))}" height="8" rx="4" fill="var(--c-${p.concept})"/>` : "")
        + (guess && Number.isFinite(guess[0]) ? `<path d="M${x(guess[0])} 0V17" stroke="var(--c-truth)" stroke-width="2"/><text x="${Math.max(30, Math.min(W - 30, x(guess[0])))}" y="29" text-anchor="middle" font-size="12.5" fill="var(--c-truth)">your guess</text>` : "");
    },
  },
  ask: {
    make: p => `<div class="bl-ask"><h2 class="bl-head">${escape(p.text)}</h2><p>${escape(p.words)}</p><label><span>${escape(p.label)}</span><output>${p.value} %</output>
      <input type="range" min="0" max="100" value="${p.value}" aria-label="${escape(p.label)}"></label><button>${escape(p.button)}</button></div>`,
    wire: (p, el, live) => {
      const input = el.querySelector("input"), tell = () => { el.querySelector("output").textContent = `${input.value} %`; };
      input.addEventListener("input", tell);
      el.querySelector("button").addEventListener("click", () => live.component.setTriggerValue("act", { guess: +input.value }));
    },
    draw: () => {},
  },
  prose: { make: p => `<div class="bl-prose">${p.text ? `<h2 class="bl-head">${escape(p.text)}</h2>` : ""}${p.html}</div>`, draw: () => {} },
  cells: {
    make: p => { const td = (cell, k) => `<td tabindex="0" data-cell="${cell}" class="cell-${cell}"><i></i><b data-word="cell.${cell}"></b><small>${escape(p.inside[k])}</small></td>`;
      return `<div class="bl-cells"><h2 class="bl-head">${escape(p.text)}</h2><table><thead><tr><td></td><th scope="col">${escape(p.columns[0])}</th><th scope="col">${escape(p.columns[1])}</th></tr></thead>
      <tbody><tr><th scope="row">${escape(p.rows[0])}</th>${td("both", 0)}${td("only", 1)}</tr><tr><th scope="row">${escape(p.rows[1])}</th>${td("other", 2)}${td("neither", 3)}</tr></tbody></table><p class="bl-hint">${escape(p.hint)}</p></div>`; },
    draw: () => {},
  },
  tree: {
    make: p => `<div class="bl-tree"><h2 class="bl-head">${escape(p.text)}</h2><svg viewBox="0 0 300 142" role="img"></svg></div>`,
    draw: (p, el, get) => {
      const at = [[150, 14, "all", "data"], [75, 62, "A", "prior"], [225, 62, "notA", "muted"], [36, 112, "both", "posterior"], [112, 112, "only", "prior"], [188, 112, "other", "posterior"], [264, 112, "neither", "muted"]];
      const edge = (a, b) => `<path d="M${at[a][0]} ${at[a][1] + 22}L${at[b][0]} ${at[b][1] - 14}" stroke="var(--c-muted)" stroke-width="1" opacity=".7"/>`;
      const svg = el.querySelector("svg");
      svg.innerHTML = edge(0, 1) + edge(0, 2) + edge(1, 3) + edge(1, 4) + edge(2, 5) + edge(2, 6)
        + at.map(([x, y, name, concept]) => `<g data-cell="${name}"><text x="${x}" y="${y + 1}" text-anchor="middle" font-size="14.5" font-weight="600" fill="var(--c-${concept})">${escape(get.word(`tree.${name}`) || "")}</text><text x="${x}" y="${y + 15}" text-anchor="middle" font-size="11.5" fill="var(--c-muted)">${escape(p.names[name])}</text></g>`).join("");
      svg.setAttribute("aria-label", get.word("tree.alt") || "");
    },
  },
  grid: {
    make: p => `<div class="bl-grid"><h2 class="bl-head">${escape(p.text)}${p.badge ? `<span class="bl-badge" data-word="${p.badge}"></span>` : ""}</h2><table><thead><tr>${p.columns.map(c => `<th scope="col"${c[1] ? ` style="color:var(--c-${c[1]})"` : ""}>${escape(c[0])}</th>`).join("")}</tr></thead>
      <tbody>${p.rows.map(r => `<tr>${p.columns.map((_, k) => k ? `<td data-word="grid.${r}.${k}"></td>` : `<th scope="row" data-word="grid.${r}.0"></th>`).join("")}</tr>`).join("")}</tbody></table>${p.after ? `<p data-word="${p.after}"></p>` : ""}</div>`,
    draw: (p, el) => { for (const tr of el.querySelectorAll("tbody tr")) tr.hidden = !tr.firstElementChild.textContent; },
  },
  bars: {
    make: p => `<div class="bl-bars"><h2 class="bl-head">${escape(p.text)}${p.badge ? `<span class="bl-badge" data-word="${p.badge}"></span>` : ""}</h2>${p.names.map((n, i) => `<div class="bl-bar" style="--c:var(--c-${p.concepts[i]})"><span>${escape(n)}</span><i><u></u></i><b data-word="${p.id}.${i}"></b></div>`).join("")}</div>`,
    draw: (p, el, get) => { const v = get.row(p.id); if (v) el.querySelectorAll("u").forEach((u, i) => { u.style.width = `${100 * Math.max(0, Math.min(1, v[i]))}%`; }); },
  },
});

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

// While a handle moves, Plotly's own SVG paths are rewritten in place: about 1 ms instead of the 13 ms of a restyle.
// As soon as the handle rests, Plotly redraws from the same numbers. Where Plotly's SVG is not as expected, null.
function pathOf(x, y, xa, ya, closed) {
  let d = "", pen = false;
  for (let i = 0; i < y.length; i++) {
    if (!Number.isFinite(y[i]) || x[i] === null || Number.isNaN(x[i])) { pen = false; continue; }
    d += `${pen ? "L" : "M"}${xa.d2p(x[i]).toFixed(1)},${ya.d2p(y[i]).toFixed(1)}`;
    pen = true;
  }
  return closed && d ? d + "Z" : d;
}

function quickParts(gd) {
  const parts = {};
  for (const trace of gd._fullData) {
    const group = gd.querySelector(`.scatterlayer .trace${trace.uid}`);
    if (!group || trace.line && trace.line.shape === "spline") return null;
    const marks = trace.mode === "markers" ? [...group.querySelectorAll("path.point")] : [];
    parts[trace.name] = { fill: group.querySelector(".js-fill"), lines: [...group.querySelectorAll(".js-line")], marks, closed: trace.fill === "toself" };
  }
  return parts;
}

// Draw traces {name: {x, y}} over the mounted chart; false when a full redraw is needed instead.
function quickDraw(gd, parts, traces) {
  const { xaxis: xa, yaxis: ya } = gd._fullLayout;
  for (const [name, { x, y }] of Object.entries(traces)) {
    const part = parts[name];
    if (!part) return false;
    if (part.marks.length) {
      if (part.marks.length !== y.length) return false;
      part.marks.forEach((mark, i) => mark.setAttribute("transform", `translate(${xa.d2p(x[i])},${ya.d2p(y[i])})`));
      continue;
    }
    const d = pathOf(x, y, xa, ya, part.closed);
    if (!part.lines.length || part.closed && !part.fill) return false;
    if (part.fill) part.fill.setAttribute("d", d || "M0,0Z");
    part.lines[0].setAttribute("d", d || "M0,0Z");
    for (const line of part.lines.slice(1)) line.setAttribute("d", "M0,0Z");
  }
  return true;
}

// Play, step and reset for a handle that walks through data one at a time; the server hears where it stops.
const SPEEDS = { slow: 900, steady: 350, quick: 90 }; // ms a step

function playerHtml() {
  return `<div class="bl-player" role="group" aria-label="Play the data"><button data-do="reset" aria-label="Back to no data">reset</button><button data-do="back" aria-label="One back">−1</button><button data-do="play" aria-label="Play">▶ play</button><button data-do="step" aria-label="One more">+1</button>
    <select aria-label="Speed">${Object.keys(SPEEDS).map(s => `<option${s === "steady" ? " selected" : ""}>${s}</option>`).join("")}</select></div>`;
}

function wirePlayer(live, h) {
  const box = live.$(`[data-handle="${h.id}"] .bl-player`);
  if (!box) return;
  const button = name => box.querySelector(`[data-do="${name}"]`), last = h.values.length - 1;
  const face = playing => { button("play").textContent = playing ? "❚❚ pause" : "▶ play"; button("play").setAttribute("aria-label", playing ? "Pause" : "Play"); };
  // A control outside the picture asks the server: it must first hear where the data stand.
  const away = e => { if (e.key !== "Tab" && !live.root.contains(e.target) && e.target.closest?.("button, input, textarea, a")) stop(true); };
  const listen = how => ["pointerdown", "keydown"].forEach(kind => document[how](kind, away, true));
  const stop = tell => { if (!live.playing) return; clearInterval(live.playing); live.playing = null; listen("removeEventListener"); face(false); if (tell) live.tell(0); };
  const go = to => { live.stopGlide(); if (!live.move || live.move.handle !== h.id) live.beginMove(h.id); live.positions[h.id] = Math.max(0, Math.min(last, to)); live.draw(h.id, true); live.say(); };
  live.stopPlaying = () => stop(false);
  box.addEventListener("click", e => {
    const what = e.target.closest("button")?.dataset.do;
    if (!what) return;
    if (what === "play" && !live.playing) {
      live.move = null;
      if (live.positions[h.id] >= last) go(0);
      face(true);
      const tick = () => { if (!live.root.isConnected) return stop(false); go(live.positions[h.id] + 1); if (live.positions[h.id] >= last) stop(true); };
      listen("addEventListener");
      live.playing = setInterval(tick, SPEEDS[box.querySelector("select").value]);
      return;
    }
    stop(true);
    if (what === "play") return;
    live.move = null;
    go(what === "reset" ? 0 : live.positions[h.id] + (what === "step" ? 1 : -1));
    live.tell(QUIET);
  });
  box.querySelector("select").addEventListener("change", () => { if (live.playing) { stop(false); button("play").click(); } });
}

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

// The live chart: Plotly stays mounted, handles scrub through frames that Python computed, Python hears the release.
const REGISTRY = (window.__bayesLive ||= {});
const QUIET = 160; // ms without a further key press before Python is told
const AT_REST = 140; // ms after the last quick drawing before Plotly redraws in full
const SAME_MOVE = 1000; // ms within which key presses count as one move in the sentence

function findPlotly(chunk) {
  if (window.Plotly) return Promise.resolve(window.Plotly);
  const app = document.querySelector('script[src*="static/js/"]');
  const base = app ? app.src.replace(/static\/js\/.*$/, "static/js/") : new URL("static/js/", document.baseURI).href;
  return import(base + chunk).then(() => {
    if (!window.Plotly) throw new Error("Plotly did not arrive with " + chunk);
    return window.Plotly;
  });
}

class Live extends Pointing {
  constructor(root, component) {
    super();
    this.root = root;
    this.component = component;
    this.positions = {};
    this.reels = {};
    this.kept = [];
    this.said = "";
    this.pointed = null;
    this.shown = {};
    this.heights = {};
    this.labelWidths = {};
    this.draws = 0;
    this.walk = new Walk(this);
    this.holding = null;
    this.rem = 16;
  }
  $(selector) { return this.root.querySelector(selector); }
  hung(label) { return ["peak", "top", "start", "end"].includes(label.at[0][1]); }
  narrow() { return this.root.clientWidth < 560; }

  // ---- a message from Python: a whole picture, or what follows one
  receive({ header, codes }) {
    if (header.follows) return this.follow(header, codes);
    const spec = header, fresh = !this.spec || this.spec.epoch !== spec.epoch, rebuilt = !this.spec || this.spec.shape !== spec.shape;
    this.spec = spec;
    this.reels = Object.fromEntries(spec.films.map(f => [f.handle, new Reel(new Film(f, codes))]));
    // what followed the last picture still holds, unless this one answers the same for where the handle is now
    const names = f => [...Object.keys(f.numbers), ...Object.keys(f.words)];
    const stays = old => spec.films.every(f => f.handle !== old.handle || spec.home[f.handle] === old.home[f.handle]
      || !names(old).every(name => name in f.numbers || name in f.words));
    this.kept = this.kept.filter(f => f.spec.stamp === spec.stamp && stays(f.spec));
    for (const film of this.kept) this.splice(film);
    if (rebuilt) this.build();
    if (fresh) {
      this.stopGlide();
      this.positions = { ...spec.home };
      this.sayHtml(spec.said);
      this.last = spec.handles[0].id;
      if (spec.glide) this.positions[spec.glide.handle] = spec.glide.from;
    } else if (spec.speak) this.sayHtml(spec.said);
    this.busy(spec.busy, spec.extra);
    (spec.stage ? Promise.resolve() : this.plotly(spec.chunk)).then(() => {
      if (this.spec !== spec) return;
      const anew = !spec.stage && (this.figure !== spec.figure_id || !this.plot._fullLayout);
      if (spec.stage) this.measure(); else if (anew) this.plotAnew();
      this.draw(this.waiting || this.last, !anew);
      if (fresh && spec.reveal) this.reveal();
      if (fresh && spec.glide) this.glide(spec.glide);
      this.root.dataset.ready = spec.stamp;
    }).catch(error => this.fail(error));
  }
  follow(header, codes) {
    for (const f of header.films) {
      const film = new Film(f, codes);
      this.kept = this.kept.filter(k => k.spec.handle !== f.handle || k.spec.part !== f.part || k.spec.stamp !== f.stamp);
      this.kept.push(film);
      if (this.spec) this.splice(film);
    }
    if (!this.spec || header.stamp !== this.spec.stamp) return;
    this.busy(header.busy, header.extra);
    if (header.said) this.sayHtml(header.said);
    if (this.standing()) this.draw(this.waiting || this.last, true);
  }
  standing() { return Boolean(this.spec && (this.spec.stage || this.plot && this.plot._fullLayout)); }
  splice(film) {
    const reel = this.reels[film.spec.handle], s = film.spec;
    if (reel && reel.fits(s.stamp, s.handle, { ...s.home, [s.handle]: 0 }) ) {
      reel.films = reel.films.filter(f => f.spec.part !== s.part);
      reel.add(film);
    }
  }
  busy(text, extra) {
    this.root.classList.toggle("busy", Boolean(text));  // dims; what only adds to the picture does not
    const el = this.$(".bl-busy"), words = text || extra;
    el.hidden = !words;
    if (words) el.textContent = words;
  }
  plotly(chunk) { return (this.loading ||= findPlotly(chunk)); }
  fail(error) {
    console.error(error);
    this.root.classList.add("failed");
    this.component.setStateValue("failed", String(error));
  }

  // ---- the page furniture, made once per shape
  build() {
    const s = this.spec, root = this.root, held = root.contains(document.activeElement) && document.activeElement.closest("[data-handle]")?.dataset.handle;
    const panels = under => s.panels.map((p, i) => Boolean(p.under) === under ? `<div class="bl-panel ${p.type}" data-panel="${i}">${PANELS[p.type].make(p)}</div>` : "").join("");
    root.className = "bl" + (s.present ? " present" : "") + (s.stage ? ` staged ${s.stage.type}` : "");
    root.innerHTML = `<span class="bl-probe" hidden></span><div class="bl-main">
      <div class="bl-box" role="img">${s.stage ? `<div class="bl-stage">${STAGES[s.stage.type].make(s.stage)}</div>` : ""}<div class="bl-plot"></div><div class="bl-over" aria-hidden="true"><svg></svg>
        <div class="bl-title"></div><div class="bl-xt"></div><div class="bl-note"></div>${s.labels.map(l =>
          `<div class="bl-lab${this.hung(l) ? " hung" : ""}" data-label="${l.id}" style="color:var(--c-${l.concept})"><b></b><span></span></div>`).join("")}</div>
        <div class="bl-busy" role="status" hidden></div></div>${s.walk ? walkHtml(s.walk) : ""}
      <div class="bl-hands" data-count="${s.handles.length}">${s.handles.map(h => `<div class="bl-h" data-handle="${h.id}" style="--c:var(--c-${h.concept})">
        <label><span>${escape(h.label[0])}<span class="bl-long">${escape(h.label[1])}</span></span><output></output></label>
        <input type="range" min="0" max="${h.values.length - 1}" step="1" aria-label="${escape(h.label.join(""))}"${h.locked ? " disabled" : ""}>
        <div class="bl-ends"><span>${escape(h.ends[0])}</span><span>${escape(h.ends[1])}</span></div>${h.player ? playerHtml() : ""}</div>`).join("")}</div>
      <p class="bl-said" aria-live="polite"></p>${s.panels.some(p => p.under) ? `<div class="bl-under">${panels(true)}</div>` : ""}</div>
      <div class="bl-side">${panels(false)}</div>`;
    this.plot = this.$(".bl-plot");
    this.overlay = this.$(".bl-over svg");
    this.note = this.$(".bl-note");
    this.xTitle = this.$(".bl-xt");
    this.labels = Object.fromEntries(s.labels.map(l => [l.id, this.$(`[data-label="${l.id}"]`)]));
    this.figure = null;
    this.stopPlaying?.();
    s.handles.forEach(h => { this.wire(h); wirePlayer(this, h); });
    this.rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    if (!s.stage) this.wirePointing();
    this.walk.wire();
    wireCells(this);
    s.panels.forEach((p, i) => PANELS[p.type].wire?.(p, this.$(`[data-panel="${i}"]`), this));
    if (held) this.$(`[data-handle="${held}"] input`)?.focus({ preventScroll: true });
    this.sayHtml(this.said);
  }
  plotAnew() {
    const theme = readInk(this.$(".bl-probe"), this.spec.palette), rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const s = this.spec, narrow = this.narrow(), figure = reInk(s.figure, s.palette, theme), layout = figure.layout;
    const same = this.figure === s.figure_id, zoom = same && this.plot._fullLayout ? [this.plot._fullLayout.xaxis.range.slice(), this.plot._fullLayout.yaxis.range.slice()] : null;
    this.theme = theme.key; this.rem = rem; this.figure = s.figure_id; this.width = this.root.clientWidth;
    const small = 0.8 * rem, family = getComputedStyle(this.root).fontFamily;
    this.note.textContent = s.note ? s.note.text : "";
    this.$(".bl-title").textContent = layout.yaxis.title.text;
    this.xTitle.textContent = layout.xaxis.title.text;
    for (const l of s.labels) { const el = this.labels[l.id]; el.children[0].textContent = l.text; el.children[1].textContent = l.gloss; }
    layout.margin = { l: narrow ? 34 : 2.6 * rem, r: s.labels.every(l => this.hung(l)) ? 1.4 * rem : narrow ? 5.5 * rem : (s.present ? 11.8 : 10.9) * rem, t: 1.7 * rem, b: 3 * rem };
    this.root.style.setProperty("--right", `${layout.margin.r}px`);
    layout.font.family = family;
    for (const axis of [layout.xaxis, layout.yaxis]) { delete axis.title; axis.tickfont.size = small; axis.fixedrange = false; }
    if (zoom) { layout.xaxis.range = zoom[0]; layout.yaxis.range = zoom[1]; }
    layout.dragmode = matchMedia("(pointer: fine)").matches ? "zoom" : false;
    layout.hoverlabel = { font: { size: small, family } };
    if (s.present) for (const t of figure.data) { if (t.marker) t.marker.size *= 1.5; if (t.name === "members") t.line.width = 1.2; if (t.name === "truth") t.line.width = 2.4; }
    window.Plotly.newPlot(this.plot, figure.data, { ...layout, autosize: true }, { displayModeBar: false, responsive: false, doubleClick: "reset" });
    this.plot.removeAllListeners?.("plotly_relayout");
    this.plot.on("plotly_relayout", () => { this.parts = null; drawLabels(this); });
    this.shown = Object.fromEntries(this.plot.data.map(t => [t.name, { x: t.x, y: t.y }]));
    this.parts = null;
    this.measure();
    document.fonts.ready.then(() => { if (this.plot._fullLayout) { this.measure(); drawLabels(this); } });
  }
  // Sizes that a drag must not ask the browser for again and again.
  measure() {
    this.heights = {};
    this.labelWidths = {};
    this.note.hidden = Boolean(this.spec.stage);
    this.noteWidth = this.note.offsetWidth;
    this.widths = Object.fromEntries(this.spec.handles.map(h => [h.id, this.$(`[data-handle="${h.id}"] input`).clientWidth || 300]));
  }
  height(id) { return (this.heights[id] ||= this.labels[id].offsetHeight + 2); }

  // ---- drawing one position of one handle
  draw(handle, quick = false) {
    const reel = this.reels[handle], at = this.positions[handle];
    if (!reel || !reel.fits(this.spec.stamp, handle, this.positions)) {
      this.waiting = handle; // this strip was made at another position of the other handle: wait for Python's answer
      this.root.classList.add("stale");
      this.thumbs();
      return;
    }
    this.waiting = null;
    this.last = handle;
    this.root.classList.remove("stale");
    const get = { row: name => reel.row(name, at), word: name => reel.word(name, at) };
    this.get = get;
    const stage = this.spec.stage;
    if (stage) STAGES[stage.type].draw(this.$(".bl-stage"), get, this); else this.drawTraces(get, quick);
    this.draws += 1;
    this.root.dataset.draws = this.draws;
    for (const el of this.root.querySelectorAll("[data-word]")) {
      const word = get.word(el.dataset.word);
      el.textContent = word === null ? "" : (word && el.dataset.before || "") + word;
    }
    this.spec.panels.forEach((p, i) => PANELS[p.type].draw(p, this.$(`[data-panel="${i}"]`), get, this));
    this.$(".bl-box").setAttribute("aria-label", get.word("alt") || "");
    this.thumbs();
    if (!stage) drawLabels(this);
  }
  drawTraces(get, quick) {
    const changed = {}, which = [];
    this.plot.data.forEach((trace, i) => {
      const y = get.row(`${trace.name}.y`), x = get.row(`${trace.name}.x`);
      if (!x && !y) return;
      changed[trace.name] = this.shown[trace.name] = { x: x || this.shown[trace.name].x, y: y || this.shown[trace.name].y };
      which.push(i);
    });
    clearTimeout(this.resting);
    if (quick && (this.parts ||= quickParts(this.plot)) && quickDraw(this.plot, this.parts, changed)) {
      this.resting = setTimeout(() => this.draw(this.last), AT_REST);
      return;
    }
    const all = which.map(i => changed[this.plot.data[i].name]);
    if (which.length) window.Plotly.restyle(this.plot, { x: all.map(t => t.x), y: all.map(t => t.y) }, which);
    this.parts = null;
  }
  thumbs() {
    for (const h of this.spec.handles) {
      const box = this.$(`[data-handle="${h.id}"]`), input = box.querySelector("input"), i = this.positions[h.id], last = h.values.length - 1;
      input.value = i;
      box.querySelector("output").textContent = h.texts[i];
      input.setAttribute("aria-valuetext", h.texts[i]);
      const width = this.widths?.[h.id] || 300, thumb = 1.45 * this.rem, px = p => `${thumb / 2 + (width - thumb) * p / last}px`;
      input.style.setProperty("--a", px(Math.min(i, h.start)));
      input.style.setProperty("--z", px(Math.max(i, h.start)));
      const film = this.reels[h.id] && this.reels[h.id].find("alt", "words"), trusted = film && film.spec.trusted;
      box.classList.toggle("partly", Boolean(trusted));
      if (trusted) { input.style.setProperty("--t0", px(trusted[0])); input.style.setProperty("--t1", px(trusted[1])); }
    }
  }

  // ---- handles
  wire(h) {
    const input = this.$(`[data-handle="${h.id}"] input`);
    let queued = false;
    const begin = () => { if (!this.move || this.move.handle !== h.id || performance.now() - this.move.at > SAME_MOVE) this.beginMove(h.id); };
    input.addEventListener("pointerdown", () => { this.holding = h.id; this.move = null; begin(); });
    input.addEventListener("pointerup", () => { this.holding = null; });
    input.addEventListener("input", () => {
      this.stopGlide();
      this.stopPlaying?.();
      begin();
      this.positions[h.id] = +input.value;
      if (queued) return;
      queued = true;
      requestAnimationFrame(() => { queued = false; this.draw(h.id, true); this.say(); });
    });
    input.addEventListener("change", () => this.tell(this.holding === null && this.fromKeys ? QUIET : 0));
    input.addEventListener("keydown", () => { this.fromKeys = true; });
    input.addEventListener("pointerdown", () => { this.fromKeys = false; });
    input.addEventListener("dblclick", () => { begin(); this.positions[h.id] = this.spec.handles.find(o => o.id === h.id).start; this.draw(h.id); this.say(); this.tell(0); });
  }
  beginMove(handle) {
    const reel = this.reels[handle], fits = reel && reel.fits(this.spec.stamp, handle, this.positions);
    this.move = { handle, from: this.positions[handle], reel: fits ? reel : null, at: performance.now() };
  }
  tell(delay) {
    clearTimeout(this.telling);
    const send = () => {
      const values = Object.fromEntries(this.spec.handles.map(h => [h.id, h.values[this.positions[h.id]]]));
      this.component.setStateValue("moved", { ...values, epoch: this.spec.epoch, count: (this.count = (this.count || 0) + 1) });
    };
    if (delay) this.telling = setTimeout(send, delay); else send();
  }
  say() {
    const m = this.move;
    if (!m || this.waiting) return;
    m.at = performance.now();
    const reel = this.reels[m.handle], to = this.positions[m.handle], before = m.reel || reel;
    if (m.from === to) return;
    const h = this.spec.handles.find(o => o.id === m.handle), up = to > m.from;
    this.sayHtml(h.sentence.replace(/\{(from|to|up|down)[.:]([^}]*)\}/g, (_, when, name) => {
      if (when === "up" || when === "down") return (when === "up") === up ? escape(name) : "";
      const i = when === "from" ? m.from : to, source = when === "from" ? before : reel;
      return escape(name === "value" ? h.texts[i] : source.word(name, i) ?? "");
    }));
  }
  sayHtml(html) { this.said = html; const p = this.$(".bl-said"); if (p) p.innerHTML = html; }

  // ---- "try this" lets a handle glide; reduced motion jumps
  glide({ handle, from, to, ms }) {
    this.beginMove(handle);
    const start = performance.now(), still = matchMedia("(prefers-reduced-motion: reduce)").matches, run = (this.gliding = {});
    const step = now => {
      if (this.gliding !== run) return;
      const u = still ? 1 : Math.min(1, Math.max(0, (now - start) / ms)), e = u < 0.5 ? 4 * u ** 3 : 1 - (2 - 2 * u) ** 3 / 2;
      this.positions[handle] = Math.round(from + (to - from) * e);
      this.draw(handle, u < 1);
      this.say();
      if (u < 1) requestAnimationFrame(step); else this.gliding = null;
    };
    requestAnimationFrame(step);
  }
  // What a "try this" button changes must be seen to change.
  reveal() {
    const box = this.$(".bl-box").getBoundingClientRect(), still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (box.top < 60 || box.bottom > innerHeight) this.root.scrollIntoView({ behavior: still ? "auto" : "smooth", block: "start" });
  }
  stopGlide() {
    if (!this.gliding) return;
    this.gliding = null;
  }
}

export function bayes_live(component) {
  const { data, parentElement } = component;
  if (!data) return undefined;
  const message = unpack(data), key = message.header.key;
  if (message.header.follows) {
    const live = REGISTRY[key];
    if (live && live.root.isConnected) live.receive(message);
    else (REGISTRY[key + ":early"] ||= []).push(message);
    return undefined;
  }
  const root = parentElement.querySelector(".bl");
  let live = root.__live;
  if (!live) {
    live = root.__live = REGISTRY[key] = new Live(root, component);
    live.keys = e => {
      const step = { ArrowRight: 1, PageDown: 1, ArrowLeft: -1, PageUp: -1, Escape: 0 }[e.key];
      if (step === undefined || !live.spec.present || (step && live.spec.fixed) || e.target.closest?.("input,textarea,[role=radiogroup],svg[tabindex]")) return;
      e.preventDefault();
      live.component.setTriggerValue("step", { by: step });
    };
    document.addEventListener("keydown", live.keys);
    live.resize = new ResizeObserver(() => {
      clearTimeout(live.sizing);
      live.sizing = setTimeout(() => {
        if (!live.standing() || root.clientWidth === live.width) return;
        live.width = root.clientWidth;
        if (live.spec.stage) live.measure(); else live.plotAnew();
        live.draw(live.last);
      }, 120);
    });
    live.resize.observe(root);
    live.themes = new MutationObserver(() => {
      if (!live.plot || !live.plot._fullLayout) return;
      if (readInk(live.$(".bl-probe"), live.spec.palette).key !== live.theme) { live.plotAnew(); live.draw(live.last); }
    });
    live.themes.observe(document.querySelector(".stApp") || document.body, { attributes: true, attributeFilter: ["class", "style"] });
  }
  live.component = component;
  live.receive(message);
  for (const early of REGISTRY[key + ":early"] || []) live.receive(early);
  delete REGISTRY[key + ":early"];
  return () => {
    if (root.isConnected) return;
    document.removeEventListener("keydown", live.keys);
    live.walk.pause();
    live.resize.disconnect();
    live.themes.disconnect();
    if (window.Plotly && live.plot) window.Plotly.purge(live.plot);
    if (REGISTRY[key] === live) delete REGISTRY[key];
    root.__live = null;
  };
}
