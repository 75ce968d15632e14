"""The traces of MAP and ridge: each number has its trace, in its place, and none leaves the picture for good."""

from __future__ import annotations

import numpy as np
import pytest

from bayes_core.data import temperature
from bayes_core.data.split import Split
from bayes_core.figures import penalty, ridge
from bayes_core.ridge import Along, Answers, BiasVariance, Bowl, Errors, Evidence, Paths, Problem, map_path

PROBLEM = Problem(Split.of_world(temperature(14, 3), temperature(30, 4), 2.0), ends=(0.0, 24.0))
TRACK = Along(np.array([0.2, 3.0, 900.0]), np.array([1.5, 0.4, 1.5]), np.array([4.0, 2.0, 4.0]))
GRID = np.linspace(0, 24, 9)
AT = np.linspace(-3.0, 2.0, 6)
TITLES = ("across", "up")


@pytest.fixture(scope="module")
def found():
    return Answers.of(PROBLEM, TRACK, "normal", grid=GRID, columns=7)


def drawn(figure):
    return {trace["name"]: trace for trace in figure["data"]}


def fits(figure, numbers):
    """Every row has a trace of its length, and what moves sideways too moves up and down as long."""
    for name, rows in numbers.items():
        trace, _, axis = name.rpartition(".")
        other = "x" if axis == "y" else "y"
        across = numbers.get(f"{trace}.{other}")
        assert rows.shape[1] == (len(drawn(figure)[trace][other]) if across is None else across.shape[1]), name


def test_the_curves_and_their_bands_go_round(found):
    numbers = ridge.curve_numbers(found, (-14.0, 14.0))
    figure = ridge.curve_figure(
        GRID, (np.array([3.0]), np.array([1.0])), 0 * GRID, ((0, 24), (-14, 14)), ((0, 24), (-10, 10)), TITLES
    )
    fits(figure, numbers)
    assert set(numbers) == {"predictive.y", "credible.y", "map.y", "scikit.y"}
    np.testing.assert_array_equal(numbers["map.y"][1], found.curve[1])
    np.testing.assert_array_equal(numbers["credible.y"][1], [*found.credible.upper[1], *found.credible.lower[1][::-1]])
    np.testing.assert_array_equal(numbers["predictive.y"][1, :9], found.predictive.upper[1])
    low = ridge.curve_numbers(found, (-0.1, 0.1))  # three heights of this picture: 0.6
    assert max(np.abs(rows).max() for rows in low.values()) == pytest.approx(0.7)


def test_what_was_taken_off_the_targets_is_given_back_to_everything_drawn(found):
    data = np.array([0.5, -2.0, 3.0])
    numbers, plain = ridge.curve_numbers(found, (-14.0, 14.0), data, 2.5), ridge.curve_numbers(found, (-14.0, 14.0))
    np.testing.assert_array_equal(numbers["data.y"], [[3.0, 0.5, 5.5]])
    for name, rows in plain.items():
        inside = np.abs(rows) < 80  # of the 98 that are drawn
        np.testing.assert_allclose(numbers[name][inside], rows[inside] + 2.5, rtol=1e-12)
    figure = ridge.curve_figure(GRID, (data, data), None, ((0, 24), (-14, 14)), ((0, 24), (-10, 10)), TITLES)
    fits(figure, numbers)
    assert "truth" not in drawn(figure)


def test_the_weights_stand_between_the_ends_of_their_prior(found):
    numbers = ridge.weight_numbers(found, TRACK.width, 20.0, 5)
    fits(ridge.weight_figure(("1", "u", "u²", "u³", "u⁴"), (-20, 20), (0,), 3.0, "up"), numbers)
    np.testing.assert_array_equal(numbers["modes.y"][1, :3], found.coef[1, :3])
    assert np.isnan(numbers["modes.y"][1, 3:]).all()
    bars = numbers["spreads.y"].reshape(3, 5, 3)
    np.testing.assert_array_equal(bars[0, :, 0], np.clip(found.lower[0, :5], -140, 140))
    np.testing.assert_array_equal(bars[0, :, 1], np.clip(found.upper[0, :5], -140, 140))
    assert np.isnan(bars[:, :, 2]).all()
    np.testing.assert_array_equal(numbers["reach.y"], [[0.2, 0.2], [3, 3], [60, 60]])
    np.testing.assert_array_equal(numbers["reach below.y"], -numbers["reach.y"])


