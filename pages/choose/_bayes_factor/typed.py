"""A record that a reader types: tosses one by one or counted; values, or a t statistic with its sizes."""

from __future__ import annotations

import re

import numpy as np

from bayes_core.checks import FloatArray
from pages._ui import entry
from pages._ui.link import as_text

LONGEST = 400
"""Tosses or values that may be typed one by one."""
MOST = 100_000
"""Tosses that may be counted."""
_COUNTS = re.compile(r"(\d{1,7})\s*(?::|\bof\b)\s*(\d{1,7})", re.IGNORECASE)
_T = re.compile(r"t\s*=\s*([+−-]?[\d.]+)[\s,;]+n\s*=\s*(\d{1,6})(?:\s*\+\s*(\d{1,6}))?", re.IGNORECASE)
_SIZES = re.compile(r"n=(\d{1,6})(?:\+(\d{1,6}))?")


def tosses(text: str) -> str:
    """Return typed tosses as they are kept: "HHTHT", or "115:85" for heads and tails.

    Raises ValueError that names what cannot be read.

    >>> tosses("h h t"), tosses("115 of 200"), tosses("115 : 85")
    ('HHT', '115:85', '115:85')
    """
    plain = " ".join(text.split())
    if not plain:
        return ""
    counted = _COUNTS.fullmatch(plain)
    if counted:
        heads, second = int(counted[1]), int(counted[2])
        tails = second - heads if "of" in plain.lower() else second
        if tails < 0:
            raise ValueError(f"“{plain[:40]}”: there cannot be more of one side than tosses in all")
        if not 1 <= heads + tails <= MOST:
            raise ValueError(f"{heads + tails:,} tosses: give from 1 to {MOST:,}")
        return f"{heads}:{tails}"
    letters = [c for c in plain.upper() if c not in " ,"]
    for letter in letters:
        if letter not in "HT10YN":
            raise ValueError(f"“{letter}” is neither H nor T: write HHTHT, or counts such as 115 of 200")
    if len(letters) > LONGEST:
        raise ValueError(f"{len(letters)} tosses: type up to {LONGEST} one by one, or counts such as 115 of 200")
    return "".join("H" if c in "HY1" else "T" for c in letters)


def counted(kept: str) -> tuple[int, int]:
    """Return how many heads among how many tosses are kept.

    >>> counted("HHT"), counted("115:85")
    ((2, 3), (115, 200))
    """
    if ":" in kept:
        heads, tails = map(int, kept.split(":"))
        return heads, heads + tails
    return kept.count("H"), len(kept)


def listed(kept: str) -> FloatArray | None:
    """Return tosses (n,) that were typed one by one, None where they were counted."""
    return None if ":" in kept else np.array([float(c == "H") for c in kept])


def values(text: str) -> str:
    """Return typed values as they are kept: "1.2 2.4 1.3", or "t=3.5 n=20+20" for a statistic.

    Raises ValueError that names what cannot be read.

    >>> values("1.2; 2.4, 1.3"), values("t = 3.5, n = 20 + 20"), values("t=−2 n=12")
    ('1.2 2.4 1.3', 't=3.5 n=20+20', 't=-2 n=12')
    """
    plain = " ".join(text.split())
    told = _T.fullmatch(plain)
    if told:
        first, second = int(told[2]), told[3]
        if first + int(second or 0) < (3 if second else 2) or second == "0":
            raise ValueError(f"“{plain[:40]}”: a t statistic needs more values than that")
        size = float(told[1].replace("−", "-"))
        if abs(size) > 100:
            raise ValueError(f"t = {size:g}: give a t from −100 to 100")
        return f"t={as_text(size)} n={first}" + (f"+{int(second)}" if second else "")
    words = [word.strip(",") for word in re.split(r"[\s;]+|,\s", plain) if word.strip(",")]
    numbers = [_number(word) for word in words]
    if words and not 2 <= len(numbers) <= LONGEST:
        raise ValueError(
            f"{len(numbers)} values: type from 2 to {LONGEST}, or a statistic such as t = 3.5, n = 20 + 20"
        )
    if numbers and max(numbers) - min(numbers) <= 1e-9 * max(map(abs, numbers)):
        raise ValueError("all values are the same: without any spread there is nothing to measure a mean by")
    return " ".join(as_text(number) for number in numbers)


def sizes(kept: str) -> tuple[int, int] | None:
    """Return the sizes of one group (n, 0), or of two, that belong to a typed statistic; None for values.

    >>> sizes("t=3.5 n=20+20"), sizes("n=12"), sizes("1 2 3")
    ((20, 20), (12, 0), None)
    """
    told = _SIZES.search(kept)
    return (int(told[1]), int(told[2] or 0)) if told else None


def statistic(kept: str) -> float:
    """Return a typed t statistic."""
    return float(kept.split(maxsplit=1)[0].removeprefix("t="))


def _number(word: str) -> float:
    try:
        fitting = entry.meant(word, "", -1e9, 1e9)
    except ValueError as error:
        raise ValueError(
            f"“{word[:20]}” is not a number: write values with spaces between, or t = 3.5, n = 20 + 20"
        ) from error
    if len(fitting) > 1:
        raise ValueError(f"“{word[:20]}” may mean {' or '.join(map(as_text, fitting))}: write a point, or spaces")
    if not fitting:
        raise ValueError(f"“{word[:20]}” is outside −1e9 to 1e9: count in a larger unit")
    return fitting[0] + 0.0
