"""Who forecasts: the fit of the scene's forecaster, and of the other one beside it where there are two."""

from __future__ import annotations

from collections.abc import Iterator

from bayes_core.inference import METHODS
from bayes_core.types import Fit
from pages._ui.work.courier import News, growing
from pages._ui.work.store import store

from .found import Found, forecaster
from .look import of_known
from .settings import CalibrationSettings

_PACE = 1.0  # seconds between pictures of a fit under way


def work(settings: CalibrationSettings) -> Iterator[News]:
    """Yield the forecaster on screen as it comes, then with the other one beside it."""
    own, *others = settings.questions()
    title = METHODS[own.method].title
    try:
        if store().get(own) is None and METHODS[own.method].answer != "exact":
            yield News(busy=f"{title} is at work…")
            for step in growing(store().steps(own), _PACE, at_once=False):
                if step.fit is not None and not step.fit.diagnostics.complete:
                    yield News(Found(forecaster(settings, step.fit)), busy=_so_far(title, step.fit), fit=step.fit)
        here = forecaster(settings, store().answer(own))
    except ValueError as error:
        yield News(trouble=f"{title} has no answer here. {error}", settled=True)
        return
    if all(store().get(question) is not None for question in others):
        yield News(look=of_known, settled=True, fit=here.fit)
        return
    yield News(Found(here), extra=f"{METHODS[others[0].method].title}, to compare with…", settled=True, fit=here.fit)
    try:
        store().answer(others[0])
        yield News(look=of_known, fit=here.fit)
    except ValueError:  # the forecaster on screen stands without it
        yield News(Found(here), fit=here.fit)


def _so_far(title: str, fit: Fit) -> str:
    """Return what is said of a fit under way; a search has not more draws, it moves the one it has."""
    many = fit.diagnostics.answer == "sampled"
    return f"{title}: {len(fit.noise):,} draws so far" if many else f"{title} is at work…"
