from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from jaxprs import primitives
from scipy import stats

from bayes_core import (
    METHODS,
    Budget,
    Dataset,
    Gaussian,
    Heteroscedastic,
    Linear,
    Mlp,
    Prior,
    ask,
    fit,
    predict,
)
from bayes_core.inference import _chains, _marginal, fit_steps, hmc
from bayes_core.inference._jax import jax, jnp, prepare
from bayes_core.inference._train import curvature, loss_of, search
from bayes_core.inference.dropout import outgoing
from bayes_core.inference.exact import posterior
from bayes_core.inference.judge import judge_functions
from bayes_core.likelihoods.heads import ONE
from bayes_core.models.tangent import Tangent, jacobian

REFERENCE = Path(__file__).parents[3] / "shared" / "reference" / "blog.json"


@pytest.fixture(scope="module")
def wave() -> Dataset:
    """The source blog's network data."""
    random = np.random.RandomState(42)
    x = np.linspace(-3, 3, 50)
    return Dataset.from_arrays(x, np.sin(x) + 0.3 * random.normal(size=50))


@pytest.fixture(scope="module")
def truth() -> dict:
    if not REFERENCE.exists():
        pytest.skip("the long reference run is not on this machine")
    return json.loads(REFERENCE.read_text())["network"]


def agrees(answer, truth, chains_error: float) -> None:
    """Mean and sd of f at the reference's grid, and sigma, within Monte-Carlo error of both runs."""
    f = predict(answer, truth["grid"]).f[:, :, 0]
    sd = np.array(truth["f_sd"])
    np.testing.assert_allclose(f.mean(0), truth["f_mean"], atol=4 * chains_error * sd.max(), rtol=0)
    assert (np.abs(f.mean(0) - truth["f_mean"]) < 4.5 * chains_error * sd).all()
    np.testing.assert_allclose(f.std(0) / sd, 1, atol=4 * chains_error + 0.02)
    assert answer.noise.mean() == pytest.approx(truth["sigma_mean"], abs=4 * chains_error * truth["sigma_sd"])


def test_hmc_agrees_with_a_long_reference(wave, truth):
    answer = fit(wave, Mlp(), "hmc", Prior(1, 1), seed=5)
    assert answer.diagnostics.badge == "sampled"
    assert max(answer.diagnostics.r_hat.values()) < 1.01
    assert min(answer.diagnostics.ess_bulk.values()) > 400
    agrees(answer, truth, 1 / np.sqrt(min(answer.diagnostics.ess_bulk.values())))


def test_nuts_on_all_weights_agrees_too(wave, truth):
    answer = fit(wave, Mlp(), "nuts", Prior(1, 1), Budget(draws=700, warmup=500, chains=2), seed=2)
    effective = min(answer.diagnostics.ess_bulk.values())
    assert effective > 80
    assert "sigma" in answer.diagnostics.r_hat
    assert (
        sum(name.startswith("f(") for name in answer.diagnostics.r_hat) == 25 + 24
    )  # never the weights, which can swap
    agrees(answer, truth, 1 / np.sqrt(effective))


SHAPES = [
    (Mlp((3,)), 1, False, Gaussian()),
    (Mlp((9,), "relu"), 2, False, Gaussian()),
    (Mlp((4, 3), "sin", fan_in=True), 2, False, Gaussian()),
    (Mlp((2, 3, 2), "erf"), 1, True, Gaussian()),
    (Mlp((3,)), 1, False, Heteroscedastic()),
    (Mlp((3, 2), "sin", fan_in=True), 2, True, Heteroscedastic()),
]


