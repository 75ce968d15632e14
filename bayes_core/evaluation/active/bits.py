"""What one more measurement would tell, in bits, before anyone knows how it comes out."""

from __future__ import annotations

import numpy as np
from numpy.polynomial.hermite_e import hermegauss
from scipy.special import expit

from bayes_core.checks import FloatArray

_NODES, _WEIGHTS = hermegauss(32)
_SHARES = _WEIGHTS / _WEIGHTS.sum()


def number_information(sd: FloatArray, noise: FloatArray) -> FloatArray:
    r"""Return what a measured number tells about f, of which the posterior has sd (..., G), with noise (G,).

    .. math:: I(y; f) = \tfrac12 \log_2\left(1 + s^2 / \sigma^2\right)

    Source: MacKay (1992).

    >>> number_information(np.array([0.0, 3.0 ** 0.5]), np.array([1.0, 1.0])).round(6)
    array([0., 1.])
    """
    told: FloatArray = 0.5 * np.log1p((sd / noise) ** 2) / np.log(2)
    return told


def class_information(mean: FloatArray, sd: FloatArray) -> FloatArray:
    r"""Return what a yes or no tells about log odds that are N(mean, sd^2), both (..., G): BALD.

    .. math:: I(y; f) = H\big(\mathbb E\, p\big) - \mathbb E\, H(p), \quad p = 1 / (1 + e^{-f})

    The means over f by 32 nodes of Gauss and Hermite: three digits up to an sd of 3, two up to 6. Source:
    Houlsby et al. (2011), equation 2.

    >>> class_information(np.zeros(3), np.array([0.0, 1.0, 3.0])).round(3)
    array([0.   , 0.135, 0.48 ])
    """
    p = expit(mean[..., None] + sd[..., None] * _NODES)
    told: FloatArray = np.maximum(binary_entropy(p @ _SHARES) - binary_entropy(p) @ _SHARES, 0.0)
    return told


def mean_probability(mean: FloatArray, sd: FloatArray) -> FloatArray:
    """Return the probability of a yes (..., G), its log odds being N(mean, sd^2).

    >>> mean_probability(np.array([0.0, 2.0]), np.array([5.0, 2.0])).round(3)
    array([0.5  , 0.775])
    """
    mixed: FloatArray = np.zeros_like(mean)
    for node, share in zip(_NODES, _SHARES, strict=True):  # all at once would be 32 times as much memory
        mixed = mixed + share * expit(mean + node * sd)
    return mixed


def entropy_of_mean(mean: FloatArray, sd: FloatArray) -> FloatArray:
    """Return how open a yes or no is, in bits (..., G): 1 for a fair coin, whatever the reason for the doubt."""
    return binary_entropy(mean_probability(mean, sd))


def binary_entropy(p: FloatArray) -> FloatArray:
    """Return the entropy of a yes with probability p, in bits.

    >>> binary_entropy(np.array([0.0, 0.5, 0.89])).round(2)
    array([0. , 1. , 0.5])
    """
    inside = np.clip(p, 1e-15, 1 - 1e-15)
    bits: FloatArray = -(inside * np.log2(inside) + (1 - inside) * np.log2(1 - inside))
    return bits
