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

export default function (component) {
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
