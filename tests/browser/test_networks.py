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