def net_and_data(model, inputs, known, likelihood=None, rows=11, seed=0):
    random = np.random.default_rng(seed)
    data = Dataset.from_arrays(random.normal(size=(rows, inputs)), random.normal(size=rows) + 1)
    net = _marginal.Net(model, inputs, known, likelihood or Gaussian())
    return net, data, jnp.asarray(random.normal(size=(2, net.size)))


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize(("model", "inputs", "known", "likelihood"), SHAPES)
def test_the_marginal_density_is_that_of_a_gaussian(model, inputs, known, likelihood):
    """log N(y | 0, sigma^2 I + Phi Phi' w^2) by scipy, weights' and noise's priors by scipy, up to one constant."""
    prior = Prior(1.3, 0.7, known)
    net, data, q = net_and_data(model, inputs, known, likelihood)
    value, _ = _marginal.value_and_grad(net, q, hmc.traced(net, data, prior))
    scale = model.spread(inputs)["weight"]
    found = []
    for one in np.asarray(q):
        sites = {k: np.asarray(v) for k, v in _marginal.sites_of(net, one[None], 1.3).items()}
        sites |= {"weight": np.zeros((1, model.hidden[-1])), "bias": np.zeros(1)}
        h = model.hidden_values(sites, data.x)[0]
        sigma = 0.7 if known else np.exp(one[-1])
        factor = likelihood.level(model.functions(sites, data.x), np.ones((1, 1)))[0]
        cover = sigma**2 * np.diag(factor**2) + 1.3**2 * (scale**2 * h @ h.T + 1)
        told = stats.multivariate_normal(np.zeros(11), cover).logpdf(data.y)
        told += stats.norm.logpdf(one[: net.hidden_size]).sum()
        found.append(told if known else told + stats.halfcauchy(scale=0.7).logpdf(sigma) + np.log(sigma))
    assert float(value[1] - value[0]) == pytest.approx(found[1] - found[0], rel=1e-9)


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize(("model", "inputs", "known", "likelihood"), SHAPES)
def test_its_gradient_is_that_of_finite_differences(model, inputs, known, likelihood):
    net, data, q = net_and_data(model, inputs, known, likelihood)
    traced = hmc.traced(net, data, Prior(1.3, 0.7, known))
    look = jax.jit(lambda q, temper: _marginal.value_and_grad(net, q, traced, temper))
    for temper in (1.0, 0.1):
        _, slope = look(q, temper)
        for j in range(net.size):
            step = 1e-6 * jnp.eye(net.size)[j]
            up, down = (look(q + s * step, temper)[0] for s in (1, -1))
            np.testing.assert_allclose(slope[:, j], (up - down) / 2e-6, rtol=2e-5, atol=2e-5)


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize("size", [1, 3, 8, 9, 30])
def test_the_plain_inverse_is_the_inverse(size):
    random = np.random.default_rng(size)
    a = random.normal(size=(4, size, size))
    a = np.eye(size) + a @ a.swapaxes(1, 2)
    found, log = _marginal.inverse(jnp.asarray(a))
    np.testing.assert_allclose(found, np.linalg.inv(a), rtol=1e-8, atol=1e-10)
    np.testing.assert_allclose(log, np.linalg.slogdet(a)[1], rtol=1e-10)


@pytest.mark.usefixtures("float64")
def test_output_weights_are_drawn_from_their_conditional():
    net, data, q = net_and_data(Mlp((3,)), 1, False)
    traced = hmc.traced(net, data, Prior(1.3, 0.7))
    many = jnp.repeat(q[:1], 6000, 0)
    drawn = np.asarray(_marginal.draw_output(net, jax.random.PRNGKey(1), many, traced))
    columns, y, _ = _marginal.features(net, q[:1], traced)
    mean, cover, _, _ = _marginal.output_layer(columns, y, q[:1, -1])
    error = np.sqrt(np.diag(cover[0]) / 6000)
    assert (np.abs(drawn.mean(0) - mean[0]) < 4 * error).all()
    np.testing.assert_allclose(np.cov(drawn.T), cover[0], atol=6 * float(np.diag(cover[0]).max()) / np.sqrt(6000))


@pytest.mark.usefixtures("float64")
def test_padding_changes_nothing():
    net, data, q = net_and_data(Mlp((3,)), 2, False, rows=8)
    plain = hmc.traced(net, data, Prior(1.3, 0.7))
    wide = hmc.Data(*(np.pad(p, [(0, 5)] + [(0, 0)] * (np.ndim(p) - 1)) for p in plain[:3]), *plain[3:])
    for one, other in zip(*(_marginal.value_and_grad(net, q, d) for d in (plain, wide)), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12)


