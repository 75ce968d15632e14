"""Two plots on one axis, live: handles redraw both without the server, words move with the level."""

from __future__ import annotations

import numpy as np

PATH = "/conformal"


def shown(page, trace: str) -> np.ndarray:
    return np.array(page.live(f"Array.from(live.shown['{trace}'].y)"), dtype=float)


def choose(page, title: str, name: str) -> None:
    """Choose a forecast, and wait until its picture stands."""
    page.page.locator(".st-key-controls").get_by_text(title).click()
    page.wait(f"document.querySelector('.bl').__live.spec.stamp.includes('|{name}|')")
    page.settle()


def test_a_drag_redraws_both_plots_and_asks_the_server_nothing(visit):
    page = visit(PATH)
    page.settle()
    before = {name: shown(page, name) for name in ("conformal", "promised", "held", "outside")}
    texts = {s: page.page.inner_text(s) for s in ('[data-label="conformal"]', ".bl-said", ".bl-caption")}
    scores = page.page.inner_html(".bl-scores svg")
    runs = page.runs
    x, y, width = page.grab("level")
    page.page.mouse.move(x - 0.5 * width, y, steps=20)
    page.js("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.runs == runs
    for name, rows in before.items():
        assert not np.array_equal(rows, shown(page, name), equal_nan=True), name
    assert all(page.page.inner_text(s) != text for s, text in texts.items())
    assert page.page.inner_html(".bl-scores svg") != scores
    level = float(shown(page, "promised")[0])
    assert f"{100 * level:.0f} % conformal" in page.page.inner_text('[data-label="conformal"]')
    assert f"promised {100 * level:.0f} %" in page.page.inner_text('[data-label="promised"]')
    # what is drawn quickly is what Plotly draws when the handle rests
    path = "document.querySelector('.scatterlayer .trace' + live.plot._fullData.find(t => t.name === 'held').uid + ' .js-line')"
    quick = page.live(f"{path}.getAttribute('d')")
    page.page.wait_for_timeout(400)
    full = page.live(f"{path}.getAttribute('d')")
    numbers = [np.array([float(v) for v in d[1:].replace("L", " ").replace(",", " ").split()]) for d in (quick, full)]
    ends = [row.reshape(-1, 2)[[0, -1]] for row in numbers]  # Plotly thins its lines out
    np.testing.assert_allclose(ends[0], ends[1], atol=0.6)
    page.page.mouse.up()
    page.stands_at(page.live("live.positions"))
    assert not page.trouble


def test_the_strip_lies_under_the_plot_with_its_own_labels(visit):
    page = visit(PATH)
    page.settle()
    at = page.js(
        "['.bl-title', '.bl-strip', '.bl-xt', '.bl-caption', '[data-label=truth]', '[data-label=promised]']"
        ".map(s => { const r = document.querySelector(s).getBoundingClientRect(); return [r.top, r.bottom]; })"
    )
    (title, strip, x, caption, truth, promised) = at
    assert title[1] < truth[0] < truth[1] < strip[0] + 12
    assert strip[0] < promised[0] < x[0]
    assert abs(caption[0] - x[0]) < 14
    upper, lower = page.live(
        "[live.plot._fullLayout.yaxis, live.plot._fullLayout.yaxis2].map(a => [a._offset, a._length])"
    )
    assert upper[0] + upper[1] + 20 < lower[0]
    assert not page.trouble


def test_too_few_days_are_drawn_as_no_end(visit):
    page = visit(f"{PATH}?scene=few")
    page.settle()
    assert page.page.inner_text('[data-label="conformal"] span') == "has no end"
    assert "no score is far enough" in page.page.inner_html(".bl-scores svg")
    alt = page.page.get_attribute(".bl-box", "aria-label")
    assert "half-width endless" in alt
    assert "beyond all 10 scores" in alt
    assert not page.trouble


def test_another_forecast_with_the_same_figure_has_its_own_words(visit):
    page = visit(PATH)
    page.settle()
    gloss = '[data-label="forecast"] span'
    assert page.page.inner_text(gloss) == "posterior mean"
    figure = page.live("live.figure")
    choose(page, "Ensemble of 20 networks", "ensemble")
    assert page.live("live.figure") == figure  # nothing but films and words is new
    assert page.page.inner_text(gloss) == "mean of 20"
    assert not page.trouble


def test_a_drag_cuts_the_sets_anew_without_the_server_and_a_ring_asks_why(visit):
    page = visit(f"{PATH}?scene=moons")
    page.settle()
    page.wait("document.querySelector('.cm-chip').innerText.includes('moon')")
    count = "document.querySelectorAll('.cm-map svg .{}').length"

    def caption() -> list[int]:
        return [int(word) for word in page.page.inner_text(".cs-caption").split() if word.isdigit()]

    held, tried, lost = caption()
    assert (page.js(count.format("cm-dot")), page.js(count.format("cs-out"))) == (held, lost)
    assert held + lost == tried == 100
    assert page.js(count.format("cs-aside")) <= 100  # some lie outside the picture
    assert "both" in page.page.inner_text(".cm-key")
    runs, ink = page.runs, page.page.evaluate("document.querySelector('.cm-map canvas').toDataURL()")
    x, y, width = page.grab("level")
    page.page.mouse.move(x - 0.5 * width, y, steps=10)
    page.js("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.runs == runs
    assert page.page.evaluate("document.querySelector('.cm-map canvas').toDataURL()") != ink
    now = caption()
    assert now[0] < held
    assert page.js(count.format("cs-out")) == now[2]
    assert "no name" in page.page.inner_text(".cm-key")
    assert "no name" in page.page.inner_html(".cm-map svg")
    page.page.mouse.up()
    page.stands_at(page.live("live.positions"))  # the server has heard of it: between the two nothing is busy
    runs, before = page.begun, page.page.inner_text(".cm-chip")
    page.page.locator(".cm-ring").focus()
    for _ in range(12):
        page.page.keyboard.press("Shift+ArrowLeft")
    assert page.page.inner_text(".cm-chip") != before
    assert "Set: upper moon." in page.page.get_attribute(".cm-ring", "aria-label")
    assert page.begun == runs
    assert "the sets hold" in page.page.get_attribute(".bl-box", "aria-label")
    assert not page.trouble
