"""The script that repeats the split that the page shows."""

from __future__ import annotations

import numpy as np

from bayes_core.inference import METHODS

from .scenes import UNITS
from .settings import _BUDGET, MODELS, SplitSettings

_TEMPLATE = '''\
"""{title}: both parts of the predictive variance at {here:g} m/s, by {method}{test}."""
import numpy as np
from bayes_core import Budget, Dataset, Linear, Mlp, Prior, fit, predict
from bayes_core.evaluation.uncertainty import split_variance
from bayes_core.models.linear import Bumps, Raw

wind = {x}
delay = {y}

# The fit sees numbers near one: winds in steps of {u.x_unit:g} m/s, delays in steps of {u.y_unit:g} minutes.
data = Dataset.from_arrays((wind - {u.x_middle:g}) / {u.x_unit:g}, (delay - {u.y_middle:g}) / {u.y_unit:g})
model = {model}
budget = Budget({budget})
answer = fit(data, model, "{method}", Prior(width={width!r}, noise={noise!r}), budget, seed={seed})

seen = predict(answer, [({place:g} - {u.x_middle:g}) / {u.x_unit:g}])
parts = split_variance(seen.f[:, :, 0] * {u.y_unit:g}, seen.noise_at * {u.y_unit:g})
print("epistemic, min2", parts.epistemic[0].round(2), "+-", parts.epistemic_mcse[0].round(2))
print("aleatoric, min2", parts.aleatoric[0].round(2), "+-", parts.aleatoric_mcse[0].round(2))
'''


def script(settings: SplitSettings) -> str:
    """Return a runnable script for exactly these settings, the data after the test in the picture."""
    question = settings.question(settings.test)
    world, noise = settings.tested(settings.test, settings.here), settings.noises("here", settings.test)[:1]
    reads = METHODS[settings.method].reads
    budget = {name: getattr(_BUDGET, name) for name in ("draws", "chains", "steps", "members") if name in reads}
    if settings.exact:
        budget |= {"draws": 10_000}
    return _TEMPLATE.format(
        title=settings.spec.title,
        here=settings.here,
        place=settings.places("width", settings.test)[0],
        method=settings.method,
        test=f", after: {settings.test}" if settings.test else "",
        x=_array(world.x[:, 0]),
        y=_array(world.outcomes(noise)[0]),
        u=UNITS,
        model=repr(MODELS[settings.model]),
        budget=", ".join(f"{name}={value}" for name, value in budget.items()),
        width=settings.width,
        noise=question.prior.noise,
        seed=settings.seed,
    )


def _array(values: np.ndarray) -> str:
    lines = np.array2string(values, separator=", ", max_line_width=96, threshold=10**6, floatmode="unique")
    return f"np.array({lines})"
