"""One column of a table: what its cells are, as numbers, and what a small card shows of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import repeat
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from bayes_core.checks import FloatArray, assign, floats
from bayes_core.data.upload.dates import days
from bayes_core.data.upload.numbers import numbers, plain
from bayes_core.data.upload.reading import Dates, Reading
from bayes_core.data.upload.spelling import Spelling

if TYPE_CHECKING:
    from bayes_core.data.upload.problems import Problem

Kind = Literal["number", "category", "yes-no", "date", "id", "text", "constant"]
Role = Literal["target", "input", "left out"]

_YES_NO = (
    ("no", "yes"), ("n", "y"), ("false", "true"), ("f", "t"), ("nein", "ja"), ("non", "oui"), ("falsch", "wahr"),
    ("off", "on"), ("no", "sí"), ("no", "si"), ("nej", "ja"), ("nee", "ja"),
)  # fmt: skip
_ID = re.compile(
    r"(?:.{0,60}[ _])?(?:id|index|key|uuid|guid|nr|no|row|rowid|rownames|number)|unnamed.{0,20}", re.IGNORECASE
)
_NAMELESS = re.compile(r"column \d{1,3}")
_MOST_LEVELS = 30
_BINS = 30
_SIGNS = {".": "points", ",": "commas"}
_BARS = 12  # this many distinct numbers, or fewer, have a bar each


@dataclass(frozen=True, eq=False)
class Column:
    """A column's name, unit and cells as numbers (N,), NaN where there is none, and what is proposed for it.

    Dates are days since 1970-01-01; of kinds with `levels` a number is the place of the cell's text among them.
    `unread` are the cells, by row of the table, that are no numbers in a column of numbers; `doubtful` is a cell with
    another reading, `order` that of a date's parts. `role` and `problems` are proposals: nothing is applied by reading.
    """

    name: str
    unit: str
    kind: Kind
    values: FloatArray
    levels: tuple[str, ...] = ()
    unread: tuple[tuple[int, str], ...] = ()
    words: tuple[tuple[str, int], ...] = ()
    doubtful: str = ""
    order: Dates = ""
    note: str = ""
    role: Role = "left out"
    problems: tuple[Problem, ...] = ()

    def __post_init__(self) -> None:
        """Keep the values read-only."""
        assign(self, values=floats(self.values, f"column {self.name!r}", 1, finite=False))

    def told(self, **proposals: Any) -> Column:
        """Return the column with other proposals; what was counted of its values stays."""
        other = replace(self, **proposals)
        other.__dict__.update({name: self.__dict__[name] for name in ("known", "counted") if name in self.__dict__})
        return other

    @property
    def title(self) -> str:
        """Return the name with its unit."""
        return f"{self.name} ({self.unit})" if self.unit else self.name

    @cached_property
    def known(self) -> FloatArray:
        """Return the values that there are, in their order."""
        return self.values[~np.isnan(self.values)]

    @property
    def missing(self) -> int:
        """Return how many rows have no value."""
        return len(self.values) - len(self.known)

    @cached_property
    def counted(self) -> tuple[FloatArray, FloatArray]:
        """Return the distinct values in order, and how often each is there."""
        values, counts = np.unique(self.known, return_counts=True)
        return values, counts.astype(float)

    @property
    def distinct(self) -> int:
        """Return how many different values there are."""
        return len(self.counted[0])

    @property
    def range(self) -> tuple[float, float] | None:
        """Return the smallest and the largest value, None where there is none."""
        values = self.counted[0]
        return (float(values[0]), float(values[-1])) if len(values) else None

    @cached_property
    def bars(self) -> tuple[tuple[float, int], ...]:
        """Return a tiny picture: places and counts of 30 bins; of up to 12 distinct values, and of levels, each.

        >>> Column("x", "", "number", np.array([1.0, 3, 3, np.nan])).bars
        ((1.0, 1), (3.0, 2))
        """
        values, counts = self.counted
        if self.levels:
            order = np.argsort(-counts, kind="stable")[:_BARS]
            return tuple((float(values[k]), int(counts[k])) for k in order)
        if len(values) <= _BARS:
            return tuple((float(v), int(n)) for v, n in zip(values, counts, strict=True))
        low, high = float(values[0]), float(values[-1])
        if not np.isfinite(high - low):
            return ((low, int(counts.sum())),)
        if not (edges := np.linspace(low, high, _BINS + 1))[1] > low:
            return ((low, int(counts.sum())),)
        place = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, _BINS - 1)
        heights = np.bincount(place, weights=counts, minlength=_BINS)
        middles = (edges[:-1] + edges[1:]) / 2
        return tuple((float(m), int(h)) for m, h in zip(middles, heights, strict=True))

    @property
    def far(self) -> FloatArray:
        """Return the distinct values of a number that lie over 12 standard deviations from the mean."""
        if self.kind != "number" or not len(self.known):
            return np.empty(0)
        values = self.counted[0]
        return values[np.abs(self.standing(values)) > 12]

    def standing(self, values: FloatArray) -> FloatArray:
        """Return how many standard deviations values lie from the column's mean."""
        size = max(float(np.abs(self.known).max()), 1e-300)
        shares = self.known / size
        sd = float(shares.std()) or 1.0
        standing: FloatArray = (values / size - shares.mean()) / sd
        return standing


