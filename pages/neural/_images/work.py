"""What the page of images does while it is looked at: fits, and how they do on all digits along the handle."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial

from bayes_core.data.images import digits, turned
from bayes_core.evaluation.images import Asked, Judged, asked, judged
from bayes_core.inference import METHODS
from bayes_core.types import Fit
from pages._ui.work.courier import News
from pages._ui.work.store import breathe, store

from .kept import kept
from .scenes import changed
from .settings import METHODS_HERE, PictureSettings, RefusalSettings, SketchSettings, TwelveSettings, WidthSettings
from .settings_answers import AnswersSettings
from .work_answers import work_answers

Settings = TwelveSettings | WidthSettings | RefusalSettings


@dataclass(frozen=True, eq=False)
class Known:
    """A fit, and how it does on all digits that were not fitted, along the handle; nothing of that until it is done."""

    fit: Fit
    judged: Mapping[int, Judged] = field(default_factory=dict)


Widths = Mapping[str, Mapping[int, Judged]]
"""By method, what is known of it at each position of the width."""


def work(settings: Settings | AnswersSettings) -> Iterator[News]:
    """Yield what there is to show by now."""
    match settings:
        case AnswersSettings():
            yield from work_answers(settings)
        case WidthSettings():
            yield from _widths(settings)
        case SketchSettings():
            fit = yield from _fitted(settings)
            yield News(Known(fit), settled=True, fit=fit)
        case RefusalSettings():
            fit = yield from _fitted(settings)
            yield News(fit, settled=True, fit=fit)
        case _:
            fit = yield from _fitted(settings)
            (handle,) = settings.handles
            home, size = settings.home()[handle], len(settings.positions(handle))
            yield News(Known(fit, along(fit, settings, (home,))), extra="asking about all 359 digits…", fit=fit)
            yield News(Known(fit, along(fit, settings, range(size))), settled=True, fit=fit)


def _fitted(settings: PictureSettings) -> Generator[News, None, Fit]:
    """Yield how far the training is, and return the fit."""
    question, title = settings.question(), METHODS[settings.method].title
    fit = store().get(question)
    if fit is not None:
        return fit
    told = -1
    for step in store().steps(question):
        breathe()
        done = 100 * step.done // max(step.total, 1)
        if done > told and not (step.fit and step.fit.diagnostics.complete):
            told = done
            yield News(busy=f"{title}: {done} % trained")
        fit = step.fit
    assert fit is not None
    return fit


def along(fit: Fit, settings: TwelveSettings, at: Iterable[int]) -> dict[int, Judged]:
    """Return how a fit does on all digits that were not fitted, at some positions of the handle."""
    (handle,) = settings.handles
    rest, values = digits()[1], settings.positions(handle)

    def judge(value: float) -> Judged:
        breathe()
        return judged(asked(fit, changed(rest.x, settings.way, values[values == value])[0]), rest.y)

    return {v: kept(fit, (settings.way, float(values[v])), partial(judge, float(values[v]))) for v in at}


def tilted(fit: Fit, degrees: float) -> Asked:
    """Return what a fit says of all digits that were not fitted, turned."""
    said: Asked = kept(fit, ("tilted", degrees), lambda: asked(fit, turned(digits()[1].x, degrees)))
    return said


def upright(fit: Fit) -> Judged:
    """Return how a fit does on all digits that were not fitted."""
    told: Judged = kept(fit, ("turn", 0.0), lambda: judged(tilted(fit, 0.0), digits()[1].y))
    return told


def _widths(settings: WidthSettings) -> Iterator[News]:
    """Yield the scores of every method at every width, those at hand first, where the handle stands next."""
    home, found = settings.home()["wide"], {method: dict[int, Judged]() for method in METHODS_HERE}
    widths = settings.positions("wide").tolist()
    order = sorted(range(len(widths)), key=lambda v: abs(v - home))
    wanted = [(v, method) for v in order for method in METHODS_HERE]
    for v, method in wanted:
        fit = store().get(settings.asked(method, widths[v]))
        if fit is not None:
            found[method][v] = upright(fit)
    missing = [(v, method) for v, method in wanted if v not in found[method]]
    yield _told(found, home, missing, len(wanted))
    for count, (v, method) in enumerate(missing, start=1):
        found[method][v] = upright(store().answer(settings.asked(method, widths[v])))
        yield _told(found, home, missing[count:], len(wanted))


def _told(found: Widths, home: int, missing: list[tuple[int, str]], every: int) -> News:
    """Return what there is by now; the picture is complete enough once all is known where the handle stands."""
    under_way = f"{every - len(missing)} of {every} fits" if missing else ""
    here = any(v == home for v, _ in missing)
    return News(_copied(found), busy=under_way if here else "", extra="" if here else under_way, settled=not missing)


def _copied(found: Widths) -> Widths:
    return {method: dict(at) for method, at in found.items()}
