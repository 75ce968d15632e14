"""The network page: films say what fits say, real neighbours replace reweighted ones, links and code hold."""

from __future__ import annotations

import re
import subprocess
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from compiles import Compilations
from streamlit.testing.v1 import AppTest

from bayes_core import Budget, fit, predict
from bayes_core.evaluation.compare import between
from bayes_core.summaries.curves import curves, log_data_ratio, log_prior_ratio
from pages._ui.link import Memory
from pages._ui.sentences import bare
from pages._ui.telling import Speaker, sentence
from pages._ui.words import words
from pages._ui.work import store as work
from pages._ui.work.courier import News
from pages._ui.work.store import store
from pages.neural import regression
from pages.neural._network import report as network_report
from pages.neural._network import settings as network_settings
from pages.neural._network import views as network_views
from pages.neural._network import work as network_work
from pages.neural._network.code import script
from pages.neural._network.look import Known
from pages.neural._network.look import far as far_look
from pages.neural._network.look import single as single_look
from pages.neural._network.scenes import SCENES
from pages.neural._network.settings import METHODS_HERE, NetworkSettings

ROOT = Path(__file__).resolve().parents[2]
LESSON = regression.LESSON
PARSERS, from_link = LESSON.parsers, LESSON.from_link


def finished(settings):
    return store().answer(settings.question())


def film_of(settings, handle: str, fits, beside: bool = True):
    """Return the film of one handle with these fits at hand, by position."""
    return LESSON.film(settings, handle, News(Known({handle: fits}, beside) if fits else None))


@pytest.fixture(scope="module")
def sine() -> NetworkSettings:
    return NetworkSettings.at_start("sine")


@pytest.fixture(scope="module")
def answer(sine):
    return finished(sine)


def row(film, name, position):
    return film.row(name, position)


def test_the_film_at_home_is_the_fit_itself(sine, answer):
    home = sine.home()
    f = predict(answer, sine.grid()).f[:, :, 0]
    low, high = np.quantile(f, [0.05, 0.95], axis=0)
    for handle in sine.handles:
        film = film_of(sine, handle, {home[handle]: answer})
        shown = row(film, "credible.y", home[handle])
        np.testing.assert_allclose(shown, np.concatenate([high, low[::-1]]), atol=0.03)
        assert film.words["badge"][home[handle]] == "sampled"
        assert film.words["edge"][home[handle]] == f"{(high - low)[-1] / 2:.2f}"
        assert len(film.packed) <= 100_000


def test_beside_home_draws_are_reweighted_and_called_approximate(sine, answer):
    home = sine.home()["width"]
    film = film_of(sine, "width", {home: answer})
    low, high = film.trusted
    assert low < home < high
    assert film.words["badge"][home + 1] == "approximate"
    assert np.isnan(row(film, "credible.y", 0)).all()  # too far for these draws: nothing is drawn
    near = sine.at_position("width", home + 1)
    real = finished(near)
    both = film_of(sine, "width", {home: answer, home + 1: real})
    assert both.words["badge"][home + 1] == "sampled"
    guessed, true = (row(f, "credible.y", home + 1) for f in (film, both))
    assert np.abs(guessed - true).mean() < 0.12 * np.abs(true).mean()


def test_a_noise_without_mean_or_sd_is_told_by_its_quantiles(sine):
    """Under the prior it is half-Cauchy: scipy's median is its scale, and 90 % of it lie within a factor of 161."""
    from scipy import stats

    asked = replace(sine, method="prior")
    film, home = film_of(asked, "width", {asked.home()["width"]: finished(asked)}), asked.home()["width"]
    low, middle, high = stats.halfcauchy.ppf([0.05, 0.5, 0.95])
    assert float(film.words["noise"][home]) == pytest.approx(middle, rel=0.1)
    told = re.fullmatch(r"90 %: (\S+) to (\S+)", film.words["noise.interval"][home])
    assert float(told[1]) == pytest.approx(low, abs=0.03)
    assert float(told[2]) == pytest.approx(high, rel=0.2)
    assert "noise.sd" not in film.words


