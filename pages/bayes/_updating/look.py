"""From the updating page's settings to what is seen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from bayes_core.data.observations import reorderings
from bayes_core.figures.view import View
from bayes_core.foundations.conjugate.belief import Belief, Seen
from bayes_core.foundations.conjugate.interval import interval
from bayes_core.foundations.conjugate.paths import evidence_paths, mean_path
from bayes_core.intervals import level_words
from pages._ui.words import words

from . import views
from .readouts import strip
from .settings import HOWS, NEXT_FLIPS, PAGE, SHUFFLES, UpdatingSettings

Drawing = Callable[[UpdatingSettings, Belief, Belief, Seen, views.Ends], views.Drawn]


def _belief(s: UpdatingSettings, prior: Belief, after: Belief, seen: Seen, ends: views.Ends) -> views.Drawn:
    shaded = f"{level_words(s.level)} credible, {HOWS[s.how]}"
    return views.belief(prior, after, seen, ends, s.axis(), s.story.parameter, s.truth, shaded)


def _rivals(s: UpdatingSettings, prior: Belief, after: Belief, seen: Seen, ends: views.Ends) -> views.Drawn:
    posteriors = {"yours": after} | {name: rival.learn(seen) for name, rival in s.rivals().items()}
    return views.rivals(posteriors, s.axis(), s.story.parameter, s.truth)


def _predict(s: UpdatingSettings, prior: Belief, after: Belief, seen: Seen, ends: views.Ends) -> views.Drawn:
    return views.predict(prior, after, s.next_values(), NEXT_FLIPS, s.story)


def _evidence(s: UpdatingSettings, prior: Belief, after: Belief, seen: Seen, ends: views.Ends) -> views.Drawn:
    rivals, at = s.rivals(), s.places()
    along = s.along().at(at.astype(int))
    paths, home = (evidence_paths({"yours": one} | rivals, rivals["flat"], along) for one in (prior, s.prior()))
    return views.evidence(paths, home, at, seen, s.story.many)


def _order(s: UpdatingSettings, prior: Belief, after: Belief, seen: Seen, ends: views.Ends) -> views.Drawn:
    at = s.places()
    orders = reorderings(s.values(), int(s.seen), SHUFFLES, s.seed)
    paths = {f"order{k}": mean_path(prior, Seen.along(v).at(at.astype(int))) for k, v in enumerate(orders)}
    return views.order(paths, at, seen, s.axis(), s.story, s.truth)


_DRAWINGS: dict[str, Drawing] = {
    "belief": _belief,
    "rivals": _rivals,
    "predict": _predict,
    "evidence": _evidence,
    "order": _order,
}


def look(settings: UpdatingSettings, handle: str, _: Any) -> View:
    """Return what is seen along a handle."""
    values, (prior, seen) = settings.positions(handle), settings.track(handle)
    after = prior.learn(seen)
    first, ends = (interval(some, settings.level, settings.how) for some in (prior, after))  # type: ignore[arg-type]
    drawn = _DRAWINGS[settings.view](settings, prior, after, seen, ends)
    kind = f"{level_words(settings.level)} {HOWS[settings.how]}"
    if settings.counted:
        heads, tails = settings.counted
        shown: tuple[str, ...] = (f"{heads:,} heads, {tails:,} tails",)
    else:
        places = values if handle == "seen" else np.array([settings.seen])
        shown = strip(settings.story.family, settings.values(), places)
    texts = tuple(f"{v:g}" for v in values)
    return views.updating(drawn, prior, after, seen, (first, ends), kind, settings.story, words(PAGE), shown, texts)
