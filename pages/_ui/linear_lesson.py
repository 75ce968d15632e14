"""The linear lesson: settings -> world -> sweep -> frames, cached, and the picture they fill."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import streamlit as st

from bayes_core import summary
from bayes_core.compare import distance
from bayes_core.coverage import coverage
from bayes_core.data import World
from bayes_core.figures.frames import Frames
from bayes_core.figures.linear import CONCEPT, figure, frames
from bayes_core.inference import METHODS, Step, fit, fit_steps
from bayes_core.inference.exact import posterior
from bayes_core.models import Linear
from bayes_core.predict import predict
from bayes_core.sweep import Lens, Sweep, Track, sweep
from bayes_core.types import Budget, Fit, FloatArray, Prior, level_words

from .linear_scenes import POINTS, SCENES, Scene
from .link import number, number_in, one_of, whole_in
from .live import Film, Handle, Label, Picture, as_json, pack
from .words import coloured, words

PAGE = "linear/posterior"
LEVELS = (0.8, 0.9, 0.95, 0.99)
HANDLES = ("width", "noise")
NAMES = {"coef[0]": "slope", "intercept": "intercept", "sigma": "noise"}
SAMPLED = ("nuts", "vi_meanfield", "vi_fullrank")
WORLDS = 2000
MODEL = Linear()


@dataclass(frozen=True)
class LinearSettings:
    """Everything that decides what the linear page shows; every field is a name in the link."""

    scene: str
    width: float
    noise: float
    points: int
    seed: int
    level: float = 0.9
    method: str = "exact"

    @classmethod
    def at_start(cls, scene: str = "five", **changes: Any) -> LinearSettings:
        """Return a scene's own settings, with some of them changed; handles snap to their nearest position."""
        s = SCENES[scene]
        start = cls(scene, s.width, s.noise, s.points, s.seed)
        return replace(start, **changes).snapped()

    @classmethod
    def from_link(cls, values: dict[str, Any], notes: list[str]) -> LinearSettings:
        """Return a link's settings; a handle outside its scene's range stays at its start, with a note."""
        scene = values.get("scene", "five")
        kept = dict(values)
        for handle in set(HANDLES) & set(values):
            positions = SCENES[scene].positions(handle)
            try:
                number_in(float(positions[0]), float(positions[-1]))(f"{values[handle]:g}")
            except ValueError as error:
                notes.append(f"{handle}: {error}")
                del kept[handle]
        return cls.at_start(**kept)

    def snapped(self) -> LinearSettings:
        """Return the settings with both handles on one of their positions."""
        at = {h: float(self.spec.positions(h)[i]) for h, i in self.home().items()}
        return replace(self, **at)

    @property
    def spec(self) -> Scene:
        """Return the scene itself."""
        return SCENES[self.scene]

    def home(self) -> dict[str, int]:
        """Return the position of each handle."""
        return {h: int(np.abs(np.log(self.spec.positions(h) / getattr(self, h))).argmin()) for h in HANDLES}

    def link(self) -> dict[str, str]:
        """Return what the address must say: the fields that differ from the page's, or the scene's, start."""
        start = LinearSettings.at_start(self.scene)
        params = {} if self.scene == "five" else {"scene": self.scene}
        for name in ("width", "noise", "points", "seed", "level", "method"):
            value = getattr(self, name)
            if value != getattr(start, name):
                params[name] = f"{value:g}" if isinstance(value, float) else str(value)
        return params

    @property
    def stamp(self) -> str:
        """Return the name of the question apart from where the handles stand."""
        return f"{self.scene}|{self.points}|{self.seed}|{self.level:g}|{self.method}"

    def world(self) -> World:
        """Return the world of this scene with its number of points and seed."""
        return self.spec.world(n=self.points, seed=self.seed)

    def prior(self) -> Prior:
        """Return the prior that the handles say."""
        return Prior(self.width, self.spec.noise_prior)


def _point_count(text: str) -> int:
    count = whole_in(min(POINTS), max(POINTS))(text)
    if count not in POINTS:
        raise ValueError(f"{count} is not one of {', '.join(map(str, POINTS))}")
    return count


def _level(text: str) -> float:
    level = number_in(min(LEVELS), max(LEVELS))(text)
    if level not in LEVELS:
        raise ValueError(f"{text[:40]} is not one of {', '.join(map(str, LEVELS))}")
    return level


PARSERS = {
    "scene": one_of(tuple(SCENES)),
    "width": number,  # each scene has its own range: see LinearSettings.from_link
    "noise": number,
    "points": _point_count,
    "seed": whole_in(0, 2**32 - 1),
    "level": _level,
    "method": one_of(tuple(METHODS)),
}


# ------------------------------------------------------------------ what is computed
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


