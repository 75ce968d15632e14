"""What the page of classes does while it is looked at: a fit as it grows, draws, one voice beside it, neighbours."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress

from bayes_core.inference import METHODS
from bayes_core.inference.sizes import Size
from bayes_core.types import Fit, Question
from pages._ui.work import store as work_store
from pages._ui.work.courier import News, growing
from pages._ui.work.store import breathe, store
from pages._ui.work.turns import in_spare_time

from . import work_tutorial
from .look import Known, single, voices
from .settings import ClassesSettings
from .settings_tutorial import TutorialSettings

_PATIENCE = 0.3  # seconds that a picture may wait for its answer
_PACE = 0.8  # seconds between messages of neighbours


def work(settings: ClassesSettings | TutorialSettings) -> Iterator[News]:
    """Yield the answer as it grows, its draws, the most probable classifier beside it, then all their neighbours."""
    if isinstance(settings, TutorialSettings):
        yield from work_tutorial.work(settings)
        return
    size, home = len(settings.positions("width")), settings.home()["width"]
    questions = [settings.at_position(v).question() for v in range(size)]
    one = _known([settings.at_position(v).question("map") for v in range(size)])
    fits = _known(questions)
    _at_once(settings.question("map"), one, home, plain=settings.model == "line")
    steps = store().steps(questions[home], store().start(questions[home]))
    try:
        if home not in fits and Size.of(questions[home]) in work_store.COMPILED:
            started = time.perf_counter()
            for step in steps:
                breathe()
                if step.fit is not None:
                    fits[home] = step.fit
                if time.perf_counter() - started > _PATIENCE or step.done == step.total:
                    break
        here = fits.get(home)
        yield _news(settings, fits, one, home)
        if here is None or not here.diagnostics.complete:
            for step in growing(steps):
                assert step.fit is not None
                fits[home] = here = step.fit
                yield _news(settings, fits, one, home)
    except ValueError as error:
        trouble = f"{METHODS[settings.method].title} has no answer here. {error}"
        yield News(Known(fits, one) if home in fits else None, busy="no answer", trouble=trouble)
        return
    assert here is not None
    if settings.method != "map":
        yield News(here, "draws", voices)
    yield from _beside(settings, fits, one, home)


def _known(questions: list[Question]) -> dict[int, Fit]:
    """Return the fits at hand, by position."""
    return {v: fit for v, question in enumerate(questions) if (fit := store().get(question)) is not None}


def _at_once(question: Question, one: dict[int, Fit], home: int, *, plain: bool) -> None:
    """Find the most probable classifier before the first picture, where that takes a blink."""
    if home in one or not (plain or Size.of(question) in work_store.COMPILED):
        return
    with suppress(ValueError):
        one[home] = store().answer(question)


def _news(settings: ClassesSettings, fits: dict[int, Fit], one: dict[int, Fit], home: int) -> News:
    here, title = fits.get(home), METHODS[settings.method].title
    complete = here is not None and here.diagnostics.complete
    busy = "" if complete else f"{title} is at work…"
    if here is not None and not complete and here.diagnostics.answer == "sampled":
        busy = f"{title}: {len(here.noise):,} draws so far"
    extra = "" if home in one else "MAP is at work…"
    known = Known(dict(fits), dict(one)) if here is not None else None
    return News(known, busy=busy, extra=extra, settled=complete, fit=here)


def _beside(settings: ClassesSettings, fits: dict[int, Fit], one: dict[int, Fit], home: int) -> Iterator[News]:
    """Yield the most probable classifier where the handle stands, then both at its other positions, nearest first.

    The others are worked out in spare time.
    """
    size = len(settings.positions("width"))
    told = (len(fits), len(one)) if home in one else (len(fits), -1)
    if home in one:
        yield News(Known(dict(fits), dict(one)), "single", single)
    last = time.perf_counter()
    for v in in_spare_time(sorted(range(size), key=lambda v: abs(v - home)), at_least=1):
        there = settings.at_position(v)
        with suppress(ValueError):  # this position says why when the reader goes there
            one[v] = one.get(v) or store().answer(there.question("map"))
            if settings.method != "nuts" or v == home:  # half a minute each: nobody waits for those
                question = there.question()
                fits[v] = fits.get(v) or store().answer(question, store().start(question))
        if v == home or time.perf_counter() - last > _PACE:
            last = time.perf_counter()
            yield from _both(fits, one, home, told)
            told = (len(fits), len(one))
    yield from _both(fits, one, home, told)


def _both(fits: dict[int, Fit], one: dict[int, Fit], home: int, told: tuple[int, int]) -> Iterator[News]:
    """Yield what is new of both; the same is never sent twice."""
    known = Known(dict(fits), dict(one))
    if len(one) != told[1]:
        yield News(known, "single", single)
    if (len(fits), len(one)) != told:
        yield News(known, settled=True, fit=fits[home])
