"""The climb of a variational fit, averaged in windows of its steps."""

from __future__ import annotations

import numpy as np
import pytest

from bayes_core import Budget, Dataset, Diagnostics, Fit, Mlp, Prior, ask, fit
from bayes_core.summaries.climb import climb, window_means

STEPS = 47
RANDOM = np.random.default_rng(3)
KL = 5 + np.cumsum(RANDOM.exponential(size=STEPS))
ELBO = -200 + np.cumsum(RANDOM.exponential(2.0, size=STEPS))


def made(**about) -> Fit:
    sites = {"weight1": np.ones((2, 1, 2)), "bias1": np.ones((2, 2)), "weight": np.ones((2, 2)), "bias": np.ones(2)}
    question = ask(Dataset.from_arrays([0.0, 1.0], [0.0, 2.0]), Mlp((2,)), "vi_meanfield")
    return Fit(question, sites, np.ones(2), None, Diagnostics("approximate", **about))


def test_windows_are_the_means_of_their_steps():
    told = climb(made(elbo=ELBO, kl=KL), 10)
    start = 0
    for w in range(10):
        stop = start + (5 if w < 7 else 4)  # 47 = 7 x 5 + 3 x 4
        assert told.elbo[w] == pytest.approx(sum(ELBO[start:stop]) / (stop - start))
        assert told.kl[w] == pytest.approx(sum(KL[start:stop]) / (stop - start))
        start = stop
    assert start == STEPS
    np.testing.assert_allclose(told.likelihood - told.kl, told.elbo)


def test_the_likelihood_is_that_of_the_draws_at_the_end():
    """By the draws themselves: the last window's expected log likelihood, with a KL term that weighs three times."""
    line = Dataset.from_arrays([0.0, 1.0, 2.5, 4.0, 7.0], [0.2, 1.4, 2.1, 4.5, 6.6])
    budget = Budget(draws=3000, chains=1, steps=3000, kl_weight=3.0)
    answer = fit(line, "linear", "vi_meanfield", Prior(2.0, 1.0), budget, seed=1)
    f = answer.draws["intercept"][:, None] + answer.draws["coef"] @ line.x.T
    sigma = answer.noise[:, None]
    each = (-0.5 * ((line.y - f) / sigma) ** 2 - np.log(sigma) - 0.5 * np.log(2 * np.pi)).sum(1)
    told = climb(answer, 20)
    assert told.likelihood[-1] == pytest.approx(each.mean(), abs=4.5 * each.std() / np.sqrt(3000) + 0.1)


def test_who_did_not_climb_has_no_climb():
    assert climb(made()) is None
    assert climb(made(elbo=ELBO)) is None


@pytest.mark.parametrize("windows", [0, STEPS + 1])
def test_windows_that_would_be_empty_are_refused(windows):
    with pytest.raises(ValueError, match=f"the number of windows is {windows}"):
        window_means(KL, windows)


def test_a_smooth_trace_is_a_running_mean_and_its_low_forgets_the_start():
    import pandas as pd

    from bayes_core.summaries.climb import smooth

    trace = np.concatenate([np.full(40, -5000.0), np.random.default_rng(3).gamma(2.0, 30.0, 1960)])
    mean = pd.Series(trace).rolling(50).mean().dropna()
    shown = smooth(trace, window=50, most=400)
    np.testing.assert_allclose(shown.values, mean.to_numpy()[:: len(mean) // 400])
    np.testing.assert_array_equal(shown.steps, mean.index[:: len(mean) // 400])
    assert shown.low == pytest.approx(np.quantile(mean[len(mean) // 20 :], 0.01), rel=1e-9)
    assert shown.low > 0
    assert smooth(trace[:7]).window == 7
