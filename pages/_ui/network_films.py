"""Fits -> curves -> films of the network page: real posteriors where they are known, reweighted ones beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import streamlit as st

from bayes_core.compare import between
from bayes_core.curves import MEMBERS, Curves, curves, log_data_ratio, log_prior_ratio
from bayes_core.draws import density
from bayes_core.figures import curves as figures
from bayes_core.figures.frames import Frames
from bayes_core.types import Fit, FloatArray

from .live import Film, pack
from .network_readouts import about, readouts
from .network_settings import NetworkSettings, grid

SIGMA_GRID = np.linspace(0.01, 1.4, 72)


def at_position(settings: NetworkSettings, handle: str, position: int) -> NetworkSettings:
    """Return the settings with one handle at a position."""
    return replace(settings, **{handle: float(settings.positions(handle)[position])})


def _rows(settings: NetworkSettings, fit: Fit) -> Curves:
    """Return a fit's curves; only those of a finished fit are kept, since settings do not tell partial ones apart."""
    return _finished_rows(settings, fit) if fit.diagnostics.complete else _rows_now(settings, fit)


@st.cache_data(max_entries=2000, show_spinner=False)
def _finished_rows(settings: NetworkSettings, _fit: Fit) -> Curves:
    return _rows_now(settings, _fit)


def _rows_now(settings: NetworkSettings, fit: Fit) -> Curves:
    return curves(fit, settings.slice(grid(settings)), settings.level, seed=settings.seed)


def _reweighted(settings: NetworkSettings, handle: str, fit: Fit) -> Curves:
    """Return the draws at hand, reweighted along a handle as far as they can answer."""
    values, home = settings.positions(handle), settings.home()[handle]
    if handle == "width":
        ratio = log_prior_ratio(fit, values)
    else:
        here = settings.dataset()
        others = np.array([at_position(settings, handle, v).dataset().y for v in range(len(values))])
        ratio = log_data_ratio(fit, here.x, here.y, others)
    return curves(fit, settings.slice(grid(settings)), settings.level, ratio, home, settings.seed)


def film(settings: NetworkSettings, handle: str, known: Mapping[int, Fit]) -> Film:
    """Return the film of one handle: fits that are known at their positions, the one at home reweighted elsewhere."""
    values, home = settings.positions(handle), settings.home()[handle]
    found, badge = _along(settings, handle, known)
    numbers = figures.numbers(found, settings.spec.y_range) | {"data.y": _data(settings, handle)}
    numbers |= _noise(settings, handle, known)
    told = readouts(settings, handle, found, badge) | about(known, len(values), home)
    return pack(Frames(handle, values, numbers, told, _answered(found, home)))


def _along(settings: NetworkSettings, handle: str, known: Mapping[int, Fit]) -> tuple[Curves, list[str]]:
    """Return the curves at every position of a handle, and what each is worth."""
    size, home = len(settings.positions(handle)), settings.home()[handle]
    fit = known[home]
    if settings.method == "hmc" and fit.diagnostics.complete:
        wide = _reweighted(settings, handle, fit)
    else:
        wide = _alone(_rows(settings, fit), size, home)
    edges = {name: (low.copy(), high.copy()) for name, (low, high) in wide.edges.items()}
    members, mean, sd = wide.members.copy(), wide.sigma_mean.copy(), wide.sigma_sd.copy()
    badge = ["approximate" if np.isfinite(m) else "" for m in mean]
    for v, other in known.items():
        one = _rows(at_position(settings, handle, v), other)
        for name, (low, high) in one.edges.items():
            edges[name][0][v], edges[name][1][v] = low[0], high[0]
        members[v], mean[v], sd[v] = one.members[0], one.sigma_mean[0], one.sigma_sd[0]
        badge[v] = other.diagnostics.badge
    return Curves(edges, members, mean, sd, wide.trusted), badge


def _answered(found: Curves, home: int) -> tuple[int, int] | None:
    """Return the unbroken run of positions around home that have an answer; None if that is all of them."""
    there = np.isfinite(found.sigma_mean)
    low = high = home
    while low > 0 and there[low - 1]:
        low -= 1
    while high < len(there) - 1 and there[high + 1]:
        high += 1
    return (low, high) if (low, high) != (0, len(there) - 1) else None


def _noise(settings: NetworkSettings, handle: str, known: Mapping[int, Fit]) -> dict[str, FloatArray]:
    """Return the densities of the noise: of every known fit, of the prior, and the truth where there is one."""
    values, scale = settings.positions(handle), settings.spec.prior_noise
    densities = np.full((len(values), len(SIGMA_GRID)), np.nan)
    for v, other in known.items():
        densities[v] = density(other.noise, SIGMA_GRID)
    prior = 2 / (np.pi * scale * (1 + (SIGMA_GRID / scale) ** 2))
    numbers = {"noise.density": densities, "noise.prior": prior[None]}
    if settings.spec.world is not None:
        numbers["noise.truth"] = (values if handle == "noise" else np.array([settings.noise]))[:, None]
    return numbers


def _alone(one: Curves, size: int, home: int) -> Curves:
    """Return curves of one position among `size`, NaN elsewhere."""

    def place(values: FloatArray) -> FloatArray:
        wide = np.full((size, *values.shape[1:]), np.nan)
        wide[home] = values[0]
        return wide

    edges = {name: (place(low), place(high)) for name, (low, high) in one.edges.items()}
    return Curves(edges, place(one.members), place(one.sigma_mean), place(one.sigma_sd), (home, home))


def _data(settings: NetworkSettings, handle: str) -> FloatArray:
    if handle != "noise":
        return settings.dataset().y[None]
    return np.array([at_position(settings, handle, v).dataset().y for v in range(len(settings.positions(handle)))])


def waiting_film(settings: NetworkSettings, handle: str) -> Film:
    """Return the film to show before there is any draw: the data, and nothing of a band."""
    told = {"value": tuple(f"{v:g}" for v in settings.positions(handle)), "alt": ("An answer is being computed.",)}
    return pack(Frames(handle, settings.positions(handle), {"data.y": _data(settings, handle)}, told))


def distance_film(settings: NetworkSettings, handle: str, fit: Fit, reference: Fit) -> Film:
    """Return how far an approximation is from the sampled posterior: known where the handle stands."""
    size, home, x = len(settings.positions(handle)), settings.home()[handle], grid(settings)
    far = between(fit, reference, settings.slice(x))
    where = figures.spans(far.over_confident, x) if far.over_confident else "nowhere"
    told = {
        "distance.w1": f"{far.wasserstein.mean():.2f} sd",
        "distance.width": f"{far.sd_ratio.min():.2f} to {far.sd_ratio.max():.2f} ×",
        "distance.share": f"{100 * len(far.over_confident) / len(x):.0f} % of the picture",
        "distance.where": where if where == "nowhere" else f"▼ x = {where}",
    }
    low, high = _rows(replace(settings, method="hmc"), reference).edges["credible"]
    numbers = {"reference.y": np.full((size, 2 * len(x) + 1), np.nan)}
    numbers["reference.y"][home] = np.concatenate([low[0], [np.nan], high[0]])
    words = {name: tuple(text if v == home else "–" for v in range(size)) for name, text in told.items()}
    return pack(Frames(handle, settings.positions(handle), numbers, words))


__all__ = ["MEMBERS", "SIGMA_GRID", "at_position", "distance_film", "film", "grid", "waiting_film"]
