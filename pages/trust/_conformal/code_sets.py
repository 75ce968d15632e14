"""The script that repeats what the conformal page shows of sets, from nothing but this project's packages."""

from __future__ import annotations

from bayes_core.models import Mlp
from pages._ui.suiting import in_python

from .look_sets import SIDE
from .scenes_sets import EVENLY, FITTED, FLOWERS, MOST, NEW, NOISE
from .settings_sets import SetSettings

_TEMPLATE = '''\
"""{title}: {level:.4g} promised from {points} calibration points{each}."""
{imports}

{data}
answer = fit(fitted, {model}, "{method}", {prior}, {budget}, seed={seed})

# The forecast: what the draws say together on a grid, straight lines between.
plane = Plane({plane.columns}, {plane.x_range}, {plane.y_range}, {plane.rest})
p = class_map(answer, plane.places({side})).probabilities{turned}
forecast = PlaneForecast.of(plane, p)


def scored(rows):
    return Scored(CLASS_SCORES["{score}"](forecast.at(rows.x), 0.0), rows.y.astype(int))


# The k-th smallest score of the calibration points is the threshold{of_each}.
mine = scored(aside.head({points}))
threshold = class_thresholds(mine.own, mine.labels, {level!r}, {kinds}, by_class={by_class})
print("thresholds          ", threshold.round(4))
{tried}
inside = every.scores <= threshold
held = inside[np.arange(len(every.labels)), every.labels]
by_class = [held[every.labels == k].mean() for k in range({kinds})]
print("held of each class  ", [round(100 * one, 1) for one in by_class])
{told}
print("new ones in their set", (new.own <= threshold[new.labels]).sum(), "of", len(new.labels))
'''

_MOONS = """\
world = replace(moons({fitted}, {seed}, {noise}), shares=({upper:g}, {lower:g}))
fitted = world.dataset()
aside = world.another({most}, {aside}).dataset()"""
_FLOWERS = """\
split = Split.of_rows(standardised(iris({features})), {flowers}, {seed})
fitted, aside = split.train, split.held_out"""
_OWN = """\
{rows}
every = standardised(Dataset.from_arrays(x, y, task="classification", classes={classes!r}))
two = replace(every, x=every.x[:, {columns}], feature_names=tuple(every.feature_names[k] for k in {columns}))
split = Split.of_rows(two, {count}, {seed})
fitted, aside = split.train, split.held_out.head({aside})"""
_EVERYONE = """
# Points that stand for all there can be, so that what is held is known and not counted.
every = scored(world.evenly({evenly}).dataset({noise!r}))
new = scored(world.another({count}, {new}).dataset({noise!r}))"""
_OTHERS = """
# Those that neither were fitted nor calibrate.
every = new = scored(replace(aside, x=aside.x[{points}:], y=aside.y[{points}:]))"""
_WEIGHED = """\
share = np.array([{rest!r}, {share!r}])
print("held of all, %      ", round(100 * (share * by_class).sum(), 1))
print("classes in a set    ", round((share * [inside[every.labels == k].sum(1).mean() for k in (0, 1)]).sum(), 2))"""
_COUNTED = """\
print("held of all, %      ", round(100 * held.mean(), 1))
print("classes in a set    ", round(inside.sum(1).mean(), 2))"""


def script(settings: SetSettings) -> str:
    """Return a runnable script for exactly these settings."""
    s, who, crowd = settings, settings.who, settings.crowd
    points, kinds = int(s.points), len(crowd.aside(s.seed).classes)
    if crowd.repeats:
        data = _MOONS.format(
            fitted=FITTED, seed=s.seed, noise=NOISE, upper=crowd.upper, lower=crowd.lower, most=MOST,
            aside=crowd.seed_aside(s.seed),
        )  # fmt: skip
        tried, told = (
            _EVERYONE.format(evenly=EVENLY, noise=s.noise, count=NEW, new=crowd.seed_new(s.seed)),
            _WEIGHED.format(rest=s.rest, share=s.share),
        )
    elif crowd.own is not None:
        rows = crowd.own.dataset
        data = _OWN.format(
            rows=in_python(rows), classes=list(rows.classes), columns=[crowd.own.along, crowd.own.across],
            count=crowd.count, seed=s.seed, aside=len(crowd.aside(s.seed).y),
        )  # fmt: skip
        tried, told = _OTHERS.format(points=points), _COUNTED
    else:
        data = _FLOWERS.format(features=crowd.features, flowers=FLOWERS, seed=s.seed)
        tried, told = _OTHERS.format(points=points), _COUNTED
    reads = [f"{part}={getattr(who.budget, part)}" for part in who.reads]
    return _TEMPLATE.format(
        title=s.spec.title,
        level=s.level,
        points=points,
        each=", for each class" if s.by_class else "",
        of_each=", of each class its own" if s.by_class else "",
        imports=_imports(s),
        data=data,
        model=f"Mlp({who.model.hidden})" if isinstance(who.model, Mlp) else "Linear()",
        method=who.method,
        prior=f"Prior({who.prior.width:g})",
        budget=f"Budget({', '.join(reads)})",
        seed=s.seed,
        plane=crowd.plane,
        side=SIDE[kinds],
        turned="[:, " + str([kinds - 1, *range(kinds - 1)]) + "]  # names swapped" if who.swapped else "",
        score=s.scoring,
        kinds=kinds,
        by_class=s.by_class,
        tried=tried,
        told=told,
    )


def _imports(settings: SetSettings) -> str:
    moons = settings.crowd.repeats
    lines = ["from dataclasses import replace", "", "import numpy as np", ""]
    lines.append(f"from bayes_core import Budget, {type(settings.who.model).__name__}, Prior, fit")
    if settings.crowd.own is not None:
        lines[-1] = lines[-1].replace("Budget, ", "Budget, Dataset, ")
    lines += ["from bayes_core.data import moons"] if moons else [
        *(["from bayes_core.data import iris"] if settings.crowd.own is None else []),
        "from bayes_core.data.source import standardised",
        "from bayes_core.data.split import Split",
    ]  # fmt: skip
    lines += [
        "from bayes_core.evaluation.class_map import Plane, class_map",
        "from bayes_core.evaluation.conformal import CLASS_SCORES, PlaneForecast, Scored, class_thresholds",
    ]
    return "\n".join(lines)
