"""What the two kinds of split are called: a variance of delays in min², an entropy of classes in bits."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bayes_core.evaluation.splits import BOTH, CLEAN, CURVE, GUESS, GUESSED, HALF, NOISE, SINGLE, STUCK, Split

VERDICTS = {
    CLEAN: "✓ fairly",
    GUESSED: "▼ no: a guess",
    NOISE: "▼ no: the noise is mistaken",
    CURVE: "▼ no: the curve is mistaken",
    BOTH: "▼ no: curve and noise are mistaken",
    HALF: "▼ no: the parts trade places",
    SINGLE: "– nothing to split",
    "": "–",
}
_SENTENCES = {
    CLEAN: (
        "The {level} interval of the noise, {interval} min, spans a factor {factor} and holds the truth. This doubt "
        "about the noise is epistemic too, and stands in neither number."
    ),
    GUESSED: (
        "The noise may be {interval} min ({level}), a factor {factor}: where the border between the parts lies "
        "is a guess."
    ),
    NOISE: "The noise is taken for {interval} min ({level}). It is {true}: the border between the parts is wrong.",
    CURVE: (
        "The true delay lies outside the {level} band, {miss} min from its middle. This error is in neither part, and "
        "crossings do not cure it."
    ),
    BOTH: (
        "The true delay lies outside the {level} band, {miss} min from its middle, and what the model cannot follow it "
        "takes for noise: {interval} min, where {true} is true."
    ),
    SINGLE: "Its curves do not differ, and show no doubt: the epistemic part is 0 whatever the data say.",
    "": "",
}
_SHORT = {
    CLEAN: "the split is fairly clean, the noise known to a factor {factor}",
    GUESSED: "not a clean split, for the noise is known to a factor {factor} only",
    NOISE: "not a clean split, for the noise is taken for {interval} min and is {true}",
    CURVE: "not a clean split, for the true curve is {miss} min away and outside the band",
    BOTH: "not a clean split, for the true curve is {miss} min off, outside the band, and so is the noise",
    SINGLE: "nothing to split, for its curves do not differ",
    "": "–",
}


@dataclass(frozen=True)
class Terms:
    """The words of a kind of split, and where it is hatched.

    `places` are the decimals of a noise, or a probability, and of how far a curve is from the truth.
    """

    unit: str
    curve: str
    strip: str
    hatched: str
    doubtful: Callable[[Split], NDArray[np.bool_]]
    tests: str
    predictive: bool
    true: str
    line_unit: str
    places: int
    short: Mapping[str, str]
    sentences: Mapping[str, str]


_CLASS_SENTENCES = {
    CLEAN: (
        "The chance to sail lies between {interval} ({level}), and {true} is true. Both parts add up to {total} of at "
        "most 1 bit."
    ),
    HALF: (
        "Both parts add up to {total} of at most 1 bit, a coin. What leaves the epistemic part enters the "
        "aleatoric one, so neither number is a property of the wind alone."
    ),
    CURVE: (
        "The true chance to sail is {true}, outside the {level} band {interval}: the parts are those of a wrong curve."
    ),
    SINGLE: _SENTENCES[SINGLE],
    "": "",
}
_CLASS_SHORT = {
    CLEAN: "the split is fairly clean, the chance to sail between {interval}",
    HALF: "not a clean split, for both add up to nearly all there is, 1 bit",
    CURVE: "not a clean split, for the true chance to sail, {true}, is outside the band",
    SINGLE: _SHORT[SINGLE],
    "": "–",
}

TERMS: dict[str, Terms] = {
    "": Terms(
        unit="variance, min²",
        curve="mean delay",
        strip="its variance, min²: the two parts add up",
        hatched="hatched: here this noise is a guess",
        doubtful=lambda split: split.guess > GUESS,
        tests="Four tests at",
        predictive=True,
        true="true noise",
        line_unit="min",
        places=1,
        short=_SHORT,
        sentences=_SENTENCES,
    ),
    "classes": Terms(
        unit="entropy, bits",
        curve="chance to sail",
        strip="its entropy, bits: the two parts add up, to 1 at most",
        hatched="hatched: here the parts only trade places",
        doubtful=lambda split: split.parts.total > STUCK,
        tests="Three tests at",
        predictive=False,
        true="true entropy",
        line_unit="",
        places=2,
        short=_CLASS_SHORT,
        sentences=_CLASS_SENTENCES,
    ),
}
