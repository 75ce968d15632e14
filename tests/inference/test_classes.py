"""Every method on classes: against scikit-learn, a dense grid of two weights, and importance sampling by hand."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import NamedTuple

import numpy as np
import pytest
from compiles import Compilations
from scipy import special
from sklearn.linear_model import LogisticRegression

from bayes_core import (
    METHODS,
    Budget,
    Bumps,
    Dataset,
    Heteroscedastic,
    Linear,
    Mlp,
    Polynomial,
    Prior,
    ask,
    fit,
    methods_for,
    predict,
)
from bayes_core.inference import _jax, laplace, laplace_last
from bayes_core.inference._train import curvature
from bayes_core.inference.separable import about_separable
from bayes_core.models.tangent import jacobian
from bayes_core.numerics.softmax import softmax_mode
from bayes_core.predict import log_likelihood

TINY = Budget(draws=60, warmup=60, chains=2, steps=60, chunk=30, members=3)
MANY = Budget(draws=2000, warmup=500, chains=4, steps=3000)
PLACES = np.array([-2.0, -0.5, 0.7, 1.5, 4.0])
WIDTH = 1.7
X = np.array([-1.3, -0.4, -0.2, 0.1, 0.5, 0.9, 1.4, 2.2, 2.6])
SKEWED = Dataset.from_arrays(X, [1, 0, 0, 1, 0, 0, 1, 1, 1], task="classification")


def rng(seed):
    return np.random.default_rng(seed)


def three_classes(rows=14, seed=5):
    """Two inputs, three classes of different size that overlap."""
    random = rng(seed)
    y = random.choice(3, rows, p=[0.5, 0.35, 0.15])
    x = random.standard_normal((rows, 2)) + np.array([[0, 0], [1.5, 0.3], [0.2, 1.8]])[y]
    return Dataset.from_arrays(x, y, task="classification", classes=("a", "b", "c"))


THREE = three_classes()
NET = Mlp((3,))


@cache
def run(method, model, data, prior=None, budget=TINY, seed=3):
    return fit(data, model, method, prior or Prior(1.0), budget.only(METHODS[method].reads), seed)


# ------------------------------------------------------------------------------------------------------------ contract
# programs take seconds to compile: what two methods share is asked of one of them, and two tests ask for one budget;
# test_hmc_classes.py and test_iris_as_published.py look at the methods that are left out of networks
NETS = [m for m in methods_for(NET, "classification") if m not in ("vi_lowrank", "vi_fullrank", "vi_meanfield", "hmc")]
LINES = ["nuts", "laplace", "anchored", "vi_fullrank", "vi_lowrank", "map", "prior"]
LONG = ("nuts", "vi_fullrank")  # whose lines are held against a grid below


@pytest.mark.parametrize(
    ("method", "model", "data"), [(m, NET, THREE) for m in NETS] + [(m, Linear(), SKEWED) for m in LINES]
)
def test_every_method_gives_probabilities_of_classes(method, model, data):
    answer = run(method, model, data, budget=MANY if method in LONG and model != NET else TINY)
    network, size = model is NET, len(answer.noise)
    shapes = model.shapes(data.x.shape[1], data.likelihood.outputs)
    assert {site: draws.shape[1:] for site, draws in answer.draws.items() if site != "mode"} == shapes
    np.testing.assert_array_equal(answer.noise, 1.0)
    assert "sigma" not in answer.columns()
    assert answer.prior.noise_known
    found = predict(answer, data.x[:4])
    assert found.task == "classification"
    assert found.f.shape == (size, 4, 3 if network else 1)
    assert found.probabilities.shape == (size, 4, len(data.classes))
    np.testing.assert_allclose(found.probabilities.sum(-1), 1, rtol=1e-12)
    told = log_likelihood(answer, data)
    own = np.take_along_axis(predict(answer, data.x).probabilities, data.y.astype(int)[None, :, None], 2)[..., 0]
    np.testing.assert_allclose(np.exp(told), own, rtol=1e-9)
    if METHODS[method].answer == "sampled":
        assert len(answer.diagnostics.r_hat) > 0


@pytest.mark.parametrize("method", ["nuts", "vi_fullrank", "laplace", "anchored"])
def test_a_move_of_the_width_other_labels_and_other_rows_compile_nothing(method):
    budget = MANY if method in LONG else TINY
    afresh = run.__wrapped__  # an answer out of the cache compiles nothing, and leaves nothing compiled
    afresh(method, Linear(), SKEWED, budget=budget)
    with Compilations() as seen:
        afresh(method, Linear(), SKEWED, Prior(2.5), budget)
        other = Dataset.from_arrays(X[::-1] + 0.3, 1 - SKEWED.y, task="classification", classes=("no", "yes"))
        afresh(method, Linear(), other, budget=budget)
    assert seen.count == 0


# ------------------------------------------------------------------------------------------ the mode of scikit-learn
@pytest.mark.parametrize("width", [0.3, 2.0, 30.0])
@pytest.mark.parametrize(("data", "model"), [(SKEWED, Linear()), (SKEWED, Linear(Polynomial(3))), (THREE, Linear())])
def test_the_mode_is_scikit_learns(data, model, width):
    """Its C is our width squared, and a column of ones is penalised as every other; K > 2 is its multinomial."""
    design = model.design(data.x)
    peer = LogisticRegression(C=width**2, fit_intercept=False, tol=1e-12, max_iter=100_000).fit(design, data.y)
    answer = fit(data, model, "map", Prior(width))
    assert answer.diagnostics.converged
    columns = design.shape[1]
    found = np.concatenate([answer.draws["intercept"].ravel(), answer.draws["coef"].ravel()]).reshape(columns, -1)
    if data is THREE:
        peers = peer.coef_ - peer.coef_.mean(0)  # a shift of all logits costs prior density, so ours sum to zero
        np.testing.assert_allclose(found.sum(1), 0, atol=1e-9)
        np.testing.assert_allclose(found.T, peers, rtol=2e-3, atol=2e-4)
    else:
        np.testing.assert_allclose(found[:, 0], peer.coef_[0], rtol=2e-3, atol=2e-4)
    np.testing.assert_allclose(
        predict(answer, data.x).probabilities[0], peer.predict_proba(design), rtol=2e-3, atol=1e-4
    )


@pytest.mark.parametrize(("data", "outputs"), [(SKEWED, 1), (THREE, 3)])
def test_the_mode_is_flat_and_its_axes_are_the_curvature(data, outputs):
    """Against differences of the log posterior as scipy has it."""
    design, tiny = Linear().design(data.x), 1e-4
    mode = softmax_mode(design, data.y, data.likelihood, WIDTH)

    def loss(flat):
        f = design @ flat.reshape(-1, outputs)
        odds = np.column_stack([np.zeros(len(f)), f]) if outputs == 1 else f
        each = special.log_softmax(odds, 1)[np.arange(len(f)), data.y.astype(int)]
        return 0.5 * flat @ flat / WIDTH**2 - each.sum()

    at, size = mode.weights.ravel(), mode.weights.size
    steps = tiny * np.eye(size)
    assert mode.loss == pytest.approx(loss(at), rel=1e-12)
    assert np.abs([loss(at + s) - loss(at - s) for s in steps]).max() < 1e-9
    bent = [[loss(at + s + t) - loss(at + s - t) - loss(at - s + t) + loss(at - s - t) for s in steps] for t in steps]
    covariance = np.linalg.inv(np.array(bent) / (4 * tiny**2))
    np.testing.assert_allclose(mode.axes @ mode.axes.T, covariance, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("width", [1e-3, 10.0, 1e4])
def test_separable_classes_have_a_mode_because_of_the_prior(width):
    apart = Dataset.from_arrays([-2.0, -1.0, -0.5, 0.2, 3.0], [0, 0, 0, 1, 1], task="classification")
    mode = softmax_mode(Linear().design(apart.x), apart.y, apart.likelihood, width)
    assert mode.there
    f = Linear().design(apart.x) @ mode.weights
    slope = mode.weights / width**2 - Linear().design(apart.x).T @ apart.likelihood.slope(apart.y, f)
    assert np.abs(width * slope).max() < 1e-5  # in prior sds


# --------------------------------------------------------------------------------------------- a grid of two weights
class Grid(NamedTuple):
    """Posterior of intercept and slope: weights (M, 2) with shares (M,), and the log evidence."""

    weights: np.ndarray
    share: np.ndarray
    evidence: float

    def probability(self, x):
        return special.expit(self.weights[:, :1] + self.weights[:, 1:] * x).T @ self.share


@cache
def grid(data=SKEWED, width=WIDTH):
    at = np.linspace(-6, 6, 1201) * width
    weights = np.stack(np.meshgrid(at, at, indexing="ij"), -1).reshape(-1, 2)
    sign = 2 * data.y - 1
    height = -0.5 * (weights**2).sum(1) / width**2 - np.log(2 * np.pi * width**2)
    for x, s in zip(data.x[:, 0], sign, strict=True):
        height += special.log_expit(s * (weights @ [1.0, x]))
    kept = height > height.max() - 30
    weights, height = weights[kept], height[kept]
    share = np.exp(height - height.max())
    evidence = height.max() + np.log(share.sum() * (at[1] - at[0]) ** 2)
    return Grid(weights, share / share.sum(), float(evidence))


def test_nuts_samples_the_posterior_that_a_grid_integrates():
    truth = grid()
    answer = run("nuts", Linear(), SKEWED, Prior(WIDTH), MANY)
    assert answer.diagnostics.converged
    drawn = np.column_stack([answer.draws["intercept"], answer.draws["coef"][:, 0]])
    mean = truth.share @ truth.weights
    off = truth.weights - mean
    covariance = off.T @ (off * truth.share[:, None])
    error = np.sqrt(np.diag(covariance) / answer.diagnostics.fewest_effective)
    assert (np.abs(drawn.mean(0) - mean) < 4.5 * error).all()
    np.testing.assert_allclose(np.cov(drawn.T), covariance, rtol=0.12)
    p = predict(answer, PLACES).probabilities[:, :, 1]
    spread = p.std(0) / np.sqrt(0.5 * answer.diagnostics.fewest_effective)
    assert (np.abs(p.mean(0) - truth.probability(PLACES)) < 4.5 * spread).all()


def test_laplace_is_the_mode_with_the_curvature_there_and_its_evidence_is_near():
    truth, mode = grid(), softmax_mode(Linear().design(SKEWED.x), SKEWED.y, SKEWED.likelihood, WIDTH)
    answer = run("laplace", Linear(), SKEWED, Prior(WIDTH), MANY)
    drawn = np.column_stack([answer.draws["intercept"], answer.draws["coef"][:, 0]])
    covariance = mode.axes @ mode.axes.T
    error = np.sqrt(np.diag(covariance) / len(drawn))
    assert (np.abs(drawn.mean(0) - mode.weights[:, 0]) < 4.5 * error).all()
    np.testing.assert_allclose(np.cov(drawn.T), covariance, rtol=0.08, atol=0.01)
    exactly = -mode.loss + np.linalg.slogdet(mode.axes)[1] - 2 * np.log(WIDTH)
    assert answer.log_evidence == pytest.approx(exactly, abs=1e-6)
    assert abs(answer.log_evidence - truth.evidence) < 0.15


def test_full_rank_vi_stays_below_the_evidence_and_near_the_posterior():
    truth, answer = grid(), run("vi_fullrank", Linear(), SKEWED, Prior(WIDTH), MANY)
    elbo = answer.diagnostics.climbed[1]
    assert truth.evidence - 0.1 < elbo < truth.evidence + 0.02
    drawn = np.column_stack([answer.draws["intercept"], answer.draws["coef"][:, 0]])
    np.testing.assert_allclose(drawn.mean(0), truth.share @ truth.weights, atol=0.06)
    np.testing.assert_allclose(
        predict(answer, PLACES).probabilities[:, :, 1].mean(0), truth.probability(PLACES), atol=0.015
    )


def test_the_prior_says_one_half_and_how_little_that_means():
    answer = fit(SKEWED, "linear", "prior", Prior(WIDTH), Budget(draws=20_000, chains=1))
    found = predict(answer, PLACES)
    np.testing.assert_allclose(found.f[:, :, 0].std(0), WIDTH * np.sqrt(1 + PLACES**2), rtol=0.03)
    assert found.exact is None  # a closed form of the log odds would be taken for one of y
    np.testing.assert_allclose(found.probabilities.mean(0), 0.5, atol=0.015)


# ----------------------------------------------------------------------------- what must not matter, and what must
def test_one_logit_and_a_softmax_of_two_narrower_ones_are_the_same_model():
    """By hand: two logits with weights of width w / sqrt 2 each, the prior's draws weighed by their likelihood."""
    draws = rng(5).standard_normal((400_000, 2, 2)) * WIDTH / np.sqrt(2)
    weight, where = np.zeros(len(draws)), []
    for x, y in zip(SKEWED.x[:, 0], SKEWED.y.astype(int), strict=True):
        weight += special.log_softmax(draws[:, 0] + draws[:, 1] * x, 1)[:, y]
    share = np.exp(weight - weight.max())
    share /= share.sum()
    assert 1 / (share**2).sum() > 20_000
    where = [share @ special.softmax(draws[:, 0] + draws[:, 1] * x, 1)[:, 1] for x in PLACES]
    np.testing.assert_allclose(where, grid().probability(PLACES), atol=0.006)


