from __future__ import annotations

import numpy as np
import pytest

from bayes_core import Dataset
from bayes_core.data import diabetes, sleep
from bayes_core.data.source import Source, strongest

RANDOM = np.random.default_rng(5)
PLAIN = Dataset.from_arrays([3.0, 4.5, 7.0, 7.5, 12.0], [210.0, 180.0, 120.0, 131.0, 20.0], feature_names=["hours"])
WIDE = Dataset.from_arrays(RANDOM.normal(size=(30, 3)) * [1, 50, 0.01] + [0, 200, 5], RANDOM.gamma(2, size=30))
ODD = [
    Dataset.from_arrays([2.0], [3.0]),
    Dataset.from_arrays([1.0, 1.0, 1.0], [2.0, 2.5, 1.9]),
    Dataset.from_arrays([0.0, 1.0, 2.0], [4.0, 4.0, 4.0]),
    Dataset.from_arrays([1e9, 1e9 + 5, 1e9 + 9], [-3e-7, 1e-7, 4e-7]),
]


@pytest.mark.parametrize("dataset", [PLAIN, WIDE, diabetes(("bmi", "bp")), *ODD])
@pytest.mark.parametrize("last", [False, True])
def test_any_data_set_is_a_source_whose_axes_hold_its_rows(dataset, last):
    along = dataset.x.shape[1] - 1 if last else 0
    source = Source.of(dataset, along)
    (left, right), (low, high) = source.axes.x_range, source.axes.y_range
    assert left <= dataset.x[:, along].min() <= dataset.x[:, along].max() < right
    assert low < dataset.y.min() <= dataset.y.max() < high
    for ticks, (first, final) in ((source.axes.x_ticks, (left, right)), (source.axes.y_ticks, (low, high))):
        assert 2 <= len(ticks) <= 12
        assert all(first - 1e-9 * abs(first) <= t <= final + 1e-9 * abs(final) for t in ticks)
    for scale in source.scales.values():
        assert scale.low < scale.high
    assert source.scales["width"].low < source.scales["width"].start < source.scales["width"].high
    assert source.scales["weight"].low < source.scales["weight"].start < source.scales["weight"].high
    assert source.scales["sigma"].low > 0
    assert source.noise_prior > 0
    assert source.truth(dataset.x) is None


def test_scales_hold_the_least_squares_line():
    source = Source.of(PLAIN)
    slope, intercept = np.polyfit(PLAIN.x[:, 0], PLAIN.y, 1)
    residual = PLAIN.y - intercept - slope * PLAIN.x[:, 0]
    assert source.scales["slope"].low < slope < source.scales["slope"].high
    assert source.scales["intercept"].low < intercept < source.scales["intercept"].high
    assert source.noise_prior == pytest.approx(residual.std(), rel=0.05)
    assert source.scales["width"].start >= abs(intercept)


def test_a_slice_keeps_the_other_inputs_at_their_mean():
    source = Source.of(WIDE, 1)
    inputs = source.slice(np.array([100.0, 300.0]))
    np.testing.assert_allclose(inputs[:, [0, 2]], np.tile(WIDE.x[:, [0, 2]].mean(0), (2, 1)))
    np.testing.assert_allclose(inputs[:, 1], [100, 300])
    with pytest.raises(ValueError, match="inputs 0 to 2"):
        Source.of(PLAIN).__class__(WIDE, source.axes, source.scales, 1.0, along=3)


def test_the_noise_of_a_world_turns_and_that_of_measured_data_does_not():
    world = sleep(8, 5)
    template = Source.of(world.dataset())
    source = Source(world.dataset(), template.axes, template.scales, 10.0, world)
    np.testing.assert_array_equal(source.at(30.0).dataset.y, world.dataset(30.0).y)
    np.testing.assert_array_equal(source.outcomes(np.array([3.0, 30.0]))[1], world.dataset(30.0).y)
    np.testing.assert_array_equal(source.truth(world.x), world.truth(world.x))
    measured = Source.of(PLAIN)
    assert measured.at(30.0) is measured
    np.testing.assert_array_equal(measured.outcomes(np.array([3.0, 30.0])), np.tile(PLAIN.y, (2, 1)))


def test_repeated_worlds_share_their_shocks_and_keep_their_faults():
    world = sleep(8, 5, faults=((4, 150.0),))
    loud, quiet, again = world.repeated(500, np.array([20.0, 5.0, 20.0]), seed=3)
    assert again is loud
    np.testing.assert_allclose((loud - world.truth(world.x))[:, :4] / 4, (quiet - world.truth(world.x))[:, :4])
    assert (loud[:, 4] == 150.0).all()
    rest = np.delete(loud - world.truth(world.x), 4, axis=1)
    assert rest.std() == pytest.approx(20.0, rel=3 / np.sqrt(2 * rest.size))


def test_the_strongest_input_is_the_one_with_the_largest_correlation_or_f_value():
    from sklearn.feature_selection import f_classif

    told = [abs(np.corrcoef(column, WIDE.y)[0, 1]) for column in WIDE.x.T]
    assert strongest(WIDE) == int(np.argmax(told))
    first, second = np.argsort(told)[::-1][:2]
    assert strongest(WIDE, besides=int(first)) == second
    codes = (WIDE.x @ [0.2, -0.05, 30.0] + RANDOM.normal(size=30) > 140).astype(float)
    classes = Dataset(WIDE.x, codes, "classification", classes=("no", "yes"))
    assert strongest(classes) == int(np.argmax(f_classif(WIDE.x, codes)[0]))


def test_classes_are_a_source_of_two_inputs():
    classes = Dataset(WIDE.x, (WIDE.x[:, 1] > 190).astype(float), "classification", classes=("no", "yes"))
    source = Source.of(classes, 1)
    assert source.across in (0, 2)
    low, high = source.axes.y_range
    assert low < WIDE.x[:, source.across].min() < WIDE.x[:, source.across].max() < high
    assert source.axes.y_title == classes.feature_names[source.across]
    with pytest.raises(ValueError, match="inputs 0 to 2"):
        Source(classes, source.axes, {}, 1.0, across=3)
