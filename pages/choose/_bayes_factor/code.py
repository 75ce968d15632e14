"""The script that repeats what the Bayes factor's page shows, and asks scipy for the same by another way."""

from __future__ import annotations

from pages._ui.suiting import LONGEST_SCRIPT

from .settings_mean import MeanSettings
from .settings_share import ShareSettings
from .settings_stop import NULL, StopSettings

_SHARE = '''\
"""{heads:.0f} of {n:.0f}: a share of {null:g} (within {margin:g}) against {side}; the prior is worth {worth:g}."""
import numpy as np
from scipy import integrate, stats

from bayes_core.foundations.bayes_factor import Count, Hypotheses
from bayes_core.foundations.bayes_factor.proportion import compare, p_value

k, n, null, margin, worth = {heads:.0f}, {n:.0f}, {null!r}, {margin!r}, {worth!r}
count = Count([k], [n])
found = compare(count, Hypotheses(null, margin, "{side}"), worth)
print("BF01   ", float(found.bf01[0]))
print("BF10   ", float(np.exp(found.log_bf10[0])))
print("P(H0)  ", float(found.chance[0]), "with even odds before")
print("p-value", float(p_value(count, null, "{side}")[0]))

# The same by scipy: how probable each hypothesis called the count, by quadrature.
prior = stats.beta(worth * null, worth * (1 - null))
def gave(low, high):
    of = lambda share: stats.binom.pmf(k, n, share) * prior.pdf(share)
    steps = np.linspace(low, high, 41)
    return sum(integrate.quad(of, a, b)[0] for a, b in zip(steps, steps[1:]) if b > a), prior.cdf(high) - prior.cdf(low)
pieces = {{"below": [(0, np.clip(null - margin, 0, 1))], "above": [(np.clip(null + margin, 0, 1), 1)]}}
pieces["both"] = pieces["below"] + pieces["above"]
area, share = np.sum([gave(*piece) for piece in pieces["{side}"]], axis=0)
inside = stats.binom.pmf(k, n, null)
if margin:
    part, held = gave(*np.clip([null - margin, null + margin], 0, 1))
    inside = part / held
print("scipy  ", inside / (area / share))
'''

_MEAN = '''\
"""A mean against {against:g} (within {margin:g} sd), side “{side}”; Cauchy prior of the effect, width {width:g}."""
import numpy as np
from scipy import integrate, stats

from bayes_core.foundations.bayes_factor import Effect, Hypotheses
from bayes_core.foundations.bayes_factor.mean import compare, p_value

margin, width = {margin!r}, {width!r}
{data}
found = compare(effect, Hypotheses(0.0, margin, "{side}"), width)
print("t      ", float(effect.t[0]), "nu", effect.nu)
print("BF01   ", float(found.bf01[0]))
print("BF10   ", float(np.exp(found.log_bf10[0])))
print("P(H0)  ", float(found.chance[0]), "with even odds before")
print("p-value", float(p_value(effect, "{side}")[0]))

# The point against everything else by another way: a normal effect whose variance g has an inverse gamma prior
# (Rouder and others 2009).
t, nu, n = float(effect.t[0]), effect.nu, effect.n
def of(v):
    g = np.exp(v)
    wide = 1 + n * g * width**2
    return g * wide**-0.5 * (1 + t**2 / (wide * nu)) ** (-(nu + 1) / 2) * stats.invgamma.pdf(g, 0.5, scale=0.5)
other = integrate.quad(of, -8, 2, limit=200)[0] + integrate.quad(of, 2, 60, limit=200)[0]
print("JZS    ", (1 + t**2 / nu) ** (-(nu + 1) / 2) / other, "= BF01 of the point, both sides")
'''

_STOP = '''\
"""A coin with {real:g} heads, a look after each of {looks} tosses: stop at p < {level:g}, or at BF10 >= {demand:g}."""
import numpy as np

from bayes_core.foundations.bayes_factor.stopping import both_rules, log_bayes_factors, significant

most, value, level, worth, demand, real = {looks}, {null!r}, {level!r}, {worth!r}, {demand!r}, {real!r}
found = both_rules(most, value, level, worth, demand, real)
print("ever p < level    ", float(found.by_p[0, -1]))
print("ever BF10 enough  ", float(found.by_bf[0, -1]), "at most", float(found.bound[0]), "if fair")
print("p at the end only ", float(found.once_p[0]))
print("BF10 at the end   ", float(found.once_bf[0]))

# The slow way: 4,000 coins, tossed.
heads = (np.random.default_rng(1).random((4000, most)) < real).cumsum(1)
n = np.arange(1, most + 1)
rules = significant(most, value, level)[0], log_bayes_factors(most, value, worth)[0] >= np.log(demand)
print("simulated         ", *(float(rule[n, heads].any(1).mean()) for rule in rules))
'''

PRINTS = {
    "share": {"bf01": r"BF01 +(\S+)", "bf10": r"BF10 +(\S+)", "p": r"p-value +(\S+)", "chance": r"P\(H0\) +(\S+)"},
    "mean": {"bf01": r"BF01 +(\S+)", "bf10": r"BF10 +(\S+)", "p": r"p-value +(\S+)", "chance": r"P\(H0\) +(\S+)"},
    "stop": {
        "by.p": r"ever p < level +(\S+)",
        "by.bf": r"ever BF10 enough +(\S+)",
        "once.p": r"p at the end only +(\S+)",
    },
}
"""Where the script prints the numbers of the picture's words."""


def script(settings: ShareSettings | MeanSettings | StopSettings) -> str:
    """Return a runnable script for exactly these settings."""
    match settings:
        case ShareSettings():
            count = settings.count()
            return _SHARE.format(
                heads=float(count.heads[0]), n=float(count.n[0]), null=settings.null, margin=settings.margin,
                side=settings.side, worth=settings.worth,
            )  # fmt: skip
        case MeanSettings():
            return _MEAN.format(
                against=settings.value, margin=settings.margin, side=settings.side, width=settings.width,
                data=_data(settings),
            )  # fmt: skip
        case _:
            return _STOP.format(
                looks=settings.looks, null=NULL, level=settings.level, worth=settings.worth, demand=settings.demand,
                real=settings.real,
            )  # fmt: skip


def _data(settings: MeanSettings) -> str:
    if settings.summary:
        first, second = settings.summary
        return (
            f"effect = Effect.of_groups({settings.t!r}, {first}, {second})"
            if second
            else f"effect = Effect({settings.t!r}, {first - 1.0!r}, {float(first)!r})"
        )
    y = settings.values()[: int(settings.seen)] if settings.view == "along" else settings.values()
    if len(y) <= LONGEST_SCRIPT:
        return f"y = np.array({y.tolist()!r})\neffect = Effect.of(y, {settings.value!r})"
    effect = settings.effect()
    return (
        f"# {len(y):,} values are too many to write out here: this is their t statistic.\n"
        f"effect = Effect({float(effect.t[0])!r}, {effect.nu!r}, {effect.n!r})"
    )