@pytest.mark.parametrize("method", ["map", "laplace"])
def test_classes_in_another_order_have_the_same_probabilities(method):
    turned = Dataset.from_arrays(SKEWED.x, 1 - SKEWED.y, task="classification")
    budget = MANY.only(METHODS[method].reads)
    one, other = (fit(data, "linear", method, Prior(WIDTH), budget, 1) for data in (SKEWED, turned))
    atol = 1e-9 if method == "map" else 0.01
    found, swapped = (predict(answer, PLACES).probabilities.mean(0) for answer in (one, other))
    np.testing.assert_allclose(found, swapped[:, ::-1], atol=atol)


def test_three_classes_in_another_order_have_the_same_mode():
    order = np.array([2, 0, 1])
    moved = Dataset.from_arrays(THREE.x, order[THREE.y.astype(int)], task="classification", classes=("b", "c", "a"))
    found, other = (predict(fit(d, "linear", "map"), THREE.x).probabilities[0] for d in (THREE, moved))
    np.testing.assert_allclose(found, other[:, order], rtol=1e-9)


def counted(counts, width):
    """Return class probabilities (K,) where one logit a class ~ N(0, width^2 (1 + 1)) and nothing else is known."""
    f = rng(9).standard_normal((400_000, len(counts))) * width
    height = (special.log_softmax(f, 1) * counts).sum(1)
    share = np.exp(height - height.max())
    return share @ special.softmax(f, 1) / share.sum()


