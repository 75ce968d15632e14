"""The script that repeats what the samplers page shows."""

from __future__ import annotations

from .settings import ChainSettings
from .trials import KEYS, TRIALS, TrialSettings

_SAID = {"rhat": "R-hat", "worth": "worth", "off": "off by"}

_SCRIPT = '''\
"""{title}: two samplers, four chains each, {spent:.0f} evaluations a chain."""
import numpy as np
from bayes_core.samplers import Plan, account, run
from bayes_core.samplers.reference import reference

for name, plan in (
    ("a", {left!r}),
    ("b", {right!r}),
):
    chains = run(plan)
    told = account(chains, {spent!r}, warm={warm!r})
    print(name, "sampler    ", plan.sampler)
    print(name, "draws      ", told.draws)
    print(name, "worth      ", told.worth)
    print(name, "R-hat      ", told.r_hat)
    print(name, "divergences", told.diverged)
    print(name, "means      ", *told.mean, "+-", *told.error)

# What a grid says, and a move by hand: the last one of the first chain on the left.
print("exact means  ", *reference({target!r}).mean)
chains = run({left!r})
last = chains.done(0, {spent!r}) - 1
if last >= 0:
    print("path", np.round(chains.path(0, last), 3).tolist())
    print("from", chains.states[0][last].round(3).tolist(), "to", chains.states[0][last + 1].round(3).tolist())
'''

PRINTS = {
    "a.draws": r"a draws +(\S+)",
    "b.draws": r"b draws +(\S+)",
    "a.worth": r"a worth +(\S+)",
    "b.worth": r"b worth +(\S+)",
    "a.rhat": r"a R-hat +(\S+)",
    "b.rhat": r"b R-hat +(\S+)",
    "a.diverged": r"a divergences +(\S+)",
}
"""Where the script prints the numbers of the picture's words."""


_TRIALS = '''\
"""Whom to trust: four runs of four chains each, {spent:.0f} evaluations a chain."""
from bayes_core.samplers import Plan, account, run
from bayes_core.samplers.reference import reference

for key, plan, k in (
{plans}
):
    told, exact = account(run(plan), {spent!r}, warm={warm!r}), reference(plan.target)
    off = (told.mean[k] - exact.mean[k]) / exact.sd[k]
    print(key, plan.sampler, "R-hat", told.r_hat, "worth", told.worth, "off by", abs(off), "sd")
'''
TRIAL_PRINTS = {f"{key}.{word}": rf"{key} \w+ .*{name} (\S+)" for key in KEYS for word, name in _SAID.items()}


def script(settings: ChainSettings | TrialSettings) -> str:
    """Return a runnable script for exactly these settings."""
    if isinstance(settings, TrialSettings):
        trials = zip(KEYS, (TRIALS[name] for name in settings.order), strict=True)
        plans = "\n".join(f"    ({key!r}, {one.plan!r}, {one.traced!r})," for key, one in trials)
        return _TRIALS.format(spent=settings.spent, warm=settings.warm, plans=plans)
    return _SCRIPT.format(
        title=settings.spec.title,
        spent=settings.spent,
        left=settings.plan("left", settings.size_a, settings.spent),
        right=settings.plan("right", settings.size_b, settings.spent),
        warm=settings.warm,
        target=settings.target,
    )
