"""Where futures come from: what was seen, and the band of what may be seen next, of which the futures are one slice.

origin_of_line(dataset, model, prior, x)     a line through data: the band along x, sliced at one place
origin_of_level(values, futures)             values one after another: the same band all along, sliced at the next one
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray, floats
from bayes_core.evaluation.futures import Futures
from bayes_core.inference.exact import posterior
from bayes_core.models import Linear
from bayes_core.types import Dataset, Prior

_SHOWN = (0.05, 0.5, 0.95)
LEVEL = 0.9
"""The level of the band."""
_PLACES = 41


@dataclass(frozen=True, eq=False)
class Origin:
    """Data (N,) over x (N,); a band over `places` (G,), its quantiles (3, G) at 5, 50 and 95 %; the slice is `at`."""

    x: FloatArray
    y: FloatArray
    places: FloatArray
    band: FloatArray
    at: float


def origin_of_line(dataset: Dataset, model: Linear, prior: Prior, at: float) -> Origin:
    """Return the exact predictive band of a line over all x that were seen, and as far as `at`.

    >>> seen = origin_of_line(Dataset.from_arrays([0.0, 1.0, 3.0], [0.2, 0.9, 3.1]), Linear(), Prior(10, 0.5), 5.0)
    >>> seen.places[[0, -1]], seen.band.shape
    (array([0., 5.]), (3, 41))
    """
    x = dataset.x[:, 0]
    places = np.linspace(min(x.min(), at), max(x.max(), at), _PLACES)
    band = posterior(dataset, model, prior).quantiles(model.design(places[:, None]), _SHOWN, "observation")
    return Origin(x, dataset.y, places, np.stack([np.ravel(row) for row in band]), float(at))


def origin_of_level(values: ArrayLike, futures: Futures) -> Origin:
    """Return values in their order, 1 to N, with the futures of the next one beside them.

    >>> from bayes_core.evaluation.futures import Mixture
    >>> seen = origin_of_level([4.0, 6.0], Mixture.of(5.0, 1.0))
    >>> seen.x.tolist(), seen.at, seen.band[:, 0].round(2).tolist()
    ([1.0, 2.0], 3.0, [3.36, 5.0, 6.64])
    """
    seen = floats(values, "the values", 1)
    order = np.arange(1.0, len(seen) + 1)
    band = np.asarray(futures.quantile(_SHOWN)).reshape(3, 1)
    places = np.array([1.0, len(seen) + 1.0])
    return Origin(order, seen, places, np.broadcast_to(band, (3, 2)), len(seen) + 1.0)
