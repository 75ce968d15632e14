"""The meter of the linear page, the worlds behind it, and what the page says of its own numbers."""

from __future__ import annotations

import re

import numpy as np
import pytest
from apps import open_app, sound
from lessons import LESSONS

from bayes_core.evaluation.coverage import MAKERS, coverage
from bayes_core.summaries.sweep import Sweep, sweep
from pages._ui.sentences import bare, render
from pages.linear._posterior.look import WORLDS, meter, refined, worlds
from pages.linear._posterior.scenes import SCENES
from pages.linear._posterior.settings import ANSWERS, MODEL, SHOWN, LinearSettings

DOOR = "linear/posterior"
SHARES = {
    "exact": (0.887, 0.9, 0.7615, 0.77),
    "nuts": (0.887, 0.9, 0.7615, 0.77),
    "vi_meanfield": (0.749, 0.775, 0.494, 0.5315),
    "vi_fullrank": (0.80, 0.822, 0.62, 0.649),
    "prior": (1.0, 0.9, 1.0, 0.77),
}
"""What 2,000 worlds say on the first scene: each x at this truth and over the prior, the whole line likewise."""


def swept(settings: LinearSettings) -> tuple[Sweep, int]:
    track = settings.track("width")
    return sweep(track, settings.lens(), MODEL, "exact"), settings.home()["width"]


def widths(seen: tuple[Sweep, int], name: str) -> float:
    """Return how wide a band is at the right edge."""
    interval = seen[0].intervals[name]
    return float((interval.upper - interval.lower)[seen[1], -1])


def per_cent(text: str) -> float:
    return float(text.replace("\u00a0%", ""))


# ------------------------------------------------------------------------------------------------------------ meter
@pytest.mark.parametrize("method", SHARES)
def test_the_meter_is_of_the_band_on_screen_at_this_truth_and_over_the_prior(method):
    settings = LinearSettings.at_start("five", method=method)
    home = settings.home()
    views = {handle: meter(settings, handle, None) for handle in ("width", "noise")}
    shares = {handle: view.panels[0].shares[home[handle]] for handle, view in views.items()}
    np.testing.assert_allclose(shares["width"], shares["noise"])  # the same settings, seen from either handle
    whole_meter = refined(settings, "width", None).panels[0].shares[home["width"]]
    np.testing.assert_array_equal(whole_meter[::2], shares["width"][::2])  # all worlds were counted from the first
    np.testing.assert_allclose(whole_meter[1::2], shares["width"][1::2], atol=0.06)
    pointwise, average, whole, whole_average = SHARES[method]
    np.testing.assert_allclose(shares["width"], [pointwise, average, whole, whole_average], atol=0.03)
    told = views["width"].frames("width", settings.positions("width")).words
    here = {name: texts[home["width"]] for name, texts in told.items()}
    for name, share in zip(("share", "share.prior", "whole", "whole.prior"), shares["width"], strict=True):
        assert per_cent(here[f"meter.{name}"]) == pytest.approx(100 * share, abs=0.5)
    said = here["meter.words"]
    assert said.startswith("2,000 repeated worlds, 800 with truths from the prior; simulation error up to ")
    assert 0.1 <= float(re.search(r"up to ([0-9.]+) points", said)[1]) <= 2.6
    there = told["meter.words"][home["width"] - 3]
    assert re.match(r"2,000 repeated worlds, read off 80 of them at (\d+) positions, and 800 with ", there)
    assert "at each x" in said
    assert "90\u00a0%" in said
    assert ("NUTS" in said) == (method == "nuts")
    assert ("It promises nothing" in said) == method.startswith("vi_")


