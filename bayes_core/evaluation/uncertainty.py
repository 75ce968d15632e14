r"""What more data would cure and what they would not: every split of uncertainty into two parts that add up.

    split_variance(f, noise)             regression: the law of total variance
    split_entropy(probabilities)         classes: predictive entropy = expected entropy + mutual information, in bits
    split_entropy_by_class(...)          the same, each class's own share of it
    split_variance_by_class(...)         classes: p(1 - p) of each, by the law of total variance

Each part is a mean over draws of one number for each draw, so its Monte-Carlo error is that number's sd over the root
of the effective draws. The parts are computed apart; that they add up is an identity, never a definition.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import entr, kl_div, rel_entr

from bayes_core.checks import FloatArray, floats
from bayes_core.evaluation.forecasts import class_probabilities

_MOST = 1 << 20  # numbers in work at once
_BITS = float(np.log(2))

_Each = Callable[..., tuple[FloatArray, FloatArray, FloatArray]]


@dataclass(frozen=True, eq=False)
class Parts:
    """The aleatoric part, the epistemic part and their `total`, with Monte-Carlo standard errors; all of one shape.

    `total` is computed on its own; `aleatoric + epistemic` equals it up to rounding. A single draw, such as MAP, has no
    epistemic part and no Monte-Carlo error.
    """

    aleatoric: FloatArray
    epistemic: FloatArray
    total: FloatArray
    aleatoric_mcse: FloatArray
    epistemic_mcse: FloatArray
    total_mcse: FloatArray

    @property
    def epistemic_share(self) -> FloatArray:
        """Return the epistemic part as a share of both; 0 where there is no uncertainty at all."""
        both = self.aleatoric + self.epistemic
        share: FloatArray = self.epistemic / np.where(both > 0, both, 1.0)
        return share


def split_variance(f: ArrayLike, noise: ArrayLike, effective: float | None = None) -> Parts:
    r"""Return both parts of the predictive variance (G,) of draws f (S, G), noise (S,) or (S, G), in y's unit squared.

    .. math:: \mathrm{Var}(y) = \underbrace{E_s[\sigma_s^2]}_{\text{aleatoric}}
        + \underbrace{\mathrm{Var}_s(f_s)}_{\text{epistemic}}

    `effective` is how many independent draws these are worth (the ESS of chains); S if not given. Variances are those
    of the draws themselves, over S. Source: Depeweg, Hernandez-Lobato, Doshi-Velez and Udluft (2018), Decomposition
    of uncertainty, equation 12. Raises ValueError where the shapes disagree or a noise is negative.

    >>> parts = split_variance([[1.0], [3.0]], [2.0, 4.0])
    >>> parts.aleatoric, parts.epistemic, parts.total
    (array([10.]), array([1.]), array([11.]))
    """
    values, level = floats(f, "f", 2), floats(noise, "the noise")
    if level.ndim == 1:
        level = level[:, None]
    if level.ndim != 2 or level.shape[0] != len(values) or level.shape[1] not in (1, values.shape[1]):
        raise ValueError(f"f is {values.shape} and the noise {np.shape(noise)}: give a noise (S,) or (S, G)")
    if (level < 0).any():
        raise ValueError(f"a noise is {level.min():.6g}: give standard deviations, which are never negative")

    def each(f: FloatArray, noise: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        ends = np.concatenate([f - noise, f + noise])  # two points have each draw's mean and variance
        return noise**2, (f - f.mean(0)) ** 2, ends.var(0)

    return _parts(each, (values, np.broadcast_to(level, values.shape)), effective)


def split_entropy(probabilities: ArrayLike, effective: float | None = None) -> Parts:
    r"""Return both parts of the predictive entropy (G,) of class probabilities (S, G, K), in bits.

    .. math:: H[\bar p] = \underbrace{E_s H[p_s]}_{\text{aleatoric}}
        + \underbrace{E_s \mathrm{KL}(p_s \,\|\, \bar p)}_{\text{epistemic: mutual information}}

    From 0 to log2 K. Source: Houlsby, Huszar, Ghahramani and Lengyel (2011), Bayesian active learning for
    classification, equation 2. `effective` as in `split_variance`.

    >>> parts = split_entropy([[[1.0, 0.0]], [[0.0, 1.0]]])
    >>> parts.aleatoric, parts.epistemic, parts.total
    (array([0.]), array([1.]), array([1.]))
    """

    def each(p: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        mean = p.mean(0)
        return entr(p).sum(-1) / _BITS, rel_entr(p, mean).sum(-1) / _BITS, entr(mean).sum(-1) / _BITS

    return _parts(each, (class_probabilities(probabilities, 3),), effective)


def split_entropy_by_class(probabilities: ArrayLike, effective: float | None = None) -> Parts:
    r"""Return what each class gives to `split_entropy`: (G, K), in bits, with its sums over the classes.

    .. math:: -\bar p_k \log \bar p_k = E_s[-p_{sk} \log p_{sk}] + E_s[p_{sk} \log (p_{sk} / \bar p_k)]

    Both parts are never negative. What a draw gives to the second is taken plus :math:`\bar p_k - p_{sk}`, which is 0
    on average and makes its sd the one of the sum.

    >>> split_entropy_by_class([[[1.0, 0.0]], [[0.0, 1.0]]]).epistemic
    array([[0.5, 0.5]])
    """

    def each(p: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        mean = p.mean(0)
        return entr(p) / _BITS, kl_div(p, mean) / _BITS, entr(mean) / _BITS

    return _parts(each, (class_probabilities(probabilities, 3),), effective)


def split_variance_by_class(probabilities: ArrayLike, effective: float | None = None) -> Parts:
    r"""Return both parts of the variance (G, K) of "it is class k", 0 or 1, of probabilities (S, G, K).

    .. math:: \bar p_k (1 - \bar p_k) = E_s[p_{sk} (1 - p_{sk})] + \mathrm{Var}_s(p_{sk})

    Source: Kwon, Won, Kim and Paik (2020), Uncertainty quantification using Bayesian neural networks in classification,
    equation 4, of which this is the diagonal.

    >>> parts = split_variance_by_class([[[1.0, 0.0]], [[0.5, 0.5]]])
    >>> parts.aleatoric, parts.epistemic, parts.total
    (array([[0.125, 0.125]]), array([[0.0625, 0.0625]]), array([[0.1875, 0.1875]]))
    """

    def each(p: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
        mean = p.mean(0)
        return p * (1 - p), (p - mean) ** 2, mean * (1 - mean)

    return _parts(each, (class_probabilities(probabilities, 3),), effective)


def _parts(each: _Each, arrays: tuple[FloatArray, ...], effective: float | None) -> Parts:
    """Return parts whose two numbers for each draw, and total, `each` gives; places in blocks, memory stays small."""
    draws, places = arrays[0].shape[:2]
    worth = float(draws if effective is None else effective)
    if draws < 1 or places < 1 or not worth >= 1:
        raise ValueError(f"{draws} draws worth {worth:g} at {places} places: give at least one of each")
    step = max(_MOST * places // max(arrays[0].size, 1), 1)
    found = []
    for start in range(0, places, step):
        own, shared, total = each(*(array[:, start : start + step] for array in arrays))
        errors = (part.std(0) / np.sqrt(worth) for part in (own, shared, own + shared))
        found.append((own.mean(0), shared.mean(0), total, *errors))
    return Parts(*(np.concatenate(part) for part in zip(*found, strict=True)))


__all__ = [
    "Parts",
    "split_entropy",
    "split_entropy_by_class",
    "split_variance",
    "split_variance_by_class",
]
