"""From the settings of the tutorial's scene to what is seen along either of its handles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bayes_core.evaluation.class_map import draws_over
from bayes_core.evaluation.draw_by_draw import draw_by_draw
from bayes_core.evaluation.mean_losses import of_even_odds, reached
from bayes_core.figures.view import View
from bayes_core.predict import predict
from bayes_core.types import Fit
from pages._ui.fields import fields_of, of
from pages._ui.telling import view_opening
from pages._ui.words import words

from . import views
from .kept import kept, map_of
from .readouts_tutorial import Judged, about_search, flowers_counted
from .settings import PAGE
from .settings_tutorial import TutorialSettings
from .views_tutorial import Run, Stand, tutorial

_SIDE, _FEWER = 52, 20


@dataclass(frozen=True, eq=False)
class Along:
    """The fits at hand: by handle and position, and by the width's position those that count each flower once."""

    fits: Mapping[str, Mapping[int, Fit]]
    once: Mapping[int, Fit] = field(default_factory=dict)


def look(settings: TutorialSettings, handle: str, known: Along | None) -> View:
    """Return the map along a handle; without an answer where it stands, the flowers only."""
    fits, once = (known.fits[handle], known.once) if known else ({}, {})
    counts = settings.positions(handle) if handle == "counted" else [settings.counted]
    run = Run(
        maps={v: map_of(fit, settings.plane(), _SIDE) for v, fit in fits.items()},
        badges={v: fit.diagnostics.badge for v, fit in fits.items()},
        judged={v: judged(fit, settings) for v, fit in fits.items()},
        once={v: judged(fit, settings) for v, fit in once.items()},
        flowers=flowers_counted(counts, len(settings.dataset().y)),
        even=of_even_odds(settings.dataset()),
    )
    return tutorial(
        Stand(settings.dataset(), settings.plane(), settings.ring, _SIDE),
        run,
        of(fields_of(settings)[handle].label, settings)[0],
        tuple(f"{v:.3g}" for v in settings.positions(handle)),
        tuple(f"{v:.3g}" for v in settings.positions("width")),
        words(PAGE),
        view_opening(words(PAGE), settings),
        about_search(fits, len(settings.positions(handle))),
        settings.flowers,
    )


def voices(settings: TutorialSettings, handle: str, fit: Fit) -> View:
    """Return draws where the handle stands, to be asked one by one at the ring."""
    odds = kept(fit, "draws", lambda: draws_over(fit, settings.plane().places(_FEWER), views.VOTES))
    return views.voices(odds, settings.home()[handle])


def judged(fit: Fit, settings: TutorialSettings) -> Judged:
    """Return how a fit does on the flowers that are judged, worked out once."""
    rows = settings.judged()

    def work() -> Judged:
        return Judged(draw_by_draw(predict(fit, rows.x).probabilities, rows.y), reached(fit))

    made: Judged = kept(fit, ("judged", rows.fingerprint), work)
    return made
