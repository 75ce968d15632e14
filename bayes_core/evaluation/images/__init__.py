"""What a classifier of pictures says of them, turned and blurred, and what it should rather refuse."""

from bayes_core.evaluation.images.asked import LEVEL, Asked, asked, entropy
from bayes_core.evaluation.images.judged import Judged, judged
from bayes_core.evaluation.images.refusal import Refusal, Refused, refusal, refused_by, thresholds

__all__ = [
    "LEVEL",
    "Asked",
    "Judged",
    "Refusal",
    "Refused",
    "asked",
    "entropy",
    "judged",
    "refusal",
    "refused_by",
    "thresholds",
]
