"""How fast classes are sampled and judged: `pytest -n 0 tests/benchmarks/bench_classes.py -s` prints a table.

Every time is warm, from the question to the fit; a "first map" is the first draws that a reader would see. Beside
seconds stand those of the processor, all threads together, which other work on the machine changes less.
"""

from __future__ import annotations

import statistics
import time

import numpy as np
import pytest

from bayes_core import Budget, Mlp, Prior, ask, fit, predict
from bayes_core.data import blobs, circles, iris, moons
from bayes_core.evaluation.calibration.temperature import best_temperature
from bayes_core.evaluation.class_map import class_map
from bayes_core.evaluation.conformal import thresholds
from bayes_core.inference import answer_steps
from bayes_core.models import Linear
from bayes_core.numerics.convergence import convergence

PLACES = np.stack(np.meshgrid(np.linspace(-2.5, 2.5, 12), np.linspace(-2.5, 2.5, 12)), -1).reshape(-1, 2)
CASES = {
    "moons, 10 units": (moons().dataset(), Mlp((10,))),
    "circles, 10 units": (circles().dataset(), Mlp((10,))),
    "blobs, 10 units": (blobs().dataset(), Mlp((10,))),
    "moons, 20 units": (moons().dataset(), Mlp((20,))),
    "moons of 500, 10 units": (moons(500).dataset(), Mlp((10,))),
}


def timed(question, start=None):
    """Return the fit, seconds until its first draws and until its end, and the processor's until its end."""
    began, first, worked = time.perf_counter(), 0.0, time.process_time()
    for step in answer_steps(question, start):
        if step.fit is not None and not first:
            first = time.perf_counter() - began
    return step.fit, first, time.perf_counter() - began, time.process_time() - worked


def middle(runs, part) -> float:
    """Return the median of one part of what was timed."""
    return statistics.median(run[part] for run in runs)


def agreed(answer) -> bool:
    """Return whether chains agree about the log odds at 144 places, most of which the sampler did not judge itself."""
    odds = answer.question.dataset.likelihood.log_odds(predict(answer, PLACES).f)
    drawn = odds.reshape(answer.diagnostics.chains, -1, odds.shape[1] * odds.shape[2]).transpose(2, 0, 1)
    r_hat, bulk, *_ = convergence(drawn)
    return bool(r_hat.max() < 1.01 and bulk.min() > 400)


@pytest.mark.parametrize("name", CASES)
def test_networks_on_classes(name):
    data, model = CASES[name]
    timed(ask(data, model, "hmc", Prior(1.0), seed=99))
    cold = [timed(ask(data, model, "hmc", Prior(1.0), seed=seed)) for seed in range(10)]
    good = sum(agreed(answer) for answer, *_ in cold)
    near = fit(data, model, "hmc", Prior(0.87), seed=5)
    timed(ask(data, model, "hmc", Prior(0.95), seed=98), near)
    hot = [timed(ask(data, model, "hmc", Prior(1.0), seed=seed), near) for seed in range(5)]
    print(
        f"\n{name:24} first map {middle(cold, 1):.2f} s, converged {middle(cold, 2):.2f} s (processor "
        f"{middle(cold, 3):.2f}), worst {max(c[2] for c in cold):.2f} s, {good} of 10; from a neighbour "
        f"{middle(hot, 1):.2f} and {middle(hot, 2):.2f} s (processor {middle(hot, 3):.2f})"
    )


@pytest.mark.parametrize("name", ["moons", "blobs"])
def test_logistic_regression(name):
    data = {"moons": moons, "blobs": blobs}[name]().dataset()
    timed(ask(data, Linear(), "hmc", Prior(1.0), seed=99))
    runs = [timed(ask(data, Linear(), "hmc", Prior(width), seed=1)) for width in (0.5, 0.8, 1.2, 2.0, 3.0)]
    print(f"\nlogistic, {name:13} {1000 * middle(runs, 2):.0f} ms (processor {1000 * middle(runs, 3):.0f})")


def test_iris_by_variational_inference():
    data, budget = iris(), Budget(steps=3000, kl_weight=0.01868, draws=250)
    fit(data, Mlp((100,), "relu"), "vi_meanfield", Prior(0.11), budget, seed=0)
    *_, seconds, worked = timed(ask(data, Mlp((100,), "relu"), "vi_meanfield", Prior(0.1), budget, seed=0))
    print(f"\niris, 4-100-3, 3,000 steps {seconds:.1f} s (processor {worked:.1f})")


def test_a_map_of_ten_thousand_places():
    data, model = CASES["blobs, 10 units"]
    answer = fit(data, model, "prior", Prior(1.0), Budget(draws=100, chains=4))
    places = np.stack(np.meshgrid(np.linspace(-3, 3, 100), np.linspace(-3, 3, 100)), -1).reshape(-1, 2)
    began, worked = time.perf_counter(), time.process_time()
    assert class_map(answer, places).probabilities.shape == (10_000, 3)
    seconds, worked = time.perf_counter() - began, time.process_time() - worked
    print(f"\nthe map of 400 draws at 100 x 100 places {seconds:.2f} s (processor {worked:.2f})")


def test_conformal_thresholds_of_many_worlds(benchmark):
    scores = np.abs(np.random.default_rng(0).normal(size=(2000, 200)))
    benchmark(thresholds, scores, np.linspace(0.5, 0.99, 41))


def test_best_temperature(benchmark):
    random = np.random.default_rng(0)
    logits = 3 * random.normal(size=(500, 3))
    labels = np.array([random.choice(3, p=p / p.sum()) for p in np.exp(logits / 2)])
    benchmark(best_temperature, logits, labels)
