r"""How complicated may the answer be? Models of rising complexity on one data set, and who prefers which.

The *evidence* :math:`p(y)` asks how well the prior predicted all rows before any of them was seen;
*leave-one-out* how well the posterior of all others predicts each. The first depends on the prior's width for ever, the
second hardly (Lindley 1957; Bartlett 1957).

    Ladder(x, y, ends, sizes, noise)        polynomials, or bumps, of rising number; .rungs(widths) their posteriors
    Judged.of(ladder, widths, unseen)       evidence, exact leave-one-out, WAIC, fit, held-out truth, at every width
    Unseen.of(truth, noise, ends)           new readings of a known truth
    psis(log_likelihood)                    leave-one-out from draws, with Pareto k
    probabilities(...), stacking(...)       weights of an average: by evidence, by leave-one-out
"""

from bayes_core.evaluation.complexity.along import Judged, Unseen
from bayes_core.evaluation.complexity.averages import average_band, probabilities, stacking
from bayes_core.evaluation.complexity.ladder import FAMILIES, HIGHEST, Family, Ladder, Rung, highest
from bayes_core.evaluation.complexity.reweighted import TRUSTED, Reweighted, psis

__all__ = [
    "FAMILIES",
    "HIGHEST",
    "TRUSTED",
    "Family",
    "Judged",
    "Ladder",
    "Reweighted",
    "Rung",
    "Unseen",
    "average_band",
    "highest",
    "probabilities",
    "psis",
    "stacking",
]
