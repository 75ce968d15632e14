"""Learning in turns: tasks that come one after the other, and what is still known of the first ones."""

from .along import Along, Plan, Told, along
from .curves import Columns, Curve, Tanh
from .search import best_modes, meanfield, modes
from .turns import KEEPINGS, Belief, Keeping, Task, at_once, in_turns

__all__ = [
    "KEEPINGS",
    "Along",
    "Belief",
    "Columns",
    "Curve",
    "Keeping",
    "Plan",
    "Tanh",
    "Task",
    "Told",
    "along",
    "at_once",
    "best_modes",
    "in_turns",
    "meanfield",
    "modes",
]
