"""NUTS against the exact answer and against published references, within Monte-Carlo error."""

from __future__ import annotations

import numpy as np
import pytest

from bayes_core import Budget, Linear, Prior, fit, summary
from bayes_core.inference.exact import posterior


def check(rows, means, sds, reference_draws=np.inf):
    """Means within 4.5 standard errors of both sides, sds within 5 %."""
    for row, mean, sd in zip(rows, means, sds, strict=True):
        error = np.hypot(row.mcse, sd / np.sqrt(reference_draws))
        assert abs(row.mean - mean) < 4.5 * error, row.name
        assert 0.95 < row.sd / sd < 1.05, row.name
        assert row.r_hat < 1.01


@pytest.mark.parametrize(("width", "noise"), [(0.5, 1.0), (10.0, 0.3)])
def test_nuts_agrees_with_exact_on_correlated_data(skewed, width, noise):
    prior = Prior(width, noise)
    exact = posterior(skewed, Linear(), prior)
    mean, sd = (m[0] for m in exact.moments(np.eye(2)))
    answer = fit(skewed, method="nuts", prior=prior, budget=Budget(draws=4000), seed=3)
    check(summary.table(answer)[:2], mean, sd)
    # sigma is heavy-tailed for so few points: compare quantiles, whose error is binomial
    at = np.quantile(fit(skewed, method="exact", prior=prior, budget=Budget(draws=50_000)).noise, [0.1, 0.5, 0.9])
    share = (answer.noise[:, None] < at).mean(0)
    np.testing.assert_allclose(share, [0.1, 0.5, 0.9], atol=4.5 * 0.5 / np.sqrt(answer.diagnostics.ess_bulk["sigma"]))


def test_nuts_on_the_blogs_data(blog, blog_truth):
    answer = fit(blog, method="nuts", prior=Prior(10, 5), budget=Budget(draws=4000), seed=1)
    assert answer.diagnostics.badge == "sampled"
    check(summary.table(answer), blog_truth["mean"].values(), blog_truth["sd"].values())


@pytest.mark.parametrize("name", ["kidscore_momiq", "kidscore_momhs", "kidscore_momhsiq", "kidscore_interaction"])
def test_nuts_on_posteriordb(kidiq, name):
    data, truth, order = kidiq[name]
    answer = fit(data, method="nuts", prior=Prior(1000, 2.5), budget=Budget(draws=4000), seed=1)
    check(
        summary.table(answer),
        [truth[p]["mean"] for p in order],
        [truth[p]["sd"] for p in order],
        reference_draws=10_000,
    )


def test_nuts_with_known_noise_and_several_features():
    random = np.random.default_rng(2)
    from bayes_core import Dataset

    x = random.gamma(2, 1, (20, 3))
    data = Dataset.from_arrays(x, 1 + x @ [0.5, -1, 2] + random.standard_normal(20))
    prior = Prior(3.0, 1.0, noise_known=True)
    exact = posterior(data, Linear(), prior)
    mean, sd = (m[0] for m in exact.moments(np.eye(4)))
    check(summary.table(fit(data, method="nuts", prior=prior, budget=Budget(draws=3000), seed=1))[:4], mean, sd)
