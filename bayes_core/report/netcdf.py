"""Draws as a NetCDF file in ArviZ's layout: draws, what the sampler told of each, new outcomes, likelihoods, data.

Nothing of it is imported before somebody asks for a file.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.report.versions import versions
from bayes_core.types import Fit

MOST = 2_000_000
"""Numbers that a group of draws by rows may hold: 16 MB."""


def has_draws(fit: Fit | None) -> bool:
    """Return whether an answer is made of draws: a single point, such as the MAP, is none."""
    return fit is not None and len(fit.noise) > 1 and fit.diagnostics.complete


def draws_as_netcdf(fit: Fit, about: Mapping[str, str] | None = None) -> bytes:
    """Return a fit's draws, data and inputs as NetCDF: `arviz.from_netcdf` reads it.

    The group `posterior` (of the method "prior": `prior`) holds every site as (chain, draw, ...), the noise as `sigma`;
    `sample_stats` what a sampler told of every draw; `posterior_predictive` (`prior_predictive`) a new y for every draw
    and row, and `log_likelihood` what each draw says of each row, up to `MOST` numbers; `observed_data` the targets,
    `constant_data` the inputs. Attributes say how they were asked for, and what else is told in `about`. Raises
    ValueError for a single point.

    >>> from bayes_core import Dataset, fit
    >>> answer = fit(Dataset.from_arrays([0.0, 1, 2, 4], [0.2, 1.1, 1.8, 4.1]), method="exact")
    >>> draws_as_netcdf(answer)[1:4]
    b'HDF'
    """
    import h5netcdf  # noqa: PLC0415 (a quarter of a second that only a download pays for)

    if not has_draws(fit):
        raise ValueError(f"{fit.method} answers with one point, which is no draw: choose a method that samples")
    told = attributes(fit, about or {})
    out = io.BytesIO()
    with h5netcdf.File(out, "w") as file:
        _tell(file, told)
        _draws(file.create_group("prior" if fit.method == "prior" else "posterior"), fit, told)
        if fit.stats:
            _stats(file.create_group("sample_stats"), fit, told)
        if len(fit.noise) * len(fit.question.dataset.y) <= MOST:
            _by_row(file, fit, told)
        _data(file.create_group("observed_data"), file.create_group("constant_data"), fit, told)
    return out.getvalue()


def attributes(fit: Fit, about: Mapping[str, str]) -> dict[str, Any]:
    """Return what a file says of where its draws come from."""
    question, told = fit.question, fit.diagnostics
    asked: dict[str, Any] = {
        "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "inference_library": "bayes_core",
        "inference_library_version": versions().get("bayes-dashboard", "unknown"),
        "method": fit.method,
        "answer": told.badge,
        "model": repr(question.model),
        "likelihood": repr(question.likelihood),
        "prior": repr(question.prior),
        "seed": question.seed,
        "data_title": question.dataset.title,
        "data_source": question.dataset.source,
        "data_fingerprint": question.dataset.fingerprint,
        "versions": ", ".join(f"{name} {version}" for name, version in versions().items()),
    }
    if told.r_hat:
        asked |= {"divergences": told.divergences, "largest_r_hat": told.largest_r_hat}
    if fit.log_evidence is not None:
        asked["log_evidence"] = fit.log_evidence
    return {name: value for name, value in asked.items() if value != ""} | dict(about)


def _tell(group: Any, told: Mapping[str, Any]) -> None:
    for name, value in told.items():
        group.attrs[name] = value


def _chains(group: Any, fit: Fit, told: Mapping[str, Any]) -> int:
    """Write the axes of chains and draws; chains that are not of one length are told as one."""
    total, chains = len(fit.noise), fit.diagnostics.chains
    chains = chains if total % chains == 0 else 1
    _tell(group, told)
    group.dimensions = {"chain": chains, "draw": total // chains}
    for name, size in group.dimensions.items():
        _write(group, name, (name,), np.arange(len(size)))
    return chains


def _stats(group: Any, fit: Fit, told: Mapping[str, Any]) -> None:
    """Write what the sampler told of every draw: whether it diverged as yes or no, steps as whole numbers."""
    chains = _chains(group, fit, {name: value for name, value in told.items() if name not in ("question", "sentence")})
    kinds = {"diverging": np.int8, "n_steps": np.int64}
    for name, values in fit.stats.items():
        rows = values.astype(kinds.get(name, float)).reshape(chains, -1)
        _write(group, name, ("chain", "draw"), rows, {"dtype": "bool"} if name == "diverging" else {})


def _by_row(file: Any, fit: Fit, told: Mapping[str, Any]) -> None:
    """Write a new y, and the log likelihood of the one that was seen, for every draw and row."""
    question, prior = fit.question, fit.method == "prior"
    f, noise = fit.model.functions(fit.draws, question.dataset.x), fit.noise[:, None]
    new = question.likelihood.sample(f, noise, np.random.default_rng(question.seed))
    parts = {"prior_predictive" if prior else "posterior_predictive": new}
    if not prior:
        parts["log_likelihood"] = question.likelihood.log_density(question.dataset.y, f, noise)
    for name, values in parts.items():
        group = file.create_group(name)
        chains = _chains(group, fit, told)
        group.dimensions["row"] = values.shape[1]
        _write(group, "row", ("row",), np.arange(values.shape[1]))
        _write(group, "y", ("chain", "draw", "row"), np.asarray(values).reshape(chains, -1, values.shape[1]))


def _draws(group: Any, fit: Fit, told: Mapping[str, Any]) -> None:
    """Write every site by chain and draw."""
    chains = _chains(group, fit, told)
    sites = dict(fit.draws) | ({"sigma": fit.noise} if fit.question.likelihood.noisy else {})
    for site, values in sites.items():
        name = _plain(site)
        inner = [f"{name}_dim_{k}" for k in range(values.ndim - 1)]
        for dimension, size in zip(inner, values.shape[1:], strict=True):
            group.dimensions[dimension] = size
            _write(group, dimension, (dimension,), np.arange(size))
        _write(group, name, ("chain", "draw", *inner), values.reshape(chains, -1, *values.shape[1:]))


def _data(observed: Any, constant: Any, fit: Fit, told: Mapping[str, Any]) -> None:
    """Write targets and inputs; a class is told by its code, with the names beside it."""
    dataset = fit.question.dataset
    for group in (observed, constant):
        _tell(group, {name: value for name, value in told.items() if name.startswith(("data_", "created_", "infer"))})
        group.dimensions = {"row": len(dataset.y)}
        _write(group, "row", ("row",), np.arange(len(dataset.y)))
    y = dataset.y.astype(np.int64) if dataset.classes else dataset.y
    classes = {"classes": ", ".join(dataset.classes)} if dataset.classes else {}
    _write(observed, "y", ("row",), y, {"long_name": dataset.target_name, **classes})
    constant.dimensions["input"] = dataset.x.shape[1]
    _names(constant, "input", dataset.feature_names)
    _write(constant, "x", ("row", "input"), dataset.x)


def _write(
    group: Any, name: str, dims: tuple[str, ...], values: FloatArray | Any, told: Mapping[str, str] | None = None
) -> None:
    variable = group.create_variable(name, dims, dtype=values.dtype)
    variable[...] = values
    _tell(variable, told or {})


def _names(group: Any, dimension: str, names: Sequence[str]) -> None:
    import h5py  # noqa: PLC0415 (as above)

    variable = group.create_variable(dimension, (dimension,), dtype=h5py.string_dtype())
    variable[...] = np.array(names, dtype=object)


def _plain(name: str) -> str:
    """Return a name as NetCDF takes it: a slash would be a group."""
    return name.replace("/", "_")


__all__ = ["attributes", "draws_as_netcdf", "has_draws"]