@pytest.mark.usefixtures("float64")
def test_no_lapack_where_a_server_could_hang(wave):
    net = _marginal.Net(Mlp(), 1, False)
    data = hmc.traced(net, wave, Prior(1, 1))
    key = jax.random.PRNGKey(0)
    start, warm = hmc._start(net), hmc._warm(net)
    state = start(key, data)
    used = primitives(jax.make_jaxpr(start)(key, data).jaxpr)
    used |= primitives(jax.make_jaxpr(warm)(state, jax.random.split(key, 8), data, hmc.Plan(8, 4)).jaxpr)
    used |= primitives(jax.make_jaxpr(hmc._draw(net, 2))(state, jax.random.PRNGKey(0), data).jaxpr)
    assert not {name for name in used if any(word in name for word in ("cholesky", "triangular", "eigh", "lu_"))}
    assert "dot_general" in used


def test_hmcs_draws_do_not_depend_on_where_they_are_cut(wave, monkeypatch):
    whole = fit(wave, Mlp(), "hmc", Prior(1, 1), seed=6)
    monkeypatch.setattr(_chains, "PIECE", 25)
    monkeypatch.setattr(_chains, "BREATH", 40)
    pieces = list(fit_steps(wave, Mlp(), "hmc", Prior(1, 1), seed=6))
    assert sum(step.fit is not None for step in pieces) < len(pieces) - 5  # most of them bring no draws
    first = next(step.fit for step in pieces if step.fit)
    assert len(first.noise) == 25 * hmc.CHAINS  # they come at once
    last = pieces[-1].fit
    assert last.diagnostics.complete
    np.testing.assert_array_equal(whole.noise, last.noise)
    for site, values in whole.draws.items():
        np.testing.assert_array_equal(values, last.draws[site])


