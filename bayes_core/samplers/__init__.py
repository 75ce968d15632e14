"""Chains on two parameters, one transition at a time: targets, samplers by name, runs with common random numbers.

    run(Plan(target("funnel"), "nuts", size=0.5)) -> Run;  account(run, spent) -> what the chains say by then

A sampler is one file with one function, `step(density, state, options, dice) -> Move`, and one word in `SAMPLERS`.
"""

from bayes_core.samplers.account import Account, account
from bayes_core.samplers.moves import Dice, Move, Options, State
from bayes_core.samplers.registry import SAMPLERS, Sampler
from bayes_core.samplers.run import Plan, Run, run
from bayes_core.samplers.targets import TARGETS, Target, target

__all__ = [
    "SAMPLERS",
    "TARGETS",
    "Account",
    "Dice",
    "Move",
    "Options",
    "Plan",
    "Run",
    "Sampler",
    "State",
    "Target",
    "account",
    "run",
    "target",
]