@pytest.mark.parametrize("handle", ["width", "noise"])
def test_the_meter_is_what_asking_all_worlds_everywhere_says(handle):
    """The slow way, one position after the other, is the oracle; what is said of the error is true along the track."""
    settings = LinearSettings.at_start("five", seed=11)
    source, track, noises = settings.source(), settings.track(handle), settings.noises(handle)
    some = slice(None, None, 4)
    y = source.world.repeated(WORLDS, noises[some], settings.seed)
    truth = np.array([source.world.intercept, *source.world.coef])
    design, rows = MODEL.design(track.x), MODEL.design(source.slice(source.axes.grid(5)))
    slow = coverage(design, y, track.width[some], track.noise, rows, truth, settings.level)
    for look in (meter, refined):
        [panel] = look(settings, handle, None).panels
        said = np.array([float(re.search(r"up to ([0-9.]+) points", text)[1]) for text in panel.sentences[some]]) / 100
        for column, exact in ((0, slow.pointwise), (2, slow.whole)):
            assert (np.abs(panel.shares[some, column] - exact) <= said).all()


def test_a_second_look_says_more_of_the_same():
    settings = LinearSettings.at_start("stubborn", width=6.0)
    texts = [look(settings, "width", None).panels[0].sentences for look in (meter, refined)]
    away = settings.home()["width"] - 5
    first, second = (float(re.search(r"up to ([0-9.]+) points", text[away])[1]) for text in texts)
    assert second < first
    assert texts[1][away].startswith("2,000 repeated worlds, read off 240 of them at 41 positions")
    assert "2,000 with truths from the prior" in texts[1][away]


@pytest.mark.parametrize("handle", ["width", "noise"])
def test_wherever_a_handle_is_let_go_all_worlds_are_counted(handle):
    """A film of the moved handle that was made before its release knows only what was read off there."""
    lesson = LESSONS[DOOR]
    before = lesson.at_start("five", seed=3)
    after = before.changed(**{handle: float(before.positions(handle)[10])})
    for settings in (before, after):
        [news] = [news for news in lesson.work(settings) if news.part == "meter"]
        word = lesson.film(settings, handle, news).word("meter.words", settings.home()[handle])
        assert word.startswith("2,000 repeated worlds, 800 with truths")


def test_the_second_look_waits_for_spare_time(monkeypatch):
    lesson = LESSONS[DOOR]
    settings = lesson.at_start("five")
    monkeypatch.setenv("BAYES_SPARE", "1000")
    looks = [news.look for news in lesson.work(settings) if news.part == "meter"]
    assert looks == [meter, refined]


def test_a_stubborn_prior_is_never_right_here_and_right_on_average():
    settings = LinearSettings.at_start("stubborn")
    shares = meter(settings, "width", None).panels[0].shares[settings.home()["width"]]
    assert shares[0] == shares[2] == 0
    assert shares[1] == pytest.approx(0.9, abs=0.015)


def test_a_map_has_no_band_and_no_meter_and_says_why():
    assert set(ANSWERS) - set(MAKERS) == {"map"}
    lesson = LESSONS[DOOR]
    settings = lesson.at_start("five", method="map")
    panels = {panel["type"]: panel for panel in lesson.picture(settings).panels}
    assert {"meter", "worlds"}.isdisjoint(panels)
    assert "no band" in panels["prose"]["html"]
    assert [news.part for news in lesson.work(settings)] == ["answer", "distance"]


def test_the_average_over_the_prior_depends_on_the_width_alone():
    """Neither the page's noise nor its errors matter; truths drawn from it are read off the same few widths."""
    one, other = (LinearSettings.at_start("five", noise=noise, world=w) for noise, w in ((14.0, 0), (35.0, 9)))
    column = [meter(s, "width", None).panels[0].shares[:, 1] for s in (one, other)]
    np.testing.assert_array_equal(*column)
    assert np.ptp(meter(one, "noise", None).panels[0].shares[:, 3]) == 0


