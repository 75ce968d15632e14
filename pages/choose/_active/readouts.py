"""What the page says in words: places, bits, errors, and how far the rules lie apart."""

from __future__ import annotations

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.evaluation.active import GRID, Path, Race, Reference, Standing
from bayes_core.figures.panels import Texts
from bayes_core.summaries.summary import number
from bayes_core.summaries.wording import whole_percent, with_errors

from .scenes import Story


def places(at: FloatArray) -> Texts:
    """Return places (V,) in words."""
    return tuple(f"{x:.1f} km" for x in at.tolist())


def bits(values: FloatArray, digits: int = 2) -> Texts:
    """Return amounts of information (V,) in words."""
    return tuple(f"{number(float(value), digits)} bits" for value in values)


def errors(story: Story, values: FloatArray) -> Texts:
    """Return errors (V,) in words."""
    return tuple(f"{number(float(value), 2)} {story.unit}".strip() for value in values)


def said(story: Story, seen: Standing, here: FloatArray, gain_here: FloatArray) -> dict[str, Texts]:
    """Return the words of one world along a handle; `here` (V,) are places, with what each would tell."""
    best = seen.gain.argmax(1)
    told = {
        "n": tuple(f"{n} {story.one if n == 1 else story.many}" for n in seen.n.tolist()),
        "next": places(GRID[seen.next]),
        "next.bits": bits(seen.told),
        "best": places(GRID[best]),
        "best.bits": bits(seen.gain.max(1)),
        "here": places(here),
        "here.bits": bits(gain_here),
        "error": errors(story, seen.error),
        "held": whole_percent(seen.held),
        "bits": bits(seen.bits, 1),
    }
    if seen.entropy is not None:
        told["next.entropy"] = tuple(
            f"{v:.2f}" for v in np.take_along_axis(seen.entropy, seen.next[:, None], 1)[:, 0].tolist()
        )
    return told


def laplace(beside: Reference, seen: Standing) -> dict[str, Texts]:
    """Return how far Laplace's approximation is off, in words."""
    band, gain = beside.off(seen)
    words = {"off.band": tuple(f"{off:.2f}" for off in band.tolist()), "off.bits": bits(gain)}
    return words | {"off.kept": whole_percent(beside.kept(seen))}


def raced(story: Story, told: Race, n: list[int]) -> dict[str, Texts]:
    """Return the words of fifty worlds after n (V,) measurements."""
    words: dict[str, Texts] = {"n": tuple(f"{k} {story.one if k == 1 else story.many}" for k in n)}
    for name, path in told.error.items():
        words[f"error.{name}"] = _with_error(path, n, story.unit)
        words[f"bits.{name}"] = bits(told.bits[name].mean[n], 1)
    off, error = told.error["information"].against(told.error["random"])
    words["apart"] = tuple(f"{text} {story.unit}".strip() for text in with_errors(off[n], error[n]))
    late = told.error["information"].caught(told.error["random"])[n]
    words["late"] = tuple(f"{k:.0f}" if np.isfinite(k) else f"more than {len(off) - 1}" for k in late.tolist())
    return words


def _with_error(path: Path, n: list[int], unit: str) -> Texts:
    return tuple(f"{text} {unit}".strip() for text in with_errors(path.mean[n], path.mcse[n]))
