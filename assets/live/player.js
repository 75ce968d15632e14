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
