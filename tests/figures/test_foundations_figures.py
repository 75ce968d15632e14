"""The foundations' pictures: their moving numbers lie where the figure has a trace, and say what they were given."""

from __future__ import annotations

import numpy as np

from bayes_core.figures import bayes, updating
from bayes_core.foundations.conjugate.densities import Heights
from bayes_core.foundations.conjugate.interval import Region
from bayes_core.foundations.diagnosis import Diagnosis

TEST = Diagnosis(np.array([0.3, 0.001]), np.array([0.8, 0.9]), np.array([0.904, 0.6]))


def test_curves_of_predictive_values_have_decades_below():
    prevalence = np.geomspace(1e-3, 1, 31)
    made = bayes.curve_figure(prevalence, "prevalence")
    assert list(made["layout"]["xaxis"]["tickvals"]) == [-3, -2, -1, 0]
    assert made["layout"]["xaxis"]["ticktext"] == ["1 in 1,000", "1 in 100", "1 in 10", "all"]
    before = next(trace for trace in made["data"] if trace["name"] == "before")
    np.testing.assert_allclose(10 ** np.array(before["x"]), before["y"])
    numbers = bayes.curve_numbers(TEST, TEST.among(prevalence))
    assert numbers["ppv.y"].shape == numbers["npv.y"].shape == (2, 31)
    np.testing.assert_allclose(10 ** numbers["here.x"][:, 0], [0.3, 0.001])
    np.testing.assert_array_equal(numbers["now.y"], np.stack([TEST.ppv, TEST.npv], 1))


def test_a_spread_is_scaled_to_its_peak_and_filled_between_its_ends():
    grid = np.linspace(0, 1, 5)
    density = np.array([[0.0, 2.0, 8.0, 4.0, 1.0]])
    numbers = bayes.spread_numbers(density, grid, np.array([0.2]), np.array([0.8]), np.array([0.4]))
    np.testing.assert_array_equal(numbers["density.y"], density / 8)
    np.testing.assert_array_equal(numbers["interval.y"], [[0, 0.25, 1, 0.5, 0, 0, 0, 0, 0, 0]])
    np.testing.assert_array_equal(numbers["plain.x"], [[0.4, 0.4]])


def test_a_likelihood_is_as_high_as_the_posterior():
    x = np.array([[0.0, 0.2, 0.5, 0.9, 1.0]])
    prior, posterior = Heights(x, np.array([[0.1, 0.3, 0.4, 0.3, 0.1]])), Heights(x, np.array([[0, 0.2, 0.8, 0.5, 0]]))
    likelihood, nan = np.array([[0.0, 0.5, 1.0, 0.25, 0.0]]), np.nan
    infinite = {"prior": np.array([[True, False]]), "posterior": np.array([[False, False]])}
    one = Region(np.array([[0.3, nan]]), np.array([[0.95, nan]]))
    numbers = updating.belief_numbers(prior, posterior, likelihood, one, infinite)
    np.testing.assert_allclose(numbers["likelihood.y"], 0.8 * likelihood)
    np.testing.assert_array_equal(numbers["interval.y"], [[0, 0, 0.8, 0.5, 0, 0, 0, 0, 0, 0]])
    np.testing.assert_array_equal(numbers["interval.x"], [[0, 0.2, 0.5, 0.9, 1, 1, 0.9, 0.5, 0.2, 0]])
    assert np.isfinite(numbers["prior edge.y"]).tolist() == [[True, False]]
    assert np.isnan(numbers["posterior edge.y"]).all()
    two = Region(np.array([[0.0, 0.85]]), np.array([[0.25, 1.0]]))
    numbers = updating.belief_numbers(prior, Heights(x, np.array([[9, 0.4, 0.1, 0.3, 9]])), likelihood, two, infinite)
    np.testing.assert_array_equal(numbers["interval.y"][0, :5], [9, 0.4, 0, 0.3, 9])
    np.testing.assert_allclose(numbers["likelihood.y"], likelihood)  # an infinite end does not decide its height


def test_far_data_stand_on_a_logarithmic_axis():
    at = np.array([0.0, 9.0, 999.0, 99_999.0])
    made = updating.path_figure(
        [("p", "posterior", 1, "solid", 1.0)], at, (0, 1), (0, 1), "seen", "mean", 0.5, log=True
    )
    np.testing.assert_allclose(made["data"][1]["x"], [0, 1, 3, 5])
    axis = made["layout"]["xaxis"]
    assert list(axis["ticktext"]) == ["0", "1", "10", "100", "1,000", "10,000"]
    np.testing.assert_allclose(10 ** np.array(axis["tickvals"]) - 1, [0, 1, 10, 100, 1000, 10_000])
    assert updating.path_figure([], at, (0, 1), (0, 1), "seen", "mean", None)["layout"]["xaxis"]["range"][1] == 99_999


def test_a_density_without_end_is_scaled_inside_its_interval():
    density = np.array([[np.inf, 40.0, 4.0, 2.0, 0.5]])
    numbers = bayes.spread_numbers(density, np.linspace(0, 1, 5), np.array([0.3]), np.array([0.9]), np.array([0.4]))
    np.testing.assert_array_equal(numbers["density.y"], [[0, 1.5, 1, 0.5, 0.125]])


def test_predictions_share_the_higher_peak():
    numbers = updating.prediction_numbers(np.array([[0.1, 0.4]]), np.array([[0.8, 0.2], [0.1, 0.2]]))
    np.testing.assert_allclose(numbers["before.y"], [[0.125, 0.5], [0.25, 1]])
    np.testing.assert_allclose(numbers["after dots.y"], [[1, 0.25], [0.25, 0.5]])


def test_a_path_ends_where_the_data_end():
    at = np.array([0.0, 1.0, 5.0])
    paths = {"moving": np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), "still": np.array([[7.0, 8.0, -9.0]])}
    numbers = updating.path_numbers(paths, at, np.array([1.0, 5.0]))
    np.testing.assert_array_equal(numbers["moving.y"], [[1, 2, np.nan], [4, 5, 6]])
    np.testing.assert_array_equal(numbers["still.y"], [[7, 8, np.nan], [7, 8, -9]])
