"""From the network page's settings to what is seen: real posteriors where they are known, reweighted ones beside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from bayes_core.evaluation.compare import Distance, Floor, apart, floor
from bayes_core.figures.view import View
from bayes_core.numerics.positions import at_positions
from bayes_core.summaries.curves import Curves, curves, log_data_ratio, log_prior_ratio
from bayes_core.summaries.noise import noise_densities, prior_noise_densities
from bayes_core.types import Fit
from pages._ui.telling import view_opening
from pages._ui.words import words

from . import views
from .readouts import about
from .settings import PAGE, NetworkSettings

_CURVES: WeakKeyDictionary[Fit, dict[tuple[Any, ...], Curves]] = WeakKeyDictionary()


@dataclass(frozen=True, eq=False)
class Known:
    """The fits at hand along each handle, by position; `beside` them their draws are reweighted, which takes long."""

    fits: Mapping[str, Mapping[int, Fit]]
    beside: bool = True


def look(settings: NetworkSettings, handle: str, known: Known | None) -> View:
    """Return what is seen along a handle; without a fit where it stands, the data only."""
    fits = dict(known.fits[handle]) if known else {}
    home, values = settings.home()[handle], settings.positions(handle)
    answer = _answer(settings, handle, fits, beside=bool(known and known.beside)) if home in fits else None
    seen = views.network(
        settings.source(),
        settings.grid(),
        settings.method,
        settings.level,
        settings.outcomes(handle),
        tuple(f"{v:g}" for v in values),
        tuple(settings.noise_places()),
        words(PAGE),
        about(fits if answer else {}, len(values), sampled=settings.method == "hmc"),
        answer,
        view_opening(words(PAGE), settings),
        settings.slice_along,
        settings.single,
        "slice yours" if settings.brought else "slice",
    )
    return replace(seen, words={**seen.words, "rows": (settings.story.counted,)}) if settings.brought else seen


def far(settings: NetworkSettings, handle: str, pair: tuple[Fit, Fit]) -> View:
    """Return how far a fit is from the sampled posterior, the second of the pair."""
    fit, reference = pair
    home, size = settings.home()[handle], len(settings.positions(handle))
    gap = _gap(settings.still(), fit, reference)
    return views.beside(*gap, _rows(settings, reference), settings.grid(), home, size)


@lru_cache(maxsize=16)
def _gap(settings: NetworkSettings, fit: Fit, reference: Fit) -> tuple[Distance, Floor]:
    """Return how far a fit is from another, and what as many draws of that other would show; once for all handles."""
    f, true = (some.model.functions(some.draws, settings.slice(settings.grid()))[:, :, 0] for some in (fit, reference))
    return apart(f, true), floor(true, len(f))


def single(settings: NetworkSettings, handle: str, fit: Fit) -> View:
    """Return the one network of a MAP beside the posterior."""
    return views.single(_rows(settings, fit), settings.home()[handle], len(settings.positions(handle)))


def _rows(settings: NetworkSettings, fit: Fit) -> Curves:
    """Return a fit's curves, made once for as long as the fit is kept."""
    made = _CURVES.setdefault(fit, {})
    look = (settings.scene, settings.along, settings.level, settings.seed)
    if look not in made:
        made[look] = curves(fit, settings.slice(settings.grid()), settings.level, seed=settings.seed)
    return made[look]


@lru_cache(maxsize=16)
def _reweighted(settings: NetworkSettings, handle: str, fit: Fit) -> Curves:
    """Return the draws at hand, reweighted along a handle as far as they can answer."""
    values, home = settings.positions(handle), settings.home()[handle]
    if handle == "width":
        ratio = log_prior_ratio(fit, values)
    else:
        here = fit.question.dataset
        ratio = log_data_ratio(fit, here.x, here.y, settings.outcomes(handle))
    return curves(fit, settings.slice(settings.grid()), settings.level, ratio, home, settings.seed)


def _answer(settings: NetworkSettings, handle: str, fits: Mapping[int, Fit], *, beside: bool) -> views.Answered:
    """Return the curves at every position of a handle, and what each is worth."""
    size, home = len(settings.positions(handle)), settings.home()[handle]
    fit = fits[home]
    if beside and settings.method == "hmc" and fit.diagnostics.complete:
        wide = _reweighted(settings, handle, fit)
    else:
        wide = _rows(settings, fit).among(size, home)
    badge = ["approximate" if there else "" for there in wide.known]
    for v, other in fits.items():
        badge[v] = other.diagnostics.badge
    found = wide.replaced({v: _rows(settings, other) for v, other in fits.items()})
    return views.Answered(found, tuple(badge), home, _noise(settings, handle, fits), len(fit.noise))


def _noise(settings: NetworkSettings, handle: str, fits: Mapping[int, Fit]) -> dict[str, views.Noise]:
    """Return the densities of the noise: of every known fit, of the prior, and the truth where there is one."""
    values, world, told = settings.positions(handle), settings.source().world, {}
    one_for_all = world is not None and world.loudness is not None and not settings.heteroscedastic
    for name, x in settings.noise_places().items():
        after = {v: noise_densities(other, x, views.SIGMA_GRID)[0] for v, other in fits.items()}
        truth = None
        if world is not None and not one_for_all:  # one noise for all x is not something that is true there
            truth = world.noise_at(x, values if handle == "noise" else np.array([settings.noise]))
        prior = prior_noise_densities(settings.model(), settings.prior(), x, views.SIGMA_GRID, settings.likelihood())
        told[name] = views.Noise(at_positions(after, len(values)), prior, truth)
    return told
