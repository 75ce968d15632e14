"""The script that repeats what the approximation page shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bayes_core.approximation.along import RATE, STEPS

from .settings import CLIMB_STEPS, ClimbSettings, HandSettings, PairSettings

_HAND = '''\
"""{title}: a Gaussian q under the hand, and {step} steps of Adam from there."""
import numpy as np
from scipy import integrate, stats

from bayes_core.approximation import Exact, {kind}, climb, elbo

exact = Exact({target})
path = climb(exact, mean={mean!r}, width={width!r}, steps={steps}, rate={rate!r}, way={way!r})
mean, width = float(path.mean[{step}]), float(path.width[{step}])
print("q is        ", mean, width)
print("log evidence", exact.target.log_evidence)
print("ELBO        ", float(elbo(exact.target, mean, width)))
print("KL(q || p)  ", float(exact.reverse(mean, width)))
print("KL(p || q)  ", float(exact.forward(mean, width)))
print("held        ", float(exact.held(mean, width, 0.9)))

# The slow way: an integral and a hundred thousand draws, with nothing of the above.
low, high = exact.target.ends
p = lambda theta: float(np.exp(exact.target.log_joint(np.float64(theta))))
print("evidence    ", np.log(integrate.quad(p, low, high, limit=500, points={points})[0]))
draws = mean + width * np.random.default_rng(1).standard_normal(100_000)
worth = exact.target.log_joint(draws) - stats.norm(mean, width).logpdf(draws)
print("simulated   ", worth.mean(), "+-", worth.std() / np.sqrt(len(draws)))
'''


_CLIMB = '''\
"""{title}: {step} steps of Adam by two estimators of the same gradient."""
from bayes_core.approximation import Exact, LaplaceSlope, Recipe, noisy_climb
from bayes_core.approximation.estimators import spread

target = {target}
exact, recipe = Exact(target), {recipe}
for way in ("reparameterised", "score"):
    path = noisy_climb(target, *{start}, {steps}, [{rate!r}], recipe, way)
    mean, width = float(path.mean[0, {step}]), float(path.width[0, {step}])
    print(f"{{way:15}} q", mean, width)
    print(f"{{way:15}} KL", float(exact.reverse(mean, width)))
    if way == "reparameterised":
        sd = spread(target, mean, width, {weight!r}, {baseline!r})[:, 0]
print("draws for the same noise", float((sd[1] / sd[0]) ** 2))
'''

_PAIR = '''\
"""{title}: a {s.family} q for slope and intercept, and the best of its family."""
import numpy as np

from bayes_core.approximation import Tilted, covariances

line = {line}
q = covariances({s.wide!r}, {s.tall!r}, {s.tilt!r})
print("log evidence", line.log_evidence)
print("ELBO        ", float(line.elbo(q)))
print("KL(q || p)  ", float(line.reverse(q)))
print("KL(p || q)  ", float(line.forward(q)))
print("exact sd    ", line.sd, "correlation", line.correlation)
best = line.best({s.family!r})
print("best        ", np.sqrt(np.diag(best)), "KL", float(line.reverse(best)))

# The slow way: a hundred thousand draws of q, weighed by prior and likelihood.
random = np.random.default_rng(1)
w = random.multivariate_normal(line.mean, q, 100_000)
x, y, prior = np.array(line.x) - line.origin, np.array(line.y), np.array(line.prior)
rest = (y - w[:, :1] * x - w[:, 1:]) / line.noise
log_joint = -0.5 * (rest**2).sum(1) - len(y) * np.log(line.noise * np.sqrt(2 * np.pi))
log_joint += (-0.5 * (w / prior) ** 2 - np.log(prior * np.sqrt(2 * np.pi))).sum(1)
off = w - line.mean
log_q = -0.5 * (np.einsum("ni,ij,nj->n", off, np.linalg.inv(q), off) + np.log(np.linalg.det(2 * np.pi * q)))
print("simulated   ", (log_joint - log_q).mean(), "+-", (log_joint - log_q).std() / np.sqrt(len(w)))
'''


def script(settings: Any) -> str:
    """Return a runnable script for exactly these settings."""
    return _SCRIPTS[type(settings)](settings)


def _hand(settings: HandSettings) -> str:
    target = settings.posterior().target
    return _HAND.format(
        title=settings.spec.title,
        kind=type(target).__name__,
        target=target,
        mean=settings.mean,
        width=settings.width,
        step=int(settings.step),
        steps=STEPS,
        rate=RATE,
        way=settings.way,
        points=[float(p) for p in settings.story.peaks],
    )


def _climb(settings: ClimbSettings) -> str:
    recipe = settings.recipe()
    return _CLIMB.format(
        title=settings.spec.title,
        target=settings.story.target(),
        start=settings.story.start,
        rate=settings.rate,
        step=int(settings.step),
        steps=CLIMB_STEPS,
        recipe=recipe,
        weight=recipe.weight,
        baseline=recipe.baseline,
    )


def _pair(settings: PairSettings) -> str:
    return _PAIR.format(title=settings.spec.title, line=settings.line(), s=settings)


_SCRIPTS: dict[type, Callable[[Any], str]] = {HandSettings: _hand, ClimbSettings: _climb, PairSettings: _pair}
PRINTS = {
    "hand": {
        "elbo": r"ELBO +(\S+)",
        "evidence": r"log evidence (\S+)",
        "kl": r"KL\(q \|\| p\) +(\S+)",
        "forward": r"KL\(p \|\| q\) +(\S+)",
    },
    "climb": {
        "moved.kl": r"reparameterised KL (\S+)",
        "weighed.kl": r"score +KL (\S+)",
        "noise": r"same noise (\S+)",
    },
    "pair": {
        "elbo": r"ELBO +(\S+)",
        "evidence": r"log evidence (\S+)",
        "kl": r"KL\(q \|\| p\) +(\S+)",
        "forward": r"KL\(p \|\| q\) +(\S+)",
    },
}
"""Where the script prints the numbers of the picture's words."""
