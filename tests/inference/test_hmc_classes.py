"""hmc on classes: its densities, against prior draws weighed by scipy, a grid, NUTS; calibrated; live over seeds."""

from __future__ import annotations

import pickle
from dataclasses import replace
from functools import cache, partial

import numpy as np
import pytest
from compiles import Compilations
from jaxprs import primitives
from scipy import special, stats

from bayes_core import Budget, Dataset, Linear, Mlp, Polynomial, Prior, Standard, answer_steps, ask, fit, predict
from bayes_core.data import cancer, moons
from bayes_core.inference import _chains, can_start, hmc_classes, judge, nearest_start
from bayes_core.inference._class_density import ClassNet, Place, line, network
from bayes_core.inference._jax import jax
from bayes_core.likelihoods import Categorical
from bayes_core.numerics.softmax_density import log_likelihood

X = np.array([-1.3, -0.4, -0.2, 0.1, 0.5, 0.9, 1.4, 2.2, 2.6])
SKEWED = Dataset.from_arrays(X, [1, 0, 0, 1, 0, 0, 1, 1, 1], task="classification")
PLACES = np.array([-2.0, -0.5, 0.7, 1.5, 4.0])
NET = Mlp((3,))


def random_classes(rows, inputs, classes, seed=5):
    """Rows of classes of different size, at places that know a little about them."""
    random = np.random.default_rng(seed)
    share = np.arange(1, classes + 1) / np.arange(1, classes + 1).sum()
    y = random.choice(classes, rows, p=share)
    x = random.standard_normal((rows, inputs)) + 1.5 * random.standard_normal((classes, inputs))[y]
    return Dataset.from_arrays(x, y, task="classification", classes=[f"c{k}" for k in range(classes)])


def log_density(data, f):
    """Return log p(y | f) (S,) of logits (S, N, K'), by scipy."""
    odds = np.concatenate([np.zeros_like(f), f], 2) if f.shape[2] == 1 else f
    return special.log_softmax(odds, 2)[:, np.arange(len(data.y)), data.y.astype(int)].sum(1)


# ------------------------------------------------------------------------------------------------ densities and slopes
SHAPES = [
    (Mlp((3,)), 2, 2),
    (Mlp((2,), "relu", fan_in=True), 1, 2),
    (Mlp((3, 2), "erf"), 2, 3),
    (Mlp((2, 3, 2), "sin", fan_in=True), 1, 4),
    (Mlp((3,)), 6, 3),  # more inputs than are summed one by one
]
WIDTHS = {"weight": 0.7, "bias1": 2.3}


def walked(model, inputs, classes):
    """Return a question's density in double precision, its data, and three places to look at."""
    data = random_classes(11, inputs, classes)
    net = ClassNet(model, inputs, data.likelihood.outputs)
    spread = model.scaffold(data, Prior(1.3, noise_known=True, widths=WIDTHS)).axes
    rows = hmc_classes.rows_of(data, data.x)
    rows = rows._replace(x=np.pad(data.x, ((0, 5), (0, 0))), target=rows.target.astype(float))
    return net, data, rows, spread, np.random.default_rng(1).standard_normal((3, net.size))


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize(("model", "inputs", "classes"), SHAPES)
def test_a_networks_density_is_likelihood_times_prior_and_its_slope_that_of_finite_differences(model, inputs, classes):
    net, data, rows, spread, q = walked(model, inputs, classes)
    around = np.concatenate([q, *(q + sign * 1e-6 * np.eye(net.size)[:, None] for sign in (1, -1))], axis=None)
    look = jax.jit(lambda q, temper: network(net, q, rows, spread, temper))
    for temper in (1.0, 0.1):
        value, slope = (np.asarray(part) for part in look(around.reshape(-1, net.size), temper))
        sites = {site: np.asarray(v) for site, v in net.split(q * spread).items()}
        told = temper * log_density(data, model.functions(sites, data.x)) + stats.norm.logpdf(q).sum(1)
        np.testing.assert_allclose(np.diff(value[:3]), np.diff(told), rtol=1e-9)
        up, down = value[3:].reshape(2, net.size, 3)
        np.testing.assert_allclose(slope[:3].T, (up - down) / 2e-6, rtol=1e-5, atol=1e-6)


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize("classes", [2, 4])
def test_a_lines_density_and_slope(classes):
    data, random = random_classes(13, 2, classes), np.random.default_rng(3)
    outputs = data.likelihood.outputs
    rows = hmc_classes.rows_of(data, Linear().design(data.x))
    rows = rows._replace(x=np.pad(Linear().design(data.x), ((0, 3), (0, 0))), target=rows.target.astype(float))
    size = 3 * outputs
    at = Place(random.standard_normal(size), np.eye(size) + 0.3 * random.standard_normal((size, size)), 1.7)
    q = random.standard_normal((3, size))
    around = np.concatenate([q, *(q + sign * 1e-6 * np.eye(size)[:, None] for sign in (1, -1))], axis=None)
    value, slope = (np.asarray(part) for part in jax.jit(partial(line, outputs))(around.reshape(-1, size), rows, at))
    theta = at.centre + q @ at.axes.T
    f = np.einsum("np,cpk->cnk", Linear().design(data.x), theta.reshape(3, 3, outputs))
    told = log_density(data, f) + stats.norm(scale=1.7).logpdf(theta).sum(1)
    np.testing.assert_allclose(np.diff(value[:3]), np.diff(told), rtol=1e-9)
    up, down = value[3:].reshape(2, size, 3)
    np.testing.assert_allclose(slope[:3].T, (up - down) / 2e-6, rtol=1e-6, atol=1e-6)
    assert isinstance(data.likelihood, Categorical)
    single = log_likelihood(Linear().design(data.x), data.y, data.likelihood, theta)
    np.testing.assert_allclose(single, log_density(data, f), rtol=1e-5)


