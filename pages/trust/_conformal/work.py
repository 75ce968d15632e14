"""The fit of whoever forecasts, which a picture may have to wait for."""

from __future__ import annotations

from collections.abc import Iterator

from pages._ui.work.courier import News, growing
from pages._ui.work.store import store

from .kinds import of_known
from .settings import ConformalSettings
from .settings_rows import RowSettings
from .settings_sets import SetSettings


def work(settings: ConformalSettings | RowSettings | SetSettings) -> Iterator[News]:
    """Yield the forecast's fit: at once where it is known or has a closed form."""
    question, who = settings.question(), settings.who
    known = store().answer(question) if who.at_once else store().get(question)
    if known is not None:
        yield News(look=of_known, settled=True, fit=known)
        return
    yield News(busy=f"{who.title} is being fitted…")
    try:
        for step in growing(store().steps(question), at_once=False):
            fit = step.fit
            assert fit is not None
            if fit.diagnostics.complete:
                yield News(look=of_known, settled=True, fit=fit)
    except ValueError as error:
        yield News(None, busy="no forecast", trouble=f"{who.title} has no answer here. {error}")
