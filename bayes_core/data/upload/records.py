"""From text to cells in columns, each row with its number in the file, and what did not fit set aside by name."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from bayes_core.data.upload.account import LeftOut
from bayes_core.data.upload.numerals import apart
from bayes_core.data.upload.reading import Reading
from bayes_core.data.upload.sniff import Row, cut, is_comment, unmarked
from bayes_core.data.upload.words import places, several

MOST_ROWS = 100_000
MOST_COLUMNS = 200
MOST_LINES = 1_000_000  # with empty ones and comments
TOO_MANY_ROWS = (
    f"there are more than {MOST_ROWS:,} rows, which is the most that can be read: keep a random part of them"
)
TOO_MANY_LINES = f"there are more than {MOST_LINES:,} rows, most of them empty: give the table alone"
_AT_ONCE = 2_000
_LONGEST = 131_072  # letters of a cell, csv's own limit


@dataclass(frozen=True, eq=False)
class Records:
    """Cells by column, the names' cells, each row's number in the file (from 1), and what was set aside or changed."""

    columns: tuple[tuple[str, ...], ...]
    header: tuple[str, ...]
    numbers: NDArray[np.intp]
    reading: Reading
    aside: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()


def records(text: str, reading: Reading) -> Records:
    """Return a text's cells. Raises ValueError beyond 100,000 rows or 200 columns, and where there is no row.

    A quote that never closes would swallow all that follows: then quotes are read as letters, and a note says so.
    """
    return _tabled(*_cells(text, reading))


def records_of(lines: Iterable[Row], reading: Reading) -> Records:
    """Return the cells of rows that are cut already, as those of a sheet are. Raises ValueError as `records` does."""
    found, numbers, notes, _ = _walked(lines, reading)
    return _tabled(found, numbers, reading, notes)


def _tabled(found: list[Row], numbers: list[int], reading: Reading, notes: list[str]) -> Records:
    header: Row = []
    if reading.header and found:
        header = unmarked(found[0], reading.comment)
        found, numbers = found[1:], numbers[1:]
    if not found:
        names = f" ({', '.join(header[:5])})" if header else ""
        raise ValueError(f"there is a row of names{names} and none of values: give at least three rows below it")
    return _fitted(found, numbers, header, reading, notes)


def _cells(text: str, reading: Reading) -> tuple[list[Row], list[int], Reading, list[str]]:
    """Return rows that are neither empty nor comments, with their numbers; quotes as letters where one never closes."""
    try:
        found, numbers, notes, last = _walked(cut(text, reading), reading)
        wild = last if reading.quote and last and not _closes(text, reading) else 0
    except csv.Error:
        found, numbers, notes, wild = [], [], [], _broken(text, reading)
    if not wild:
        return found, numbers, reading, notes
    plain = replace(reading, quote="")
    try:
        found, numbers, notes, _ = _walked(cut(text, plain), plain)
    except csv.Error as error:
        raise ValueError(
            f"row {_broken(text, plain)} has a cell of more than {_LONGEST:,} letters: no table has such cells; "
            "choose another delimiter"
        ) from error
    return (
        found,
        numbers,
        plain,
        [*notes, f"The quote that opens in row {wild} never closes: quotes are read as letters."],
    )


def _walked(lines: Iterable[Row], reading: Reading) -> tuple[list[Row], list[int], list[str], int]:
    """Return rows, their numbers, notes, and the number of the last row where it goes over several lines."""
    found: list[Row] = []
    numbers: list[int] = []
    empty = comments = number = 0
    row: Row = []
    for number, row in enumerate(lines, 1):
        if number > MOST_LINES:
            raise ValueError(TOO_MANY_LINES)
        if number <= reading.skipped:
            continue
        cells = (
            tuple(map(str.strip, row)) if any(row) else ()
        )  # Python's collector of garbage leaves tuples of texts alone
        if not any(cells):
            empty += 1
        elif (found or not reading.header) and is_comment(cells, reading):
            comments += 1
        else:
            if len(cells) > MOST_COLUMNS and len(_shortened(cells, MOST_COLUMNS)) > MOST_COLUMNS:
                raise ValueError(
                    f"row {number} has {len(cells):,} cells, and at most {MOST_COLUMNS} columns can be read: keep the "
                    "columns that matter"
                )
            if len(found) > MOST_ROWS:  # the names are one more
                raise ValueError(TOO_MANY_ROWS)
            found.append(cells)
            numbers.append(number)
    notes = [f"{several(comments, 'comment')} {'is' if comments == 1 else 'are'} skipped."] if comments else []
    if empty:
        notes.append(f"{several(empty, 'row')} {'is' if empty == 1 else 'are'} empty and skipped.")
    return found, numbers, notes, number if any("\n" in cell or "\r" in cell for cell in row) else 0


def _closes(text: str, reading: Reading) -> bool:
    """Return whether the text's last quoted cell ends: a strict reader alone complains of one that does not."""
    try:
        for _ in cut(text, reading, strict=True):
            pass
    except csv.Error as error:
        return "unexpected end" not in str(error)
    return True


