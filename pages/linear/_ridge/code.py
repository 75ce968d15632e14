"""The script that repeats what the MAP-is-ridge page shows."""

from __future__ import annotations

import numpy as np

from bayes_core.checks import FloatArray
from pages._ui.suiting import LONGEST_SCRIPT, in_python

from .scenes import FEATURES
from .settings import RidgeSettings

_TEMPLATE = '''\
"""{title}: prior width {s.width:g}, noise {s.noise:g}."""
import numpy as np
from sklearn.linear_model import {peer}

from bayes_core import Dataset, Linear, Polynomial, Prior, Standard, fit
{data}
prior = Prior(width={s.width!r}, noise={s.noise!r}, noise_known=True)
model = Linear({basis}, family="{s.family}")
answer = fit(Dataset.from_arrays(x, y), model, "map", prior)
ours = np.append(answer.draws["intercept"], answer.draws["coef"])
print("MAP          ", ours.round(6))

# scikit-learn: the intercept is a column of ones with the same prior as every other weight.
design = model.design(x)
{penalty}
print("scikit-learn ", theirs.round(6))
print("difference   ", np.abs(ours - theirs).max() / np.abs(theirs).max())
'''

_EVIDENCE = """
# What the mode throws away.
from bayes_core.ridge import RidgePath

path = RidgePath.of(design, y, np.array([{s.width!r}]), np.array([{s.noise!r}]))
print("posterior sd ", path.sd[0].round(6))
print("log evidence ", path.log_evidence[0].round(6))
"""

_POSTERIOR = """
# The posterior under the same prior, sampled: its mean is not sparse.
from bayes_core import Budget

sampled = fit(Dataset.from_arrays(x, y), model, "nuts", prior, Budget(draws=1000, warmup=500, chains=4), seed={s.seed})
print("posterior mean", np.append(sampled.draws["intercept"].mean(), sampled.draws["coef"].mean(0)).round(4))
"""


def _array(values: FloatArray) -> str:
    lines = np.array2string(values, separator=", ", max_line_width=96, threshold=10**6, floatmode="unique")
    return f"np.array({lines})"


def _data(settings: RidgeSettings) -> str:
    """Return the lines that make the fitted rows: the same data by their name, or the reader's own in numbers."""
    s, train, known = settings, settings.problem().split.train, settings.spec.story.loads
    if known == "temperature":
        return (
            f"from bayes_core.data import temperature\n\nworld = temperature(n={s.points}, seed={s.seed})\n"
            f"x, y = world.x, world.outcomes(np.array([{s.loud!r}]))[0]"
        )
    if known == "diabetes":
        return (
            f"from bayes_core.data import diabetes\n\ndata = diabetes({FEATURES!r})\n"
            f"rows = np.random.default_rng({s.seed}).permutation(442)[:{s.points}]\n"
            "x, y = data.x[rows], data.y[rows] - data.y[rows].mean()"
        )
    if known or train.x.size + len(train.y) <= LONGEST_SCRIPT:
        return f"\nx = {_array(train.x)}\ny = {_array(train.y)}"
    return (
        f"\n{in_python(settings.source().dataset)}\n"
        f"rows = np.random.default_rng({s.seed}).permutation(len(y))[:{s.points}]\n"
        "x, y = x[rows], y[rows] - y[rows].mean()"
    )


def script(settings: RidgeSettings) -> str:
    """Return a runnable script for exactly these settings."""
    s, ends = settings, settings.problem().ends
    basis = "Standard.of(x)" if ends is None else f"Polynomial(degree={int(s.degree)}, low={ends[0]}, high={ends[1]})"
    if s.family == "normal":
        penalty = (
            f'theirs = Ridge(alpha={s.noise!r} ** 2 / {s.width!r} ** 2, fit_intercept=False, solver="svd")'
            ".fit(design, y).coef_"
        )
        more = _EVIDENCE.format(s=s)
    else:
        penalty = (
            f"alpha = {s.noise!r} ** 2 / ({s.width!r} * len(y))\n"
            "theirs = Lasso(alpha=alpha, fit_intercept=False, tol=1e-10, max_iter=20_000).fit(design, y).coef_"
        )
        more = _POSTERIOR.format(s=s) if s.sample else ""
    peer = "Ridge" if s.family == "normal" else "Lasso"
    made = _TEMPLATE.format(title=s.spec.title, s=s, peer=peer, data=_data(s), basis=basis, penalty=penalty)
    return made + more
