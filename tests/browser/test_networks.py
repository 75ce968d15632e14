from __future__ import annotations

import re

import numpy as np
import pytest
from driver import Server, Visit

READY = "!document.querySelector('.bl').classList.contains('busy')"
FITS = "(m => m.scrollHeight <= m.clientHeight)(document.querySelector('[data-testid=stMain]'))"


def told(page, word: str) -> str:
    return page.page.inner_text(f'[data-word="{word}"] >> nth=0')


def test_a_network_streams_and_a_stale_band_never_looks_current(visit):
    page = visit("/regression?seed=77")
    page.page.wait_for_selector(".bl[data-ready]", timeout=60_000)
    page.wait("!document.querySelector('.bl').classList.contains('busy')")
    assert told(page, "badge") == "sampled"
    assert float(told(page, "about.rhat")) < 1.01
    page.handle("width").focus()
    for _ in range(9):
        page.page.keyboard.press("ArrowRight")
    state = "(l => l.root.classList.contains('stale') || l.root.classList.contains('busy') || Number.isFinite(l.shown.credible.y[0]) || l.shown.credible.y.every(v => !Number.isFinite(v)))(document.querySelector('.bl').__live)"
    assert page.js(state)
    page.wait("location.search.includes('width=')")
    page.wait(
        "!document.querySelector('.bl').classList.contains('busy') && document.querySelector('[data-word=badge]').textContent === 'sampled'"
    )
    assert np.isfinite(np.array(page.live("Array.from(live.shown.credible.y)"), float)).all()


def test_beside_the_handle_real_posteriors_arrive_by_themselves(visit):
    page = visit("/regression?seed=78")
    page.page.wait_for_selector(".bl[data-ready]", timeout=60_000)
    page.wait("!document.querySelector('.bl').classList.contains('busy')")
    # the first neighbour that the server turns to: a crowded machine may not come to the others in its two seconds
    home = page.live("live.positions.noise")
    word = f"live.reels.noise.word('badge', {home - 1})"
    page.wait(f"(live => {word} === 'sampled')(document.querySelector('.bl').__live)")
    page.settle()
    runs = page.runs
    page.handle("noise").focus()
    page.page.keyboard.press("ArrowLeft")
    page.wait(f"document.querySelector('.bl').__live.positions.noise === {home - 1}")
    page.wait("document.querySelector('[data-word=\"badge\"]').textContent === 'sampled'")
    assert page.runs == runs  # the server has not been asked


def test_every_method_gets_its_band_and_the_rate_moves_only_dropout(visit):
    page = visit("/methods")
    page.wait("document.querySelectorAll('.bl-many .mm-band').length === 8")
    page.wait("!document.querySelector('.bl').classList.contains('busy')")
    page.settle()
    assert "too narrow 100 %" in told(page, "ensemble.line")
    band = "document.querySelector('[data-method={}] .mm-band').getAttribute('d')"
    before = [page.js(band.format(m)) for m in ("dropout", "laplace")]
    runs, rate = page.runs, page.handle("rate")
    rate.focus()
    page.page.keyboard.press("End")
    page.wait(f"{band.format('dropout')} !== {before[0]!r}")
    after = [page.js(band.format(m)) for m in ("dropout", "laplace")]
    assert after[1] == before[1]
    assert page.runs == runs
    page.page.keyboard.press("Home")
    page.settle()
    weight, mean_field = page.handle("kl"), page.js(band.format("vi_meanfield"))
    weight.focus()
    page.page.keyboard.press("End")
    page.wait(f"{band.format('vi_meanfield')} !== {mean_field!r}")
    assert "Posterior collapse" in told(page, "climb.hint")
    said = page.page.inner_text(".bl-said")
    assert said.startswith("KL weight of mean-field VI 1 → 10: distance of mean-field VI from the sampled posterior ")
    assert said.endswith(told(page, "climb.hint"))
    assert page.page.get_attribute(".bl-box", "aria-label").endswith(said)
    far = told(page, "grid.vi_meanfield.1")
    assert f"mean-field VI: distance {far} sd" in page.page.get_attribute(".bl-box", "aria-label")
    assert f"and {far} sd" in page.page.get_attribute('[data-panel] svg[aria-label^="Seconds"]', "aria-label")
    assert page.page.locator("[data-point=vi_meanfield]").count() == 1


