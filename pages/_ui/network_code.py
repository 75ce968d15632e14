"""The script that repeats what the network page shows."""

from __future__ import annotations

from .network_settings import BUDGET, NetworkSettings

_TEMPLATE = '''\
"""{title}: prior width {s.width:g}, {s.layers} x {s.units} {s.activation} units, answered by {s.method}."""
import numpy as np
{imports}
{data}
model = Mlp(hidden={hidden}, activation="{s.activation}")
budget = Budget(draws={b.draws}, chains={b.chains}, steps={b.steps}, members={b.members})
answer = fit(data, model, "{s.method}", Prior(width={s.width!r}, noise={noise!r}), budget, seed={s.seed})
grid = np.linspace({low:g}, {high:g}, 81)
band = summary.band(predict(answer, grid), {s.level:g}, "function")
print("right edge, credible", band.lower[-1].round(3), band.upper[-1].round(3))
print("sigma               ", answer.noise.mean().round(4), answer.noise.std().round(4))
print("badge               ", answer.diagnostics.badge)

# The same posterior by NumPyro's NUTS on all weights (half a minute):
# reference = fit(data, model, "nuts", Prior(width={s.width!r}, noise={noise!r}), Budget(draws=1000, warmup=1000))
'''


def script(settings: NetworkSettings) -> str:
    """Return a runnable script for exactly these settings."""
    s = settings
    names = "from bayes_core import Budget, {}Mlp, Prior, fit, predict, summary"
    if s.spec.world is None:
        imports = names.format("Dataset, ") + "\nfrom bayes_core.data import diabetes\n"
        data = (
            'raw = diabetes(("bmi",))\n'
            f"rows = np.random.default_rng({s.seed}).permutation(442)[:{s.points}]\n"
            "x, y = ((v - v.mean()) / v.std() for v in (raw.x[:, 0], raw.y))\n"
            "data = Dataset.from_arrays(x[rows], y[rows])"
        )
    else:
        imports = names.format("") + "\nfrom bayes_core.data import load\n"
        data = f'data = load("{s.scene}", n={s.points}, seed={s.seed}, noise={s.noise!r})'
    low, high = s.spec.x_range
    hidden = repr((s.units,) * s.layers)
    return _TEMPLATE.format(
        title=s.spec.title, s=s, b=BUDGET, imports=imports, data=data, hidden=hidden, noise=s.spec.prior_noise,
        low=low, high=high,
    )  # fmt: skip
