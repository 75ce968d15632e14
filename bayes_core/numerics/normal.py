"""The normal distribution function of very many values: a table, and two terms of Taylor's series from its entries."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from bayes_core.checks import FloatArray

_FINE, _REACH = 2048, 9  # entries a unit, and how far to either side: all but 1e-19 of the mass
_DENSEST = float(1 / np.sqrt(2 * np.pi))


def below(z: FloatArray, bell: FloatArray) -> FloatArray:
    r"""Return what share of a normal distribution lies below z, within 1e-12, where bell = exp(-z^2 / 2) is known.

    From the nearest entry c of a table, with d = z - c:

    .. math:: \Phi(z) \approx \Phi(c) + \varphi(z)\, d\, (1 + z d / 2), \quad |d| \le 2^{-12}

    What is left out is less than |d|^3 / 15. Of some ten thousand values, which stay in the processor's own memory,
    this takes a third to a quarter of the time of scipy's ndtr, which has all sixteen digits.

    >>> z = np.array([-1.0, 0.0, 1.96, 40.0])
    >>> below(z, np.exp(-0.5 * z * z)).round(4)
    array([0.1587, 0.5   , 0.975 , 1.    ])
    """
    off = z * _FINE
    near = np.rint(off)
    off -= near
    near += _FINE * _REACH
    _table().take(near.astype(np.intp), out=near, mode="clip")  # where it clips, bell is 0
    share = off * z
    share *= 0.5 / _FINE
    share += 1
    share *= off
    share *= bell
    share *= _DENSEST / _FINE
    share += near
    return share


@lru_cache(maxsize=1)
def _table() -> FloatArray:
    from scipy.special import ndtr  # noqa: PLC0415 (a third of a second to import: the start page does without)

    table: FloatArray = ndtr(np.arange(-_REACH * _FINE, _REACH * _FINE + 1) / _FINE)
    return table
