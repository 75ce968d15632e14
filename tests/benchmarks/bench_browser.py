"""How fast the pages are under the hand: `pytest -n 0 tests/benchmarks/bench_browser.py -s` prints a table.

Nothing is asserted: figures belong to a machine. They go into the README's table with the machine's name.
"""

from __future__ import annotations

import statistics
import time

import pytest
from driver import Server, Visit

DRAG = """async () => {
  const live = document.querySelector('.bl').__live, input = document.querySelector('[data-handle="width"] input[type="range"]'), gaps = [];
  input.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  const draws = live.draws, start = performance.now();
  let last = start, i = 0;
  while (performance.now() - start < 3000) {
    await new Promise(requestAnimationFrame);
    const now = performance.now(); gaps.push(now - last); last = now;
    input.value = 20 + Math.round(20 * Math.sin(i++ / 6));
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }
  gaps.sort((a, b) => a - b);
  return [(live.draws - draws) / ((performance.now() - start) / 1000), gaps[Math.floor(gaps.length * 0.95)]];
}"""
RELEASE = """async value => {
  const live = document.querySelector('.bl').__live, input = document.querySelector('[data-handle="width"] input[type="range"]');
  input.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  input.value = value; input.dispatchEvent(new Event('input', { bubbles: true }));
  await new Promise(done => setTimeout(done, 400));
  const receive = live.receive, answered = new Promise(done => {
    live.receive = message => { receive.call(live, message);
      if (!message.header.follows) setTimeout(() => requestAnimationFrame(() => done(performance.now()))); }; });
  const start = performance.now();
  input.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
  const end = await answered;
  live.receive = receive;
  await new Promise(done => setTimeout(done, 900));
  return end - start;
}"""

# A point that is held: how often its answer is drawn while it moves at every frame.
HELD = """async ([x, y]) => {
  const live = document.querySelector('.bl').__live, frame = () => new Promise(requestAnimationFrame);
  const say = (kind, x, y, to = window) => to.dispatchEvent(new PointerEvent(kind,
    { bubbles: true, pointerId: 7, isPrimary: true, pointerType: 'mouse', clientX: x, clientY: y }));
  say('pointerdown', x, y, document.querySelector('.bl-pad'));
  const shown = live.pen.shown, start = performance.now();
  for (let i = 0; performance.now() - start < 3000; i++) {
    await frame();
    say('pointermove', x + (i % 20) - 10, y - 40 * ((i % 30) / 30));
  }
  const rate = (live.pen.shown - shown) / ((performance.now() - start) / 1000);
  const stamp = live.spec.stamp, dropped = performance.now();
  say('pointerup', x, y);
  while (live.spec.stamp === stamp) await frame();
  return [rate, performance.now() - dropped];
}"""


PAGES = {
    "/theorem?reveal=1": "people",
    "/theorem?scene=fog": "two events",
    "/theorem?scene=rare&view=unsure": "unsure rates",
    "/theorem?scene=iris": "clues",
    "/updating": "updating",
    "/map_vs_ridge": "ridge, curve",
    "/map_vs_ridge?view=error": "ridge, errors",
    "/map_vs_ridge?family=laplace&view=bowl": "lasso, loss surface",
}


def other_page(chromium, server, path: str) -> str:
    """Measure one page's first visit in a browser, a drag of its first handle, and releases."""
    page = Visit(chromium, server.url, "/")
    page.page.wait_for_selector(".hm[data-points]")
    page.page.wait_for_timeout(2500)
    before = time.perf_counter()
    page.page.goto(server.url + path)
    page.page.wait_for_selector(".bl[data-ready]")
    first = time.perf_counter() - before
    page.settle()
    runs, handle = page.runs, page.live("live.spec.handles[0].id")
    rate, slow = page.page.evaluate(DRAG.replace("width", handle))
    dragged = page.runs - runs
    page.page.wait_for_timeout(1200)
    released = [page.page.evaluate(RELEASE.replace("width", handle), value) for value in (10, 22, 12, 25, 15, 28, 8)]
    page.close()
    return (
        f"first visit {first:.2f} s, {rate:.0f} redraws/s (95 % within {slow:.0f} ms), {dragged} server runs, "
        f"release to painted p50 {statistics.median(released):.0f} ms"
    )


@pytest.mark.parametrize("path", ["/posterior", "/map_vs_ridge"])
def test_a_held_point_beside_a_handles_drag(chromium, path):
    server = Server()
    page = Visit(chromium, server.url, path)
    page.settle()
    dragged, _ = page.page.evaluate(DRAG)
    page.page.wait_for_timeout(1500)
    page.page.locator('[data-tool="draw"]').click()
    for _ in range(3):
        page.settle()
        box = page.page.locator(".bl-dot").nth(3).bounding_box()
        held, drop = page.page.evaluate(HELD, [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2])
        told = f"{held:.0f} of {dragged:.0f} redraws/s of a handle, {held / dragged:.2f}; drop {drop:.0f} ms"
        print(f"\n{path}: a held point {told}")
        page.page.wait_for_timeout(1500)
    page.close()
    server.stop()


