r"""Where to look next: choosing measurements by what they would tell, in one world or in many at once.

    FIELDS["gap"]                     what can be measured: a model, its prior, the noise, and worlds from a seed
    STRATEGIES["information"]         a rule for the next place: the highest score
    explore(field, worlds, strategy)  posteriors, places, information and errors after each of T measurements
    number_information(sd, noise)     what one measurement would tell, in bits, at each place; class_information: BALD
    standing(run, n), race(field)     one world read along its measurements; all strategies in fifty worlds
    reference(run, n)                 of classes, what Laplace's approximation leaves out

Numbers have an exact posterior, brought up to date by rank one; classes have Laplace's, fitted anew each time. All of
it has a leading axis of worlds W, so that fifty worlds are one call.

Sources: Lindley (1956), On a measure of the information provided by an experiment; MacKay (1992), Information-based
objective functions for active data selection; Houlsby et al. (2011), Bayesian active learning for classification and
preference learning (BALD).
"""

from bayes_core.evaluation.active.along import Standing, foreseen, standing
from bayes_core.evaluation.active.beside import Reference, reference
from bayes_core.evaluation.active.bits import class_information, entropy_of_mean, number_information
from bayes_core.evaluation.active.fields import FIELDS, GRID, MOST, Field, Worlds, invent
from bayes_core.evaluation.active.many import WORLDS, Path, Race, race
from bayes_core.evaluation.active.run import LEVEL, Run, explore
from bayes_core.evaluation.active.strategies import STRATEGIES, Strategy, strategies_for

__all__ = [
    "FIELDS",
    "GRID",
    "LEVEL",
    "MOST",
    "STRATEGIES",
    "WORLDS",
    "Field",
    "Path",
    "Race",
    "Reference",
    "Run",
    "Standing",
    "Strategy",
    "Worlds",
    "class_information",
    "entropy_of_mean",
    "explore",
    "foreseen",
    "invent",
    "number_information",
    "race",
    "reference",
    "standing",
    "strategies_for",
]
