"""Pictures of calibration: each number has its trace, bars stand where their bins are, "before" shows when moved."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from bayes_core.evaluation.calibration import (
    LEVELS,
    BandForecasts,
    ClassForecasts,
    judge_bands,
    judge_classes,
)
from bayes_core.figures import calibration as figures
from bayes_core.figures.panels import Answer

RANDOM = np.random.default_rng(2)
Z = RANDOM.normal(0.5, 3, 400)
CLASSES = ClassForecasts.of(Z, RANDOM.random(400) < expit(Z / 2))
BANDS = BandForecasts.of(RANDOM.normal(0, 2, 300), RANDOM.normal(size=(5, 300)), np.ones(5))
SPREADS, BINS = np.array([1.0, 0.5, 4.0]), np.array([10.0, 4.0, 10.0])
MOVED = np.array([False, True, True])
TITLES = ("across", "up", "below")


def drawn(figure):
    return {trace["name"]: trace for trace in figure["data"]}


def fits(figure, numbers):
    for name, rows in numbers.items():
        trace, _, axis = name.rpartition(".")
        other = "x" if axis == "y" else "y"
        across = numbers.get(f"{trace}.{other}")
        assert rows.shape[1] == (len(drawn(figure)[trace][other]) if across is None else across.shape[1]), name


@pytest.fixture(scope="module")
def classes():
    told = judge_classes(CLASSES, SPREADS, BINS, np.full(3, 400.0))
    before = judge_classes(CLASSES, np.ones(1), np.full(1, 10.0), np.full(1, 400.0))
    return told, figures.reliability_numbers(told, before, MOVED), before


@pytest.fixture(scope="module")
def bands():
    told = judge_bands(BANDS, SPREADS, BINS, np.full(3, 300.0))
    before = judge_bands(BANDS, np.ones(3), BINS, np.full(3, 300.0))
    return told, figures.coverage_numbers(told, before, MOVED)


def test_every_number_has_its_trace_in_the_forecasters_ink(classes, bands):
    fits(figures.reliability_figure("map", 10, TITLES), classes[1])
    fits(figures.coverage_figure("posterior", 10, TITLES), bands[1])
    marks = [
        drawn(figures.reliability_figure(c, 10, TITLES))["marks many"]["marker"]["symbol"] for c in ("map", "posterior")
    ]
    assert marks == ["diamond", "circle"]


def test_bars_of_consistency_hold_their_intervals_and_stems_reach_the_marks(classes):
    told, numbers, _ = classes
    v, b = 1, 3  # the last of four bins
    bar, across = (numbers[f"bars.{axis}"][v].reshape(-1, 6)[b] for axis in "yx")
    ends = 100 * np.array([told.lower[v, b], told.upper[v, b]])
    np.testing.assert_allclose(np.sort(bar[:4]), np.repeat(np.add(ends, (-0.4, 0.4)), 2))
    assert np.nanmean(across[:4]) == pytest.approx(100 * told.said[v, b])
    stem = numbers["stems.y"][v].reshape(-1, 3)[b][:2]
    np.testing.assert_allclose(stem, 100 * np.array([told.said[v, b], told.happened[v, b]]))
    full = told.counts[v, :4] / told.counts[v, :4].max()
    for name, own in (("few", full < 0.1), ("some", (full >= 0.1) & (full < 0.4)), ("many", full >= 0.4)):
        marks = numbers[f"marks {name}.y"][v]
        np.testing.assert_allclose(marks[:4], np.where(own, 100 * told.happened[v, :4], np.nan))
        assert np.isnan(marks[4:]).all()
    assert numbers["bar middle.x"][v, 3] == numbers["joined.x"][v, 3] == 100 * told.said[v, 3]


def test_the_joining_line_passes_over_empty_bins():
    few = judge_classes(ClassForecasts.of([-4.0, -4.1, 4.0], [0, 0, 1]), np.ones(1), np.full(1, 10.0), np.full(1, 3.0))
    joined = figures.reliability_numbers(few, few, np.array([False]))["joined.y"][0]
    assert joined[:2].tolist() == [0.0, 100.0]
    assert np.isnan(joined[2:]).all()


def test_heaps_are_as_high_as_their_counts(classes, bands):
    told, numbers, _ = classes
    for v in range(3):
        size = int(told.sizes[v])
        bar = numbers["heap.y"][v].reshape(-1, 6)[:size]
        height = np.nanmax(bar, axis=1)
        np.testing.assert_allclose(height / height.max(), told.counts[v, :size] / told.counts[v, :size].max())
        left = numbers["heap.x"][v].reshape(-1, 6)[:size, 0]
        np.testing.assert_allclose(left, 100 * np.arange(size) / size + 0.25)
        right = numbers["heap.x"][v].reshape(-1, 6)[:size, 1]
        np.testing.assert_allclose(right, 100 * np.arange(1, size + 1) / size - 0.25)
        assert np.isnan(numbers["heap.y"][v].reshape(-1, 6)[size:]).all()
    told, numbers = bands
    top = np.nanmax(numbers["heap.y"], axis=1)
    assert (top <= 1 + 1e-9).all()
    expected = numbers["expected.y"][:, 0]
    full = np.nanmax(numbers["heap.y"][1])
    assert full / expected[1] == pytest.approx(np.nanmax(told.counts[1]) / told.expected[1])


def test_before_is_drawn_where_the_handle_was_moved(classes, bands):
    before = classes[2]
    for numbers in (classes[1], bands[1]):
        assert np.isnan(numbers["before.y"][0]).all()
        assert np.isnan(numbers["before place.y"][0]).all()
        assert np.isfinite(numbers["before place.y"][1:]).all()
    np.testing.assert_allclose(classes[1]["before.y"][2], 100 * before.happened[0])


def test_the_coverage_curve_and_its_band(bands):
    told, numbers = bands
    np.testing.assert_allclose(numbers["curve.y"], 100 * told.kept)
    np.testing.assert_allclose(numbers["band.y"][:, : len(LEVELS)], 100 * told.upper)
    assert numbers["marks.x"][0].tolist() == [50.0, 90.0]
    np.testing.assert_allclose(numbers["marks.y"], 100 * told.told[:, :2])


def test_a_promise_is_marked_on_the_bar_of_what_was_kept():
    told = Answer(text="Word", id="word", share=np.array([0.7, 0.8]), promised=np.array([0.9, 0.95]), promise="says")
    assert told.numbers["word.promised"].tolist() == [[0.9], [0.95]]
    assert told.still(False)["promise"] == "says"
    plain = Answer(text="Word", share=np.array([0.7]))
    assert "promise" not in plain.still(False)
    assert set(plain.numbers) == {"answer.share"}
