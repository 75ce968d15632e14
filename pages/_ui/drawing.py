"""Drawing: a reader adds points to the picture, moves them and takes them away, and the answer follows.

    drew(visit, told)        the browser tells the whole set after every change      told_of(visit)    what it hears
    follow(visit)            the part of the page that answers while a point is held

A drawing is a reader's own data (own.py) on the axes of the scene that it began with; `undo` takes the last change
back, `reset` returns to that scene's own points. Below the fewest points that an answer needs the prior is shown. Where
both axes are inputs every point has a class.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite
from typing import Any

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.source import Axes, Scale, Source
from bayes_core.figures.film import pack
from bayes_core.types import Dataset

from . import own, staging
from .fields import Handle, fields_of
from .holding import held, of_data
from .live.held import Answered, held_answer
from .live.plain import plain
from .nearby import Near, nearby
from .probing import Across
from .settings import PageSettings

MOST = 200
FEWEST = 3
_STEPS = 50
"""Changes that can be taken back: no more than own.py remembers data of."""
_FINEST = 20_000
"""Places along an axis: a scene's own points are kept to these, so that a drawing fits into a link."""
_FINEST_OF_CLASSES = 2_000
"""The same where both axes are inputs: half a pixel, and a link holds 200 points of three numbers each."""
Points = tuple[FloatArray, ...]
"""Where points are along both axes and, of classes, which codes they have."""


@dataclass(frozen=True)
class Stand:
    """A place to go back to: the settings, the reader's own data then, and points without an answer, and why."""

    settings: Any
    data: own.Own | None
    few: Points | None = None
    why: str = ""


@dataclass
class Drawing:
    """What a session remembers of a drawing; `scene` is the one that shows it now, `count` the last set told."""

    base: Stand
    scene: str
    past: list[Stand] = field(default_factory=list)
    count: int = 0
    few: Points | None = None
    why: str = ""
    refused: str = ""

    @property
    def of(self) -> str:
        """Return the name of the scene that it began with."""
        return str(self.base.settings.scene)

    @property
    def changed(self) -> bool:
        """Return whether the points are not those of that scene any more."""
        return self.few is not None or self.scene != self.of


# ------------------------------------------------------------------------------------------------- what is offered
def why_not(settings: Any) -> str:
    """Return why there is no drawing on a picture that shows a source's rows, "" where there is."""
    source = settings.chart
    data = own.named(settings.scene).source.dataset if settings.brought else source.dataset
    inputs, rows = data.x.shape[1], len(source.dataset.y)
    both = source.across is not None
    if inputs > 1 + both:
        along = "two of them" if both else "one of them"
        return f"These data have {inputs} inputs: a point drawn along {along} would have no value of the others."
    if settings.brought and not both and own.named(settings.scene).source.axes != source.axes:
        return "This lesson shows your data in standard deviations: draw on a page that shows them in their own units."
    if rows > MOST:
        return f"A drawing has at most {MOST} points, and these are {rows:,}."
    if settings.asks:
        return "Points can be drawn once you have guessed."
    return ""


def told_of(visit: Any) -> dict[str, Any] | None:
    """Return what the browser hears of the drawing; nothing where the picture shows no rows that could be drawn."""
    settings: PageSettings = visit.settings
    source = settings.chart
    if source is None or staging.locked("draw") or staging.hidden("answer"):
        return None
    drawing, why = _known(visit), why_not(settings)
    x, y, *codes = ([] if why else part.tolist() for part in _points(settings, drawing))
    axes = source.axes
    return {
        "open": not why,
        "why": why,
        "refused": drawing.refused,
        "rule": drawing.why or settings.drawn_as,
        "of": drawing.of,
        "x": x,
        "y": y,
        "k": list(map(int, *codes)) if codes else [],
        "kinds": list(source.dataset.classes),
        "count": drawing.count,
        "most": MOST,
        "fewest": FEWEST,
        "few": drawing.few is not None,
        "live": not why and settings.exact and drawing.few is None,
        "changed": drawing.changed,
        "undo": bool(drawing.past),
        "empty": not why and _has_prior(settings) and not staging.locked("method"),
        "names": {"x": _around(axes.x_title, axes.x_range), "y": _around(axes.y_title, axes.y_range)},
    }


def _around(title: str, ends: tuple[float, float]) -> tuple[str, str]:
    axis = Across.of(title, ends)
    return axis.before, axis.unit


def _has_prior(settings: Any) -> bool:
    if settings.chart.across is not None:
        return False  # a map of classes shows more than the prior, and all of it would be of points that are gone
    method = fields_of(settings).get("method")
    return method is not None and "prior" in getattr(method, "options", ())


