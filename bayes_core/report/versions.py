"""Which versions made an answer."""

from __future__ import annotations

import platform
from functools import cache
from importlib.metadata import PackageNotFoundError, version

_PACKAGES = ("bayes-dashboard", "numpy", "scipy", "jax", "numpyro", "scikit-learn", "streamlit", "plotly")


@cache
def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that an answer rests on, those that are installed.

    >>> list(versions())[:1], "numpy" in versions()
    (['Python'], True)
    """
    found = {"Python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
