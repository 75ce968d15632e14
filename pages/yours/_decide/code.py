"""The script that repeats what the decision page shows, from nothing but this project's packages."""

from __future__ import annotations

from .settings import DecideSettings
from .typed import numbers_of, rows_of

_AMOUNT = '''\
"""{title}: {over:.7g} for each too many, {under:.7g} for each too few; the action is {action:.7g}."""
import numpy as np
{imports}
from bayes_core.evaluation.decision import Lopsided, chosen, waiting
from bayes_core.evaluation.futures import dots

{data}
futures, costs, action = ahead.now, Lopsided({over!r}, {under!r}), {action!r}
told = chosen(costs, futures)
drawn = dots(futures, {dots})
print("dots above ", int((drawn > action).sum()), "of", len(drawn))
print("share above", 1 - float(futures.below(action)))
print("best action", float(told.best))
print("mean cost  ", float(told.least))
print("best guess ", float(told.guess), "costs", float(told.guess_cost))
print("regret     ", float(told.regret))
print("own cost   ", float(costs.expected(futures, action)))
worth = waiting(costs, ahead)
print("waiting    ", float(worth.worth), "+-", float(worth.error))

# The slow way: a million futures, drawn and paid for.
random = np.random.default_rng(1)
{simulate}
best = np.quantile(y, float(costs.share), method="inverted_cdf")
paid = {over!r} * np.maximum(best - y, 0) + {under!r} * np.maximum(y - best, 0)
print("simulated  ", best, "costs", paid.mean(), "+-", paid.std() / 1000)
'''
_MIXTURE = """\
part = random.choice(len(futures.weight), 1_000_000, p=futures.weight)
y = random.normal(futures.mean_of[part], futures.sd[part])"""
_LISTED = "y = random.choice(futures.values, 1_000_000, p=futures.weight)"

_ACTS = '''\
"""{title}: harmful above {action:.7g}; {over:.7g} for one treated in vain, {under:.7g} for one left untreated."""
import numpy as np
{imports}
from bayes_core.evaluation.decision import Table, chosen, waiting
from bayes_core.evaluation.decision_along import harms
from bayes_core.evaluation.futures import dots

{data}
futures, cut = ahead.now, {action!r}
costs = Table(harms(np.array({over!r}), np.array({under!r})), [cut])  # no treatment, half a dose, a full dose
told = chosen(costs, futures)
print("dots above ", int((dots(futures, {dots}) > cut).sum()), "of", {dots})
print("share above", 1 - float(futures.below(cut)))
print("costs      ", costs.expected(futures))
print("best act   ", int(told.best), "by the best guess", int(told.guess))
print("mean cost  ", float(told.least))
print("regret     ", float(told.regret))
worth = waiting(costs, ahead)
print("waiting    ", float(worth.worth), "+-", float(worth.error))

# The slow way: a million futures, drawn and paid for.
y = np.random.default_rng(1).normal(futures.mean_of[0], futures.sd[0], 1_000_000)
paid = np.where(y[:, None] > cut, costs.cost[:, 1], costs.cost[:, 0])
print("simulated  ", paid.mean(0))
'''

_TABLE = '''\
"""{title}: a table of pay-offs, at or below {action:.7g} and above it; the best action by its mean."""
import numpy as np
{imports}
from bayes_core.evaluation.payoffs import payoffs

{data}
names, table, cut = {names}, np.array({table}), {action!r}
told = payoffs(ahead, table, np.array([cut]), np.array([cut]), {dots})
print("dots above ", int(told.counted.above.sum()), "of", {dots})
print("share above", float(told.counted.share[0]))
print("pay-offs   ", dict(zip(names, told.pay[0].tolist())))
print("best action", names[told.best[0]], "by the best guess", names[told.guess[0]])
print("mean pay   ", float(told.most[0]))
print("regret     ", float(told.regret[0]))
print("knowing    ", float(told.knowing[0]))
print("waiting    ", float(told.worth[0]), "+-", float(told.error[0]))

# The slow way: a million futures, drawn and paid for.
futures, random = ahead.now, np.random.default_rng(1)
{simulate}
print("simulated  ", np.where(y[:, None] > cut, table[:, 1], table[:, 0]).mean(0))
'''

PRINTS = {
    "best": r"best action +(\S+)",
    "least": r"mean cost +(\S+)",
    "guess": r"best guess +(\S+)",
    "regret": r"regret +(\S+)",
    "own.cost": r"own cost +(\S+)",
    "waiting": r"waiting +(\S+)",
    "above": r"dots above +(\S+)",
    "share": r"share above +(\S+)",
}
"""Where the script prints the numbers of the picture's words."""


def script(settings: DecideSettings) -> str:
    """Return a runnable script for exactly these settings."""
    imports, lines = settings.story.basis(settings.seed, settings.where).code()
    template = _TABLE if settings.pays else _ACTS if settings.story.acts else _AMOUNT
    return template.format(
        title=settings.spec.title,
        over=settings.over,
        under=settings.under,
        action=settings.action,
        dots=settings.dots,
        imports=imports,
        names=[name for name, *_ in rows_of(settings.table)],
        table=numbers_of(settings.table).tolist(),
        data=lines,
        simulate=_LISTED if settings.story.whole else _MIXTURE,
    )
