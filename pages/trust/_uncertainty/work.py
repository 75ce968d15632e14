"""What the page of the split does while it is looked at: fits as they grow, after a test, and of other methods."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace

from bayes_core.inference import METHODS
from bayes_core.models import Mlp
from bayes_core.models.mlp import import_activations
from bayes_core.types import Fit
from pages._ui.work.ahead import look_ahead
from pages._ui.work.courier import News, growing, progress
from pages._ui.work.store import store
from pages._ui.work.turns import in_spare_time

from .answers import Known
from .settings import MODELS, SplitSettings

_PACE = 0.6  # seconds between messages


def work(settings: SplitSettings) -> Iterator[News]:
    """Yield the answer, then the tests that were pressed, other methods if they are asked for, and neighbours."""
    known = _at_hand(settings)
    if settings.exact:
        yield News(known, settled=True)
        yield from _others(settings, known, None)
        return
    here = store().get(settings.question())
    if here is None:
        yield News(_or_none(settings, known), busy=f"{METHODS[settings.method].title} is at work…")
        try:
            for step in growing(store().steps(settings.question())):
                here = step.fit
                assert here is not None
                known = _with(settings, known, here)
                still = progress(METHODS[settings.method].title, step)
                yield _news(settings, known, here, still)
        except ValueError as error:
            trouble = f"{METHODS[settings.method].title} has no answer here. {error}"
            yield News(_or_none(settings, known), busy="no answer", trouble=trouble)
            return
    else:
        yield _news(settings, known, here)
    assert here is not None
    for test in _missing(settings, known):
        try:
            fit = store().answer(settings.question(test))
        except ValueError as error:
            yield News(known, trouble=f"After this test there is no answer. {error}", settled=True, fit=here)
            return
        known = replace(known, tests={**known.tests, test: fit})
        yield _news(settings, known, here)
    known = replace(known, beside=settings.reweighs)
    yield News(known, settled=True, fit=here)
    yield from _others(settings, known, here)
    _look_ahead(settings)
    if settings.method == "hmc":
        yield from _neighbours(settings, known, here)


def _look_ahead(settings: SplitSettings) -> None:
    """Make the program ready that the test with more rows needs: the others have the size on screen."""
    if settings.method == "hmc" and isinstance(MODELS[settings.model], Mlp):
        import_activations()
        look_ahead(settings.question(), [settings.question("points")])


def _at_hand(settings: SplitSettings) -> Known:
    """Return what is known already."""
    if settings.exact:
        return Known()
    fits: dict[str, dict[int, Fit]] = {}
    for handle in settings.handles:
        home = settings.home()[handle]
        places = (home,) if handle == "here" else range(len(settings.positions(handle)))
        every = {v: settings if v == home else settings.at_position(handle, v) for v in places}
        fits[handle] = {v: fit for v, one in every.items() if (fit := store().get(one.question())) is not None}
    tests = {test: fit for test in _asked(settings) if (fit := store().get(settings.question(test))) is not None}
    return Known(fits, tests, {}, beside=False)


def _or_none(settings: SplitSettings, known: Known) -> Known | None:
    return known if settings.home()["here"] in known.fits.get("here", {}) else None


def _with(settings: SplitSettings, known: Known, fit: Fit) -> Known:
    """Return what is known with a fit where the handles stand."""
    home = settings.home()
    return replace(known, fits={handle: {**fits, home[handle]: fit} for handle, fits in known.fits.items()})


def _asked(settings: SplitSettings) -> tuple[str, ...]:
    """Return the tests that need a fit of their own."""
    return tuple(test for test in settings.shown if test != "outside")


def _missing(settings: SplitSettings, known: Known) -> list[str]:
    """Return the tests that are still to be fitted, the one in the picture first."""
    return sorted((t for t in _asked(settings) if t not in known.tests), key=lambda test: test != settings.test)


def _news(settings: SplitSettings, known: Known, here: Fit, busy: str = "") -> News:
    """Return what there is; a picture whose test is still to be fitted is not the answer yet."""
    missing = [] if busy else _missing(settings, known)
    waits = "the world after the test is fitted…" if missing else ""
    first = settings.test in missing
    return News(
        known, busy=busy or (waits if first else ""), extra="" if first else waits,
        settled=not (busy or missing), fit=here,
    )  # fmt: skip


def _others(settings: SplitSettings, known: Known, here: Fit | None) -> Iterator[News]:
    """Yield the splits of other methods on the same data, if they are asked for."""
    if not settings.compare:
        return
    names = [method for method in settings.methods if method != settings.method]
    for n, method in enumerate(names, start=1):
        try:
            fit = store().answer(settings.question("", method))
        except ValueError:
            continue  # its line says that it has no answer
        known = replace(known, others={**known.others, method: fit})
        yield News(known, extra=f"{n} of {len(names)} other methods" if n < len(names) else "", fit=here)


def _neighbours(settings: SplitSettings, known: Known, here: Fit) -> Iterator[News]:
    """Yield real answers beside the handles, nearest first, while the reader only looks and there is time to spare."""
    home, last, news = settings.home(), time.perf_counter(), False
    queue = sorted(
        (abs(v - home[h]), h, v)
        for h in settings.handles
        if h != "here"
        for v in range(len(settings.positions(h)))
        if v not in known.fits[h]
    )
    for _, handle, v in in_spare_time(queue if settings.test in ("", "outside") else ()):
        try:
            fit = store().answer(settings.at_position(handle, v).question())
        except ValueError:
            continue  # this position says why when the reader goes there
        known, news = replace(known, fits={**known.fits, handle: {**known.fits[handle], v: fit}}), True
        if time.perf_counter() - last > _PACE:
            last, news = time.perf_counter(), False
            yield News(known, fit=here)
    if news:
        yield News(known, fit=here)
