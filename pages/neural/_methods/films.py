"""Fits of every method -> bands, distances and scores -> the films of the dropout rate and the KL weight."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from bayes_core import fit
from bayes_core.checks import FloatArray
from bayes_core.evaluation.compare import Distance, between
from bayes_core.evaluation.scores import HeldOut, held_out
from bayes_core.figures.film import Film, pack
from bayes_core.figures.frames import Frames, loop
from bayes_core.inference import METHODS
from bayes_core.summaries.pruning import switched_off
from bayes_core.types import Fit
from pages.neural._network import fits as network_fits
from pages.neural._network.settings import BUDGET

from .settings import COMPARED, MethodsSettings

LEVEL = 0.9
ACTS_ON = {"rate": "dropout", "kl": "vi_meanfield"}
"""The method that each handle moves; all others stand still."""
_CLIMB = 60  # points of an ELBO curve
Fits = dict[str, tuple[Fit, ...]]


class News(NamedTuple):
    """The fits so far, and what is under way for them, or (`extra`) only beside them."""

    fits: Fits
    busy: str = ""
    extra: str = ""
    worth_showing: bool = True


def grid(settings: MethodsSettings) -> FloatArray:
    """Return the inputs (G,) of the pictures."""
    return np.linspace(*settings.network("hmc").spec.x_range, 61)


def growing(settings: MethodsSettings) -> Iterator[News]:
    """Yield the fits so far with what is under way.

    First those at hand, then the sampled posterior, then method after method where the handles stand, then the
    handles' other positions, and NUTS on all weights where it was asked for. A method without an answer has ().
    """
    fits = known(settings)
    everyone = ("hmc", *COMPARED)
    wanted = [method for method in everyone if method not in fits]
    spread = [(handle, method) for handle, method in ACTS_ON.items() if len(fits.get(method, ())) < 2]
    extra = "NUTS on all weights…" if settings.nuts and "nuts" not in fits else ""
    yield News(dict(fits), "method after method…" if wanted or spread else "", extra)
    for count, method in enumerate(wanted, start=len(everyone) - len(wanted) + 1):
        fits[method] = _standing(settings, method)
        last = count == len(everyone) and not spread
        yield News(dict(fits), "" if last else f"{count} of {len(everyone)} methods", extra)
    for handle, method in spread:
        many = []
        for value in settings.positions(handle):
            many.append(moved(settings, handle, float(value)))
            yield News(dict(fits), worth_showing=False)
        fits[method] = tuple(many)
        yield News(dict(fits), "every position of the handles…" if (handle, method) != spread[-1] else "", extra)
    if extra:
        yield from _nuts(settings, fits)


def known(settings: MethodsSettings) -> Fits:
    """Return the fits at hand: of the methods that a handle acts on all positions, or the one where it stands."""
    fits: Fits = {}
    acted = {method: handle for handle, method in ACTS_ON.items()}
    for method in ("hmc", *COMPARED, *(["nuts"] if settings.nuts else [])):
        if method not in acted:
            one = network_fits.kept_fit(settings.network(method))
            if one is not None:
                fits[method] = (one,)
            continue
        handle = acted[method]
        many = [_MOVED.get((settings.question(), handle, float(value))) for value in settings.positions(handle)]
        here = many[settings.home()[handle]]
        if here is not None:
            fits[method] = tuple(one for one in many if one is not None) if None not in many else (here,)
    return fits


def _standing(settings: MethodsSettings, method: str) -> tuple[Fit, ...]:
    """Return a method's fit where the handles stand."""
    try:
        for handle, acted in ACTS_ON.items():
            if acted == method:
                return (moved(settings, handle, getattr(settings, handle)),)
        return (network_fits.finished(settings.network(method)),)
    except ValueError:
        return ()


