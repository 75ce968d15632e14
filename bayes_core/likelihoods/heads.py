"""What a likelihood asks of a network: which functions of x it reads, as heads on the last hidden layer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

NAMES = ("", "noise", "share")


@dataclass(frozen=True)
class Head:
    """Some of the functions of x that a likelihood reads: the curve's own (no name), of its "noise", of a "share".

    Without a `width` of its own the weights have the prior's. With one they ~ N(0, width^2 / H) for H hidden units,
    whatever the prior's width is, and `bias` says whether there is a constant ~ N(0, width^2) too.

    >>> Head("noise", 2, 1.0, bias=False).weight_site, Head().bias_site
    ('weight_noise', 'bias')
    """

    name: str = ""
    outputs: int = 1
    width: float | None = None
    bias: bool = True

    @property
    def weight_site(self) -> str:
        """Return the name of its weights among the sites of a network."""
        return site("weight", self.name)

    @property
    def bias_site(self) -> str:
        """Return the name of its constants."""
        return site("bias", self.name)


def site(kind: str, name: str) -> str:
    """Return the name of a head's site.

    >>> site("weight", ""), site("bias", "share")
    ('weight', 'bias_share')
    """
    return f"{kind}_{name}" if name else kind


Heads = tuple[Head, ...]
ONE: Heads = (Head(),)
"""A curve and nothing else."""


def owned(heads: Heads) -> Iterator[tuple[str, float]]:
    """Yield the sites whose width is the head's own, with that width."""
    for head in heads:
        if head.width is not None:
            yield head.weight_site, head.width
            if head.bias:
                yield head.bias_site, head.width
