"""One protocol for every answer: exact, one point a position, or draws under weights; at one position or at all."""

from bayes_core.summaries.answers.draws import Draws, refuse_several, thinned
from bayes_core.summaries.answers.exact import Exact
from bayes_core.summaries.answers.function_draws import Equal, Mixed, placed
from bayes_core.summaries.answers.points import Points
from bayes_core.summaries.answers.protocol import Answer, MarginalDensity, intervals

__all__ = [
    "Answer",
    "Draws",
    "Equal",
    "Exact",
    "MarginalDensity",
    "Mixed",
    "Points",
    "intervals",
    "placed",
    "refuse_several",
    "thinned",
]