@pytest.mark.parametrize("method", ["hmc", "nuts"])
def test_the_samplers_are_calibrated(method):
    """Simulation-based calibration: ranks of f(x*) and sigma are uniform (Talts et al. 2018), in the 99 % ECDF band."""
    budget = Budget(draws=396, warmup=200, chains=1, chunk=396).only(METHODS[method].reads)
    random, model, prior = np.random.default_rng(7), Mlp((2,)), Prior(1.0, 0.5)
    x, star, ranks = np.linspace(-2, 2, 9)[:, None], np.array([[0.7]]), []
    for run in range(120):
        true = fit(Dataset.from_arrays(x, np.zeros(9)), model, "prior", prior, Budget(draws=1, chains=1), seed=run)
        sigma = float(true.noise[0])
        y = predict(true, x).f[0, :, 0] + sigma * random.standard_normal(9)
        answer = fit(Dataset.from_arrays(x, y), model, method, prior, budget, seed=run)
        f = predict(answer, star).f[:, 0, 0]
        thin = slice(None, None, len(f) // 99)
        ranks.append([(f[thin][:99] < predict(true, star).f[0, 0, 0]).sum(), (answer.noise[thin][:99] < sigma).sum()])
    for column in np.array(ranks).T:
        assert stats.kstest((column + random.random(120)) / 100, "uniform").pvalue > 0.01


def test_laplace_is_exact_for_a_line_with_known_noise(skewed):
    prior = Prior(3, 0.8, noise_known=True)
    answer, exact = fit(skewed, "linear", "laplace", prior, seed=1), posterior(skewed, Linear(), prior)
    assert answer.log_evidence == pytest.approx(float(exact.log_evidence[0]), abs=1e-8)
    mean, cover = exact.covariance()
    drawn = np.column_stack([answer.draws["intercept"], answer.draws["coef"]])
    sd = np.sqrt(np.diag(cover[0]))
    assert (np.abs(drawn.mean(0) - mean[0]) < 4 * sd / np.sqrt(len(drawn))).all()
    np.testing.assert_allclose(np.cov(drawn.T), cover[0], rtol=0.1, atol=0.05 * sd.min() ** 2)


@pytest.mark.usefixtures("float64")
def test_a_mode_is_a_mode(wave):
    """The slope vanishes there, and the Hessian, by finite differences of the slope, bends up in every direction."""
    shape, traced, scaffold = prepare(ask(wave, Mlp(), "laplace", Prior(1, 1)))
    *_, found = search(wave, shape, traced, scaffold, 8, 2000, 1, of_log=True)
    assert found.there.all()
    slope = jax.jit(lambda z, q: jax.vmap(jax.grad(loss_of(shape, q, 1.0)))(z))
    assert np.abs(np.asarray(slope(found.z, traced))).max() < 1e-2
    best = found.z[found.loss.argmin()]
    hessian = np.asarray(curvature(shape)(best, np.float64(True), traced))
    step = 1e-5 * np.eye(shape.size)
    np.testing.assert_allclose((slope(best + step, traced) - slope(best - step, traced)) / 2e-5, hessian, atol=1e-3)
    assert np.linalg.eigvalsh(hessian)[0] > 0.01


def test_map_of_a_network_is_weight_decay(wave):
    """At the mode the gradient of 1/2 |y - f|^2 / s^2 + 1/2 |w|^2 / width^2 vanishes, computed without jax."""
    answer = fit(wave, Mlp(), "map", Prior(0.8, 0.3, noise_known=True), seed=1)
    rest = wave.y - predict(answer, wave.x).f[0, :, 0]
    theta = np.concatenate([answer.draws[site][0].ravel() for site in Mlp().shapes(1)])
    slope = -rest @ jacobian(Mlp(), answer.draws, wave.x)[0, :, 0] / 0.3**2 + theta / 0.8**2
    assert np.abs(slope).max() < 1e-4


PLAIN = [Mlp((3,)), Mlp((4, 2), "relu"), Mlp((2, 2, 3), "sin"), Mlp((3,), "erf")]
TWO = Heteroscedastic().heads
HEADS = [*((model, ONE, "weight") for model in PLAIN), *((Mlp((3, 2)), TWO, f"weight{of}") for of in ("", "_noise"))]


@pytest.mark.parametrize(("model", "heads", "head"), HEADS)
def test_the_jacobian_is_that_of_finite_differences(model, heads, head):
    random = np.random.default_rng(1)
    x = random.normal(size=(5, 2))
    draws = {site: random.normal(size=(2, *shape)) for site, shape in model.shapes(2, heads).items()}
    found, column = jacobian(model, draws, x, head)[:, :, 0], 0

    def value(draws):
        return model.functions(draws, x)[:, :, 0 if head == "weight" else 1]

    for site, values in draws.items():
        for index in np.ndindex(values.shape[1:]):
            moved = [value({**draws, site: values + s * 1e-6 * _one(values, index)}) for s in (1, -1)]
            np.testing.assert_allclose(found[:, :, column], (moved[0] - moved[1]) / 2e-6, atol=1e-6)
            column += 1
    assert column == found.shape[2]


def _one(values, index):
    one = np.zeros_like(values)
    one[(slice(None), *index)] = 1
    return one


def test_a_tangent_touches_its_network(wave):
    answer = fit(wave, Mlp(), "laplace", Prior(1, 1), seed=1)
    assert isinstance(answer.model, Tangent)
    centres = answer.model.centres
    at = {site: values[:1] for site, values in centres.items()} | {"mode": np.zeros(1)}
    np.testing.assert_allclose(answer.model.functions(at, wave.x), Mlp().functions(centres, wave.x)[:1], atol=1e-12)


def test_one_mask_is_one_sub_network():
    """Folding a mask into the outgoing weights equals silencing the units by hand."""
    random, model = np.random.default_rng(2), Mlp((3, 2))
    sites = {site: random.normal(size=(1, *shape)) for site, shape in model.shapes(2).items()}
    keep, x = np.array([1.0, 0.0, 1.0, 0.0, 1.0]), random.normal(size=(4, 2))
    flat = np.concatenate([v.ravel() for v in sites.values()])
    folded = flat * np.append(keep / 0.8, 1.0)[outgoing(model, 2)]
    parts, start = {}, 0
    for site, shape in model.shapes(2).items():
        size = int(np.prod(shape, dtype=int))
        parts[site] = folded[start : start + size].reshape(1, *shape)
        start += size
    h = np.tanh(x @ sites["weight1"][0] + sites["bias1"][0]) * keep[:3] / 0.8
    h = np.tanh(h @ sites["weight2"][0] + sites["bias2"][0]) * keep[3:] / 0.8
    np.testing.assert_allclose(
        model.functions(parts, x)[0, :, 0], h @ sites["weight"][0] + sites["bias"][0], rtol=1e-12
    )


def spread_outside(answer, wave):
    f = predict(answer, np.array([-5.0, 5.0])).f[:, :, 0]
    return f.std(0).mean()


def test_ensembles_agree_where_nothing_is_known_unless_anchored(wave):
    """The lesson: trained alike, members agree on extrapolation; anchored ones part. The truth spreads by 0.54."""
    plain, anchored = (
        spread_outside(fit(wave, Mlp(), method, Prior(1, 1), seed=1), wave) for method in ("ensemble", "anchored")
    )
    assert plain < 0.1
    assert anchored > 2 * plain


def test_mean_field_is_too_sure_in_a_gap():
    """In-between uncertainty (Foong et al. 2019): the lesson is asserted, not fixed."""
    random = np.random.default_rng(3)
    x = np.concatenate([np.linspace(-3, -1.5, 25), np.linspace(1.5, 3, 25)])
    data, middle = Dataset.from_arrays(x, np.sin(x) + 0.1 * random.normal(size=50)), np.array([0.0])
    prior = Prior(1.5, 0.1, noise_known=True)
    true, mean_field = (fit(data, Mlp(), m, prior, seed=1) for m in ("hmc", "vi_meanfield"))
    assert predict(mean_field, middle).f.std() < 0.75 * predict(true, middle).f.std()


@pytest.mark.parametrize("rows", [1, 1000])
def test_one_row_and_a_thousand(rows):
    random = np.random.default_rng(1)
    x = random.uniform(-3, 3, (rows, 2))
    answer = fit(Dataset.from_arrays(x, x[:, 0] * x[:, 1]), Mlp((3,)), "hmc", Prior(1, 1, noise_known=True), seed=1)
    assert np.isfinite(predict(answer, x[:5]).f).all()
    if rows == 1:  # one row hardly moves the prior far away from it
        far = predict(answer, [[40.0, -40.0]]).f.std()
        assert far == pytest.approx(np.sqrt(1 + 3), rel=0.15)  # three saturated units and a constant, all N(0, 1)


def test_chains_in_different_places_are_not_converged(wave):
    answer = fit(wave, Mlp(), "hmc", Prior(1, 1), seed=5)
    bias = answer.draws["bias"].reshape(8, -1) + np.arange(8)[:, None] * 0.1
    apart = replace(answer, draws={**answer.draws, "bias": bias.ravel()})
    about = judge_functions(apart, Mlp().watched(wave))
    assert about.badge == "not converged"
    assert "R-hat of f(" in about.complaints[0]


@pytest.mark.parametrize("hidden", [(), (5, 5, 5, 5), (0,), (101,), (2.5,), (True,)])
def test_sizes_beyond_the_limits_are_refused_with_the_limit(hidden):
    with pytest.raises(ValueError, match=r"1 to (3|100)"):
        Mlp(hidden)


def test_fan_in_keeps_wide_layers_in_scale(wave):
    spread = {}
    for units in (4, 64):
        drawn = fit(wave, Mlp((units,), fan_in=True), "prior", Prior(1, 1), Budget(draws=4000, chains=1), seed=1)
        spread[units] = predict(drawn, [1.0]).f.std()
    assert spread[64] == pytest.approx(spread[4], rel=0.06)