def _known(visit: Any) -> Drawing:
    """Return the drawing that is on screen; a new one where the reader has gone elsewhere since."""
    known: Drawing | None = visit.memory.drawing
    if known is None or known.scene != visit.settings.scene:
        known = Drawing(Stand(visit.settings, own.current()), visit.settings.scene)
        visit.memory.drawing = known
    return known


def here(visit: Any) -> bool:
    """Return whether the reader's data are a drawing that was made on this page, which says so itself."""
    known: Drawing | None = visit.memory.drawing
    return known is not None and known.scene == visit.settings.scene and known.changed


def _points(settings: Any, drawing: Drawing) -> Points:
    if drawing.few is not None:
        return drawing.few
    return points_of(settings.chart)


def points_of(source: Source) -> Points:
    """Return where a source's rows are on its axes, with their classes where the vertical one is an input."""
    if source.across is None:
        return source.seen, source.dataset.y
    return source.seen, source.dataset.x[:, source.across], source.dataset.y


# --------------------------------------------------------------------------------------------------- what is told
def drew(visit: Any, told: Mapping[str, Any]) -> None:
    """Hear of a drawing: a whole `set` of points, `undo` of the last change, or `reset` to the scene's own points."""
    visit.memory.touched = True
    settings, offered = visit.settings, told_of(visit)
    if offered is None or not offered["open"] or told.get("of") != offered["of"]:
        return
    drawing, count = _known(visit), _whole(told.get("count"))
    if count <= drawing.count:  # it was heard, and told again
        return
    drawing.count, drawing.refused = count, ""
    do = told.get("do", "set")
    if do == "undo" and drawing.past:
        _go(visit, drawing, drawing.past.pop())
    elif do == "reset" and drawing.changed:
        drawing.past = [*drawing.past, _here(drawing, settings)][-_STEPS:]
        _go(visit, drawing, replace(drawing.base, settings=_carried(settings, drawing.base.settings)))
    elif do == "set":
        try:
            _set(visit, drawing, told)
        except ValueError as error:
            drawing.refused = str(error)


