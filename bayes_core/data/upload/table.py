"""Any file becomes a table that one can trust: read, said in one sentence, correctable."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray, shortened
from bayes_core.data.upload.account import LeftOut
from bayes_core.data.upload.columns import Column, column
from bayes_core.data.upload.decode import decoded
from bayes_core.data.upload.headers import named, unit_typed
from bayes_core.data.upload.problems import Problem, own_problems
from bayes_core.data.upload.reading import Reading
from bayes_core.data.upload.records import Records, records, records_of
from bayes_core.data.upload.sniff import placed, sniffed
from bayes_core.data.upload.spelling import Spelling, votes
from bayes_core.data.upload.together import problems_together, repeated
from bayes_core.data.upload.words import listed, quoted, several
from bayes_core.data.upload.workbook import is_workbook, sheet

_LIKELY_TARGETS = re.compile(
    r"(?:target|y|label|class|outcome|response|price|quality|score|result|diagnosis|default|survived|sales)",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class Table:
    """What was read: columns, each row's number in the file, how it was read, and what was set aside.

    `notes` are sentences on whatever was changed or could be read otherwise; `problems` are those of whole rows.
    """

    columns: tuple[Column, ...]
    numbers: NDArray[np.intp]
    reading: Reading
    aside: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    problems: tuple[Problem, ...]
    decimals: bool
    title: str = ""

    @property
    def sentence(self) -> str:
        """Say how the text was read, and how large the table is."""
        aside = sum(len(out.rows) for out in self.aside)
        size = f"{several(len(self.numbers), 'row')}, {several(len(self.columns), 'column')}"
        rest = f"; {several(aside, 'row')} set aside" if aside else ""
        return f"{self.reading.sentence(decimals=self.decimals)}; {size}{rest}."

    @property
    def names(self) -> tuple[str, ...]:
        """Return the columns' names."""
        return tuple(one.name for one in self.columns)

    @property
    def target(self) -> str | None:
        """Return the column that is proposed as the target, None where none can be one."""
        return next((one.name for one in self.columns if one.role == "target"), None)

    @property
    def inputs(self) -> tuple[str, ...]:
        """Return the columns that are proposed as inputs."""
        return tuple(one.name for one in self.columns if one.role == "input")

    def column(self, name: str) -> Column:
        """Return a column by its name. Raises ValueError for a name that no column has."""
        for one in self.columns:
            if one.name == name:
                return one
        raise ValueError(f"there is no column {shortened(name)}: choose one of {', '.join(self.names[:20])}")

    def with_unit(self, name: str, unit: str) -> Table:
        """Return the table with another unit of a column; no number changes. Raises ValueError for what is no unit."""
        typed, known = unit_typed(unit), self.column(name)
        columns = tuple(one.told(unit=typed) if one is known else one for one in self.columns)
        return replace(self, columns=columns)

    def problems_of(self, target: str, inputs: Sequence[str]) -> tuple[Problem, ...]:
        """Return what this choice of target and inputs brings with it."""
        return problems_together(self.columns, self.column(target), [self.column(name) for name in inputs])

    def strengths(self, target: str) -> dict[str, float]:
        """Return the correlation with the target of every other column that can be one, the strongest first."""
        y = self.column(target)
        told = {
            one.name: _correlation(one, y) for one in self.columns if one is not y and one.kind in ("number", "yes-no")
        }
        return dict(sorted(told.items(), key=lambda pair: -abs(pair[1])))


def read(content: bytes | str, reading: Reading | None = None, title: str = "") -> Table:
    r"""Return the table in a file's bytes or a pasted text, read as `reading` says, or as it is recognised.

    Raises ValueError for what is no table, too large or packed; a file that cannot be read leaves nothing behind.

    >>> table = read("area (m²);price\n120;1,5\n80;0,9\n60;n/a\n")
    >>> table.sentence
    'Semicolon-separated, decimal comma, header in the first row; 3 rows, 2 columns.'
    >>> table.column("area").unit, table.column("price").missing
    ('m²', 1)
    """
    if isinstance(content, bytes) and is_workbook(content):
        return _of_workbook(content, reading, title)
    found = decoded(content, None if reading is None or isinstance(content, str) else reading.encoding or None)
    how = replace(reading, encoding=found.encoding, sheet="") if reading else sniffed(found.text, found.encoding)
    cells = records(found.text, how)
    spelling = Spelling(how.decimal, how.thousands)
    if reading is None:
        spelling = votes(cells.columns).spelling(how.delimiter)
        cells = replace(
            cells,
            reading=replace(
                cells.reading, decimal=spelling.decimal, thousands=_apart(spelling.thousands, cells.reading)
            ),
        )
    return _table(cells, spelling, (*found.notes, *cells.notes), title, free=reading is None)


