"""Searches for modes: they end at the floor, where the data's scale is, report as they go, and say when they do not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import optimize, stats

from bayes_core import METHODS, Budget, Cancelled, Dataset, Linear, Mlp, Prior, ask, fit, fit_steps, predict, summary
from bayes_core.data import diabetes, gap, step
from bayes_core.inference import _train
from bayes_core.inference._jax import jax, jnp, prepare
from bayes_core.inference._newton import advance, begin, steihaug
from bayes_core.inference.dropout import outgoing
from bayes_core.models.tangent import jacobian

SEARCHERS = ("map", "ensemble", "anchored", "laplace", "dropout", "vi_meanfield", "vi_lowrank", "vi_fullrank")
FEW = Budget(draws=100, chains=1, steps=300, members=3)


def minus_log_posterior(flat, model, data, prior):
    """Return -log p(y, weights, sigma) of a network and its gradient in (weights, log sigma), without jax."""
    sites, start = {}, 0
    for site, shape in model.shapes(data.x.shape[1]).items():
        size = int(np.prod(shape, dtype=int))
        sites[site] = flat[start : start + size].reshape(1, *shape)
        start += size
    sigma = np.exp(flat[-1])
    rest = data.y - model.functions(sites, data.x)[0, :, 0]
    value = -stats.norm(0, sigma).logpdf(rest).sum() - stats.norm(0, prior.width).logpdf(flat[:-1]).sum()
    value -= stats.halfcauchy(0, prior.noise).logpdf(sigma)
    slope = -rest @ jacobian(model, sites, data.x)[0, :, 0] / sigma**2 + flat[:-1] / prior.width**2
    noise = len(rest) - rest @ rest / sigma**2 + 2 * sigma**2 / (prior.noise**2 + sigma**2)
    return value, np.append(slope, noise)


def gains(answer, data):
    """Return by how many nats scipy's L-BFGS can still better each draw."""
    model, prior = answer.model, answer.prior
    flat = np.concatenate(
        [answer.draws[site].reshape(len(answer.noise), -1) for site in model.shapes(data.x.shape[1])], 1
    )
    places = np.column_stack([flat, np.log(answer.noise)])
    options = {"maxiter": 3000, "maxfun": 5000, "ftol": 1e-14, "gtol": 1e-9}
    found = []
    for place in places:
        better = optimize.minimize(
            minus_log_posterior, place, (model, data, prior), jac=True, method="L-BFGS-B", options=options
        )
        found.append(minus_log_posterior(place, model, data, prior)[0] - better.fun)
    return np.array(found)


@pytest.fixture(scope="module")
def six() -> Dataset:
    """Six skewed inputs on scales of their own."""
    random = np.random.default_rng(8)
    x = random.gamma(2.0, 1.0, (70, 6)) * np.array([1.0, 3.0, 0.3, 1.0, 1.0, 2.0])
    y = np.sin(x[:, 0]) + 0.4 * x[:, 1] - np.exp(-x[:, 2]) * x[:, 3] + 0.2 * random.standard_normal(70)
    return Dataset.from_arrays(x, y)


def test_map_ends_at_its_optimum(six):
    answer = fit(six, Mlp(), "map", Prior(1, 1), seed=1)
    assert answer.diagnostics.badge == "approximate"
    assert gains(answer, six)[0] < 1e-6


def test_every_member_ends_at_a_mode():
    data = gap(40, 4).dataset()
    answer = fit(data, Mlp(), "ensemble", Prior(1.5, 1), Budget(members=6), seed=1)
    assert answer.diagnostics.badge == "approximate"
    assert gains(answer, data).max() < 1e-4


@pytest.fixture(scope="module")
def raw() -> Dataset:
    """Patients in raw units: residuals sixty times the noise that the prior calls typical."""
    return diabetes(("bmi",)).head(120)


@pytest.mark.parametrize("method", ["map", "ensemble", "anchored", "dropout"])
def test_the_noise_is_as_large_as_what_is_left_however_small_the_prior_calls_it(raw, method):
    answer = fit(raw, Mlp(), method, Prior(100, 1), Budget(members=4).only(METHODS[method].reads), seed=1)
    slope, intercept = np.polyfit(raw.x[:, 0], raw.y, 1)
    line = np.sqrt(np.mean((raw.y - intercept - slope * raw.x[:, 0]) ** 2))
    left = np.sqrt(((raw.y - predict(answer, raw.x).f[:, :, 0]) ** 2).mean(1))
    np.testing.assert_allclose(answer.noise.mean(), left.mean(), rtol=0.1)
    if method != "dropout":  # one network, whose units may all be saturated in these units: a constant
        assert left.mean() == pytest.approx(line, rel=0.2)
    band = summary.band(predict(answer, raw.x), 0.9, "observation")
    held = ((band.lower < raw.y) & (raw.y < band.upper)).mean()
    assert 0.83 < held < 0.97