def _whole(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _here(drawing: Drawing, settings: Any) -> Stand:
    data = own.named(settings.scene) if settings.brought else drawing.base.data
    return Stand(settings, data, drawing.few, drawing.why)


def _set(visit: Any, drawing: Drawing, told: Mapping[str, Any]) -> None:
    settings = visit.settings
    points = checked(told, settings.chart.axes, settings.chart.dataset.classes)
    stand, base = _here(drawing, settings), drawing.base
    before = settings if drawing.few is None else _with_answer(drawing)
    more = "until then you see the prior" if _has_prior(settings) else "the last one stays"
    source, why = None, f"An answer needs {FEWEST} points at least: {more}."
    if gone := absent(points, settings.chart.dataset.classes):
        raise ValueError(
            f"“{gone[0]}” would have no point left, and every class keeps one at least: add another first."
        )
    if len(points[0]) >= FEWEST:
        source = source_of(before, points, _title(drawing), exactly=base.settings.brought)
        why = unanswered(visit.lesson, before, source)
    if source is not None and not why:
        data = own.keep(source)
        after = Stand(_carried(before, visit.lesson.at_start(data.scene)), data)
    elif _has_prior(settings):
        after = Stand(replace(_carried(settings, base.settings), method="prior"), base.data, points, why)
    else:
        raise ValueError(why)
    said = redrawn(_points(settings, drawing), points, settings.chart.dataset.classes)
    drawing.past = [*drawing.past, stand][-_STEPS:]
    _go(visit, drawing, after)
    visit.memory.redrawn = said


def absent(points: Points, classes: Sequence[str]) -> list[str]:
    """Return the classes of which there is no point; none where points have no classes.

    >>> absent((np.zeros(2), np.zeros(2), np.array([1.0, 1.0])), ("setosa", "virginica"))
    ['setosa']
    """
    return [name for code, name in enumerate(classes) if not (points[-1] == code).any()]


def redrawn(before: Points, after: Points, classes: Sequence[str] = ()) -> str:
    """Return what became of points, as a sentence begins; nothing where several changed.

    >>> a, b = np.array([1.0, 2.0]), np.array([3.0, 4.5])
    >>> redrawn((a, b), (a, b + [0, 1])), redrawn((a, b), (a[:1], b[:1]))
    ('Point 2 (2, 4.5) → (2, 5.5)', 'Point (2, 4.5) taken away')
    >>> redrawn((a, b, np.array([0.0, 1.0])), (a, b, np.array([0.0, 0.0])), ("setosa", "virginica"))
    'Point 2 (2, 4.5): virginica → setosa'
    """
    old, new = (list(zip(*(values.tolist() for values in points), strict=True)) for points in (before, after))
    if len(old) == len(new):
        moved = [n for n, pair in enumerate(zip(old, new, strict=True)) if not np.allclose(*pair, rtol=1e-3, atol=0)]
        return _moved(moved[0] + 1, old[moved[0]], new[moved[0]], classes) if len(moved) == 1 else ""
    more = len(new) - len(old)
    if more == 1:
        return f"Point {_named(new[-1], classes)} added"
    if more > 1 and classes and new[: len(old)] == old:
        return f"{more} points, {classes[int(new[-1][2])]}, added"
    if more == -1:
        gone = next((n for n, (one, other) in enumerate(zip(old, new, strict=False)) if one != other), len(new))
        return f"Point {_named(old[gone], classes)} taken away"
    return ""


def _moved(n: int, old: tuple[float, ...], new: tuple[float, ...], classes: Sequence[str]) -> str:
    if old[2:] != new[2:]:
        return f"Point {n} {_pair(new)}: {classes[int(old[2])]} → {classes[int(new[2])]}"
    return f"Point {n} {_pair(old)} → {_pair(new)}"


def _named(point: tuple[float, ...], classes: Sequence[str]) -> str:
    return f"{_pair(point)}, {classes[int(point[2])]}," if classes else _pair(point)


def _pair(point: tuple[float, ...]) -> str:
    return f"({', '.join(f'{value:.4g}' for value in point[:2])})".replace("-", "−")


def unanswered(lesson: Any, settings: Any, source: Source) -> str:
    """Return why points have no answer, where that is known at once."""
    try:
        here = held(settings, source)
        if settings.exact:
            lesson.view(here, here.handles[0])
    except ValueError as error:
        shown = ", and you see the prior" if _has_prior(settings) else ""
        return f"These points have no answer yet{shown}. {error}"
    return ""


def _with_answer(drawing: Drawing) -> Any:
    """Return the settings as they were before there were points without an answer."""
    return next(stand.settings for stand in reversed(drawing.past) if stand.few is None)


def _title(drawing: Drawing) -> str:
    """Return what a drawing is called: by its scene, unless it began with nothing."""
    if any(stand.few is not None and len(stand.few[0]) == 0 for stand in drawing.past):
        return "Your drawing"
    title = str(drawing.base.settings.spec.title)
    return title if title.endswith(", changed") else f"{title}, changed"


def _go(visit: Any, drawing: Drawing, to: Stand) -> None:
    """Go where a drawing leads, and stay with it."""
    if to.data is not None:
        own.keep(to.data.source, to.data.about)
    else:
        own.set_aside()
    visit._go(to.settings, None, 0)
    drawing.scene, drawing.few, drawing.why = visit.settings.scene, to.few, to.why
    now = own.current()
    visit.memory.own = now.token if now else ""


def _carried(old: Any, new: Any) -> Any:
    """Return settings on other data with all that does not depend on them as it is, as far as it can be."""
    gone = of_data(old, own_still=old.brought and new.brought)
    for name, one in fields_of(new).items():
        stays = not isinstance(one, Handle) or name in {*new.handles} & {*old.handles}
        if name in gone or not hasattr(old, name) or not stays:
            continue
        try:
            new = replace(new, **{name: one.accept(new, name, getattr(old, name))})
        except ValueError:
            continue  # these data cannot have it
    return replace(new, guess=old.guess if new.asking else "", reveal=old.reveal).in_range()


# ----------------------------------------------------------------------------------------------------- points, source
def checked(told: Mapping[str, Any], axes: Axes, classes: Sequence[str] = ()) -> Points:
    """Return the points that a browser tells; the ValueError for any others names the point and what would do.

    >>> checked({"x": [1], "y": [5e3]}, Axes((0, 2), (0, 10), (), (), "x", "y"))
    Traceback (most recent call last):
    ValueError: point 1 has y = 5000, which is outside -30 to 40: draw it on the chart
    """
    x, y = told.get("x"), told.get("y")
    if not isinstance(x, list) or not isinstance(y, list) or len(x) != len(y):
        raise ValueError("the drawing has not as many x as y: draw the point again")
    if len(x) > MOST:
        raise ValueError(f"the drawing has {len(x)} points, and {MOST} are the most: take some away, or bring a file")
    made = []
    for name, values, (low, high) in (("x", x, axes.x_range), ("y", y, axes.y_range)):
        room = 3 * (high - low)
        for n, value in enumerate(values, start=1):
            if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
                raise ValueError(f"point {n} has {name} = {str(value)[:20]}, which is no number: draw it on the chart")
            if not low - room <= value <= high + room:
                raise ValueError(
                    f"point {n} has {name} = {value:g}, which is outside {low - room:g} to {high + room:g}: "
                    "draw it on the chart"
                )
        made.append(np.array(values, dtype=float))
    return (*made, _codes(told.get("k"), len(x), classes)) if classes else tuple(made)


def _codes(told: Any, count: int, classes: Sequence[str]) -> FloatArray:
    """Return the codes of points' classes."""
    if not isinstance(told, list) or len(told) != count:
        raise ValueError("the drawing has not as many classes as points: draw the point again")
    for n, code in enumerate(told, start=1):
        if type(code) is not int or not 0 <= code < len(classes):
            known = f"0 to {len(classes) - 1}"
            raise ValueError(f"point {n} has class {str(code)[:20]}, which is none of {known}: draw it again")
    return np.array(told, dtype=float)


def source_of(settings: Any, points: Points, title: str, *, exactly: bool) -> Source:
    """Return points as a source on a picture's own axes, with its names, its units and the ranges of its handles.

    Where the points are a scene's and not a reader's own, they are kept to a twenty-thousandth of the axes.
    """
    seen: Source = settings.chart
    axes = seen.axes
    ends = (axes.x_range, axes.y_range)
    both = seen.across is not None
    finest = _FINEST_OF_CLASSES if both else _FINEST
    x, y = points[:2] if exactly else (_short(v, end, finest) for v, end in zip(points[:2], ends, strict=True))
    if both:
        dataset = replace(
            seen.dataset, x=np.column_stack([x, y]), y=points[2], feature_names=(axes.x_title, axes.y_title),
            title=title, source="drawn",
        )  # fmt: skip
        return replace(seen, dataset=dataset, along=0, across=1, placed=True)
    dataset = Dataset.from_arrays(
        x,
        y,
        feature_names=seen.dataset.feature_names if exactly else (axes.x_title,),
        target_name=seen.dataset.target_name if exactly else axes.y_title,
        title=title,
        source="drawn",
    )
    plain_scales = Source.of(dataset).scales
    scales = {**plain_scales, **{name: _holding(scale, plain_scales.get(name)) for name, scale in seen.scales.items()}}
    for name, called in settings.scaled.items():
        low, high = settings.spec.ranges[name]
        scales[called] = replace(scales[called], low=low, high=high, start=float(getattr(settings, name)))
    return replace(seen, dataset=dataset, scales=scales, world=None, along=0, placed=True)


def _short(values: FloatArray, ends: tuple[float, float], finest: int) -> FloatArray:
    """Return values in the digits that an axis can show."""
    digits = int(np.ceil(-np.log10((ends[1] - ends[0]) / finest)))
    return np.round(values, digits) + 0.0


def _holding(scale: Scale, needed: Scale | None) -> Scale:
    """Return a picture's scale where it holds what the data need, and theirs in its unit where it does not."""
    if needed is None:
        return scale
    middle = (needed.low + needed.high) / 2
    return scale if scale.low <= middle <= scale.high else replace(needed, unit=scale.unit)


# --------------------------------------------------------------------------------------------- while a point is held
def follow(visit: Any) -> None:
    """Answer while a point is held, where the answer is exact: a part of the page that runs by itself."""
    if not plain(visit.lesson.key) and visit.settings.chart is not None:
        held_answer(visit.lesson.key, lambda told: answer(visit, told))


def answer(visit: Any, told: Mapping[str, Any]) -> Answered | None:
    """Return what the picture shows of points that are held, at the one position where the handles stand.

    Where it is told which of them is held, the lines around that one come with it.
    """
    offered, settings = told_of(visit), visit.settings
    if offered is None or not offered["live"] or told.get("of") != offered["of"]:
        return None
    try:
        points = checked(told, settings.chart.axes, settings.chart.dataset.classes)
        if len(points[0]) < FEWEST:
            return None
        source = source_of(settings, points, "", exactly=True)
        here = held(settings, source)
        handle = here.handles[0]
        film = pack(visit.lesson.view(here, handle).frames(handle, here.positions(handle)))
    except ValueError:
        return None  # the drop says why
    return Answered(film, _near(visit, source, told))


def _near(visit: Any, source: Source, told: Mapping[str, Any]) -> Near | None:
    i, fineness = told.get("i"), told.get("fineness")
    if not isinstance(i, int) or not 0 <= i < len(source.dataset.y) or not isinstance(fineness, int):
        return None
    try:
        return nearby(visit.lesson, visit.settings, source, i, fineness)
    except ValueError:
        return None
