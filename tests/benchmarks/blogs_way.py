"""The source blog's linear regression as written: a new MCMC object for every slider change.

It runs in a process of its own, as the blog's does: without our float64 and without our compilation cache on disk.
A width and a number of chains per line on standard input; the slope's mean on standard output for each.
"""

from __future__ import annotations

import sys

import jax
import jax.numpy as jnp
import numpy as np
import numpyro
import numpyro.distributions as dist
from numpyro.infer import MCMC, NUTS
from sklearn.datasets import make_regression

X, Y = make_regression(n_samples=100, n_features=1, noise=12.0, random_state=42)


def model(x, y, width):
    slope = numpyro.sample("slope", dist.Normal(0, width))
    intercept = numpyro.sample("intercept", dist.Normal(0, width))
    sigma = numpyro.sample("sigma", dist.HalfCauchy(5))
    numpyro.sample("obs", dist.Normal(slope * x + intercept, sigma), obs=y)


if __name__ == "__main__":
    for line in sys.stdin:
        width, chains = line.split()
        kernel = NUTS(model)
        mcmc = MCMC(
            kernel,
            num_warmup=1000,
            num_samples=2000,
            num_chains=int(chains),
            chain_method="sequential",
            progress_bar=False,
        )
        mcmc.run(jax.random.PRNGKey(0), jnp.array(X[:, 0]), jnp.array(Y), float(width))
        print(np.asarray(mcmc.get_samples()["slope"]).mean(), flush=True)