@pytest.mark.parametrize("counts", [(12, 3, 0), (1, 9, 2)])
def test_a_rare_class_and_one_that_is_absent_keep_what_the_prior_leaves_them(counts):
    """All x are 0, so that only intercepts count: three of them, integrated by the prior's own draws."""
    y = np.repeat(np.arange(3), counts)
    data = Dataset.from_arrays(np.zeros(len(y)), y, task="classification", classes=("a", "b", "c"))
    answer = fit(data, "linear", "hmc", Prior(WIDTH), seed=2)
    found = predict(answer, [0.0]).probabilities[:, 0].mean(0)
    np.testing.assert_allclose(found, counted(counts, WIDTH), atol=0.012)


def test_separable_and_one_sided_rows_have_a_posterior_and_a_note():
    x = np.array([-2.0, -1.0, -0.5, 0.2, 3.0])
    apart = Dataset.from_arrays(x, [0, 0, 0, 1, 1], task="classification")
    one_sided = Dataset.from_arrays(x, [1, 1, 1, 1, 1], task="classification", classes=("no", "yes"))
    for data, told in ((apart, "separate the classes without error"), (one_sided, "All 5 rows are yes")):
        answer = fit(data, "linear", "map", Prior(10.0))
        assert [note for note in answer.diagnostics.notes if told in note]
        assert answer.diagnostics.converged
        assert not fit(data, "linear", "prior").diagnostics.notes
    assert not fit(SKEWED, "linear", "map", Prior(10.0)).diagnostics.notes
    assert predict(fit(one_sided, "linear", "map", Prior(2.0)), [0.0]).probabilities[0, 0, 1] > 0.88


