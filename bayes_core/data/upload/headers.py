"""Names of columns: units taken out of them, empty and double ones told apart."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bayes_core.data.upload.words import places, quoted, several

_BRACKETS = re.compile(r"([^()\[\]]{1,200}?)\s*(?:\(([^()\[\]]{1,20})\)|\[([^()\[\]]{1,20})\])")
_AFTER = {
    "C": "°C", "F": "°F", "K": "K", "kg": "kg", "g": "g", "mg": "mg", "km": "km", "m": "m", "cm": "cm", "mm": "mm",
    "m2": "m²", "m3": "m³", "sqm": "m²", "sqft": "sq ft", "ha": "ha", "s": "s", "sec": "s", "ms": "ms", "min": "min",
    "h": "h", "eur": "EUR", "usd": "USD", "gbp": "GBP", "pct": "%", "percent": "%", "kwh": "kWh", "kw": "kW",
    "mph": "mph", "kmh": "km/h", "hpa": "hPa", "l": "l", "ml": "ml", "lb": "lb", "lbs": "lb", "ft": "ft",
}  # fmt: skip
_COMMA = re.compile(r"([^,]{1,200}), ?([^\s,]{1,8}|% vol|sq ft)")
_LONGEST = 80
_NO_UNIT = "()[]{}<>*`"
MOST_UNIT = 20
"""Letters of a unit, as many as are looked for in a header."""


@dataclass(frozen=True)
class Names:
    """The columns' names and units ("": unknown), and what had to be changed."""

    names: tuple[str, ...]
    units: tuple[str, ...]
    notes: tuple[str, ...]


def named(header: Sequence[str], width: int) -> Names:
    """Return a name and a unit for each of `width` columns.

    >>> named(["area (m²)", "price [k$]", "temp_C", ""], 4).names, named(["area (m²)", "price [k$]", "temp_C"], 3).units
    (('area', 'price', 'temp', 'column 4'), ('m²', 'k$', '°C'))
    """
    written = [" ".join("".join(c if c.isprintable() else " " for c in name).split()) for name in header]
    written = (written + [""] * width)[:width]
    parted = [_parted(name) for name in written]
    often = Counter(name for name, _ in parted)
    parted = [pair if often[pair[0]] == 1 else (full, "") for pair, full in zip(parted, written, strict=True)]
    notes = []
    empty = [k for k, (name, _) in enumerate(parted) if not name]
    if empty and any(written):
        verb = "has" if len(empty) == 1 else "have"
        which = places("Column", [k + 1 for k in empty])
        notes.append(f"{which} {verb} no name and {verb} been given one.")
    names = [name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…" for name, _ in parted]
    if any(len(name) > _LONGEST for name, _ in parted):
        notes.append(f"Names of more than {_LONGEST} letters are cut.")
    twice = [name for name, n in Counter(filter(None, names)).items() if n > 1]
    if twice:
        notes.append(
            f"{several(len(twice), 'name')} stood twice or more, such as {quoted(twice[0])}: later ones are numbered."
        )
    return Names(_distinct(names), tuple(unit for _, unit in parted), tuple(notes))


def unit_typed(text: str) -> str:
    """Return a unit as somebody types it, "" for none. Raises ValueError for what could not stand in a header.

    >>> unit_typed(" kg / m² ")
    'kg / m²'
    """
    unit = " ".join(text.split())
    if len(unit) > MOST_UNIT:
        raise ValueError(f"the unit {quoted(unit)} has {len(unit)} letters: give at most {MOST_UNIT}, such as g/l")
    bad = next((c for c in unit if c in _NO_UNIT or not c.isprintable()), "")
    if bad:
        raise ValueError(f"the unit {quoted(unit)} holds {quoted(bad)}: give letters and signs without brackets")
    return unit


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    """Return names of which none is empty or stands twice."""
    taken, given = set(filter(None, names)), set[str]()
    result = []
    for k, name in enumerate(names):
        own, number = name or f"column {k + 1}", 2
        while own in given or (own in taken and own != name):
            own, number = f"{name or f'column {k + 1}'} ({number})", number + 1
        given.add(own)
        result.append(own)
    return tuple(result)


def _parted(name: str) -> tuple[str, str]:
    """Return a name without its unit, and the unit."""
    found = _BRACKETS.fullmatch(name) or _COMMA.fullmatch(name)
    if found:
        unit = (found[2] or found[found.re.groups] or "").strip()
        if unit and not unit.isdigit() and (found.re is _BRACKETS or _is_unit(unit)):
            return found[1].strip(" _"), unit
        return name, ""
    stem, _, last = name.rpartition("_")
    unit = _AFTER.get(last) or _AFTER.get(last.lower(), "") if len(last) > 1 else _AFTER.get(last, "")
    if stem and unit:
        return stem, unit
    stem, _, last = name.rpartition(" ")
    return (stem, last) if stem and last in ("°C", "°F", "%", "m²", "€", "$", "£") else (name, "")


def _is_unit(text: str) -> bool:
    return text.lower() in _AFTER or text in _AFTER.values() or any(c in text for c in "%°²³$€£¥/µ")


__all__ = ["MOST_UNIT", "Names", "named", "unit_typed"]
