"""Several answers at one x: Bishop's inverse problem (1994), of which x is a function of y and y of x is none."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import special, stats

from bayes_core import (
    METHODS,
    Budget,
    Bumps,
    Dataset,
    Gaussian,
    Heteroscedastic,
    Linear,
    MixtureDensity,
    Mlp,
    Prior,
    ask,
    fit,
    methods_for,
    predict,
    summary,
)
from bayes_core.evaluation.calibration import pit
from bayes_core.evaluation.conformal.fits import own_intervals
from bayes_core.evaluation.scores import held_out, log_density_score
from bayes_core.evaluation.uncertainty import split_variance
from bayes_core.inference.existence import refuse_without_posterior
from bayes_core.inference.judge import judge_functions
from bayes_core.predict import log_likelihood
from bayes_core.summaries.curves import curves, log_prior_ratio

NET, THREE, HETERO = Mlp((5,)), MixtureDensity(3), Heteroscedastic()
PRIOR = Prior(2.0, 1.0)
MIDDLE = np.array([0.1])
"""Where three y go with one x: about -1, 0 and 1."""


def inverse(rows: int, seed: int) -> Dataset:
    """Return x = t + 0.3 sin(2 pi t) + noise and y = t, both centred and four times as large."""
    random = np.random.default_rng(seed)
    t = random.random(rows)
    x = t + 0.3 * np.sin(2 * np.pi * t) + 0.05 * random.normal(size=rows)
    return Dataset.from_arrays(4 * (x - 0.5), 4 * (t - 0.5))


@pytest.fixture(scope="module")
def problem():
    return inverse(120, 1)


@pytest.fixture(scope="module")
def trained(problem):
    return fit(problem, NET, "ensemble", PRIOR, Budget(members=8), likelihood=THREE)


@pytest.fixture(scope="module")
def one_hump(problem):
    return fit(problem, Linear(Bumps(-3.0, 3.0, 12, 0.6)), "exact", Prior(2.0, 1.0))


@pytest.fixture(scope="module")
def believed(problem):
    return fit(problem, NET, "prior", Prior(2.0, 0.4, True), Budget(draws=300, chains=1), seed=4, likelihood=THREE)


def humps(density):
    inside = density[1:-1]
    return int(((inside > density[:-2]) & (inside > density[2:]) & (inside > 0.15 * density.max())).sum())


def test_where_one_gaussian_covers_the_gaps_the_mixture_has_humps(trained, one_hump):
    y = np.linspace(-3, 3, 301)
    many, one = (summary.outcome_density(predict(fit, MIDDLE), y)[0] for fit in (trained, one_hump))
    assert humps(many) == 3
    assert humps(one) == 1
    gap = np.abs(np.abs(y) - 0.5) < 0.2  # between the branches, where no y ever is
    assert np.trapezoid(many * gap, y) < 0.5 * np.trapezoid(one * gap, y)
    band = summary.band(predict(one_hump, MIDDLE), 0.9, "observation")
    assert band.lower[0] < -0.7
    assert band.upper[0] > 0.7
    fresh = inverse(400, 2)
    assert held_out(trained, fresh).log_score > held_out(one_hump, fresh).log_score + 0.3


def by_hand(answer, x):
    """Return share, mean and sd (S, G, 3) from the weights themselves."""
    draws = answer.draws
    h = np.tanh(x[None, :, None] * draws["weight1"] + draws["bias1"][:, None, :])
    mean, scale, logit = (h @ draws[f"weight{of}"] + draws[f"bias{of}"][:, None, :] for of in ("", "_noise", "_share"))
    return special.softmax(logit, -1), mean, answer.noise[:, None, None] * np.exp(scale)


def test_a_prediction_is_the_mixture_of_all_draws_components(believed):
    x = np.array([-1.3, 0.2, 2.9])
    found, (share, mean, sd) = predict(believed, x), by_hand(believed, x)
    for told, want in zip(found.parts, (share, mean, sd), strict=True):
        np.testing.assert_allclose(told, want, rtol=1e-10)
    centre = (share * mean).sum(-1)
    np.testing.assert_allclose(found.mean_at, centre, rtol=1e-10)
    np.testing.assert_allclose(found.noise_at**2, (share * (sd**2 + mean**2)).sum(-1) - centre**2, rtol=1e-8)
    curve, new = (summary.band(found, 0.8, kind) for kind in ("function", "observation"))
    np.testing.assert_allclose(curve.lower, np.quantile(centre, 0.1, axis=0), rtol=1e-10)
    for edge, probability in ((new.lower, 0.1), (new.median, 0.5), (new.upper, 0.9)):
        below = (share * stats.norm(mean, sd).cdf(edge[None, :, None])).sum(-1).mean(0)
        np.testing.assert_allclose(below, probability, atol=1e-6)
    for told, edge in zip(own_intervals(found, [0.8]), (new.lower, new.upper), strict=True):
        np.testing.assert_allclose(told[0], edge, rtol=1e-5)  # of as many draws as there are


def test_both_parts_of_its_variance_are_those_of_what_is_drawn(believed):
    """Against 300 x 400 outcomes: the mean over draws of their variance, and the variance of their means."""
    found = predict(believed, np.array([-0.6, 1.4]))
    parts = split_variance(found.mean_at, found.noise_at)
    random = np.random.default_rng(3)
    drawn = np.stack([found.outcomes(random) for _ in range(400)])  # (400, S, G)
    within = drawn.var(0, ddof=1)
    error = drawn.var(0, ddof=1).std(0) / np.sqrt(300)
    assert (np.abs(within.mean(0) - parts.aleatoric) < 0.2 * error + 0.02 * parts.aleatoric).all()
    between = drawn.mean(0).var(0) - within.mean(0) / 400
    np.testing.assert_allclose(between, parts.epistemic, rtol=0.05)
    np.testing.assert_allclose(parts.aleatoric + parts.epistemic, parts.total, rtol=1e-10)


def test_scores_and_pit_read_all_components(trained):
    fresh = inverse(300, 5)
    found = predict(trained, fresh.x)
    share, mean, sd = found.parts
    each = log_density_score(fresh.y, mean, sd, share)
    told = held_out(trained, fresh)
    assert each.mean == pytest.approx(told.log_score, rel=1e-10)
    want = np.log((share * stats.norm(mean, sd).pdf(fresh.y[:, None])).sum(-1))
    np.testing.assert_allclose(log_likelihood(trained, fresh), want, rtol=1e-9)
    u = pit(fresh.y, mean, sd, share)
    assert ((u > 0.05) & (u < 0.95)).mean() == pytest.approx(told.coverage, abs=1e-9)
    density = summary.outcome_density(found, fresh.y[:4])
    np.testing.assert_allclose(np.log(np.diag(density[:4])), each.each[:4], rtol=1e-9)


def test_a_mode_is_where_the_slope_of_the_posterior_vanishes(problem, trained):
    """By finite differences of a log posterior written with scipy alone; its optimum is finite."""
    assert trained.diagnostics.converged, trained.diagnostics.complaints
    best = int(np.argmax(log_likelihood(trained, problem).sum(1)))
    at = {site: values[[best]] for site, values in trained.draws.items()}
    spread = {"weight_noise": 0.5**0.5 / 5**0.5, "bias_noise": 0.5**0.5, "weight_share": 3 / 5**0.5, "bias_share": 3.0}

    def log_posterior(draws, sigma):
        class One:
            noise = np.array([sigma])

        One.draws = draws
        share, mean, sd = by_hand(One, problem.x[:, 0])
        fits = np.log((share * stats.norm(mean, sd).pdf(problem.y[:, None])).sum(-1)).sum()
        prior = sum(stats.norm(0, spread.get(site, 2.0)).logpdf(values).sum() for site, values in draws.items())
        return fits + prior + stats.halfcauchy(scale=1.0).logpdf(sigma)

    sigma, tiny = trained.noise[best], 1e-5
    for site, values in at.items():
        step = np.zeros_like(values)
        step.flat[1] = tiny
        slope = [log_posterior({**at, site: values + sign * step}, sigma) for sign in (1, -1)]
        assert abs(slope[0] - slope[1]) / (2 * tiny) < 0.05, site
    up, here, down = (log_posterior(at, sigma * np.exp(by)) for by in (tiny, 0, -tiny))
    assert abs(up - down) / (2 * tiny) < 0.05
    assert here > log_posterior(at, 0.7 * sigma)


def test_the_judge_sees_no_difference_when_components_swap_places(believed):
    """Chains that name components otherwise agree: one half of the draws with all sites' components turned."""
    turned = {
        site: np.concatenate([values[:150], values[150:][..., [1, 2, 0]]]) if values.shape[-1] == 3 else values
        for site, values in believed.draws.items()
    }
    x = np.array([[-0.4], [0.9]])
    one, other = (
        judge_functions(fit, x)
        for fit in (believed, type(believed)(believed.question, turned, believed.noise, None, believed.diagnostics))
    )
    assert list(one.r_hat) == ["f(-0.4)", "f(0.9)", "sigma(-0.4)", "sigma(0.9)", "the log likelihood"]
    for name, value in one.r_hat.items():
        assert other.r_hat[name] == pytest.approx(value, rel=1e-9)