def test_the_bowls_rings_are_one_broken_line(found):
    bowl = Bowl.of(PROBLEM, TRACK, found.coef, "normal", (1, 2))
    path = map_path(PROBLEM.design(4.0), PROBLEM.y, (1, 2), 3.0, 1.5, "normal")
    numbers = ridge.bowl_numbers(bowl, path, ((-3, 3), (-0.5, 0.5)))
    fits(ridge.bowl_figure((-3, 3), (-0.5, 0.5), (0,), (0,), TITLES), numbers)
    for k, axis in enumerate("xy"):
        rings = numbers[f"likelihood.{axis}"].reshape(3, 3, 62)
        reach = 7 * (3, 0.5)[k]  # three heights of the picture beyond its ends
        assert np.abs(bowl.likelihood[..., k]).max() > reach
        np.testing.assert_array_equal(rings[..., :61], np.clip(bowl.likelihood[..., k], -reach, reach))
        assert np.isnan(rings[..., 61]).all()
        np.testing.assert_array_equal(numbers[f"map.{axis}"][:, 0], np.clip(bowl.mode[:, k], -reach, reach))
        np.testing.assert_array_equal(numbers[f"best.{axis}"][:, 0], np.clip(bowl.centre[:, k], -reach, reach))
        np.testing.assert_array_equal(numbers[f"path.{axis}"], np.clip(path[None, :, k], -reach, reach))


@pytest.mark.parametrize("banded", [True, False])
def test_every_path_has_a_line_and_some_a_band(banded):
    paths = Paths.of(PROBLEM, TRACK, "normal", AT, 5)
    numbers = penalty.path_numbers(paths, 4.0, (1, 3))
    figure = penalty.path_figure(AT, 5, (1, 3), banded, 4.0, TITLES)
    if banded:
        fits(figure, numbers)
    assert {name for name in drawn(figure) if name.startswith("spread")} == (
        {"spread1", "spread3"} if banded else set()
    )
    assert set(numbers) == {*(f"path{j}.y" for j in range(5)), "spread1.y", "spread3.y"}
    np.testing.assert_array_equal(numbers["path3.y"], np.clip(paths.coef[:, 3], -12, 12))
    np.testing.assert_array_equal(numbers["spread1.y"][:, :6], np.clip(paths.upper[:, 1], -12, 12))
    np.testing.assert_array_equal(numbers["spread1.y"][:, :5:-1], np.clip(paths.lower[:, 1], -12, 12))


def test_the_errors_and_the_evidence_share_an_axis():
    errors = Errors.stacked([Errors.of(PROBLEM, degree, AT) for degree in TRACK.degree])
    evidence = Evidence.of(PROBLEM, TRACK, AT)
    numbers = penalty.error_numbers(errors, evidence, 6.0) | penalty.upright("now", np.array([0.5, -1.0, 2.0]))
    fits(penalty.error_figure(AT, 6.0, TITLES), numbers)
    for name, rows in (("train", errors.train), ("kept", errors.held_out), ("folds", errors.folds)):
        np.testing.assert_array_equal(numbers[f"{name}.y"], rows)
    for name, best in (("cv", errors.best), ("best", evidence.best), ("now", [0.5, -1.0, 2.0])):
        np.testing.assert_array_equal(numbers[f"{name}.x"], np.column_stack([best, best]))


def test_the_evidences_best_twenty_nats_fill_the_upper_half():
    evidence = Evidence(np.arange(4.0), np.array([[-110.0, -100.0, -120.0, -999.0]]), np.ones(1))
    nothing = Errors(evidence.log_penalty, *np.ones((3, 1, 4)), np.ones(1))
    told = penalty.error_numbers(nothing, evidence, 10.0)["evidence.y"]
    np.testing.assert_allclose(told, [[7.0, 9.5, 4.5, -0.5]], atol=1e-12)


def test_bias_and_variance_are_drawn_with_their_sum():
    found = BiasVariance.of(PROBLEM, TRACK, AT, 1.5, GRID)
    numbers = penalty.bias_numbers(found)
    fits(penalty.bias_figure(AT, found.top, TITLES), numbers)
    np.testing.assert_allclose(numbers["total.y"], numbers["bias.y"] + numbers["variance.y"], rtol=1e-14)
    np.testing.assert_array_equal(numbers["bias.y"], found.bias)
    np.testing.assert_array_equal(numbers["least.x"], np.column_stack([found.best, found.best]))


@pytest.mark.parametrize(
    ("low", "high", "said"), [(-3.0, 2.0, "0.001 0.01 0.1 1 10 100"), (-7.0, 5.0, "1e-7 1e-5 0.001 0.1 10 1000 1e5")]
)
def test_the_axis_of_the_penalty_says_powers_of_ten(low, high, said):
    axis = penalty.bias_figure(np.linspace(low, high, 9), 1.0, TITLES)["layout"]["xaxis"]
    assert list(axis["ticktext"]) == said.split()
    assert tuple(axis["range"]) == (low, high)
    assert axis["title"]["text"] == "across"