def test_a_laplace_fit_is_looked_at_by_its_centres():
    apart = replace(THREE, x=THREE.x + 9 * np.array([[0, 0], [1, 0], [0, 1]])[THREE.y.astype(int)])
    assert about_separable(run("laplace", NET, apart, Prior(5.0)))
    assert not about_separable(run("laplace", NET, THREE, Prior(0.1)))


# ---------------------------------------------------------------------------------------------------------- networks
@pytest.mark.parametrize("hidden", [(3,), (3, 2)])
def test_the_jacobian_of_several_outputs_is_that_of_finite_differences(hidden):
    model, random, tiny, column = Mlp(hidden), rng(4), 1e-6, 0
    draws = {site: random.standard_normal((2, *shape)) for site, shape in model.shapes(2, 3).items()}
    found = jacobian(model, draws, THREE.x)
    assert found.shape == (2, len(THREE.y), 3, sum(int(np.prod(s)) for s in model.shapes(2, 3).values()))
    for site, values in draws.items():
        for place in np.ndindex(values.shape[1:]):
            up, down = ({**draws, site: values.copy()} for _ in range(2))
            up[site][(slice(None), *place)] += tiny
            down[site][(slice(None), *place)] -= tiny
            rise = (model.functions(up, THREE.x) - model.functions(down, THREE.x)) / (2 * tiny)
            np.testing.assert_allclose(found[..., column], rise, atol=1e-7)
            column += 1


