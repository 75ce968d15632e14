"""The script that repeats what the picture shows."""

from __future__ import annotations

from .settings import NarrowingSettings


def script(settings: NarrowingSettings) -> str:
    """Return a runnable script for exactly these settings."""
    return (
        "from bayes_core.conjugate import Normal, Seen\n\n"
        f"after = Normal(0.0, {settings.width!r}, {settings.noise!r}).learn(Seen.sums(10, 0.0))\n"
        'print("posterior sd", float(after.sd))\n'
    )
