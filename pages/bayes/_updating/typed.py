"""Observations that a reader types: a sequence, numbers, or counts."""

from __future__ import annotations

import re

import numpy as np

from bayes_core.checks import FloatArray

LONGEST = 400  # observations that may be typed
MOST = 10**12  # observations that may be given as counts


def counts(text: str) -> tuple[int, int] | None:
    """Return typed counts "heads:tails", or None if the text is something else.

    >>> counts("520:480"), counts("HHT")
    ((520, 480), None)
    """
    match = re.fullmatch(r"\s*(\d{1,13})\s*:\s*(\d{1,13})\s*", text)
    if not match:
        return None
    heads, tails = int(match[1]), int(match[2])
    if heads + tails > MOST:
        raise ValueError(f"{heads + tails:,} observations: at most {MOST:,}")
    return heads, tails


def sequence(text: str, family: str) -> FloatArray:
    """Read typed observations: letters H and T (or Y and N, or 1 and 0) for a share, numbers for the others.

    Raises ValueError that names the letter or the word which cannot be read.

    >>> sequence("HHT yn", "beta"), sequence("71,2 70,8", "normal")
    (array([1., 1., 0., 1., 0.]), array([71.2, 70.8]))
    """
    if family == "beta":
        letters = [c for c in text.upper() if not c.isspace() and c != ","]
        for letter in letters:
            if letter not in "HTYN10":
                raise ValueError(f"“{letter}” is neither H nor T, nor Y nor N: write HHTHT, or counts such as 520:480")
        values = [1.0 if c in "HY1" else 0.0 for c in letters]
    else:
        values = []
        for word in _counted(text) if family == "gamma" else _measured(text):
            try:
                value = float(word)
            except ValueError as error:
                raise ValueError(f"“{word[:20]}” is not a number: write numbers with spaces between") from error
            whole = family != "gamma" or (value >= 0 and value == int(value))
            if not np.isfinite(value) or abs(value) > 1e9 or not whole:
                rule = "counts are whole numbers from 0 to 1e9" if family == "gamma" else "give numbers up to 1e9"
                raise ValueError(f"“{word[:20]}” cannot be an observation: {rule}")
            values.append(value)
    if not 1 <= len(values) <= LONGEST:
        raise ValueError(f"{len(values)} observations: type from 1 to {LONGEST}")
    return np.array(values)


def _parted(text: str) -> list[str]:
    """Return what spaces and semicolons part; a comma before or behind them parts as well."""
    words = [word.strip(",") for word in re.split(r"[\s;]+", text.replace("−", "-"))]
    return [word for word in words if word]


def _counted(text: str) -> list[str]:
    """Return typed counts one by one. Raises ValueError for a comma that may group thousands."""
    words = _parted(text)
    for word in words:
        if re.fullmatch(r"[1-9]\d{0,2}(,\d{3})+", word):
            one = word.replace(",", "")[:20]
            raise ValueError(f"“{word[:20]}” may be one count or several: write {one}, or spaces between")
    return [part for word in words for part in word.split(",")]


def _measured(text: str) -> list[str]:
    """Return typed measurements one by one, whether commas part them or are decimal. Raises ValueError if unclear.

    >>> _measured("71,2 70,8"), _measured("71.2,70.8"), _measured("71, 72, 73")
    (['71.2', '70.8'], ['71.2', '70.8'], ['71', '72', '73'])
    """
    words = _parted(text)
    single = [word for word in words if re.fullmatch(r"[+-]?\d+,\d+", word)]
    if not single:
        return [part for word in words for part in word.split(",")]
    if len(words) == 1 or "." in text or any("," in word for word in words if word not in single):
        one, two = single[0].replace(",", "."), single[0].replace(",", " ")
        raise ValueError(f"“{single[0][:20]}” may be one number or two: write {one[:20]}, or {two[:20]}")
    return [word.replace(",", ".") for word in words]


def plain(text: str) -> str:
    """Return text with single spaces. Raises ValueError where there is too much of it."""
    words = " ".join(text.split())
    if len(words) > 4000:
        raise ValueError(f"{len(words)} letters: at most 4000")
    return words


def read(text: str, family: str) -> str:
    """Return typed data as they are kept, or say what is wrong with them."""
    data = plain(text)
    if data and not (family == "beta" and counts(data)):
        sequence(data, family)
    return data