SUITED = ("nuts", "ensemble", "anchored", "dropout", "vi_meanfield", "vi_lowrank", "vi_fullrank", "map", "prior")


def test_the_menu_names_who_answers():
    assert set(methods_for(NET, "regression", THREE)) == set(SUITED)
    assert methods_for(NET, "regression", HETERO) == methods_for(NET, "regression", Gaussian())
    assert methods_for("linear", "regression", THREE) == ()
    assert methods_for(NET, "classification", THREE) == ()


@pytest.mark.parametrize("method", ["nuts", "vi_meanfield", "anchored", "map"])
def test_a_method_that_trains_or_walks_answers(problem, method):
    small = Budget(draws=20, warmup=20, chains=2, steps=100, members=8).only(METHODS[method].reads)
    answer = fit(problem, NET, method, PRIOR, small, seed=3, likelihood=THREE)
    assert answer.draws["weight_share"].shape[1:] == answer.draws["weight_noise"].shape[1:] == (5, 3)
    share, mean, sd = predict(answer, MIDDLE).parts
    np.testing.assert_allclose(share.sum(-1), 1, rtol=1e-12)
    assert (sd > 0).all()
    assert np.ptp(mean, axis=-1).min() > 0  # no two components are one


# ---------------------------------------------------------------------------------------------------------- refusals
def test_exact_is_not_for_networks(problem):
    with pytest.raises(ValueError, match=r"^exact is not for networks and the likelihood is .* choose one of hmc"):
        ask(problem, NET, "exact", likelihood=HETERO)


