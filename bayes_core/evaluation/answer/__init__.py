"""The first honest answer about a table: one input, all inputs, a network, each tested on rows held out.

held_out_rows(dataset)                  which rows are fitted, and which test the fit
line(dataset, along)                    the target against one input, with exact bands
all_inputs(trial)                       every standardised coefficient, what each is worth, forecasts of held-out rows
class_line(dataset, along)              the probability of each class along one input
class_inputs(trial)                     the same of all inputs, with scores and calibration on held-out rows
network(trial), forecasts_of(fit, ...)  the question put to a network, and its forecasts of rows that it has not seen

>>> import numpy as np
>>> from bayes_core.data import load
>>> found = all_inputs(held_out_rows(load("diabetes"), seed=1))
>>> found.coefficients[found.order[0]].name, found.forecasts.coverage.total
('bmi', 66)
"""

from bayes_core.evaluation.answer import digits
from bayes_core.evaluation.answer.class_forecasts import ClassForecasts, Hits
from bayes_core.evaluation.answer.class_inputs import ClassCoefficient, ClassInputs, ClassWorth, class_inputs
from bayes_core.evaluation.answer.class_line import ClassLine, Said, Shares, class_line
from bayes_core.evaluation.answer.class_weights import ClassWeights
from bayes_core.evaluation.answer.columns import Columns, ColumnWorth
from bayes_core.evaluation.answer.dots import Dots, counted
from bayes_core.evaluation.answer.forecasts import Covered, Forecasts
from bayes_core.evaluation.answer.inputs import AllInputs, Coefficient, Worth, all_inputs
from bayes_core.evaluation.answer.line import Line, line, step_of
from bayes_core.evaluation.answer.network import Asked, forecasts_of, network
from bayes_core.evaluation.answer.trial import Trial, held_out_rows

__all__ = [
    "AllInputs",
    "Asked",
    "ClassCoefficient",
    "ClassForecasts",
    "ClassInputs",
    "ClassLine",
    "ClassWeights",
    "ClassWorth",
    "Coefficient",
    "ColumnWorth",
    "Columns",
    "Covered",
    "Dots",
    "Forecasts",
    "Hits",
    "Line",
    "Said",
    "Shares",
    "Trial",
    "Worth",
    "all_inputs",
    "class_inputs",
    "class_line",
    "counted",
    "digits",
    "forecasts_of",
    "held_out_rows",
    "line",
    "network",
    "step_of",
]
