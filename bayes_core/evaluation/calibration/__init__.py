"""Does a forecast keep its word? Shares, temperature, bands, and how many points it takes to tell."""

from bayes_core.evaluation.calibration.along import (
    LEVELS,
    PROMISED,
    TOLD,
    BandForecasts,
    BandJudgement,
    ClassForecasts,
    ClassJudgement,
    Verdict,
    best_stretch,
    judge_bands,
    judge_classes,
)
from bayes_core.evaluation.calibration.bands import (
    CoverageCurve,
    PitHistogram,
    coverage_curve,
    pit,
    pit_histogram,
    sharpness,
    stretched,
)
from bayes_core.evaluation.calibration.reliability import (
    Reliability,
    consistency,
    ece_under_calibration,
    mean_class_ece,
    reliability,
)
from bayes_core.evaluation.calibration.telling import points_to_tell
from bayes_core.evaluation.calibration.temperature import (
    Temperature,
    best_temperature,
    logits_of,
    predictive_logits,
    tempered,
)

__all__ = [
    "LEVELS",
    "PROMISED",
    "TOLD",
    "BandForecasts",
    "BandJudgement",
    "ClassForecasts",
    "ClassJudgement",
    "CoverageCurve",
    "PitHistogram",
    "Reliability",
    "Temperature",
    "Verdict",
    "best_stretch",
    "best_temperature",
    "consistency",
    "coverage_curve",
    "ece_under_calibration",
    "judge_bands",
    "judge_classes",
    "logits_of",
    "mean_class_ece",
    "pit",
    "pit_histogram",
    "points_to_tell",
    "predictive_logits",
    "reliability",
    "sharpness",
    "stretched",
    "tempered",
]
