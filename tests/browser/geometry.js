// What is wrong with the page as it stands, by geometry alone: texts that overlap, texts that are cut, a page that scrolls.
(() => {
  const root = document.querySelector(".bl");
  const live = root.__live;
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const page = document.querySelector(".stMain");
  const shown = (el) => el.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const clips = (el) => {
    const found = [];
    for (let up = el; up && up !== page; up = up.parentElement) {
      const { overflowX, overflowY } = getComputedStyle(up);
      if (overflowX !== "visible" || overflowY !== "visible") found.push([up, overflowX, overflowY]);
    }
    return found;
  };
  const texts = [];
  const walk = document.createTreeWalker(document.querySelector(".stMainBlockContainer"), NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const el = node.parentElement;
    if (!node.textContent.trim() || !el || el.closest("style, script, option, .bl-more, .bl-busy")) continue;
    if (el.closest('.st-key-code, [class*="st-key-parts-"], .st-key-courier, .st-key-courier2, [data-apart]') || !shown(el)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const around = clips(el);
    if (around.some(([up]) => up.clientWidth < 2)) continue; // for screen readers only
    for (const box of range.getClientRects()) {
      if (box.width < 2 || box.height < 2) continue;
      const rolled = around.some(([up, , y]) => {
        const edge = up.getBoundingClientRect();
        return y === "auto" && up.scrollHeight > up.clientHeight + 2 && (box.bottom > edge.bottom + 1 || box.top < edge.top - 1);
      });
      if (!rolled) texts.push({ el, text: node.textContent.trim().slice(0, 40), box, around });
    }
  }
  const lay = (a, b) => {
    const across = Math.min(a.right, b.right) - Math.max(a.left, b.left);
    const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
    return across > 2 && down > 0.34 * Math.min(a.height, b.height);
  };
  const overlaps = [];
  for (const [i, a] of texts.entries())
    for (const b of texts.slice(i + 1)) if (a.el !== b.el && lay(a.box, b.box)) overlaps.push(`${a.text} | ${b.text}`);
  const cut = texts.filter(({ box, around }) => {
    if (box.left < -1 && !around.length) return true;
    if (box.right > innerWidth + 1 && !around.some(([, x]) => x === "auto" || x === "scroll")) return true;
    return around.some(([up, x, y]) => {
      const edge = up.getBoundingClientRect();
      const hides = (kind) => kind === "hidden" || kind === "clip";
      const beyond = (hides(x) && (box.left < edge.left - 2 || box.right > edge.right + 2));
      return beyond || (hides(y) && (box.top < edge.top - 0.3 * box.height || box.bottom > edge.bottom + 0.3 * box.height));
    });
  });
  const fields = [...root.querySelectorAll("input:not([type=range])")].filter((el) => shown(el) && el.scrollWidth > el.clientWidth + 1);
  const axes = live.plot?._fullLayout;
  const plot = live.spec.stage
    ? root.querySelector(".bl-box").clientHeight
    : axes.yaxis._length + (axes.yaxis2?._length ?? 0);
  const side = root.querySelector(".bl-side");
  return {
    plot: plot / rem,
    scrolls: page.scrollHeight - innerHeight,
    sideways: page.scrollWidth - innerWidth,
    overlaps: [...new Set(overlaps)],
    cut: [...cut.map(({ text }) => text), ...fields.map((el) => `field ${el.value}`)],
    unsigned: side.scrollHeight > side.clientHeight + 2 && getComputedStyle(side).overflowY === "auto" && !side.querySelector(".bl-more"),
    small: [...new Set(texts.filter(({ el }) => parseFloat(getComputedStyle(el).fontSize) < 11.49).map(({ text }) => text))],
    fit: root.dataset.fit, more: !!side.querySelector(".bl-more"),
  };
})()
