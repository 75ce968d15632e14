"""MAP is ridge: the posterior mode of a Gaussian prior beside scikit-learn's Ridge, and what the mode throws away."""

from bayes_core.numerics.lasso import lasso
from bayes_core.ridge.bowl import conditional_bowl, contour, laplace_contour
from bayes_core.ridge.errors import bias_and_variance, cross_validated, rms
from bayes_core.ridge.path import RidgePath, scikit_lasso, scikit_ridge

__all__ = [
    "RidgePath",
    "bias_and_variance",
    "conditional_bowl",
    "contour",
    "cross_validated",
    "laplace_contour",
    "lasso",
    "rms",
    "scikit_lasso",
    "scikit_ridge",
]
