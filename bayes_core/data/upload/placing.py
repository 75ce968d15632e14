"""The axes and scales of a drawing as text in a link, beside its points: a drawing is drawn on a picture's own axes."""

from __future__ import annotations

import base64
import binascii
import json
import math
import re
import zlib
from dataclasses import replace
from typing import Any

from bayes_core.data.source import Axes, Scale, Source

_LONGEST, _INFLATED, _MOST, _NAME = 1_200, 10_000, 40, 200
_BROKEN = "the axes in the link were cut or changed: open the whole link again"


def as_placing(source: Source) -> str:
    """Return a source's axes, scales and the scale of its noise's prior as letters, digits, - and _.

    >>> from bayes_core.types import Dataset
    >>> source = Source.of(Dataset.from_arrays([1.0, 2, 4, 7], [2.0, 2.9, 5.2, 8.1]))
    >>> placed_by(source, as_placing(source)).axes == source.axes
    True
    """
    axes = source.axes
    scales = {name: [*scale.range, scale.ticks, scale.unit, scale.start] for name, scale in source.scales.items()}
    parts = [axes.x_range, axes.y_range, axes.x_ticks, axes.y_ticks, axes.x_title, axes.y_title]
    told = [*parts, source.noise_prior, scales, source.point, source.beyond]
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    squeezed = squeezer.compress(text.encode()) + squeezer.flush()
    return base64.urlsafe_b64encode(squeezed).decode().rstrip("=")


def placed_by(source: Source, text: str) -> Source:
    """Return a source on the axes in a link. Raises ValueError for whatever `as_placing` would not have written."""
    if len(text) > _LONGEST or not re.fullmatch(r"[A-Za-z0-9_-]+", text):
        raise ValueError(_BROKEN)
    try:
        stretcher = zlib.decompressobj(-15)
        content = stretcher.decompress(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)), _INFLATED)
        if not stretcher.eof or stretcher.unused_data:
            raise ValueError(_BROKEN)
        x, y, x_ticks, y_ticks, x_title, y_title, noise, scales, point, beyond = json.loads(content.decode())
        axes = Axes(_ends(x), _ends(y), _numbers(x_ticks), _numbers(y_ticks), _line(x_title), _line(y_title))
        one, many = point
        told = {_line(name): _scale(values) for name, values in scales.items()}
        return replace(
            source,
            axes=axes,
            scales={**source.scales, **told},
            noise_prior=_above(noise),
            point=(_line(one), _line(many)),
            beyond=_line(beyond),
            placed=True,
            **_looked_along(source),
        )
    except (ValueError, TypeError, AttributeError, RecursionError, zlib.error, binascii.Error) as error:
        raise ValueError(_BROKEN) from error


def _looked_along(source: Source) -> dict[str, Any]:
    """Return which inputs are the axes: of classes both, in the order in which they were drawn."""
    if source.dataset.task == "regression":
        return {}
    if source.dataset.x.shape[1] != 2:
        raise ValueError(_BROKEN)
    return {"along": 0, "across": 1}


def _scale(values: Any) -> Scale:
    low, high, ticks, unit, start = values
    low, high = _ends([low, high])
    return Scale(low, high, _numbers(ticks), _line(unit), None if start is None else _number(start))


def _number(value: Any) -> float:
    if type(value) not in (int, float) or not math.isfinite(value) or abs(value) > 1e12:
        raise ValueError(_BROKEN)
    return float(value)


def _above(value: Any) -> float:
    number = _number(value)
    if number <= 0:
        raise ValueError(_BROKEN)
    return number


def _ends(values: Any) -> tuple[float, float]:
    low, high = _numbers(values)
    if high - low < 1e-9 * max(abs(low), abs(high)) or high <= low:
        raise ValueError(_BROKEN)
    return low, high


def _numbers(values: Any) -> tuple[float, ...]:
    if not isinstance(values, list) or len(values) > _MOST:
        raise ValueError(_BROKEN)
    return tuple(map(_number, values))


def _line(text: Any) -> str:
    if not isinstance(text, str) or len(text) > _NAME or not text.isprintable():
        raise ValueError(_BROKEN)
    return text


__all__ = ["as_placing", "placed_by"]
