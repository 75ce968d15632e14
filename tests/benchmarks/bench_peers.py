"""Linear NUTS beside nutpie, in the same run (extra `peers`: `pip install -e '.[peers]'`, then `pytest -n 0 -s` this file).

Both get the blog's data and prior as data, compile once, and then answer what a slider asks: another prior width.
"""

from __future__ import annotations

import time
from statistics import median

import numpy as np
import pytest
from sklearn.datasets import make_regression

from bayes_core import Budget, Dataset, Prior, fit

nutpie = pytest.importorskip("nutpie", reason="the extra `peers` is not installed: nutpie is compared there")
pm = pytest.importorskip("pymc", reason="the extra `peers` is not installed: PyMC writes the model there")

X, Y = make_regression(n_samples=100, n_features=1, noise=12.0, random_state=42)
WIDTHS = np.geomspace(1, 100, 15)
DRAWS, WARMUP = 2000, 1000


def compiled(chains: int):
    """Return the blog's model, compiled once; its data and prior widths may be exchanged without compiling."""
    with pm.Model() as model:
        x, y = pm.Data("x", X[:, 0]), pm.Data("y", Y)
        width, noise = pm.Data("width", 10.0), pm.Data("noise", 5.0)
        slope, intercept = pm.Normal("slope", 0, width), pm.Normal("intercept", 0, width)
        pm.Normal("seen", intercept + slope * x, pm.HalfCauchy("sigma", noise), observed=y)
    return nutpie.compile_pymc_model(model)


@pytest.mark.parametrize("chains", [1, 4])
@pytest.mark.filterwarnings("ignore")
def test_a_slider_change_by_nuts_beside_nutpie(chains):
    data, budget = Dataset.from_arrays(X, Y), Budget(draws=DRAWS, warmup=WARMUP, chains=chains)
    theirs = compiled(chains)

    def peer(width: float) -> float:
        found = nutpie.sample(
            theirs.with_data(width=width), draws=DRAWS, tune=WARMUP, chains=chains, cores=2, seed=1, progress_bar=False
        )
        return float(found.posterior["slope"].mean())

    def ours(width: float) -> float:
        return float(fit(data, "linear", "nuts", Prior(width, 5), budget).draws["coef"].mean())

    seconds: dict[str, list[float]] = {"ours": [], "nutpie": []}
    for width in (10.0, *WIDTHS):  # the first compiles
        for name, run in (("ours", ours), ("nutpie", peer)):
            start = time.perf_counter()
            mean = run(float(width))
            seconds[name].append(time.perf_counter() - start)
            if width == 10.0:
                assert abs(mean - 44.341) < 0.15  # the published posterior's mean (sd 1.19, thousands of draws)
    warm = {name: median(took[1:]) for name, took in seconds.items()}
    print(
        f"\n{chains} chain(s): ours {1e3 * warm['ours']:.0f} ms, nutpie {1e3 * warm['nutpie']:.0f} ms a slider change"
    )