@pytest.mark.parametrize("method", ["hmc", "laplace", "laplace_last"])
def test_who_takes_a_draw_for_one_gaussian_says_so_and_names_who_does_not(problem, method):
    with pytest.raises(ValueError, match=rf"^{method} takes a draw for one Gaussian .* choose one of nuts, ensemble,"):
        ask(problem, NET, method, likelihood=THREE)


@pytest.mark.parametrize(
    ("model", "likelihood", "told"),
    [
        (Linear(), THREE, r"reads 9 functions of x and the model 'linear' has one: use an Mlp"),
        (NET, "mixture", r"the likelihood is 'mixture': give one such as Heteroscedastic\(\)"),
    ],
)
def test_a_likelihood_that_does_not_go_with_the_model_is_refused(problem, model, likelihood, told):
    with pytest.raises(ValueError, match=told):
        ask(problem, model, "map", likelihood=likelihood)


def test_a_likelihood_is_part_of_the_question(problem):
    plain = ask(problem, NET, "map")
    assert plain == ask(problem, NET, "map", likelihood=Gaussian())
    assert len({plain, *(ask(problem, NET, "map", likelihood=MixtureDensity(m)) for m in (2, 3))}) == 3


def test_a_noise_that_collapses_is_no_mode_and_a_narrower_prior_of_the_scales_holds_it_up(problem, trained):
    """Six places with three values each, four times over: three curves of five units meet all of the 72 rows."""
    x, y = np.repeat(np.linspace(-2, 2, 6), 12), np.tile(np.repeat([-1.0, 0.1, 1.3], 4), 6)
    met = Dataset.from_arrays(x, y + 0.2 * np.sin(9 * x))
    told = r"met exactly the noise of 8 of 8 .* widths=\{'weight_noise': 0\.3, 'bias_noise': 0\.3\}"
    with pytest.raises(ValueError, match=told):
        fit(met, NET, "map", PRIOR, likelihood=THREE)
    narrow = Prior(2.0, 1.0, widths={"weight_noise": 0.3, "bias_noise": 0.3})
    held = fit(problem, NET, "ensemble", narrow, Budget(members=8), likelihood=THREE)
    least = [predict(answer, problem.x).parts[2].min() for answer in (held, trained)]
    assert least[0] > 2 * least[1]


def test_targets_of_two_values_are_met_by_two_constants():
    switch = Dataset.from_arrays(np.linspace(-2, 2, 30), np.arange(30) % 2)
    with pytest.raises(ValueError, match=r"all 30 targets are one of 2 values, and 2 components .*noise_known=True"):
        fit(switch, Mlp((3,)), "nuts", likelihood=MixtureDensity(2))
    refuse_without_posterior(switch, Mlp((14,)), PRIOR, MixtureDensity(2))  # 30 rows, and as many weights to meet them
    refuse_without_posterior(switch, Mlp((3,)), PRIOR)


def test_nothing_is_reweighted_along_a_handle_and_that_is_said(trained):
    with pytest.raises(ValueError, match=r"no single Gaussian.*take summary\.band"):
        curves(trained, MIDDLE[:, None])
    ratio = log_prior_ratio(trained, np.array([1.0, 3.0]))
    want = sum(
        (stats.norm(0, 3.0).logpdf(trained.draws[site]) - stats.norm(0, 2.0).logpdf(trained.draws[site]))
        .reshape(8, -1)
        .sum(1)
        for site in ("weight1", "bias1", "weight", "bias")
    )
    np.testing.assert_allclose(ratio[1], want, rtol=1e-9)