def test_a_handle_held_where_no_draws_can_answer_says_why_and_the_sentence_is_completed(visit):
    page = visit("/regression?scene=step&points=12&units=3")
    page.settle()
    x, y, width = page.grab("width")
    page.page.mouse.move(x + width, y, steps=8)
    page.wait("document.querySelector('.bl-none').checkVisibility()")
    why = page.page.inner_text(".bl-none")
    assert re.match(r"The \d,\d00 draws at hand were made elsewhere and cannot stand for this place: ", why)
    assert page.page.get_attribute(".bl-box", "aria-label").startswith(why)
    assert "–" not in page.page.inner_text(".bl-said")
    held = page.live("live.positions")
    page.page.mouse.up()
    page.stands_at(held)
    assert not page.js("document.querySelector('.bl-none').checkVisibility()")
    said = page.page.inner_text(".bl-said")
    edge = page.live("live.get.word('edge')")
    assert f" → {edge};" in said


def test_nuts_on_request_does_not_dim_what_stands(visit):
    page = visit("/methods")
    page.settle()
    page.page.get_by_role("button", name="Run NUTS on all weights too").click()
    words = "document.querySelector('.bl-busy')"
    page.wait(f"{words}?.textContent.startsWith('NUTS on all weights: ')")
    seen = page.js("['.bl-side', '.bl-many'].map(s => getComputedStyle(document.querySelector(s)).opacity)")
    assert seen == ["1", "1"]
    assert page.js(f"{words}.checkVisibility() && !document.querySelector('.bl').classList.contains('busy')")
    assert page.page.locator(".bl-many .mm-band").count() == 8
    page.page.get_by_role("button", name="Leave NUTS out again").wait_for()
    assert page.page.get_by_role("button", name="Run NUTS on all weights too").count() == 0


@pytest.mark.parametrize("path", ["/regression", "/methods"])
@pytest.mark.parametrize("size", [(375, 812), (1920, 1080)])
def test_nothing_scrolls_sideways_and_the_projector_shows_all(visit, path, size):
    page = visit(path + "?present=1" * (size[0] == 1920), size=size)
    page.settle()
    assert page.js("document.documentElement.scrollWidth <= innerWidth")
    if size[0] == 1920:
        assert page.js(FITS)
        scene = page.live("live.spec.stamp.split('|')[0]")
        page.page.keyboard.press("ArrowRight")
        page.wait(f"document.querySelector('.bl').__live.spec.stamp.split('|')[0] !== '{scene}'")


BOLD = "(p => p && p.getAttribute('d'))(document.querySelector('.bl-draw path'))"


@pytest.fixture(scope="module")
def spacious(chromium):
    """A server with nobody else on it and time to spare, so that neighbours come."""
    running = Server(BAYES_SPARE="12")
    yield running
    running.stop()


@pytest.fixture
def watched(chromium, spacious):
    """A network that somebody only looks at, until its neighbours have come."""
    opened: list[Visit] = []

    def look(**settings) -> Visit:
        page = Visit(chromium, spacious.url, "/regression?seed=78", **settings)
        opened.append(page)
        page.settle()
        assert page.js(NEIGHBOUR) == "sampled"
        return page

    yield look
    for page in opened:
        trouble = page.trouble
        page.close()
        assert not trouble, trouble


NEIGHBOUR = "(l => l.reels.width.word('badge', l.positions.width + 1))(document.querySelector('.bl').__live)"


def drawn(page, number: int) -> str:
    """Return the path that the numbers on screen give for one member, in the chart's own pixels."""
    return page.js(
        f"""(() => {{ const live = document.querySelector('.bl').__live, f = live.plot._fullLayout, n = 82;
        const y = live.shown.members.y.slice({number} * n, {number} * n + n - 1), x = live.shown.members.x;
        return Array.from(y).map((v, i) => (i ? 'L' : 'M') + (f.xaxis._offset + f.xaxis.d2p(x[i])).toFixed(1) + ' '
          + (f.yaxis._offset + f.yaxis.d2p(v)).toFixed(1)).join(''); }})()"""
    )