def test_a_point_has_no_interval(sine):
    one = fit(sine.question().dataset, sine.model(), "map", sine.prior(), seed=1)
    film = film_of(replace(sine, method="map"), "width", {sine.home()["width"]: one})
    assert film.words["noise.interval"][sine.home()["width"]] == ""
    assert float(film.words["noise"][sine.home()["width"]]) == pytest.approx(one.noise[0], abs=6e-3)


def test_where_the_draws_cannot_stand_for_a_place_the_picture_says_so_and_why(sine, answer):
    from arviz_stats.base import array_stats

    home, widths = sine.home()["width"], sine.positions("width")
    film = film_of(sine, "width", {home: answer})
    low, high = film.trusted
    ratio = log_prior_ratio(answer, widths)
    for v, said in enumerate(film.words["none"]):
        assert bool(said) == (not low <= v <= high) == (film.words["edge"][v] == "–")
        if not said:
            assert film.words["opens"][v] == f"{film.words['inside'][v]} in the middle, {film.words['edge'][v]} at " + (
                "the right edge, beyond the data"
            )
            continue
        assert said == film.words["alt"][v]
        assert said.endswith("Let go of the handle, and the network is fitted anew at this place.")
        _, k = array_stats.psislw(-ratio[v])
        if "Pareto k is" in said:
            assert k >= 0.7
            assert f"Pareto k is {k:.2f}, the limit 0.7" in said
        else:
            assert int(re.search(r"count as (\d+), and 200", said)[1]) < 200
    assert {"Pareto k is" in said for said in film.words["none"] if said} == {True, False}
    assert "none" not in film_of(sine, "width", {}).words  # a fit is under way: the picture says so itself


def test_the_single_network_is_drawn_where_the_handles_stand_on_the_first_scene_only(sine):
    one, home = finished(replace(sine, method="map")), sine.home()["width"]
    film = LESSON.film(sine, "width", News(one, look=single_look))
    close = predict(one, sine.grid()).f[0, :, 0]
    np.testing.assert_allclose(row(film, "map.y", home), close, atol=film.step("map.y"))
    assert np.isnan(row(film, "map.y", home + 1)).all()
    for settings, drawn in (
        (sine, True),
        (replace(sine, method="ensemble"), False),
        (NetworkSettings.at_start("gap"), False),
    ):
        picture = LESSON.picture(settings)
        names = {trace["name"] for trace in picture.figure["data"]}
        assert ("map" in names) == drawn == ("map" in {label.id for label in picture.labels})


@pytest.mark.parametrize(
    ("changes", "parts"),
    [
        ({}, [r"h_1 = \tanh(W_1 x + b_1)", r"f(x) = w^\top h_1 + b"]),
        (
            {"layers": 3, "activation": "relu"},
            [r"h_3 = \mathrm{relu}(W_3 h_2 + b_3)", r"f(x) = w^\top h_3 + b"],
        ),
        ({"layers": 2, "activation": "sin", "fan_in": True}, [r"h_2 = \sin(W_2 h_1 + b_2)", r"w_0^2 / n"]),
        (
            {"activation": "erf", "heteroscedastic": True, "units": 20},
            [r"\mathrm{erf}(W_1 x", r"\sigma e^{v^\top h_1(x)}", r"v \sim \mathcal N(0, 1 / 20)"],
        ),
    ],
)
def test_formula_and_script_follow_the_settings(changes, parts, no_neighbours):
    settings = NetworkSettings.at_start("sine", **changes)
    told = network_report.network(settings) + network_report.prior(settings) + network_report.sigma(settings, "x")
    assert all(part in told for part in parts), told
    assert (r"\tanh" in told) == (settings.activation == "tanh")
    assert (r"\sigma e" in told) == settings.heteroscedastic
    assert f'activation="{settings.activation}"' in script(settings)
    assert f"hidden={(settings.units,) * settings.layers!r}" in script(settings)


def test_prior_ratios_are_those_of_the_densities(sine, answer):
    from scipy import stats

    widths = np.array([0.7, 1.0, 1.9])
    theta = np.concatenate([answer.draws[site][:40].reshape(40, -1) for site in sine.model().shapes(1)], axis=1)
    told = np.array([stats.norm(0, w).logpdf(theta).sum(1) for w in widths]) - stats.norm(0, 1).logpdf(theta).sum(1)
    np.testing.assert_allclose(log_prior_ratio(answer, widths)[:, :40], told, atol=1e-9)


