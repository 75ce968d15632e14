from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import replace

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from compiles import Compilations
from dense import Problem
from jaxprs import primitives

from bayes_core import METHODS, Budget, Dataset, Linear, Prior, ask, fit, summary
from bayes_core.inference import _jax, nuts
from bayes_core.inference._vi import Place, _run
from bayes_core.inference.judge import judge
from bayes_core.inference.vi_fullrank import _FullRank
from bayes_core.inference.vi_lowrank import _LowRank
from bayes_core.inference.vi_meanfield import _MeanField
from bayes_core.models import MODELS

LAPACK = {"cholesky", "triangular_solve", "lu", "qr", "geqrf", "householder_product", "eigh", "eig", "svd", "schur"}
SMALL = Budget(draws=40, warmup=40, chains=2, steps=40, chunk=20)


def test_chunks_do_not_change_the_draws(skewed):
    whole, pieces = (
        fit(skewed, method="nuts", budget=Budget(draws=90, warmup=70, chains=2, chunk=chunk), seed=8)
        for chunk in (200, 33)
    )
    np.testing.assert_array_equal(whole.draws["coef"], pieces.draws["coef"])
    np.testing.assert_array_equal(whole.noise, pieces.noise)


def test_partial_fits_are_the_beginning_of_the_whole(skewed):
    from bayes_core import fit_steps

    budget = Budget(draws=60, warmup=40, chains=3, chunk=20)
    fits = [step.fit for step in fit_steps(skewed, "linear", "nuts", Prior(), budget, 1) if step.fit]
    last = fits[-1].noise.reshape(3, 60)
    for part in fits[:-1]:
        drawn = part.noise.reshape(3, -1)
        np.testing.assert_array_equal(drawn, last[:, : drawn.shape[1]])
        assert not part.diagnostics.complete
        assert part.diagnostics.badge == "not converged"


def energy(shape, traced, z):
    return float(jax.jit(lambda seen: _jax.potential(shape, seen)(z))(traced))


@pytest.mark.usefixtures("float64")
def test_padding_is_weightless(skewed):
    """The log density of 7 rows padded to 8 is that of 7 rows."""
    shape, traced, scaffold = _jax.prepare(ask(skewed, prior=Prior(2.0, 1.0)))
    assert traced.y.shape == (8,)
    bare = traced._replace(inputs=skewed.x, y=skewed.y, weight=np.ones(7))
    z = np.array([0.3, -1.2, 0.5])
    assert energy(shape, traced, z) == pytest.approx(energy(shape, bare, z), rel=1e-12)
    assert scaffold.axes.shape == (3, 3)


@pytest.mark.usefixtures("float64")
def test_the_density_is_the_model(skewed):
    from scipy import stats

    prior = Prior(2.0, 1.5)
    shape, traced, scaffold = _jax.prepare(ask(skewed, prior=prior))
    z = np.array([0.3, -1.2, 0.5])
    intercept, slope, log_sigma = scaffold.centre + scaffold.axes @ z
    sigma = np.exp(log_sigma)
    log_joint = (
        stats.norm(intercept + slope * skewed.x[:, 0], sigma).logpdf(skewed.y).sum()
        + stats.norm(0, 2).logpdf([intercept, slope]).sum()
        + stats.halfcauchy(0, 1.5).logpdf(sigma)
        + log_sigma
    )
    assert -energy(shape, traced, z) == pytest.approx(log_joint, rel=1e-10)


def test_too_few_draws_complain(skewed):
    answer = fit(skewed, method="nuts", budget=Budget(draws=20, warmup=20, chains=2), seed=1)
    assert answer.diagnostics.badge == "not converged"
    assert any("raise budget.draws" in text or "run longer" in text for text in answer.diagnostics.complaints)
    assert any("effective draws of" in text for text in answer.diagnostics.complaints)


def test_stuck_chains_are_called_not_converged(skewed):
    good = fit(skewed, method="nuts", budget=Budget(draws=500, warmup=300), seed=1)
    assert good.diagnostics.badge == "sampled", good.diagnostics.complaints
    apart = good.noise.reshape(4, -1).copy()
    apart[0] += 5 * apart.std()

    bad = judge(replace(good, noise=apart.ravel()))
    assert bad.converged is False
    assert bad.r_hat["sigma"] > 1.1
    assert "R-hat of sigma" in bad.complaints[0]


