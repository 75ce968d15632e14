r"""Split conformal prediction: any forecast, and days kept aside, make a band that holds its share of new days.

On n calibration points that the forecast has not seen, a *score* says how wrong it was; the k-th smallest of the n
scores, :math:`k = \lceil (n + 1)(1 - \alpha) \rceil`, is the *threshold*, and everything that scores no more belongs to
the band. Where calibration and new points are exchangeable, a new one is inside with probability at least
:math:`1 - \alpha`, and less than :math:`1 - \alpha + 1/(n + 1)` where no two scores are equal: on average over
calibration sets *and* new points, not at each x, and whatever the forecast is.

    calibrate(scores, level)                 the threshold, and what it is worth
    SCORES["absolute" | "normalised" | "cqr"]  scores of numbers, and the bands they make
    CLASS_SCORES["lac" | "aps"]              scores of classes, and the sets they make
    by_group(scores, groups, level)          a threshold for every group (Mondrian)
    around(fit, dataset, x, level)           all of it around any Fit; around_classes(...) around one of classes
    class_thresholds(scores, labels, level)  one for every class, whose sets then keep the promise within each
    Population(...)                          what a band holds where the truth is known, exactly and simulated

Sources: Vovk, Gammerman and Shafer (2005), Algorithmic Learning in a Random World; Lei et al. (2018), Distribution-free
predictive inference for regression; Angelopoulos and Bates (2023), Conformal prediction: a gentle introduction.
"""

from bayes_core.evaluation.conformal.classes import CLASS_SCORES, aps, lac, scored_classes, sets
from bayes_core.evaluation.conformal.fits import (
    ConformalBand,
    ConformalSets,
    around,
    around_classes,
    forecast_of,
    foretold,
    own_intervals,
)
from bayes_core.evaluation.conformal.numbers import SCORES, Forecast, Score, edges, scored, share_inside
from bayes_core.evaluation.conformal.plane import PlaneForecast
from bayes_core.evaluation.conformal.resplits import law_of_resplits, orders, sets_in_resplits
from bayes_core.evaluation.conformal.sets_along import (
    Ahead,
    Scored,
    SetCase,
    class_thresholds,
    law_of_sets,
    sets_along,
    sets_in_worlds,
)
from bayes_core.evaluation.conformal.threshold import (
    Calibration,
    CoverageDistribution,
    by_group,
    calibrate,
    needed,
    of_groups,
    rank,
    thresholds,
)
from bayes_core.evaluation.conformal.worlds import Curve, Population, counted, law_held, mean_held, quantiles_held

__all__ = [
    "CLASS_SCORES",
    "SCORES",
    "Ahead",
    "Calibration",
    "ConformalBand",
    "ConformalSets",
    "CoverageDistribution",
    "Curve",
    "Forecast",
    "PlaneForecast",
    "Population",
    "Score",
    "Scored",
    "SetCase",
    "aps",
    "around",
    "around_classes",
    "by_group",
    "calibrate",
    "class_thresholds",
    "counted",
    "edges",
    "forecast_of",
    "foretold",
    "lac",
    "law_held",
    "law_of_resplits",
    "law_of_sets",
    "mean_held",
    "needed",
    "of_groups",
    "orders",
    "own_intervals",
    "quantiles_held",
    "rank",
    "scored",
    "scored_classes",
    "sets",
    "sets_along",
    "sets_in_resplits",
    "sets_in_worlds",
    "share_inside",
    "thresholds",
]
