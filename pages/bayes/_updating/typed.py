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
    """Read typed observations: letters H and T (or 1 and 0) for a coin, numbers for the others.

    Raises ValueError that names the letter or the word which cannot be read.

    >>> sequence("HHT ht", "beta")
    array([1., 1., 0., 1., 0.])
    """
    if family == "beta":
        letters = [c for c in text.upper() if not c.isspace() and c != ","]
        for letter in letters:
            if letter not in "HT10":
                raise ValueError(
                    f"“{letter}” is neither H nor T: write a sequence such as HHTHT, or counts such as 520:480"
                )
        values = [1.0 if c in "H1" else 0.0 for c in letters]
    else:
        values = []
        for word in text.replace(";", " ").replace(",", " ").split():
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


def plain(text: str) -> str:
    """Return text with single spaces. Raises ValueError where there is too much of it."""
    words = " ".join(text.split())
    if len(words) > 4000:
        raise ValueError(f"{len(words)} letters: at most 4000")
    return words


def read(text: str, family: str) -> str:
    """Return typed data as they are kept, or say what is wrong with them."""
    kept = plain(text)
    if kept and not (family == "beta" and counts(kept)):
        sequence(kept, family)
    return kept
