from __future__ import annotations

import numpy as np
import pytest
from lessons import LESSONS

from bayes_core.figures.linear import traces
from bayes_core.figures.theme import DARK, LIGHT
from bayes_core.summaries.sweep import sweep
from pages.linear._posterior.scenes import SCENES
from pages.linear._posterior.settings import MODEL, LinearSettings

PATH = "/posterior"


def shown(page, trace: str) -> np.ndarray:
    return np.array(page.live(f"Array.from(live.shown['{trace}'].y)"), dtype=float)


def plotted(page, trace: str) -> np.ndarray:
    return np.array(page.live(f"Array.from(live.plot.data.find(t => t.name === '{trace}').y)"), dtype=float)


def answer(settings: LinearSettings, handle: str, trace: str) -> np.ndarray:
    """Return the outline that the core computes for these settings, without the page."""
    swept = sweep(settings.track(handle), settings.lens(), MODEL, settings.method)
    return traces(swept, settings.source().axes)[trace][settings.home()[handle]]


def drag(page, handle: str, share: float, steps: int = 8) -> None:
    """Move a handle by a share of its track and let it go."""
    x, y, width = page.grab(handle)
    page.page.mouse.move(x + share * width, y, steps=steps)
    page.page.mouse.up()


def fits_the_projector(page) -> bool:
    return page.js("(m => m.scrollHeight <= m.clientHeight)(document.querySelector('[data-testid=stMain]'))")


def settings_on(page, scene: str = "five", **changes) -> LinearSettings:
    """Return the settings that the handles on screen say."""
    at = page.live("live.positions")
    start = LinearSettings.at_start(scene)
    return LinearSettings.at_start(scene, **{h: float(start.positions(h)[i]) for h, i in at.items()}, **changes)


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


def test_a_reload_after_a_drag_restores_the_picture(visit):
    page = visit(PATH)
    page.settle()
    drag(page, "width", -0.3)
    page.wait("location.search.includes('width=')")
    page.settle()
    state = "[live.positions, Array.from(live.shown.credible.y), Array.from(live.shown.members.y)]"
    before, side = page.live(state), page.page.inner_text(".bl-side")
    page.page.reload()
    page.settle()
    assert page.live(state) == before
    assert page.page.inner_text(".bl-side") == side


def test_a_keyboard_reader_stays_on_the_handle(visit):
    page = visit(PATH)
    page.settle()
    page.handle("noise").focus()
    for key in ("ArrowRight", "ArrowUp", "Home", "End"):
        at = page.live("live.positions.noise")
        page.page.keyboard.press(key)
        assert page.live("live.positions.noise") != at
        url = page.page.url
        page.wait(f"location.href !== {url!r}")
        page.settle()
        assert page.js("document.activeElement.closest('[data-handle]')?.dataset.handle") == "noise", key
    assert page.live("live.positions.noise") == 40


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
    assert page.page.inner_text(".bl-said").startswith("Noise in the data 14 ms →")  # five presses are one move


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
    width, noise = settings.positions("width")[5], settings.positions("noise")[30]
    settings = LinearSettings.at_start("five", width=float(width), noise=float(noise))
    np.testing.assert_allclose(plotted(page, "credible"), answer(settings, "noise", "credible"), atol=0.05)


def test_a_handle_held_while_the_answer_comes_shows_it(visit):
    """A slow server: the first handle is let go, the second is grabbed at once, moved, and held still."""
    page = visit(PATH)
    page.settle()
    page.js("""() => { const live = document.querySelector('.bl').__live, receive = live.receive; window.held = [];
        live.receive = m => held.push(m);
        window.pass = () => { live.receive = receive; held.splice(0).forEach(m => receive.call(live, m)); }; }""")
    drag(page, "width", -0.3)
    shown_before = shown(page, "credible")
    x, y, width = page.grab("noise")
    page.page.mouse.move(x + 0.2 * width, y, steps=5)
    page.wait("document.querySelector('.bl').classList.contains('stale')")
    np.testing.assert_array_equal(shown(page, "credible"), shown_before)  # it waits, and shows no row of the old film
    page.wait("held.some(m => !m.header.follows)")
    page.js("pass()")
    page.js("new Promise(done => setTimeout(done, 200))")  # the promise: at most 0.2 s after the answer
    still_stale = page.live("live.root.classList.contains('stale')")
    wanted = answer(settings_on(page), "noise", "credible")
    found = shown(page, "credible")
    page.page.mouse.up()
    assert not still_stale
    np.testing.assert_allclose(found, wanted, atol=0.05)