def test_data_ratios_are_those_of_the_likelihoods(sine, answer):
    from scipy import stats

    data, other = sine.question().dataset, sine.question().dataset.y + 0.1
    f = predict(answer, data.x).f[:40, :, 0]
    noise = answer.noise[:40, None]
    told = stats.norm(f, noise).logpdf(other).sum(1) - stats.norm(f, noise).logpdf(data.y).sum(1)
    np.testing.assert_allclose(log_data_ratio(answer, data.x, data.y, other[None])[0, :40], told, atol=1e-9)


def test_curves_of_one_draw_have_no_width(sine):
    one = fit(sine.question().dataset, sine.model(), "map", sine.prior(), seed=1)
    low, high = curves(one, sine.grid()[:, None]).edges["credible"]
    np.testing.assert_array_equal(low, high)


def test_an_answer_is_no_distance_from_itself_and_an_ensemble_is_too_sure(sine, answer):
    x = sine.grid()[:, None]
    same = between(answer, answer, x)
    assert same.wasserstein.max() == 0
    assert same.over_confident == ()
    crowd = between(fit(sine.question().dataset, sine.model(), "ensemble", sine.prior(), seed=1), answer, x)
    assert len(crowd.over_confident) > 60


@pytest.fixture(scope="module")
def five() -> NetworkSettings:
    return NetworkSettings.at_start("five", points=100, along="s5")


def pictured(f):
    """Return the draws that a picture is made of: 2,000 at most."""
    return f[np.linspace(0, len(f) - 1, min(len(f), 2000)).astype(int)]


@pytest.fixture(scope="module")
def slices(five):
    """Return draws of f along s5 and along age, by a forward pass of our own."""
    fit, x, f = finished(five), five.grid(), {}
    for name, column in (("s5", 2), ("age", 4)):
        inputs = np.zeros((len(x), 5))
        inputs[:, column] = x
        bent = np.tanh(np.einsum("gd,sdh->sgh", inputs, fit.draws["weight1"]) + fit.draws["bias1"][:, None])
        f[name] = (bent * fit.draws["weight"][:, None]).sum(2) + fit.draws["bias"][:, None]
    return f


@pytest.mark.parametrize("along", ["s5", "age"])
def test_a_slice_holds_the_other_inputs_at_their_mean(five, slices, along):
    seen, home = replace(five, along=along), five.home()["width"]
    fit = store().get((seen).question())  # the fit along another input is the same
    assert fit is finished(five)
    film = film_of(seen, "width", {home: fit})
    low, high = np.quantile(pictured(slices[along]), [0.05, 0.95], axis=0)
    np.testing.assert_allclose(row(film, "credible.y", home), np.concatenate([high, low[::-1]]), atol=0.02)
    assert film.words["edge"][home] == f"{(high - low)[-1] / 2:.2f}"


def test_the_five_inputs_are_those_that_scikit_learn_standardises(five):
    from sklearn.datasets import load_diabetes

    bunch = load_diabetes()  # columns of mean 0 and length 1
    columns = [bunch.feature_names.index(name) for name in five.story.features]
    rows = np.random.default_rng(1).permutation(442)[:100]
    np.testing.assert_allclose(five.question().dataset.x, bunch.data[rows][:, columns] * np.sqrt(442), atol=1e-4)


def test_dots_shade_and_title_follow_the_input_that_is_looked_along(five):
    for along, column in (("s5", 2), ("age", 4)):
        seen = replace(five, along=along)
        shown = LESSON.picture(seen)
        traces, x = {trace["name"]: trace for trace in shown.figure["data"]}, seen.question().dataset.x[:, column]
        assert traces["data"]["x"] == x.tolist()
        assert traces["before data"]["x"][1] == x.min()
        assert traces["after data"]["x"][0] == shown.note["from"] == x.max()
        assert shown.figure["layout"]["xaxis"]["title"]["text"].endswith("other four at their mean")