def _others(settings: LinearSettings, handle: str) -> LinearSettings:
    """Return the settings with the moved handle at its start: what a closed-form film really depends on."""
    return replace(settings, **{handle: getattr(settings.spec, handle)})


def film(settings: LinearSettings, handle: str, answer: Fit | None = None) -> Film:
    """Return the film of one handle; exact ones are cached, since the moved handle itself plays no part."""
    if answer is None:
        return _cached_film(_others(settings, handle), handle)
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
    settings = replace(settings, **{handle: getattr(settings.spec, handle)})
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
    where = "nowhere" if len(over) == 0 else "everywhere" if len(over) == len(x) else f"▼ for x {_spans(over, x[:, 0])}"
    told = {
        "distance.w1": f"{gap.wasserstein.mean():.2f} sd",
        "distance.mean": f"{np.abs(gap.mean_gap).max():.2f} sd",
        "distance.width": f"{gap.sd_ratio.min():.2f} to {gap.sd_ratio.max():.2f} ×",
        "distance.where": where,
    }
    spoken = {name: tuple(text if v == home else "–" for v in range(len(values))) for name, text in told.items()}
    return pack(Frames(handle, values, {}, spoken))


def _spans(part: FloatArray, grid: FloatArray) -> str:
    """Return "below 2, above 7": where on the grid the points of `part` lie."""
    inside = np.isin(grid, part)
    edges = np.flatnonzero(np.diff(inside.astype(int)))
    starts = [0, *(edges + 1)]
    runs = [(a, b) for a, b in zip(starts, [*edges, len(grid) - 1], strict=True) if inside[a]]
    return ", ".join(
        f"below {grid[b]:.3g}"
        if a == 0
        else f"above {grid[a]:.3g}"
        if b == len(grid) - 1
        else f"{grid[a]:.3g} to {grid[b]:.3g}"
        for a, b in runs
    )


# ------------------------------------------------------------------ fits that take time
_AT_WORK = threading.BoundedSemaphore(2)  # more fits at once than cores only makes all of them late
_BUDGET = Budget(draws=2000, warmup=1000, chains=4, steps=2000)


@st.cache_resource
def _kept() -> OrderedDict[LinearSettings, Fit]:
    return OrderedDict()


def _question(settings: LinearSettings) -> LinearSettings:
    return replace(settings, level=LEVELS[0])  # the interval level plays no part in a fit


def kept_fit(settings: LinearSettings) -> Fit | None:
    """Return the fit of these settings if it is still at hand."""
    return _kept().get(_question(settings))


def run(settings: LinearSettings) -> Iterator[Step]:
    """Fit step by step, at most two at a time, and keep the finished fit."""
    data = settings.world().dataset(settings.noise)
    with _AT_WORK:
        for step in fit_steps(data, MODEL, settings.method, settings.prior(), _BUDGET, seed=settings.seed):
            if step.fit is not None and step.fit.diagnostics.complete:
                kept = _kept()
                kept[_question(settings)] = step.fit
                while len(kept) > 64:
                    kept.popitem(last=False)
            yield step


def quick_fit(settings: LinearSettings) -> Fit:
    """Return a fit in closed form: exact, prior or map."""
    data = settings.world().dataset(settings.noise)
    return fit(data, MODEL, settings.method, settings.prior(), _BUDGET, seed=settings.seed)


def log_evidence(settings: LinearSettings) -> float:
    """Return the exact log evidence of these settings."""
    return float(posterior(settings.world().dataset(settings.noise), MODEL, settings.prior()).log_evidence[0])


# ------------------------------------------------------------------ the picture
@st.cache_data(max_entries=100, show_spinner=False)
def _figure(settings: LinearSettings) -> dict[str, Any]:
    """Return the figure's plotly JSON; films bring its values, so any handle position will do."""
    sampled = settings.method in SAMPLED
    stand_in = replace(settings, method="map" if sampled else settings.method)
    asked = track(stand_in, "width")
    asked = replace(asked, values=asked.values[:1], y=asked.y[:1], width=asked.width[:1])
    swept = sweep(asked, lens(stand_in), MODEL, stand_in.method)
    if sampled:
        swept = replace(swept, members=np.repeat(swept.members, lens(settings).members, axis=1))
    truth = settings.world().truth(lens(stand_in).x)
    made: dict[str, Any] = as_json(figure(swept, settings.spec.axes, settings.method, truth).to_plotly_json())
    for trace in made["data"]:
        if sampled and trace["name"] in (*swept.intervals, "members"):
            trace["y"] = [None] * len(trace["x"])  # nothing is drawn before there are draws
    return made


