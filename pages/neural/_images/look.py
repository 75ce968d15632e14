"""From the settings of the page of images to what is seen."""

from __future__ import annotations

from collections.abc import Mapping

from bayes_core.data.images import digits, from_ink
from bayes_core.evaluation.images import asked
from bayes_core.figures.theme import CONCEPT
from bayes_core.figures.view import View
from bayes_core.types import Fit
from pages._ui.telling import view_opening
from pages._ui.words import words

from . import views, views_charts
from .look_answers import look_answers
from .readouts import about
from .scenes import changed, shown
from .settings import PAGE, RefusalSettings, SketchSettings, TwelveSettings, WidthSettings
from .settings_answers import AnswersSettings
from .work import Known, Settings, Widths, tilted
from .work_answers import Answers


def look(
    settings: Settings | AnswersSettings, handle: str, known: Known | Fit | Widths | Answers | None
) -> View:  # fmt: skip
    """Return what is seen along a handle; without an answer digits or axes only."""
    if isinstance(settings, AnswersSettings):
        return look_answers(settings, handle, known)  # type: ignore[arg-type]
    text, opening = words(PAGE), view_opening(words(PAGE), settings)
    match settings:
        case WidthSettings():
            assert known is None or isinstance(known, dict)
            return views_charts.widths(known or {}, settings.positions(handle).tolist(), text, opening)
        case RefusalSettings():
            assert known is None or isinstance(known, Fit)
            said = tilted(known, settings.tilt) if known else None
            badge = known.diagnostics.badge if known else ""
            shares, concept = settings.positions(handle), CONCEPT.get(settings.method, "posterior")
            return views_charts.refusal(
                said, digits()[1].y, shares, settings.by, concept, badge, text, opening, about(known)
            )
    assert isinstance(settings, TwelveSettings)
    assert known is None or isinstance(known, Known)
    if isinstance(settings, SketchSettings):
        return _sketch(settings, handle, known, text, opening)
    data, values = shown(), settings.positions(handle)
    x = changed(data.x, settings.way, values)
    answer = asked(known.fit, x.reshape(-1, x.shape[-1])) if known else None
    return views.twelve(
        data, x, answer, known.judged if known else {}, values, settings.way, text, opening,
        CONCEPT.get(settings.method, "posterior"), known.fit.diagnostics.badge if known else "",
        about(known.fit if known else None),
    )  # fmt: skip


def _sketch(
    settings: SketchSettings, handle: str, known: Known | None, text: Mapping[str, str], opening: str
) -> View:  # fmt: skip
    """Return the reader's own digit along a handle, and what is said of it."""
    values = settings.positions(handle)
    x = changed(from_ink(settings.ink)[None], settings.way, values)
    said = asked(known.fit, x[:, 0]) if known else None
    fit, concept = known.fit if known else None, CONCEPT.get(settings.method, "posterior")
    badge = fit.diagnostics.badge if fit else ""
    return views.sketch(settings.ink, x, said, values, text, opening, concept, badge, about(fit))
