"""Networks that read small pictures: one with a layer of units, one with small filters that look everywhere.

Both are written in numpy in single precision with their gradient by hand: nothing has to be compiled, and 1,438 digits
take a tenth of the time that the general methods need for as many rows and inputs.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray

SIDE, CLASSES = 8, 10
LAST = ("weight", "bias")
"""The sites of the last layer, which every network of pictures has: (H, 10) and (10,)."""
BIAS = 0.3
"""The prior sd of every bias, whatever the width."""
_QUARTER = np.float32(0.25)
Single = NDArray[np.float32]
Weights = Mapping[str, Any]


class PictureModel(ABC):
    """A network that reads pictures (N, 64), row by row from the top, as ten logits: f = h(x) weight + bias.

    Every weight that has n siblings ~ N(0, 2 width^2 / n), so that what goes in keeps its size (He et al. 2015), and
    every bias ~ N(0, 0.3^2).
    """

    name: str

    @abstractmethod
    def hidden_shapes(self) -> dict[str, tuple[int, ...]]:
        """Return the shape of every site but the last layer's."""

    @abstractmethod
    def hidden(self, weights: Weights, x: Single) -> tuple[Single, tuple[Any, ...]]:
        """Return the last hidden values h (N, H), and what `back` needs of the way there."""

    @abstractmethod
    def back(self, weights: Weights, x: Single, way: tuple[Any, ...], slope: Single) -> dict[str, Single]:
        """Return the gradient of every hidden site from that of h (N, H)."""

    @property
    @abstractmethod
    def units(self) -> int:
        """Return how many values H the last layer reads."""

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Return the shape of every site, in their flat order."""
        return {**self.hidden_shapes(), "weight": (self.units, CLASSES), "bias": (CLASSES,)}

    def spread(self, width: float) -> dict[str, float]:
        """Return the prior sd of every site.

        >>> {site: round(sd, 3) for site, sd in Dense(32).spread(1.0).items()}
        {'weight1': 0.177, 'bias1': 0.3, 'weight': 0.25, 'bias': 0.3}
        """
        shapes = self.shapes()
        return {site: BIAS if len(shape) == 1 else width * (2.0 / shape[0]) ** 0.5 for site, shape in shapes.items()}

    def inputs(self, x: Single) -> Single:
        """Return what `hidden` reads of pictures (N, 64); worked out once where a search sees them many times."""
        return x

    def logits(self, weights: Weights, x: Single) -> tuple[Single, Single, tuple[Any, ...]]:
        """Return logits (N, 10), h (N, H) and the way there, of pictures as `inputs` gives them."""
        h, way = self.hidden(weights, x)
        return h @ weights["weight"] + weights["bias"], h, way

    def functions(self, draws: Mapping[str, FloatArray], x: FloatArray) -> FloatArray:
        """Return logits f (S, G, 10) of S draws at pictures x (G, 64)."""
        seen = self.inputs(pictures(x))
        sites = {site: np.asarray(values, np.float32) for site, values in draws.items()}
        each = [
            self.logits({site: values[s] for site, values in sites.items()}, seen)[0] for s in range(len(sites["bias"]))
        ]
        return np.stack(each).astype(np.float64)


def pictures(x: FloatArray) -> Single:
    """Return pictures as the networks read them. Raises ValueError for others than of 8 x 8 numbers."""
    if x.shape[1] != SIDE * SIDE:
        raise ValueError(f"x has {x.shape[1]} columns: a picture has {SIDE} x {SIDE} = {SIDE * SIDE}, row by row")
    return np.ascontiguousarray(x, np.float32)


@dataclass(frozen=True)
class Dense(PictureModel):
    """One hidden layer of relu units, which see all of the picture: 64-32-10.

    >>> sum(int(np.prod(shape)) for shape in Dense().shapes().values())
    2410
    """

    size: int = 32
    name: str = "pictures, one layer"

    @property
    def units(self) -> int:
        """Return how many values H the last layer reads."""
        return self.size

    def hidden_shapes(self) -> dict[str, tuple[int, ...]]:
        """Return the shape of every site but the last layer's."""
        return {"weight1": (SIDE * SIDE, self.size), "bias1": (self.size,)}

    def hidden(self, weights: Weights, x: Single) -> tuple[Single, tuple[Any, ...]]:
        """Return the last hidden values h (N, H), and what `back` needs of the way there."""
        h = np.maximum(x @ weights["weight1"] + weights["bias1"], np.float32(0))
        return h, (h,)

    def back(self, weights: Weights, x: Single, way: tuple[Any, ...], slope: Single) -> dict[str, Single]:
        """Return the gradient of every hidden site from that of h (N, H)."""
        inner = slope * (way[0] > 0)
        return {"weight1": x.T @ inner, "bias1": inner.sum(0)}


