from __future__ import annotations

import numpy as np
import pytest

from bayes_core.bayes_rule import Diagnosis, people

CELLS = ("both", "only", "other", "neither")
FITS = "(m => m.scrollHeight <= m.clientHeight)(document.querySelector('[data-testid=stMain]'))"


def counted(page) -> dict[str, int]:
    return page.js(
        "Object.fromEntries(['both','only','other','neither'].map(c =>"
        " [c, document.querySelectorAll(`.bl-crowd [data-cell=${c}]`).length]))"
    )


def told(page, word: str) -> str:
    return page.page.inner_text(f'[data-word="{word}"] >> nth=0')


def drag(page, handle: str, share: float, steps: int = 6) -> None:
    x, y, width = page.grab(handle)
    page.page.mouse.move(x + share * width, y, steps=steps)
    page.page.mouse.up()


def moved(page, url: str) -> None:
    page.wait(f"location.href !== {url!r}")
    page.settle()


def test_a_thousand_people_are_counted_and_move_without_the_server(visit):
    page = visit("/theorem?reveal=1")
    page.settle()
    assert counted(page) == {"both": 8, "only": 2, "other": 95, "neither": 895}
    assert {c: int(told(page, f"cell.{c}").replace(",", "")) for c in CELLS} == counted(page)
    runs, (x, y, width) = page.runs, page.grab("prevalence")
    page.page.mouse.move(x + 0.25 * width, y, steps=6)
    page.js("new Promise(requestAnimationFrame)")
    at = page.live("live.spec.handles[0].values[live.positions.prevalence]")
    assert at > 0.05
    assert list(counted(page).values()) == people(Diagnosis(at, 0.8, 0.904).joint, 1000).tolist()
    assert page.runs == runs
    url = page.page.url
    page.page.mouse.up()
    moved(page, url)
    assert page.runs == runs + 1


def opacities(page) -> dict[str, float]:
    return page.js(
        "Object.fromEntries(['both','only','other','neither'].map(c =>"
        " [c, +getComputedStyle(document.querySelector(`.bl-crowd [data-cell=${c}]`)).opacity]))"
    )


@pytest.mark.parametrize("how", ["mouse", "keyboard"])
def test_a_cell_of_the_table_lights_its_people(visit, how):
    page = visit("/theorem?reveal=1")
    page.settle()
    cell = page.page.locator(".bl-cells td[data-cell=other]")
    cell.hover() if how == "mouse" else cell.focus()
    lit = opacities(page)
    assert lit["other"] == 1
    assert max(v for c, v in lit.items() if c != "other") < 0.3
    assert "95 of 1,000: healthy, positive" in page.page.inner_text(".bl-cells .bl-hint")


def test_a_person_lights_her_cell(visit):
    page = visit("/theorem?reveal=1")
    page.settle()
    box = page.page.locator(".bl-crowd [data-cell=only]").first.bounding_box()
    page.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 0.8 * box["height"])
    assert page.page.locator(".bl-cells td.lit").get_attribute("data-cell") == "only"


def test_first_guess_then_see(visit):
    page = visit("/theorem")
    page.settle()
    assert told(page, "answer") == "?"
    assert page.page.locator(".bl-crowd [data-cell=both], .bl-crowd [data-cell=other]").count() == 0
    guess = page.page.locator('.bl-ask input[type="range"]')
    guess.focus()
    for _ in range(5):
        page.page.keyboard.press("ArrowRight")
    page.page.get_by_role("button", name="Reveal").click()
    page.wait("location.search.includes('reveal=1')")
    page.settle()
    assert told(page, "answer") == "7.8 %"
    assert told(page, "answer.words") == "You said 55 %. It is 7.8 %."
    assert counted(page)["both"] == 8


def test_areas_are_probabilities_and_contradictions_have_a_way_out(visit):
    page = visit("/theorem?scene=fog")
    page.settle()
    size = "[...document.querySelectorAll('.bl-square rect[data-cell]')].map(r => [r.dataset.cell, r.width.baseVal.value * r.height.baseVal.value])"
    areas = dict(page.js(size))
    whole = sum(areas.values())
    for cell, share in {"both": 0.1, "only": 0.4, "other": 0.2, "neither": 0.3}.items():
        assert areas[cell] / whole == pytest.approx(share, abs=0.01)
    x, y, width = page.grab("pB")
    page.page.mouse.move(x + 0.6 * width, y, steps=6)
    page.js("new Promise(requestAnimationFrame)")
    assert "impossible" in page.page.text_content(".bl-square")
    assert "contradict" in told(page, "answer.words")
    page.page.mouse.up()
    remedy = page.page.get_by_role("button", name="Set P(rain) to 60 %")
    remedy.click()
    page.wait("location.search.includes('pB=0.6')")
    page.settle()
    assert "impossible" not in page.page.text_content(".bl-square")
    assert page.page.get_by_text("These numbers contradict each other").count() == 0


