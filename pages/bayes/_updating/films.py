"""Settings -> prior, data, posterior -> numbers and words along one handle of the updating page."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import streamlit as st

from bayes_core import summary
from bayes_core.checks import FloatArray
from bayes_core.figures import updating as figures
from bayes_core.figures.film import Film, pack
from bayes_core.figures.frames import Frames
from bayes_core.foundations.conjugate.belief import Belief, Seen
from bayes_core.foundations.conjugate.beta import Beta
from bayes_core.foundations.conjugate.interval import interval
from bayes_core.intervals import level_words
from bayes_core.summaries.summary import percent

from .settings import HOWS, NEXT_FLIPS, UpdatingSettings, belief

SHUFFLES = 5
ROWS = ("mean", "sd", "interval", "worth", "next")


def axis(settings: UpdatingSettings) -> tuple[float, float]:
    """Return the ends of the parameter's axis: the scene's, wider for typed data that need it, or close around."""
    s = settings.spec
    low, high = s.axis
    if s.family != "beta" and settings.data:
        values = settings.values()
        low, high = (
            min(low, float(values.min())),
            max(high, float(1.2 * values.max() if s.family == "gamma" else values.max())),
        )
    elif s.family == "beta" and settings.data:
        low, high = 0.0, 1.0
    if not settings.close:
        return low, high
    after = settings.prior().learn(seen_now(settings))
    middle, reach = float(after.mean), 6 * float(after.sd)
    least = 0.0 if s.family != "normal" else -np.inf
    most = 1.0 if s.family == "beta" else np.inf
    return max(middle - reach, least), min(middle + reach, most)


def along(settings: UpdatingSettings) -> Seen:
    """Return what was seen after 0, 1, ... observations; typed counts only as a whole."""
    return Seen.along(settings.values())


def _pick(seen: Seen, places: FloatArray) -> Seen:
    at = places.astype(int)
    return Seen(seen.n[at], seen.total[at], seen.scatter[at], seen.log_factorials[at])


def seen_now(settings: UpdatingSettings) -> Seen:
    """Return what has been seen where the handle stands."""
    if settings.counted:
        return settings.all_seen()
    one = _pick(along(settings), np.array([settings.seen]))
    return Seen(one.n[0], one.total[0], one.scatter[0], one.log_factorials[0])


def track(settings: UpdatingSettings, handle: str) -> tuple[Belief, Seen]:
    """Return priors (V,) and what they have seen (V,) along one handle."""
    values = settings.positions(handle)
    centre = values if handle == "centre" else np.full(len(values), settings.centre)
    worth = values if handle == "worth" else np.full(len(values), settings.worth)
    prior = belief(settings.spec.family, centre, worth, settings.spec.noise)
    if handle == "seen":
        return prior, _pick(along(settings), values)
    now = seen_now(settings)
    fields = (now.n, now.total, now.scatter, now.log_factorials)
    return prior, Seen(*(np.full(len(values), float(part)) for part in fields))


def rivals(settings: UpdatingSettings, size: int) -> dict[str, Belief]:
    """Return the scene's rival priors, repeated along a handle."""
    s = settings.spec
    return {name: belief(s.family, np.full(size, m), np.full(size, w), s.noise) for name, (m, w) in s.rivals.items()}


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
        numbers = figures.belief_numbers(prior, after, seen, ends, low, high)
    elif settings.view == "rivals":
        rival = {"yours": after} | {name: b.learn(seen) for name, b in rivals(settings, len(values)).items()}
        numbers = figures.rival_numbers(rival, low, high)
    elif settings.view == "predict":
        with np.errstate(divide="ignore", invalid="ignore"):  # values far apart leave every prediction between them
            numbers = figures.prediction_numbers(prior, after, next_values(settings), NEXT_FLIPS)
        numbers |= {"before dots.y": numbers["before.y"], "after dots.y": numbers["after.y"]}
    else:
        numbers = _paths(settings, handle, prior)
    return pack(Frames(handle, values, numbers, _words(settings, handle, prior, after, seen, ends)))


def next_values(settings: UpdatingSettings) -> FloatArray:
    """Return the values that the next observation, or the next ten flips, can take."""
    low, high = axis(settings)
    if settings.spec.family == "beta":
        return np.arange(NEXT_FLIPS + 1, dtype=float)
    if settings.spec.family == "gamma":
        top = int(np.ceil(1.5 * high))
        return np.unique(np.round(np.linspace(0, top, min(top, 120) + 1)))  # large counts: every so many
    return np.linspace(low, high, 121)


def path_places(settings: UpdatingSettings) -> FloatArray:
    """Return the numbers of data at which paths are drawn."""
    return settings.positions("seen")


