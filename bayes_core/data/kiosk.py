"""A table that somebody might bring: 120 Saturdays of an ice-cream kiosk, with what real tables have wrong with them.

Everything in it is invented: a season's temperature and rain, and sales that follow both, with a scatter of their own.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from bayes_core.checks import FloatArray, count

_FIRST = date(2021, 4, 3)
_WEEKS = 24  # Saturdays of a season, from April on
_WHO = ("football club", "school class", "cycling tour", "choir", "wedding party", "scouts")
_WHAT = ("came by", "bought us out of vanilla", "asked for sorbet", "sat here for hours", "left us a drum")
_HEADER = "Saturday;high (°C);rain (mm);sky;holidays;helpers;sales (portions);remark"
_UNKNOWN_SALES, _UNKNOWN_HIGH, _REPEATED = 41, 76, 90


def kiosk(saturdays: int = 120, seed: int = 5) -> str:
    r"""Return the table as a text, the way a spreadsheet writes it where the comma parts decimals.

    One sale is missing, one temperature says "n/a", one row stands there twice. Sales are, in the mean,

    .. math:: 40 + 11.5\,t - 16 \sqrt{r} + 45 h

    for a temperature t, rain r and holidays h, and scatter by 32 portions.

    >>> lines = kiosk().splitlines()
    >>> lines[0], len(lines)
    ('Saturday;high (°C);rain (mm);sky;holidays;helpers;sales (portions);remark', 121)
    """
    rows = count(saturdays, "the Saturdays", 100, 10_000) - 1
    random = np.random.default_rng(seed)
    week = np.arange(rows) % _WEEKS
    high = 13 + 12 * np.sin(np.pi * (week + 1) / _WEEKS) + 3.2 * random.standard_normal(rows)
    rain = np.where(random.random(rows) < 0.5, 0.2, 0.2 + random.gamma(0.7, 5.0, rows))
    holidays = ((week > 12) & (week < 19)).astype(int)
    mean = 40 + 11.5 * high - 16 * np.sqrt(rain) + 45 * holidays
    sold = np.maximum(np.round(mean + 32 * random.standard_normal(rows)), 5)
    helpers = np.clip(np.round(high / 8 + random.normal(0, 0.5, rows)), 1, 4)
    remarks = _remarks(rows, random)
    lines = [
        ";".join(
            (
                _day(k),
                "n/a" if k == _UNKNOWN_HIGH else _comma(high[k]),
                _comma(rain[k]),
                _sky(float(rain[k]), float(high[k])),
                "yes" if holidays[k] else "no",
                f"{helpers[k]:.0f}",
                "" if k == _UNKNOWN_SALES else f"{sold[k]:.0f}",
                remarks[k],
            )
        )
        for k in range(rows)
    ]
    return "\n".join([_HEADER, *lines[: _REPEATED + 1], lines[_REPEATED], *lines[_REPEATED + 1 :]]) + "\n"


def _day(k: int) -> str:
    season, week = divmod(k, _WEEKS)
    return (_FIRST + timedelta(weeks=52 * season + week)).isoformat()


def _sky(rain: float, high: float) -> str:
    if rain > 2:
        return "rain"
    return "sun" if high > 19 else "clouds"


def _comma(value: FloatArray | float) -> str:
    return f"{float(value):.1f}".replace(".", ",")


def _remarks(rows: int, random: np.random.Generator) -> list[str]:
    """Return a remark for every fourth Saturday, no two alike."""
    every = [f"the {who} {what}" for who in _WHO for what in _WHAT]
    order = random.permutation(len(every))
    return [every[order[(k // 4) % len(every)]] if k % 4 == 0 and k // 4 < len(every) else "" for k in range(rows)]


__all__ = ["kiosk"]
