from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from sklearn.linear_model import Lasso

from bayes_core import Budget, Dataset, Linear, Polynomial, Prior, Standard, fit
from bayes_core.inference import exact

FEW = settings(max_examples=40, deadline=None, derandomize=True)
LAPLACE = Linear(family="laplace")
FOUR = Dataset.from_arrays([0.5, 1.0, 2.5, 4.0], [2.9, -0.6, 1.8, 0.2])
STRONG = Prior(0.1, 1.0, noise_known=True)  # the lasso sets the slope to zero


def peer_lasso(design, y, threshold):
    peer = Lasso(alpha=threshold / len(y), fit_intercept=False, tol=1e-13, max_iter=100_000)
    return peer.fit(design, y).coef_


def log_joint(intercept, slope, data, prior):
    """The log posterior of an intercept and one slope on a grid, from the densities themselves."""
    f = intercept[..., None] + slope[..., None] * data.x[:, 0]
    likelihood = stats.norm(f, prior.noise).logpdf(data.y).sum(-1)
    return likelihood + stats.laplace(0, prior.width).logpdf(intercept) + stats.laplace(0, prior.width).logpdf(slope)


def quadrature(data, prior):
    at = np.linspace(-2, 2, 1001)
    intercept, slope = np.meshgrid(at, at, indexing="ij")
    height = log_joint(intercept, slope, data, prior)
    weight = np.exp(height - height.max())
    weight /= weight.sum()
    mean = np.array([(weight * intercept).sum(), (weight * slope).sum()])
    return mean, np.sqrt([(weight * (intercept - mean[0]) ** 2).sum(), (weight * (slope - mean[1]) ** 2).sum()])


def three_inputs():
    random = np.random.default_rng(14)
    x = random.gamma(2, 1, (18, 3))
    return Dataset.from_arrays(x, 3 + x @ [1.5, 0.1, -0.8] + random.standard_normal(18))


# -------------------------------------------------------------------- bases
@FEW
@given(st.integers(1, 30), st.floats(-50, 50), st.floats(0.1, 100), st.floats(-0.2, 1.2))
def test_the_powers_are_those_of_the_position_in_the_range(degree, low, length, part):
    columns = Polynomial(degree, low, low + length)(np.array([[low], [low + length], [low + part * length]]))
    u = ((low + part * length) - low) / length * 2 - 1
    assert columns.shape == (3, degree)
    np.testing.assert_allclose(columns[0], [(-1.0) ** k for k in range(1, degree + 1)], rtol=1e-9)
    np.testing.assert_allclose(columns[1], 1.0, rtol=1e-9)
    np.testing.assert_allclose(columns[2], np.cumprod(np.full(degree, u)), rtol=1e-7, atol=1e-10)


def test_a_cubic_is_told_apart_from_nothing_else():
    x = np.array([[-3.0], [-1.0], [0.0], [2.0], [5.0], [6.0]])
    y = 2 - x[:, 0] + 0.5 * x[:, 0] ** 3
    model, prior = Linear(Polynomial(3, -3.0, 6.0)), Prior(1e5, 1e-3, noise_known=True)
    answer = fit(Dataset.from_arrays(x, y), model, "map", prior)
    f = model.functions(answer.draws, np.array([[1.0], [8.0]]))[0, :, 0]
    np.testing.assert_allclose(f, [1.5, 250.0], rtol=1e-8)


@pytest.mark.parametrize("degree", [0, 31, -2, True, 2.5, "3"])
def test_degrees_that_are_not_from_1_to_30_are_refused(degree):
    with pytest.raises(ValueError, match=rf"the degree is {degree!r}: give a whole number from 1 to 30"):
        Polynomial(degree)


@pytest.mark.parametrize(("low", "high"), [(2.0, 2.0), (3.0, -1.0), (np.nan, 1.0), (0.0, np.nan)])
def test_empty_ranges_are_refused(low, high):
    with pytest.raises(ValueError, match=rf"the range is {low:g} to {high:g}: low must be below high"):
        Polynomial(3, low, high)


def test_a_polynomial_refuses_two_columns():
    with pytest.raises(ValueError, match="reads one input and x has 2 columns: choose one column"):
        Polynomial(3)(np.ones((4, 2)))