@pytest.mark.parametrize("method", ["ensemble", "laplace"])
def test_other_units_give_the_same_answer(method):
    """y and the prior's width 10,000 times as large, and the prior's noise as it was: sigma is that of the rest."""
    random = np.random.default_rng(2)
    x = random.uniform(-2, 2, 40)
    y = 3e4 * x + 1e4 * random.standard_normal(40)
    answer = fit(Dataset.from_arrays(x, y), Linear(), method, Prior(1e5, 1), FEW.only(METHODS[method].reads), seed=1)
    rest = y - np.polyval(np.polyfit(x, y, 1), x)
    assert np.median(answer.noise) == pytest.approx(np.sqrt(rest @ rest / 41), rel=0.1)
    assert answer.diagnostics.converged


@pytest.mark.parametrize("method", SEARCHERS)
def test_too_few_steps_are_said(method):
    data = step(50, 5).dataset()
    about = fit(
        data, Mlp(), method, Prior(1, 1), replace(FEW, steps=30).only(METHODS[method].reads), seed=1
    ).diagnostics
    assert about.badge == "not converged"
    assert "raise budget.steps" in about.complaints[0]


def cut(method, monkeypatch, **asked):
    """Return the steps of a fit that is cut into as many pieces as there can be."""
    monkeypatch.setattr(_train, "_SLICE", 2000.0)
    return fit_steps(step(30, 5).dataset(), Mlp((3,)), method, Prior(1, 1), FEW.only(METHODS[method].reads), **asked)


@pytest.mark.parametrize("method", SEARCHERS)
def test_draws_do_not_depend_on_where_a_fit_is_cut(method, monkeypatch):
    whole = fit(step(30, 5).dataset(), Mlp((3,)), method, Prior(1, 1), FEW.only(METHODS[method].reads), seed=2)
    pieces = list(cut(method, monkeypatch, seed=2))
    assert len(pieces) > 2
    some = [piece.fit for piece in pieces if piece.fit is not None]
    assert all(one.diagnostics.badge == "not converged" and not one.diagnostics.complete for one in some[:-1])
    np.testing.assert_array_equal(whole.noise, some[-1].noise)
    for site, values in whole.draws.items():
        np.testing.assert_array_equal(values, some[-1].draws[site])
    assert whole.diagnostics.complaints == some[-1].diagnostics.complaints


@pytest.mark.parametrize("method", SEARCHERS)
def test_a_fit_can_be_left_after_its_first_step(method, monkeypatch):
    heard = []

    def leave(one):
        heard.append(one)
        return False

    monkeypatch.setattr(_train, "_SLICE", 2000.0)
    with pytest.raises(Cancelled, match=method):
        fit(step(30, 5).dataset(), Mlp((3,)), method, Prior(1, 1), FEW.only(METHODS[method].reads), progress=leave)
    assert len(heard) == 1
    assert heard[0].done < 0.5 * heard[0].total


@pytest.mark.parametrize("method", ["map", "ensemble", "anchored", "laplace"])
def test_where_every_point_can_be_fitted_there_is_no_mode_and_that_is_said(method):
    data = Dataset.from_arrays([0.0, 1.0, 2.5], [3.0, -4.0, 9.0])
    budget = Budget(members=3, steps=2000).only(METHODS[method].reads)
    with pytest.raises(ValueError, match=r"3 points without error.*has no mode.*noise_known=True"):
        fit(data, Mlp(), method, Prior(10, 0.05), budget, seed=1)
    assert fit(data, Mlp(), method, Prior(10, 0.2, noise_known=True), budget, seed=1).diagnostics.converged


def test_minibatches_of_an_ensemble_find_the_line_that_all_rows_find():
    random = np.random.default_rng(3)
    x = random.gamma(2.0, 1.0, (400, 2))
    data = Dataset.from_arrays(x, 1 + x @ [2.0, -0.5] + 0.7 * random.standard_normal(400))
    budget = Budget(members=3, steps=600, batch=64)
    some, every = (fit(data, Linear(), "ensemble", Prior(3, 1), b, seed=1) for b in (budget, replace(budget, batch=0)))
    np.testing.assert_allclose(some.draws["coef"].mean(0), every.draws["coef"].mean(0), atol=0.05)
    np.testing.assert_allclose(some.noise.mean(), every.noise.mean(), rtol=0.05)
    with pytest.raises(ValueError, match=r"budget\.batch is 500 and there are 400 rows"):
        fit(data, Linear(), "ensemble", Prior(3, 1), Budget(batch=500))


