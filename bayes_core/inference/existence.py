r"""Where there is no posterior: data that a model can meet exactly, on more rows than that takes.

If f meets every target wherever d functions of the weights take given values, the likelihood with unknown sigma grows
as :math:`\sigma^{-N}` on a neighbourhood whose prior mass shrinks as :math:`\sigma^d`. The half-Cauchy prior is
positive at zero, so the integral over sigma is infinite once N > d. Only cases that are certain are told; others
need not be easy.
"""

from __future__ import annotations

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.inference.sigma import Projection, Spectrum, refuse_perfect_fit
from bayes_core.likelihoods import Likelihood, MixtureDensity
from bayes_core.models.linear import Linear
from bayes_core.models.mlp import Mlp
from bayes_core.types import Dataset, Model, Prior

_EXACT = 1e-12
"""Of the largest target: residuals below are rounding."""


def refuse_without_posterior(
    dataset: Dataset, model: Model, prior: Prior, likelihood: Likelihood | None = None
) -> None:
    """Raise ValueError where sigma is unknown and the data can be met without error on more rows than that takes.

    Of a mixture each row need be met by one component only, so that targets of few values are met by as many constants.

    >>> line = Dataset.from_arrays([0.0, 1, 2, 3], [2.0, 2.0, 2.0, 2.0])
    >>> refuse_without_posterior(line, Mlp((2,)), Prior())
    Traceback (most recent call last):
        ...
    ValueError: all 4 targets are 2, and 3 weights of the network can make it exactly that: sigma = 0 fits without \
error and the posterior of sigma does not exist; fix the noise with noise_known=True, or give targets that vary
    >>> refuse_without_posterior(line, Mlp((5,)), Prior())
    """
    if prior.noise_known:
        return
    if isinstance(model, Linear):
        _refuse_linear(dataset, model)
    if isinstance(model, Mlp):
        _refuse_network(dataset, model, likelihood.components if isinstance(likelihood, MixtureDensity) else 1)


def _refuse_linear(dataset: Dataset, model: Linear) -> None:
    with np.errstate(over="ignore", invalid="ignore"):
        spectrum = Spectrum.of(model.design(dataset.x))
        refuse_perfect_fit(spectrum, Projection.of(spectrum, dataset.y[None]), dataset.y)


def _refuse_network(dataset: Dataset, model: Mlp, components: int) -> None:
    x, y = dataset.x, dataset.y
    found = (
        _constant(dataset, model)
        or _constants(y, model, components)
        or _repeated(x, y, model)
        or _straight(x, y, model)
    )
    if found:
        raise ValueError(
            f"{found}: sigma = 0 fits without error and the posterior of sigma does not exist; fix the noise with "
            "noise_known=True, or give targets that vary"
        )


def _same(y: FloatArray, size: float) -> bool:
    return bool(np.ptp(y) <= _EXACT * size)


def _constant(dataset: Dataset, model: Mlp) -> str:
    """A network is constant where all weights of one layer vanish, and with relu units where they are all silent."""
    x, y = dataset.x, dataset.y
    if not _same(y, float(np.abs(y).max())):
        return ""
    layers = [int(np.prod(shape)) for site, shape in model.shapes(x.shape[1]).items() if site in _layers(model)]
    takes = 1 if model.activation == "relu" else min(min(layers) + 1, len(np.unique(x, axis=0)))
    if len(y) <= takes:
        return ""
    many = f"{takes} weights" if takes > 1 else "one weight"
    return f"all {len(y)} targets are {y[0]:.6g}, and {many} of the network can make it exactly that"


def _constants(y: FloatArray, model: Mlp, components: int) -> str:
    """A component is constant where all its weights on the last hidden layer vanish."""
    values, takes = np.unique(y), components * (model.hidden[-1] + 1)
    if components == 1 or len(values) > components or len(y) <= takes:
        return ""
    return (
        f"all {len(y)} targets are one of {len(values)} values, and {components} components can make them exactly that"
    )


def _layers(model: Mlp) -> set[str]:
    return {"weight"} | {f"weight{layer}" for layer in range(1, len(model.hidden) + 1)}


def _repeated(x: FloatArray, y: FloatArray, model: Mlp) -> str:
    """The last layer meets as many places as it has weights, whatever the layers before it do."""
    places, group = np.unique(x, axis=0, return_inverse=True)
    if not len(places) <= model.hidden[-1] + 1 or len(places) == len(y):
        return ""
    group, size = group.ravel(), float(np.abs(y).max())
    if not all(_same(y[group == place], size) for place in range(len(places))):
        return ""
    return f"the {len(y)} rows repeat {len(places)} without any difference, and the network can meet those exactly"


def _straight(x: FloatArray, y: FloatArray, model: Mlp) -> str:
    """One relu unit that is never silent makes a line, while all others are."""
    if model.activation != "relu":
        return ""
    design = np.column_stack([np.ones(len(y)), x])
    found, _, rank, _ = np.linalg.lstsq(design, y, rcond=None)
    if len(y) <= rank or np.abs(y - design @ found).max() > _EXACT * np.abs(y).max():
        return ""
    return f"the {len(y)} targets lie on a straight line, and so can a network of relu units"