def test_ess_and_r_hat_are_per_parameter(skewed):
    about = fit(skewed, method="nuts", budget=Budget(draws=500, warmup=300), seed=1).diagnostics
    assert set(about.r_hat) == set(about.ess_bulk) == set(about.ess_tail) == {"intercept", "coef[0]", "sigma"}
    rows = summary.table(fit(skewed, method="nuts", budget=Budget(draws=500, warmup=300), seed=1))
    assert all(row.mcse == pytest.approx(row.sd / np.sqrt(row.ess_bulk)) for row in rows)


@pytest.mark.usefixtures("float64")
def test_the_counter_can_count():
    with Compilations() as seen:
        jax.jit(lambda x: x * 3.125 + jnp.float64(np.random.default_rng().random()))(1.0).block_until_ready()
    assert seen.count > 0


@pytest.mark.parametrize("method", METHODS)
def test_a_slider_move_compiles_nothing(method, skewed):
    """Other data, other width and noise, another seed, another number of rows up to the padded size: no compile."""
    model = "linear" if METHODS[method].suits(MODELS["linear"]) else "mlp"
    budget = SMALL.only(METHODS[method].reads)
    fit(skewed, model, method, Prior(1.0, 1.0), budget, 1)
    with Compilations() as seen:
        fit(skewed, model, method, Prior(7.5, 0.3), budget, 2)
        fit(Dataset.from_arrays(skewed.x[:5] * 2, skewed.y[:5] - 1), model, method, Prior(3, 2), budget, 3)
    assert seen.count == 0


@pytest.mark.usefixtures("float64")
def test_the_walk_finds_lapack():
    made = jax.make_jaxpr(jax.jit(lambda a: jax.lax.map(jnp.linalg.cholesky, a)))(jnp.eye(3)[None])
    assert primitives(made.jaxpr) & LAPACK


@pytest.mark.usefixtures("float64")
@pytest.mark.parametrize("model", MODELS)
def test_no_lapack_inside_jit(model, skewed):
    """Batched LAPACK kernels of jaxlib can hang for ever when cores are few."""
    shape, traced, _ = _jax.prepare(ask(skewed, model))
    compiled = nuts.kernel(shape, 10, 10)
    key = jax.random.PRNGKey(0)
    around = np.zeros(shape.size), np.ones(shape.size)
    state = jax.eval_shape(compiled.start, key, traced, *around)  # what is looked at need not run
    places = np.zeros(shape.size), np.eye(shape.size)
    walked = [
        jax.make_jaxpr(compiled.start)(key, traced, *around),
        jax.make_jaxpr(compiled.advance)(state, 3, traced),
    ]
    for guide, batch in ((_FullRank, 0), (_MeanField, 0), (_LowRank, 0), (_LowRank, 2)):
        run, place = _run(shape, guide, 7, batch), Place(np.uint32(0), *places, 1.0, 5, traced)
        begun = jax.eval_shape(run.begin, place)
        walked += [
            jax.make_jaxpr(run.begin)(place),
            jax.make_jaxpr(run.climb)(begun, np.int64(0), np.int64(2), place),
            jax.make_jaxpr(run.draw)(begun, np.bool_(True), place),
        ]
    for jaxpr in walked:
        assert not primitives(jaxpr.jaxpr) & LAPACK


def test_a_model_without_a_program_is_refused(skewed):
    class Bare:
        name = "bare"

        def functions(self, draws, x):
            return np.zeros((1, len(x), 1))

    for method in ("nuts", "vi_meanfield"):
        with pytest.raises(ValueError, match="NumPyro program"):
            fit(skewed, Bare(), method)
    with pytest.raises(ValueError, match="linear models only"):
        fit(skewed, Bare(), "exact")


