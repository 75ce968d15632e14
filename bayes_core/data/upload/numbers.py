"""A column's cells as numbers, in the quickest way that its signs allow."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.data.upload.numerals import apart
from bayes_core.data.upload.spelling import Spelling

_PLAIN = frozenset("0123456789")
_DIGITS = _PLAIN | frozenset("+-eE")
_LONGEST = 15  # digits that a float keeps
_ENOUGH = 400  # cells, after which a column of texts is known as one


@dataclass(frozen=True)
class Numbers:
    """What a column's distinct cells are as numbers, their common unit, and the cells that are none."""

    values: dict[str, float]
    unit: str = ""
    unread: frozenset[str] = frozenset()
    codes: bool = False


def numbers(cells: Collection[str], spelling: Spelling) -> Numbers:
    """Return a column's distinct cells as numbers; `codes` where leading zeros or too many digits make them labels.

    >>> numbers(["1,5", "2"], Spelling(",")).values, numbers(["007", "12"], Spelling()).codes
    ({'1,5': 1.5, '2': 2.0}, True)
    """
    found = _straight(cells, spelling)
    if found is not None:
        return found
    if _PLAIN.isdisjoint("".join(cells)):
        return Numbers({}, unread=frozenset(cells))
    return _of_one_unit(cells, spelling) or _slow(cells, spelling)


def _straight(cells: Collection[str], spelling: Spelling) -> Numbers | None:
    """Return cells of digits, decimal and thousands signs alone as numbers, None where there is anything else."""
    signs = set("".join(cells))
    if signs <= _DIGITS | {spelling.decimal}:
        quick = _quick(cells, spelling)
        if quick is not None:
            whole = not signs - _PLAIN
            return Numbers(quick, codes=whole and any(len(c) > _LONGEST or (c[0] == "0" and len(c) > 1) for c in cells))
    if spelling.thousands and signs <= _DIGITS | {spelling.decimal, spelling.thousands}:
        quick = _quick_groups(cells, spelling)
        return None if quick is None else Numbers(quick)
    return None


def _of_one_unit(cells: Collection[str], spelling: Spelling) -> Numbers | None:
    """Return cells that all end with the unit of the first, as "5,20 €" does, None where one does not."""
    first = next(iter(cells))
    numeral = apart(first)
    if numeral is None or not numeral.unit or not first.endswith(numeral.unit):
        return None
    end = first[len(first.removesuffix(numeral.unit).rstrip()) :]
    if not all(cell.endswith(end) for cell in cells):
        return None
    found = _straight([cell.removesuffix(end) for cell in cells], spelling)
    return None if found is None else Numbers(dict(zip(cells, found.values.values(), strict=True)), numeral.unit)


def plain(cells: Sequence[str], spelling: Spelling) -> FloatArray | None:
    """Return all cells (N,) as numbers, NaN for empty ones; None where one is more than digits and their signs.

    >>> plain(["1.5", "", "-2e3"], Spelling()), plain(["1.5", "2 kg"], Spelling()), plain(["007", "12"], Spelling())
    (array([ 1.5e+00,  nan, -2.0e+03]), None, None)
    """
    text = "\n".join(cells)
    signs = set(text.encode(errors="replace").translate(None, b"0123456789\n").decode(errors="replace"))
    if not text.strip() or text.count("\n") >= len(cells):  # empty, or a cell goes over two lines
        return None
    if not signs <= _DIGITS | {spelling.decimal, spelling.thousands}:
        return None
    if not signs and (re.search(r"(?:^|\n)0\d", text) or max(map(len, cells)) > _LONGEST):
        return None
    if spelling.thousands in signs:
        if not all(map(_groups(spelling), filter(None, cells))):
            return None
        text = text.replace(spelling.thousands, "")
    elif spelling.decimal == ".":
        return _floats(cells)
    return _floats(text.replace(spelling.decimal, ".").split("\n"))


def _floats(cells: Sequence[str]) -> FloatArray | None:
    try:
        if "" in cells:
            values = np.array([float(cell) if cell else math.nan for cell in cells])
        else:
            values = np.fromiter(map(float, cells), float, len(cells))
    except ValueError:
        return None
    return None if np.isinf(values).any() else values


def _groups(spelling: Spelling) -> Callable[[str], object]:
    """Return what tells whether a cell's thousands stand in groups of three, or in none."""
    point, sign = re.escape(spelling.decimal), re.escape(spelling.thousands)
    return re.compile(rf"-?(?:\d{{1,3}}(?:{sign}\d{{3}})+|\d+)(?:{point}\d*)?", re.ASCII).fullmatch


def _quick(cells: Collection[str], spelling: Spelling) -> dict[str, float] | None:
    try:
        if spelling.decimal == ".":
            values = [float(cell) for cell in cells]
        else:
            values = [float(cell.replace(",", ".")) for cell in cells]
    except ValueError:
        return None
    return dict(zip(cells, values, strict=True)) if all(map(math.isfinite, values)) else None


def _quick_groups(cells: Collection[str], spelling: Spelling) -> dict[str, float] | None:
    if not all(map(_groups(spelling), cells)):
        return None
    plain = [cell.replace(spelling.thousands, "").replace(spelling.decimal, ".") for cell in cells]
    values = list(map(float, plain))
    return dict(zip(cells, values, strict=True)) if all(map(math.isfinite, values)) else None


def _slow(cells: Collection[str], spelling: Spelling) -> Numbers:
    read: dict[str, tuple[float, str]] = {}
    for k, cell in enumerate(cells):
        if k == _ENOUGH and 2 * len(read) < k:
            return Numbers({}, unread=frozenset(cells))
        numeral = apart(cell)
        value = None if numeral is None else spelling.value(numeral.body)
        if numeral is not None and value is not None:
            read[cell] = (-value if numeral.negative else value, numeral.unit)
    units = Counter(unit for _, unit in read.values())
    unit = units.most_common(1)[0][0] if units else ""
    values = {cell: value for cell, (value, own) in read.items() if own == unit or (value == 0 and not own)}
    return Numbers(values, unit, frozenset(cell for cell in cells if cell not in values))


__all__ = ["Numbers", "numbers", "plain"]
