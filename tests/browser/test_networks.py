from __future__ import annotations

import numpy as np
import pytest

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
    home = page.live("live.positions.width")
    word = f"live.reels.width.word('badge', {home + 1})"
    page.wait(f"(live => {word} === 'sampled')(document.querySelector('.bl').__live)")
    page.settle()
    runs = page.runs
    page.handle("width").focus()
    page.page.keyboard.press("ArrowRight")
    assert told(page, "badge") == "sampled"  # at once, and before the server has been asked
    assert page.runs == runs


def test_every_method_gets_its_band_and_the_rate_moves_only_dropout(visit):
    page = visit("/methods")
    page.settle()
    assert page.page.locator(".bl-many .mm-band").count() == 6
    assert "over-confident on 100 %" in told(page, "ensemble.line")
    band = "document.querySelector('[data-method={}] .mm-band').getAttribute('d')"
    before = [page.js(band.format(m)) for m in ("dropout", "laplace")]
    runs, rate = page.runs, page.handle("rate")
    rate.focus()
    page.page.keyboard.press("End")
    after = [page.js(band.format(m)) for m in ("dropout", "laplace")]
    assert after[0] != before[0]
    assert after[1] == before[1]
    assert page.runs == runs


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
READY = "!document.querySelector('.bl').classList.contains('busy')"


def drawn(page, number: int) -> str:
    """Return the path that the numbers on screen give for one member, in the chart's own pixels."""
    return page.js(
        f"""(() => {{ const live = document.querySelector('.bl').__live, f = live.plot._fullLayout, n = 82;
        const y = live.shown.members.y.slice({number} * n, {number} * n + n - 1), x = live.shown.members.x;
        return Array.from(y).map((v, i) => (i ? 'L' : 'M') + (f.xaxis._offset + f.xaxis.d2p(x[i])).toFixed(1) + ' '
          + (f.yaxis._offset + f.yaxis.d2p(v)).toFixed(1)).join(''); }})()"""
    )


def test_one_curve_at_a_time_plays_pauses_and_steps(visit):
    page = visit("/regression?seed=78", reduced_motion="reduce")
    page.settle()
    home = page.live("live.positions.width")
    page.wait(f"document.querySelector('.bl').__live.reels.width.word('badge', {home + 1}) === 'sampled'")
    page.settle()
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


def test_the_walk_goes_on_while_a_handle_moves_and_new_draws_arrive(visit):
    page = visit("/regression?seed=78")
    page.settle()
    home = page.live("live.positions.width")
    page.wait(f"document.querySelector('.bl').__live.reels.width.word('badge', {home + 1}) === 'sampled'")
    page.settle()
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