def test_one_chain_is_judged_by_its_halves(skewed):
    one = fit(skewed, method="nuts", budget=Budget(draws=1501, warmup=500, chains=1), seed=1)
    assert one.diagnostics.badge == "sampled", one.diagnostics.complaints
    assert all(0.99 < value < 1.01 for value in one.diagnostics.r_hat.values())
    drifting = judge(replace(one, noise=one.noise * np.linspace(1, 3, 1501)))
    assert drifting.r_hat["sigma"] > 1.1
    assert drifting.converged is False


def test_chains_that_never_moved_say_so(skewed):
    good = fit(skewed, method="nuts", budget=SMALL.only(METHODS["nuts"].reads), seed=1)
    stuck = judge(replace(good, noise=np.full_like(good.noise, 2.0)))
    assert stuck.converged is False
    assert "never moved in sigma" in stuck.complaints[0]
    known = fit(skewed, method="nuts", prior=Prior(2.0, 1.0, noise_known=True), budget=Budget(draws=500), seed=1)
    assert known.diagnostics.badge == "sampled"
    assert "sigma" not in known.diagnostics.r_hat


@pytest.mark.parametrize("method", ["nuts", "vi_meanfield", "vi_fullrank"])
def test_data_beyond_float64_are_refused(method, skewed):
    far = Dataset.from_arrays(skewed.x, 1e200 * skewed.y / skewed.y.max())
    with pytest.raises(ValueError, match=r"1e\+200.*other units"):
        fit(far, method=method, budget=SMALL.only(METHODS[method].reads))


