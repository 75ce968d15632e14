"""Fits -> curves -> films of the network page: real posteriors where they are known, reweighted ones beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.compare import between
from bayes_core.figures import curves as figures
from bayes_core.figures.film import Film, pack
from bayes_core.figures.frames import Frames
from bayes_core.inference import fit
from bayes_core.models import Mlp
from bayes_core.numerics.draws import density
from bayes_core.summaries.curves import MEMBERS, Curves, curves, log_data_ratio, log_prior_ratio
from bayes_core.types import Budget, Dataset, Fit, Prior

from .readouts import about, readouts
from .settings import NetworkSettings, grid

_CURVES: WeakKeyDictionary[Fit, dict[tuple[Any, ...], Curves]] = WeakKeyDictionary()
SIGMA_GRID = np.linspace(0.01, 1.4, 72)


def at_position(settings: NetworkSettings, handle: str, position: int) -> NetworkSettings:
    """Return the settings with one handle at a position."""
    return replace(settings, **{handle: float(settings.positions(handle)[position])})


def _rows(settings: NetworkSettings, fit: Fit) -> Curves:
    """Return a fit's curves, made once for as long as the fit is kept."""
    made = _CURVES.setdefault(fit, {})
    look = (settings.scene, settings.along, settings.level, settings.seed)
    if look not in made:
        made[look] = curves(fit, settings.slice(grid(settings)), settings.level, seed=settings.seed)
    return made[look]


@lru_cache(maxsize=16)
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


def film(settings: NetworkSettings, handle: str, known: Mapping[int, Fit], beside: bool = True) -> Film:
    """Return the film of one handle: fits that are known at their positions, the one at home reweighted elsewhere.

    Without `beside` nothing is reweighted, which takes most of the time. Without a fit at home there are the data only.
    """
    values, home = settings.positions(handle), settings.home()[handle]
    if home not in known:
        told = {"value": tuple(f"{v:g}" for v in values), "alt": ("An answer is being computed.",)}
        return pack(Frames(handle, values, {"data.y": _data(settings, handle)}, told))
    found, badge = _along(settings, handle, known, beside)
    numbers = figures.numbers(found, settings.spec.y_range) | {"data.y": _data(settings, handle)}
    numbers |= _noise(settings, handle, known)
    told = readouts(settings, handle, found, badge) | about(known, len(values), home)
    return pack(Frames(handle, values, numbers, told, _answered(found, home)))


def _along(settings: NetworkSettings, handle: str, known: Mapping[int, Fit], beside: bool) -> tuple[Curves, list[str]]:
    """Return the curves at every position of a handle, and what each is worth."""
    size, home = len(settings.positions(handle)), settings.home()[handle]
    fit = known[home]
    if beside and settings.method == "hmc" and fit.diagnostics.complete:
        wide = _reweighted(settings, handle, fit)
    else:
        wide = _rows(settings, fit).among(size, home)
    edges = {name: (low.copy(), high.copy()) for name, (low, high) in wide.edges.items()}
    members, mean, sd, noise = (part.copy() for part in (wide.members, wide.sigma_mean, wide.sigma_sd, wide.noise))
    badge = ["approximate" if np.isfinite(m) else "" for m in mean]
    for v, other in known.items():
        one = _rows(at_position(settings, handle, v), other)
        for name, (low, high) in one.edges.items():
            edges[name][0][v], edges[name][1][v] = low[0], high[0]
        members[v], mean[v], sd[v], noise[v] = one.members[0], one.sigma_mean[0], one.sigma_sd[0], one.noise[0]
        badge[v] = other.diagnostics.badge
    return Curves(edges, members, mean, sd, wide.trusted, noise), badge


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
    """Return the densities of the noise: of every known fit, of the prior, and the truth where there is one.

    Noise that depends on x is shown at both ends of the data.
    """
    values, numbers = settings.positions(handle), {}
    for name, x in settings.noise_places().items():
        densities = np.full((len(values), len(SIGMA_GRID)), np.nan)
        for v, other in known.items():
            factor = other.model.noise_factor(other.draws, x)
            densities[v] = density(other.noise * factor[:, 0], SIGMA_GRID)
        numbers |= {f"{name}.density": densities, f"{name}.prior": _noise_prior(settings, x)[None]}
        world = settings.world()
        if world is not None:
            level = values if handle == "noise" else np.array([settings.noise])
            numbers[f"{name}.truth"] = (level * float(world.noise_factor(x)[0]))[:, None]
            if world.loudness is not None and not settings.heteroscedastic:
                del numbers[f"{name}.truth"]  # one noise for all x is not something that is true here
    return numbers


def _noise_prior(settings: NetworkSettings, x: FloatArray) -> FloatArray:
    """Return the prior density of the noise at x (1, D) on its grid: HalfCauchy, spread by what the head may add."""
    factor = (
        _prior_factor(settings.model(), settings.dataset(), settings.prior(), x) if settings.heteroscedastic else 1.0
    )
    at = SIGMA_GRID / np.reshape(factor, (-1, 1)) / settings.spec.prior_noise
    densities = 2 / (np.pi * (1 + at**2)) * at / SIGMA_GRID
    mean: FloatArray = densities.mean(0)
    return mean


def _prior_factor(model: Mlp, data: Dataset, prior: Prior, x: FloatArray) -> FloatArray:
    """Return draws (S,) of what multiplies the noise at x before any data."""
    drawn = fit(data, model, "prior", prior, Budget(draws=1000, chains=1))
    return model.noise_factor(drawn.draws, x)[:, 0]


def _data(settings: NetworkSettings, handle: str) -> FloatArray:
    if handle != "noise":
        return settings.dataset().y[None]
    return np.array([at_position(settings, handle, v).dataset().y for v in range(len(settings.positions(handle)))])


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


__all__ = ["MEMBERS", "SIGMA_GRID", "at_position", "distance_film", "film", "grid"]
