"""Sites of a network with prior widths of their own: all read them, samplers agree, a slider compiles nothing."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest
from compiles import Compilations
from scipy import stats

from bayes_core import Budget, Dataset, Gaussian, Heteroscedastic, Mlp, Prior, ask, fit, fit_steps, predict
from bayes_core.inference import _marginal, hmc
from bayes_core.inference._jax import jnp
from bayes_core.summaries.curves import log_prior_ratio

OWN = {"weight1": 2.5, "bias1": 0.4, "weight": 0.6, "bias": 3.0}
PRIOR = Prior(1.0, 0.5, widths=OWN)
X = np.concatenate([np.linspace(-1.9, -0.4, 8), np.linspace(0.1, 1.7, 16)])
DATA = Dataset.from_arrays(X, 3 + np.tanh(2 * X - 1) + 0.4 * np.sin(17 * X))
PUBLISHED = {"weight1": 0.8, "bias1": 1.5, "weight2": 0.5, "bias2": 0.3, "weight": 2.0, "bias": 0.1}


def test_widths_are_a_key_whatever_their_order_and_survive_a_journey():
    same = Prior(1.0, 0.5, widths=dict(reversed(OWN.items())))
    assert (same, hash(same)) == (PRIOR, hash(PRIOR))
    assert Prior(1.0, 0.5, widths=PRIOR.widths) == PRIOR
    assert pickle.loads(pickle.dumps(PRIOR)) == replace(PRIOR) == PRIOR
    assert len({ask(DATA, "mlp", "hmc", prior) for prior in (PRIOR, same, Prior(1.0, 0.5))}) == 2
    assert Prior(1.0, 0.5) == Prior(1.0, 0.5, False, {})


@pytest.mark.parametrize(
    ("widths", "told"),
    [
        ({"bias": 0.0}, "the prior width of 'bias' is 0.0: it must be positive and finite; a very wide prior is 1000"),
        ({"bias": float("nan")}, "the prior width of 'bias' is nan"),
        ({"bias": "wide"}, "the prior width of 'bias' is 'wide', not a number"),
        ({1: 2.0}, "the prior's widths name 1: name a site, such as 'bias'"),
        (3.0, "the prior's widths are 3.0: give a width by site"),
    ],
)
def test_widths_that_are_none_are_refused(widths, told):
    with pytest.raises(ValueError, match=told.replace("(", r"\(")):
        Prior(widths=widths)


def test_a_site_that_the_model_does_not_have_is_refused_by_name():
    with pytest.raises(
        ValueError, match="a width of 'weight2' and the network's sites are weight1, bias1, weight, bias"
    ):
        fit(DATA, "mlp", "hmc", Prior(widths={"weight2": 2.0}))
    for model in ("linear", "bumps"):
        with pytest.raises(
            ValueError, match=f"the model '{model}' has one prior width .* leave widths out, or use an Mlp"
        ):
            fit(DATA, model, "exact", PRIOR)


def test_prior_draws_have_the_variance_of_the_closed_form():
    r"""For sin units E sin(u)^2 = (1 - exp(-2 var u)) / 2, layer by layer; hidden units are independent given the last.

    var f = H w^2 E sin(u)^2 + b^2. With one unit in the second layer's input, var u2 = w2^2 sin(u1)^2 + b2^2 is itself
    random, and E exp(-2 w2^2 sin(u1)^2) is a one-dimensional integral.
    """
    model, x, total = Mlp((1, 4), "sin"), 1.3, 40_000
    prior = Prior(0.7, 1.0, widths=PUBLISHED)
    drawn = fit(DATA, model, "prior", prior, Budget(draws=total, chains=1), seed=4)
    for site, values in drawn.draws.items():
        assert values.std() == pytest.approx(PUBLISHED[site], rel=4.5 / np.sqrt(2 * values.size))
    f = predict(drawn, [x]).f[:, 0, 0]
    first = np.hypot(PUBLISHED["weight1"] * x, PUBLISHED["bias1"])
    node, weight = np.polynomial.hermite_e.hermegauss(80)
    inside = PUBLISHED["weight2"] ** 2 * np.sin(first * node) ** 2 + PUBLISHED["bias2"] ** 2
    wave = weight @ (1 - np.exp(-2 * inside)) / 2 / weight.sum()
    variance = 4 * PUBLISHED["weight"] ** 2 * wave + PUBLISHED["bias"] ** 2
    error = f.var() * np.sqrt((stats.kurtosis(f) + 2) / total)
    assert abs(f.var() - variance) < 4.5 * error
    assert f.var() != pytest.approx(4 * 0.7**2 * wave, rel=0.5)


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize(
    ("model", "likelihood"),
    [(Mlp((3,)), Gaussian()), (Mlp((2, 3), "sin", fan_in=True), Gaussian()), (Mlp((3,)), Heteroscedastic())],
)
def test_the_marginal_density_reads_them(model, likelihood):
    """Against scipy's multivariate normal: y has covariance sigma^2 + w^2 h h' + b^2, hidden sites their own scale."""
    own = {site: 0.4 + 0.3 * i for i, site in enumerate(model.shapes(1, likelihood.heads))}
    prior, net = Prior(1.3, 0.7, widths=own), _marginal.Net(model, 1, False, likelihood)
    q = np.random.default_rng(1).normal(size=(2, net.size))
    data, widths = hmc.traced(net, DATA, prior), net.widths(prior)
    value, slope = _marginal.value_and_grad(net, jnp.asarray(q), data)
    up = _marginal.value_and_grad(net, jnp.asarray(q).at[:, 0].add(1e-6), data)[0]
    np.testing.assert_allclose((up - value) / 1e-6, slope[:, 0], rtol=1e-3, atol=1e-4)
    n = model.hidden[-1] if model.fan_in else 1
    found = []
    for one in q:
        sites = {k: np.asarray(v) for k, v in _marginal.sites_of(net, jnp.asarray(one[None]), widths).items()}
        np.testing.assert_allclose(sites["bias1"][0], own["bias1"] * one[model.hidden[0] : 2 * model.hidden[0]])
        sites |= {"weight": np.zeros((1, model.hidden[-1])), "bias": np.zeros(1)}
        h = model.hidden_values(sites, DATA.x)[0]
        factor = likelihood.level(model.functions(sites, DATA.x), np.ones((1, 1)))[0]
        cover = np.exp(2 * one[-1]) * np.diag(np.broadcast_to(factor, 24) ** 2)
        cover += own["weight"] ** 2 / n * h @ h.T + own["bias"] ** 2
        told = stats.multivariate_normal(np.zeros(24), cover).logpdf(DATA.y) + stats.norm.logpdf(one[:-1]).sum()
        found.append(told + stats.halfcauchy(scale=0.7).logpdf(np.exp(one[-1])) + one[-1])
    assert float(value[1] - value[0]) == pytest.approx(found[1] - found[0], rel=1e-9)


@pytest.fixture(scope="module")
def sampled():
    return fit(DATA, Mlp((3,)), "hmc", PRIOR, seed=2)


def test_hmc_and_nuts_agree_and_the_widths_matter(sampled):
    assert sampled.diagnostics.converged, sampled.diagnostics.complaints
    budget, at = Budget(draws=1500, warmup=600, chains=2), np.array([-3.0, -1.0, 0.4, 3.5])
    long = fit(DATA, Mlp((3,)), "nuts", PRIOR, budget, seed=3)
    one, other = (predict(answer, at).f[:, :, 0] for answer in (sampled, long))
    effective = min(long.diagnostics.ess_bulk.values()), min(sampled.diagnostics.ess_bulk.values())
    assert min(effective) > 300
    error = np.sqrt(sum(1 / few for few in effective))
    assert (np.abs(one.mean(0) - other.mean(0)) < 4 * error * other.std(0)).all()
    np.testing.assert_allclose(one.std(0) / other.std(0), 1, atol=4 * error)
    plain = predict(fit(DATA, Mlp((3,)), "hmc", Prior(1.0, 0.5), seed=2), at).f[:, :, 0]
    assert np.abs(np.log(plain.std(0) / other.std(0))).max() > 8 * error


def test_a_moved_width_compiles_nothing():
    """Widths are traced, and how many of them a prior names is no part of a program either."""
    next(iter(step for step in fit_steps(DATA, Mlp((3,)), "hmc", PRIOR, seed=1) if step.fit))
    with Compilations() as seen:
        for prior in (
            Prior(1.4, 0.5, widths={**OWN, "bias": 2.0}),
            Prior(0.9, 0.5),
            Prior(0.9, 0.5, widths={"bias": 9}),
        ):
            next(iter(step for step in fit_steps(DATA, Mlp((3,)), "hmc", prior, seed=1) if step.fit))
    assert seen.count == 0


def test_a_handle_moves_only_what_follows_it(sampled):
    """Reweighting to another width leaves sites with a width of their own alone."""
    alone = replace(sampled, question=replace(sampled.question, prior=Prior(1.0, 0.5, widths={"bias": 3.0})))
    widths, told = np.array([0.8, 1.0, 1.5]), []
    for width in widths:
        ratio = 0.0
        for site in ("weight1", "bias1", "weight"):
            flat = sampled.draws[site].reshape(len(sampled.noise), -1)
            ratio = ratio + (stats.norm.logpdf(flat, 0, width) - stats.norm.logpdf(flat, 0, 1.0)).sum(1)
        told.append(ratio)
    np.testing.assert_allclose(log_prior_ratio(alone, widths), told, atol=1e-9)
