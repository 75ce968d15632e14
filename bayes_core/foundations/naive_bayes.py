r"""Naive Bayes with Gaussian features: the theorem with several pieces of evidence, multiplied in one at a time.

.. math:: p(c \mid x_1, \dots, x_F) \propto p(c) \prod_f \mathcal N(x_f \mid m_{cf}, s_{cf}^2)

The product is right when the features are independent given the class. Where they are not, the same evidence is counted
twice and the answer is too sure; the full-covariance posterior beside it knows better.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bayes_core.checks import FloatArray, floats
from bayes_core.foundations.hypotheses import posterior

_SMOOTHING = 1e-9  # of the largest variance, added to all: scikit-learn's var_smoothing


@dataclass(frozen=True, eq=False)
class GaussianClasses:
    """What each of K classes looks like: log_prior (K,), mean (K, F), covariance (K, F, F)."""

    log_prior: FloatArray
    mean: FloatArray
    covariance: FloatArray

    @classmethod
    def of(cls, x: FloatArray, label: FloatArray) -> GaussianClasses:
        """Learn from inputs x (N, F) and labels (N,) of 0 to K - 1; maximum likelihood, as scikit-learn's GaussianNB.

        Raises ValueError where a class has fewer than two rows, labels are no whole numbers, or all of x is constant.
        """
        x, label = floats(x, "x", 2), floats(label, "label", 1)
        if len(label) != len(x):
            raise ValueError(f"there are {len(x)} rows and {len(label)} labels: give one label per row")
        if not len(label) or ((label < 0) | (label != np.round(label))).any():
            raise ValueError("the labels must be whole numbers from 0, one for each row")
        if not (x.var(0) > 0).any():
            raise ValueError("every feature is the same in every row: give at least one that varies")
        classes, counts = np.unique(label, return_counts=True)
        absent = np.flatnonzero(classes != np.arange(len(classes)))
        if len(absent):
            raise ValueError(f"class {absent[0]} has 0 rows: number the classes from 0 without a gap")
        if (counts < 2).any():
            rows = f"{counts.min()} row{'s' * bool(counts.min() != 1)}"
            raise ValueError(f"class {int(counts.argmin())} has {rows}: each class needs at least 2")
        mean = np.array([x[label == c].mean(0) for c in classes])
        smooth = _SMOOTHING * x.var(0).max() * np.eye(x.shape[1])
        covariance = np.array([np.atleast_2d(np.cov(x[label == c].T, bias=True)) + smooth for c in classes])
        return cls(np.log(counts / counts.sum()), mean, covariance)

    def log_factors(self, x: FloatArray) -> FloatArray:
        """Return log N(x_f | class) of every feature on its own, (N, K, F) for x (N, F)."""
        x, variance = floats(x, "x", 2), np.diagonal(self.covariance, axis1=1, axis2=2)
        gap = x[:, None, :] - self.mean
        factors: FloatArray = -0.5 * (gap**2 / variance + np.log(2 * np.pi * variance))
        return factors

    def steps(self, x: FloatArray, copies: FloatArray | None = None) -> FloatArray:
        """Return the class probabilities (N, F + 1, K) after 0, 1, ... F features of x (N, F).

        copies (F,) says how often each feature is counted: 1 is the theorem, more is the same evidence again.
        """
        factors = self.log_factors(x) * (1.0 if copies is None else floats(copies, "copies", 1))
        seen = np.concatenate([np.zeros((*factors.shape[:2], 1)), np.cumsum(factors, -1)], -1)
        return posterior(self.log_prior, np.moveaxis(seen, 2, 1))

    def together(self, x: FloatArray, features: int | None = None) -> FloatArray:
        """Return the class probabilities (N, K) with the features' correlations known, from the first few features."""
        x = floats(x, "x", 2)
        size = x.shape[1] if features is None else features
        logs = np.zeros((len(x), len(self.log_prior)))
        for c, (mean, covariance) in enumerate(zip(self.mean, self.covariance, strict=True)):
            if size:
                block = covariance[:size, :size]
                gap = x[:, :size] - mean[:size]
                _, size_of = np.linalg.slogdet(2 * np.pi * block)
                logs[:, c] = -0.5 * (np.einsum("nf,nf->n", gap, np.linalg.solve(block, gap.T).T) + size_of)
        return posterior(self.log_prior, logs)

    def together_steps(self, x: FloatArray) -> FloatArray:
        """Return what `together` says after 0, 1, ... F features, (N, F + 1, K)."""
        x = floats(x, "x", 2)
        return np.stack([self.together(x, count) for count in range(x.shape[1] + 1)], 1)

    def relative_factors(self, x: FloatArray) -> FloatArray:
        """Return each feature's likelihood as a share of its largest among the classes, (N, K, F) for x (N, F)."""
        logs = self.log_factors(x)
        shares: FloatArray = np.exp(logs - logs.max(1, keepdims=True))
        return shares


@dataclass(frozen=True)
class Score:
    """How a classifier did on rows it had not seen.

    accuracy and mean confidence (its probability of the class it chose) are shares; log_score is the mean log
    probability of what was true, in nats.
    """

    accuracy: float
    confidence: float
    log_score: float


def held_out(x: FloatArray, label: FloatArray, copies: FloatArray | None, folds: int = 10, seed: int = 0) -> Score:
    """Score naive Bayes, or (copies None) the full-covariance classes, on rows left out, each row once.

    Raises ValueError for fewer than 2 folds, or for a class that a fold leaves with fewer than two rows.
    """
    if folds < 2:
        raise ValueError(f"{folds} folds leave nothing to learn from: give at least 2")
    GaussianClasses.of(x, label)  # says what is wrong with all of the rows before some are left out
    label = np.asarray(label)
    part = np.zeros(len(label), int)
    random = np.random.default_rng(seed)
    for c in np.unique(label):  # every fold gets its share of every class
        rows = np.flatnonzero(label == c)
        part[rows] = random.permutation(len(rows)) % folds
    share = np.empty((len(label), int(label.max()) + 1))
    for fold in range(folds):
        out = part == fold
        learnt = GaussianClasses.of(x[~out], label[~out])
        share[out] = learnt.together(x[out]) if copies is None else learnt.steps(x[out], copies)[:, -1]
    true = share[np.arange(len(label)), label.astype(int)]
    return Score(
        float((share.argmax(1) == label).mean()),
        float(share.max(1).mean()),
        float(np.log(np.maximum(true, 1e-300)).mean()),
    )