def test_one_curve_at_a_time_plays_pauses_and_steps(watched):
    page = watched(reduced_motion="reduce")
    play, said = page.page.locator('[data-walk="play"]'), page.page.locator(".bl-walk output")
    assert (play.get_attribute("aria-pressed"), page.js(BOLD)) == ("false", None)
    runs = page.runs
    play.focus()
    page.page.keyboard.press("Enter")
    page.wait("document.querySelector('.bl-walk output').textContent === 'curve 3 of 24'")
    assert (play.get_attribute("aria-pressed"), said.get_attribute("aria-live")) == ("true", "off")
    page.page.keyboard.press("Enter")
    assert (play.get_attribute("aria-pressed"), said.get_attribute("aria-live")) == ("false", "polite")
    assert page.js(BOLD) == drawn(page, page.live("live.walk.at"))
    page.page.keyboard.press("ArrowRight")
    at = page.live("live.walk.at")
    assert said.inner_text() == f"curve {at + 1} of 24"
    page.page.get_by_label("Previous curve").click()
    assert page.live("live.walk.at") == at - 1
    assert page.js(BOLD) == drawn(page, at - 1)
    assert page.runs == runs
    page.page.get_by_label("Show no single curve").click()
    assert page.js(BOLD) is None


def test_the_walk_goes_on_while_a_handle_moves_and_new_draws_arrive(watched):
    page = watched()
    page.page.locator('[data-walk="play"]').click()
    page.page.locator('[data-walk="play"]').click()
    at, before = page.live("live.walk.at"), page.js(BOLD)
    page.handle("width").focus()
    page.page.keyboard.press("ArrowRight")
    page.wait(f"{BOLD} !== '{before}'")
    assert page.live("live.walk.at") == at
    assert page.js(BOLD) == drawn(page, at)  # the same number, of the neighbour's draws
    page.page.locator('[data-walk="play"]').click()
    page.page.get_by_role("radio", name="20", exact=True).click()
    page.wait("document.querySelector('.bl').classList.contains('busy')")
    page.wait(READY)
    page.wait(f"document.querySelector('.bl').__live.walk.at !== {at}")
    assert page.page.locator('[data-walk="play"]').get_attribute("aria-pressed") == "true"
    page.page.get_by_role("radio", name="MAP", exact=True).click()
    page.page.locator(".bl-walk").wait_for(state="detached")  # a MAP is one curve
    assert page.live("live.walk.timer") is None


# What every painted frame and every message said, from now on. `window.when(message)` may answer a message on the spot.
RECORD = """() => {
  const live = document.querySelector('.bl').__live, receive = live.receive, root = live.root;
  window.heard = []; window.frames = []; window.when = null;
  const look = () => {
    const y = live.shown.credible.y, ends = [y[0], y[y.length - 1], y[40]].map(v => Number.isFinite(v) ? v : null);
    const one = { stamp: live.spec.stamp, at: live.spec.handles[0].texts.indexOf(root.querySelector('input[type="range"]').getAttribute('aria-valuetext')), band: ends, badge: root.querySelector('[data-word="badge"]').textContent,
      ink: getComputedStyle(live.plot.querySelector('.scatterlayer')).opacity, words: root.querySelector('.bl-busy').checkVisibility() ? root.querySelector('.bl-busy').textContent : '' };
    if (JSON.stringify(one) !== JSON.stringify(window.frames.at(-1))) window.frames.push(one);
  };
  live.receive = message => {
    const h = message.header;
    for (const f of h.films) window.heard.push({ stamp: h.stamp, home: f.home.width, follows: Boolean(h.follows), busy: h.busy || '', part: f.part, handle: f.handle });
    receive.call(live, message);
    window.when?.(h);
  };
  const every = () => { look(); requestAnimationFrame(every); };
  every();
}"""
LET_GO_AT = """(at) => {
  const input = document.querySelector('[data-handle="width"] input[type="range"]');
  input.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true }));
  input.value = at;
  input.dispatchEvent(new Event('input', { bubbles: true }));
  input.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
  requestAnimationFrame(() => input.dispatchEvent(new Event('change', { bubbles: true })));
}"""
SLOW = 24  # the widest prior: with a gap in the data the sampler needs many chunks


def recorded(visit, seed: int, scene: str = "gap"):
    """Open the network page on data of its own, and record what it shows from when it has settled."""
    page = visit(f"/regression?scene={scene}&seed={seed}")
    page.settle()
    page.js(RECORD)
    return page