@pytest.mark.usefixtures("float64")
def test_chains_walk_in_single_precision_and_need_no_lapack():
    data = random_classes(9, 2, 3)
    net = ClassNet(NET, 2, 3)
    rows, spread = hmc_classes.rows_of(data, data.x), np.ones(net.size, np.float32)
    keys, plan = jax.random.split(jax.random.PRNGKey(1), 4), hmc_classes.Plan(4, 2)
    at = jax.eval_shape(hmc_classes._start(net), keys[0])
    state = jax.eval_shape(hmc_classes._begin(net), at, rows, spread)
    warm, draw = hmc_classes._warm(net), hmc_classes._draw(net, 2)
    used = primitives(jax.make_jaxpr(warm)(state, keys, rows, spread, plan).jaxpr)
    assert "dot_general" in used
    assert not {name for name in used if any(word in name for word in ("cholesky", "triangular", "eigh", "lu_"))}
    warmed = jax.eval_shape(warm, state, keys, rows, spread, plan)
    for after in (state, warmed, jax.eval_shape(draw, state, keys[0], rows, spread)[0]):
        kinds = {name: part.dtype for name, part in after._asdict().items()}
        assert kinds.pop("i") == np.int64
        assert set(kinds.values()) == {np.dtype("float32")}
        assert not any(part.weak_type for part in after)