def test_without_a_writable_cache_everything_still_runs(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert _jax.cache_folder() == tmp_path / "bayes_core" / "jax"
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert _jax.cache_folder() is None


@pytest.mark.parametrize("rows", [1, 2, 7, 300])
def test_coordinates_know_where_sigma_is(rows):
    """Centre and scale of log sigma are the mean and sd of its marginal posterior, also for a single point."""
    random = np.random.default_rng(5)
    x = random.gamma(2.0, 1.0, rows)
    data, prior = Dataset.from_arrays(x, 1 + 2 * x + random.standard_normal(rows)), Prior(3.0, 0.7)
    scaffold = Linear().scaffold(data, prior)
    log_sigma = np.log(fit(data, method="exact", prior=prior, budget=Budget(draws=50_000)).noise)
    sd = log_sigma.std()
    assert abs(scaffold.centre[-1] - log_sigma.mean()) < 4.5 * sd / np.sqrt(200_000)
    assert scaffold.axes[-1, -1] == pytest.approx(sd, rel=0.02)


LOWERED = """
import hashlib, jax, numpy as np
from bayes_core import Dataset, ask
from bayes_core.inference import _jax, _vi, nuts
from bayes_core.inference.vi_fullrank import _FullRank
from bayes_core.inference.vi_lowrank import _LowRank
from bayes_core.inference.vi_meanfield import _MeanField
data = Dataset.from_arrays([1.0, 2.0, 4.0], [0.5, 2.5, 3.0])
with _jax.float64():
    shape, traced, _ = _jax.prepare(ask(data))
    kernel, key, places = nuts.kernel(shape, 10, 10), jax.random.PRNGKey(0), (np.zeros(3), np.eye(3))
    state = jax.eval_shape(kernel.start, key, traced, np.zeros(3), np.ones(3))
    programs = [kernel.advance.lower(state, 3, traced)]
    for guide in (_FullRank, _MeanField, _LowRank):
        run, place = _vi._run(shape, guide, 7, 0), _vi.Place(np.uint32(0), *places, 1.0, 5, traced)
        begun = jax.eval_shape(run.begin, place)
        programs += [
            run.begin.lower(place),
            run.climb.lower(begun, np.int64(0), np.int64(2), place),
            run.draw.lower(begun, np.bool_(True), place),
        ]
print([hashlib.sha256(program.as_text().encode()).hexdigest() for program in programs])
"""


def test_the_next_process_compiles_the_same_programs():
    """jax finds a program in its cache on disk only if its text is the same, whatever the order of Python's sets."""
    texts = [
        subprocess.run(
            [sys.executable, "-c", LOWERED],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert texts[0] == texts[1]


def two_explanations(family="normal"):
    """Little noise, or weights near zero: both alive, with 60 % of the posterior below sigma = 0.3."""
    random = np.random.default_rng(1)
    x = random.standard_normal(300)
    design, y = np.column_stack([np.ones(300), x]), 11.9 * x + 0.046 * random.standard_normal(300)
    asked = Problem(design, y, 0.2, 23.2).at_transition()
    low, high = 0.999 * asked.width, 1.001 * asked.width
    for _ in range(40):
        width = 0.5 * (low + high)
        truth = asked._replace(width=width).dense()
        below = truth.mass[truth.log_sigma < np.log(0.3)].sum()
        low, high = (width, high) if below < 0.6 else (low, width)
    return Dataset.from_arrays(x, y), Prior(width, 23.2)


def test_two_modes_of_sigma_are_told():
    data, prior = two_explanations()
    exact = fit(data, "linear", "exact", prior)
    assert (exact.noise < 0.3).mean() == pytest.approx(0.60, abs=0.02)
    drawn = fit(data, "linear", "nuts", prior, Budget(draws=500, warmup=500), seed=2)
    assert drawn.diagnostics.badge == "not converged"
    said = drawn.diagnostics.complaints[0]
    assert said.startswith("The noise has 2 modes, near 0.04")
    assert said.endswith("method='exact' weighs them all.")
    small = drawn.noise.reshape(4, -1) < 0.3
    np.testing.assert_array_equal(small.all(1), [True, False, True, False])  # each chain well in its own mode
    for chain, mode in ((0, exact.noise < 0.3), (1, exact.noise > 0.3)):
        slope = drawn.draws["coef"].reshape(4, -1)[chain]
        truth = exact.draws["coef"][mode, 0]
        assert slope.mean() == pytest.approx(truth.mean(), abs=0.4 * truth.std())
        assert slope.std() == pytest.approx(truth.std(), rel=0.25)
    alone = fit(data, "linear", "nuts", prior, Budget(draws=500, warmup=500, chains=1), seed=2)
    assert alone.diagnostics.converged is False
    assert "2 modes" in alone.diagnostics.complaints[0]


@pytest.mark.parametrize("method", ["vi_meanfield", "vi_fullrank", "laplace", "anchored"])
def test_an_approximation_says_which_share_of_the_posterior_it_knows_nothing_of(method):
    """The oracle is dense quadrature: 60 % of the posterior lies below sigma = 0.3."""
    data, prior = two_explanations()
    budget = Budget(draws=200, chains=2, members=6, steps=2000).only(METHODS[method].reads)
    answer = fit(data, "linear", method, prior, budget, seed=3)
    assert (answer.noise < 0.3).all()
    (note,) = (note for note in answer.diagnostics.notes if "modes" in note)
    assert note.startswith("The noise has 2 modes, near 0.04")
    assert note.endswith("method='exact' weighs them all.")
    assert float(re.search(r"about ([\d.]+) %", note).group(1)) == pytest.approx(40, abs=3)


def test_an_approximation_of_one_mode_has_nothing_to_say(skewed):
    for method in ("vi_fullrank", "laplace"):
        assert fit(skewed, method=method, prior=Prior(2, 1), seed=1).diagnostics.notes == ()


def test_a_mode_without_a_thousandth_of_the_posterior_is_passed_over():
    data, prior = two_explanations()
    drawn = fit(data, "linear", "nuts", replace(prior, width=1.5 * prior.width), Budget(draws=1000), seed=2)
    assert drawn.diagnostics.badge == "sampled", drawn.diagnostics.complaints
    assert (drawn.noise < 0.3).all()


@pytest.mark.parametrize(("count", "alarm"), [(1, False), (4, False), (5, True)])
def test_a_few_divergences_are_a_note(skewed, count, alarm):
    good = fit(skewed, method="nuts", budget=Budget(draws=500, warmup=300), seed=1)
    told = judge(replace(good, diagnostics=replace(good.diagnostics, divergences=count)))
    assert told.converged is not alarm
    (said,) = told.complaints if alarm else told.notes
    assert said.startswith(f"{count} of 2,000 transitions diverged ({100 * count / 2000:.2g} %)")
    assert len(told.notes) + len(told.complaints) == 1
