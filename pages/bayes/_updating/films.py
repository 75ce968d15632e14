"""Settings -> prior, data, posterior -> numbers and words along one handle of the updating page."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import streamlit as st

from bayes_core.checks import FloatArray
from bayes_core.data.observations import reorderings
from bayes_core.figures import updating as figures
from bayes_core.figures.film import Film, pack
from bayes_core.figures.frames import Frames
from bayes_core.foundations.conjugate.belief import Belief, Seen
from bayes_core.foundations.conjugate.beta import Beta
from bayes_core.foundations.conjugate.densities import heights, likelihood_heights, predictive
from bayes_core.foundations.conjugate.families import around, close_up, covering
from bayes_core.foundations.conjugate.families import next_values as values_ahead
from bayes_core.foundations.conjugate.interval import interval
from bayes_core.foundations.conjugate.paths import evidence_paths, mean_path, pull
from bayes_core.intervals import level_words
from bayes_core.summaries.summary import estimates, percent
from bayes_core.summaries.wording import span_words

from .settings import HOWS, NEXT_FLIPS, UpdatingSettings

SHUFFLES = 5
ROWS = ("mean", "sd", "interval", "worth", "next")


def axis(settings: UpdatingSettings) -> tuple[float, float]:
    """Return the ends of the parameter's axis: the scene's, wider for typed data that need it, or close around."""
    prior = settings.prior()
    if settings.close:
        return close_up(prior.learn(seen_now(settings)))
    if settings.data:
        return covering(prior, *settings.spec.axis, settings.values())
    return settings.spec.axis


def along(settings: UpdatingSettings) -> Seen:
    """Return what was seen after 0, 1, ... observations; typed counts only as a whole."""
    return Seen.along(settings.values())


def seen_now(settings: UpdatingSettings) -> Seen:
    """Return what has been seen where the handle stands."""
    return settings.all_seen() if settings.counted else along(settings).at(int(settings.seen))


def track(settings: UpdatingSettings, handle: str) -> tuple[Belief, Seen]:
    """Return priors (V,) and what they have seen (V,) along one handle."""
    values = settings.positions(handle)
    centre = values if handle == "centre" else np.full(len(values), settings.centre)
    worth = values if handle == "worth" else np.full(len(values), settings.worth)
    prior = around(settings.spec.family, centre, worth, settings.spec.noise)
    if handle == "seen":
        return prior, along(settings).at(values.astype(int))
    return prior, seen_now(settings).repeated(len(values))


def rivals(settings: UpdatingSettings) -> dict[str, Belief]:
    """Return the scene's rival priors."""
    s = settings.spec
    return {name: around(s.family, mean, worth, s.noise) for name, (mean, worth) in s.rivals.items()}


def film(settings: UpdatingSettings, handle: str) -> Film:
    """Return everything the picture shows along one handle, cached; close axes and orders depend on where it stands."""
    alone = settings.view in ("belief", "rivals", "predict") and not settings.close
    return _film(settings.others(handle) if alone else settings, handle)


@st.cache_data(max_entries=400, show_spinner=False)
def _film(settings: UpdatingSettings, handle: str) -> Film:
    values = settings.positions(handle)
    prior, seen = track(settings, handle)
    after = prior.learn(seen)
    ends = interval(after, settings.level, settings.how)  # type: ignore[arg-type]
    low, high = axis(settings)
    if settings.view == "belief":
        drawn = heights({"prior": prior, "posterior": after}, low, high)
        likelihood = likelihood_heights(prior, seen, drawn["posterior"].x)
        numbers = figures.belief_numbers(drawn["prior"], drawn["posterior"], likelihood, ends)
    elif settings.view == "rivals":
        rival = {"yours": after} | {name: belief.learn(seen) for name, belief in rivals(settings).items()}
        numbers = figures.rival_numbers(heights(rival, low, high))
    elif settings.view == "predict":
        at = next_values(settings)
        before, later = (predictive(belief, at, NEXT_FLIPS) for belief in (prior, after))
        numbers = figures.prediction_numbers(before, later)
    else:
        paths = evidence(settings, prior) if settings.view == "evidence" else means(settings, prior)
        numbers = figures.path_numbers(paths, path_places(settings), seen.n)
    return pack(Frames(handle, values, numbers, _words(settings, handle, prior, after, seen, ends)))


def next_values(settings: UpdatingSettings) -> FloatArray:
    """Return the values that the next observation, or the next ten flips, can take."""
    return values_ahead(settings.prior(), *axis(settings), NEXT_FLIPS)


def path_places(settings: UpdatingSettings) -> FloatArray:
    """Return the numbers of data at which paths are drawn."""
    return settings.positions("seen")


