"""How a column is spread, for its card: a tiny picture between the smallest and the largest value."""

from __future__ import annotations

from bayes_core.data.upload import Column
from bayes_core.data.upload.dates import written
from bayes_core.data.upload.words import number
from bayes_core.figures import tiny

from .marked import plain_name


def said(column: Column, value: float) -> str:
    """Return a value of a column as a card writes it."""
    if column.levels:
        return column.levels[int(value)]
    return written(value) if column.kind == "date" else number(float(f"{value:.4g}"))


def ends(column: Column) -> tuple[str, str]:
    """Return what stands at both ends of the picture: smallest and largest value; of words, the most common one.

    What is different in every row has neither ends nor a picture.
    """
    if column.range is None or column.kind in ("text", "id"):
        return "", ""
    if column.levels:
        return plain_name(said(column, column.bars[0][0]))[:14], ""
    low, high = (said(column, value) for value in column.range)
    if column.kind == "date":
        return (low[:7], high[:7]) if low[:4] != high[:4] else (low[5:10], high[5:10])
    return low, high


def spread(column: Column) -> str:
    """Return the picture as HTML: bars, side by side for words, and dots for a few numbers."""
    if column.range is None or column.kind in ("text", "id"):
        return ""
    places, counts = zip(*column.bars, strict=True)
    most = said(column, column.bars[counts.index(max(counts))][0])
    if column.levels:
        return tiny.in_turn(counts, f"{column.distinct} different, most often {most}")
    low, high = ends(column)
    alt = f"from {low} to {high}, most often near {most}"
    if len(column.known) <= tiny.FEW:
        return tiny.dots(column.known, column.range, alt)
    return tiny.bars(places, counts, column.range, alt, column.far.tolist())