def test_laplaces_evidence_is_that_of_the_gaussian_at_the_mode_in_log_sigma(skewed):
    """By finite differences of scipy's densities, weights and log sigma as the coordinates."""
    prior = Prior(3.0, 0.7)

    def energy(at):
        *weights, log = at
        f = weights[0] + skewed.x @ np.array(weights[1:])
        told = stats.norm(f, np.exp(log)).logpdf(skewed.y).sum() + stats.norm(0, prior.width).logpdf(weights).sum()
        return -(told + stats.halfcauchy(0, prior.noise).logpdf(np.exp(log)) + log)

    best = optimize.minimize(energy, [1.0, 1.0, 0.0], method="Nelder-Mead", options={"xatol": 1e-8, "fatol": 1e-12})
    e = 1e-4 * np.eye(3)
    hessian = [
        [energy(best.x + a + b) - energy(best.x + a - b) - energy(best.x - a + b) + energy(best.x - a - b) for b in e]
        for a in e
    ]
    _, log = np.linalg.slogdet(np.array(hessian) / 4e-8)
    answer = fit(skewed, "linear", "laplace", prior, seed=1)
    assert answer.log_evidence == pytest.approx(-best.fun + 1.5 * np.log(2 * np.pi) - 0.5 * log, abs=1e-4)


@pytest.mark.usefixtures("float64")
def test_a_model_is_minimised_within_the_ball():
    """Inside: Newton's own step. At the edge: no point of the ball is more than twice as good (Steihaug's promise)."""
    random = np.random.default_rng(1)
    slope = random.normal(size=(3, 4))
    hessian = np.array([a @ a.T + 0.1 * np.eye(4) for a in random.normal(size=(3, 4, 4))])
    hessian[2] -= 3 * np.eye(4)  # bends down somewhere
    radius = np.array([1e3, 0.2, 0.5])

    def product(v):
        return (hessian * v[:, None, :]).sum(-1)

    move, promised, edge, saddle = map(np.asarray, steihaug(product, jnp.asarray(slope), radius, np.zeros(3, bool), 50))
    assert (edge.tolist(), saddle.tolist()) == ([False, True, True], [False, False, True])
    newton = -np.linalg.solve(hessian[0], slope[0])
    assert promised[0] == pytest.approx(-0.5 * slope[0] @ newton, rel=0.01)
    np.testing.assert_allclose(np.linalg.norm(move[1:], axis=1), radius[1:], rtol=1e-9)
    ball = random.normal(size=(20_000, 4))
    ball *= (random.random(20_000) ** 0.25 / np.linalg.norm(ball, axis=1))[:, None]
    for m in (1, 2):
        at = radius[m] * ball
        best = -(at @ slope[m] + 0.5 * np.einsum("ni,ij,nj->n", at, hessian[m], at)).min()
        assert promised[m] > 0.5 * best
        assert promised[m] == pytest.approx(-(slope[m] @ move[m] + 0.5 * move[m] @ hessian[m] @ move[m]))


@pytest.mark.usefixtures("float64")
def test_a_search_leaves_a_saddle():
    """x^2 - y^2 + y^4 from y = 0, where the slope says that all is well: the minima are at y = 1 / sqrt 2."""

    def loss(z, own):
        return z[0] ** 2 - z[1] ** 2 + z[1] ** 4 + own

    run = jax.jit(lambda searches: advance(loss, searches, jnp.zeros(2), 60, 10))
    found = run(begin(np.array([[0.7, 0.0], [0.0, 0.0]])))
    np.testing.assert_allclose(np.abs(found.z), [[0.0, np.sqrt(0.5)]] * 2, atol=1e-4)
    assert np.asarray(found.done).all()


@pytest.mark.usefixtures("float64")
def test_dropout_is_judged_on_the_masks_that_it_draws():
    """Trained for long it is near the floor of their mean loss; the look at the end promises no more than that."""
    data = step(30, 5).dataset()
    short, long = (
        fit(data, Mlp((3,)), "dropout", Prior(1, 1), Budget(steps=steps), seed=1).diagnostics for steps in (20, 2000)
    )
    assert short.badge == "not converged"
    assert "nats: raise budget.steps" in short.complaints[0]
    assert long.badge == "approximate"
    assert outgoing(Mlp((3,)), 1).max() == 2


@pytest.mark.usefixtures("float64")
def test_a_start_is_of_the_datas_own_scale(raw):
    shape, _, scaffold = prepare(ask(raw, Mlp(), "map", Prior(100, 1)))
    z = _train.starting_points(raw, shape, scaffold, 1.0, 30, (1,))
    sites = scaffold.unflatten(scaffold.forth(z))
    rest = raw.y - Mlp().functions(sites, raw.x)[:, :, 0]
    np.testing.assert_allclose(np.exp(sites["sigma"]), np.sqrt((rest**2).mean(1)), rtol=1e-9)
    assert Mlp().functions(sites, raw.x)[:, :, 0].std(1).max() < 1.0001 * raw.y.std()
