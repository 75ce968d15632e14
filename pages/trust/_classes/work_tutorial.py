"""What the tutorial's scene does while it is looked at: the fit as it grows, then real ones along both handles.

Every flower counted once comes first of those: only there the ELBO of one prior width may be held against another's.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from bayes_core.types import Fit
from pages._ui.work.courier import News, growing, progress
from pages._ui.work.store import store
from pages._ui.work.turns import in_spare_time

from .look_tutorial import Along, voices
from .settings_tutorial import TutorialSettings
from .views_tutorial import WHO

_PACE = 0.8  # seconds between messages of neighbours


def work(settings: TutorialSettings) -> Iterator[News]:
    """Yield the answer as the search goes on, its draws, then what stands beside it."""
    here = store().get(settings.question())
    if here is None:
        yield News(None, busy=f"{WHO[0]} is at work…")
        try:
            for step in growing(store().steps(settings.question()), _PACE):
                here = step.fit
                assert here is not None
                if not here.diagnostics.complete:
                    yield News(_at_hand(settings, here), busy=progress(WHO[0], step))
        except ValueError as error:
            yield News(None, busy="no answer", trouble=f"{WHO[0]} has no answer here. {error}")
            return
    assert here is not None
    yield News(_at_hand(settings, here), settled=True)
    yield News(here, "draws", voices)
    yield from _beside(settings, here)


def _at_hand(settings: TutorialSettings, here: Fit) -> Along:
    """Return what is known by now, with the fit where the handles stand."""
    fits = {h: {v: fit for v, one in _track(settings, h).items() if (fit := _known(one))} for h in settings.handles}
    for handle, home in settings.home().items():
        fits[handle][home] = here
    once = {v: fit for v, one in _track(_once(settings), "width").items() if (fit := _known(one))}
    return Along(fits, once)


def _known(settings: TutorialSettings) -> Fit | None:
    return store().get(settings.question())


def _once(settings: TutorialSettings) -> TutorialSettings:
    return replace(settings, counted=1.0)


def _track(settings: TutorialSettings, handle: str) -> dict[int, TutorialSettings]:
    """Return the settings along a handle, nearest first."""
    home = settings.home()[handle]
    return {
        v: settings if v == home else settings.at_position(handle, v)
        for v in sorted(range(len(settings.positions(handle))), key=lambda v: abs(v - home))
    }


def _beside(settings: TutorialSettings, here: Fit) -> Iterator[News]:
    """Yield what becomes known beside, in spare time: widths with each flower counted once, then both handles."""
    last, news = time.perf_counter(), False
    tracks = (_track(_once(settings), "width"), _track(settings, "counted"), _track(settings, "width"))
    for one in in_spare_time(one for track in tracks for one in track.values() if _known(one) is None):
        with suppress(ValueError):  # this position says why when the reader goes there
            store().answer(one.question())
            news = True
        if news and time.perf_counter() - last > _PACE:
            last, news = time.perf_counter(), False
            yield News(_at_hand(settings, here), settled=True)
    if news:
        yield News(_at_hand(settings, here), settled=True)
