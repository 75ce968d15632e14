"""The script that repeats a search, and asks an independent answer whether it is right."""

from __future__ import annotations

from .settings import HAND, ActiveSettings

_ONE = '''\
"""{title}: {count} measurements chosen, {rule}."""
import numpy as np

from bayes_core.evaluation.active import FIELDS, GRID, explore, invent, standing

field = FIELDS["{name}"]
run = explore(invent(field, [{seed}]), "{strategy}"{own})
now = standing(run, [{count}])
print("places     ", GRID[run.places[0, len(field.start) :][:{count}]].tolist())
print("next       ", GRID[now.next[0]], "km, which would tell", now.told[0], "bits")
print("your place ", {here!r}, "km would tell", now.gain[0, {place}], "bits")
print("error      ", now.error[0])
print("held       ", 100 * now.held[0], "%")
print("learned    ", now.bits[0], "bits")
{check}'''

_NUMBERS = """
# The same posterior in one go, by another way: rows divided by their noise have noise one.
from bayes_core.inference.linear_posterior import solve
from bayes_core.inference.sigma import Spectrum

seen = run.places[0, : len(field.start) + {count}]
design, y = field.design()[seen] / field.noise[seen][:, None], run.outcomes[0, : len(seen)] / field.noise[seen]
answer = solve(Spectrum.of(design), y[None], np.array([field.width]), np.ones(1), True)
print("at once    ", np.sqrt(((answer.moments(field.design())[0][0] - run.worlds.truth[0]) ** 2).mean()))
"""

_MANY = '''\
"""{title}: all rules in fifty worlds, after {count} measurements."""
from bayes_core.evaluation.active import FIELDS, race

told = race(FIELDS["{name}"])
for rule, path in told.error.items():
    print(rule, "error", path.mean[{count}], "+-", path.mcse[{count}], "learned", told.bits[rule].mean[{count}])
off, error = told.error["information"].against(told.error["random"])
print("information against random", off[{count}], "+-", error[{count}])
'''

PRINTS = {
    "error": r"\nerror +(\S+)",
    "bits": r"learned +(\S+) bits",
    "next.bits": r"which would tell (\S+) bits",
}
"""Where the script prints the numbers of the picture's words."""


def script(settings: ActiveSettings) -> str:
    """Return a runnable script for exactly these settings."""
    hand = settings.strategy == HAND
    shared = {
        "title": settings.spec.title,
        "count": settings.count,
        "rule": settings.strategy,
        "name": settings.story.name,
        "seed": settings.seed,
        "strategy": "information" if hand else settings.strategy,
        "own": f", own={list(settings.chosen)}" if hand else "",
        "here": settings.here,
        "place": settings.place,
    }
    if settings.view == "many":
        return _MANY.format(**shared)
    return _ONE.format(**shared, check="" if settings.story.classes else _NUMBERS.format(**shared))
