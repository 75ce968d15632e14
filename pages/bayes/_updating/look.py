"""From the updating page's settings to what is seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from bayes_core.data.observations import reorderings
from bayes_core.figures.picture import Probe, Reading
from bayes_core.figures.view import View
from bayes_core.foundations.conjugate.belief import Belief, Seen
from bayes_core.foundations.conjugate.interval import Region, region
from bayes_core.foundations.conjugate.paths import evidence_paths, leads, mean_path, means_reached
from bayes_core.intervals import level_words
from pages._ui.telling import finding, view_opening
from pages._ui.words import filled, words

from . import views
from .readouts import apart, edges, lead_words, orders_words, strip
from .settings import HOWS, NEXT_FLIPS, PAGE, SHUFFLES, UpdatingSettings

Drawing = Callable[[UpdatingSettings, Belief, Belief, Seen, Region], views.Drawn]


def _belief(s: UpdatingSettings, prior: Belief, after: Belief, seen: Seen, shaded: Region) -> views.Drawn:
    said = f"{level_words(s.level)} credible, {HOWS[s.how]}"
    drawn = views.belief(prior, after, seen, shaded, s.axis(), s.story.parameter, s.truth, said)
    return replace(drawn, words={"edge": edges(prior, after, *s.axis())})


def _rivals(s: UpdatingSettings, prior: Belief, after: Belief, seen: Seen, shaded: Region) -> views.Drawn:
    posteriors = {"yours": after} | {name: rival.learn(seen) for name, rival in s.rivals().items()}
    drawn = views.rivals(posteriors, s.axis(), s.story.parameter, s.truth)
    return replace(drawn, words=apart(posteriors, s.story.plain))


def _predict(s: UpdatingSettings, prior: Belief, after: Belief, seen: Seen, shaded: Region) -> views.Drawn:
    return views.predict(prior, after, s.next_values(), NEXT_FLIPS, s.story)


def _evidence(s: UpdatingSettings, prior: Belief, after: Belief, seen: Seen, shaded: Region) -> views.Drawn:
    rivals, at, plain = s.rivals(), s.places(), s.story.plain
    along = s.along().at(at.astype(int))
    paths, home = (evidence_paths({"yours": one} | rivals, rivals[plain], along) for one in (prior, s.prior()))
    now = leads({"yours": prior} | rivals, rivals[plain], seen)
    size = max(len(values) for values in now.values())
    drawn = views.evidence(paths, home, at, seen, s.story)
    return replace(drawn, words=lead_words({n: np.broadcast_to(v, size) for n, v in now.items()}, plain))


def _order(s: UpdatingSettings, prior: Belief, after: Belief, seen: Seen, shaded: Region) -> views.Drawn:
    at = s.places()
    orders = reorderings(s.values(), int(s.seen), SHUFFLES, s.seed)
    alongs = [Seen.along(v) for v in orders]
    paths, home = (
        {f"order{k}": mean_path(one, along.at(at.astype(int))) for k, along in enumerate(alongs)}
        for one in (prior, s.prior())
    )
    here = np.stack([np.broadcast_to(prior.learn(one.at(seen.n.astype(int))).mean, seen.n.shape) for one in alongs], 1)
    drawn = views.order(paths, at, seen, means_reached(home, *s.axis()), s.story, s.truth)
    return replace(drawn, words={"orders": orders_words(here, after.sd)})


_DRAWINGS: dict[str, Drawing] = {
    "belief": _belief,
    "rivals": _rivals,
    "predict": _predict,
    "evidence": _evidence,
    "order": _order,
}


_PEAK = "in shares of the highest peak"


def _probe(settings: UpdatingSettings, drawn: views.Drawn) -> Probe | None:
    """Return what a probe reads: how strongly a value is believed by each of the beliefs that are drawn."""
    across = settings.across
    if across is None:
        return None
    told = [(label.id, label.text) for label in drawn.labels if label.id != "truth"]
    last = len(told) - 1
    readings = (
        Reading(name, f"{text} {{y}}{f', {_PEAK}' if k == last else ''}") for k, (name, text) in enumerate(told)
    )
    return Probe(across.ends, across.before, across.unit, tuple(readings))


def look(settings: UpdatingSettings, handle: str, _: Any) -> View:
    """Return what is seen along a handle."""
    values, (prior, seen) = settings.positions(handle), settings.track(handle)
    after = prior.learn(seen)
    first, last = (region(some, settings.level, settings.how) for some in (prior, after))  # type: ignore[arg-type]
    drawn = _DRAWINGS[settings.view](settings, prior, after, seen, last)
    kind = f"{level_words(settings.level)} {HOWS[settings.how]}"
    if settings.counted:
        heads, tails = settings.counted
        yes, no = settings.story.sides
        shown: tuple[str, ...] = (f"{heads:,} {yes}, {tails:,} {no}",)
    else:
        places = values if handle == "seen" else np.array([settings.seen])
        shown = strip(settings.story, settings.values(), places)
    texts = tuple(f"{v:g}" for v in values)
    ordered, text = settings.view == "order", words(PAGE)
    told = {"level": level_words(settings.level), "parameter": settings.story.parameter}
    text = text | {"credible": filled(text["credible"], told)}
    drawn = replace(drawn, words={**drawn.words, "counted": shown})
    seen_so = views.updating(
        drawn, prior, after, seen, (first, last), kind, settings.story, text, shown, texts, ordered
    )
    found = view_opening(words(PAGE), settings)
    return replace(
        seen_so, probe=_probe(settings, drawn), alt=finding(found, seen_so.frames(handle, values).words, len(values))
    )
