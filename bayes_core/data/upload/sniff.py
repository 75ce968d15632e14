"""Which sign parts cells, where the table begins, and whether it names its columns."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Protocol

from bayes_core.data.upload.dates import days
from bayes_core.data.upload.reading import MISSING, Reading
from bayes_core.data.upload.spelling import is_number

_HEAD = 300_000  # letters looked at
_ROWS = 300
_CELLS = 200  # of a row
_LIKELY = {"\t": 0.3, ";": 0.25, "|": 0.2, ",": 0.15, " ": 0.0}
_SEP = re.compile(r'"?sep=(.)"?', re.IGNORECASE)
Row = Sequence[str]


def sniffed(text: str, encoding: str) -> Reading:
    r"""Return how a text is likely cut into cells; decimals and thousands are not looked at.

    >>> found = sniffed("Prices of 2020\n\na;b\n1,5;2\n", "utf-8")
    >>> found.delimiter, found.header, found.skipped
    (';', True, 2)
    """
    head = text[:_HEAD]
    if len(text) > _HEAD and "\n" in head:
        head = head[: head.rindex("\n")]
    lines = head.splitlines()
    told = _SEP.fullmatch(lines[0].strip()) if lines else None
    comment = _comment(lines[1:] if told else lines)
    reading = _quoted(head, Reading(encoding=encoding, comment=comment, quote=_quote(head)))
    if told and (told[1] in _LIKELY or told[1] == "\\"):
        delimiter = told[1] if told[1] in _LIKELY else "\t"
    else:
        delimiter = _delimiter(head, reading)
    reading = replace(reading, delimiter=delimiter)
    try:
        return placed(rows(head, reading, _ROWS), reading, 1 if told else 0)
    except csv.Error:  # a cell without end: whoever reads all of the text names its row
        return reading


def rows(text: str, reading: Reading, most: int) -> list[Row]:
    """Return the first rows, cells stripped, empty ones and comments among them. Raises csv.Error for wild quotes."""
    found = zip(range(most), cut(text, reading), strict=False)
    return [[cell.strip() for cell in row[: 2 * _CELLS]] for _, row in found]


class Rows(Protocol):
    """What csv.reader returns: rows, one after another, and how many lines they have taken."""

    @property
    def line_num(self) -> int:
        """Return how many lines were read."""
        ...

    def __iter__(self) -> Iterator[Row]:
        """Return the rows."""
        ...

    def __next__(self) -> Row:
        """Return the next row."""
        ...


def cut(text: str, reading: Reading, *, strict: bool = False) -> Rows:
    """Return a reader of a text's rows, each a list of cells."""
    lines: Iterator[str] = io.StringIO(text, newline="")
    if reading.delimiter == " ":
        lines = (line.replace("\t", " ").strip(" \r\n") for line in lines)
    elif reading.delimiter == "|":
        lines = _unframed(text)
    return csv.reader(
        lines,
        delimiter=reading.delimiter or "\x1f",
        quotechar=reading.quote or None,
        quoting=csv.QUOTE_MINIMAL if reading.quote else csv.QUOTE_NONE,
        skipinitialspace=True,
        strict=strict,
    )


def _unframed(text: str) -> Iterator[str]:
    """Return lines without the bars at both their ends, where all have them; a line that only rules is empty."""
    bare = [line.strip() for line in io.StringIO(text, newline="")]
    framed = all(line[0] in "|+" and line[-1] in "|+" and len(line) > 1 for line in bare if line)
    for line, inner in zip(io.StringIO(text, newline=""), bare, strict=True):
        if ("--" in inner or "==" in inner) and not inner.strip(" :=+|-"):
            yield "\n"
        else:
            yield f"{inner[1:-1]}\n" if framed else line


def _comment(lines: Sequence[str]) -> str:
    """Return the sign that begins comments: above the table, or with a blank after it; #N/A and #1 are none."""
    for sign in "#%":
        marked = [
            line for line in lines if line.startswith(sign) and not re.match(r"[#%](?:[\d.,]|[A-Z/0]+[!?A])", line)
        ]
        above = next((line.startswith(sign) for line in lines if line.strip()), False)
        if marked and len(marked) <= 0.5 * len(lines) and (above or all(re.match(r"[#%](?:\s|$)", m) for m in marked)):
            return sign
    return ""


def is_comment(row: Row, reading: Reading) -> bool:
    """Return whether a row is a comment, and no error of a spreadsheet such as #N/A."""
    return bool(reading.comment) and row[0].startswith(reading.comment) and row[0].lower() not in reading.missing


def _quote(head: str) -> str:
    """Return the sign around cells: single quotes only where no double ones are, and they open and close cells."""
    if '"' in head:
        return '"'
    opened = len(re.findall(r"(?:^|[,;\t|])'", head, re.MULTILINE))
    closed = len(re.findall(r"'(?:$|[,;\t|\r])", head, re.MULTILINE))
    return "'" if opened >= 2 and opened == closed else '"'