def test_distances_of_a_slice_are_those_of_its_draws(five, slices):
    from scipy.stats import wasserstein_distance

    crowd = fit(five.question().dataset, five.model(), "ensemble", five.prior(), seed=1)
    film = LESSON.film(five, "width", News((crowd, finished(five)), look=far_look))
    inputs = np.zeros((81, 5))
    inputs[:, 2] = five.grid()
    mine = predict(crowd, inputs).f[:, :, 0]
    far = [wasserstein_distance(a, b) / b.std() for a, b in zip(mine.T, slices["s5"].T, strict=True)]
    home = five.home()["width"]
    told = float(film.words["distance.w1"][home].split()[0])
    assert told == pytest.approx(np.mean(far), abs=0.008)
    ratio = mine.std(0) / slices["s5"].std(0)
    assert film.words["distance.width"][home] == f"{ratio.min():.2f} to {ratio.max():.2f}"
    assert film.words["distance.narrow"][home] == f"{100 * (ratio < 0.8).mean():.0f} %"
    assert film.words["distance.wide"][home] == f"{100 * (ratio > 1.25).mean():.0f} %"
    assert 0.2 < float(film.words["distance.chance"][home].split()[0]) < 0.35


def test_another_slice_fits_nothing(monkeypatch, no_neighbours):
    app = page(scene="five")
    monkeypatch.setattr(work, "answer_steps", lambda _: pytest.fail("the slice plays no part in a fit"))
    app.button_group(key="network.along").set_value("s1").run()
    assert not app.exception, app.exception
    assert app.session_state["memory.network"].settings.along == "s1"


def page(**params: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=120).run()
    app.switch_page(str(ROOT / "pages/neural/regression.py"))
    for key, value in params.items():
        app.query_params[key] = value
    app.run()
    assert not app.exception, app.exception
    return app


@pytest.fixture
def no_neighbours(monkeypatch):
    monkeypatch.setenv("BAYES_SPARE", "0")


@pytest.mark.parametrize("scene", SCENES)
def test_every_scene(scene, no_neighbours):
    app = page(scene=scene)
    assert app.title[0].value == "What does a network know beyond its data?"
    assert store().get((app.session_state["memory.network"].settings).question()) is not None


@pytest.mark.parametrize("method", METHODS_HERE)
def test_every_method(method, no_neighbours, monkeypatch):
    if method == "nuts":  # half a minute otherwise; that it is right is tested with the core
        monkeypatch.setattr(network_settings, "BUDGET", Budget(draws=40, warmup=60, chains=2, chunk=50))
    app = page(method=method, scene="gap")
    assert store().get((app.session_state["memory.network"].settings).question()).method == method


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("units", "7"),
        ("layers", "9"),
        ("activation", "<b>"),
        ("method", "exact"),
        ("fan_in", "yes"),
        ("heteroscedastic", "2"),
        ("width", "99"),
        ("points", "1e9"),
        ("along", "s9"),
        ("along", "s5"),
    ],
)
def test_hostile_links_fall_back_with_a_note(name, text, no_neighbours):
    memory = page(**{name: text}).session_state["memory.network"]
    assert memory.settings == NetworkSettings.at_start("sine")
    assert any(note.startswith(f"{name}: ") for note in memory.notes)


@pytest.mark.parametrize(
    ("scene", "asked", "said"),
    [
        ("sine", "501", "501 is too many: 500 at most, so that everyone’s fit takes about a second"),
        ("sine", "2", "2 is too few: a curve and its noise need 3 points at least"),
        ("sine", "40.5", "40.5 is not a whole number"),
        ("sine", "many", "“many” is not a number"),
        ("five", "443", "443 is too many: 442 at most, that is everyone in these data"),
    ],
)
def test_a_number_of_points_that_cannot_be_had_is_refused_with_its_reason(scene, asked, said, no_neighbours):
    app = page(scene=scene)
    before = app.session_state["memory.network"].settings
    app.text_input(key="network.typed.points").set_value(asked).run()
    assert [error.value for error in app.error] == [said]
    assert app.session_state["memory.network"].settings == before


