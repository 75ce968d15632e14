// The start page's picture. Python sends the exact posterior (mean, bands, a factor F); turning z in mean + F z
// walks through its curves, each of them a draw of the posterior at every instant.
const TURN = 5200; // ms for a curve to become another one
export default function (component) {
  const { parentElement, setTriggerValue } = component, data = JSON.parse(new TextDecoder().decode(component.data));
  const root = parentElement.querySelector(".hm"), s = (root.__home ||= { first: true });
  s.data = data; s.send = setTriggerValue;
  const picture = root.querySelector(".hm-pic"), svg = root.querySelector("svg"), still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const X = x => (x - s.data.low) / (s.data.high - s.data.low) * s.width, Y = y => s.height * (0.5 - y * s.data.unit);
  const path = ys => ys.map((y, i) => `${i ? "L" : "M"}${X(s.data.x[i]).toFixed(1)} ${Y(y).toFixed(1)}`).join("");
  const band = (low, high) => path(high) + low.map((y, i) => [X(s.data.x[i]), Y(y)]).reverse().map(p => `L${p[0].toFixed(1)} ${p[1].toFixed(1)}`).join("") + "Z";
  const lines = t => {
    const d = s.data; let out = "";
    for (let n = 0; n < d.turns.length; n++) {
      const angle = t / TURN + n, c = Math.cos(angle), b = Math.sin(angle), z = d.turns[n][0].map((v, j) => v * c + d.turns[n][1][j] * b);
      out += `<path d="${path(d.mean.map((m, i) => m + d.factor[i].reduce((sum, f, j) => sum + f * z[j], 0)))}"/>`;
    }
    root.querySelector(".hm-lines").innerHTML = out;
  };
  const place = (tag, at, above) => {
    const el = root.querySelector(tag), half = el.offsetWidth / 2 + 4;
    el.style.left = `${Math.max(half, Math.min(s.width - half, X(at.x)))}px`;
    el.style.top = `${Math.max(2, Math.min(s.height - 26, Y(at.y) - above))}px`;
  };
  const draw = () => {
    const d = s.data; s.width = picture.clientWidth; s.height = picture.clientHeight;
    svg.setAttribute("viewBox", `0 0 ${s.width} ${s.height}`);
    root.querySelector(".hm-bands").innerHTML = `<path d="${band(d.lower90, d.upper90)}" fill="var(--c-posterior)" opacity=".13"/><path d="${band(d.lower50, d.upper50)}" fill="var(--c-posterior)" opacity=".2"/>`;
    root.querySelector(".hm-points").innerHTML = d.points.map(p => `<circle cx="${X(p[0])}" cy="${Y(p[1])}" r="5.5" fill="var(--c-data)" stroke="var(--c-paper)" stroke-width="1.5"/>`).join("");
    place(".hm-knows", d.knows, 34); place(".hm-unsure", d.unsure, 26);
    lines(s.clock || 0);
  };
  root.querySelector(".hm-knows").textContent = data.words.knows;
  root.querySelector(".hm-unsure").textContent = data.words.unsure;
  root.querySelector("p").textContent = data.words.caption;
  picture.setAttribute("aria-label", data.alt);
  draw();
  root.dataset.points = data.points.length;
  s.draw = draw; s.lines = lines;
  if (!s.first) return undefined;
  s.first = false;
  let last = 0;
  const tick = t => { if (!root.isConnected) return; if (t - last > 40 && !document.hidden) { last = t; s.clock = t; s.lines(t); } requestAnimationFrame(tick); };
  if (!still) requestAnimationFrame(tick);
  picture.onclick = e => { const b = svg.getBoundingClientRect(); s.send("click", { x: (e.clientX - b.left) / s.width * (s.data.high - s.data.low) + s.data.low, y: (0.5 - (e.clientY - b.top) / s.height) / s.data.unit }); };
  const resize = new ResizeObserver(() => s.draw());
  resize.observe(picture);
  // Plotly is large: fetch it while the reader is still reading, so that the first lesson opens at once.
  const app = document.querySelector('script[src*="static/js/"]');
  if (app && data.chunk) setTimeout(() => import(app.src.replace(/static\/js\/.*$/, "static/js/") + data.chunk).catch(() => {}), 1500);
  return () => resize.disconnect();
}
