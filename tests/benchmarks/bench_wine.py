"""White wine (../shared/reference, Cortez et al. 2009): `pytest -n 0 tests/benchmarks/bench_wine.py -s` prints scores.

Held-out fifth of 4,898 rows by seed 0, inputs and target standardised by the rest; 50 units, minibatches of 256. The
target: RMSE of the mean at most 0.70 and a 90 % predictive that holds 88 to 93 % of the held-out wines, in a minute.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from bayes_core import Budget, Dataset, Mlp, Prior, fit, predict, summary
from bayes_core.models.linear import Standard

WINE = Path(__file__).resolve().parents[3] / "shared" / "reference" / "winequality-white.csv"


@pytest.mark.parametrize(
    ("method", "model", "width"),
    [("anchored", Mlp((50,)), 1.0), ("ensemble", Mlp((50,)), 1.0), ("ensemble", Mlp((50,), fan_in=True), 3.0)],
)
def test_white_wine(method, model, width):
    if not WINE.exists():
        pytest.skip("winequality-white.csv is not beside this checkout (../shared/reference)")
    rows = np.genfromtxt(WINE, delimiter=",", skip_header=1)
    x, y = rows[:, :-1], rows[:, -1]
    order = np.random.default_rng(0).permutation(len(y))
    seen, held = order[: int(0.8 * len(y))], order[int(0.8 * len(y)) :]
    standard, mean, sd = Standard.of(x[seen]), y[seen].mean(), y[seen].std()
    data = Dataset.from_arrays(standard(x[seen]), (y[seen] - mean) / sd)
    started, worked = time.perf_counter(), time.process_time()
    answer = fit(data, model, method, Prior(width, 1), Budget(members=20, steps=2000, batch=256), seed=0)
    took = f"{time.perf_counter() - started:.0f} s, {time.process_time() - worked:.0f} s of processor time"
    told = predict(answer, standard(x[held]))
    rmse = np.sqrt(np.mean((told.f[:, :, 0].mean(0) * sd + mean - y[held]) ** 2))
    band = summary.band(told, 0.9, "observation")
    covered = ((band.lower * sd + mean < y[held]) & (y[held] < band.upper * sd + mean)).mean()
    width_of = "narrower into wide layers" if model.fan_in else "as wide as any"
    print(f"\n{method}, width {width:g}, {width_of}: RMSE {rmse:.3f}, covers {covered:.3f}, {took}")
