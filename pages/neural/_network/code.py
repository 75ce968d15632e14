"""The script that repeats what the network page shows."""

from __future__ import annotations

from bayes_core.inference import METHODS
from pages._ui.suiting import in_python

from .scenes import near
from .settings import BUDGET, NetworkSettings

_TEMPLATE = '''\
"""{title}: prior width {s.width:g}, {s.layers} x {s.units} {s.activation} units, answered by {s.method}."""
import numpy as np
{imports}
{data}
model = Mlp(hidden={hidden}, activation="{s.activation}"{options})
prior = Prior(width={s.width!r}, noise={noise!r})
{budget}answer = fit(data, model, "{s.method}", prior{asked}, seed={s.seed}{likelihood})
grid = {grid}
band = summary.band(predict(answer, grid), {s.level:g}, "function")
print("right edge, credible", band.lower[-1].round(3), band.upper[-1].round(3))
print("sigma, median       ", np.median(answer.noise).round(4))  # a half-Cauchy has neither mean nor sd
print("badge               ", answer.diagnostics.badge)

# The same posterior by NumPyro's NUTS on all weights (half a minute):
# reference = fit(data, model, "nuts", prior, Budget(draws=1000, warmup=1000){likelihood})
'''


def script(settings: NetworkSettings) -> str:
    """Return a runnable script for exactly these settings."""
    s = settings
    source = s.source()
    low, high = source.axes.x_range
    imports, data = _world(s) if source.world else _patients(s) if s.story.features else _own(s)
    grid = f"np.linspace({low:g}, {high:g}, 81)"
    inputs, looked = source.dataset.x.shape[1], source.dataset.feature_names[source.along]
    if inputs > 1:
        grid = (
            f"np.zeros((81, {inputs}))  # every input at its mean, which is 0 ...\n"
            f"grid[:, {source.along}] = np.linspace({low:g}, {high:g}, 81)  # ... but for {looked!r}"
        )
    budget = _budget(s.method)
    return _TEMPLATE.format(
        title=s.spec.title, s=s, budget=budget, asked=", budget" if budget else "", imports=imports, data=data,
        hidden=repr((s.units,) * s.layers), noise=source.noise_prior, grid=grid, options=_options(s),
        likelihood=", likelihood=Heteroscedastic()" if s.heteroscedastic else "",
    )  # fmt: skip


def _budget(method: str) -> str:
    """Return the line that says how much work the method may do, if it reads any of it; a chunk changes no answer."""
    reads = [name for name in ("draws", "chains", "steps", "members") if name in METHODS[method].reads]
    told = ", ".join(f"{name}={getattr(BUDGET, name)}" for name in reads)
    return f"budget = Budget({told})\n" if told else ""


def _options(s: NetworkSettings) -> str:
    """Return what the model is told beyond its size, as far as it is not the default."""
    return ", fan_in=True" if s.fan_in else ""


_NAMES = "from bayes_core import Budget, {}{}Mlp, Prior, fit, predict, summary"


def _names(s: NetworkSettings, more: str = "") -> str:
    return _NAMES.format(more, "Heteroscedastic, " if s.heteroscedastic else "")


def _patients(s: NetworkSettings) -> tuple[str, str]:
    imports = _names(s, "Dataset, ") + "\nfrom bayes_core.data import diabetes\n"
    data = (
        f"raw = diabetes({s.story.features!r})\n"
        f"rows = np.random.default_rng({s.seed}).permutation(442)[:{s.points}]\n"
        "x, y = ((v - v.mean(0)) / v.std(0) for v in (raw.x, raw.y))\n"
        "data = Dataset.from_arrays(x[rows], y[rows])"
    )
    return imports, data


def _world(s: NetworkSettings) -> tuple[str, str]:
    imports = _names(s) + "\nfrom bayes_core.data import load\n"
    return imports, f'data = load("{s.scene}", n={s.points}, seed={s.seed}, noise={s.noise!r})'


def _own(s: NetworkSettings) -> tuple[str, str]:
    """Return the lines that make a reader's rows, and put them into standard deviations where they are far away."""
    story, data = s.story, "data = standardised(Dataset.from_arrays(x, y))"
    assert story.own is not None
    if near(story.own) and not story.sampled:
        return _names(s, "Dataset, "), f"{in_python(story.own.dataset)}\ndata = Dataset.from_arrays(x, y)"
    imports = _names(s, "Dataset, ") + "\nfrom bayes_core.data.source import standardised\n"
    if story.sampled:
        imports += "from bayes_core.data.split import Split\n"
        data += f"\ndata = Split.of_rows(data, {story.most}, {s.seed}).train  # as many as are soon sampled"
    return imports, f"{in_python(story.own.dataset)}\n{data}"