def answered(page, at: int, method: str = "fast HMC") -> None:
    """Wait for a finished fit; a crowded machine may run out of patience before the sampler has converged."""
    page.wait(
        f"(f => f && f.at === {at} && f.words === '' && f.badge)(window.frames.at(-1)) && document.querySelector("
        f"""'[data-word="about.method"]').textContent === '{method}'"""
    )


def choose(page, name: str) -> None:
    page.page.get_by_role("radio", name=name, exact=True).click()


def test_a_band_is_there_before_the_fit_is_complete(visit):
    page = recorded(visit, 81)
    page.js(f"({LET_GO_AT})({SLOW})")
    answered(page, SLOW)
    partial = [f for f in page.js("window.frames") if "draws so far" in f["words"]]
    assert partial
    assert None not in partial[0]["band"]
    assert {f["ink"] for f in partial} == {"0.38"}
    assert page.js("window.frames.at(-1).ink") == "1"
    assert page.js("window.frames.at(-1).band") != partial[0]["band"]


@pytest.mark.parametrize("how", ["a handle", "another method"])
def test_a_move_ends_the_fit_under_way(visit, how):
    page = recorded(visit, 82 if how == "a handle" else 83)
    asked = f"({LET_GO_AT})(0)" if how == "a handle" else "document.querySelector('[data-asked]').click()"
    if how == "another method":
        page.page.get_by_role("radio", name="Laplace", exact=True).evaluate("radio => { radio.dataset.asked = 1; }")
    page.js(
        f"void (window.when = h => {{ if (h.follows && h.busy.includes('so far')) {{ window.when = null; {asked}; }} }})"
    )
    page.js(f"({LET_GO_AT})({SLOW})")
    answered(page, *((0, "fast HMC") if how == "a handle" else (SLOW, "Laplace")))
    heard = page.js("window.heard")
    first = heard[0]["stamp"]
    assert any(m["home"] == SLOW and m["stamp"] == first and "so far" in m["busy"] for m in heard)
    assert not [m for m in heard if m["home"] == SLOW and m["stamp"] == first and m["follows"] and not m["busy"]]


def test_between_a_release_and_its_first_draws_the_old_band_is_dimmed(visit):
    page = recorded(visit, 84, "sine&points=500&units=20")  # too many to be answered with the first picture
    # at once when the fit is complete, so that beside the handle there are only reweighted draws
    page.js(
        f"""() => {{ const live = document.querySelector('.bl').__live; window.when = h => {{
          if (!h.follows || h.busy || live.spec.stamp !== h.stamp) return;
          const at = live.positions.width, v = [at + 1, at - 1, at + 2].find(v => live.reels.width.word('badge', v) === 'approximate');
          if (v === undefined) return;
          window.when = null; window.moved = v; ({LET_GO_AT})(v); }}; }}"""
    )
    page.page.get_by_role("button", name="New data").click()
    page.wait("window.moved !== undefined")
    moved = page.js("window.moved")
    answered(page, moved)
    frames = [f for f in page.js("window.frames") if f["at"] == moved]
    old = next(f for f in frames if None not in f["band"])
    assert old["badge"] == "approximate"  # the handle's own preview: draws at hand, reweighted
    waiting = [f for f in frames if f["words"]]
    assert waiting[0]["band"] == old["band"]
    assert waiting[0]["words"].endswith("is at work…")
    assert {f["ink"] for f in waiting} == {"0.38"}
    assert frames[-1]["band"] != old["band"]
    assert not [f for f in frames if f["band"] == old["band"] and f["badge"] == "sampled"]


@pytest.mark.parametrize("choice", ["10", "Laplace", "New data"])
def test_after_a_choice_no_band_of_the_old_question_looks_current(visit, choice):
    page = recorded(visit, 86 + len(choice), "sine")
    old = page.js("window.frames[0]")
    assert (old["badge"], old["ink"]) == ("sampled", "1")
    if choice == "New data":
        page.page.get_by_role("button", name=choice).click()
    else:
        choose(page, choice)
    page.wait("window.frames.at(-1).stamp !== window.frames[0].stamp && !window.frames.at(-1).words")
    frames = [f for f in page.js("window.frames") if f["stamp"] != old["stamp"]]
    before = [f for f in frames if f["band"] == old["band"]]
    assert {(f["ink"], f["badge"]) for f in before} <= {("0.38", "")}
    assert all(f["words"] for f in before)
    assert frames[-1]["band"] != old["band"]
    assert frames[-1]["ink"] == "1"
