r"""R-hat and effective sample sizes of many quantities at once: one at a time they are a quarter of a live fit's time.

Source: Vehtari, Gelman, Simpson, Carpenter and Bürkner (2021), Rank-normalization, folding, and localization: an
improved R-hat; the sum over lags is Geyer's (1992) initial monotone sequence.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy import fft
from scipy.special import ndtri

from bayes_core.checks import FloatArray

TAILS = (0.05, 0.95)


class Convergence(NamedTuple):
    """What chains say about K quantities: R-hat, effective draws for the bulk and for the tails, (K,) each.

    spread_error (K,) is the Monte-Carlo error of the variance as a share of it, by what half chains say of it: ranks do
    not see a place that few chains visit, far away.
    """

    r_hat: FloatArray
    ess_bulk: FloatArray
    ess_tail: FloatArray
    spread_error: FloatArray


def convergence(drawn: FloatArray) -> Convergence:
    r"""Return rank-normalised split R-hat, bulk and tail ESS of draws (K, C, n), n at least 4.

    .. math:: \hat R = \sqrt{\tfrac{n-1}{n} + \tfrac{B}{nW}}, \qquad
        S_{\mathrm{eff}} = \frac{Cn}{-1 + 2\sum_k \hat P_k}, \quad \hat P_k = \hat\rho_{2k} + \hat\rho_{2k+1}

    R-hat is the larger one of ranks and of folded ranks; the tail's ESS the smaller one of the 5 % and 95 % quantiles.
    Draws in single precision are judged in it: five digits in half the time.

    >>> rng = np.random.default_rng(0)
    >>> told = convergence(rng.normal(size=(2, 4, 500)) + np.array([0, 1])[:, None, None] * np.arange(4)[:, None])
    >>> told.r_hat.round(1), told.ess_bulk.round(-2)
    (array([1. , 1.6]), array([2000.,    0.]))
    """
    halves = _halves(drawn)
    r_hat, bulk = _agreement(halves)
    ends = np.quantile(drawn, TAILS, axis=(1, 2))[:, :, None, None]
    tail = np.minimum(*(_effective((halves <= end).astype(halves.dtype)) for end in ends))
    return Convergence(r_hat, bulk, tail, _spread_error(halves))


def agreement(drawn: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return R-hat and bulk ESS alone (K,): the tails take as long again.

    >>> drawn = np.random.default_rng(0).normal(size=(2, 4, 100))
    >>> [bool((one == two).all()) for one, two in zip(agreement(drawn), convergence(drawn)[:2])]
    [True, True]
    """
    return _agreement(_halves(drawn))


def _halves(drawn: FloatArray) -> FloatArray:
    half = drawn.shape[2] // 2
    return np.concatenate([drawn[:, :, :half], drawn[:, :, -half:]], axis=1)


def _agreement(halves: FloatArray) -> tuple[FloatArray, FloatArray]:
    scores, folded = _normal_scores(halves)
    return np.maximum(_r_hat(scores), _r_hat(folded)), _effective(scores)


def _spread_error(halves: FloatArray) -> FloatArray:
    """Return the relative error (K,) of the pooled variance of half chains (K, M, n), from how much they differ."""
    middle = halves.mean((1, 2), keepdims=True)
    each = ((halves - middle) ** 2).mean(2)
    whole = each.mean(1)
    error: FloatArray = each.std(1, ddof=1) / np.sqrt(each.shape[1]) / np.where(whole > 0, whole, 1.0)
    return error


def _normal_scores(values: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return the normal scores (K, C, n) of each quantity's pooled ranks (Blom's offsets), and of its folded values.

    Ties share a rank. Folded around their median, values that are in order are two runs, which are quick to merge.
    """
    flat = values.reshape(len(values), -1)
    size, scores, folded = flat.shape[1], np.empty_like(flat), np.empty_like(flat)
    known = _blom(np.arange(1.0, size + 0.25, 0.5), size)  # all scores that there are: ranks, and middles of two
    for row, score, fold in zip(flat, scores, folded, strict=True):
        order = row.argsort()
        ordered = row[order]
        score[order] = _shared(ordered, known)
        away = np.abs(ordered - (ordered[(size - 1) // 2] + ordered[size // 2]) / 2)
        merged = away.argsort(kind="stable")
        fold[order[merged]] = _shared(away[merged], known)
    return scores.reshape(values.shape), folded.reshape(values.shape)


def _shared(ordered: FloatArray, known: FloatArray) -> FloatArray:
    """Return the normal scores of values in order, of those `known` at every half rank; equal values share a rank."""
    ends = np.flatnonzero(np.diff(ordered))
    if len(ends) == len(ordered) - 1:
        return known[::2]
    first, last = np.append(0, ends + 1), np.append(ends, len(ordered) - 1)
    return np.repeat(known[first + last], last - first + 1)


def _blom(ranks: FloatArray, size: int) -> FloatArray:
    scores: FloatArray = ndtri((ranks - 0.375) / (size + 0.25))
    return scores


def _r_hat(values: FloatArray) -> FloatArray:
    n = values.shape[2]
    within, between = values.var(2, ddof=1).mean(1), values.mean(2).var(1, ddof=1)
    ratio: FloatArray = np.sqrt((n - 1) / n + between / within)
    return ratio


def _effective(values: FloatArray) -> FloatArray:
    """Return how many independent draws tell the mean of values (K, C, n) as well."""
    _, chains, n = values.shape
    size = chains * n
    centred = values - values.mean(2, keepdims=True)
    padded = fft.next_fast_len(2 * n, real=True)
    waves = fft.rfft(centred, padded, axis=2)
    # the mean over chains before the way back: one transform for each quantity
    covariance = fft.irfft((waves.real**2 + waves.imag**2).mean(1), padded, axis=1)[:, :n] / n
    whole = covariance[:, 0] + values.mean(2).var(1, ddof=1)
    still = whole < 1e-15  # a quantity that never changes is known without error
    # autocorrelation from the chains' own covariance and the variance between them
    rho = 1 - (covariance[:, :1] * n / (n - 1) - covariance) / np.where(still, 1.0, whole)[:, None]
    rho[:, 0] = 1.0
    last = max((n - 3) // 2, 0)
    pairs = rho[:, : 2 * last + 2].reshape(len(rho), last + 1, 2).sum(2)
    ends = pairs <= 0
    ends[:, -1] = True
    end = ends.argmax(1)
    summed = np.where(np.arange(last + 1) < end[:, None], np.minimum.accumulate(pairs, 1), 0.0).sum(1)
    spare = np.maximum(rho[np.arange(len(rho)), 2 * end], 0.0)  # the next even lag lowers the error
    tau = np.maximum(2 * summed - 1 + spare, 1 / np.log10(size))
    return np.where(still, float(size), size / tau)