def column(
    name: str, unit: str, cells: Sequence[str], spelling: Spelling, reading: Reading, *, free: bool = True
) -> Column:
    """Return a column of cells; role and problems are for whoever sees the whole table.

    A `free` column may exchange comma and point where only that makes all of its cells numbers; its note says so.

    >>> made = column("dose", "", ["1,5", "n/a", "2"], Spelling(","), Reading(";", ","))
    >>> made.kind, made.values, made.words
    ('number', array([1.5, nan, 2. ]), (('n/a', 1),))
    """
    values = plain(cells, spelling)
    if values is not None:
        return _numeric(name, unit, values)
    counts = Counter(cells)
    words = [word for word in reading.spelled if word in counts]
    absent = {"", *words}
    real = [cell for cell in counts if cell not in absent]
    said = tuple((word, counts[word]) for word in words)
    if not real:
        return Column(name, unit, "constant", np.full(len(cells), np.nan), words=said)
    found = numbers(real, spelling)
    note = ""
    if free and found.unread:
        again = numbers(real, spelling.other())
        if not again.unread and not again.codes:
            found, note = again, f"{name} has decimal {_SIGNS[spelling.other().decimal]}, unlike the rest."
    if found.values and not found.codes and not found.unread:
        return _numeric(name, unit or found.unit, _looked_up(cells, found.values), words=said).told(note=note)
    dated = days(real, reading.dates)
    if dated is not None:
        values, unread = _looked_up(cells, dated.values), _unread(cells, dated.unread)
        return Column(name, unit, "date", values, (), unread, said, dated.doubtful, dated.order)
    read = sum(counts[cell] for cell in found.values)
    wrong = sum(counts[cell] for cell in found.unread)
    if not found.codes and read > 1 and wrong <= max(0.1 * (read + wrong), 1):
        values, unread = _looked_up(cells, found.values), _unread(cells, found.unread)
        return _numeric(name, unit or found.unit, values, unread, said)
    return _labelled(name, unit, cells, counts, real, said)


def _looked_up(cells: Sequence[str], values: dict[str, float]) -> FloatArray:
    return np.fromiter(map(values.get, cells, repeat(float("nan"))), float, len(cells))


def _unread(cells: Sequence[str], unread: frozenset[str]) -> tuple[tuple[int, str], ...]:
    return tuple((k, cell) for k, cell in enumerate(cells) if cell in unread) if unread else ()


def _numeric(
    name: str,
    unit: str,
    values: FloatArray,
    unread: tuple[tuple[int, str], ...] = (),
    words: tuple[tuple[str, int], ...] = (),
) -> Column:
    one = Column(name, unit, "number", values, (), unread, words)
    distinct = one.counted[0]
    if len(distinct) == 1 and len(values) > 1:
        return one.told(kind="constant")
    if distinct.tolist() == [0.0, 1.0]:
        return one.told(kind="yes-no", levels=("0", "1"))
    if not unread and len(distinct) == len(values) and _counts_rows(name, values):
        return one.told(kind="id")
    return one


def _counts_rows(name: str, values: FloatArray) -> bool:
    """Return whether different whole numbers are names of rows: so called, or a count in a column without a name."""
    if not (values == np.round(values)).all():
        return False
    if _NAMELESS.fullmatch(name):
        return len(values) > 2 and bool((np.diff(values) == 1).all()) and values[0] in (0, 1)
    return bool(_ID.fullmatch(name))


def _labelled(
    name: str, unit: str, cells: Sequence[str], counts: Counter[str], real: list[str], said: tuple[tuple[str, int], ...]
) -> Column:
    levels = tuple(sorted(real))
    small = tuple(sorted({level.lower() for level in levels})) if len(levels) <= _MOST_LEVELS else ()
    for no, yes in _YES_NO:
        if small == tuple(sorted((no, yes))):
            values = {cell: float(cell.lower() == yes) for cell in real}
            spelled = tuple(next(c for c in real if c.lower() == word) for word in (no, yes))
            return Column(name, unit, "yes-no", _looked_up(cells, values), spelled, words=said)
    place = {level: float(k) for k, level in enumerate(levels)}
    rows = sum(counts[cell] for cell in real)
    return Column(name, unit, _kind(levels, rows), _looked_up(cells, place), levels, words=said)


def _kind(levels: tuple[str, ...], rows: int) -> Kind:
    distinct = len(levels)
    if distinct == 1:
        return "constant"
    if distinct <= _MOST_LEVELS and (2 * distinct <= rows or distinct < rows < 20):
        return "category"
    if distinct == rows and not any(" " in level for level in levels):
        return "id"
    return "text"


__all__ = ["Column", "Kind", "Role", "column"]
