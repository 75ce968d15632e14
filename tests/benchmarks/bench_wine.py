"""White wine (../shared/reference, Cortez et al. 2009): `pytest -n 0 tests/benchmarks/bench_wine.py -s` prints scores.

Held-out fifth of 4,898 rows by seed 0, inputs and target standardised by the rest; 50 units, minibatches of 256. The
target: RMSE of the mean at most 0.70 and a 90 % predictive that holds 88 to 93 % of the held-out wines, in a minute.
"""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
import pytest

from bayes_core import Budget, Dataset, Mlp, Prior, answer_steps, fit, predict, summary
from bayes_core.data.upload import prepare, read
from bayes_core.evaluation.answer import all_inputs, forecasts_of, held_out_rows, network
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


def test_white_wine_as_the_page_of_ones_own_numbers_has_it():
    """The first answer: all inputs exactly in 0.2 s, and the tutorial's network on 256 rows, to the end."""
    if not WINE.exists():
        pytest.skip("winequality-white.csv is not beside this checkout (../shared/reference)")
    table = read(WINE.read_bytes())
    wine = prepare(table, "quality", [one.name for one in table.columns if one.name != "quality"]).dataset
    for _ in range(2):
        started = time.perf_counter()
        trial = held_out_rows(wine)
        exact = all_inputs(trial)
        told = exact.coefficients, exact.forecasts, exact.worth
        seconds = time.perf_counter() - started
    print(f"\nall inputs, what each is worth, 735 forecasts: {seconds:.3f} s; RMSE {told[1].rmse:.3f}")
    asked = network(trial)
    for _ in range(2):
        started, first, last = time.perf_counter(), 0.0, None
        for step in answer_steps(asked.question):
            if step.fit is not None:
                first, last = first or time.perf_counter() - started, step.fit
        seconds = time.perf_counter() - started
        found = forecasts_of(last, asked)
        share, state = found.coverage.share, last.diagnostics.badge
        print(f"network: first {first:.1f} s, all {seconds:.0f} s, RMSE {found.rmse:.3f}, covers {share:.3f}, {state}")