@pytest.mark.usefixtures("float64")
def test_the_tangents_curvature_is_the_hessian_in_the_last_layer_and_of_the_tangent_itself():
    question = ask(THREE, NET, "laplace", Prior(0.8))
    shape, traced, scaffold = _jax.prepare(question)
    z = 0.7 * rng(6).standard_normal(shape.size)
    found = laplace.gauss_newton(question, scaffold, z)
    whole, at = np.asarray(curvature(shape)(z, 0.0, traced)), laplace_last.last_layer(scaffold, shape.size)
    assert len(at) == 3 * 3 + 3
    np.testing.assert_allclose(found[np.ix_(at, at)], whole[np.ix_(at, at)], rtol=1e-9, atol=1e-9)
    assert np.linalg.eigvalsh(found)[0] > 1 - 1e-9  # the prior's own, at least: the Hessian need not be
    assert np.abs(found - whole).max() > 0.05


def test_last_layer_laplace_moves_the_last_layer_only_and_as_widely_as_it_is_curved():
    answer = run("laplace_last", NET, THREE, budget=MANY)
    assert np.ptp(answer.draws["weight1"], axis=0).max() == 0
    whole = run("laplace", NET, THREE, budget=MANY)
    np.testing.assert_allclose(answer.draws["weight1"][0], whole.model.centres["weight1"][0], atol=1e-6)
    mean = np.concatenate([answer.draws[site].mean(0).ravel() for site in ("weight", "bias")])
    centre = np.concatenate([whole.model.centres[site][0].ravel() for site in ("weight", "bias")])
    np.testing.assert_allclose(mean, centre, atol=0.05)
    h = NET.hidden_values(answer.draws, THREE.x)[0]
    phi = np.column_stack([h, np.ones(len(h))])
    p = special.softmax(h @ centre[:9].reshape(3, 3) + centre[9:], 1)
    bent = np.einsum("nk,kl->nkl", p, np.eye(3)) - p[:, :, None] * p[:, None, :]
    precision = np.einsum("np,nkl,nq->pkql", phi, bent, phi).reshape(12, 12) + np.eye(12)
    drawn = np.concatenate([answer.draws["weight"].reshape(-1, 9), answer.draws["bias"]], axis=1)
    np.testing.assert_allclose(np.cov(drawn.T), np.linalg.inv(precision), atol=0.06)


