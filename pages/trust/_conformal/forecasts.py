"""Who forecasts the ferry's delay: exact Bayes, networks, an ensemble, and one that has it upside down."""

from __future__ import annotations

from dataclasses import dataclass, field

from bayes_core.likelihoods import Heteroscedastic, Likelihood
from bayes_core.models import Bumps, Linear, Mlp
from bayes_core.types import Budget, Model, Prior

ABOUT = 16.0
"""The delay about which the terrible forecast is turned upside down."""


@dataclass(frozen=True)
class Forecaster:
    """A forecast by its `title`: a model and who answers it; on its label `name` and `gloss`.

    A `standard` one is fitted to data in standard deviations. One that is `turned` has the curve upside down, and
    nothing to say about how sure it is. A `likelihood` is one that the task does not mean. `concept` is its colour, `y`
    how far its pictures reach.
    """

    title: str
    name: str
    gloss: str
    model: Model
    method: str
    prior: Prior
    budget: Budget = field(default_factory=Budget)
    standard: bool = False
    turned: bool = False
    concept: str = "posterior"
    y: tuple[float, float] = (-10.0, 46.0)
    scores: float = 24.0
    likelihood: Likelihood | None = None

    @property
    def script(self) -> str:
        """Return how a script writes the model."""
        if isinstance(self.model, Mlp):
            return f"Mlp({self.model.hidden})"
        basis = self.model.basis if isinstance(self.model, Linear) else None
        if isinstance(basis, Bumps):
            return f"Linear(Bumps({basis.low:g}, {basis.high:g}, {basis.count}, {basis.scale:g}))"
        return "Linear()"

    @property
    def at_once(self) -> bool:
        """Return whether it answers in closed form."""
        return self.method == "exact"


_CURVE = Linear(Bumps(0.0, 25.0, 6, 5.0))
_WIDE = Prior(20.0, 6.0)
_NETWORK = Prior(1.5, 0.5)

FORECASTERS: dict[str, Forecaster] = {
    "curve": Forecaster("Bayes, a curve", "forecast", "posterior mean", _CURVE, "exact", _WIDE),
    "line": Forecaster(
        "Bayes, a straight line", "forecast", "posterior mean", Linear(), "exact", _WIDE, y=(-22.0, 58.0)
    ),
    "network": Forecaster("Network", "network", "posterior mean", Mlp((5,)), "hmc", _NETWORK, standard=True),
    "learns": Forecaster(
        "Network that learns its noise",
        "network",
        "posterior mean",
        Mlp((5,)),
        "hmc",
        _NETWORK,
        standard=True,
        likelihood=Heteroscedastic(),
    ),
    "ensemble": Forecaster(
        "Ensemble of 20 networks",
        "ensemble",
        "mean of 20",
        Mlp((5,)),
        "ensemble",
        _NETWORK,
        Budget(members=20),
        standard=True,
    ),
    "terrible": Forecaster(
        "Upside down",
        "forecast",
        "upside down",
        _CURVE,
        "exact",
        _WIDE,
        turned=True,
        concept="muted",
        y=(-30.0, 66.0),
        scores=48.0,
    ),
}
SCORES = {"absolute": "|y − f|, one width", "normalised": "|y − f| / s(x)", "cqr": "beyond its own quantiles"}