def _broken(text: str, reading: Reading) -> int:
    """Return the number of the row that cannot be read."""
    number = 1
    try:
        for _ in cut(text, reading):
            number += 1
    except csv.Error:
        pass
    return number


def _fitted(found: list[Row], numbers: list[int], header: Row, reading: Reading, notes: list[str]) -> Records:
    """Return rows of one width: short ones are filled, longer ones and a lone note at the end are set aside."""
    even = {len(row) for row in found} == {len(header)} and bool(header[-1])
    common = len(header) if even else _common(found)
    width = max(len(_shortened(header, 0)), min(common, len(header))) if header else common
    if (
        header
        and len(found[0]) == width + 1
        and width > 1
        and common == width + 1
        and len(_shortened(header, 0)) == width
    ):
        header, width = ["", *_shortened(header, 0)], width + 1
        notes.append("The header names one column fewer than the rows have: the first column is taken for their names.")
    aside: list[LeftOut] = []
    while len(found) > 1 and width > 1 and _is_note(found[-1], found[-2]):
        aside.insert(0, LeftOut("a note below the table", (numbers[-1],)))
        found, numbers = found[:-1], numbers[:-1]
    if {len(row) for row in found} != {width}:
        long, found, numbers = _parted(found, numbers, width)
        many = "where the header names" if header else "where most have"
        if long:
            cells = several(len(long[0][1]), "cell")
            reason = (
                f"more cells than {width}, {many.removeprefix('where ')} that many"
                if len(long) > 1
                else f"{cells} {many} {width}"
            )
            aside.append(LeftOut(reason, tuple(number for number, _ in long)))
        short = [number for number, row in zip(numbers, found, strict=True) if len(row) < width]
        if short:
            verb, its = ("has", "its") if len(short) == 1 else ("have", "their")
            which = places("Row", short)
            notes.append(f"{which} {verb} fewer than {several(width, 'cell')}: {its} last ones count as missing.")
    if not found:
        raise ValueError(f"no row has as many cells as the header names, {width}: choose another delimiter")
    return Records(
        _turned(found, width), tuple(header), np.array(numbers, dtype=np.intp), reading, tuple(aside), tuple(notes)
    )


def _turned(found: Sequence[Row], width: int) -> tuple[tuple[str, ...], ...]:
    """Return rows as columns, empty cells where a row is short: some rows at a time, which memory's caches hold."""
    columns: list[list[str]] = [[] for _ in range(width)]
    for start in range(0, len(found), _AT_ONCE):
        part = found[start : start + _AT_ONCE]
        for column, cells in zip(columns, zip_longest(("",) * width, *part, fillvalue=""), strict=True):
            column.extend(cells[1:])
    return tuple(map(tuple, columns))


def _common(found: Sequence[Row]) -> int:
    """Return how many cells most rows have."""
    widths = [len(_shortened(row, 0)) for row in found]
    counted = np.bincount(widths)
    common = int(counted.argmax())
    fuller = [len(row) for row in found]
    return common if fuller.count(common) or counted[common] > 0.5 * len(found) else max(set(fuller), key=fuller.count)


def _shortened(row: Row, least: int) -> Row:
    """Return a row without the empty cells at its end, of `least` cells or more."""
    size = len(row)
    while size > max(least, 1) and not row[size - 1]:
        size -= 1
    return row[:size]


def _is_note(row: Row, before: Row) -> bool:
    """Return whether a last row is one text in the first cell, where the row before has more: no row of the table."""
    return bool(row[0]) and not any(row[1:]) and sum(map(bool, before)) > 1 and apart(row[0]) is None and " " in row[0]


def _parted(found: list[Row], numbers: list[int], width: int) -> tuple[list[tuple[int, Row]], list[Row], list[int]]:
    """Return rows that are too long with their numbers, and the others; empty cells at the end do not count."""
    long, kept, kept_numbers = [], [], []
    for number, row in zip(numbers, found, strict=True):
        cells = _shortened(row, width) if len(row) > width else row
        if len(cells) > width:
            long.append((number, cells))
        else:
            kept.append(cells)
            kept_numbers.append(number)
    return long, kept, kept_numbers


__all__ = [
    "MOST_COLUMNS",
    "MOST_LINES",
    "MOST_ROWS",
    "TOO_MANY_LINES",
    "TOO_MANY_ROWS",
    "Records",
    "records",
    "records_of",
]
