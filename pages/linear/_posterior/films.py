"""Settings -> world -> sweep -> frames -> film: what the linear page's handles scrub through, cached."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from bayes_core.evaluation.compare import distance
from bayes_core.evaluation.coverage import coverage
from bayes_core.figures.curves import spans
from bayes_core.figures.film import Film, pack
from bayes_core.figures.frames import Frames
from bayes_core.figures.linear import frames
from bayes_core.inference import METHODS
from bayes_core.inference.exact import posterior
from bayes_core.intervals import level_words
from bayes_core.predict import predict
from bayes_core.summaries.sweep import Lens, Sweep, Track, sweep
from bayes_core.types import Fit

from .settings import MODEL, LinearSettings

NAMES = {"coef[0]": "slope", "intercept": "intercept", "sigma": "noise"}
WORLDS = 2000


def lens(settings: LinearSettings) -> Lens:
    """Return how this scene is looked at."""
    spec = settings.spec
    grids = {name: np.linspace(*view, 72) for name, view in zip(NAMES, spec.views, strict=True)}
    return Lens(np.linspace(*spec.axes.x_range, 61)[:, None], grids, settings.level, seed=settings.seed)


def track(settings: LinearSettings, handle: str) -> Track:
    """Return the questions along one handle, the other standing where it stands."""
    spec, world = settings.spec, settings.world()
    values = spec.positions(handle)
    widths = values if handle == "width" else np.full(len(values), settings.width)
    noises = values if handle == "noise" else np.full(len(values), settings.noise)
    return Track(handle, values, world.x, world.outcomes(noises), widths, spec.noise_prior)


def film(settings: LinearSettings, handle: str, answer: Fit | None = None) -> Film:
    """Return the film of one handle; exact ones are cached, since the moved handle itself plays no part."""
    if answer is None:
        return _cached_film(settings.others(handle), handle)
    swept = sweep(track(settings, handle), lens(settings), MODEL, settings.method, answer, settings.home()[handle])
    return pack(_frames(settings, handle, swept, answer.diagnostics.badge))


@st.cache_data(max_entries=400, show_spinner=False)
def _cached_film(settings: LinearSettings, handle: str) -> Film:
    return pack(_frames(settings, handle, sweep(track(settings, handle), lens(settings), MODEL, settings.method)))


def _frames(settings: LinearSettings, handle: str, swept: Sweep, badge: str = "") -> Frames:
    world, spec = settings.world(), settings.spec
    noise = swept.track.values if handle == "noise" else np.array([settings.noise])
    truths = {"coef[0]": world.coef[:1], "intercept": np.array([world.intercept]), "sigma": noise}
    made = frames(swept, spec.axes, NAMES, truths, spec.point)
    return replace(made, words={**made.words, "badge": (badge or METHODS[settings.method].answer,)})


@st.cache_data(max_entries=400, show_spinner=False)
def waiting_film(settings: LinearSettings, handle: str) -> Film:
    """Return the film to show while a method is at work: the data and the exact answer, none of its own bands."""
    exact = replace(settings, method="map" if settings.points > 2 else "exact")
    full = _frames(exact, handle, sweep(track(exact, handle), lens(exact), MODEL, exact.method))
    keep = {name: full.numbers[name] for name in ("data.y", "reference.y") if name in full.numbers}
    return pack(
        Frames(
            handle,
            full.values,
            keep,
            {"value": full.words["value"], "alt": ("An answer is being computed.",)},
        )
    )


@st.cache_data(max_entries=400, show_spinner=False)
def meter_film(settings: LinearSettings, handle: str) -> Film:
    """Return the honesty meter at every position of a handle: real coverage over repeated worlds."""
    settings = settings.others(handle)
    asked, world = track(settings, handle), settings.world()
    shocks = np.random.default_rng([settings.seed, 7]).standard_normal((WORLDS, settings.points))
    noises = asked.values if handle == "noise" else np.full(len(asked.values), settings.noise)
    same = world.repeat(shocks, settings.noise)
    repeated = [world.repeat(shocks, noise) for noise in noises] if handle == "noise" else [same] * len(noises)
    places = np.linspace(*settings.spec.axes.x_range, 5)[:, None]
    told = coverage(
        MODEL.design(world.x),
        repeated,
        asked.width,
        asked.noise,
        MODEL.design(places),
        world.truth(places),
        settings.level,
    )
    band = "credible band" if settings.method == "exact" else "exact credible band"
    sentences = tuple(
        f"In {WORLDS:,} repeated worlds with these settings, the {level_words(settings.level)} {band} held the "
        f"true line {100 * share:.0f} ± {max(100 * error, 0.1):.1f} % of the time.".replace(" %", "\u00a0%")
        for share, error in zip(told.share, told.mcse, strict=True)
    )
    spoken = {
        "meter.share": tuple(f"{share:.2f}" for share in told.share),
        "meter.verdict": tuple(told.verdict(v) for v in range(len(told.share))),
        "meter.words": sentences,
    }
    return pack(Frames(handle, asked.values, {"meter.share": told.share[:, None]}, spoken))


def distance_film(settings: LinearSettings, handle: str, answer: Fit) -> Film:
    """Return how far a fit is from the exact answer: known where the handle stands, a dash elsewhere."""
    values, home = settings.spec.positions(handle), settings.home()[handle]
    data = settings.world().dataset(settings.noise)
    x = lens(settings).x
    gap = distance(predict(answer, x), posterior(data, MODEL, settings.prior()), MODEL.design(x))
    over = gap.over_confident
    some = f"▼ for x {spans(over, x[:, 0], digits=3, beyond=True)}"
    where = "nowhere" if not over else "everywhere" if len(over) == len(x) else some
    told = {
        "distance.w1": f"{gap.wasserstein.mean():.2f} sd",
        "distance.mean": f"{np.abs(gap.mean_gap).max():.2f} sd",
        "distance.width": f"{gap.sd_ratio.min():.2f} to {gap.sd_ratio.max():.2f} ×",
        "distance.where": where,
    }
    spoken = {name: tuple(text if v == home else "–" for v in range(len(values))) for name, text in told.items()}
    return pack(Frames(handle, values, {}, spoken))