def test_any_number_of_points_may_be_typed_and_stands_in_the_link(no_neighbours):
    app = page()
    app.text_input(key="network.typed.points").set_value("33").run()
    settings = app.session_state["memory.network"].settings
    assert not app.error
    assert len(settings.question().dataset.y) == 33
    assert settings.link()["points"] == "33"


def test_more_patients_than_there_are_fall_back_with_a_note(no_neighbours):
    memory = page(scene="patients", points="443").session_state["memory.network"]
    assert memory.settings.points == 100
    assert memory.notes == ["points: 443 is too many: 442 at most, that is everyone in these data"]


def test_the_most_patients_are_all_there_are():
    from sklearn.datasets import load_diabetes

    assert SCENES["five"].story.most == len(load_diabetes().target)


def test_another_number_of_points_compiles_nothing_within_its_padding():
    few, more = (NetworkSettings.at_start("swelling", points=n) for n in (33, 64))
    for settings in (few, more):
        store().fits.pop(settings.question(), None)
    finished(few)
    with Compilations() as seen:
        finished(more)
    assert seen.count == 0


def test_the_weights_are_shown_once_asked_for_and_their_numbers_are_those_of_the_fit(no_neighbours):
    from arviz_stats.base import array_stats

    app = page(units="3", points="200")
    assert not any("About the curve" in text.value for text in app.markdown)
    app.session_state["network.weights"] = True
    app.run()
    assert not app.exception, app.exception
    told = next(text.value for text in app.markdown if "About the curve" in text.value)
    draws = store().get((app.session_state["memory.network"].settings).question()).draws
    every = np.stack([*draws["weight1"][:, 0].T, *draws["weight"].T]).reshape(6, 8, -1)
    worst = float(array_stats.rhat(every, chain_axis=1, draw_axis=2).max())
    assert worst > 1.3
    assert f"{worst:.2f}" in told
    assert "never met" in told


def half_widths(settings):
    f = predict(store().get((settings).question()), settings.grid()).f[:, :, 0]
    low, high = np.quantile(pictured(f), [0.05, 0.95], axis=0)
    return [(high - low)[-1] / 2, (high - low)[40] / 2]


def said(app) -> str:
    """Return what stands under the picture once it is complete."""
    memory = app.session_state["memory.network"]
    return bare(sentence(words("neural/regression"), memory.before, memory.settings, memory.told.words).html)


@pytest.mark.parametrize(
    ("key", "value", "head"),
    [
        ("units", 3, "Units 5 → 3"),
        ("activation", "erf", "Activation tanh → erf"),
        ("method", "laplace", "Answer by fast HMC → Laplace"),
    ],
)
def test_a_choice_says_what_it_changed(key, value, head, no_neighbours):
    app = page(scene="gap")
    before = half_widths(app.session_state["memory.network"].settings)
    form = re.compile(
        r"(.+): half-width of the 90 % credible band at the right edge (.+); in the middle (.+); "
        r"noise σ (.+) \(median\)(?:; distance to the sampled posterior now ([0-9.]+) sd)?\."
    )

    def told(choice):
        app.button_group(key=f"network.{key}").set_value(choice).run()
        what, *changes, far = form.fullmatch(said(app)).groups()
        pairs = [re.fullmatch(r"(?:still )?(\S+)(?: → (\S+))?", change).groups() for change in changes]
        edge, middle, noise = ((float(one), float(other or one)) for one, other in pairs)
        return what, np.array([*edge, *middle]), noise[1], far

    for _ in range(2):  # a fit made for the occasion, and one that is at hand
        what, numbers, noise, far = told(value)
        settings = app.session_state["memory.network"].settings
        after = half_widths(settings)
        assert what == head
        assert max(np.abs(np.subtract(after, before))) > 0.02
        close = partial(pytest.approx, abs=0.01)  # quantiles of another kind, rounded
        assert numbers.tolist() == close([before[0], after[0], before[1], after[1]])
        assert noise == close(np.median(finished(settings).noise))
        if key == "method":
            reference = store().answer(settings.question("hmc"))
            assert float(far) == close(between(finished(settings), reference, settings.grid()[:, None]).overall)
        else:
            assert far is None
        assert told(getattr(NetworkSettings.at_start("gap"), key))[1].tolist() == close(
            [after[0], before[0], after[1], before[1]]
        )


