"""The registry of models: a name, or a value such as `Linear(basis=Bumps())`."""

from __future__ import annotations

from bayes_core.models.linear import Bumps, Linear, Polynomial, Standard
from bayes_core.models.mlp import Mlp
from bayes_core.models.pictures import Convolutional, Dense
from bayes_core.types import Model

MODELS: dict[str, Model] = {
    "linear": Linear(),
    "bumps": Linear(basis=Bumps(), name="bumps"),
    "polynomial": Linear(basis=Polynomial(degree=3, low=0.0, high=10.0), name="polynomial"),
    "laplace": Linear(name="laplace", family="laplace"),
    "mlp": Mlp(),
}


def model_named(model: str | Model) -> Model:
    """Return the model itself, or the registered one of that name.

    >>> model_named("linear").name
    'linear'
    """
    if isinstance(model, str):
        if model not in MODELS:
            raise ValueError(f"there is no model {model!r}: choose one of {', '.join(MODELS)}")
        return MODELS[model]
    if not isinstance(model, Model):
        raise ValueError(f"the model is {model!r}: give a name ({', '.join(MODELS)}) or a model such as Linear()")
    return model


__all__ = ["MODELS", "Bumps", "Convolutional", "Dense", "Linear", "Mlp", "Polynomial", "Standard", "model_named"]
