"""Excel workbooks: the first sheet that holds a table, its cells as a CSV in plain spelling would have them."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, repeat
from typing import TYPE_CHECKING

from bayes_core.data.upload.decode import check_size
from bayes_core.data.upload.packed import DAMAGED, check_unpacks, holds, is_packed
from bayes_core.data.upload.records import MOST_COLUMNS, MOST_LINES, MOST_ROWS, TOO_MANY_LINES, TOO_MANY_ROWS
from bayes_core.data.upload.sniff import Row
from bayes_core.data.upload.words import called, some

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_VALUE = re.compile(r"-?[.\d][-\d.,e+: ]*$", re.IGNORECASE)
_LOOKED = 50  # rows of each sheet, to see whether it holds a table
_MOST_CELLS = 2 * MOST_ROWS * MOST_COLUMNS  # with empty ones


@dataclass(frozen=True)
class Sheet:
    """A sheet's name, its rows from the first row of the sheet on, and a sentence on those that are left aside."""

    name: str
    rows: list[Row]
    notes: tuple[str, ...] = ()


def is_workbook(content: bytes) -> bool:
    """Return whether a file is an Excel workbook (.xlsx). Raises ValueError where it would unpack to too much."""
    if not is_packed(content):
        return False
    check_size(len(content))
    return holds(content) == "workbook"


def sheet(content: bytes, name: str = "") -> Sheet:
    """Return a workbook's sheet of that name; without one, the first with numbers or dates in two rows or more.

    Numbers have a decimal point and all their digits, dates have the year first; a formula is the value it last had.
    Raises ValueError for a workbook that cannot be read, unpacks to too much, is empty, or has no such sheet.
    """
    check_unpacks(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and validations that are not kept: none of them is a value
            return _read(content, name)
    except (_Refused, MemoryError):
        raise
    except Exception as error:  # whatever a parser says of XML that no Excel has written
        raise ValueError(DAMAGED) from error


class _Refused(ValueError):
    """A refusal with its reason, told apart from whatever a parser raises."""


def _read(content: bytes, name: str) -> Sheet:
    from openpyxl import load_workbook  # noqa: PLC0415 (only whoever brings a workbook waits for it)

    book = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
    try:
        names = [one.title for one in book.worksheets]
        if name and name not in names:
            raise _Refused(f"there is no sheet {called(name)}: choose {some([called(n) for n in names], 'or')}")
        chosen = name or _first_with_table(book, names)
        rows = list(_rows(book, chosen))
    finally:
        book.close()
    if not any(rows):
        which = f"the sheet {called(name)}" if name else "this Excel workbook"
        raise _Refused(f"there is no value in {which}: give a table with a row of names and at least three rows")
    others = [called(other) for other in names if other != chosen]
    if not others:
        return Sheet(chosen, rows)
    what, verb = ("The sheet", "is") if len(others) == 1 else ("The sheets", "are")
    return Sheet(chosen, rows, (f"{what} {some(others)} {verb} left aside.",))


def _first_with_table(book: Workbook, names: Sequence[str]) -> str:
    """Return the first sheet with a number or a date in two rows, or else the first with a value, or the first."""
    filled = ""
    for name in names:
        rows = list(islice(_rows(book, name), _LOOKED))
        if sum(any(_VALUE.match(cell) for cell in row) for row in rows) > 1:
            return name
        filled = filled or (name if any(rows) else "")
    return filled or names[0]


def _rows(book: Workbook, name: str) -> Iterator[Row]:
    """Return a sheet's rows as text, without empty cells and rows at their ends, up to what could be read at all."""
    sheet = book[name]
    sheet.reset_dimensions()  # what a workbook says of its own size is not to be trusted
    filled = cells = empty = 0
    for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > MOST_LINES:
            raise _Refused(TOO_MANY_LINES)
        if not any(value is not None for value in values):
            empty += 1
            continue
        yield from repeat([], empty)
        filled, cells, empty = filled + 1, cells + len(values), 0
        if filled > MOST_ROWS + 1 or cells > _MOST_CELLS:
            raise _Refused(TOO_MANY_ROWS)
        row = [_text(value) for value in values]
        while row and not row[-1]:
            row.pop()
        yield row


def _text(value: object) -> str:
    """Return a cell as a plain CSV has it.

    >>> _text(1.5), _text(datetime(2021, 4, 3)), _text(datetime(2021, 4, 3, 12)), _text(None), _text(True)
    ('1.5', '2021-04-03', '2021-04-03 12:00:00', '', 'TRUE')
    """
    if isinstance(value, str):
        return value.strip()
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, datetime):
        return value.isoformat(" ").removesuffix(" 00:00:00")
    return repr(value) if isinstance(value, float) else str(value)


__all__ = ["Sheet", "is_workbook", "sheet"]