def test_figures(chromium):
    rows: list[tuple[str, str]] = []
    starts = []
    for _ in range(3):
        before = time.perf_counter()
        server = Server()
        page = Visit(chromium, server.url, "/")
        page.page.wait_for_selector(".hm[data-points]")
        starts.append(time.perf_counter() - before)
        page.close()
        if len(starts) < 3:
            server.stop()
    rows.append(("server start to painted start page", f"{statistics.median(starts):.2f} s"))
    Visit(chromium, server.url, "/posterior").settle()  # warm

    clicks = []
    for _ in range(5):
        page = Visit(chromium, server.url, "/")
        page.page.wait_for_selector(".hm[data-points]")
        page.page.wait_for_timeout(2500)  # the reader reads
        before = time.perf_counter()
        page.page.get_by_role("link", name="Ask what a house costs").click()
        page.page.wait_for_selector(".bl[data-ready]")
        clicks.append(time.perf_counter() - before)
        page.close()
    rows.append(("click to painted linear page, warm server", f"{statistics.median(clicks):.2f} s"))

    page = Visit(chromium, server.url, "/posterior")
    page.settle()
    runs = page.runs
    rate, slow = page.page.evaluate(DRAG)
    rows.append(
        ("redraws while dragging", f"{rate:.0f} /s (95 % within {slow:.0f} ms), {page.runs - runs} server runs")
    )
    page.page.wait_for_timeout(1500)
    released = [page.page.evaluate(RELEASE, value) for value in (10, 30, 12, 33, 5, 25, 8, 20, 15, 28, 3, 36)]
    rows.append(("release to painted, p50", f"{statistics.median(released):.0f} ms"))
    for handle in ("width", "noise"):
        heard = page.heard
        page.release(handle, 3)
        rows.append((f"bytes of a release of {handle}", f"{(page.heard - heard) / 1000:.0f} kB"))
    page.close()
    rows += [(words, other_page(chromium, server, path)) for path, words in PAGES.items()]
    server.stop()
    width = max(len(name) for name, _ in rows)
    print("\n" + "\n".join(f"{name:{width}}  {value}" for name, value in rows))


# A release: ms until the first band of the new position is painted.
ASKED = """async value => {
  const live = document.querySelector('.bl').__live, input = document.querySelector('[data-handle="width"] input[type="range"]'), receive = live.receive;
  input.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  input.value = value; input.dispatchEvent(new Event('input', { bubbles: true }));
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const start = performance.now();
  const answered = new Promise(done => { live.receive = message => {
    receive.call(live, message);
    const h = message.header, film = h.films.find(f => f.handle === 'width');
    if (!film || film.home.width !== value) return;
    if (Object.keys(film.numbers).length < 2) return;  // the data only: nothing is drawn yet
    live.receive = receive;
    requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)));
  }; });
  input.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
  return await answered;
}"""
LET_GO = """value => {
  const input = document.querySelector('[data-handle="width"] input[type="range"]');
  input.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  input.value = value; input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
  input.dispatchEvent(new Event('change', { bubbles: true }));
}"""
FITTING = "document.querySelector('.bl').classList.contains('busy')"


def overtaken(page: Visit, wait: float) -> float:
    """Release a handle, and elsewhere `wait` ms later; return the ms until the server has let go of the first one."""
    page.page.evaluate(LET_GO, 24)
    page.page.wait_for_timeout(wait)
    begun, started = page.begun, time.perf_counter()
    page.page.evaluate(LET_GO, 2)
    while page.begun == begun:
        page.page.wait_for_timeout(4)
    ended = time.perf_counter() - started
    page.page.wait_for_timeout(2500)
    return 1000 * ended


def percentiles(times: list[float]) -> str:
    return f"p50 {statistics.median(times):.0f} ms, p95 {statistics.quantiles(times, n=20)[-1]:.0f} ms"


def test_figures_while_a_network_is_fitted(chromium):
    """Measure the network page's first band, how fast a fit is given up, and a neighbour's patience meanwhile."""
    server = Server()
    page = Visit(chromium, server.url, "/regression?scene=gap&seed=901")
    page.settle()
    page.page.evaluate(ASKED, 24)
    bands = []
    for seed in range(902, 914):
        page.page.goto(f"{server.url}/regression?scene=gap&seed={seed}")
        page.settle()
        bands.append(page.page.evaluate(ASKED, 24))
    page.page.goto(f"{server.url}/regression?scene=sine&points=500")
    page.settle()
    ends = []
    for i in range(12):
        page.page.goto(f"{server.url}/regression?scene=sine&points=500&seed={920 + i}")
        page.settle()
        ends.append(overtaken(page, 80 + 30 * i))
    line = Visit(chromium, server.url, "/posterior")
    line.settle()
    quiet = [line.page.evaluate(RELEASE, 10 + i % 20) for i in range(16)]
    page.page.goto(f"{server.url}/regression?scene=gap&seed=911&method=nuts")  # the longest there is: half a minute
    page.page.wait_for_function(f"document.querySelector('.bl[data-ready]') && {FITTING}", timeout=120_000)
    beside = []
    while page.js(FITTING) and len(beside) < 16:
        beside.append(line.page.evaluate(RELEASE, 10 + len(beside) % 20))
    rows = {
        "network: release to first band": percentiles(bands),
        "network: release to the old fit's end": percentiles(ends),
        "line alone: release to painted": percentiles(quiet),
        f"line beside a network's fit ({len(beside)} releases)": percentiles(beside),
    }
    for one in (page, line):
        one.close()
    server.stop()
    width = max(map(len, rows))
    print("\n" + "\n".join(f"{name:{width}}  {value}" for name, value in rows.items()))
