"""Every method's fits, one after the other: what is at hand first, then what is missing."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping

from bayes_core.types import Fit
from pages._ui.work.courier import News
from pages._ui.work.store import breathe, store

from .settings import ACTS_ON, COMPARED, MethodsSettings

Some = tuple[Fit, ...] | str
Fits = Mapping[str, Some]
"""By method: its fit, or one for each position of its own handle; the reason where it has no answer."""
_PACE = 0.4  # seconds between messages that only complete what is there


def known(settings: MethodsSettings) -> dict[str, Some]:
    """Return the fits at hand: of the methods that a handle acts on all positions, or the one where it stands."""
    fits: dict[str, Some] = {}
    for method in ("hmc", *COMPARED, *(["nuts"] if settings.nuts else [])):
        many = [store().get(question) for question in settings.questions(method)]
        found = tuple(one for one in many if one is not None)
        here = many[settings.here(method)]
        if here is not None:
            fits[method] = found if len(found) == len(many) else (here,)
    return fits


def work(settings: MethodsSettings) -> Iterator[News]:
    """Yield the fits so far with what is under way.

    First those at hand, then the sampled posterior, then method after method where the handles stand, then the
    handles' other positions, and NUTS on all weights where it was asked for. A method without an answer says why.
    """
    fits = known(settings)
    everyone = ("hmc", *COMPARED)
    wanted = [method for method in everyone if method not in fits]
    to_fill = [method for method in ACTS_ON.values() if len(fits.get(method, ())) < 2]
    extra = "NUTS on all weights…" if settings.nuts and "nuts" not in fits else ""
    yield News(dict(fits), busy="method after method…" if wanted or to_fill else "", extra=extra)
    for count, method in enumerate(wanted, start=len(everyone) - len(wanted) + 1):
        fits[method] = _standing(settings, method)
        last = count == len(everyone) and not to_fill
        yield News(dict(fits), busy="" if last else f"{count} of {len(everyone)} methods", extra=extra)
    for method in to_fill:
        if not isinstance(fits[method], str):
            fits[method] = _everywhere(settings, method)
        more = "every position of the handles…" if method != to_fill[-1] else ""
        yield News(dict(fits), busy=more, extra=extra)
    if extra:
        yield from _nuts(settings, fits)


def _standing(settings: MethodsSettings, method: str) -> Some:
    """Return a method's fit where the handles stand, or why there is none."""
    try:
        return (store().answer(settings.questions(method)[settings.here(method)]),)
    except ValueError as error:
        return str(error)


def _everywhere(settings: MethodsSettings, method: str) -> tuple[Fit, ...]:
    """Return a method's fits at every position of its own handle."""
    many = []
    for question in settings.questions(method):
        many.append(store().answer(question))
        breathe()
    return tuple(many)


def _nuts(settings: MethodsSettings, fits: Fits) -> Iterator[News]:
    """Yield the same with NUTS on all weights beside the rest, as its draws come in."""
    last, grown = 0.0, dict(fits)
    for step in store().steps(settings.question("nuts")):
        breathe()
        if step.fit is not None:
            grown["nuts"] = (step.fit,)
        done = step.fit is not None and step.fit.diagnostics.complete
        if not done and time.perf_counter() - last < _PACE:
            continue
        last = time.perf_counter()
        yield News(dict(grown), extra="" if done else f"NUTS on all weights: {step.done:,} of {step.total:,}")
