"""What a process computes with: two that agree in all of it give the same draws."""

from __future__ import annotations

import platform
from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

_PACKAGES = ("numpy", "scipy", "jax", "jaxlib", "numpyro", "optax")
_HOME = Path(__file__).resolve().parents[1]


@cache
def build() -> Mapping[str, str]:
    """Return what this process computes with, by name; `bayes_core` is told by its sources, as they are now."""
    return {"python": platform.python_version(), **{name: _version(name) for name in _PACKAGES}, "bayes_core": _told()}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _told(home: Path = _HOME) -> str:
    """Return twelve hexadecimal digits that tell these sources from any others."""
    seen = blake2b(digest_size=6)
    for path in sorted(home.rglob("*.py")):
        text = path.read_bytes()
        seen.update(f"{path.relative_to(home).as_posix()} {len(text)}\n".encode() + text)
    return seen.hexdigest()


def differences(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """Return what two builds differ in, in words; nothing where they agree.

    >>> differences({"jax": "0.9", "numpy": "2.3"}, {"jax": "0.8", "numpy": "2.3"})
    'jax is 0.8 there and 0.9 here'
    """
    names = dict.fromkeys((*here, *there))
    return "; ".join(
        f"{name} is {there.get(name, 'none')} there and {here.get(name, 'none')} here"
        for name in names
        if here.get(name) != there.get(name)
    )


__all__ = ["build", "differences"]
