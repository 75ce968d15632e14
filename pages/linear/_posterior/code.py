"""The script that repeats what the linear page shows, from nothing but this project's packages."""

from __future__ import annotations

import numpy as np

from .settings import LinearSettings

_TEMPLATE = '''\
"""{title}: prior width {width:g}, noise {noise:g}, {points} points, seed {seed}."""
import numpy as np
{jax_imports}from bayes_core import Dataset, Prior, fit, predict, summary
{data}

# The page's answer ({method}).
answer = fit(Dataset.from_arrays(x, y), "linear", "{method}", Prior(width={width:g}, noise={prior:g}), seed={seed})
for row in summary.table(answer, {level:g}):
    print(f"{{row.name:10}} {{row.centre:10.4f}} {{row.spread}}")  # a mean and its sd; a skewed one's median, interval

grid = np.linspace({low:g}, {high:g}, 61)
credible = summary.band(predict(answer, grid), {level:g}, "function")
predictive = summary.band(predict(answer, grid), {level:g}, "observation")
print("right edge, credible  ", credible.lower[-1].round(2), credible.upper[-1].round(2))
print("right edge, predictive", predictive.lower[-1].round(2), predictive.upper[-1].round(2))


# The same question in plain NumPyro.
def model(x, y=None):
    intercept = numpyro.sample("intercept", dist.Normal(0, {width:g}))
    slope = numpyro.sample("slope", dist.Normal(0, {width:g}))
    sigma = numpyro.sample("sigma", dist.HalfCauchy({prior:g}))
    numpyro.sample("y", dist.Normal(intercept + slope * x, sigma), obs=y)


mcmc = MCMC(NUTS(model), num_warmup=1000, num_samples=2000, progress_bar=False)
mcmc.run(jax.random.PRNGKey({seed}), x, y)
slope = np.asarray(mcmc.get_samples()["slope"])
print(f"NumPyro slope {{slope.mean():10.4f}} +- {{slope.std():.4f}}")
'''

_JAX = """\
import jax
import numpyro
import numpyro.distributions as dist
from numpyro.infer import MCMC, NUTS

"""


def _array(name: str, values: np.ndarray) -> str:
    lines = np.array2string(values, separator=", ", max_line_width=96, threshold=10**6, floatmode="unique")
    return f"{name} = np.array({lines})"


def script(settings: LinearSettings) -> str:
    """Return a runnable script for exactly these settings; up to 50 points stand in it as numbers."""
    source = settings.source().at(settings.noise)
    data, (low, high) = source.dataset, source.axes.x_range
    if settings.points <= 50 or source.world is None or settings.world:
        lines = "\n" + _array("x", data.x[:, 0]) + "\n" + _array("y", data.y)
    else:
        lines = (
            f"from bayes_core.data import load\n\ndata = load({_world(settings)!r}, n={settings.points}, "
            f"seed={settings.seed}, noise={settings.noise:g}{_faults(settings)})\nx, y = data.x[:, 0], data.y"
        )
    return _TEMPLATE.format(
        title=settings.spec.title,
        width=settings.width,
        noise=settings.noise,
        points=settings.points,
        seed=settings.seed,
        prior=source.noise_prior,
        method=settings.method,
        level=settings.level,
        low=low,
        high=high,
        data=lines,
        jax_imports=_JAX,
    )


def _world(settings: LinearSettings) -> str:
    """Return the registered name of the world that a scene shows."""
    return {"blog": "blog", "houses": "houses"}.get(settings.scene, "sleep")


def _faults(settings: LinearSettings) -> str:
    world = settings.source().world
    return f", faults={world.faults!r}" if world and world.faults else ""