def evidence(settings: UpdatingSettings, prior: Belief) -> dict[str, FloatArray]:
    """Return log10 of each prior's evidence over the flat prior's, (V or 1, places)."""
    rival = rivals(settings)
    seen = along(settings).at(path_places(settings).astype(int))
    return evidence_paths({"yours": prior} | rival, rival["flat"], seen)


def means(settings: UpdatingSettings, prior: Belief) -> dict[str, FloatArray]:
    """Return the posterior means (V, places) with the data as they came, and in some other orders."""
    at = path_places(settings).astype(int)
    orders = reorderings(settings.values(), int(settings.seen), SHUFFLES, settings.seed)
    return {f"order{k}": mean_path(prior, Seen.along(values).at(at)) for k, values in enumerate(orders)}


# -------------------------------------------------------------------------------------------------------- words
def _words(
    settings: UpdatingSettings,
    handle: str,
    prior: Belief,
    after: Belief,
    seen: Seen,
    ends: tuple[FloatArray, FloatArray],
) -> dict[str, tuple[str, ...]]:
    """Return the texts of every readout at every position."""
    s = settings.spec
    exact = np.zeros(len(seen.n))
    mean, sd = estimates(after.mean, after.sd, exact)
    before, before_sd = estimates(prior.mean, prior.sd, exact)
    first = interval(prior, settings.level, settings.how)  # type: ignore[arg-type]
    kind = f"{level_words(settings.level)} {HOWS[settings.how]}"
    told: dict[str, tuple[str, ...]] = {
        "value": tuple(f"{v:g}" for v in settings.positions(handle)),
        "badge": ("exact",),
        "mean": mean,
        "sd": sd,
        "grid.mean.0": ("mean",),
        "grid.mean.1": before,
        "grid.mean.2": mean,
        "grid.sd.0": ("sd",),
        "grid.sd.1": before_sd,
        "grid.sd.2": sd,
        "grid.interval.0": (kind,),
        "grid.interval.1": _ends(first, prior.sd),
        "grid.interval.2": _ends(ends, after.sd),
        "grid.worth.0": (f"worth, in {s.many}",),
        "grid.worth.1": tuple(f"{w:,.4g}" for w in prior.worth),
        "grid.worth.2": tuple(f"{w:,.0f}" if w >= 1000 else f"{w:.4g}" for w in after.worth),
    }
    told |= _next(settings, prior, after)
    evidence = prior.log_evidence(seen)
    told["evidence"] = tuple(f"{e:,.2f}".replace("-", "−") for e in evidence)
    told["pull"] = tuple(f"{percent(p)} prior, {percent(d)} data" for p, d in zip(*pull(prior, seen), strict=True))
    told["seen"] = tuple(f"{int(n):,} {s.one if n == 1 else s.many}" for n in seen.n)
    told["strip"] = _strip(settings, handle)
    told["alt"] = tuple(
        f"After {n} the belief about the {s.parameter} has mean {m} and sd {d}; {kind} interval {e}. Before any data "
        f"the mean was {b}."
        for n, m, d, e, b in zip(told["seen"], mean, sd, told["grid.interval.2"], before, strict=True)
    )
    return told


def _ends(ends: tuple[FloatArray, FloatArray], sd: FloatArray) -> tuple[str, ...]:
    return tuple(span_words(*at) for at in zip(*ends, sd, strict=True))


def _next(settings: UpdatingSettings, prior: Belief, after: Belief) -> Mapping[str, tuple[str, ...]]:
    """Return what is expected of the next observation, before and after."""
    s = settings.spec
    if isinstance(prior, Beta):
        name, texts = "P(next is heads)", [tuple(percent(m) for m in b.mean) for b in (prior, after)]
        if s.one == "voter":
            name = "P(next says yes)"
    else:
        name = f"next {s.one}"
        texts = [
            tuple(f"{m:.1f} ± {d:.1f}" for m, d in zip(b.mean, b.predictive_sd, strict=True)) for b in (prior, after)
        ]
    return {"grid.next.0": (name,), "grid.next.1": texts[0], "grid.next.2": texts[1], "next": texts[1]}


def _strip(settings: UpdatingSettings, handle: str) -> tuple[str, ...]:
    """Return the observations seen so far, the last two dozen of them."""
    if settings.counted:
        heads, tails = settings.counted
        return (f"{heads:,} heads, {tails:,} tails",)
    places = settings.positions("seen") if handle == "seen" else np.array([settings.seen])
    signs = written(settings, settings.values())
    between = "" if settings.spec.family == "beta" else " "
    texts = []
    for place in places.astype(int):
        shown = between.join(signs[max(0, place - 24) : place])
        texts.append(f"… {shown}" if place > 24 else shown or "nothing yet")
    return tuple(texts)


def written(settings: UpdatingSettings, values: FloatArray) -> list[str]:
    """Return observations as one would type them."""
    if settings.spec.family == "beta":
        return ["H" if v else "T" for v in values]
    return [f"{v:.10g}" for v in values]