def test_standard_inputs_have_mean_0_and_sd_1_where_they_were_made_and_the_same_map_elsewhere():
    x = np.array([[1.0, 500.0], [2.0, 100.0], [6.0, 150.0]])
    basis = Standard.of(x)
    np.testing.assert_allclose(basis(x).mean(0), 0, atol=1e-12)
    np.testing.assert_allclose((basis(x) ** 2).mean(0), 1, rtol=1e-12)
    np.testing.assert_allclose(basis(np.array([[10.0, 250.0]])), [[7 / np.sqrt(14 / 3), 0.0]], atol=1e-12)
    assert hash(basis) == hash(Standard.of(x))


@pytest.mark.parametrize("value", [0.0, 0.1, 1.1, -1 / 3, 1e6 + 0.1])
@pytest.mark.parametrize("rows", [1, 3, 7, 10])
def test_a_constant_column_keeps_its_units(value, rows):
    basis = Standard.of(np.column_stack([np.full(rows, value), np.arange(rows) ** 2.0]))
    np.testing.assert_allclose(basis(np.array([[value + 2, 0.0]]))[0, 0], 2.0, rtol=1e-8)


@pytest.mark.parametrize("columns", [1, 3])
def test_standard_refuses_another_number_of_columns(columns):
    with pytest.raises(ValueError, match=f"x has {columns} columns and the basis expects 2: give the same ones"):
        Standard.of(np.array([[1.0, 2.0], [4.0, 3.0]]))(np.ones((4, columns)))


def test_an_unknown_family_is_refused():
    with pytest.raises(ValueError, match="family is 'cauchy': choose 'normal' or 'laplace'"):
        Linear(family="cauchy")


@pytest.mark.parametrize("bad", [0, -1.0, np.nan, np.inf])
def test_widths_and_noises_that_are_not_positive_are_refused(bad):
    with pytest.raises(ValueError, match=r"the prior width is .*must be positive and finite"):
        Prior(width=bad)
    with pytest.raises(ValueError, match=r"the noise scale is .*must be positive and finite"):
        Prior(noise=bad)


# ----------------------------------------------------------- the Laplace prior
@pytest.mark.parametrize("known", [True, False])
def test_the_program_has_the_density_of_laplace_weights(known):
    from numpyro.infer.util import log_density

    data, model = three_inputs(), Linear(family="laplace")
    at = {"intercept": 0.7, "coef": np.array([0.4, -1.2, 2.0])} | ({} if known else {"sigma": 0.9})
    question = (model.inputs(data.x), data.y, np.ones(18), 1.7, 1.3, known)
    found, _ = log_density(model.program(), question, {}, at)
    direct = stats.norm(0.7 + data.x @ at["coef"], at.get("sigma", 1.3)).logpdf(data.y).sum()
    direct += stats.laplace(0, 1.7).logpdf([0.7, 0.4, -1.2, 2.0]).sum()
    direct += 0 if known else stats.halfcauchy(0, 1.3).logpdf(0.9)
    assert float(found) == pytest.approx(direct, rel=1e-5)


def test_sampling_agrees_with_quadrature_and_its_mean_is_not_sparse_where_the_mode_is():
    mean, sd = quadrature(FOUR, STRONG)
    assert mean[1] > 0.05
    answer = fit(FOUR, LAPLACE, "nuts", STRONG, Budget(draws=1500, warmup=500, chains=2), seed=5)
    drawn = answer.columns()
    for k, name in enumerate(("intercept", "coef[0]")):
        few = answer.diagnostics.ess_bulk[name]
        assert few > 400
        assert abs(drawn[name].mean() - mean[k]) < 4 * sd[k] / np.sqrt(few)
        assert drawn[name].std() == pytest.approx(sd[k], rel=0.12)
    assert np.count_nonzero(drawn["coef[0]"]) == 3000
    mode = fit(FOUR, LAPLACE, "map", STRONG)
    assert mode.draws["coef"][0, 0] == 0.0
    at = np.linspace(-1, 1, 401)
    height = log_joint(*np.meshgrid(at, at, indexing="ij"), FOUR, STRONG)
    best = np.unravel_index(height.argmax(), height.shape)
    assert at[best[1]] == pytest.approx(0, abs=1e-12)
    assert mode.draws["intercept"][0] == pytest.approx(at[best[0]], abs=0.005)