# ---------------------------------------------------------------------------------------------------------- posteriors
@cache
def weighed(model, data, prior, draws=400_000, blocks=8):
    """Return mean and sd of each class's probability at PLACES, by prior draws weighed with their likelihood."""
    random, kinds = np.random.default_rng(2), len(data.classes)
    x = np.repeat(PLACES[:, None], data.x.shape[1], axis=1)
    shapes = model.shapes(data.x.shape[1], data.likelihood.outputs)
    network = isinstance(model, Mlp)
    spread = (
        model.spread(data.x.shape[1], prior.width, dict(prior.widths))
        if network
        else dict.fromkeys(shapes, prior.width)
    )
    height, told = [], []
    for _ in range(blocks):
        sites = {
            site: spread[site] * random.standard_normal((draws // blocks, *shape)) for site, shape in shapes.items()
        }
        height.append(log_density(data, model.functions(sites, data.x)))
        told.append(data.likelihood.probabilities(model.functions(sites, x)))
    height, p = np.concatenate(height), np.concatenate(told)
    share = np.exp(height - height.max())
    share /= share.sum()
    mean = np.einsum("s,sgk->gk", share, p)
    sd = np.sqrt(np.einsum("s,sgk->gk", share, (p - mean) ** 2))
    assert p.shape[2] == kinds
    return mean, sd, 1 / (share**2).sum()


RELU = (Mlp((3,), "relu", fan_in=True), random_classes(8, 2, 3), Prior(1.2, widths={"bias": 2.5}))
POSTERIORS = [
    (NET, SKEWED, Prior(1.5)),
    RELU,
    (Linear(Polynomial(2, -3.0, 3.0), name="parabola"), random_classes(8, 1, 3), Prior(0.8)),
]


def near(answer, mean, sd, effective):
    """Means of probabilities agree within Monte-Carlo error of both sides, and their spreads."""
    p = predict(answer, np.repeat(PLACES[:, None], answer.question.dataset.x.shape[1], axis=1)).probabilities
    error = np.sqrt(1 / answer.diagnostics.fewest_effective + 1 / effective)
    assert (np.abs(p.mean(0) - mean) < 4.5 * error * sd).all()
    np.testing.assert_allclose(p.std(0), sd, rtol=4 * error + 0.02)


@pytest.mark.parametrize(("model", "data", "prior"), POSTERIORS)
def test_the_posterior_is_that_of_weighed_prior_draws(model, data, prior):
    mean, sd, effective = weighed(model, data, prior)
    assert effective > 2000
    answer = fit(data, model, "hmc", prior, seed=4)
    assert answer.diagnostics.badge == "sampled"
    assert max(answer.diagnostics.r_hat.values()) < 1.01
    near(answer, mean, sd, effective)


@pytest.mark.parametrize("width", [0.5, 8.0])
def test_a_logistic_regression_is_what_a_grid_says(width):
    at = np.linspace(-7, 7, 701) * min(width, 2.5)
    weights = np.stack(np.meshgrid(at, at, indexing="ij"), -1).reshape(-1, 2)
    f = weights @ np.vstack([np.ones(len(X)), X])
    height = log_density(SKEWED, f[:, :, None]) - 0.5 * (weights**2).sum(1) / width**2
    share = np.exp(height - height.max())
    share /= share.sum()
    p = special.expit(weights @ np.vstack([np.ones(5), PLACES]))
    mean = share @ p
    sd = np.sqrt(share @ (p - mean) ** 2)
    answer = fit(SKEWED, Linear(), "hmc", Prior(width), seed=2)
    assert answer.diagnostics.badge == "sampled"
    assert answer.diagnostics.fewest_effective > 1500
    near(answer, np.column_stack([1 - mean, mean]), np.column_stack([sd, sd]), np.inf)
    drawn = np.column_stack([answer.draws["intercept"], answer.draws["coef"][:, 0]])
    centre = share @ weights
    spread = np.sqrt(share @ (weights - centre) ** 2)
    assert (np.abs(drawn.mean(0) - centre) < 4.5 * spread / np.sqrt(answer.diagnostics.fewest_effective)).all()


def agree(one, other, x):
    """Means of log odds and of probabilities agree within what effective draws allow, and so does the odds' spread."""
    fewest = min(one.diagnostics.fewest_effective, other.diagnostics.fewest_effective)
    for look in ("f", "probabilities"):
        a, b = (getattr(predict(answer, x), look) for answer in (one, other))
        sd = np.maximum(a.std(0), b.std(0))
        assert (np.abs(a.mean(0) - b.mean(0)) < 4.5 * np.sqrt(2 / fewest) * sd + 1e-6).all()
    a, b = (predict(answer, x).f for answer in (one, other))
    np.testing.assert_allclose(a.std(0), b.std(0), rtol=4 * np.sqrt(2 / fewest) + 0.02)


def test_thirty_one_weights_of_tumours_are_what_nuts_says():
    """Where importance sampling fails: its Pareto k is 0.7 there, with 182 effective draws of 4,000."""
    data = cancer()
    model = Linear(Standard.of(data.x), name="standard")
    budget = Budget(draws=600, warmup=250, chains=2)
    one, other = fit(data, model, "hmc", Prior(1.0), seed=1), fit(data, model, "nuts", Prior(1.0), budget, seed=1)
    assert one.diagnostics.badge == "sampled"
    assert one.diagnostics.fewest_effective > 1500
    agree(one, other, data.x[::7])
    for site in ("intercept", "coef"):
        a, b = one.draws[site].reshape(len(one.noise), -1), other.draws[site].reshape(len(other.noise), -1)
        assert (np.abs(a.mean(0) - b.mean(0)) < 4.5 * a.std(0) * np.sqrt(2 / other.diagnostics.fewest_effective)).all()


def test_no_chain_of_a_line_is_left_outside():
    """Started wider than the posterior one never took a step, on the steep side of weights that may be large."""
    data = cancer()
    answer = fit(data, Linear(Standard.of(data.x), name="standard"), "hmc", Prior(10.0), seed=3)
    assert answer.diagnostics.badge == "sampled"


@pytest.mark.parametrize(("model", "runs"), [(NET, 64), (Linear(), 100)])
def test_class_probabilities_are_calibrated(model, runs):
    """Simulation-based calibration: ranks of p(x*) are uniform if truths come from the prior (Talts et al. 2018)."""
    random, x, star, ranks = np.random.default_rng(8), np.linspace(-2, 2, 9)[:, None], np.array([[0.7]]), []
    like = Dataset.from_arrays(x, np.zeros(9), task="classification", classes=("no", "yes"))
    for run in range(runs):
        true = fit(like, model, "prior", Prior(1.5), Budget(draws=1, chains=1), seed=run)
        data = replace(like, y=predict(true, x).outcomes(random)[0])
        p = predict(fit(data, model, "hmc", Prior(1.5), seed=run), star).probabilities[:, 0, 1]
        thin = slice(None, None, len(p) // 99)
        ranks.append((p[thin][:99] < predict(true, star).probabilities[0, 0, 1]).sum())
    assert stats.kstest((np.array(ranks) + random.random(runs)) / 100, "uniform").pvalue > 0.01


# --------------------------------------------------------------------------------------------------- live, over seeds
MOONS = moons(n=120).dataset()


@pytest.fixture(scope="module")
def moon():
    return fit(MOONS, Mlp((10,)), "hmc", Prior(1.0), seed=0)


def test_moons_with_ten_units_converge_whatever_the_seed(moon):
    first = predict(moon, MOONS.x).probabilities.mean(0)
    for seed in (1, 2, 3):
        answer = fit(MOONS, Mlp((10,)), "hmc", Prior(1.0), seed=seed)
        assert answer.diagnostics.badge == "sampled"
        assert len(answer.diagnostics.r_hat) == 144
        assert np.abs(predict(answer, MOONS.x).probabilities.mean(0) - first).max() < 0.03
        assert not np.array_equal(answer.draws["bias"][:5], moon.draws["bias"][:5])


def test_a_quarter_of_the_places_is_everywhere():
    at = hmc_classes.places(NET, MOONS)
    assert len(np.unique(at, axis=0)) == 144
    span = np.ptp(MOONS.x, axis=0)
    np.testing.assert_allclose(at.min(0), MOONS.x.min(0) - span / 3)
    np.testing.assert_allclose(at.max(0), MOONS.x.max(0) + span / 3)
    first = at[:36]
    for column in first.T:
        assert len(np.unique(column.round(9))) == 12
    assert len(hmc_classes.places(NET, SKEWED)) == len(NET.watched(SKEWED)) + len(NET.watched_between(SKEWED))


def test_nothing_compiles_when_data_width_or_start_change():
    moon = fit(MOONS, Mlp((10,)), "hmc", Prior(1.0), seed=0)
    *_, _near = answer_steps(ask(MOONS, Mlp((10,)), "hmc", Prior(0.9)), moon)
    again = moons(n=100, seed=4, noise=0.2).dataset()  # as many rows when padded
    with Compilations() as seen:
        *_, _near = answer_steps(ask(MOONS, Mlp((10,)), "hmc", Prior(1.1)), moon)
        other = fit(again, Mlp((10,)), "hmc", Prior(0.4), seed=2)
        *_, step = answer_steps(ask(again, Mlp((10,)), "hmc", Prior(0.5, widths={"bias": 2.0})), other)
    assert seen.count == 0
    assert step.fit.diagnostics.complete


def test_a_line_whose_posterior_is_nearly_round_needs_no_program_at_all():
    with Compilations() as seen:
        answer = fit(random_classes(40, 3, 3), Linear(), "hmc", Prior(0.3), seed=2)
    assert seen.count == 0
    assert answer.diagnostics.badge == "sampled"
    assert len(answer.diagnostics.r_hat) == len(answer.columns()) == 12
    assert answer.diagnostics.notes[0].startswith("Drawn without gradients: of 5,000 proposals around the mode ")


def test_chains_go_on_from_a_neighbour_to_the_same_posterior():
    """Four moves of the width, each from the last, end where a cold start does: there is no memory of the way."""
    model, data, prior = POSTERIORS[0]
    answer = fit(data, model, "hmc", Prior(0.75), seed=1)
    for width in (0.9, 1.1, 1.3, 1.5):
        question = ask(data, model, "hmc", Prior(width), seed=1)
        assert can_start(question, answer)
        *_, step = answer_steps(question, answer)
        answer = step.fit
        assert answer.diagnostics.badge == "sampled"
    near(answer, *weighed(model, data, prior))
    cold = fit(data, model, "hmc", prior, seed=1)
    assert not np.array_equal(cold.draws["bias"][:9], answer.draws["bias"][:9])


def test_what_chains_cannot_go_on_from_is_refused(moon):
    question = ask(MOONS, Mlp((10,)), "hmc", Prior(1.2))
    assert can_start(question, moon)
    assert can_start(question, pickle.loads(pickle.dumps(moon)))
    three = random_classes(20, 2, 3)
    unsure = replace(moon, diagnostics=replace(moon.diagnostics, converged=False))
    others = [ask(MOONS, Mlp((9,)), "hmc"), ask(three, Mlp((10,)), "hmc"), ask(MOONS, Mlp((10,)), "nuts")]
    for asked, start in [(question, unsure), *((other, moon) for other in others)]:
        assert not can_start(asked, start)
        with pytest.raises(ValueError, match=f"{asked.method} cannot go on from an answer by hmc .*leave start out"):
            next(answer_steps(asked, start))
    assert not can_start(ask(SKEWED, "linear", "hmc"), fit(SKEWED, "linear", "hmc"))  # sooner done than warmed up


def test_the_nearest_start_is_of_the_same_rows_and_of_a_width_not_far_away(moon):
    def of(width, data=MOONS, **about):
        diagnostics = replace(moon.diagnostics, **about)
        return replace(
            moon,
            question=replace(moon.question, dataset=data, prior=Prior(width, noise_known=True)),
            diagnostics=diagnostics,
        )

    other, fewer = replace(MOONS, y=1 - MOONS.y), moons(n=110).dataset()
    near, nearer, elsewhere = of(1.3), of(0.9), of(1.0, other)
    question = ask(MOONS, Mlp((10,)), "hmc", Prior(1.0))
    kept = [near, elsewhere, nearer, of(1.0, fewer), of(1.0, converged=False), of(1.0, tuning=None)]
    assert nearest_start(question, kept) is nearer
    assert nearest_start(question, [near, elsewhere]) is near
    assert nearest_start(question, [elsewhere]) is elsewhere
    assert nearest_start(question, [of(2.0), of(0.5), of(1.0, fewer)]) is None
    assert nearest_start(question, []) is None


# ---------------------------------------------------------------------------------------------------------- bad inputs
def test_time_that_is_up_is_said(monkeypatch, moon):
    monkeypatch.setattr(_chains, "_PATIENCE", 0.1)
    monkeypatch.setattr(judge, "FEWEST_EFFECTIVE", 1e9)  # more than anybody could wait for
    *_, step = answer_steps(moon.question)
    assert step.fit.diagnostics.complete
    assert step.fit.diagnostics.badge == "not converged"
    assert "method='nuts'" in step.fit.diagnostics.complaints[0]
    assert len(step.fit.diagnostics.r_hat) == 144


@pytest.mark.parametrize("model", [NET, Linear()])
def test_classes_that_a_threshold_parts_and_one_class_only(model):
    apart = Dataset.from_arrays(X, X > 0.3, task="classification", classes=(False, True))
    same = Dataset.from_arrays(X, np.ones(9), task="classification", classes=(0, 1))
    for data, width in ((apart, 4.0), (same, 1.0)):
        answer = fit(data, model, "hmc", Prior(width), seed=3)
        assert answer.diagnostics.badge == "sampled"
        assert any("prior" in note for note in answer.diagnostics.notes)
        p = predict(answer, data.x).probabilities.mean(0)
        assert (p[np.arange(9), data.y.astype(int)] > 0.5).all()


def test_one_row_of_three_classes():
    one = Dataset.from_arrays([0.5], ["a"], task="classification", classes=("a", "b", "c"))
    answer = fit(one, Linear(), "hmc", Prior(1.0), seed=3)
    p = predict(answer, one.x).probabilities.mean(0)[0]
    assert p[0] > 0.4
    assert p[1] == pytest.approx(p[2], abs=0.02)  # nobody knows which of the others it would be


def test_inputs_too_far_to_compute_with_are_named():
    model, data, prior = RELU
    with pytest.raises(ValueError, match=r"x reaches .*e\+38.*give x in other units"):
        fit(replace(data, x=data.x * 1e38), model, "hmc", prior)


def test_what_hmc_does_not_sample_is_refused_with_what_does():
    with pytest.raises(ValueError, match=r"hmc does not answer for the model .*choose one of nuts"):
        ask(SKEWED, Linear(family="laplace"), "hmc")
