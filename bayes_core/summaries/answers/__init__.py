"""One protocol for every answer: exact, one point a position, or draws under weights; at one position or at all."""

from bayes_core.summaries.answers.draws import Draws, thinned
from bayes_core.summaries.answers.exact import Exact
from bayes_core.summaries.answers.function_draws import Equal, placed
from bayes_core.summaries.answers.points import Points
from bayes_core.summaries.answers.protocol import Answer, MarginalDensity, intervals

__all__ = ["Answer", "Draws", "Equal", "Exact", "MarginalDensity", "Points", "intervals", "placed", "thinned"]