def test_a_typed_sequence_is_learnt_and_a_wrong_letter_keeps_the_text(visit):
    page = visit("/updating")
    page.settle()
    box = page.page.get_by_label("Your own flips")
    box.fill("HHTHT")
    box.press("Enter")
    page.wait("location.search.includes('data=HHTHT')")
    page.settle()
    assert told(page, "strip") == "HHTHT"
    assert told(page, "grid.mean.2") == "0.53"  # (5 + 3) / (10 + 5)
    url = page.page.url
    box.fill("HHXT")
    box.press("Enter")
    page.page.get_by_text("“X” is neither H nor T").wait_for()
    assert box.input_value() == "HHXT"
    assert page.page.url == url
    assert told(page, "strip") == "HHTHT"


def test_the_player_plays_pauses_and_tells_the_server_once(visit):
    page = visit("/updating")
    page.settle()
    runs = page.runs
    page.page.get_by_label("Speed").select_option("quick")
    page.page.get_by_label("Play", exact=True).click()
    page.wait("document.querySelector('.bl').__live.positions.seen >= 9")
    assert page.runs == runs
    page.page.get_by_label("Pause").click()
    page.wait("location.search.includes('seen=')")
    page.settle()
    assert page.runs == runs + 1
    at = page.live("live.positions.seen")
    page.page.get_by_label("One more").click()
    assert page.live("live.positions.seen") == at + 1
    page.page.get_by_label("Back to no data").click()
    assert page.live("live.positions.seen") == 0
    assert told(page, "strip") == "nothing yet"


def test_map_and_scikit_learn_are_one_curve_under_the_hand(visit):
    page = visit("/map_vs_ridge")
    page.settle()
    runs, (x, y, width) = page.runs, page.grab("width")
    for step in range(1, 5):
        page.page.mouse.move(x - 0.1 * step * width, y)
        page.js("new Promise(requestAnimationFrame)")
        ours, theirs = (np.array(page.live(f"Array.from(live.shown['{n}'].y)")) for n in ("map", "scikit"))
        np.testing.assert_allclose(ours, theirs, atol=0.005)
    assert page.runs == runs
    page.page.mouse.up()


def test_the_degree_decides_how_many_weights_stand_in_the_table(visit):
    page = visit("/map_vs_ridge")
    page.settle()
    rows = "[...document.querySelectorAll('.bl-grid tbody tr')].filter(r => !r.hidden).length"
    assert page.js(rows) == 10
    page.handle("degree").focus()
    page.page.keyboard.press("Home")
    assert page.js(rows) == 2


def test_the_lassos_posterior_is_sampled_on_request(visit):
    page = visit("/map_vs_ridge?scene=diabetes&family=laplace&view=weights")
    page.settle()
    assert told(page, "grid.3.3") == ""
    page.page.get_by_role("button", name="Sample the posterior", exact=True).click()
    page.wait("location.search.includes('sample=1')")
    page.page.get_by_text("Posterior by NUTS, sampled").wait_for(timeout=60_000)
    page.settle()
    assert "…" in told(page, "grid.3.3")
    assert page.page.get_by_text("none is in the posterior’s mean").count() == 1


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


VIEWS = [
    "/theorem?reveal=1",
    "/theorem?scene=fog",
    "/theorem?scene=iris",
    "/theorem?scene=rare&view=curve",
    "/theorem?scene=rare&view=again&results=%2B%2B-",
    "/updating",
    "/updating?scene=rivals",
    "/updating?scene=rivals&view=evidence&seen=100",
    "/map_vs_ridge",
    "/map_vs_ridge?view=error",
    "/map_vs_ridge?scene=diabetes",
]
LABELS = """() => [...document.querySelectorAll('.bl-lab')].filter(l => !l.hidden && l.offsetParent).map(l => l.getBoundingClientRect())
    .map(r => [r.left, r.top, r.right, r.bottom])"""


@pytest.mark.parametrize("size", [(375, 812), (1440, 900), (1920, 1080)])
@pytest.mark.parametrize("path", VIEWS)
def test_nothing_overlaps_and_nothing_scrolls_sideways(visit, path, size):
    present = size[0] == 1920
    page = visit(path + ("&present=1" if "?" in path else "?present=1") * present, size=size)
    page.settle()
    assert page.js("document.documentElement.scrollWidth <= innerWidth")
    boxes = page.js(LABELS)
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            wide = min(a[2], b[2]) - max(a[0], b[0])
            high = min(a[3], b[3]) - max(a[1], b[1])
            assert min(wide, high) <= 4, (a, b)
    if present:
        assert page.js(FITS)
    if size[0] == 375:  # the first handle is within the first screen
        assert page.page.locator(".bl-h input").first.bounding_box()["y"] < 812


@pytest.mark.parametrize("path", ["/theorem", "/updating", "/map_vs_ridge", "/regression"])
def test_arrow_keys_step_through_the_scenes(visit, path):
    page = visit(f"{path}?present=1", size=(1920, 1080))
    page.settle()
    scene = page.live("live.spec.stamp.split('|')[0]")
    page.page.keyboard.press("ArrowRight")
    page.wait(f"document.querySelector('.bl').__live.spec.stamp.split('|')[0] !== '{scene}'")
    page.page.keyboard.press("ArrowLeft")
    page.wait(f"document.querySelector('.bl').__live.spec.stamp.split('|')[0] === '{scene}'")