@pytest.mark.parametrize("method", ["exact", "nuts"])
def test_moves_in_quick_succession_end_at_the_last_one(visit, method):
    page = visit(f"{PATH}?method={method}&points=20")
    page.settle()
    for handle, share in (("width", -0.2), ("noise", 0.15), ("width", -0.15), ("noise", -0.1)):
        drag(page, handle, share, steps=3)
    page.wait(
        "(() => { const l = document.querySelector('.bl').__live; return JSON.stringify(l.positions) === JSON.stringify(l.spec.home); })()"
    )
    page.settle()
    settings = settings_on(page, points=20, method=method)
    query = dict(pair.split("=") for pair in page.page.url.split("?")[1].split("&"))
    assert (float(query["width"]), float(query["noise"])) == (settings.width, settings.noise)
    if method == "exact":
        wanted = answer(settings, "noise", "credible")
        np.testing.assert_allclose(plotted(page, "credible"), wanted, atol=0.06)
    if method == "nuts":
        assert page.page.inner_text('[data-word="distance.w1"]').endswith(" sd")


def test_zoom_survives_a_move_and_a_release(visit):
    page = visit(PATH)
    page.settle()
    box = page.box(".bl-plot .nsewdrag")
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


def test_another_size_of_the_window_redraws_the_chart(visit):
    page = visit(PATH)
    page.settle()
    runs, at = page.runs, page.live("live.positions")
    box = "(b => [b.width, b.height])(document.querySelector('.bl-box').getBoundingClientRect())"
    seen = [page.js(box)]
    for size in ((1440, 1150), (1440, 760), (1200, 900)):
        page.resize(*size)
        page.settle()
        seen.append(page.js(box))
        layout = page.live("[live.plot._fullLayout.width, live.plot._fullLayout.height]")
        np.testing.assert_allclose(layout, seen[-1], atol=1, err_msg=str(size))
        title = page.box(".bl-xt")
        bottom = page.js("document.querySelector('.bl-box').getBoundingClientRect().bottom")
        assert bottom - 45 < title["y"] + title["height"] < bottom + 5, size  # the axis' title went along
    (_, high), (_, higher), (wide, lower), (narrower, _) = seen
    assert lower < high < higher
    assert narrower < wide
    assert page.live("live.positions") == at
    assert page.runs == runs


def test_the_meter_follows_and_comes_second(visit):
    page = visit(PATH)
    page.settle()
    assert page.live("live.kept.some(f => f.spec.part === 'meter')")
    assert not page.live("Object.values(live.reels).some(r => 'meter.share' in r.films[0].spec.numbers)")
    page.live("(live.positions.width = 0, live.draw('width'))")
    assert page.page.inner_text('[data-word="meter.share"]') == "0\u00a0%"
    assert "far below the level" in page.page.inner_text('[data-word="meter.verdict"]')


def test_forty_worlds_open_by_keyboard_and_one_is_entered_and_left(visit):
    page = visit(f"{PATH}?scene=stubborn&width=4")
    page.settle()
    button = page.page.locator(".bl-meter button")
    assert button.get_attribute("aria-expanded") == "false"
    button.focus()
    page.page.keyboard.press("Enter")
    page.page.wait_for_selector(".bl-worlds:not([hidden])")
    page.settle()
    assert button.get_attribute("aria-expanded") == "true"
    assert page.js("document.activeElement.closest('.bl-meter') !== null")  # whoever opened it stays there
    signs = page.page.locator(".bl-world-grid i").all_inner_texts()
    assert len(signs) == 40
    assert set(signs) == {"✓", "✗"}
    group = page.page.locator(".bl-world-grid").get_attribute("aria-label")
    assert group.startswith(f"In {signs.count('✗')} of these 40 worlds")
    missed = page.page.locator(".bl-world-grid button.missed")
    assert missed.count() == signs.count("✗")
    assert missed.first.get_attribute("aria-label").endswith("the true line leaves the band")
    before = page.page.inner_text('[data-word="slope"]')
    page.page.locator('[data-world="17"]').focus()
    page.page.keyboard.press("Enter")
    page.wait("location.search.includes('world=17')")
    page.wait("document.querySelector('[data-world=\"17\"]').getAttribute('aria-pressed') === 'true'")
    page.settle()
    assert page.page.inner_text('[data-word="slope"]') != before
    assert page.page.inner_text(".bl-said").startswith("Data the page's own → world 17 of 40: slope ")
    page.page.get_by_role("button", name="back to the page's data").click()
    page.wait("!location.search.includes('world=17')")
    page.settle()
    assert page.page.inner_text('[data-word="slope"]') == before


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


