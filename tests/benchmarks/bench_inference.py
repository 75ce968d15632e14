"""How fast the core answers: `pytest -n 0 tests/benchmarks/bench_inference.py` (figures go into the README's table).

The blog's code as written stands beside ours in the same run, so that ratios hold on any machine.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from sklearn.datasets import make_regression

from bayes_core import Budget, Dataset, Linear, Predictive, Prior, fit, predict, summary
from bayes_core.data import blog
from bayes_core.evaluation.coverage import coverage
from bayes_core.evaluation.coverage_along import QUICK, Home
from bayes_core.evaluation.repeats import Repeats
from bayes_core.inference.exact import posterior
from bayes_core.summaries.sweep import Lens, Track, sweep

X, Y = make_regression(n_samples=100, n_features=1, noise=12.0, random_state=42)
DATA = Dataset.from_arrays(X, Y)
PRIOR = Prior(width=10, noise=5)
GRID = np.linspace(-3, 3, 200)
WIDTHS = np.geomspace(0.3, 100, 41)
MARGINALS = {
    "coef[0]": np.linspace(-5, 65, 72),
    "intercept": np.linspace(-20, 20, 72),
    "sigma": np.linspace(1, 70, 72),
}


def next_width(start: list[int] = [0]) -> float:  # noqa: B006 (a counter: every call is another slider position)
    start[0] += 1
    return float(WIDTHS[start[0] % len(WIDTHS)])


def test_exact_fit_and_band(benchmark):
    rows = Linear().design(GRID[:, None])
    benchmark(lambda: posterior(DATA, Linear(), Prior(next_width(), 5)).band(rows, GRID, 0.9))


@pytest.mark.parametrize("kind", ["function", "observation"])
def test_exact_fit_and_band_the_public_way(benchmark, kind):
    """What a notebook writes: fit, predict, band, closed-form all the way, with 8,000 draws for whoever wants them."""

    def band():
        return summary.band(predict(fit(DATA, "linear", "exact", Prior(next_width(), 5)), GRID), 0.9, kind)

    benchmark(band)


@pytest.mark.parametrize("kind", ["function", "observation"])
def test_exact_fit_and_band_from_its_draws(benchmark, kind):
    """The same by quantiles of the 8,000 draws, as for any other method."""

    def band():
        found = predict(fit(DATA, "linear", "exact", Prior(next_width(), 5)), GRID)
        return summary.band(Predictive(found.x, found.f, found.noise), 0.9, kind)

    benchmark.pedantic(band, rounds=5, warmup_rounds=1)


@pytest.mark.parametrize("method", ["exact", "map"])
def test_sweep_of_41_widths(benchmark, method):
    track = Track("width", WIDTHS, DATA.x, np.repeat(Y[None], 41, axis=0), WIDTHS, 5.0)
    lens = Lens(np.linspace(-3, 4, 61)[:, None], MARGINALS)
    benchmark(lambda: sweep(track, lens, Linear(), method))


def test_honesty_meter_one_position(benchmark):
    world = blog()
    worlds = world.repeat(np.random.default_rng(0).standard_normal((2000, 100)), 12.0)
    places = np.linspace(-3, 4, 5)[:, None]
    rows, weights = Linear().design(places), np.array([world.intercept, *world.coef])
    benchmark(lambda: coverage(Linear().design(world.x), [worlds], np.array([next_width()]), 5.0, rows, weights))


def test_honesty_meter_along_a_handle(benchmark):
    """All worlds where it stands, and what is read off at 41 positions: another noise each time, so nothing is kept."""
    world, noise = blog(), iter(np.linspace(10, 14, 100_000))
    design = Linear().design(world.x)
    rows, truth = Linear().design(np.linspace(-3, 4, 5)[:, None]), np.array([world.intercept, *world.coef])
    repeats = Repeats.of(world, 2000, 0, design, rows, truth)

    def along():
        here = float(next(noise))
        return Home(repeats, "exact", float(WIDTHS[24]), here, 5.0).along(
            WIDTHS, np.full(len(WIDTHS), here), 24, 0.9, QUICK
        )

    benchmark(along)


def test_slider_change_nuts_one_chain_as_the_blog(benchmark):
    one = Budget(chains=1)
    fit(DATA, "linear", "nuts", PRIOR, one)
    benchmark.pedantic(
        lambda width: fit(DATA, "linear", "nuts", Prior(width, 5), one), setup=lambda: ((next_width(),), {}), rounds=15
    )


@pytest.mark.parametrize("method", ["nuts", "vi_meanfield", "vi_fullrank"])
def test_slider_change(benchmark, method):
    """One slider change: 4 chains x (1000 + 2000) for NUTS, 2000 steps for VI; another width every time."""
    fit(DATA, "linear", method, PRIOR, Budget())
    benchmark.pedantic(
        lambda width: fit(DATA, "linear", method, Prior(width, 5), Budget()),
        setup=lambda: ((next_width(),), {}),
        rounds=15,
    )


@pytest.mark.parametrize("chains", [1, 4])
def test_slider_change_the_blogs_way(benchmark, chains):
    """The source's code: a new MCMC object for every change, chains of 1000 + 2000, in a process of its own."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("JAX_")}
    command = [sys.executable, str(Path(__file__).with_name("blogs_way.py"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=plain) as blog_code:

        def run(width):
            print(width, chains, file=blog_code.stdin, flush=True)
            return float(blog_code.stdout.readline())

        run(10.0)
        benchmark.pedantic(run, setup=lambda: ((next_width(),), {}), rounds=5)
        blog_code.stdin.close()
