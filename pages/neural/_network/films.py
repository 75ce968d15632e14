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
from bayes_core.numerics.positions import at_positions
from bayes_core.summaries.curves import MEMBERS, Curves, curves, log_data_ratio, log_prior_ratio
from bayes_core.summaries.noise import noise_densities, prior_noise_densities
from bayes_core.types import Fit

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
        ratio = log_data_ratio(fit, here.x, here.y, settings.outcomes(handle))
    return curves(fit, settings.slice(grid(settings)), settings.level, ratio, home, settings.seed)


def film(settings: NetworkSettings, handle: str, known: Mapping[int, Fit], beside: bool = True) -> Film:
    """Return the film of one handle: fits that are known at their positions, the one at home reweighted elsewhere.

    Without `beside` nothing is reweighted, which takes most of the time. Without a fit at home there are the data only.
    """
    values, home = settings.positions(handle), settings.home()[handle]
    if home not in known:
        told = {"value": tuple(f"{v:g}" for v in values), "alt": ("An answer is being computed.",)}
        return pack(Frames(handle, values, {"data.y": settings.outcomes(handle)}, told))
    found, badge = _along(settings, handle, known, beside)
    numbers = figures.numbers(found, settings.spec.y_range) | {"data.y": settings.outcomes(handle)}
    numbers |= _noise(settings, handle, known)
    told = readouts(settings, handle, found, badge) | about(known, len(values), home)
    answered = found.answered(home)
    everywhere = answered == (0, len(values) - 1)
    return pack(Frames(handle, values, numbers, told, None if everywhere else answered))


def _along(settings: NetworkSettings, handle: str, known: Mapping[int, Fit], beside: bool) -> tuple[Curves, list[str]]:
    """Return the curves at every position of a handle, and what each is worth."""
    size, home = len(settings.positions(handle)), settings.home()[handle]
    fit = known[home]
    if beside and settings.method == "hmc" and fit.diagnostics.complete:
        wide = _reweighted(settings, handle, fit)
    else:
        wide = _rows(settings, fit).among(size, home)
    badge = ["approximate" if there else "" for there in wide.known]
    for v, other in known.items():
        badge[v] = other.diagnostics.badge
    return wide.replaced({v: _rows(at_position(settings, handle, v), other) for v, other in known.items()}), badge


def _noise(settings: NetworkSettings, handle: str, known: Mapping[int, Fit]) -> dict[str, FloatArray]:
    """Return the densities of the noise: of every known fit, of the prior, and the truth where there is one.

    Noise that depends on x is shown at both ends of the data.
    """
    values, world, numbers = settings.positions(handle), settings.world(), {}
    one_for_all = world is not None and world.loudness is not None and not settings.heteroscedastic
    for name, x in settings.noise_places().items():
        after = {v: noise_densities(other, x, SIGMA_GRID)[0] for v, other in known.items()}
        numbers[f"{name}.density"] = at_positions(after, len(values))
        numbers[f"{name}.prior"] = prior_noise_densities(settings.model(), settings.prior(), x, SIGMA_GRID)
        if world is not None and not one_for_all:  # one noise for all x is not something that is true there
            numbers[f"{name}.truth"] = world.noise_at(x, values if handle == "noise" else np.array([settings.noise]))
    return numbers


def distance_film(settings: NetworkSettings, handle: str, fit: Fit, reference: Fit) -> Film:
    """Return how far an approximation is from the sampled posterior: known where the handle stands."""
    size, home, x = len(settings.positions(handle)), settings.home()[handle], grid(settings)
    far = between(fit, reference, settings.slice(x))
    narrowest, widest = far.widths
    where = figures.spans(far.over_confident, x) if far.over_confident else "nowhere"
    told = {
        "distance.w1": f"{far.overall:.2f} sd",
        "distance.width": f"{narrowest:.2f} to {widest:.2f} ×",
        "distance.share": f"{100 * far.over_confident_share:.0f} % of the picture",
        "distance.where": where if where == "nowhere" else f"▼ x = {where}",
    }
    low, high = _rows(replace(settings, method="hmc"), reference).edges["credible"]
    numbers = {"reference.y": at_positions({home: figures.both_edges(low[0], high[0])}, size)}
    words = {name: tuple(text if v == home else "–" for v in range(size)) for name, text in told.items()}
    return pack(Frames(handle, settings.positions(handle), numbers, words))


__all__ = ["MEMBERS", "SIGMA_GRID", "at_position", "distance_film", "film", "grid"]
