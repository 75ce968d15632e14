"""The registry of methods: what each is called, where it lives, what it reads and which models it suits.

A method is one file with `steps(question) -> Iterator[Step]`, which yields as often as it has news and last of all the
complete fit, and one entry here. Files are imported on first use, so exact answers never pay for jax.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace

from bayes_core.likelihoods import Likelihood, one_gaussian
from bayes_core.models import Linear, Mlp, model_named
from bayes_core.models.base import GAUSSIAN, Programmed
from bayes_core.models.pictures import PictureModel
from bayes_core.types import Answer, Budget, Fit, Model, Prior, Question, Task


def _network(model: Model) -> bool:
    return isinstance(model, Mlp)


def _gaussian(model: Model) -> bool:
    return isinstance(model, Linear) and model.family == "normal"


def _linear_or_network(model: Model) -> bool:
    return isinstance(model, Linear | Mlp)


def _programmed(model: Model) -> bool:
    return isinstance(model, Programmed)


def _pictures(model: Model) -> bool:
    return isinstance(model, PictureModel)


def _smooth(model: Model) -> bool:
    return _programmed(model) and not (isinstance(model, Linear) and model.family != "normal")


def _gaussian_or_network(model: Model) -> bool:
    return _gaussian(model) or _network(model)


@dataclass(frozen=True)
class Method:
    """A registered method: its title in menus, the kind of answer it gives and the file it lives in.

    `reads` names the fields of a Budget that it uses; one that reads none says in `ends` when it ends. `models` says
    which kinds of models it answers for where targets are numbers, `on_classes` where they are classes. A method that
    takes a draw for one Gaussian around a curve has no answer for `mixtures`. Those that answer `on_pictures` do it in
    numpy, in a file of their own. A `compiled` one runs on jax, and under the watchdog.
    """

    title: str
    answer: Answer
    module: str
    reads: frozenset[str]
    models: Callable[[Model], bool]
    on_classes: Callable[[Model], bool] | None = None
    ends: str = ""
    compiled: bool = True
    mixtures: bool = True
    on_pictures: bool = False

    def home(self, model: Model) -> tuple[str, bool]:
        """Return the file that answers for a model, and whether that runs on jax: networks of pictures have their own.

        >>> METHODS["map"].home(Linear())
        ('bayes_core.inference.map', True)
        """
        return ("bayes_core.inference.pictures", False) if _pictures(model) else (self.module, self.compiled)

    @property
    def tasks(self) -> frozenset[Task]:
        """Return the tasks that it answers for."""
        return frozenset({"regression"} if self.on_classes is None else {"regression", "classification"})

    def suits(self, model: Model, task: Task = "regression", likelihood: Likelihood | None = None) -> bool:
        """Return whether this method answers for such a model on such data, with a likelihood other than the task's.

        >>> METHODS["exact"].suits(Linear()), METHODS["exact"].suits(Linear(family="laplace"))
        (True, False)
        >>> METHODS["exact"].suits(Linear(), "classification"), METHODS["map"].suits(Linear(), "classification")
        (False, True)
        """
        if _pictures(model):
            return self.on_pictures and task == "classification" and likelihood is None
        if task != "regression":
            return self.on_classes is not None and self.on_classes(model) and likelihood is None
        if likelihood is None or likelihood == GAUSSIAN:
            return self.models(model)
        return _network(model) and self.models(model) and (self.mixtures or one_gaussian(likelihood))


_FARTHEST = math.log(1.6)
_DRAWS = frozenset({"draws", "chains"})
_VI = _DRAWS | {"steps", "kl_weight", "batch"}
_MEMBERS = frozenset({"members", "steps", "batch"})

METHODS: dict[str, Method] = {
    "exact": Method("exact", "exact", "bayes_core.inference.exact", _DRAWS, _gaussian, compiled=False),
    "hmc": Method(
        "fast HMC",
        "sampled",
        "bayes_core.inference.hmc",
        frozenset(),
        _network,
        _gaussian_or_network,
        ends="it draws until function values converge",
        mixtures=False,
    ),
    "nuts": Method(
        "NUTS", "sampled", "bayes_core.inference.nuts", _DRAWS | {"warmup", "chunk"}, _programmed, _programmed
    ),
    "laplace": Method(
        "Laplace",
        "approximate",
        "bayes_core.inference.laplace",
        _DRAWS | {"steps"},
        _smooth,
        _smooth,
        mixtures=False,
    ),
    "laplace_last": Method(
        "last-layer Laplace",
        "approximate",
        "bayes_core.inference.laplace_last",
        _DRAWS | {"steps"},
        _network,
        _network,
        mixtures=False,
        on_pictures=True,
    ),
    "ensemble": Method(
        "deep ensemble",
        "approximate",
        "bayes_core.inference.ensemble",
        _MEMBERS,
        _programmed,
        _programmed,
        on_pictures=True,
    ),
    "anchored": Method(
        "anchored ensemble", "approximate", "bayes_core.inference.anchored", _MEMBERS, _programmed, _programmed
    ),
    "dropout": Method(
        "MC dropout",
        "approximate",
        "bayes_core.inference.dropout",
        frozenset({"steps", "dropout_rate"}),
        _network,
        _network,
        on_pictures=True,
    ),
    "vi_meanfield": Method(
        "mean-field VI",
        "approximate",
        "bayes_core.inference.vi_meanfield",
        _VI,
        _programmed,
        _programmed,
        on_pictures=True,
    ),
    "vi_lowrank": Method(
        "low-rank VI", "approximate", "bayes_core.inference.vi_lowrank", _VI, _programmed, _programmed
    ),
    "vi_fullrank": Method(
        "full-rank VI", "approximate", "bayes_core.inference.vi_fullrank", _VI, _programmed, _programmed
    ),
    "map": Method(
        "MAP",
        "approximate",
        "bayes_core.inference.map",
        frozenset({"steps"}),
        _linear_or_network,
        _gaussian_or_network,
        on_pictures=True,
    ),
    "prior": Method(
        "prior",
        "exact",
        "bayes_core.inference.prior",
        _DRAWS,
        _linear_or_network,
        _linear_or_network,
        compiled=False,
    ),
}


def methods_for(model: str | Model, task: Task = "regression", likelihood: Likelihood | None = None) -> tuple[str, ...]:
    """Return the names of the methods that suit a model, a task and, where it is not the task's own, a likelihood.

    They are in the registry's order: what a menu offers.

    >>> methods_for("laplace")
    ('nuts', 'ensemble', 'anchored', 'vi_meanfield', 'vi_lowrank', 'vi_fullrank', 'map', 'prior')
    """
    wanted = model_named(model)
    return tuple(name for name, method in METHODS.items() if method.suits(wanted, task, likelihood))


def checked(question: Question) -> Question:
    """Return a question that its method can be asked, or say what is wrong with it.

    Classes have no noise: the prior of such a question says that it is known, and 1.
    Raises ValueError for an unknown method, a model or a task that the method does not answer for, a noise of classes,
    a likelihood that does not go with the task, the model or the method, a prior with a width of a site that the model
    does not have, one that is an answer and is given to another method than exact, and a budget with a field that the
    method does not read.
    """
    if question.method not in METHODS:
        raise ValueError(f"there is no method {question.method!r}: choose one of {', '.join(METHODS)}")
    method, task = METHODS[question.method], question.dataset.task
    if question.assumed is not None:
        _read_likelihood(question, method)
    if task == "classification":
        question = replace(question, prior=_without_noise(question, method))
    if question.prior.widths:
        _read_widths(question)
    if question.prior.learnt is not None and question.method != "exact":
        raise ValueError(
            f"{question.method} does not read a prior that is an answer: use method='exact', or fit all rows together"
        )
    unread = question.budget.unlike_default() - method.reads
    if unread:
        what = method.ends or f"it reads {_listed(method.reads)}"
        it = "it" if len(unread) == 1 else "them"
        raise ValueError(f"{question.method} does not read {_listed(unread)}: {what}; leave {it} out")
    return question


def can_start(question: Question, fit: Fit) -> bool:
    """Return whether a fit's chains can go on for another question: one of the same method, network, axes and classes.

    Rows, targets and the prior's widths may be others. Only what has converged is gone on from.

    >>> from bayes_core import Dataset, ask, fit
    >>> line = Dataset.from_arrays([0.0, 1, 2], [0.1, 1.9, 4.2])
    >>> can_start(ask(line, method="exact"), fit(line, method="exact"))
    False
    """
    asked, about = fit.question, fit.diagnostics
    return bool(
        about.tuning is not None
        and about.converged
        and (question.method, question.model) == (asked.method, asked.model)
        and question.dataset.x.shape[1] == asked.dataset.x.shape[1]
        and question.likelihood == asked.likelihood
    )


def nearest_start(question: Question, fits: Iterable[Fit]) -> Fit | None:
    """Return the fit that a question's chains should start from: of as many rows, and of the nearest prior width.

    None if there is none within a factor of 1.6: from far away chains may take as long as from nowhere.
    """
    asked = question.dataset

    def far(fit: Fit) -> tuple[bool, float]:
        rows = fit.question.dataset
        return rows.fingerprint != asked.fingerprint, abs(math.log(fit.prior.width / question.prior.width))

    near = [fit for fit in fits if can_start(question, fit) and len(fit.question.dataset.y) == len(asked.y)]
    near = [fit for fit in near if far(fit)[1] < _FARTHEST]
    return min(near, key=far, default=None)


def _without_noise(question: Question, method: Method) -> Prior:
    """Return the prior of a question about classes, or say why the method or the prior does not go with them."""
    model, prior = question.model, question.prior
    if not method.suits(model, "classification"):
        others = ", ".join(methods_for(model, "classification"))
        raise ValueError(
            f"{question.method} does not answer for the model {model.name!r} on data of the task 'classification': "
            f"choose one of {others}"
        )
    if prior.noise != 1:
        raise ValueError(
            f"the prior's noise is {prior.noise:g} and classes have none: leave noise out, or give task='regression'"
        )
    return replace(prior, noise_known=True)


def _read_likelihood(question: Question, method: Method) -> None:
    """Refuse a likelihood that the targets, the model or the method have no use for."""
    model, wanted, own = question.model, question.likelihood, question.dataset.likelihood
    if not isinstance(wanted, Likelihood):
        raise ValueError(f"the likelihood is {wanted!r}: give one such as Heteroscedastic(), or leave it out")
    if wanted == own:
        return
    if not (wanted.noisy and own.noisy):
        raise ValueError(
            f"the targets of a {question.dataset.task} follow {own}, and the likelihood is {wanted}: leave it out, or "
            "give data of another task"
        )
    if not isinstance(model, Mlp):
        raise ValueError(
            f"{wanted} reads {wanted.outputs} functions of x and the model {model.name!r} has one: use an Mlp, which "
            "has a head for each"
        )
    if not method.suits(model, "regression", wanted):
        why = "takes a draw for one Gaussian around a curve" if method.models(model) else "is not for networks"
        others = ", ".join(methods_for(model, "regression", wanted))
        raise ValueError(f"{question.method} {why} and the likelihood is {wanted}: choose one of {others}")


def _read_widths(question: Question) -> None:
    """Refuse widths by site that the model does not read."""
    model, inputs = question.model, question.dataset.x.shape[1]
    if not isinstance(model, Mlp):
        raise ValueError(
            f"the model {model.name!r} has one prior width for all weights and does not read the widths of "
            f"{' and '.join(dict(question.prior.widths))}: leave widths out, or use an Mlp"
        )
    model.widths(inputs, question.prior, question.likelihood.heads)


def _listed(names: frozenset[str]) -> str:
    """Return fields of a budget as words, in the budget's order."""
    told = [f"budget.{field.name}" for field in fields(Budget) if field.name in names]
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)
