"""MAP is ridge on sources that are not its own: any rows, several inputs, a world whose truth is known."""

from __future__ import annotations

import inspect

import numpy as np
import pytest
from sklearn.linear_model import Lasso, Ridge

from bayes_core import Dataset
from bayes_core.data import houses
from bayes_core.data.source import Source
from pages.linear._ridge.code import script
from pages.linear._ridge.report import mathematics
from pages.linear._ridge.scenes import SCENES, on
from pages.linear.map_vs_ridge import LESSON

HOURS = np.array([3.0, 4.5, 7.0, 7.5, 12.0, 9.0, 4.0, 11.0, 5.5])
PRICES = np.array([1210.0, 1180.0, 1120.0, 1131.0, 1020.0, 1077.0, 1205.0, 1031.0, 1170.0])
ROOMS = np.array([2.0, 5.0, 1.0, 3.0, 1.0, 4.0, 4.0, 2.0, 6.0])
ONE = Dataset.from_arrays(HOURS, PRICES, feature_names=["hours"], target_name="price")
TWO = Dataset.from_arrays(np.column_stack([HOURS, ROOMS]), PRICES, feature_names=["hours", "rooms"])


@pytest.fixture
def opened(monkeypatch):
    def open_on(source: Source, **changes):
        monkeypatch.setitem(SCENES, "own", on(source))
        return LESSON.at_start("own", **changes)

    return open_on


def drawn(settings) -> dict:
    return {trace["name"]: trace for trace in LESSON.picture(settings).figure["data"]}


def test_a_plain_arrays_curve_is_scikit_learns_in_the_readers_own_units(opened):
    settings = opened(Source.of(ONE))
    split, model = settings.problem().split, settings.problem().model(settings.degree)
    assert (len(split.train.y), len(split.held_out.y)) == (8, 1)
    assert "truth" not in drawn(settings)
    assert settings.views == ("fit", "weights", "bowl", "paths", "error")
    peer = Ridge((settings.noise / settings.width) ** 2, fit_intercept=False, solver="svd")
    peer.fit(model.design(split.train.x), split.train.y)
    exact = peer.predict(model.design(settings.grid()[:, None])) + split.offset
    film, at = LESSON.film(settings, "width"), settings.home()["width"]
    np.testing.assert_allclose(film.row("map.y", at), exact, atol=0.05)
    rows = [list(HOURS).index(hour) for hour in split.train.x[:, 0]]
    np.testing.assert_allclose(film.row("data.y", at), PRICES[rows], atol=0.05)


def test_several_inputs_have_weights_and_no_curve(opened):
    settings = opened(Source.of(TWO))
    assert settings.handles == ("width", "noise")
    assert settings.views == ("weights", "bowl", "paths", "error")
    assert drawn(settings)["modes"]["x"] == [0.0, 1.0, 2.0]
    for view in settings.views:
        told = LESSON.film(settings.changed(view=view), "noise").words
        assert told["effective"][0].endswith(" of 3")
    assert settings.changed(family="laplace").views == ("weights", "bowl", "paths")


def test_a_worlds_truth_is_drawn_and_its_bias_told(opened):
    world = houses(60, 3)
    source = Source.of(world.dataset())
    known = Source(source.dataset, source.axes, source.scales, source.noise_prior, world)
    settings = opened(known)
    assert settings.views[-1] == "bias"
    assert settings.loud == world.noise
    truth = world.truth(settings.grid()[:, None])
    np.testing.assert_allclose(drawn(settings)["truth"]["y"], truth)
    least = LESSON.film(settings.changed(view="bias"), "width").row("bias.y", 0)
    assert least[0] < least[-1]


def test_two_rows_are_too_few(opened):
    with pytest.raises(ValueError, match="The data have 2 rows, and this lesson needs 3"):
        opened(Source.of(ONE.head(2)))
    assert len(opened(Source.of(ONE.head(3)), view="error").problem().y) == 2
    assert LESSON.film(LESSON.at_start("own", view="error"), "width").words["cv.words"]


@pytest.mark.parametrize("dataset", [ONE, TWO], ids=["one", "two"])
def test_the_script_of_any_rows_gives_the_pages_numbers(opened, dataset, capsys):
    settings = opened(Source.of(dataset))
    exec(script(settings), {"__name__": "__main__"})
    out = capsys.readouterr().out
    told = LESSON.film(settings, "width").words["evidence"][settings.home()["width"]]
    assert float(out.split("log evidence")[1].split()[0]) == pytest.approx(float(told.replace("−", "-")), abs=0.06)


