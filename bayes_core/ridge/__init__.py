"""MAP is ridge: the posterior mode of a Gaussian prior beside scikit-learn's Ridge, and what the mode throws away."""

from bayes_core.numerics.lasso import lasso
from bayes_core.ridge.along import Along, log_penalty, penalty_range
from bayes_core.ridge.answers import Answers
from bayes_core.ridge.bias import BiasVariance, bias_and_variance
from bayes_core.ridge.bowl import (
    DROPS,
    Bowl,
    conditional_bowl,
    contour,
    drawn_over,
    laplace_contour,
    map_path,
    prior_contour,
    surface_range,
)
from bayes_core.ridge.errors import Choice, Errors, Evidence, outermost, rms
from bayes_core.ridge.left_out import LeftOut, cross_validated
from bayes_core.ridge.path import Paths, RidgePath, scikit_lasso, scikit_ridge, weight_range
from bayes_core.ridge.problem import Family, Problem

__all__ = [
    "DROPS",
    "Along",
    "Answers",
    "BiasVariance",
    "Bowl",
    "Choice",
    "Errors",
    "Evidence",
    "Family",
    "LeftOut",
    "Paths",
    "Problem",
    "RidgePath",
    "bias_and_variance",
    "conditional_bowl",
    "contour",
    "cross_validated",
    "drawn_over",
    "laplace_contour",
    "lasso",
    "log_penalty",
    "map_path",
    "outermost",
    "penalty_range",
    "prior_contour",
    "rms",
    "scikit_lasso",
    "scikit_ridge",
    "surface_range",
    "weight_range",
]