def _quoted(head: str, reading: Reading) -> Reading:
    """Return the reading without quotes where a cell in quotes never ends."""
    try:
        rows(head, reading, _ROWS)
    except csv.Error:
        return replace(reading, quote="")
    return reading


def _delimiter(head: str, reading: Reading) -> str:
    """Return the delimiter under which most rows have as many cells as the others, and most cells are values."""
    best, chosen = 0.0, ""
    for sign, likely in _LIKELY.items():
        if sign not in head:
            continue
        try:
            found = rows(head, replace(reading, delimiter=sign), _ROWS)
        except csv.Error:
            continue
        score = _score([row for row in found if not _idle(row, reading)])
        if sign == " " and score < 2.2:
            continue  # prose has spaces, too
        if score and score + likely > best and not (sign in ", " and _whole_lines(head, found)):
            best, chosen = score + likely, sign
    return chosen


def _score(found: list[Row]) -> float:
    """Return 0 where rows have no common width, else how many have it and how many of their cells are values."""
    if not found:
        return 0.0
    width, often = _width(found)
    share = often / len(found)
    if width < 2 or share <= 0.5:
        return 0.0
    cells = [cell for row in found[:60] if len(row) == width for cell in row[:_CELLS] if cell]
    return 2 * share + sum(map(_is_value, cells)) / max(len(cells), 1) if cells else 0.0


def _width(found: Sequence[Row]) -> tuple[int, int]:
    return Counter(map(len, found)).most_common(1)[0]


def _whole_lines(head: str, found: Sequence[Row]) -> bool:
    """Return whether each line after a name without the sign is one number: "price", then "1 234,5"."""
    lines = [line.strip() for line in head.splitlines() if line.strip()]
    named = bool(found) and len(found[0]) == 1 and not _is_value(lines[0])
    return named and len(lines) > 1 and all(is_number(line) for line in lines[1:60])


def _idle(row: Row, reading: Reading) -> bool:
    """Return whether a row is empty or a comment."""
    return not any(row) or is_comment(row, reading)


def _is_value(cell: str) -> bool:
    return is_number(cell) or cell.lower() in MISSING or days([cell]) is not None


def placed(found: list[Row], reading: Reading, begun: int = 0) -> Reading:
    """Return the reading with the row where the table begins, and whether that one names the columns."""
    found = found[:_ROWS]
    useful = [k for k, row in enumerate(found) if k >= begun and not _idle(row, reading)]
    if not useful:
        return replace(reading, skipped=begun)
    width = _width([found[k] for k in useful])[0]
    first = next((n for n, k in enumerate(useful) if _begins(found[k], width)), 0)
    at = useful[first]
    body = [found[k] for k in useful[first:]]
    header = _named(body)
    if not header:
        marked = _marked_header(found, begun, at, reading, width)
        if marked is not None:
            return replace(reading, skipped=marked, header=True)
    return replace(reading, skipped=at, header=header)


def _begins(row: Row, width: int) -> bool:
    """Return whether a row is as wide as the table: titles and notes before it fill one cell or two."""
    filled = sum(map(bool, row))
    return len(row) >= max(width - 1, 1) and (width < 3 or filled > 1) and (width != 2 or len(row) >= 2)


def _marked_header(found: list[Row], begun: int, at: int, reading: Reading, width: int) -> int | None:
    """Return the comment right before the data that names as many columns as they have, as NumPy writes it."""
    k = at - 1
    if k < begun or not reading.comment or not found[k] or not found[k][0].startswith(reading.comment):
        return None
    names = [name for name in unmarked(found[k], reading.comment) if name]
    return k if len(names) == width and width > 1 and not any(map(_is_value, names)) else None


def unmarked(row: Row, comment: str) -> Row:
    """Return a header's cells without the comment sign before them."""
    if not comment or not row or not row[0].startswith(comment):
        return row
    first = row[0].removeprefix(comment).strip()
    return [first, *row[1:]] if first else row[1:]


def _named(body: list[Row]) -> bool:
    """Return whether the first row names the columns: it holds texts alone, or texts and a run of years."""
    first, rest = body[0], body[1:]
    values = [cell for cell in first if cell and _is_value(cell)]
    if not any(first):
        return False
    if values:
        return _years(values) and 0 < len(first) - len(values) <= 3 and bool(rest) and len(values) > 1
    if not rest:
        return True
    numeric = any(_is_value(cell) and cell.lower() not in MISSING for row in rest[:50] for cell in row)
    again = any(first[d] == row[d] for row in rest for d in range(min(len(row), len(first))) if first[d])
    return numeric or not again


def _years(cells: list[str]) -> bool:
    if not all(len(cell) == 4 and cell.isascii() and cell.isdigit() and 1800 <= int(cell) <= 2200 for cell in cells):
        return False
    years = [int(cell) for cell in cells]
    return all(b > a for a, b in pairwise(years))


__all__ = ["Row", "Rows", "cut", "is_comment", "placed", "rows", "sniffed", "unmarked"]
