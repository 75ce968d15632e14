"""The first answer about a table, against least squares, dense algebra, refits by brute force and plain counting."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from scipy import stats

from bayes_core import Budget, Dataset, Prior, answer_steps, ask, fit, predict
from bayes_core.data.source import strongest
from bayes_core.data.upload import Scaling, prepare, read
from bayes_core.evaluation.answer import (
    Covered,
    all_inputs,
    counted,
    forecasts_of,
    held_out_rows,
    line,
    network,
)
from bayes_core.inference.exact import posterior
from bayes_core.inference.linear_posterior import Spectrum, condensed, solve
from bayes_core.models import Linear

WINE = Path(__file__).resolve().parents[3] / "shared" / "reference" / "winequality-white.csv"


def lopsided(rows: int = 240, seed: int = 3) -> Dataset:
    """Return skewed inputs of different sizes, two of which nearly tell the same, and a target that is far from 0."""
    random = np.random.default_rng(seed)
    price = random.lognormal(3, 0.7, rows)
    x = np.column_stack([price, 1e-3 * random.gamma(2, 1, rows), 0.98 * price + random.normal(0, 3, rows)])
    y = 900 + 4 * x[:, 0] - 9000 * x[:, 1] + 30 * random.standard_normal(rows)
    return Dataset.from_arrays(x, y, feature_names=("price", "dose", "copy"), target_name="sales")


@pytest.fixture(scope="module")
def found():
    return all_inputs(held_out_rows(lopsided(), 0.25, seed=5))


def test_rows_are_parted_without_a_remainder_and_each_tenth_by_its_share():
    data = lopsided(400)
    trial = held_out_rows(data, 0.15, seed=2)
    assert sorted([*trial.places, *trial.held_places]) == list(range(400))
    assert len(trial.held.y) == 60
    np.testing.assert_array_equal(trial.held.y, data.y[trial.held_places])
    np.testing.assert_array_equal(trial.train.x, data.x[trial.places])
    tenths = np.searchsorted(np.quantile(data.y, np.arange(1, 10) / 10), trial.held.y, side="right")
    assert np.bincount(tenths).tolist() == [6] * 10
    again = held_out_rows(data, 0.15, seed=2)
    np.testing.assert_array_equal(trial.held_places, again.held_places)
    assert (held_out_rows(data, 0.15, seed=3).held_places != trial.held_places).any()


def test_rows_that_repeat_fitted_ones_are_counted():
    data = lopsided(100)
    twice = Dataset.from_arrays(np.vstack([data.x, data.x]), np.concatenate([data.y, data.y]))
    trial = held_out_rows(twice, 0.2, seed=0)
    fitted = [(*x, y) for x, y in zip(trial.train.x, trial.train.y, strict=True)]
    assert trial.repeats == sum((*x, y) in fitted for x, y in zip(trial.held.x, trial.held.y, strict=True))
    assert trial.repeats > 20
    assert held_out_rows(data, 0.2, seed=0).repeats == 0


def test_few_rows_are_all_fitted_and_that_is_said():
    found = all_inputs(held_out_rows(lopsided(9)))
    assert found.forecasts is None
    assert found.trial.sentence == "9 rows are too few to spare any: all of them are fitted, and nothing tests the fit."
    assert all(np.isnan(one.rise) and np.isfinite(one.evidence) for one in found.worth)
    with pytest.raises(ValueError, match=r"the share held out is 1\.5: give one from 0 to 0\.9"):
        held_out_rows(lopsided(), 1.5)


def test_condensed_rows_give_the_same_posterior():
    random = np.random.default_rng(4)
    design, y = np.column_stack([np.ones(50), random.gamma(1, 1, (50, 3))]), random.gamma(2, 3, 50)
    small, target = condensed(design, y)
    assert small.shape == (5, 4)
    one = np.ones(1)
    whole = solve(Spectrum.of(design), y[None], 2 * one, one, False)
    short = solve(Spectrum.of(small), target[None], 2 * one, one, False, 50)
    rows = np.eye(4)
    np.testing.assert_allclose(short.log_evidence, whole.log_evidence, rtol=1e-10)
    for a, b in zip(short.quantiles(rows, (0.05, 0.9)), whole.quantiles(rows, (0.05, 0.9)), strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-6)


def test_coefficients_are_those_of_the_standing_exact_answer(found):
    train = found.trial.train
    scaling = Scaling.of(train)
    exact = posterior(scaling.dataset(train), Linear(), Prior(1, 1))
    mean, sd = exact.moments(np.eye(4)[1:])
    low, high = exact.quantiles(np.eye(4)[1:], (0.05, 0.95))
    np.testing.assert_allclose([one.mean for one in found.coefficients], mean[0], rtol=1e-8)
    np.testing.assert_allclose([(one.low, one.high) for one in found.coefficients], np.transpose([low[0], high[0]]))
    own = [one.own for one in found.coefficients]
    np.testing.assert_allclose(own, (np.stack([mean, low, high])[:, 0] / train.x.std(0) * train.y.std()).T, rtol=1e-6)
    # many rows and a wide prior: nearly least squares in the data's own units, which knows of no standardising
    design = np.column_stack([np.ones(len(train.y)), train.x])
    plain = np.linalg.lstsq(design, train.y, rcond=None)[0][1:]
    np.testing.assert_array_less(np.abs([o[0] for o in own] - plain), [(o[2] - o[1]) / 8 for o in own])
    assert [found.coefficients[i].name for i in found.order] == sorted(
        train.feature_names, key=lambda n: -abs(dict(zip(train.feature_names, mean[0], strict=True))[n])
    )
    np.testing.assert_allclose(np.diff(np.transpose([low[0], high[0]])), 3.29 * sd[0][:, None], rtol=0.05)


def test_what_an_input_is_worth_is_found_by_refits(found):
    trial = found.trial
    names = list(trial.train.feature_names)
    scaling = Scaling.of(trial.train)
    full = posterior(scaling.dataset(trial.train), Linear(), Prior(1, 1)).log_evidence[0]

    def errors(stay):
        data = Dataset.from_arrays(trial.train.x[:, stay], trial.train.y)
        own = Scaling.of(data)
        answer = posterior(own.dataset(data), Linear(), Prior(1, 1))
        rows = np.column_stack([np.ones(len(trial.held.y)), own.inputs(trial.held.x[:, stay])])
        mean = own.own_target(answer.moments(rows)[0][0])
        return (mean - trial.held.y) ** 2, answer.log_evidence[0]

    with_all, _ = errors([0, 1, 2])
    for place, worth in enumerate(found.worth):
        without, evidence = errors([i for i in range(3) if i != place])
        assert worth.name == names[place]
        assert worth.rise == pytest.approx(np.sqrt(without.mean()) - np.sqrt(with_all.mean()), rel=1e-6, abs=1e-9)
        assert worth.evidence == pytest.approx(full - evidence, rel=1e-6)
    # the two that tell the same are worth little each, the third one much
    assert found.worth[1].evidence > 5 > found.worth[2].evidence
    assert found.worth[1].rise > 2 > abs(found.worth[2].rise)
    # the error over rows is that of the bootstrap
    random = np.random.default_rng(0)
    without, _ = errors([0, 2])
    again = []
    for _ in range(800):
        some = random.integers(0, len(without), len(without))
        again.append(np.sqrt(without[some].mean()) - np.sqrt(with_all[some].mean()))
    assert found.worth[1].error == pytest.approx(np.std(again), rel=0.15)


def test_of_many_inputs_the_largest_are_weighed():
    random = np.random.default_rng(2)
    x = random.gamma(2, 1, (120, 45))
    found = all_inputs(held_out_rows(Dataset.from_arrays(x, x[:, 7] - 0.5 * x[:, 31] + random.normal(size=120))))
    assert list(found.quick_worth)[:2] == ["x8", "x32"]
    assert len(found.quick_worth) == 12
    sizes = [abs(one.mean) for one in found.coefficients]
    assert {int(name[1:]) - 1 for name in found.quick_worth} == set(np.argsort(sizes)[-12:])
    assert found.quick_worth["x32"] == found.worth_of("x32")


def test_columns_that_came_from_one_are_worth_something_together():
    random = np.random.default_rng(8)
    kind = random.choice(3, 300, p=[0.6, 0.3, 0.1])
    x = np.column_stack([kind == 1, kind == 2, random.normal(size=300)]).astype(float)
    y = 5.0 * kind + 0.3 * random.standard_normal(300)
    trial = held_out_rows(Dataset.from_arrays(x, y), seed=1)
    apart, together = all_inputs(trial), all_inputs(trial, groups=("kind", "kind", "size"))
    assert [(one.name, one.inputs) for one in together.worth] == [("kind", (0, 1)), ("size", (2,))]
    assert together.worth[0].rise > max(one.rise for one in apart.worth)
    with pytest.raises(ValueError, match="2 columns for 3 inputs"):
        all_inputs(trial, groups=("a", "b"))


def test_forecasts_agree_with_draws_and_their_coverage_is_counted(found):
    told, trial = found.forecasts, found.trial
    scaling = Scaling.of(trial.train)
    data = scaling.dataset(trial.train)
    answer = fit(data, "linear", "exact", Prior(1, 1), Budget(draws=4000, chains=4), seed=1)
    f = predict(answer, scaling.inputs(trial.held.x)).f[:, :, 0]
    new = scaling.own_target(f + answer.noise[:, None] * np.random.default_rng(2).standard_normal(f.shape))
    sd = new.std(0)
    assert (np.abs(new.mean(0) - told.mean) < 0.05 * sd).all()
    low, high = np.quantile(new, (0.05, 0.95), axis=0)
    assert (np.abs(low - told.lower) < 0.1 * sd).all()
    assert (np.abs(high - told.upper) < 0.1 * sd).all()
    inside = sum(a <= y <= b for a, y, b in zip(told.lower, trial.held.y, told.upper, strict=True))
    assert told.coverage.inside == inside
    assert told.rmse == pytest.approx(np.sqrt(np.mean((told.mean - trial.held.y) ** 2)))
    assert told.rmse_of_usual == pytest.approx(np.sqrt(np.mean((trial.train.y.mean() - trial.held.y) ** 2)))
    # a hundred draws of the mean span about five of its sds, and far less than a new row may
    spread = scaling.own_spread(f.std(0))
    assert np.mean((told.most - told.least) / spread) == pytest.approx(5.0, abs=0.6)
    assert told.within_draws < told.coverage.inside


def test_a_promise_that_is_kept_is_told_from_one_that_is_not():
    inside = np.arange(735) < 663
    told = Covered.of(inside, 0.9)
    assert (told.low, told.high) == tuple(stats.binom(735, 0.9).ppf([0.05, 0.95]))
    assert told.error == pytest.approx(stats.binom(735, 0.9).std() / 735)
    assert told.verdict == "✓ as promised"
    assert Covered.of(np.arange(735) < 600, 0.9).verdict == "▼ fewer than promised"
    assert Covered.of(np.arange(735) < 730, 0.9).verdict == "▲ more than promised"


def test_over_many_tables_the_coverage_is_what_was_promised():
    counts = [all_inputs(held_out_rows(lopsided(80, seed), 0.25, seed)).forecasts.coverage for seed in range(60)]
    share = sum(one.inside for one in counts) / sum(one.total for one in counts)
    assert abs(share - 0.9) < 3 * np.sqrt(0.9 * 0.1 / sum(one.total for one in counts)) + 0.005


def test_the_line_is_that_of_the_strongest_input_in_its_own_units():
    data = lopsided()
    told = line(data)
    assert (
        told.source.along
        == strongest(data)
        == int(np.abs([np.corrcoef(column, data.y)[0, 1] for column in data.x.T]).argmax())
    )
    x = data.x[:, told.source.along]
    plain = stats.linregress(x, data.y)
    assert told.slope[0] == pytest.approx(plain.slope, rel=0.02)
    half = stats.t(len(x) - 2).ppf(0.95) * plain.stderr
    assert told.slope[2] - told.slope[1] == pytest.approx(2 * half, rel=0.03)
    # the classical prediction interval of a new row at the median
    middle, residual = np.median(x), data.y - plain.intercept - plain.slope * x
    s = np.sqrt((residual**2).sum() / (len(x) - 2))
    reach = stats.t(len(x) - 2).ppf(0.95) * s * np.sqrt(1 + 1 / len(x) + (middle - x.mean()) ** 2 / (x.var() * len(x)))
    assert told.one_row == pytest.approx(
        (plain.intercept + plain.slope * middle - reach, plain.intercept + plain.slope * middle + reach), rel=0.01
    )
    assert (told.predictive.lower < told.credible.lower).all()
    assert told.credible.x[0] == x.min()
    other = line(data, 1)
    assert other.source.axes.x_title == "dose"
    assert other.slope[0] < 0


def test_many_rows_are_counted_on_a_grid_and_none_is_lost():
    random = np.random.default_rng(1)
    x, y = random.gamma(2, 1, 5000), random.integers(3, 9, 5000).astype(float)
    dots = counted(x, y)
    assert dots.counted
    assert dots.count.sum() == 5000
    assert set(dots.y) == set(y)  # few values stand where they are
    assert len(dots.x) <= 38 * 6
    np.testing.assert_allclose((dots.count * dots.x).sum(), x.sum())
    few = counted(x[:400], y[:400])
    assert not few.counted
    np.testing.assert_array_equal(few.x, x[:400])


def test_classes_and_perfect_fits_say_why_not():
    classes = Dataset.from_arrays([1.0, 2, 3, 4], ["a", "b", "a", "b"], task="classification", target_name="kind")
    for ask_for in (line, lambda d: all_inputs(held_out_rows(d)), lambda d: network(held_out_rows(d))):
        with pytest.raises(ValueError, match="the target 'kind' is a class"):
            ask_for(classes)
    x = np.arange(30.0)
    with pytest.raises(ValueError, match="y is 3 in every row: choose a target that varies"):
        line(Dataset.from_arrays(x, np.full(30, 3.0)))
    with pytest.raises(ValueError, match="x1 gives y without any error, like a copy of it: leave out what tells it"):
        line(Dataset.from_arrays(x, 2 * x + 7))
    with pytest.raises(ValueError, match="the inputs give y without any error"):
        all_inputs(held_out_rows(Dataset.from_arrays(np.column_stack([x, x**2]), 2 * x)))


def test_a_networks_rows_are_a_sample_and_all_others_test_it():
    data = lopsided(300)
    trial = held_out_rows(data, 0.15, seed=1)
    asked = network(trial, most=100, seed=4)
    small = asked.trial
    assert sorted([*small.places, *small.held_places]) == list(range(300))
    np.testing.assert_array_equal(small.train.y, data.y[small.places])
    np.testing.assert_array_equal(small.held.y, data.y[small.held_places])
    assert set(trial.held_places) <= set(small.held_places)
    np.testing.assert_allclose(asked.question.dataset.y, (small.train.y - small.train.y.mean()) / small.train.y.std())
    assert small.sentence.startswith("100 of 300 rows are fitted")
    assert network(trial).trial is trial  # few enough: nothing is left out


def test_a_fits_forecasts_are_in_the_datas_own_units():
    trial = held_out_rows(lopsided(200), 0.3, seed=6)
    asked = network(trial)
    exact = fit(asked.question.dataset, "linear", "exact", Prior(1, 1), Budget(draws=3000), seed=2)
    told, known = forecasts_of(exact, asked), all_inputs(trial).forecasts
    sd = (known.upper - known.lower) / 3.29
    assert (np.abs(told.mean - known.mean) < 0.1 * sd).all()
    assert (np.abs(told.lower - known.lower) < 0.25 * sd).all()
    assert (told.least < told.mean).all()
    assert (told.mean < told.most).all()
    assert told.draws == 100


@pytest.fixture(scope="module")
def wine():
    if not WINE.exists():
        pytest.skip("winequality-white.csv is not beside this checkout (../shared/reference)")
    table = read(WINE.read_bytes())
    return prepare(table, "quality", [one.name for one in table.columns if one.name != "quality"])


def test_wine_by_all_inputs_is_as_good_as_the_tutorials_network(wine):
    trial = held_out_rows(wine.dataset, 0.15)
    assert (len(trial.train.y), len(trial.held.y)) == (4163, 735)
    found = all_inputs(trial, groups=[one.column for one in wine.made])
    assert found.forecasts.rmse <= 0.76
    assert found.forecasts.coverage.verdict == "✓ as promised"
    slope = line(wine.dataset)
    assert slope.source.axes.x_title == "alcohol"
    assert [round(end, 2) for end in slope.slope] == [0.31, 0.30, 0.33]
    assert [round(end, 1) for end in slope.one_row] == [4.5, 7.2]
    biggest = max(found.worth, key=lambda one: one.evidence)
    assert biggest.name == "volatile acidity"


def test_wine_by_the_tutorials_network(wine):
    """Two layers of eight, N(0, 1) weights, 85/15: the tutorial's own RMSE of the mean is 0.76.

    The first draws will do; `benchmarks/bench_wine.py` goes to the end.
    """
    asked = network(held_out_rows(wine.dataset, 0.15))
    assert asked.question.model.hidden == (8, 8)
    assert asked.question == ask(asked.question.dataset, asked.question.model, "hmc", Prior(1, 1))
    first = next(step.fit for step in answer_steps(asked.question) if step.fit is not None)
    told = forecasts_of(first, asked)
    assert len(told.actual) == 4642
    assert told.rmse <= 0.76
    assert 0.87 < told.coverage.share < 0.93
