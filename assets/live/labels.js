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
