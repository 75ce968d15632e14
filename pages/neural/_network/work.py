"""What the network page does while it is looked at: a fit as it grows, its distance from the truth, its neighbours.

After the picture stands, the server goes on: it computes real posteriors at the positions next to the handles, from
the nearest outwards, and sends them into the films. A handle that is dragged then shows converged answers, without
asking anybody; any move of the reader ends this work at once.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress

from bayes_core.inference import METHODS, Step
from bayes_core.inference.sizes import Size
from bayes_core.types import Fit
from pages._ui.work import store as work_store
from pages._ui.work.courier import News, growing
from pages._ui.work.store import breathe, store
from pages._ui.work.turns import in_spare_time

from .ahead import look_ahead
from .look import Known, far, single
from .settings import NetworkSettings
from .views import EXACT_ENOUGH

_AT_ONCE = 0.15  # seconds that a picture may wait for a complete fit
_FIRST_DRAWS = 0.3  # and for any draws at all
_PACE = 0.6  # seconds between messages
Fits = dict[str, dict[int, Fit]]


def known_fits(settings: NetworkSettings) -> Fits:
    """Return the fits at hand along each handle, by position."""
    found: Fits = {}
    for handle in settings.handles:
        every = {v: settings.at_position(handle, v).question() for v in range(len(settings.positions(handle)))}
        found[handle] = {v: fit for v, question in every.items() if (fit := store().get(question)) is not None}
    return found


def at_home(settings: NetworkSettings, known: Fits) -> Fit | None:
    """Return the fit where the handles stand, if it is known."""
    first = settings.handles[0]
    return known[first].get(settings.home()[first])


def _take(settings: NetworkSettings, known: Fits, fit: Fit) -> None:
    for handle, position in settings.home().items():
        known[handle][position] = fit


def begin(settings: NetworkSettings, known: Fits) -> Iterator[Step]:
    """Start the fit if there is none, put what the first picture may wait for into `known`, return what is left.

    A picture without draws, painted while the two cores fit, costs more time than it saves.
    """
    if at_home(settings, known) is not None:
        return iter(())
    question = settings.question()
    steps, started, patience = store().steps(question), time.perf_counter(), _FIRST_DRAWS
    if Size.of(question) not in work_store.COMPILED:
        return steps
    try:
        for step in steps:
            breathe()
            if step.fit is not None:
                _take(settings, known, step.fit)
                patience = _AT_ONCE
                if step.fit.diagnostics.complete:
                    break
            if time.perf_counter() - started > patience:
                break
    except ValueError as error:
        return _failing(error)
    return steps


def _failing(error: ValueError) -> Iterator[Step]:
    """Fail where the rest would have gone on: there the reader is told."""
    raise error
    yield


def busy(settings: NetworkSettings, fit: Fit | None) -> str:
    """Return what the picture says while a fit is under way; nothing once it is complete."""
    title = METHODS[settings.method].title
    if fit is not None and fit.diagnostics.complete:
        return ""
    if fit is None or fit.diagnostics.answer == "approximate":  # a search moves its draws, it has not more of them
        return f"{title} is at work…"
    return f"{title}: {len(fit.noise):,} draws so far"


def work(settings: NetworkSettings) -> Iterator[News]:
    """Yield the answer as it grows, what its draws say beside the handles, its distance, and its neighbours."""
    known = known_fits(settings)
    steps = begin(settings, known)
    here = at_home(settings, known)
    yield _grown(settings, known, here)
    try:
        if here is None or not here.diagnostics.complete:
            for step in growing(steps):
                here = step.fit
                assert here is not None
                _take(settings, known, here)
                yield _grown(settings, known, here)
    except ValueError as error:
        trouble = f"{METHODS[settings.method].title} has no answer here. {error}"
        yield News(_seen(known, at_home(settings, known)), busy="no answer", trouble=trouble)
        return
    assert here is not None
    if settings.method == "hmc":  # what the draws say beside the handles may come a moment later
        yield News(_seen(known, here), settled=True, fit=here)
    if settings.single:
        with suppress(ValueError):  # the posterior stands without it
            yield News(store().answer(settings.question("map")), "single", single)
    if settings.method not in EXACT_ENOUGH:
        yield _compared(settings, known, here)
    look_ahead(settings)
    if settings.method != "nuts":  # half a minute each: nobody waits for those
        yield from neighbours(settings, known, here)


def _compared(settings: NetworkSettings, known: Fits, here: Fit) -> News:
    """Return an approximation with the sampled posterior; alone where that has no answer."""
    try:
        pair = (here, store().answer(settings.question("hmc")))
    except ValueError:
        return News(_seen(known, here), settled=True, fit=here)
    return News(pair, "distance", far, settled=True, fit=here)


def _grown(settings: NetworkSettings, known: Fits, here: Fit | None) -> News:
    """Return what there is of the answer; draws from the prior are all there is to say, others are yet to be judged."""
    complete = here is not None and here.diagnostics.complete
    judged = complete and settings.method not in EXACT_ENOUGH
    return News(
        _seen(known, here, beside=False),
        busy=busy(settings, here),
        extra="sampling, to compare with…" if judged else "",
        settled=complete and settings.method == "prior",
        fit=here,
    )


def _seen(known: Fits, here: Fit | None, *, beside: bool = True) -> Known | None:
    return Known({handle: dict(fits) for handle, fits in known.items()}, beside) if here is not None else None


def neighbours(settings: NetworkSettings, known: Fits, here: Fit) -> Iterator[News]:
    """Yield real answers beside the handles, nearest first, as long as the reader only looks.

    A crowded server has less time to spare for them.
    """
    home, last, news = settings.home(), time.perf_counter(), False
    queue = sorted(
        (abs(v - home[h]), h, v)
        for h in settings.handles
        for v in range(len(settings.positions(h)))
        if v not in known[h]
    )
    for _, handle, v in in_spare_time(queue):
        try:
            known[handle][v] = store().answer(settings.at_position(handle, v).question())
        except ValueError:
            continue  # this position says why when the reader goes there
        news = True
        if time.perf_counter() - last > _PACE:
            last, news = time.perf_counter(), False
            yield News(_seen(known, here), fit=here)
    if news:
        yield News(_seen(known, here), fit=here)
