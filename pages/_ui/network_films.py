"""Fits -> curves -> films of the network page: real posteriors where they are known, reweighted ones beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import streamlit as st

from bayes_core import summary
from bayes_core.curves import MEMBERS, Curves, curves, gap, log_data_ratio, log_prior_ratio
from bayes_core.draws import density
from bayes_core.figures import curves as figures
from bayes_core.figures.frames import Frames
from bayes_core.inference import METHODS
from bayes_core.types import Fit, FloatArray, level_words

from .live import Film, pack
from .network_settings import NetworkSettings

SIGMA_GRID = np.linspace(0.01, 1.4, 72)


def grid(settings: NetworkSettings) -> FloatArray:
    """Return the inputs (G,) of the picture."""
    return np.linspace(*settings.spec.x_range, 81)


def at_position(settings: NetworkSettings, handle: str, position: int) -> NetworkSettings:
    """Return the settings with one handle at a position."""
    return replace(settings, **{handle: float(settings.positions(handle)[position])})


@st.cache_data(max_entries=2000, show_spinner=False)
def _rows(settings: NetworkSettings, _fit: Fit, complete: bool) -> Curves:
    return curves(_fit, grid(settings)[:, None], settings.level, seed=settings.seed)


def _reweighted(settings: NetworkSettings, handle: str, fit: Fit) -> Curves:
    """Return the draws at hand, reweighted along a handle as far as they can answer."""
    values, home = settings.positions(handle), settings.home()[handle]
    if handle == "width":
        ratio = log_prior_ratio(fit, values)
    else:
        here = settings.dataset()
        others = np.array([at_position(settings, handle, v).dataset().y for v in range(len(values))])
        ratio = log_data_ratio(fit, here.x, here.y, others)
    return curves(fit, grid(settings)[:, None], settings.level, ratio, home, settings.seed)


def film(settings: NetworkSettings, handle: str, known: Mapping[int, Fit]) -> Film:
    """Return the film of one handle: fits that are known at their positions, the one at home reweighted elsewhere."""
    values, home = settings.positions(handle), settings.home()[handle]
    size, fit = len(values), known[home]
    if settings.method == "hmc" and fit.diagnostics.complete:
        wide = _reweighted(settings, handle, fit)
    else:
        one = _rows(settings, fit, fit.diagnostics.complete)
        wide = _alone(one, size, home)
    edges = {name: (low.copy(), high.copy()) for name, (low, high) in wide.edges.items()}
    members, mean, sd = wide.members.copy(), wide.sigma_mean.copy(), wide.sigma_sd.copy()
    badge = ["approximate" if np.isfinite(m) else "" for m in mean]
    for v, other in known.items():
        one = _rows(at_position(settings, handle, v), other, other.diagnostics.complete)
        for name, (low, high) in one.edges.items():
            edges[name][0][v], edges[name][1][v] = low[0], high[0]
        members[v], mean[v], sd[v] = one.members[0], one.sigma_mean[0], one.sigma_sd[0]
        badge[v] = other.diagnostics.badge
    found = Curves(edges, members, mean, sd, wide.trusted)
    numbers = figures.numbers(found, settings.spec.y_range) | {"data.y": _data(settings, handle)}
    densities = np.full((size, len(SIGMA_GRID)), np.nan)
    for v, other in known.items():
        densities[v] = density(other.noise, SIGMA_GRID)
    prior = 2 / (np.pi * settings.spec.prior_noise * (1 + (SIGMA_GRID / settings.spec.prior_noise) ** 2))
    numbers |= {"noise.density": densities, "noise.prior": prior[None]}
    if settings.spec.world is not None:
        numbers["noise.truth"] = (values if handle == "noise" else np.array([settings.noise]))[:, None]
    told = _words(settings, handle, found, badge) | _about(known, size, home)
    low = high = home
    there = np.isfinite(mean)
    while low > 0 and there[low - 1]:
        low -= 1
    while high < size - 1 and there[high + 1]:
        high += 1
    return pack(Frames(handle, values, numbers, told, (low, high) if (low, high) != (0, size - 1) else None))


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


def _words(settings: NetworkSettings, handle: str, found: Curves, badge: list[str]) -> dict[str, tuple[str, ...]]:
    low, high = found.edges["credible"]
    half = 0.5 * (high - low)
    middle = int(np.abs(grid(settings)).argmin())
    edge = tuple("–" if np.isnan(h) else f"{h:.2f}" for h in half[:, -1])
    inside = tuple("–" if np.isnan(h) else f"{h:.2f}" for h in half[:, middle])
    sigma = [
        ("–", "")
        if np.isnan(m)
        else (
            summary.number(float(m), max(2, summary.decimals(0.0, max(float(s), 1e-3)))),
            summary.number(float(s), summary.decimals(0.0, float(s))) if s > 1e-6 else "",
        )
        for m, s in zip(found.sigma_mean, found.sigma_sd, strict=True)
    ]
    level = level_words(settings.level)
    return {
        "value": tuple(f"{v:g}" for v in settings.positions(handle)),
        "edge": edge,
        "inside": inside,
        "noise": tuple(s[0] for s in sigma),
        "noise.sd": tuple(s[1] for s in sigma),
        "badge": tuple(badge),
        "alt": tuple(
            "The draws at hand cannot answer here; release the handle to fit anew."
            if e == "–"
            else f"A curve and its {level} credible band: half-width {i} in the middle, {e} at the right edge, "
            f"beyond the data. Noise {s[0]}."
            for e, i, s in zip(edge, inside, sigma, strict=True)
        ),
    }


def _about(known: Mapping[int, Fit], size: int, home: int) -> dict[str, tuple[str, ...]]:
    """Return what each fit says about itself, a dash where there is none."""
    told = {name: ["–"] * size for name in ("about.rhat", "about.ess", "about.draws", "about.time", "about.method")}
    for v, fit in known.items():
        about = fit.diagnostics
        told["about.method"][v] = METHODS[fit.method].title
        told["about.draws"][v] = f"{len(fit.noise):,}" + (f", {about.chains} chains" if about.chains > 1 else "")
        told["about.time"][v] = f"{about.seconds:.2f} s"
        if about.r_hat:
            told["about.rhat"][v] = f"{max(about.r_hat.values()):.3f}"
            told["about.ess"][v] = f"{min(about.ess_bulk.values()):,.0f}"
    return {name: tuple(words) for name, words in told.items()}


def distance_film(settings: NetworkSettings, handle: str, fit: Fit, reference: Fit) -> Film:
    """Return how far an approximation is from the sampled posterior: known where the handle stands."""
    size, home, x = len(settings.positions(handle)), settings.home()[handle], grid(settings)
    far = gap(fit, reference, x[:, None])
    where = figures.spans(far.over_confident, x) if far.over_confident else "nowhere"
    told = {
        "distance.w1": f"{far.wasserstein.mean():.2f} sd",
        "distance.width": f"{far.sd_ratio.min():.2f} to {far.sd_ratio.max():.2f} ×",
        "distance.share": f"{100 * len(far.over_confident) / len(x):.0f} % of the picture",
        "distance.where": where if where == "nowhere" else f"▼ x = {where}",
    }
    low, high = _rows(replace(settings, method="hmc"), reference, True).edges["credible"]
    numbers = {"reference.y": np.full((size, 2 * len(x) + 1), np.nan)}
    numbers["reference.y"][home] = np.concatenate([low[0], [np.nan], high[0]])
    words = {name: tuple(text if v == home else "–" for v in range(size)) for name, text in told.items()}
    return pack(Frames(handle, settings.positions(handle), numbers, words))


__all__ = ["MEMBERS", "SIGMA_GRID", "at_position", "distance_film", "film", "grid", "waiting_film"]