# ----------------------------------------------------------------------------------------------------------- worlds
@pytest.mark.parametrize("method", ["exact", "vi_meanfield", "prior"])
@pytest.mark.parametrize("handle", ["width", "noise"])
def test_forty_worlds_are_the_first_of_those_that_are_counted(handle, method):
    settings = LinearSettings.at_start("stubborn", width=4.0, method=method, worlds=True)
    view = worlds(settings, handle, None)
    frames, home = view.frames(handle, settings.positions(handle)), settings.home()[handle]
    signs, said = frames.words["worlds.signs"][home], frames.words["worlds.words"][home]
    assert len(signs) == SHOWN
    assert f"In {signs.count('✗')} of these 40 worlds (✗)" in said
    assert f"in {signs.count('✓')} (✓)" in said
    truth, size = np.array(view.panels[0].truth), len(view.panels[0].x)
    bands = frames.numbers["worlds.bands"].reshape(-1, SHOWN, 2, size)[home]
    inside = ((bands[:, 0] < truth) & (truth < bands[:, 1])).all(1)
    assert inside[[sign == "✓" for sign in signs]].all()  # held everywhere, so at the places that are drawn
    data, noises = frames.numbers["worlds.data"].reshape(-1, SHOWN, 8), settings.noises(handle)
    world = settings.source().world
    np.testing.assert_allclose(data[-1], world.repeated(2000, noises[-1:], settings.seed)[0][:SHOWN])
    assert len(data) == (1 if handle == "width" else len(noises))


def test_a_world_can_be_entered_and_left():
    settings = LinearSettings.at_start("five")
    asked = settings.changed(**settings.acted({"world": 17}))
    assert asked.link() == {"world": "17"}
    source, own = asked.source().at(asked.noise), settings.source()
    expected = own.world.repeated(2000, np.array([14.0]), settings.seed)[0][16]
    np.testing.assert_allclose(source.dataset.y, expected)
    np.testing.assert_array_equal(source.dataset.x, own.dataset.x)
    np.testing.assert_array_equal(source.world.truth(own.dataset.x), own.world.truth(own.dataset.x))
    np.testing.assert_allclose(asked.question().dataset.y, expected)
    # the meter's worlds stay the same ones, whichever is the data
    one, other = (meter(s, "width", None).panels[0].shares for s in (settings, asked))
    np.testing.assert_array_equal(one, other)
    assert asked.changed(points=20).world == 0
    assert asked.changed(world=0) == settings
    assert settings.acted({"world": 400, "rubbish": 1}) == {"world": SHOWN}
    assert settings.acted({"worlds": True}) == {"worlds": True}


def test_the_page_offers_the_way_back_from_a_world():
    app = open_app(DOOR, world="17", worlds="1")
    [button] = [b for b in app.button if b.key == "linear.own"]
    assert button.label == "World 17 of 40: back to the page's data"
    sound(button.click().run())
    assert app.session_state["memory.linear"].settings == LinearSettings.at_start("five", worlds=True)
    assert not [b for b in app.button if b.key == "linear.own"]
    refused = open_app(DOOR, world="41")
    assert "world: " in " ".join(refused.session_state["memory.linear"].notes)


def test_worlds_cost_nothing_until_they_are_shown():
    lesson = LESSONS[DOOR]
    settings = lesson.at_start("houses")
    assert [news.part for news in lesson.work(settings)] == ["answer", "meter"]
    shown = settings.changed(worlds=True)
    assert [news.part for news in lesson.work(shown)] == ["answer", "meter", "worlds"]
    assert shown.alone("width") == settings.alone("width")  # so that its other films are not made anew
    assert lesson.picture(shown).panels == lesson.picture(settings).panels


