"""Draws as NetCDF: read back by a reader that is not the writer, and by ArviZ where it is installed."""

from __future__ import annotations

import io
from dataclasses import replace

import h5py
import numpy as np
import pytest
from scipy import stats as stats_of

from bayes_core import Budget, Dataset, Mlp, Prior, fit
from bayes_core.report.netcdf import draws_as_netcdf, has_draws

ROWS = Dataset.from_arrays(
    [[0.0, 1.0], [1.0, 3.0], [2.0, 2.0], [4.0, 1.0], [5.0, 7.0]],
    [0.2, 1.1, 1.8, 4.1, 4.4],
    feature_names=["area, m²", "=price/€"],
    target_name="y / day",
    title="five rows",
)


@pytest.fixture(scope="module")
def exact():
    return fit(ROWS, method="exact", seed=3)


def test_every_number_comes_back(exact):
    with h5py.File(io.BytesIO(draws_as_netcdf(exact, {"question": "Which slope?"}))) as file:
        posterior = file["posterior"]
        assert posterior["coef"].shape == (1, len(exact.noise), 2)
        np.testing.assert_array_equal(posterior["coef"][0], exact.draws["coef"])
        np.testing.assert_array_equal(posterior["intercept"][0], exact.draws["intercept"])
        np.testing.assert_array_equal(posterior["sigma"][0], exact.noise)
        np.testing.assert_array_equal(file["observed_data/y"][:], ROWS.y)
        np.testing.assert_array_equal(file["constant_data/x"][:], ROWS.x)
        assert [name.decode() for name in file["constant_data/input"][:]] == list(ROWS.feature_names)
        assert file["observed_data/y"].attrs["long_name"] == "y / day"
        told = dict(posterior.attrs)
    assert told["question"] == "Which slope?"
    assert told["data_fingerprint"] == ROWS.fingerprint
    assert (told["seed"], told["method"], told["answer"]) == (3, "exact", "exact")
    assert "numpy" in told["versions"]
    assert float(told["log_evidence"][0]) == exact.log_evidence


def test_chains_stay_apart(exact):
    half = len(exact.noise) // 2
    answer = replace(exact, diagnostics=replace(exact.diagnostics, chains=2))  # draws lie chain after chain
    with h5py.File(io.BytesIO(draws_as_netcdf(answer))) as file:
        drawn = file["posterior/coef"][:]
        assert file["posterior/chain"][:].tolist() == [0, 1]
    assert drawn.shape == (2, half, 2)
    np.testing.assert_array_equal(drawn[1], exact.draws["coef"][half:])


def test_what_a_sampler_tells_of_every_draw_stands_beside_it():
    """Its lp is the log density of weights and log sigma: scipy's, where sigma's half-Cauchy is turned to its log."""
    answer = fit(ROWS, method="nuts", prior=Prior(2.0, 1.5), budget=Budget(warmup=60, draws=50, chains=2), seed=2)
    with h5py.File(io.BytesIO(draws_as_netcdf(answer))) as file:
        stats = {name: file["sample_stats"][name][:] for name in ("lp", "energy", "acceptance_rate", "diverging")}
        weights = np.concatenate([file["posterior/intercept"][:][..., None], file["posterior/coef"][:]], axis=-1)
        sigma, likelihood = file["posterior/sigma"][:], file["log_likelihood/y"][:]
        new = file["posterior_predictive/y"][:]
        assert file["sample_stats/diverging"].dtype == np.int8
        assert file["sample_stats/diverging"].attrs["dtype"] == "bool"
    f = weights[..., 0, None] + weights[..., 1:] @ ROWS.x.T
    rows = stats_of.norm(f, sigma[..., None]).logpdf(ROWS.y)
    np.testing.assert_allclose(likelihood, rows, rtol=1e-9)
    prior = stats_of.norm(0, 2.0).logpdf(weights).sum(-1) + stats_of.halfcauchy(scale=1.5).logpdf(sigma)
    lp = stats["lp"] - (rows.sum(-1) + prior + np.log(sigma))
    assert np.ptp(lp) < 1e-6  # up to a constant
    assert (stats["energy"] >= -stats["lp"] - 1e-9).all()  # a kinetic part comes on top
    assert ((stats["acceptance_rate"] > 0) & (stats["acceptance_rate"] <= 1)).all()
    assert stats["diverging"].sum() == answer.diagnostics.divergences
    assert new.shape == (2, 50, 5)
    assert abs(((new - f) / sigma[..., None]).std() - 1) < 0.15


def test_many_rows_leave_out_what_is_as_large_as_draws_times_rows(exact, monkeypatch):
    monkeypatch.setattr("bayes_core.report.netcdf.MOST", 5 * len(exact.noise) - 1)
    with h5py.File(io.BytesIO(draws_as_netcdf(exact))) as file:
        assert set(file) == {"posterior", "observed_data", "constant_data"}


def test_a_prior_and_classes_are_told_as_such():
    rows = Dataset.from_arrays([1.0, 2, 3, 4], ["no", "yes", "no", "yes"], task="classification")
    with h5py.File(io.BytesIO(draws_as_netcdf(fit(rows, Mlp((3,)), "prior")))) as file:
        assert "posterior" not in file
        assert "sigma" not in file["prior"]
        assert {"posterior_predictive", "log_likelihood", "sample_stats"}.isdisjoint(file)
        assert set(np.unique(file["prior_predictive/y"][:])) == {0, 1}
        assert file["observed_data/y"].attrs["classes"] == "no, yes"
        assert file["observed_data/y"][:].tolist() == [0, 1, 0, 1]


def test_a_point_is_no_draw():
    point = fit(ROWS, method="map")
    assert not has_draws(point)
    with pytest.raises(ValueError, match="one point"):
        draws_as_netcdf(point)


def test_arviz_opens_it(exact, tmp_path):
    arviz = pytest.importorskip("arviz", reason="the extra `peers` is not installed: ArviZ opens the file there")
    path = tmp_path / "draws.nc"
    path.write_bytes(draws_as_netcdf(exact))
    opened = arviz.from_netcdf(str(path))
    np.testing.assert_allclose(float(opened["posterior"]["sigma"].mean()), exact.noise.mean())
    groups = opened.children if hasattr(opened, "children") else opened.groups()  # ArviZ 1, which wants Python 3.12
    assert {"posterior", "observed_data", "posterior_predictive", "log_likelihood"} <= set(groups)