@dataclass(frozen=True)
class Convolutional(PictureModel):
    r"""Filters of 3 x 3 that look at every place, relu, and the mean of every 2 x 2 places.

    .. math:: h_{cuv} = \tfrac14 \sum_{ij \in (u, v)} \max\Bigl(0, b_c + \sum_{kl} K_{klc}\, x_{i+k-1,\,j+l-1}\Bigr)

    Beyond its edge the picture is empty. Source: LeCun et al. (1998).

    >>> sum(int(np.prod(shape)) for shape in Convolutional().shapes().values())
    1030
    """

    filters: int = 6
    name: str = "pictures, filters"

    @property
    def units(self) -> int:
        """Return how many values H the last layer reads."""
        return self.filters * (SIDE // 2) ** 2

    def inputs(self, x: Single) -> Single:
        """Return the 3 x 3 places around every place, (N, 64, 9)."""
        return around(x)

    def hidden_shapes(self) -> dict[str, tuple[int, ...]]:
        """Return the shape of every site but the last layer's."""
        return {"kernel": (9, self.filters), "bias1": (self.filters,)}

    def hidden(self, weights: Weights, x: Single) -> tuple[Single, tuple[Any, ...]]:
        """Return the last hidden values h (N, H), and what `back` needs of the way there."""
        seen = x @ weights["kernel"] + weights["bias1"]
        np.maximum(seen, np.float32(0), out=seen)
        half = SIDE // 2
        cells = seen.reshape(len(x), half, 2, half, 2, self.filters)
        h = (cells[:, :, 0, :, 0] + cells[:, :, 0, :, 1] + cells[:, :, 1, :, 0] + cells[:, :, 1, :, 1]) * _QUARTER
        return h.reshape(len(x), -1), (seen,)

    def back(self, weights: Weights, x: Single, way: tuple[Any, ...], slope: Single) -> dict[str, Single]:
        """Return the gradient of every hidden site from that of h (N, H)."""
        half = SIDE // 2
        on = (way[0] > 0).reshape(len(x), half, 2, half, 2, self.filters)
        cells = slope.reshape(len(x), half, 1, half, 1, self.filters) * _QUARTER
        flat = (on * cells).reshape(-1, self.filters)
        return {"kernel": x.reshape(-1, 9).T @ flat, "bias1": flat.sum(0)}


def around(x: Single) -> Single:
    """Return the 3 x 3 places around every place of pictures (N, 64), as (N, 64, 9); beyond the edge there is nothing.

    >>> around(np.eye(64, dtype=np.float32)[:1])[0, 9].tolist()
    [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0]
    """
    framed = np.pad(x.reshape(-1, SIDE, SIDE), ((0, 0), (1, 1), (1, 1)))
    views = np.lib.stride_tricks.sliding_window_view(framed, (3, 3), axis=(1, 2))
    return np.ascontiguousarray(views).reshape(len(x), SIDE * SIDE, 9)


@dataclass(frozen=True, eq=False)
class LastLayer:
    """A network of pictures whose hidden weights stay as they are: draws are of the last layer alone."""

    network: PictureModel
    weights: Weights = field(repr=False)
    name: str = "pictures, last layer"

    def functions(self, draws: Mapping[str, FloatArray], x: FloatArray) -> FloatArray:
        """Return logits f (S, G, 10) of S draws at pictures x (G, 64)."""
        h = self.network.hidden(self.weights, self.network.inputs(pictures(x)))[0].astype(np.float64)
        f: FloatArray = h @ draws["weight"] + draws["bias"][:, None, :]
        return f