def test_while_a_fit_is_under_way_the_sentence_says_so_and_is_completed_when_it_comes(monkeypatch, no_neighbours):
    """Also after a move of a handle: no sentence ends in a dash, eight seconds later or ever."""
    text, start = words("neural/regression"), NetworkSettings.at_start("gap", method="laplace")
    memory = Memory(start, {})
    speaker = Speaker(text, memory, start)
    for news in LESSON.work(start):
        speaker.hear(news, {"width": LESSON.film(start, "width", news)})
    monkeypatch.setattr(network_work, "begin", lambda settings, known: store().steps(settings.question()))
    asked = replace(start, width=float(start.positions("width")[-1]), seed=977)
    speaker, told = Speaker(text, memory, asked), []
    for news in LESSON.work(asked):
        told.append(bare(speaker.hear(news, {"width": LESSON.film(asked, "width", news)})))
        if news.part == "distance":
            break
    told = [one for one in told if one]
    assert told[0] == "Prior width of every weight 1.5 → 5, New data. The rest is being worked out."
    assert re.search(r"right edge \S+ → \S+; .* \(median\)\. The rest is being worked out\.$", told[1])
    assert re.search(r"; distance to the sampled posterior \S+ sd → \S+ sd\.$", told[-1])
    assert not any("–" in one for one in told)


def test_new_data_say_so_and_a_scene_speaks_for_itself(no_neighbours):
    app = page(scene="gap", seed="11")
    assert said(app).startswith("The 90 % credible band: half-width")
    next(b for b in app.button if b.label == "New data").click().run()
    assert said(app).startswith("New data: half-width")
    app.run()  # looking again changes nothing
    assert said(app).startswith("New data: half-width")
    app.button_group(key="network.scene").set_value("step").run()
    assert said(app).startswith("A step, and units that can only bend.")


def test_a_fit_that_is_stuck_is_given_up_and_said_so(monkeypatch, no_neighbours):
    def stuck(settings):
        raise ValueError("no progress for 120 seconds, so the fit was given up: try again, or a smaller model")
        yield

    monkeypatch.setattr(work, "answer_steps", stuck)
    assert page(seed="991").error[0].value.startswith("fast HMC has no answer here. no progress for 120 seconds")


@pytest.fixture(scope="module")
def growing() -> NetworkSettings:
    return NetworkSettings.at_start("swelling", heteroscedastic=True, points=100)


def test_noise_that_depends_on_x_is_told_at_both_ends_of_the_data(growing):
    home, answer = growing.home()["noise"], finished(growing)
    film = film_of(growing, "noise", {home: answer})
    x = growing.question().dataset.x[:, 0]
    ends = {"noise left": x.min(), "noise right": x.max()}
    noise = predict(answer, np.array([*ends.values()])).noise
    for column, (name, at) in enumerate(ends.items()):
        shown = row(film, f"{name}.density", home)
        middle = (shown * network_views.SIGMA_GRID).sum() / shown.sum()
        assert middle == pytest.approx(noise[:, column].mean(), rel=0.03)
        low, high = map(float, re.fullmatch(r"90 %: (\S+) to (\S+)", film.words[f"{name}.interval"][home]).groups())
        assert [low, high] == pytest.approx(np.quantile(noise[:, column], [0.05, 0.95]), rel=0.12, abs=0.02)
        values = growing.positions("noise")
        for v in (home, 3):  # the world's own formula, written out
            assert row(film, f"{name}.truth", v)[0] == pytest.approx(values[v] * (0.25 + 0.15 * (at + 3)), abs=1e-4)
        told = film.words[name][home]
        assert float(told) == pytest.approx(np.median(noise[:, column]), rel=0.1, abs=0.02)  # at the nearest grid point
    assert film.words["noise"][home].count("left") == 1
    low, high = np.quantile(predict(answer, growing.grid()).noise.mean(0)[[20, 60]], [0, 1])
    assert high > 2 * low  # x = -2.5 and 2.5
    flat = film_of(replace(growing, heteroscedastic=False), "noise", {home: answer})
    assert "noise.truth" not in flat.numbers  # no single number is true there