def _of_workbook(content: bytes, reading: Reading | None, title: str) -> Table:
    found = sheet(content, reading.sheet if reading else "")
    how = reading or placed(found.rows, Reading(encoding="", comment=""))
    how = replace(how, sheet=found.name, delimiter=",", decimal=".", thousands="", encoding="", comment="")
    cells = records_of(found.rows, how)
    return _table(cells, Spelling(), (*found.notes, *cells.notes), title, free=True)


def _table(cells: Records, spelling: Spelling, notes: tuple[str, ...], title: str, *, free: bool) -> Table:
    how = cells.reading
    names = named(cells.header, len(cells.columns))
    columns = [
        column(name, unit, one, spelling, how, free=free)
        for name, unit, one in zip(names.names, names.units, cells.columns, strict=True)
    ]
    columns = [one.told(problems=own_problems(one, cells.numbers)) for one in columns]
    whole = repeated(columns, cells.numbers) if len(columns) > 1 else None
    said = [
        *notes,
        *names.notes,
        *_doubt(spelling),
        *(one.note for one in columns if one.note),
        *_absent(columns),
    ]
    return Table(
        tuple(_with_roles(columns)),
        cells.numbers,
        how,
        cells.aside,
        tuple(said),
        () if whole is None else (whole,),
        _has_decimals(columns),
        title,
    )


def _apart(sign: str, how: Reading) -> str:
    return "" if sign == how.quote else sign


def _has_decimals(columns: Sequence[Column]) -> bool:
    return any(not one.levels and one.kind != "date" and (one.known != np.round(one.known)).any() for one in columns)


def _doubt(spelling: Spelling) -> list[str]:
    """Say which numeral could be read otherwise."""
    if not spelling.doubtful:
        return []
    value, other = (s.value(spelling.doubtful) for s in (spelling, _reversed(spelling)))
    if value is None or other is None:
        return []
    return [f"{quoted(spelling.doubtful)} is read as {value:.10g}; it could also be {other:.10g}."]


def _reversed(spelling: Spelling) -> Spelling:
    decimal = "," if spelling.decimal == "." else "."
    return Spelling(decimal, spelling.decimal)


def _absent(columns: Sequence[Column]) -> list[str]:
    """Say which words count as missing."""
    counts: dict[str, int] = {}
    for one in columns:
        for word, n in one.words:
            counts[word] = counts.get(word, 0) + n
    if not counts:
        return []
    verb = "counts" if len(counts) == 1 else "count"
    return [f"{listed([quoted(word) for word in counts])} {verb} as missing ({several(sum(counts.values()), 'cell')})."]


def _with_roles(columns: Sequence[Column]) -> list[Column]:
    """Return columns with the roles that are proposed: one called like a target, or the last that can be one."""
    able = [one for one in columns if one.kind in ("number", "yes-no", "category") and len(one.known) > 1]
    numeric = [one for one in able if one.kind != "category"]
    called = [one for one in able if _LIKELY_TARGETS.fullmatch(one.name)]
    likely = called or numeric or able
    target = likely[-1] if likely else None
    return [
        one.told(role="target" if one is target else "input" if any(one is k for k in numeric) else "left out")
        for one in columns
    ]


def _correlation(one: Column, other: Column) -> float:
    x, y = (c.standing(c.values) if len(c.known) else c.values for c in (one, other))
    both = np.isfinite(x) & np.isfinite(y)
    if both.sum() < 2:
        return 0.0
    x, y = _centred(x[both]), _centred(y[both])
    size = float(np.sqrt((x @ x) * (y @ y)))
    return float(x @ y) / size if size > 0 else 0.0


def _centred(values: FloatArray) -> FloatArray:
    centred: FloatArray = values - values.mean()
    return centred


__all__ = ["Table", "read"]