# -------------------------------------------------------------------------------------- what the page's words claim
def test_the_scenes_words_are_true_of_their_numbers():
    five, more = swept(LinearSettings.at_start("five")), swept(LinearSettings.at_start("five", points=500))
    flat, at = swept(LinearSettings.at_start("five", width=0.3))
    assert flat.marginals["coef[0]"].mean[at] < 0.05 * five[0].marginals["coef[0]"].mean[five[1]]  # lines become flat
    assert widths(more, "credible") < 0.15 * widths(five, "credible")  # it closes with data
    assert widths(more, "predictive") > 2 * 1.645 * 14.0 * 0.95  # the predictive band keeps the noise

    stubborn, home = swept(LinearSettings.at_start("stubborn"))
    assert stubborn.marginals["sigma"].quantiles[1, home] > 2 * 14.0  # counted as noise, far more than there is
    truth = SCENES["stubborn"].source(points=8, seed=5).truth(stubborn.lens.x)
    assert (stubborn.intervals["credible"].upper[home] < truth).mean() > 0.9

    sensor, home = swept(LinearSettings.at_start("sensor"))
    whole, there = swept(LinearSettings.at_start("five", points=8))
    assert sensor.marginals["sigma"].quantiles[1, home] > 2 * whole.marginals["sigma"].quantiles[1, there]
    assert sensor.marginals["coef[0]"].mean[home] > 1.4 * whole.marginals["coef[0]"].mean[there]  # every line is tilted


def test_shaking_the_clock_widens_both_bands_by_the_same_factor():
    calm, shaken = (swept(LinearSettings.at_start("five", noise=noise)) for noise in (14.0, 35.0))
    for name in ("credible", "predictive"):
        assert widths(shaken, name) / widths(calm, name) == pytest.approx(1.98, abs=0.05)


def told(settings: LinearSettings, name: str, one: float, other: float) -> str:
    """Return what a move says, as the browser renders it."""
    lesson = LESSONS[DOOR]
    [handle] = [h for h in lesson.handles(settings) if h.id == name]
    film = lesson.film(settings, name)
    at = [int(np.abs(np.log(np.array(handle.values) / value)).argmin()) for value in (one, other)]
    before, after = (
        lambda word, v=v: handle.texts[v] if word == "value" else film.word(word, v)
        for v in at
    )  # fmt: skip
    return bare(render(handle.sentence, before, after).html)


def test_the_sentence_tells_the_worth_that_precisions_say_and_knows_when_the_slope_rises():
    houses = LinearSettings.at_start("houses")
    narrow = told(houses, "width", 100, 1)
    assert "slope 3.34 → 3.66" in narrow
    assert "intercept 37 → 0.07, nearer 0, and a steeper line makes up for it" in narrow
    assert "the prior weighs less than a tenth of a house → 0.3 houses" in narrow
    assert "forbids" not in narrow
    wide = told(houses, "width", 1, 100)
    assert "slope 3.66 → 3.34" in wide
    assert "makes up" not in wide
    stubborn = told(LinearSettings.at_start("stubborn"), "width", 25, 1.2)
    assert re.search(r"0\.1 tests → 61 tests; noise 15\.2 → 31\.6, for what the prior forbids the slope", stubborn)
    assert "makes up" not in stubborn


@pytest.mark.parametrize("method", ["exact", "map", "prior", "vi_meanfield"])
def test_no_half_cauchy_is_told_by_a_mean_and_no_noise_by_an_sd(method):
    lesson = LESSONS[DOOR]
    settings = lesson.at_start("five", method=method)
    news = next(n for n in lesson.work(settings) if not n.busy)
    film, home = lesson.film(settings, "width", news), settings.home()["width"]
    assert film.word("noise.spread", home) == ("" if method == "map" else "median")
    assert not film.word("noise.sd", home)
    if method == "prior":
        assert float(film.word("noise", home)) == 10.0
        assert film.word("noise.interval", home) == "0.79 to 127 with 90\u00a0%"
    if method != "map":
        assert film.word("slope.interval", home).endswith("with 90\u00a0%")


def test_what_90_per_cent_credible_means_is_said_without_opening_anything():
    def shown(**asked: str) -> str:
        return " ".join(element.proto.body for element in open_app(DOOR, **asked).get("html"))

    first = shown(level="0.95")
    assert "<b>95 % credible</b> means" in first
    assert "confidence interval" in first
    assert "Pareto k" not in first
    assert "Pareto k" in shown(method="vi_fullrank")
    assert "credible</b> means" not in shown(method="map")