def test_the_prior_of_the_noise_counts_what_the_head_may_add(growing):
    """Draws of sigma exp(v . h(x)) from the prior, by hand, as shares of a coarse histogram."""
    random, home = np.random.default_rng(5), growing.home()["noise"]
    film = film_of(growing, "noise", {home: finished(growing)})
    x = np.array([[growing.question().dataset.x.max()]])
    hidden = np.tanh(random.normal(size=(200_000, 5)) * x[0, 0] + random.normal(size=(200_000, 5)))
    log = (hidden * random.normal(size=(200_000, 5)) / np.sqrt(5)).sum(1)
    sigma = np.abs(random.standard_cauchy(200_000)) * np.exp(log)
    shown, grid = row(film, "noise right.prior", home), network_views.SIGMA_GRID
    for low, high in ((0.05, 0.3), (0.3, 0.7), (0.7, 1.3)):
        inside = (grid > low) & (grid < high)
        share = shown[inside].sum() * (grid[1] - grid[0])
        width = inside.sum() * (grid[1] - grid[0]) / (high - low)
        assert share / width == pytest.approx(((sigma > low) & (sigma < high)).mean(), rel=0.06)


def test_scenes_with_noise_that_grows_grow_it_in_every_repetition():
    from bayes_core.data import swelling

    world = swelling(n=40, seed=2)
    many = world.repeat(np.random.default_rng(1).standard_normal((4000, 40)), 0.5)
    sd = (many - world.truth(world.x)).std(0)
    np.testing.assert_allclose(sd / (0.5 * (0.25 + 0.15 * (world.x[:, 0] + 3))), 1, atol=0.06)


def test_links_restore_the_settings():
    settings = NetworkSettings.at_start("gap", width=0.5, units=10, layers=2, activation="sin", method="laplace")
    notes: list[str] = []
    assert from_link({name: PARSERS[name](text) for name, text in settings.link().items()}, notes) == settings
    assert notes == []


def test_every_scene_has_its_words():
    text = words("neural/regression")
    assert {f"scene {name}" for name in (*SCENES, "heteroscedastic")} <= set(text)
    assert {f"try {n}" for n in range(1, 6)} <= set(text)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"scene": "patients", "method": "laplace"},
        {"scene": "five", "along": "s5", "method": "laplace"},
        {"scene": "swelling", "heteroscedastic": True, "fan_in": True, "method": "laplace"},
    ],
)
def test_the_code_behind_the_view_gives_its_numbers(changes):
    settings = NetworkSettings.at_start(**changes)
    ran = subprocess.run([sys.executable, "-c", script(settings)], cwd=ROOT, capture_output=True, text=True, check=True)
    told = dict(line.split(maxsplit=1) for line in ran.stdout.replace("right edge, credible", "edge").splitlines())
    film = film_of(settings, "width", {settings.home()["width"]: finished(settings)})
    low, high = map(float, told["edge"].split())
    # rounded to 0.01; and a quantile of weighted draws lies up to a draw beside numpy's of equal ones
    assert float(film.words["edge"][settings.home()["width"]]) == pytest.approx((high - low) / 2, abs=0.006)
    assert told["badge"] == film.words["badge"][settings.home()["width"]]


def test_a_change_is_not_taken_back_by_an_address_that_lags_behind(no_neighbours):
    """On a slow line a release carries the address from before the last one; the back button has no release."""
    app = page(method="prior")
    memory = app.session_state["memory.network"]
    wide = replace(memory.settings, width=2.0).in_range()
    memory.settings, memory.touched = wide, True
    app.query_params.clear()  # what the browser still shows
    app.run()
    assert app.session_state["memory.network"].settings == wide
    assert app.query_params["width"] in (f"{wide.width:g}", [f"{wide.width:g}"])
    app.query_params.clear()  # and now the reader goes back
    app.run()
    assert app.session_state["memory.network"].settings == NetworkSettings.at_start("sine")
