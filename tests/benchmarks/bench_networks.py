"""How fast networks are sampled: `pytest -n 0 tests/benchmarks/bench_networks.py -s` prints a table.

NumPyro's NUTS on all weights, as the source runs it, stands beside the fast sampler in the same run; they are compared
by the smallest effective sample size of f per second.
"""

from __future__ import annotations

import statistics
import time

import numpy as np
import pytest
from arviz_stats.base import array_stats

from bayes_core import METHODS, Budget, Dataset, Mlp, Prior, fit, predict
from bayes_core.data import gap, sine, step

GRID = np.linspace(-5, 5, 200)
CASES = {
    "the source's data": (sine().dataset(), Mlp(), Prior(1, 1)),
    "width 0.3": (sine().dataset(), Mlp(), Prior(0.3, 1)),
    "width 3": (sine().dataset(), Mlp(), Prior(3, 1)),
    "noise scale 0.1": (sine().dataset(), Mlp(), Prior(1, 0.1)),
    "noise scale 10": (sine().dataset(), Mlp(), Prior(1, 10)),
    "a gap": (gap().dataset(), Mlp(), Prior(1, 1)),
    "a step": (step().dataset(), Mlp(), Prior(1, 1)),
    "500 points": (sine(500).dataset(), Mlp(), Prior(1, 1)),
    "20 units": (sine().dataset(), Mlp((20,)), Prior(1, 1)),
    "50 units": (sine().dataset(), Mlp((50,)), Prior(1, 1)),
}


def standard(x, y) -> Dataset:
    return Dataset.from_arrays((x - x.mean(0)) / x.std(0), (y - y.mean()) / y.std())


def diabetes_five() -> tuple[Dataset, Mlp, Prior]:
    from bayes_core.data import diabetes

    raw = diabetes(("age", "sex", "bmi", "bp", "s5"))
    return standard(raw.x, raw.y), Mlp(), Prior(1, 1)


def worst(answer, chains: int) -> tuple[float, float]:
    """Return the largest R-hat and the smallest bulk ESS of f over the grid and of sigma."""
    x = GRID if answer.draws["weight1"].shape[1] == 1 else np.random.default_rng(0).normal(size=(50, 5))
    f = np.column_stack([predict(answer, x).f[:, :, 0], answer.noise])
    drawn = np.moveaxis(f.reshape(chains, -1, f.shape[1]), 2, 0)
    r_hat, ess = (getattr(array_stats, name)(drawn, chain_axis=1, draw_axis=2) for name in ("rhat", "ess"))
    return float(np.max(r_hat)), float(np.min(ess))


@pytest.mark.parametrize("name", [*CASES, "5 inputs (diabetes)"])
def test_fast_hmc(name):
    data, model, prior = CASES[name] if name in CASES else diabetes_five()
    fit(data, model, "hmc", prior, seed=99)
    times, good = [], 0
    for seed in range(10):
        started = time.perf_counter()
        answer = fit(data, model, "hmc", prior, seed=seed)
        times.append(time.perf_counter() - started)
        r_hat, ess = worst(answer, 8)
        good += r_hat < 1.01 and ess > 400
    print(f"\n{name:22} median {statistics.median(times):.2f} s, worst {max(times):.2f} s, {good} of 10 converged")


def test_against_nuts_on_all_weights():
    data, model, prior = CASES["the source's data"]
    budget = Budget(draws=2000, warmup=1000, chains=1)
    fit(data, model, "nuts", prior, Budget(draws=20, warmup=1000, chains=1), seed=1)
    rates, lasted = [], []
    for seed in range(5):
        started = time.perf_counter()
        slow = fit(data, model, "nuts", prior, budget, seed=seed)
        lasted.append(time.perf_counter() - started)
        rates.append(worst(slow, 1)[1] / lasted[-1])
    seconds, rate = statistics.median(lasted), statistics.median(rates)
    fits, took = [], []
    for seed in range(5):
        started = time.perf_counter()
        fits.append(fit(data, model, "hmc", prior, seed=seed))
        took.append(time.perf_counter() - started)
    fast = statistics.median(worst(f, 8)[1] / t for f, t in zip(fits, took, strict=True))
    print(f"\nNUTS {seconds:.1f} s, {rate:.0f} effective draws/s; fast HMC {fast:.0f}/s: {fast / rate:.0f} times")


@pytest.mark.parametrize(
    "method", ["ensemble", "anchored", "laplace", "dropout", "vi_meanfield", "vi_lowrank", "vi_fullrank", "map"]
)
def test_approximations(method):
    data, model, _ = CASES["the source's data"]
    budget = Budget(draws=500, chains=4)
    times = []
    for width in (1.0, 1.1, 1.2, 0.9, 0.8):
        started = time.perf_counter()
        fit(data, model, method, Prior(width, 1), budget.only(METHODS[method].reads), seed=1)
        times.append(time.perf_counter() - started)
    print(f"\n{method:22} {statistics.median(times[1:]) * 1000:.0f} ms")
