"""The script that repeats the split that the page shows."""

from __future__ import annotations

import numpy as np

from bayes_core.inference import METHODS

from .settings import BUDGET, LIKELIHOODS, MODELS, SplitSettings

_TEMPLATE = '''\
"""{title}: both parts of the predictive {measure} at {here:g} m/s, by {method}{test}."""
import numpy as np
{imports}

wind = {x}
{name} = {y}

{data}
model = {model}
prior = Prior(width={width!r}, noise={noise!r})
place = ({place:g} - {u.x_middle:g}) / {u.x_unit:g}
{answer}
unit = {unit}
print("epistemic, {what}", (parts.epistemic.ravel()[0] * unit).round(3), "+-", parts.epistemic_mcse.ravel()[0] * unit)
print("aleatoric, {what}", (parts.aleatoric.ravel()[0] * unit).round(3), "+-", parts.aleatoric_mcse.ravel()[0] * unit)
'''


_EXACT = """\
# The law of total variance in closed form, without draws.
parts = split_exact(posterior(data, model, prior), model.design(np.array([[place]])))
"""

_CLASSES = """\
budget = Budget({budget})
answer = fit(data, model, "{method}", prior, budget, seed={seed})
seen = predict(answer, [place])
few = np.unique(np.linspace(0, seen.size - 1, min(seen.size, 2000)).astype(int))  # what the page shows
parts = split_entropy(seen.probabilities[few])  # expected entropy, and mutual information
"""

_DRAWN = """\
budget = Budget({budget})
answer = fit(data, model, "{method}", prior, budget, seed={seed}{likelihood})
seen = predict(answer, [place])
few = np.unique(np.linspace(0, seen.size - 1, min(seen.size, 2000)).astype(int))  # what the page shows
parts = split_variance(seen.f[few, :, 0], seen.noise_at[few])  # the mean of sigma^2, and the variance of f
"""

_DELAYS = """\
# The fit sees numbers near one: winds in steps of {u.x_unit:g} m/s, delays in steps of {u.y_unit:g} minutes.
data = Dataset.from_arrays((wind - {u.x_middle:g}) / {u.x_unit:g}, (delay - {u.y_middle:g}) / {u.y_unit:g})"""
_DAYS = """\
# The fit sees numbers near one: winds in steps of {u.x_unit:g} m/s.
data = Dataset.from_arrays((wind - {u.x_middle:g}) / {u.x_unit:g}, sails, task="classification")"""

_IMPORTS = {
    "classes": """\
from bayes_core import Budget, Dataset, Linear, Mlp, Prior, fit, predict
from bayes_core.evaluation.uncertainty import split_entropy
from bayes_core.models.linear import Bumps, Raw""",
    "exact": """\
from bayes_core import Dataset, Linear, Prior
from bayes_core.evaluation.splits import split_exact
from bayes_core.inference.exact import posterior
from bayes_core.models.linear import Bumps, Raw""",
    "drawn": """\
from bayes_core import Budget, Dataset, Heteroscedastic, Linear, Mlp, Prior, fit, predict
from bayes_core.evaluation.uncertainty import split_variance
from bayes_core.models.linear import Bumps, Raw""",
}


def script(settings: SplitSettings) -> str:
    """Return a runnable script for exactly these settings, the data after the test in the picture."""
    question = settings.question(settings.test)
    world, noise = settings.tested(settings.test, settings.here), settings.noises("here", settings.test)[:1]
    reads = METHODS[settings.method].reads
    budget = {name: getattr(BUDGET, name) for name in ("draws", "chains", "steps", "members") if name in reads}
    classes = settings.kind == "classes"
    way = "classes" if classes else "exact" if settings.exact else "drawn"
    answer = {"classes": _CLASSES, "exact": _EXACT, "drawn": _DRAWN}[way].format(
        budget=", ".join(f"{name}={value}" for name, value in budget.items()),
        method=settings.method,
        seed=settings.seed,
        likelihood=f", likelihood={LIKELIHOODS[settings.model]}" if settings.model in LIKELIHOODS else "",
    )
    return _TEMPLATE.format(
        title=settings.spec.title,
        here=settings.here,
        place=settings.places("width", settings.test)[0],
        method=settings.method,
        test=f", after: {settings.test}" if settings.test else "",
        x=_array(world.x[:, 0]),
        y=_array(world.outcomes(noise)[0]),
        u=settings.units,
        model=repr(MODELS[settings.model]),
        imports=_IMPORTS[way],
        name="sails" if classes else "delay",
        data=(_DAYS if classes else _DELAYS).format(u=settings.units),
        unit="1.0" if classes else f"{settings.units.y_unit:g} ** 2  # variances go with the square",
        what="bits" if classes else "min2",
        measure="entropy" if classes else "variance",
        answer=answer.rstrip(),
        width=settings.width,
        noise=question.prior.noise,
    )


def _array(values: np.ndarray) -> str:
    lines = np.array2string(values, separator=", ", max_line_width=96, threshold=10**6, floatmode="unique")
    return f"np.array({lines})"