def test_another_family_asks_anew_and_a_view_that_is_not_there_gives_way():
    settings = LESSON.at_start("bias", family="laplace", sample=True)
    assert settings.view == "fit"
    assert not settings.changed(family="normal").sample
    assert settings.changed(seed=5).sample
    assert LESSON.from_link({"scene": "bias", "family": "laplace"}, notes := []).view == "fit"
    assert notes == []


# ------------------------------------------------------------------------------------------------ what is said
def told(settings, handle: str = "width") -> dict[str, str]:
    film, at = LESSON.film(settings, handle), settings.home()[handle]
    return {name: texts[min(at, len(texts) - 1)] for name, texts in film.words.items()}


def test_the_lassos_zeros_are_counted_without_the_intercept_and_nothing_is_said_of_a_mean_nobody_knows():
    settings = LESSON.at_start("diabetes", family="laplace")
    problem = settings.problem()
    alpha = settings.noise**2 / settings.width / len(problem.y)
    peer = Lasso(alpha=alpha, fit_intercept=False, tol=1e-12, max_iter=100_000).fit(problem.design(1.0), problem.y)
    zeros = int((peer.coef_[1:] == 0).sum())
    assert peer.coef_[0] == 0  # the targets are centred: the intercept is zero too, and is no weight
    said = told(settings)
    assert said["sparse"].startswith(
        f"The mode sets {zeros} of 10 weights to exactly zero, the intercept not counted. Z"
    )
    assert said["effective"] == f"{10 - zeros} of 10"
    assert "–" not in said["sparse"]


def test_the_errors_say_why_two_good_choices_cost_so_different_errors():
    """The scene of "Let the data choose": the evidence's lambda costs twice as much, all of it beyond the readings."""
    settings = LESSON.at_start("day", view="error", degree=14.0)
    split, model, said = settings.problem().split, settings.problem().model(14.0), told(settings)
    inside = (split.held_out.x >= split.train.x.min()) & (split.held_out.x <= split.train.x.max())
    for name in ("cv", "best"):
        peer = Ridge(float(said[f"{name}.lambda"]), fit_intercept=False, solver="svd")
        peer.fit(model.design(split.train.x), split.train.y)
        squares = (peer.predict(model.design(split.held_out.x)) - split.held_out.y) ** 2
        parts = {"error": squares, "between": squares[inside[:, 0]], "beyond": squares[~inside[:, 0]]}
        for part, some in parts.items():
            assert float(said[f"{name}.{part}"]) == pytest.approx(np.sqrt(some.mean()), rel=0.01)
    assert float(said["best.error"]) > 2 * float(said["cv.error"])
    assert float(said["best.beyond"]) > 5 * float(said["cv.beyond"])
    for word in ("best.beyond", "cv.beyond", "best.between", "cv.between", "outermost", "outermost.share"):
        assert said[word] in said["why"]


def test_the_variance_is_that_of_the_datas_own_noise():
    settings = LESSON.at_start("bias")
    film = LESSON.film(settings, "noise")
    assert len(film.numbers["variance.y"]) == len(film.numbers["bias.y"]) == 1  # no position of the handle moves them
    loud = LESSON.film(settings.changed(loud=4.0), "noise")
    moved = film.row("variance.y", 0) * (4.0 / 1.5) ** 2
    np.testing.assert_allclose(loud.row("variance.y", 0), moved, atol=3 * loud.step("variance.y"))
    assert "own noise, 4, " in told(settings.changed(loud=4.0))["defence"]


def test_where_a_prior_pays_is_said_of_least_squares_and_of_the_widest_prior_on_the_axis():
    said = told(LESSON.at_start("bias"))
    assert said["pays"] == "at every λ from the best on"
    assert said["axis.pays"].startswith("up to λ = 0.0545, 24.9 times the best")
    assert f"{said['unpenalised']}, {said['pays']}" in said["defence"]


def test_the_surfaces_least_squares_says_that_the_others_are_held():
    [label] = [one for one in LESSON.picture(LESSON.at_start("day", view="bowl")).labels if one.id == "best"]
    assert (label.text, label.gloss) == ("least squares", "the others held")


def test_the_evidence_is_given_noise_and_width():
    assert r"\log p(y \mid \sigma, w)" in inspect.getsource(mathematics)
    assert r"\lambda)" not in inspect.getsource(mathematics)