def test_last_layer_laplace_of_a_curve_is_ridge_regression_on_the_hidden_units():
    data = Dataset.from_arrays(X, np.sin(X) + 0.2 * X)
    answer = run("laplace_last", NET, data, Prior(1.3, 0.4, noise_known=True), MANY)
    h = NET.hidden_values(answer.draws, data.x)[0]
    phi = np.column_stack([h, np.ones(len(h))])
    covariance = np.linalg.inv(phi.T @ phi / 0.4**2 + np.eye(4) / 1.3**2)
    drawn = np.column_stack([answer.draws["weight"], answer.draws["bias"]])
    np.testing.assert_allclose(drawn.mean(0), covariance @ phi.T @ data.y / 0.4**2, atol=0.05)
    np.testing.assert_allclose(np.cov(drawn.T), covariance, atol=0.06)


def test_a_mask_silences_a_unit_for_all_classes():
    answer = run("dropout", NET, THREE)
    silent = answer.draws["weight"] == 0
    assert silent.any()
    np.testing.assert_array_equal(silent.any(2), silent.all(2))


# ---------------------------------------------------------------------------------------------------------- refusals
@pytest.mark.parametrize(
    ("method", "model", "told"),
    [
        ("exact", "linear", r"exact does not answer for the model 'linear' on data .*'classification': choose one of"),
        ("map", Linear(family="laplace"), "map does not answer .*choose one of nuts"),
        ("dropout", "linear", "dropout does not answer"),
    ],
)
def test_what_does_not_answer_for_classes_says_so_and_names_what_does(method, model, told):
    with pytest.raises(ValueError, match=told):
        ask(SKEWED, model, method)


def test_classes_have_no_noise():
    with pytest.raises(ValueError, match=r"a classification follow Categorical.* likelihood is Heterosc.*leave it out"):
        ask(SKEWED, Mlp(), "nuts", likelihood=Heteroscedastic())
    with pytest.raises(ValueError, match=r"the prior's noise is 0\.5 and classes have none: leave noise out"):
        ask(SKEWED, "linear", "map", Prior(1.0, 0.5))
    known, unknown = (ask(SKEWED, "linear", "map", Prior(2.0, noise_known=known)) for known in (True, False))
    assert known == unknown


def test_the_menu_of_classes_is_what_suits():
    assert "exact" not in methods_for("linear", "classification")
    assert "exact" in methods_for("linear")
    assert methods_for(Mlp(), "classification", Heteroscedastic()) == ()
    assert set(methods_for(Linear(Bumps()), "classification")) == set(methods_for("linear", "classification"))
    for name, method in METHODS.items():
        assert ("classification" in method.tasks) == (name in methods_for(Mlp(), "classification"))


def test_rows_of_another_task_are_not_scored():
    answer = fit(SKEWED, "linear", "map")
    with pytest.raises(ValueError, match="give the same task"):
        log_likelihood(answer, Dataset.from_arrays(X, X))
    other = replace(SKEWED, y=1 - SKEWED.y)
    assert log_likelihood(answer, other).shape == (1, len(X))
