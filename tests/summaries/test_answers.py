"""Every answer speaks one protocol; what each says is checked against closed forms, scipy and repeated draws."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats
from sklearn.linear_model import Ridge

from bayes_core import Budget, Dataset, Heteroscedastic, Linear, Mlp, Polynomial, Prior, fit
from bayes_core.inference.linear_posterior import Spectrum, solve
from bayes_core.numerics.draws import density
from bayes_core.summaries.answers import Draws, Equal, Exact, Points, intervals, thinned
from bayes_core.types import column

MODEL = Linear(Polynomial(2, -1.0, 4.0))
X = np.array([-0.8, 0.1, 0.4, 1.7, 3.6])
Y = np.array([[1.0, 0.2, 0.5, 2.9, 3.1], [1.4, 0.1, -0.3, 2.0, 5.5], [0.2, 0.4, 0.9, 1.1, 1.0]])
WIDTH, SIGMA = np.array([0.7, 3.0, 1.5]), np.array([0.9, 0.4, 1.3])
GRID = np.array([-2.0, 0.3, 5.0, 1.0])[:, None]
RANDOM = np.random.default_rng(8)


def exact(noise_known=True):
    return Exact(solve(Spectrum.of(MODEL.design(X[:, None])), Y, WIDTH, SIGMA, noise_known), MODEL, seed=4)


def points():
    rows, found = MODEL.design(X[:, None]), []
    for y, width, sigma in zip(Y, WIDTH, SIGMA, strict=True):
        found.append(Ridge(sigma**2 / width**2, fit_intercept=False).fit(rows, y).coef_)
    weights = np.array(found)
    return Points(MODEL, {"intercept": weights[:, 0], "coef": weights[:, 1:]}, SIGMA)


def drawn():
    answer = fit(Dataset.from_arrays(X, Y[1]), MODEL, "exact", Prior(3.0, 0.4), Budget(draws=4000, chains=1), seed=2)
    ratio = RANDOM.normal(0, 0.3, (3, 4000))
    ratio[0] = -40 * answer.draws["coef"][:, 0] ** 2  # far beyond these draws
    ratio[1] = 0
    return Draws.reweighted(answer, ratio, 1, RANDOM.standard_normal(4000))


ANSWERS = {
    "exact": exact,
    "exact, noise unknown": lambda: exact(noise_known=False),
    "points": points,
    "draws": drawn,
    "draws, members by lot": lambda: replace(drawn(), lot=(3, 1)),
}


@pytest.mark.parametrize("make", ANSWERS.values(), ids=ANSWERS)
def test_an_answer_keeps_the_protocol(make):
    answer = make()
    first, last = answer.trusted or (0, 2)
    known = np.isin(np.arange(3), np.arange(first, last + 1))
    found = answer.at(GRID)
    for kind in ("function", "observation"):
        low, middle, high = found.quantiles((0.1, 0.5, 0.8), kind)
        assert low.shape == middle.shape == high.shape == (3, 4)
        assert (np.isfinite(low).all(1) == known).all()
        assert (low[known] <= middle[known]).all()
        assert (middle[known] <= high[known]).all()
        if kind == "observation":
            assert (low < high)[known].all()
    assert found.mean().shape == (3, 4)
    members, parameters = answer.members(GRID, 7), answer.parameters(7)
    assert members.shape[0] == 3
    assert members.shape[2] == 4
    flat = {site: values.reshape(-1, *values.shape[2:]) for site, values in parameters.items()}
    f = MODEL.functions(flat, GRID)[:, :, 0].reshape(members.shape)
    np.testing.assert_allclose(members, f, rtol=1e-10)
    grid = np.linspace(-12, 12, 4001)
    marginal = answer.marginal("coef[1]", grid)
    mean, sd = answer.moments("coef[1]")
    np.testing.assert_array_equal([marginal.mean, marginal.sd], [mean, sd])
    assert marginal.mcse.shape == (3,)
    mass = np.trapezoid(marginal.density[known], grid, axis=1)
    np.testing.assert_allclose(mass, 1, atol=0.01)
    centre = np.trapezoid(marginal.density[known] * grid, grid, axis=1)
    np.testing.assert_allclose(centre, mean[known], atol=0.02 * np.abs(mean[known]).max())
    [outline] = answer.joint(("coef[1]", "intercept"), [0.6])
    centre = outline[known][:, :-1].mean(1)
    spread = np.maximum(np.array([answer.moments(name)[1][known] for name in ("coef[1]", "intercept")]).T, 0.01)
    middles = np.array([answer.moments(name)[0][known] for name in ("coef[1]", "intercept")]).T
    assert (np.abs(centre - middles) < 0.2 * spread).all()
    assert np.isnan(outline[~known]).all()


def by_hand(v):
    """Return mean and covariance of the weights with the noise known, from the normal equations."""
    rows = MODEL.design(X[:, None])
    precision = rows.T @ rows / SIGMA[v] ** 2 + np.eye(3) / WIDTH[v] ** 2
    covariance = np.linalg.inv(precision)
    return covariance @ rows.T @ Y[v] / SIGMA[v] ** 2, covariance


@pytest.mark.parametrize("v", range(3))
def test_the_exact_answer_is_the_normal_equations(v):
    answer, (mean, covariance), rows = exact(), by_hand(v), MODEL.design(GRID)
    centre, variance = rows @ mean, np.einsum("gp,pq,gq->g", rows, covariance, rows)
    found = answer.at(GRID)
    np.testing.assert_allclose(found.mean()[v], centre, rtol=1e-9)
    for kind, more in (("function", 0.0), ("observation", SIGMA[v] ** 2)):
        for p, edge in zip((0.07, 0.6), found.quantiles((0.07, 0.6), kind), strict=True):
            np.testing.assert_allclose(edge[v], stats.norm(centre, np.sqrt(variance + more)).ppf(p), rtol=1e-6)
    grid = np.linspace(-2, 3, 50)
    marginal = answer.marginal("coef[0]", grid)
    np.testing.assert_allclose(marginal.density[v], stats.norm(mean[1], covariance[1, 1] ** 0.5).pdf(grid), rtol=1e-8)
    assert marginal.mcse[v] == 0
    draws = answer.parameters(600)
    off = np.column_stack([draws["intercept"][v], draws["coef"][v]]) - mean
    whitened = off @ np.linalg.cholesky(np.linalg.inv(covariance))
    assert np.abs(whitened.mean(0)).max() < 4 / np.sqrt(600)
    np.testing.assert_allclose(np.cov(whitened.T), np.eye(3), atol=0.25)


def test_points_are_ridge_regression_with_noise_around_it():
    answer, rows = points(), MODEL.design(GRID)
    low, high = answer.at(GRID).quantiles((0.05, 0.95), "observation")
    inside = answer.at(GRID).quantiles((0.05, 0.95))
    for v in range(3):
        curve = rows @ by_hand(v)[0]  # the mode of a Gaussian is its mean
        np.testing.assert_allclose(inside[0][v], curve, rtol=1e-8)
        np.testing.assert_array_equal(inside[0], inside[1])
        np.testing.assert_allclose(low[v], stats.norm(curve, SIGMA[v]).ppf(0.05), rtol=1e-8)
        np.testing.assert_allclose(high[v], stats.norm(curve, SIGMA[v]).ppf(0.95), rtol=1e-8)
    assert [outline.shape for outline in answer.joint(("intercept", "coef[0]"), (0.9, 0.5))] == [(3, 2, 2)] * 2


def network(draws):
    """Return hand-made draws of a network whose noise depends on x."""
    random, net = np.random.default_rng(1), Mlp((2,))
    values = {
        site: random.standard_normal((draws, *shape)) for site, shape in net.shapes(1, Heteroscedastic().heads).items()
    }
    return net, values, random.gamma(3, 0.2, draws)


def test_points_of_a_network_have_their_own_noise_at_every_x():
    net, values, noise = network(3)
    low = Points(net, values, noise, likelihood=Heteroscedastic()).at(GRID).quantiles((0.2,), "observation")[0]
    for v in range(3):
        h = np.tanh(GRID @ values["weight1"][v] + values["bias1"][v])
        f, sigma = h @ values["weight"][v] + values["bias"][v], noise[v] * np.exp(h @ values["weight_noise"][v])
        np.testing.assert_allclose(low[v], stats.norm(f, sigma).ppf(0.2), rtol=1e-9)


def test_weighted_draws_are_draws_that_are_repeated():
    """Whole-number weights against a heap in which every draw lies that many times."""
    net, values, noise = network(60)
    data, budget = Dataset.from_arrays(X, Y[0]), Budget(draws=60, chains=1)
    asked = fit(data, net, "prior", Prior(1, 1), budget, seed=1, likelihood=Heteroscedastic())
    times = np.stack([np.ones(60, dtype=int), RANDOM.integers(0, 9, 60)])
    shock = RANDOM.standard_normal(60)
    answer = Draws(
        replace(asked, draws=values, noise=noise), times / times.sum(1, keepdims=True), shock, size=4, first=2
    )
    found = answer.at(GRID)
    f, factor = net.functions(values, GRID)[:, :, 0], np.exp(net.functions(values, GRID)[:, :, 1])
    new = f + noise[:, None] * factor * shock[:, None]
    assert answer.trusted == (2, 3)
    for v in (0, 1):
        heap = {
            name: np.repeat(part, times[v], axis=0)
            for name, part in (("f", f), ("new", new), ("noise", noise[:, None] * factor), ("sigma", noise))
        }
        np.testing.assert_allclose(found.mean()[2 + v], heap["f"].mean(0))
        for share, level in zip((0.2, 0.5), found.noise((0.2, 0.5)).transpose(1, 0, 2), strict=True):
            below = (heap["noise"] < level[2 + v]).mean(0)
            np.testing.assert_allclose(below, share, atol=times[v].max() / times[v].sum())
        moments = answer.moments("sigma")
        np.testing.assert_allclose([m[2 + v] for m in moments], [heap["sigma"].mean(), heap["sigma"].std()])
        for kind, name in (("function", "f"), ("observation", "new")):
            for share, edge in zip((0.3, 0.9), found.quantiles((0.3, 0.9), kind), strict=True):
                below = (heap[name] < edge[2 + v]).mean(0)
                np.testing.assert_allclose(below, share, atol=times[v].max() / times[v].sum())
    everything = [*found.quantiles((0.3,)), found.mean(), found.noise((0.5,)), answer.members(GRID, 5)]
    for part in (*everything, *answer.moments("weight1[0,1]"), *answer.parameters(5).values()):
        assert np.isnan(part[:2]).all()
        assert np.isfinite(part[2:]).all()
    assert set(answer.parameters(40)["bias"][3]) <= set(values["bias"][times[1] > 0])


def test_members_follow_the_weights_evenly():
    weight = np.array([[0.5, 0.25, 0.25, 0.0]])
    asked = fit(Dataset.from_arrays(X, Y[0]), "linear", "prior", Prior(1, 1), Budget(draws=4, chains=1), seed=1)
    values = Draws(asked, weight, np.zeros(4)).parameters(8)["intercept"][0]
    np.testing.assert_array_equal(values, asked.draws["intercept"][[0, 0, 0, 0, 1, 1, 2, 2]])


def test_the_monte_carlo_error_counts_effective_draws():
    asked = fit(Dataset.from_arrays(X, Y[0]), "linear", "prior", Prior(1, 1), Budget(draws=400, chains=1), seed=1)
    sticky = replace(asked, diagnostics=replace(asked.diagnostics, ess_bulk={"coef[0]": 100.0}))
    weight = np.repeat([[1.0, 3.0]], 200, axis=0).reshape(1, -1) / 800
    grid = np.linspace(-3, 3, 31)
    found = Draws(thinned(sticky, slice(None)), weight, np.zeros(400)).marginal("coef[0]", grid)
    values = asked.draws["coef"][:, 0]
    sd = np.sqrt(np.cov(values, aweights=weight[0], ddof=0))
    assert found.sd[0] == pytest.approx(sd)
    assert found.mcse[0] == pytest.approx(sd / np.sqrt(400 * 0.8 * 0.25))  # Kish: (1 + 3)^2 / (2 (1 + 9)) = 0.8
    np.testing.assert_allclose(found.density[0], density(values, grid, weight[0]))
    half = thinned(sticky, slice(None, None, 2))  # every other draw of a sticky chain loses nothing
    assert Draws(half, np.full((1, 200), 1 / 200), np.zeros(200)).marginal("coef[0]", grid).mcse[0] == pytest.approx(
        values[::2].std() / 10
    )


def test_equal_draws_and_a_posterior_agree():
    """Quantiles of draws against closed forms, the noise unknown, within their own error."""
    data, prior = Dataset.from_arrays(X, Y[1]), Prior(3.0, 0.4)
    answer = fit(data, MODEL, "exact", prior, Budget(draws=40_000, chains=1), seed=5)
    noise = np.broadcast_to(answer.noise[:, None], (40_000, 4))
    heap = Equal(MODEL.functions(answer.draws, GRID)[:, :, 0], noise)
    truth = Exact(solve(Spectrum.of(MODEL.design(data.x)), Y[1:2], np.array([3.0]), np.array([0.4]), False), MODEL)
    one, other = (intervals(found, GRID, 0.8, 0.5) for found in (heap, truth.at(GRID)))
    assert list(one) == ["credible", "inner", "predictive"]
    for name, kind, shares in (
        ("credible", "function", (0.1, 0.9)),
        ("inner", "function", (0.25, 0.75)),
        ("predictive", "observation", (0.1, 0.9)),
    ):
        edges = truth.at(GRID).quantiles(shares, kind)
        np.testing.assert_allclose([other[name].lower, other[name].upper], edges, rtol=1e-6)
    assert list(intervals(heap, GRID, 0.8)) == ["credible", "predictive"]
    for name, interval in one.items():
        assert (interval.level, interval.kind, interval.label) == (
            other[name].level,
            other[name].kind,
            other[name].label,
        )
        width = other[name].upper - other[name].lower
        # an edge of 40,000 draws is known to 1.7 sd / sqrt(40,000), under 1 % of these widths
        np.testing.assert_allclose(interval.lower, other[name].lower, atol=0.03 * width.max())
        np.testing.assert_allclose(interval.upper, other[name].upper, atol=0.03 * width.max())
        assert (np.abs(interval.lower - other[name].lower) < 0.03 * width).all()


def test_a_column_is_what_a_fit_calls_so():
    answer = fit(Dataset.from_arrays(X, Y[0]), Mlp((2, 3)), "prior", Prior(1, 1), Budget(draws=5, chains=1), seed=1)
    for name, values in answer.columns().items():
        np.testing.assert_array_equal(column(name, answer.draws, answer.noise), values)
