from __future__ import annotations

import numpy as np
import pytest

from bayes_core.figures.linear import traces
from bayes_core.figures.theme import DARK, LIGHT
from bayes_core.sweep import sweep
from pages._ui import linear_films
from pages._ui.linear_scenes import SCENES
from pages._ui.linear_settings import MODEL, LinearSettings

PATH = "/posterior"


def shown(page, trace: str) -> np.ndarray:
    return np.array(page.live(f"Array.from(live.shown['{trace}'].y)"), dtype=float)


def plotted(page, trace: str) -> np.ndarray:
    return np.array(page.live(f"Array.from(live.plot.data.find(t => t.name === '{trace}').y)"), dtype=float)


def answer(settings: LinearSettings, handle: str, trace: str) -> np.ndarray:
    """Return the outline that the core computes for these settings, without the page."""
    swept = sweep(linear_films.track(settings, handle), linear_films.lens(settings), MODEL, settings.method)
    return traces(swept, settings.spec.axes)[trace][settings.home()[handle]]


def test_a_drag_redraws_everything_and_asks_the_server_nothing(visit):
    page = visit(PATH)
    page.settle()
    before = {name: shown(page, name) for name in ("predictive", "credible", "inner", "members")}
    texts = {s: page.page.inner_text(s) for s in (".bl-said", '[data-word="slope"]', '[data-word="meter.share"]')}
    spark = page.page.inner_html('[data-panel="1"] svg')
    alt = page.page.get_attribute(".bl-box", "aria-label")
    axes = page.live("[live.plot._fullLayout.xaxis.range, live.plot._fullLayout.yaxis.range]")
    runs, draws = page.runs, page.live("live.draws")
    x, y, width = page.grab("width")
    for step in range(60):
        page.page.mouse.move(x - width * 0.6 * (step + 1) / 60, y)
    page.js("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert page.live("live.draws") - draws > 10
    assert page.runs == runs
    assert not page.live(
        "live.count"
    )  # nothing was even sent: Streamlit itself holds values back while a button is down
    for name, values in before.items():
        assert not np.allclose(shown(page, name), values, equal_nan=True), name
    for selector, text in texts.items():
        assert page.page.inner_text(selector) != text, selector
    assert page.page.inner_html('[data-panel="1"] svg') != spark
    assert page.page.get_attribute(".bl-box", "aria-label") != alt
    assert page.live("[live.plot._fullLayout.xaxis.range, live.plot._fullLayout.yaxis.range]") == axes
    assert "Prior width 25 →" in page.page.inner_text(".bl-said")
    page.page.mouse.up()
    page.wait("location.search.includes('width=')")
    page.settle()
    assert page.runs == runs + 1


def test_the_quick_drawing_and_the_full_one_are_the_same(visit):
    page = visit(PATH)
    page.settle()
    page.grab("width")
    quick = page.js("""() => { const live = document.querySelector('.bl').__live; live.positions.width = 8; live.draw('width', true);
        return [...live.plot.querySelectorAll('.js-fill, .js-line')].map(p => p.getBBox()).map(b => [b.x, b.y, b.width, b.height]); }""")
    full = page.js("""() => { const live = document.querySelector('.bl').__live; live.draw('width', false);
        return [...live.plot.querySelectorAll('.js-fill, .js-line')].map(p => p.getBBox()).map(b => [b.x, b.y, b.width, b.height]); }""")
    page.page.mouse.up()
    filled = [i for i, box in enumerate(quick) if box[2] > 0]
    assert len(filled) >= 6
    bands = [0, 1, 2, 3, 4, 5]  # three bands, each a fill and an edge; member lines are split differently
    np.testing.assert_allclose(np.array(quick)[bands], np.array(full)[bands], atol=0.6)


@pytest.mark.parametrize("handle", ["width", "noise"])
def test_after_release_the_picture_is_the_cores_answer(visit, handle):
    page = visit(PATH)
    page.settle()
    x, y, width = page.grab(handle)
    page.page.mouse.move(x - width * 0.2, y, steps=8)
    page.page.mouse.up()
    page.wait(f"location.search.includes('{handle}=')")
    page.settle()
    value = page.live(f"live.spec.handles.find(h => h.id === '{handle}').values[live.positions['{handle}']]")
    settings = LinearSettings.at_start("five", **{handle: value})
    for trace in ("credible", "predictive"):
        truth = answer(settings, handle, trace)
        np.testing.assert_allclose(plotted(page, trace), truth, atol=0.03)  # one code of uint16 is 0.01 ms here
    assert f"{handle}={value:g}" in page.page.url


def test_a_link_restores_the_picture(visit):
    first = visit(f"{PATH}?width=2.37&noise=8.93")
    first.settle()
    url, numbers = first.page.url, first.page.inner_text(".bl-side")
    again = visit(url.removeprefix(first.base))
    again.settle()
    assert again.page.inner_text(".bl-side") == numbers
    assert again.live("live.positions") == first.live("live.positions")


def test_keys_move_a_handle_and_the_server_hears_once(visit):
    page = visit(PATH)
    page.settle()
    runs, at = page.runs, page.live("live.positions.noise")
    page.handle("noise").focus()
    for _ in range(5):
        page.page.keyboard.press("ArrowRight")
    assert page.live("live.positions.noise") == at + 5
    assert page.handle("noise").get_attribute("aria-valuetext").endswith("ms")
    page.wait("location.search.includes('noise=')")
    page.settle()
    assert page.runs - runs <= 2
    assert page.page.inner_text(".bl-said").startswith("Noise 14 ms →")  # five presses are one move


def test_the_other_handle_never_shows_a_stale_row(visit):
    page = visit(PATH)
    page.settle()
    # move width without telling the server, then noise: its film was made for another width
    told = page.js("""() => { const live = document.querySelector('.bl').__live; const before = JSON.stringify(Array.from(live.shown.credible.y));
        live.positions.width = 5; live.draw('width'); const moved = JSON.stringify(Array.from(live.shown.credible.y));
        live.positions.noise = 30; live.draw('noise');
        return [before !== moved, JSON.stringify(Array.from(live.shown.credible.y)) === moved, live.root.classList.contains('stale')]; }""")
    assert told == [True, True, True]
    page.live("live.tell(0)")
    page.wait("location.search.includes('noise=')")
    page.settle()
    settings = LinearSettings.at_start("five")
    width, noise = settings.spec.positions("width")[5], settings.spec.positions("noise")[30]
    settings = LinearSettings.at_start("five", width=float(width), noise=float(noise))
    np.testing.assert_allclose(plotted(page, "credible"), answer(settings, "noise", "credible"), atol=0.05)


def test_zoom_survives_a_move_and_a_release(visit):
    page = visit(PATH)
    page.settle()
    box = page.page.locator(".bl-plot .nsewdrag").bounding_box()
    page.page.mouse.move(box["x"] + 60, box["y"] + 60)
    page.page.mouse.down()
    page.page.mouse.move(box["x"] + 260, box["y"] + 220, steps=6)
    page.page.mouse.up()
    zoomed = page.live("[...live.plot._fullLayout.xaxis.range, ...live.plot._fullLayout.yaxis.range]")
    assert zoomed[1] < 8
    page.handle("width").focus()
    page.page.keyboard.press("ArrowLeft")
    page.wait("location.search.includes('width=')")
    page.settle()
    after = page.live("[...live.plot._fullLayout.xaxis.range, ...live.plot._fullLayout.yaxis.range]")
    np.testing.assert_allclose(after, zoomed)


def test_the_meter_follows_and_comes_second(visit):
    page = visit(PATH)
    page.settle()
    assert page.live("live.kept.some(f => f.spec.part === 'meter')")
    assert not page.live("Object.values(live.reels).some(r => 'meter.share' in r.films[0].spec.numbers)")
    page.live("(live.positions.width = 0, live.draw('width'))")
    assert page.page.inner_text('[data-word="meter.share"]') == "0.00"
    assert "over-confident" in page.page.inner_text('[data-word="meter.verdict"]')


def test_scenes_reset_handles_and_axes(visit):
    page = visit(f"{PATH}?width=0.5")
    page.settle()
    page.page.get_by_role("radio", name="House prices").click(force=True)
    page.wait("document.querySelector('.bl').__live.spec.stamp.startsWith('houses')")
    page.settle()
    assert page.live("live.plot._fullLayout.xaxis.range") == [0, 260]
    assert page.live("live.spec.handles.every(h => live.positions[h.id] === h.start)")
    assert "scene=houses" in page.page.url
    assert "width" not in page.page.url


def test_try_this_glides_into_view(visit):
    page = visit(PATH)
    page.settle()
    draws = page.live("live.draws")
    page.page.get_by_role("button", name="Make the prior stubborn").click()
    page.wait("location.search.includes('width=')")
    page.settle()
    assert page.live("live.draws") - draws > 5
    assert page.live("live.positions.width === live.spec.home.width")
    assert page.live("live.spec.handles[0].texts[live.positions.width]").startswith("0.8")
    assert "Prior width 25 → 0.8" in page.page.inner_text(".bl-said")
    page.wait(
        "(() => { const b = document.querySelector('.bl-box').getBoundingClientRect(); return b.top > 0 && b.bottom <= innerHeight; })()"
    )


def test_reduced_motion_jumps(visit):
    page = visit(PATH, reduced_motion="reduce")
    page.settle()
    draws = page.live("live.draws")
    page.page.get_by_role("button", name="Make the prior stubborn").click()
    page.wait("location.search.includes('width=')")
    page.settle()
    assert page.live("live.draws") - draws < 8
    assert page.live("live.positions.width === live.spec.home.width")


def test_double_click_returns_to_the_start(visit):
    page = visit(f"{PATH}?width=0.5")
    page.settle()
    page.handle("width").dispatch_event("dblclick")
    page.wait("!location.search.includes('width=')")
    page.settle()
    assert page.live("live.positions.width === live.spec.handles[0].start")


def test_pointing_links_lines_and_dots(visit):
    page = visit(PATH)
    page.settle()
    page.page.locator(".bl-joint svg").focus()
    page.page.keyboard.press("ArrowRight")
    assert page.live("live.pointed") == 0
    assert "This line: intercept" in page.page.inner_text(".bl-one")
    assert page.page.locator('.bl-over path[stroke-width="2.4"]').count() == 1
    assert page.page.locator('.bl-joint circle[r="6"]').count() == 1
    said = page.page.inner_text(".bl-one").replace("−", "-").replace(",", "").split()
    intercept, slope = float(said[3]), float(said[5])
    line = page.live("live.memberLine(0)")
    drawn = (line["y"][1] - line["y"][0]) / (line["x"][1] - line["x"][0])
    assert slope == pytest.approx(drawn, abs=0.05)
    assert intercept == pytest.approx(line["y"][0] - drawn * line["x"][0], abs=0.5)


@pytest.mark.parametrize("dark", [False, True])
def test_colours_follow_the_theme(visit, dark):
    page = visit(PATH, dark=dark)
    page.settle()
    palette = DARK if dark else LIGHT
    wanted = ",".join(str(int(palette["posterior"][i : i + 2], 16)) for i in (1, 3, 5))
    fill = page.live("live.plot.data.find(t => t.name === 'credible').fillcolor").replace(" ", "")
    assert fill.startswith(f"rgba({wanted},")


@pytest.mark.parametrize("method", ["nuts", "vi_meanfield", "vi_fullrank", "map", "prior"])
def test_every_method_stands_next_to_the_exact_answer(visit, method):
    page = visit(f"{PATH}?scene=houses&method={method}")
    page.settle()
    assert np.isfinite(shown(page, "reference")).sum() > 200
    badge = page.page.inner_text('[data-word="badge"] >> nth=0')
    assert badge == {"nuts": "sampled", "prior": "exact"}.get(method, "approximate")
    if method != "prior":
        assert "sd" in page.page.inner_text('[data-word="distance.w1"]')
    if method == "vi_meanfield":
        assert "▼" in page.page.inner_text('[data-word="distance.where"]')


def test_draws_answer_only_where_they_are_trusted(visit):
    page = visit(f"{PATH}?method=nuts")
    page.settle()
    low, high = page.live("live.reels.width.films.map(f => f.spec.trusted).find(Boolean)")
    assert 0 < low < high
    assert page.page.locator('[data-handle="width"].partly').count() == 1
    page.live("(live.positions.width = 0, live.draw('width'))")
    assert not np.isfinite(shown(page, "credible")).any()
    assert np.isfinite(shown(page, "reference")).sum() > 200
    page.live("live.tell(0)")
    page.wait("location.search.includes('width=')")
    page.settle()
    assert np.isfinite(shown(page, "credible")).all()


def test_without_our_javascript_streamlits_own_controls_work(visit):
    page = visit(f"{PATH}?live=0")
    page.page.wait_for_selector(".stPlotlyChart .main-svg", timeout=60_000)
    page.page.locator('input[aria-label="prior width"]').focus()
    page.page.keyboard.press("ArrowLeft")
    page.wait("location.search.includes('width=')")
    assert page.page.get_by_text("90 % credible").count() > 0


def test_a_lost_plotly_falls_back_to_streamlits_chart(chromium, server):
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    tab = context.new_page()
    blocked = []

    def refuse(route):
        blocked.append(route.request.url)
        if len(blocked) == 1:
            route.abort()
        else:
            route.continue_()

    tab.route("**/PlotlyChart.*.js", refuse)
    tab.goto(server.url + PATH)
    tab.wait_for_selector('input[aria-label="prior width"]:not(.bl input)', timeout=60_000, state="attached")
    tab.wait_for_selector(".stPlotlyChart .main-svg", timeout=60_000)
    assert blocked
    context.close()


def test_presenting_fits_the_projector_and_steps(visit):
    page = visit(f"{PATH}?present=1", size=(1920, 1080))
    page.settle()
    for _ in range(5):
        assert page.js("(m => m.scrollHeight <= m.clientHeight)(document.querySelector('[data-testid=stMain]'))")
        stamp = page.live("live.spec.stamp")
        page.page.keyboard.press("ArrowRight")
        page.wait(f"document.querySelector('.bl').__live.spec.stamp !== '{stamp}'")
        page.settle()
    assert not page.page.locator("header.stAppHeader").is_visible()
    page.page.keyboard.press("Escape")
    page.wait("!location.search.includes('present')")


def test_locked_handles_do_not_move(visit):
    page = visit(f"{PATH}?lock=width,method")
    page.settle()
    assert page.handle("width").is_disabled()
    assert not page.handle("noise").is_disabled()


@pytest.mark.parametrize("size", [(375, 812), (1440, 900), (1920, 1080)])
def test_labels_never_overlap_and_nothing_scrolls_sideways(visit, size):
    page = visit(PATH, size=size)
    page.settle()
    for scene in ("five", "stubborn", "sensor", "blog", "houses"):
        if scene != "five":
            page.page.get_by_role("radio", name=SCENES[scene].title).dispatch_event("click")
            page.wait(f"document.querySelector('.bl').__live.spec.stamp.startsWith('{scene}')")
            page.settle()
        overlaps = page.js("""() => { const live = document.querySelector('.bl').__live, bad = [];
            for (const h of ['width', 'noise']) { for (let i = 0; i < 41; i += 4) { live.positions = { ...live.spec.home, [h]: i }; live.draw(h);
              const boxes = Object.values(live.labels).filter(e => !e.hidden).map(e => e.getBoundingClientRect());
              boxes.forEach((a, k) => boxes.slice(k + 1).forEach(b => { if (a.top < b.bottom - 1 && b.top < a.bottom - 1) bad.push([h, i]); })); }
              live.positions = { ...live.spec.home }; live.draw(h); }
            return bad; }""")
        assert overlaps == [], scene
        assert page.js("document.documentElement.scrollWidth <= innerWidth")


def test_handles_are_within_reach_on_a_phone(visit):
    page = visit(PATH, size=(375, 812))
    page.settle()
    for name in ("width", "noise"):
        box = page.handle(name).bounding_box()
        assert box["y"] + box["height"] <= 812


def test_a_deep_link_as_the_first_request_of_a_server(chromium, fresh_server, open_page):
    page = open_page(chromium, fresh_server.url, f"{PATH}?scene=blog")
    page.wait("document.querySelector('.bl')?.__live?.spec?.stamp?.startsWith('blog') ?? false")
    page.settle()
    assert page.page.locator('[role="dialog"]').count() == 0
    assert page.page.inner_text("h1") == "One line, or every line that fits?"
    assert not page.trouble
    page.close()


def test_the_start_page_lives(visit):
    page = visit("/")
    page.page.wait_for_selector(".hm[data-points='8']")
    first = page.page.inner_html(".hm-lines")
    page.wait(
        f"document.querySelector('.hm-lines').innerHTML.length > 0 && document.querySelector('.hm-lines').innerHTML !== {first!r}"
    )
    box = page.page.locator(".hm-pic").bounding_box()
    bands = page.page.inner_html(".hm-bands")
    page.page.mouse.click(box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.4)
    page.page.wait_for_selector(".hm[data-points='9']")
    assert page.page.inner_html(".hm-bands") != bands
    page.page.get_by_role("button", name="Measure where it knows least").click()
    page.page.wait_for_selector(".hm[data-points='10']")
    page.page.get_by_text("Start with one line").click()
    page.settle()