def paths_at_home(settings: UpdatingSettings) -> dict[str, FloatArray]:
    """Return the evidence paths where the handles stand, for the axis."""
    prior = belief(settings.spec.family, np.array([settings.centre]), np.array([settings.worth]), settings.spec.noise)
    return {name: rows[0] for name, rows in _evidence(settings, prior).items()}


def _evidence(settings: UpdatingSettings, prior: Belief) -> dict[str, FloatArray]:
    """Return log10 of each prior's evidence over the flat prior's, (V or 1, places)."""
    places = path_places(settings)
    seen = _pick(along(settings), places)
    flat = figures.belief_at(rivals(settings, 1)["flat"], 0).log_evidence(seen)
    out = {}
    for name, rival in ({"yours": prior} | rivals(settings, 1)).items():
        rows = [figures.belief_at(rival, v).log_evidence(seen) - flat for v in range(len(rival.mean))]
        out[name] = np.array(rows) / np.log(10)
    return out


def _paths(settings: UpdatingSettings, handle: str, prior: Belief) -> dict[str, FloatArray]:
    """Return the numbers of the evidence and the order views."""
    places, size = path_places(settings), len(settings.positions(handle))
    here = settings.positions("seen") if handle == "seen" else np.full(size, settings.seen)
    if settings.view == "evidence":
        made = _evidence(settings, prior)
    else:
        made = {}
        for k, values in enumerate(orders(settings)):
            seen = _pick(Seen.along(values), places)
            made[f"order{k}"] = np.array([figures.belief_at(prior, v).learn(seen).mean for v in range(size)])
    numbers = {}
    for name, rows in made.items():
        full = np.broadcast_to(rows, (size, len(places)))
        numbers[f"{name}.y"] = np.where(places[None, :] <= here[:, None], full, np.nan)
    return numbers


def orders(settings: UpdatingSettings) -> list[FloatArray]:
    """Return the seen data in the order they came and in some others; what has not been seen yet stays in its place."""
    values, seen = settings.values(), int(settings.seen)
    made = [values]
    for k in range(SHUFFLES):
        random = np.random.default_rng([settings.seed, 20 + k])
        made.append(np.concatenate([random.permutation(values[:seen]), values[seen:]]))
    return made


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
    mean, sd = estimates(after, s.family)
    before, before_sd = estimates(prior, s.family)
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
    share = prior.worth / (prior.worth + seen.n)
    told["pull"] = tuple(f"{percent(p)} prior, {percent(1 - p)} data" for p in share)
    told["seen"] = tuple(f"{int(n):,} {s.one if n == 1 else s.many}" for n in seen.n)
    told["strip"] = _strip(settings, handle)
    told["alt"] = tuple(
        f"After {n} the belief about the {s.parameter} has mean {m} and sd {d}; {kind} interval {e}. Before any data "
        f"the mean was {b}."
        for n, m, d, e, b in zip(told["seen"], mean, sd, told["grid.interval.2"], before, strict=True)
    )
    return told


def estimates(some: Belief, family: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the texts (V,) of mean and sd, with the digits that the sd makes worth reading."""
    pairs = list(zip(some.mean, some.sd, strict=True))
    places = [summary.decimals(float(m), float(d)) for m, d in pairs]
    means = tuple(summary.number(float(m), p) for (m, _), p in zip(pairs, places, strict=True))
    return means, tuple(summary.number(float(d), p) for (_, d), p in zip(pairs, places, strict=True))


def _ends(ends: tuple[FloatArray, FloatArray], sd: FloatArray) -> tuple[str, ...]:
    texts = []
    for low, high, d in zip(*ends, sd, strict=True):
        places = summary.decimals(0.0, float(d))
        texts.append(f"{summary.number(float(low), places)} to {summary.number(float(high), places)}")
    return tuple(texts)


def _next(settings: UpdatingSettings, prior: Belief, after: Belief) -> Mapping[str, tuple[str, ...]]:
    """Return what is expected of the next observation, before and after."""
    s = settings.spec
    if isinstance(prior, Beta):
        name, texts = "P(next is heads)", [tuple(percent(m) for m in b.mean) for b in (prior, after)]
        if s.one == "voter":
            name = "P(next says yes)"
    else:
        name = f"next {s.one}"
        spread = [
            np.hypot(b.sd, s.noise) if s.family == "normal" else np.sqrt(b.mean + b.sd**2) for b in (prior, after)
        ]
        texts = [
            tuple(f"{m:.1f} ± {d:.1f}" for m, d in zip(b.mean, sd, strict=True))
            for b, sd in zip((prior, after), spread, strict=True)
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