@pytest.mark.parametrize(("query", "size"), [("", (1440, 900)), ("?present=1", (1920, 1080)), ("", (375, 812))])
def test_the_mouse_on_a_dot_picks_its_line(visit, query, size):
    page = visit(PATH + query, size=size)
    page.settle()
    page.page.locator(".bl-joint svg").scroll_into_view_if_needed()
    middles = """[...document.querySelectorAll('.bl-joint circle')].map(c => c.getBoundingClientRect())
        .map(r => [r.x + r.width / 2, r.y + r.height / 2])"""
    dots = np.array(page.js(middles))
    assert len(dots) > 8
    for dot in dots[::3]:
        page.page.mouse.move(*dot)
        picked = page.live("live.pointed")
        assert picked is not None
        np.testing.assert_allclose(dots[picked], dot, atol=1.5)  # itself, or one that lies on top of it
        assert page.page.locator('.bl-over path[stroke-width="2.4"]').count() == 1
    page.page.mouse.move(2, 2)
    assert page.live("live.pointed") is None


def test_the_mouse_on_a_line_picks_its_dot(visit):
    page = visit(PATH)
    page.settle()
    page.wait("document.fonts.status === 'loaded'")  # a late font moves the picture
    for _ in range(20):
        at = page.live("""(() => { const f = live.plot._fullLayout, b = live.plot.getBoundingClientRect(), l = live.memberLine(3), k = l.x.length - 1, t = 0.93;
            const x = l.x[0] + (l.x[k] - l.x[0]) * t, y = l.y[0] + (l.y[k] - l.y[0]) * t;
            return [b.x + f.xaxis._offset + f.xaxis.d2p(x), b.y + f.yaxis._offset + f.yaxis.d2p(y)]; })()""")
        page.page.mouse.move(*at)
        if page.live("live.pointed") == 3:
            break
        page.page.wait_for_timeout(100)  # the picture has just been moved or drawn anew
    assert page.live("live.pointed") == 3
    assert page.page.locator('.bl-joint circle[r="6"]').count() == 1


def test_colours_follow_a_change_of_theme_on_the_spot(visit):
    page = visit(PATH)
    page.settle()
    page.handle("width").focus()
    page.page.keyboard.press("ArrowLeft")
    page.wait("location.search.includes('width=')")
    page.settle()
    at, runs = page.live("live.positions"), page.runs
    fill = (
        "document.querySelector('.bl').__live.plot.data.find(t => t.name === 'credible').fillcolor.replaceAll(' ', '')"
    )
    for scheme, palette in (("dark", DARK), ("light", LIGHT)):
        page.page.emulate_media(color_scheme=scheme)
        wanted = ",".join(str(int(palette["posterior"][i : i + 2], 16)) for i in (1, 3, 5))
        page.wait(f"{fill}.startsWith('rgba({wanted},')")
    page.settle()
    assert page.live("live.positions") == at
    assert page.runs - runs <= 2  # Streamlit itself may run the script when the theme changes


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
        for row in ("w1", "mean", "width", "where"):
            assert page.page.inner_text(f'[data-word="distance.{row}"]').strip() not in ("", "–"), row
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


CHART = "document.querySelector('.stPlotlyChart .js-plotly-plot')"
CREDIBLE = f"JSON.stringify({CHART}?.data?.find(t => t.name.includes('credible') && !t.name.startsWith('50'))?.y)"
NATIVE = 'input[aria-label="prior width"]:not(.bl input)'


def test_without_our_javascript_streamlits_own_controls_work(visit):
    page = visit(f"{PATH}?live=0")
    page.page.wait_for_selector(".stPlotlyChart .main-svg", timeout=60_000)
    before = page.js(CREDIBLE)
    page.page.locator(NATIVE).focus()
    page.page.keyboard.press("ArrowLeft")
    page.wait("location.search.includes('width=')")
    page.wait(f"{CREDIBLE} !== undefined && {CREDIBLE} !== {before!r}")
    assert page.page.get_by_text("90 % credible").count() > 0
    assert page.js("document.activeElement.getAttribute('aria-label')") == "prior width"