@pytest.mark.parametrize(("width", "noise"), [(0.05, 0.9), (1.0, 2.0), (50.0, 0.5)])
@pytest.mark.parametrize("basis", ["raw", "standard", "polynomial"])
def test_the_mode_is_the_lasso(basis, width, noise):
    data = three_inputs()
    if basis == "polynomial":
        data = Dataset.from_arrays(data.x[:, :1], data.y)
    made = {"raw": LAPLACE.basis, "standard": Standard.of(data.x), "polynomial": Polynomial(2, 0.0, 7.0)}[basis]
    answer = fit(data, Linear(made, family="laplace"), "map", Prior(width, noise, noise_known=True))
    design = np.column_stack([np.ones(18), made(data.x)])
    found = [answer.draws["intercept"][0], *answer.draws["coef"][0]]
    np.testing.assert_allclose(found, peer_lasso(design, data.y, noise**2 / width), rtol=1e-5, atol=1e-7)
    np.testing.assert_array_equal(answer.noise, [noise])


@pytest.mark.parametrize(("width", "noise"), [(0.1, 1.0), (1.0, 0.2), (30.0, 4.0)])
def test_with_unknown_sigma_the_mode_is_the_highest_of_a_fine_grid_with_scikit_learns_lasso_inside(width, noise):
    data = three_inputs()
    answer = fit(data, LAPLACE, "map", Prior(width, noise))
    design = np.column_stack([np.ones(18), data.x])

    def height(sigma):
        beta = peer_lasso(design, data.y, sigma**2 / width)
        likelihood = stats.norm(design @ beta, sigma).logpdf(data.y).sum()
        return likelihood + stats.laplace(0, width).logpdf(beta).sum() + stats.halfcauchy(0, noise).logpdf(sigma)

    coarse = np.geomspace(0.1, 30, 300)
    best = coarse[np.argmax([height(s) for s in coarse])]
    fine = best * np.linspace(0.97, 1.03, 301)
    best = fine[np.argmax([height(s) for s in fine])]
    assert answer.noise[0] == pytest.approx(best, rel=3e-4)
    beta = peer_lasso(design, data.y, answer.noise[0] ** 2 / width)
    np.testing.assert_allclose([answer.draws["intercept"][0], *answer.draws["coef"][0]], beta, rtol=1e-5, atol=1e-7)


@pytest.mark.parametrize("points", [9, 16])
def test_no_mode_where_the_weights_can_fit_everything(points):
    x = np.random.default_rng(1).uniform(-1, 1, points)
    data, model = Dataset.from_arrays(x, np.exp(x) + x**2), Linear(Polynomial(15), family="laplace")
    with pytest.raises(ValueError, match=r"fitted without error.*noise_known=True"):
        fit(data, model, "map")
    assert np.isfinite(fit(data, model, "map", Prior(1, 1, noise_known=True)).draws["coef"]).all()


def test_prior_draws_are_laplace_and_independent():
    answer = fit(
        FOUR, Linear(Polynomial(2), family="laplace"), "prior", Prior(3.0, 2.0), Budget(draws=20_000, chains=1)
    )
    drawn = answer.columns()
    for name in ("intercept", "coef[0]", "coef[1]"):
        probability = np.array([0.05, 0.3, 0.5, 0.9])
        at = stats.laplace(0, 3).ppf(probability)
        error = np.sqrt(probability * (1 - probability) / 20_000)
        assert (np.abs((drawn[name][:, None] < at).mean(0) - probability) < 4 * error).all()
    assert stats.kstest(answer.noise, stats.halfcauchy(0, 2).cdf).pvalue > 0.01
    ranks = np.corrcoef([drawn[n] for n in ("intercept", "coef[0]", "coef[1]")] + [np.log(drawn["sigma"])])
    assert np.abs(ranks - np.eye(4)).max() < 4.5 / np.sqrt(20_000)


def test_the_exact_method_refuses_a_laplace_prior_and_names_a_remedy():
    with pytest.raises(ValueError, match=r"exact needs a Gaussian prior .*laplace one: use method='nuts'"):
        fit(FOUR, LAPLACE, "exact", STRONG)
    with pytest.raises(ValueError, match=r"Gaussian prior .*use method='nuts'"):
        exact.posterior(FOUR, LAPLACE, STRONG)
