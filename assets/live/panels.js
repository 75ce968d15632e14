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