def _nuts(settings: MethodsSettings, fits: Fits) -> Iterator[News]:
    """Yield the same with NUTS on all weights beside the rest, as its draws come in."""
    network = settings.network("nuts")
    known = network_fits.kept_fit(network)
    if known is not None:
        yield News(fits | {"nuts": (known,)})
        return
    for step in network_fits.run(network):
        grown = fits | ({"nuts": (step.fit,)} if step.fit is not None else {})
        done = step.fit is not None and step.fit.diagnostics.complete
        yield News(grown, extra="" if done else f"NUTS on all weights: {step.done:,} of {step.total:,}")


_MOVED: OrderedDict[tuple[MethodsSettings, str, float], Fit] = OrderedDict()
_MOST = 400  # fits kept, for all sessions


def moved(settings: MethodsSettings, handle: str, value: float) -> Fit:
    """Return the fit that a handle acts on, at one of its positions."""
    asked = (settings.question(), handle, value)
    if asked not in _MOVED:
        _MOVED[asked] = _made(*asked)
        while len(_MOVED) > _MOST:
            _MOVED.popitem(last=False)
    return _MOVED[asked]


def _made(settings: MethodsSettings, handle: str, value: float) -> Fit:
    method = ACTS_ON[handle]
    s = settings.network(method)
    budget = replace(BUDGET.only(METHODS[method].reads), **{{"rate": "dropout_rate", "kl": "kl_weight"}[handle]: value})
    return fit(s.dataset(), s.model(), method, s.prior(), budget, seed=s.seed)


@dataclass(frozen=True, eq=False)
class Judged:
    """What one fit is worth: its band's outline, its distance from the reference, its score on fresh points."""

    band: FloatArray
    far: Distance | None
    score: HeldOut
    seconds: float

    @property
    def distance(self) -> float:
        """Return the mean distance from the reference, in its sds; NaN while there is none."""
        return float(self.far.wasserstein.mean()) if self.far else np.nan

    @property
    def line(self) -> str:
        """Return over-confidence and time in a few words."""
        if self.far is None:
            return f"{self.seconds:.2f} s"
        share = 100 * len(self.far.over_confident) / len(self.far.sd_ratio)
        sure = "nowhere over-confident" if share == 0 else f"▼ over-confident on {share:.0f} %"
        return f"{sure}, {self.seconds:.2f} s"


