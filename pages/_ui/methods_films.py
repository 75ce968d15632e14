"""Fits of every method -> bands, distances and scores -> the film of the dropout rate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache

import numpy as np

from bayes_core import fit
from bayes_core.curves import Gap, gap
from bayes_core.figures.frames import Frames, loop
from bayes_core.inference import METHODS
from bayes_core.scores import HeldOut, held_out
from bayes_core.types import Fit, FloatArray

from . import network_fits
from .live import Film, pack
from .methods_settings import COMPARED, MethodsSettings
from .network_settings import BUDGET

LEVEL = 0.9
Fits = dict[str, tuple[Fit, ...]]


def grid(settings: MethodsSettings) -> FloatArray:
    """Return the inputs (G,) of the pictures."""
    return np.linspace(*settings.network("hmc").spec.x_range, 61)


def growing(settings: MethodsSettings) -> Iterator[Fits]:
    """Yield the fits so far: none, the sampled posterior, then method after method, dropout at every rate."""
    fits: Fits = {}
    yield dict(fits)
    for method in ("hmc", *COMPARED):
        if method == "dropout":
            fits[method] = tuple(dropped(settings, float(rate)) for rate in settings.positions("rate"))
        else:
            fits[method] = (timed(settings, method),)
        yield dict(fits)


_COMPILED: set[tuple[str, int]] = set()


def timed(settings: MethodsSettings, method: str) -> Fit:
    """Return a method's fit; the first of its size is made twice, so that the time told is not the compiler's."""
    network = settings.network(method)
    known = network_fits.kept_fit(network)
    size = (method, network.points)
    if known is not None and size in _COMPILED:
        return known
    made = known or network_fits.finished(network)
    if size not in _COMPILED:
        _COMPILED.add(size)
        *_, last = network_fits.run(network)
        assert last.fit is not None
        made = last.fit
    return made


def dropped(settings: MethodsSettings, rate: float) -> Fit:
    """Return the dropout fit at one rate."""
    return _dropped(replace(settings, rate=0.1), rate)


@lru_cache(maxsize=300)
def _dropped(settings: MethodsSettings, rate: float) -> Fit:
    s = settings.network("dropout")
    return fit(s.dataset(), s.model(), "dropout", s.prior(), replace(BUDGET, dropout_rate=rate), seed=s.seed)


def film(settings: MethodsSettings, fits: Mapping[str, tuple[Fit, ...]]) -> Film:
    """Return every method's band and what it is worth, at every dropout rate."""
    values, x = settings.positions("rate"), grid(settings)[:, None]
    numbers: dict[str, FloatArray] = {}
    told: dict[str, tuple[str, ...]] = {"value": tuple(f"{v:g}" for v in values), "badge": ("approximate",)}
    reference = fits["hmc"][0] if "hmc" in fits else None
    fresh = settings.fresh()
    alts = []
    for method, some in fits.items():
        bands = np.array([_band(one, x) for one in some])
        if method == "hmc":
            numbers["reference"] = bands
        else:
            numbers[f"{method}.band"] = bands
        scores = [held_out(one, fresh, LEVEL) for one in some]
        far = [gap(one, reference, x) if reference is not None and method != "hmc" else None for one in some]
        lines = [_line(one, g, h) for one, g, h in zip(some, far, scores, strict=True)]
        told[f"{method}.line"] = tuple(lines)
        told[f"grid.{method}.0"] = (METHODS[method].title,)
        told[f"grid.{method}.1"] = tuple("–" if g is None else f"{g.wasserstein.mean():.2f} sd" for g in far)
        told[f"grid.{method}.2"] = tuple(f"{100 * h.coverage:.0f} %" for h in scores)
        told[f"grid.{method}.3"] = tuple(f"{h.log_score:.2f}".replace("-", "−") for h in scores)
        alts.append(f"{METHODS[method].title}: {lines[0]}")
    told["alt"] = ("Bands of every method over the sampled posterior. " + ". ".join(alts) + ".",)
    return pack(Frames("rate", values, numbers, told))


def _band(one: Fit, x: FloatArray) -> FloatArray:
    f = one.model.functions(one.draws, x)[:, :, 0]
    low, high = np.quantile(f, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    return loop(low, high)


def _line(one: Fit, far: Gap | None, score: HeldOut) -> str:
    """Return distance, over-confidence and time in a few words."""
    if far is None:
        return f"{one.diagnostics.seconds:.2f} s"
    share = 100 * len(far.over_confident) / len(far.sd_ratio)
    sure = "nowhere over-confident" if share == 0 else f"▼ over-confident on {share:.0f} %"
    return f"{sure}, {one.diagnostics.seconds:.2f} s"
