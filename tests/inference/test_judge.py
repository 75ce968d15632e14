"""Chains are judged in between the data, in the tails and by their spread; draws made by hand show how."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bayes_core import Dataset, Mlp, Prior, ask, fit_steps
from bayes_core.inference import _chains, hmc
from bayes_core.inference.judge import both, judge_any, judge_functions
from bayes_core.inference.pace import Pace, more_needed
from bayes_core.numerics.convergence import convergence
from bayes_core.types import Diagnostics, Fit

CHAINS, DRAWS = 8, 500
X = np.concatenate([np.linspace(-3, 0.45, 18), np.linspace(0.8, 3, 14)])  # the widest gap holds none of the 25 places
DATA = Dataset.from_arrays(X, np.tanh(X))
MODEL = Mlp((2,))


def drawn(heights, seed=1):
    """Return a fit whose f is a constant of its own for each draw plus a bump of these heights (C, n) at 0.625."""
    random = np.random.default_rng(seed)
    size, steep = CHAINS * DRAWS, 1000.0
    one = np.ones(size)
    sites = {
        "weight1": np.full((size, 1, 2), steep),
        "bias1": -steep * np.array([0.605, 0.645]) * one[:, None],
        "weight": 0.5 * np.array([1, -1]) * np.reshape(heights, -1)[:, None],
        "bias": random.standard_normal(size),
    }
    question = ask(DATA, MODEL, "hmc", Prior(1, 1))
    noise = np.exp(0.2 * random.standard_normal(size))
    return Fit(question, sites, noise, None, Diagnostics("sampled", CHAINS, complete=False))


def at_rest():
    return np.zeros((CHAINS, DRAWS))


def test_good_chains_are_good():
    about = judge_any(drawn(at_rest()))
    assert about.converged, about.complaints
    assert len(about.r_hat) == 25 + 24 + 1  # places, middles of gaps, log sigma


def test_a_spike_between_two_data_that_one_chain_visits_is_seen():
    """Ranks do not see it, nor do the places on a grid; most of the variance at 0.625 is that spike."""
    heights = at_rest()
    heights[3, 40:60] = 60.0
    spiked = drawn(heights)
    assert judge_functions(spiked, MODEL.watched(DATA)).converged
    about = judge_any(spiked)
    place = next(name for name in about.r_hat if name == "f(0.625)")
    assert about.r_hat[place] < 1.01
    assert not about.converged
    assert about.complaints[0].startswith("Chains disagree about the spread of f(0.625), whose variance is known to")


def test_a_place_in_between_where_chains_stay_apart_is_seen():
    heights = at_rest()
    heights[:3] = 1.5
    apart = drawn(heights)
    assert judge_functions(apart, MODEL.watched(DATA)).converged
    assert "R-hat of f(0.625) is" in judge_any(apart).complaints[0]


def test_tails_are_judged():
    """Chains are wild for long and calm for long: bulk ESS is large, that of the 95 % quantile is not."""
    random = np.random.default_rng(3)
    wild = np.full((2 * CHAINS, DRAWS // 2), 0.2)
    for half in wild[::2]:
        half[int(random.integers(0, DRAWS // 2 - 50)) :][:50] = 9.0
    sticky = drawn(wild.reshape(CHAINS, DRAWS) * random.standard_normal((CHAINS, DRAWS)))
    about = judge_functions(sticky, np.array([[0.625]]))
    assert about.ess_tail["f(0.625)"] < 400 < about.ess_bulk["f(0.625)"]
    assert any("effective draws of the tails of f(0.625): try" in told for told in about.complaints)


def test_sigma_is_judged_on_its_logarithm():
    """The spread of a skewed sigma need not exist, and a Cauchy's never does: its logarithm's does."""
    plain = drawn(at_rest())
    heavy = np.abs(np.random.default_rng(2).standard_cauchy(len(plain.noise))) + 1e-3
    assert convergence(heavy.reshape(1, CHAINS, -1)).spread_error[0] > 0.5
    assert judge_any(replace(plain, noise=heavy)).converged


def test_two_judgements_are_one():
    fit = drawn(at_rest())
    parts = [judge_functions(fit, places) for places in (MODEL.watched(DATA), MODEL.watched_between(DATA))]
    whole, told = judge_any(fit), both(*parts)
    assert told.largest_r_hat == whole.largest_r_hat
    assert (min(told.ess_tail.values()), told.converged) == (min(whole.ess_tail.values()), True)


def test_places_that_differ_little_are_judged_one_by_one():
    """Years to three digits are all 2e+03, and but one of them would be judged."""
    fit = drawn(at_rest())
    years = np.linspace(2001, 2024, 24)[:, None]
    assert set(judge_functions(fit, years).r_hat) == {*(f"f({year:.0f})" for year in years[:, 0]), "sigma"}
    assert len(judge_functions(fit, 1e6 + years * 1e-6).r_hat) == 25


def test_the_error_of_a_variance_is_that_of_its_draws():
    """Normal draws know their variance to sqrt(2 / n); those of kurtosis k to sqrt((k - 1) / n)."""
    random = np.random.default_rng(5)
    normal, uniform = random.normal(3, 2, (400, 8, 100)), random.uniform(size=(400, 8, 100))
    for values, kurtosis in ((normal, 3.0), (uniform, 1.8)):
        told = convergence(values).spread_error
        error = told.std() / np.sqrt(400)
        assert np.sqrt((told**2).mean()) == pytest.approx(np.sqrt((kurtosis - 1) / 800), abs=4.5 * error)


# ------------------------------------------------------------------------------------------------ where it is watched
def test_in_between_are_the_middles_of_the_widest_gaps():
    x = np.sort(np.concatenate([np.random.default_rng(1).uniform(0, 1, 300), np.linspace(1.1, 3.0, 10)]))
    places = MODEL.watched_between(Dataset.from_arrays(x, x))[:, 0]
    assert len(places) == 24
    assert set(np.round((x[1:] + x[:-1])[np.diff(x) > 0.1] / 2, 9)) <= set(np.round(places, 9))
    assert all(np.abs(x - place).min() > 0 for place in places)
    assert len(MODEL.watched_between(Dataset.from_arrays([2.0, 2.0], [1.0, 3.0]))) == 0


def test_in_between_of_several_inputs_lies_between_rows_and_beyond_them():
    random = np.random.default_rng(2)
    x = random.normal(size=(40, 3)) * [1.0, 10.0, 0.1]
    places = MODEL.watched_between(Dataset.from_arrays(x, x[:, 0]))
    assert places.shape == (36, 3)
    gaps = np.abs(places[:, None] - (x[:, None] + x[None])[np.triu_indices(40, 1)][None] / 2).max(2).min(1)
    assert (gaps[:24] < 1e-12).all()  # each is the middle of two rows
    pushed = (places[24:] - x.mean(0)) / 1.5 + x.mean(0)
    assert (np.abs(pushed[:, None] - x).max(2).min(1) < 1e-12).all()
    assert np.isfinite(MODEL.watched_between(Dataset.from_arrays(np.ones((4, 2)), np.arange(4.0)))).all()


# ------------------------------------------------------------------------------------------------------------- pace
def test_what_is_still_to_come_follows_the_judgement_and_the_clock():
    about = Diagnostics("sampled", r_hat={"f": 1.02}, ess_bulk={"f": 900.0}, ess_tail={"f": 500.0})
    assert more_needed(about) == pytest.approx((1.02**2 - 1) / (1.01**2 - 1))
    assert more_needed(replace(about, ess_tail={"f": 100.0})) == 4.0
    assert more_needed(Diagnostics("sampled")) == np.inf
    pace = Pace(patience=1e9)
    assert (pace.expected(7.2), pace.each, pace.late) == (8, 0.0, False)
    for _ in range(12):
        pace.piece()
    assert pace.expected(7.2) == 13


def test_chains_that_are_far_apart_warm_up_anew_and_more_slowly(monkeypatch):
    """Forced on a fit that needs none of it: progress rises, the second warm-up is longer, its draws count."""
    monkeypatch.setattr(_chains, "_APART", 0.9)
    monkeypatch.setattr(hmc, "_CAREFUL", hmc.Plan(400, 200))
    steps = list(fit_steps(DATA, MODEL, "hmc", Prior(1, 0.3), seed=4))
    assert [step.done for step in steps] == list(range(1, len(steps) + 1))
    assert all(step.total > step.done for step in steps[:-1])
    assert steps[-1].total == steps[-1].done
    without = [step.fit is None for step in steps]
    assert without[:8] == [True] * 8  # 200 steps of warm-up, 25 at a time
    second = 8 + without[8:].index(True, 2)
    assert without[second : second + 16] == [True] * 16
    assert steps[-1].fit is not None
    assert steps[-1].fit.diagnostics.complete


class Late(Pace):
    """A pace whose patience is at an end, however quick the machine is."""

    late = property(lambda self: True)


def test_who_is_late_neither_warms_up_anew_nor_takes_long_trajectories(monkeypatch):
    """A large table is forced on a small one: no time at all is left, for warm-up or for draws."""
    monkeypatch.setattr(_chains, "_APART", 0.9)  # any chains would be far apart
    monkeypatch.setattr(_chains, "_LONG_WARMUP", 0.0)
    monkeypatch.setattr(_chains, "Pace", Late)
    longest, warm = [], hmc._warm

    def watched(net):
        def run(state, *rest):
            longest.append(float(state.longest))
            return warm(net)(state, *rest)

        return run

    monkeypatch.setattr(hmc, "_warm", watched)
    steps = list(fit_steps(DATA, MODEL, "hmc", Prior(1, 0.3), seed=4))
    assert longest == [64, 64, 8]  # 60 steps of warm-up, 25 at a time; the first two pieces tell how long they take
    assert [step.fit is None for step in steps][:3] == [True] * 3
    assert steps[-1].total == steps[-1].done
    assert steps[-1].fit is not None
    assert all(step.fit is not None for step in steps[3:])  # they would be warming up again
    assert steps[-1].fit.diagnostics.badge == "not converged"


def test_periodic_units_on_whole_numbers_find_the_wave():
    """65 % of the chains missed it, and with some seeds all eight did: then sigma was the spread of the data, 0.7."""
    random = np.random.default_rng([91, 1])
    x = random.integers(0, 12, size=(30, 1)).astype(float)
    data = Dataset.from_arrays(x, np.sin(1.7 * x[:, 0]) + 0.1 * random.normal(size=30))
    for seed in (0, 1):
        *_, step = fit_steps(data, Mlp((3,), "sin"), "hmc", Prior(0.5, 1), seed=seed)
        assert step.fit is not None
        assert step.fit.diagnostics.badge == "not converged" or np.median(step.fit.noise) < 0.2