@lru_cache(maxsize=200)
def judged(one: Fit, reference: Fit | None, settings: MethodsSettings) -> Judged:
    """Return what a fit is worth; each pair is judged once, however often the picture is sent."""
    x = grid(settings)[:, None]
    f = one.model.functions(one.draws, x)[:, :, 0]
    low, high = np.quantile(f, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
    far = between(one, reference, x) if reference is not None and one is not reference else None
    return Judged(loop(low, high), far, held_out(one, settings.fresh(), LEVEL), one.diagnostics.seconds)


def film(settings: MethodsSettings, handle: str, fits: Mapping[str, tuple[Fit, ...]]) -> Film:
    """Return every method's band and what it is worth, along one handle."""
    values = settings.positions(handle)
    numbers: dict[str, FloatArray] = {}
    told: dict[str, tuple[str, ...]] = {"value": tuple(f"{v:g}" for v in values), "badge": ("approximate",)}
    reference = fits["hmc"][0] if fits.get("hmc") else None
    alts = []
    for method, found in fits.items():
        told[f"grid.{method}.0"] = (METHODS[method].title if method != "nuts" else "NUTS, all weights",)
        if not found:
            told[f"{method}.line"] = ("no answer here",)
            continue
        some = [one and judged(one, reference, settings.question()) for one in _along(settings, handle, method, found)]
        numbers |= _drawn(method, some)
        told |= _words(method, some)
        alts.append(f"{METHODS[method].title}: {next(one.line for one in some if one)}")
    if fits.get("vi_meanfield"):
        climbing = _along(settings, handle, "vi_meanfield", fits["vi_meanfield"])
        numbers |= _climb(climbing)
        told["climb.hint"] = tuple(hint(one) for one in climbing)
    told |= _alts(told, fits)
    told["alt"] = ("Bands of every method over the sampled posterior. " + ". ".join(alts) + ".",)
    return pack(Frames(handle, values, numbers, told))


def _alts(told: Mapping[str, tuple[str, ...]], fits: Mapping[str, tuple[Fit, ...]]) -> dict[str, tuple[str, ...]]:
    """Return what the two small charts say to those who do not see them."""
    far = [f"{METHODS[m].title} {told[f'grid.{m}.1'][0]}" for m, found in fits.items() if found and m != "hmc"]
    climb = tuple(
        f"ELBO, expected log likelihood and KL over the steps of Adam. {h}" for h in told.get("climb.hint", ())
    )
    return {
        "alt.cost": (f"Seconds against distance to the sampled posterior: {', '.join(far)}.",),
        "alt.climb": climb or ("Nothing has been fitted yet.",),
    }


def _along(settings: MethodsSettings, handle: str, method: str, found: tuple[Fit, ...]) -> list[Fit | None]:
    """Return a method's fits along a handle: one that serves all positions, or one for each, None where unknown."""
    own = next((h for h, acted in ACTS_ON.items() if acted == method), None)
    if own != handle:
        return [found[settings.home()[own]] if own and len(found) > 1 else found[0]]
    if len(found) > 1:
        return list(found)
    here = settings.home()[handle]
    return [found[0] if v == here else None for v in range(len(settings.positions(handle)))]


def _drawn(method: str, some: Sequence[Judged | None]) -> dict[str, FloatArray]:
    size = next(len(one.band) for one in some if one)
    bands = np.array([one.band if one else np.full(size, np.nan) for one in some])
    if method == "hmc":
        return {"reference": bands, "cost.hmc": np.array([[one.seconds, 0.0] for one in some if one])}
    cost = np.array([[one.seconds, one.distance] if one else [np.nan, np.nan] for one in some])
    return {f"{method}.band": bands, f"cost.{method}": cost}


def _words(method: str, some: Sequence[Judged | None]) -> dict[str, tuple[str, ...]]:
    def each(column: int) -> tuple[str, ...]:
        return tuple(_cell(one, column) if one else "–" for one in some)

    return {f"{method}.line": tuple(one.line if one else "…" for one in some)} | {
        f"grid.{method}.{column}": each(column) for column in (1, 2, 3)
    }


def _cell(one: Judged, column: int) -> str:
    if column == 1:
        return "–" if one.far is None else f"{one.distance:.2f} sd"
    return f"{100 * one.score.coverage:.0f} %" if column == 2 else f"{one.score.log_score:.2f}".replace("-", "−")


def _climb(some: Sequence[Fit | None]) -> dict[str, FloatArray]:
    """Return ELBO, expected log likelihood and KL of each fit, averaged in short windows of steps."""
    made = {name: np.full((len(some), _CLIMB), np.nan) for name in ("climb.elbo", "climb.fit", "climb.kl")}
    for v, one in enumerate(some):
        if one is None or one.diagnostics.elbo is None or one.diagnostics.kl is None:
            continue
        elbo, kl = one.diagnostics.elbo, one.diagnostics.kl
        for name, trace in (("climb.elbo", elbo), ("climb.fit", elbo + kl), ("climb.kl", kl)):
            made[name][v] = [part.mean() for part in np.array_split(trace, _CLIMB)]
    return made


def hint(one: Fit | None) -> str:
    """Return what the KL term has done to the units, in words."""
    if one is None or one.diagnostics.kl is None:
        return "…"
    kl, off, units = one.diagnostics.kl[-200:].mean(), switched_off(one), one.draws["bias1"].shape[1]
    if off == units:
        return f"▼ Posterior collapse: KL is {kl:.1f} nats, every unit went back to the prior, the data count as noise."
    if off:
        return f"▼ KL is {kl:.1f} nats: {off} of {units} units went back to the prior and say nothing."
    return f"KL is {kl:.1f} nats, and all {units} units are in use."