def _labels(settings: LinearSettings) -> tuple[Label, ...]:
    level, one = level_words(settings.level), settings.spec.point[0]
    method = settings.method
    colour = CONCEPT.get(method, "posterior")
    kind = "prior" if method == "prior" else "credible"
    labels = [
        Label(
            "predictive",
            f"{level} predictive",
            f"a new {one} falls here",
            "aleatoric",
            (("predictive", "high"),),
            1.5,
        )
    ]
    if method == "map":
        labels.append(Label("credible", "MAP", "one line, no band", colour, (("credible", "high"),)))
    else:
        middle = (("credible", "high"), ("inner", "high"))
        labels.append(Label("credible", f"{level} {kind}", "the mean line is here", colour, middle, 4))
        labels.append(Label("inner", f"50 % {kind}", "even odds", colour, (("inner", "high"), ("inner", "low")), 8))
    if method != "exact":
        truth = "posterior" if method == "prior" else "exact answer"
        labels.append(Label("reference", truth, f"{level}, both kinds", "reference", (("reference", "low"),)))
    labels.append(Label("truth", "truth", "hidden in real life", "truth", (("truth", "high"),)))
    return tuple(labels)


def _panels(settings: LinearSettings, present: bool) -> tuple[dict[str, Any], ...]:
    spec, method = settings.spec, settings.method
    colour = CONCEPT.get(method, "posterior")
    panels: list[dict[str, Any]] = [{"type": "heading", "text": "What the model now believes", "badge": "badge"}]
    names = {"slope": "slope", "intercept": "intercept", "noise": "noise σ"}
    for (name, title), unit, (low, high), ticks in zip(names.items(), spec.units, spec.views, spec.ticks, strict=True):
        if present and name == "intercept":
            continue
        ends = {"low": low, "high": high, "ticks": ticks}
        panels.append({"type": "spark", "id": name, "name": title, "unit": unit, "concept": colour} | ends)
    panels.append(
        {"type": "meter", "text": "Can you trust the band?", "badge": "simulated", "promised": settings.level}
    )
    if method in (*SAMPLED, "map"):
        rows = [
            ["distance (Wasserstein-1)", "distance.w1"],
            ["largest gap of the mean", "distance.mean"],
            ["width, as a share of exact", "distance.width"],
            ["over-confident", "distance.where"],
        ]
        panels.append({"type": "rows", "text": "Distance to the exact answer", "badge": "badge", "rows": rows})
    axes = {}
    for side, (name, view, ticks, unit) in {
        "x": ("slope", spec.views[0], spec.ticks[0], spec.units[0]),
        "y": ("intercept", spec.views[1], spec.ticks[1], spec.units[1]),
    }.items():
        axes[side] = {
            "id": name,
            "low": view[0],
            "high": view[1],
            "ticks": ticks,
            "title": f"{name}, {unit}".rstrip(", "),
        }
    panels.append(
        {
            "type": "joint",
            "text": "Every line is one point",
            "outlines": [f"joint.{settings.level:g}", "joint.0.5"],
            "concept": colour,
            "hint": "Point at a line, or at a dot.",
            "alt": "Slope against intercept: one dot for every line drawn. Arrow keys walk from line to line.",
        }
        | axes
    )
    return tuple(panels)


def picture(settings: LinearSettings, present: bool, **state: Any) -> Picture:
    """Return the picture of these settings, ready for the live chart."""
    reach = float(settings.world().x.max())
    return Picture(
        figure=_figure(replace(settings, width=settings.spec.width, noise=settings.spec.noise)),
        stamp=settings.stamp,
        labels=_labels(settings),
        panels=_panels(settings, present),
        note={"text": settings.spec.note, "from": reach},
        present=present,
        **state,
    )


def handles(settings: LinearSettings, is_locked: Any) -> tuple[Handle, ...]:
    """Return the two handles of the chart with their words."""
    text, spec, start = words(PAGE), settings.spec, LinearSettings.at_start(settings.scene).home()
    unit = {"width": "", "noise": f" {spec.units[2]}" if 0 < len(spec.units[2]) < 4 else ""}
    looks = {"width": (("prior width", ""), "prior"), "noise": (("noise", " in the data"), "aleatoric")}
    made = []
    for (name, (label, concept)), ends in zip(looks.items(), spec.ends, strict=True):
        values = spec.positions(name)
        texts = tuple(f"{summary.number(float(v), 0 if v >= 10 else 1 if v >= 1 else 2)}{unit[name]}" for v in values)
        sentence = coloured(text[f"said {name}"].replace("{unit}", spec.units[0]))
        made.append(
            Handle(
                name,
                label,
                concept,
                tuple(values.tolist()),
                texts,
                start[name],
                ends,
                sentence,
                is_locked(name),
            )
        )
    return tuple(made)