def test_without_our_javascript_a_sampled_answer_arrives(visit):
    page = visit(f"{PATH}?live=0&method=vi_fullrank&seed=31")  # a seed of its own, so that no earlier fit is at hand
    page.page.wait_for_selector(".stPlotlyChart .main-svg", timeout=60_000)
    page.page.get_by_text("How this was computed").wait_for(timeout=60_000)  # the fit has ended
    page.wait("document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'")
    drawn = page.js(f"{CHART}.data.find(t => t.name.includes('credible')).y.filter(v => v !== null).length")
    assert drawn > 100
    assert page.page.get_by_text("An answer is being computed").count() == 0


@pytest.fixture
def without_plotly(chromium, server):
    """A page whose first request for Plotly is lost."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    tab = context.new_page()
    lost = []

    def refuse(route):
        lost.append(route.request.url)
        if len(lost) == 1:
            route.abort()
        else:
            route.continue_()

    tab.route("**/PlotlyChart.*.js", refuse)
    tab.goto(server.url + PATH)
    tab.wait_for_selector(NATIVE, timeout=60_000, state="attached")
    tab.wait_for_selector(".stPlotlyChart .main-svg", timeout=60_000)
    assert lost
    yield tab
    context.close()


def test_a_lost_plotly_falls_back_to_streamlits_chart(without_plotly):
    assert without_plotly.get_by_text("90 % credible").count() > 0


def test_after_a_fall_back_the_sliders_go_on_working(without_plotly):
    before = without_plotly.evaluate(CREDIBLE)
    for _ in range(2):
        url = without_plotly.url
        without_plotly.locator(NATIVE).focus(timeout=10_000)
        without_plotly.keyboard.press("ArrowLeft")
        without_plotly.wait_for_function(f"location.href !== {url!r}", timeout=30_000)
        app = "document.querySelector('[data-testid=stApp]').dataset.testScriptState"
        without_plotly.wait_for_function(f"{app} === 'notRunning'")
        without_plotly.wait_for_selector(".stPlotlyChart .main-svg", timeout=10_000)
    without_plotly.wait_for_function(f"{CREDIBLE} !== undefined && {CREDIBLE} !== {before!r}", timeout=10_000)


def test_presenting_fits_the_projector_and_steps(visit):
    page = visit(f"{PATH}?present=1", size=(1920, 1080))
    page.settle()
    for _ in range(5):
        assert fits_the_projector(page)
        stamp = page.live("live.spec.stamp")
        page.page.keyboard.press("ArrowRight")
        page.wait(f"document.querySelector('.bl').__live.spec.stamp !== '{stamp}'")
        page.settle()
    assert not page.page.locator("header.stAppHeader").is_visible()
    page.page.keyboard.press("Escape")
    page.wait("!location.search.includes('present')")


@pytest.mark.parametrize("query", ["method=nuts", "method=vi_meanfield", "method=map", "method=prior", "points=4"])
def test_presenting_fits_the_projector_whatever_the_link_says(visit, query):
    page = visit(f"{PATH}?present=1&{query}", size=(1920, 1080))
    page.settle()
    assert fits_the_projector(page)


def test_presenting_fits_the_projector_after_a_move(visit):
    page = visit(f"{PATH}?present=1&scene=houses", size=(1920, 1080))
    page.settle()
    for handle in ("width", "noise"):
        drag(page, handle, -0.4)
        page.wait(f"location.search.includes('{handle}=')")
        page.settle()
        assert fits_the_projector(page)


def test_arrow_keys_step_once_also_after_coming_back(visit):
    page = visit(f"{PATH}?present=1", size=(1920, 1080))
    page.settle()
    page.page.keyboard.press("Escape")
    page.wait("!location.search.includes('present')")
    page.settle()
    page.page.get_by_role("link", name="Start", exact=True).first.click()
    page.page.wait_for_selector(".hm[data-points]")
    page.page.get_by_role("link", name="Open it on the projector").click()
    page.wait("location.search.includes('present=1')")
    page.settle()
    runs, scenes = page.runs, list(LESSONS["bayes/theorem"].scenes)
    at = scenes.index(page.live("live.spec.stamp.split('|')[0]"))
    page.page.keyboard.press("ArrowRight")
    page.wait(f"document.querySelector('.bl').__live.spec.stamp.startsWith('{scenes[(at + 1) % len(scenes)]}')")
    page.settle()
    assert page.runs == runs + 1  # a listener that stayed behind would step twice


def test_locked_handles_do_not_move(visit):
    page = visit(f"{PATH}?lock=width,method")
    page.settle()
    assert page.handle("width").is_disabled()
    assert not page.handle("noise").is_disabled()
    methods = page.page.locator(".st-key-linear-method button[data-variant]")
    assert methods.count() > 3
    assert all(button.is_disabled() for button in methods.all())
    at = page.live("live.positions.width")
    x, y, width = page.grab("width")
    page.page.mouse.move(x - 0.3 * width, y, steps=4)
    page.page.mouse.up()
    page.handle("width").dispatch_event("dblclick")
    assert page.live("live.positions.width") == at


def test_a_locked_scene_stays_while_presenting(visit):
    page = visit(f"{PATH}?present=1&lock=all", size=(1920, 1080))
    page.settle()
    runs = page.runs
    page.page.keyboard.press("ArrowRight")
    page.page.keyboard.press("ArrowLeft")
    page.page.keyboard.press("ArrowRight")
    page.js("new Promise(done => setTimeout(done, 400))")  # a step would take about 0.1 s
    page.settle()
    assert page.live("live.spec.stamp").startswith("five|")
    assert "scene=" not in page.page.url
    assert page.runs == runs


def test_the_back_button_goes_to_where_the_reader_came_from_past_what_was_dragged(visit):
    page = visit("/posterior?scene=houses")
    page.settle()
    page.page.get_by_role("radio", name=SCENES["five"].title).dispatch_event("click")
    page.wait("!location.search.includes('scene=')")
    page.settle()
    drag(page, "width", -0.2)
    page.wait("location.search.includes('width=')")
    page.settle()
    page.page.go_back()
    page.wait("location.search.includes('scene=houses')", timeout=15_000)
    page.stands_at(LinearSettings.at_start("houses").home())


OVERLAPS = """() => { const live = document.querySelector('.bl').__live, bad = [];
  for (const h of ['width', 'noise']) { for (let i = 0; i < 41; i += 4) { live.positions = { ...live.spec.home, [h]: i }; live.draw(h);
    const boxes = Object.values(live.labels).filter(e => !e.hidden).map(e => e.getBoundingClientRect());
    boxes.forEach((a, k) => boxes.slice(k + 1).forEach(b => { if (a.top < b.bottom - 1 && b.top < a.bottom - 1) bad.push([h, i]); })); }
    live.positions = { ...live.spec.home }; live.draw(h); }
  return bad; }"""


def test_labels_never_overlap_and_nothing_scrolls_sideways(visit):
    page = visit(PATH, size=(375, 812))
    page.settle()
    for scene in ("five", "stubborn", "sensor", "blog", "houses"):
        if scene != "five":
            page.page.get_by_role("radio", name=SCENES[scene].title).dispatch_event("click")
            page.wait(f"document.querySelector('.bl').__live.spec.stamp.startsWith('{scene}')")
        for size in ((375, 812), (1440, 900), (1920, 1080)):
            page.resize(*size)
            page.settle()
            assert page.js(OVERLAPS) == [], (scene, size)
            assert page.js("document.documentElement.scrollWidth <= innerWidth"), (scene, size)


def test_a_finger_drags_a_handle(visit):
    page = visit(PATH, size=(375, 812), has_touch=True, is_mobile=True)
    page.settle()
    runs, draws, at = page.runs, page.live("live.draws"), page.live("live.positions.width")
    box = page.box(page.handle("width"))
    last = page.live("live.spec.handles[0].values.length - 1")
    thumb = 1.45 * page.live("live.rem")
    x, y = box["x"] + thumb / 2 + (box["width"] - thumb) * at / last, box["y"] + box["height"] / 2
    touch = page.context.new_cdp_session(page.page)
    send = lambda kind, x: touch.send(  # noqa: E731
        "Input.dispatchTouchEvent", {"type": kind, "touchPoints": [] if kind == "touchEnd" else [{"x": x, "y": y}]}
    )
    send("touchStart", x)
    for step in range(20):
        send("touchMove", x - 3 * (step + 1))
        page.js("new Promise(requestAnimationFrame)")
    assert page.live("live.positions.width") < at - 5
    assert page.live("live.draws") - draws > 5
    assert page.runs == runs
    send("touchEnd", x)
    page.wait("location.search.includes('width=')")
    page.settle()
    assert page.runs == runs + 1


def test_handles_are_within_reach_on_a_phone(visit):
    page = visit(PATH, size=(375, 812))
    page.settle()
    for name in ("width", "noise"):
        box = page.box(page.handle(name))
        assert box["y"] + box["height"] <= 812


def test_a_deep_link_as_the_first_request_of_a_server(chromium, fresh_server, open_page):
    page = open_page(chromium, fresh_server.url, f"{PATH}?scene=blog")
    page.wait("document.querySelector('.bl')?.__live?.spec?.stamp?.startsWith('blog') ?? false")
    page.settle()
    assert page.page.locator('[role="dialog"]:visible').count() == 0
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
    box = page.box(".hm-pic")
    bands = page.page.inner_html(".hm-bands")
    page.page.mouse.click(box["x"] + box["width"] * 0.55, box["y"] + box["height"] * 0.4)
    page.page.wait_for_selector(".hm[data-points='9']")
    assert page.page.inner_html(".hm-bands") != bands
    page.page.get_by_role("button", name="Measure where it knows least").click()
    page.page.wait_for_selector(".hm[data-points='10']")
    page.page.get_by_role("link", name="Begin with the first lesson").click()
    page.settle()


def number(page, handle: str):
    return page.page.locator(f'[data-handle="{handle}"] .bl-num-field')


@pytest.mark.parametrize("size", [(1440, 900), (375, 812)])
def test_a_typed_value_is_the_address_the_picture_and_the_sentence(visit, size):
    """With the keyboard only, from a handle back to its number; the value is none of the evenly spaced ones."""
    page = visit(PATH, size=size)
    page.settle()
    settings = LinearSettings.at_start("five", width=2.345)
    page.handle("width").focus()
    page.page.keyboard.press("Shift+Tab")
    page.page.keyboard.type("2,345")
    page.page.keyboard.press("Enter")
    page.wait("location.search.includes('width=2.345')")
    page.stands_at(settings.home())
    assert number(page, "width").input_value() == "2.345"
    assert page.handle("width").get_attribute("aria-valuetext") == "2.345"
    np.testing.assert_allclose(plotted(page, "credible"), answer(settings, "width", "credible"), atol=0.03)
    assert page.page.inner_text(".bl-said").startswith("Prior width 25 → 2.345")
    assert page.page.url.endswith("?width=2.345")
    at = page.live("live.positions.width")
    page.page.keyboard.press("Tab")
    page.page.keyboard.press("ArrowRight")  # the typed value gives way to the position that it stood for
    page.stands_at(LinearSettings.at_start("five", width=float(settings.usual("width")[at + 1])).home())
    assert page.live("live.spec.handles[0].values") == settings.usual("width").tolist()


def test_what_is_refused_stays_with_its_reason(visit):
    page = visit(PATH)
    page.settle()
    url, note = page.page.url, page.page.locator('[data-handle="width"] .bl-refused')
    number(page, "width").fill("500")
    number(page, "width").press("Enter")
    page.page.wait_for_selector('[data-handle="width"] .bl-refused:not([hidden])')
    assert note.inner_text() == "“500” is outside 0.3 to 100: type a value between."
    assert number(page, "width").get_attribute("aria-describedby") == note.get_attribute("id")
    page.release("noise", 3)
    assert (number(page, "width").input_value(), note.is_visible()) == ("500", True)
    assert "width" not in page.page.url
    number(page, "width").press("Escape")
    assert (number(page, "width").input_value(), note.is_visible()) == ("25", False)
    assert url != page.page.url


def test_a_drawing_put_off_ends_with_its_chart(visit):
    page = visit(PATH)
    page.settle()
    page.js("window.left = document.querySelector('.bl').__live, left.draw(left.last, true)")
    page.page.locator(".st-key-way_next a").click()
    page.wait("!left.root.isConnected && left.root.__live === null")
    draws = page.js("left.draws")
    page.js("left.draw(left.last, true)")  # as a timer would that was set before
    page.js("new Promise(done => setTimeout(done, 200))")
    assert page.js("left.draws") == draws
