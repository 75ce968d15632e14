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
