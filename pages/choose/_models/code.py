"""The script that repeats what the page on complexity shows."""

from __future__ import annotations

import numpy as np

from bayes_core.checks import FloatArray

from .settings import ModelSettings

_SCRIPT = '''\
"""{models}, prior width {width:g}: log evidence, leave-one-out, and what either chooses."""
import numpy as np
from scipy.integrate import quad
from scipy.stats import halfcauchy, norm

from bayes_core.evaluation.complexity import Judged, Ladder

{data}
ladder = Ladder(x, y, {ends!r}, tuple(range({size})), noise={noise!r}, family={family!r})
judged = Judged.of(ladder, np.array([{width!r}]))
for size in ladder.sizes:
    print(
        f"size {{size:2d}}  log evidence {{judged.evidence[size, 0]:8.2f}}"
        f"  leave-one-out {{judged.left_out[size, 0]:8.2f}} +- {{judged.error[size, 0]:.2f}}"
        f"  WAIC {{judged.waic[size, 0]:8.2f}}  probability {{judged.probability[size, 0]:.3f}}"
        f"  stacking {{judged.stacked[size, 0]:.3f}}"
    )
gap, error = judged.ahead({top})
print("log Bayes factor", judged.bayes_factor({top})[0])
print("leave-one-out gap", gap[0], "+-", error[0])

# The slow way: one dense Gaussian for every sigma, and an integral over sigma.
columns = ladder.columns(x, {top})
spread, turn = np.linalg.eigh({width!r} ** 2 * columns @ columns.T)
turned, spread = turn.T @ y, spread.clip(0)


def log_density(log_sigma):
    likelihood = norm(0, np.sqrt(spread + np.exp(2 * log_sigma))).logpdf(turned).sum()
    prior = halfcauchy(scale={noise!r}).logpdf(np.exp(log_sigma)) + log_sigma
    return likelihood + prior


grid = np.linspace(np.log({noise!r}) - 8, np.log({noise!r}) + 8, 161)
peak = max(grid, key=log_density)
area = quad(lambda s: np.exp(log_density(s) - log_density(peak)), peak - 6, peak + 6, points=[peak], limit=200)[0]
print("log evidence of size {top}, the slow way", log_density(peak) + np.log(area))
'''
_MODELS = {"polynomial": "Polynomials of degree 0 to {}", "bumps": "A constant and up to {} Gaussian bumps"}
PRINTS = {"factor": r"log Bayes factor (\S+)", "gap": r"leave-one-out gap (\S+)"}


def script(settings: ModelSettings) -> str:
    """Return a script that prints this view's numbers."""
    ladder = settings.ladder()
    return _SCRIPT.format(
        data=f"{_array('x', ladder.x)}\n{_array('y', ladder.y)}",
        ends=ladder.ends,
        models=_MODELS[ladder.family].format(max(ladder.sizes)),
        family=ladder.family,
        size=len(ladder.sizes),
        noise=float(ladder.noise),
        width=settings.width,
        top=settings.top,
    )


def _array(name: str, values: FloatArray) -> str:
    lines = np.array2string(values, separator=", ", max_line_width=96, threshold=10**6, floatmode="unique")
    return f"{name} = np.array({lines})"
