"""The nouns that every room of the house shares: frozen, read-only and checked when they are made.

Axes are written N rows, D inputs, K outputs, S draws, G grid points, V slider positions.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cached_property
from hashlib import blake2b
from types import MappingProxyType
from typing import Any, Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike

from bayes_core.checks import FloatArray, assign, count, floats, positive, rebuilt, shortened
from bayes_core.intervals import Kind
from bayes_core.labels import coded, codes, named
from bayes_core.likelihoods import Categorical, Gaussian, Likelihood, of_numbers
from bayes_core.likelihoods.categorical import MOST_CLASSES

Task = Literal["regression", "classification"]


@dataclass(frozen=True, eq=False)
class Dataset:
    """Inputs x (N, D) and targets y (N,), with the names and the source that a page shows.

    With the task "classification" y holds codes 0, ..., K - 1 of the `classes`, which are named; one may be absent.
    Raises ValueError for mismatched lengths, no rows, NaN, infinities, and all that is no real number: text, dates,
    complex numbers, masked entries; for codes of no class, and fewer than two classes.

    >>> Dataset.from_arrays([1, 2, 4], [1.0, 2.5, 3.9], feature_names=["dose"]).x.shape
    (3, 1)
    """

    x: FloatArray
    y: FloatArray
    task: Task = "regression"
    feature_names: tuple[str, ...] = ()
    target_name: str = "y"
    title: str = ""
    source: str = ""
    classes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check shapes, lengths and names."""
        x, y = floats(self.x, "x", 2), floats(self.y, "y", 1)
        if len(y) == 0:
            raise ValueError("the dataset has 0 rows: give at least one row")
        if len(x) != len(y):
            raise ValueError(f"x has {len(x)} rows and y has {len(y)}: both need one entry per row")
        if x.shape[1] == 0:
            raise ValueError("x has 0 columns: give at least one input column")
        if self.task not in ("regression", "classification"):
            raise ValueError(f"task is {self.task!r}: choose 'regression' or 'classification'")
        names = tuple(self.feature_names) or tuple(f"x{d + 1}" for d in range(x.shape[1]))
        if len(names) != x.shape[1]:
            raise ValueError(f"{len(names)} feature names for {x.shape[1]} columns: give one name per column")
        assign(self, x=x, y=y, feature_names=names, classes=self._classes(y))

    def _classes(self, y: FloatArray) -> tuple[str, ...]:
        """Return the names of the classes, after a look at the codes; their numbers, where nobody named them."""
        if self.task == "regression":
            if self.classes:
                raise ValueError(f"classes are named and the task is 'regression': {_NO_CLASSES}")
            return ()
        names = named(self.classes or tuple(range(max(int(min(y.max(), MOST_CLASSES - 1)) + 1, 2))))
        codes(y, names)
        return names

    @property
    def likelihood(self) -> Likelihood:
        """Return how a target follows from a model's functions by the task, unless the question says otherwise.

        >>> Dataset.from_arrays([1, 2, 3], ["a", "b", "c"], task="classification").likelihood
        Categorical(classes=3)
        """
        return Gaussian() if self.task == "regression" else Categorical(len(self.classes))

    def __reduce__(self) -> tuple[Any, ...]:
        """Be copied and pickled through the checks, so that a copy is read-only too."""
        return rebuilt(self)

    @cached_property
    def fingerprint(self) -> str:
        """Return 32 hexadecimal digits that tell these numbers and this task from any others; names play no part.

        The number of classes does: a class that is absent from the rows has a probability too.

        >>> one, other = (Dataset.from_arrays([1, 2], [3, 4], title=title) for title in ("one", "other"))
        >>> one.fingerprint == other.fingerprint, one.fingerprint == Dataset.from_arrays([1, 2], [3, 5]).fingerprint
        (True, False)
        """
        classes = str(len(self.classes)) if self.classes else ""
        seen = blake2b(f"{self.task}{classes}".encode(), digest_size=16)
        for array in (self.x, self.y):
            seen.update(f"|{array.dtype.str}{array.shape}|".encode())
            seen.update(array.tobytes())  # row by row, however it lies in memory
        return seen.hexdigest()

    @classmethod
    def from_arrays(
        cls,
        x: ArrayLike,
        y: ArrayLike,
        *,
        task: Task = "regression",
        feature_names: Sequence[str] = (),
        target_name: str = "y",
        title: str = "",
        source: str = "your arrays",
        classes: Sequence[object] = (),
    ) -> Dataset:
        """Make a dataset from anything numpy understands; a single input may be given as (N,).

        Labels of a classification may be texts or numbers: they become codes in sorted order, or in that of `classes`.

        >>> pets = Dataset.from_arrays([9, 4, 5], ["dog", "cat", "cat"], task="classification")
        >>> pets.y, pets.classes
        (array([1., 0., 0.]), ('cat', 'dog'))
        """
        inputs = floats(x, "x")
        if inputs.ndim == 1:
            inputs = inputs[:, None]
        if task != "classification" and len(classes):
            raise ValueError(f"classes are named and the task is {task!r}: {_NO_CLASSES}")
        target, names = coded(y, classes) if task == "classification" else (floats(y, "y", 1), ())
        return cls(inputs, target, task, tuple(feature_names), target_name, title, source, names)

    def head(self, rows: int) -> Dataset:
        """Return the first `rows` rows, in their order."""
        rows = count(rows, "rows", 1, len(self.y))
        return Dataset(
            self.x[:rows],
            self.y[:rows],
            self.task,
            self.feature_names,
            self.target_name,
            self.title,
            self.source,
            self.classes,
        )


_NO_CLASSES = "leave them out, or give task='classification'"


@dataclass(frozen=True, eq=False)
class Learnt:
    """What earlier rows told a linear model: at most P + 1 rows, design (R, P) and y (R,), that say what all said.

    Their X'X, X'y and y'y are those of the `count` rows that were learnt; of these nothing else is kept.
    """

    model: Model
    design: FloatArray
    y: FloatArray
    count: int

    def __post_init__(self) -> None:
        """Check the rows, and make them read-only."""
        design, y = floats(self.design, "the design of what was learnt", 2), floats(self.y, "its targets", 1)
        if len(design) != len(y):
            raise ValueError(f"the design has {len(design)} rows and y has {len(y)}: both need one entry per row")
        assign(self, design=design, y=y, count=count(self.count, "the rows that were learnt", 1, 10**12))

    def __reduce__(self) -> tuple[Any, ...]:
        """Be copied and pickled through the checks, so that a copy is read-only too."""
        return rebuilt(self)

    @property
    def _key(self) -> tuple[object, ...]:
        return self.model, self.design.shape, self.design.tobytes(), self.y.tobytes(), self.count

    def __eq__(self, other: object) -> bool:
        """Return whether the same was learnt by the same model."""
        return self._key == other._key if isinstance(other, Learnt) else NotImplemented

    def __hash__(self) -> int:
        """Return the hash of what equality compares."""
        return hash(self._key)


@dataclass(frozen=True)
class Prior:
    """Weights ~ N(0, width^2); sigma = noise if `noise_known`, else sigma ~ HalfCauchy(noise).

    A prior may also be an answer, in which case it holds what was `learnt` by then (`inference.exact.as_prior`).

    `width` is in the data's own units (target per input), `noise` in the target's units. `widths` gives sites of a
    network a width of their own, by name (`Mlp.shapes`): a mapping, kept as sorted pairs; all others have `width`.
    Raises ValueError unless all of them are positive and finite.

    >>> Prior(width=2.0, noise=0.5).noise_known
    False
    >>> prior = Prior(1.0, 0.5, widths={"weight": 0.3, "bias": 10})
    >>> prior.widths, prior.width_of("bias"), prior.width_of("weight1")
    ((('bias', 10.0), ('weight', 0.3)), 10.0, 1.0)
    """

    width: float = 1.0
    noise: float = 1.0
    noise_known: bool = False
    widths: Mapping[str, float] | tuple[tuple[str, float], ...] = ()
    learnt: Learnt | None = None

    def __post_init__(self) -> None:
        """Check that every scale is usable."""
        assign(
            self,
            width=positive(self.width, "the prior width", "a very wide prior is width=1000"),
            noise=positive(self.noise, "the noise scale", "give the size of a typical error"),
            noise_known=bool(self.noise_known),
            widths=_own_widths(self.widths),
        )

    def width_of(self, site: str) -> float:
        """Return the width of one site: its own, or the common one."""
        return dict(self.widths).get(site, self.width)


def _own_widths(widths: object) -> tuple[tuple[str, float], ...]:
    """Return widths by site as sorted pairs, which can be hashed. Raises ValueError for anything else."""
    try:
        own = dict(widths)  # type: ignore[call-overload]
    except (TypeError, ValueError) as error:
        raise ValueError(
            f"the prior's widths are {shortened(widths)}: give a width by site, such as widths={{'bias': 10.0}}"
        ) from error
    unnamed = [site for site in own if not isinstance(site, str)]
    if unnamed:
        raise ValueError(f"the prior's widths name {unnamed[0]!r}: name a site, such as 'bias'")
    return tuple(
        (site, positive(own[site], f"the prior width of {site!r}", "a very wide prior is 1000")) for site in sorted(own)
    )


@dataclass(frozen=True)
class Budget:
    """How much work a method may do: draws and warm-up per chain, chains, optimiser steps, members of an ensemble.

    `steps` is how long an optimiser may look: map, ensembles and Laplace end before that where they stand at a mode;
    dropout and variational inference, which see random numbers, take all of them. `dropout_rate` is the share of hidden
    units that a dropout mask silences. Variational inference weights the KL term by `kl_weight` (1 is Bayes); it and
    ensembles see `batch` random rows a step (0: all of them). A method reads some of it (`METHODS[method].reads`) and
    refuses a budget that says anything else about the rest.
    """

    draws: int = 2000
    warmup: int = 1000
    chains: int = 4
    steps: int = 2000
    chunk: int = 500
    members: int = 20
    dropout_rate: float = 0.1
    kl_weight: float = 1.0
    batch: int = 0

    def __post_init__(self) -> None:
        """Check that every count is a whole number within its limits."""
        limits = {"draws": 1_000_000, "warmup": 100_000, "chains": 64, "steps": 1_000_000, "chunk": 100_000}
        for name, high in (limits | {"members": 1000}).items():
            assign(self, **{name: count(getattr(self, name), f"budget.{name}", 1, high)})
        if not 0 < self.dropout_rate < 1:
            raise ValueError(f"budget.dropout_rate is {self.dropout_rate}: give a share between 0 and 1, such as 0.1")
        assign(self, kl_weight=positive(self.kl_weight, "budget.kl_weight", "1 is Bayes' own weight"))
        assign(self, batch=count(self.batch, "budget.batch", 0, 1_000_000))

    def only(self, names: Collection[str]) -> Budget:
        """Return a budget with these fields and all others as they are by default: what a method reads of this one.

        >>> Budget(draws=500, steps=300).only({"steps", "members"}) == Budget(steps=300)
        True
        """
        return Budget(**{name: getattr(self, name) for name in names})

    def unlike_default(self) -> frozenset[str]:
        """Return the names of the fields that are not as they are by default."""
        return frozenset(field.name for field in fields(self) if getattr(self, field.name) != field.default)


Answer = Literal["exact", "sampled", "approximate"]


@dataclass(frozen=True)
class Tuning:
    """What chains learnt while they warmed up, to go on from on a question like theirs.

    The logs of the step and of the trajectory's length, in a metric that their draws tell.
    """

    step: float
    length: float


@dataclass(frozen=True, eq=False)
class Diagnostics:
    """What a method says about its own answer.

    `answer` is the method's kind. r_hat, ess_bulk and ess_tail map a parameter's name to its value
    (only where there are chains); elbo and kl (steps,) are the traces of a variational fit: the ELBO, a lower bound on
    the log evidence, and the part of it that is KL(q || prior); elbo + kl is the expected log likelihood, in nats.
    `converged` is None where the question does not arise. `complete` is False for a fit still under way. `seconds` is
    the time at work; `compiling` came before it, once for every size of model and data. `complaints` say what is wrong
    and what helps; `notes` what is worth knowing and no reason to doubt the answer; `detour` that the machines that
    should have made it did not.
    """

    answer: Answer
    chains: int = 1
    r_hat: Mapping[str, float] = field(default_factory=dict)
    ess_bulk: Mapping[str, float] = field(default_factory=dict)
    ess_tail: Mapping[str, float] = field(default_factory=dict)
    divergences: int = 0
    elbo: FloatArray | None = None
    kl: FloatArray | None = None
    converged: bool | None = None
    complete: bool = True
    seconds: float = 0.0
    compiling: float = 0.0
    complaints: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tuning: Tuning | None = None
    detour: str = ""

    @property
    def largest_r_hat(self) -> float:
        """Return the largest R-hat, of whatever is judged; NaN where there are no chains."""
        return max(self.r_hat.values(), default=float("nan"))

    @property
    def fewest_effective(self) -> float:
        """Return the smallest bulk effective sample size; NaN where there are no chains."""
        return min(self.ess_bulk.values(), default=float("nan"))

    @property
    def climbed(self) -> tuple[float, float]:
        """Return the ELBO of the first step, and its mean over the last hundred."""
        if self.elbo is None:
            raise ValueError("this answer was not found by climbing an ELBO: only variational inference has one")
        return float(self.elbo[0]), float(self.elbo[-100:].mean())

    @property
    def badge(self) -> str:
        """Return the one or two words that stand beside every number of this fit."""
        growing = self.answer == "sampled" and not self.complete
        return "not converged" if self.converged is False or growing else self.answer


@runtime_checkable
class Model(Protocol):
    """A frozen description of a function family; it reads parameter draws and knows its own prior program."""

    @property
    def name(self) -> str:
        """Return the model's name in menus and messages."""
        ...

    def functions(self, draws: Mapping[str, FloatArray], x: FloatArray) -> FloatArray:
        """Return function values f (S, G, K) of S draws at inputs x (G, D)."""
        ...


@dataclass(frozen=True, eq=False)
class Question:
    """What a fit answers: data, model, method, prior, budget, seed and likelihood; equal questions have equal answers.

    Data count by their fingerprint, so a question is a key for caches. `bayes_core.ask` makes a checked one. `assumed`
    is a likelihood other than the one that the task means.
    Raises ValueError for something else than a dataset, and for a seed that is no whole number of 32 bits.
    """

    dataset: Dataset
    model: Model
    method: str
    prior: Prior
    budget: Budget
    seed: int
    assumed: Likelihood | None = None

    def __post_init__(self) -> None:
        """Check the data set and the seed."""
        if not isinstance(self.dataset, Dataset):
            kind = type(self.dataset).__name__
            raise ValueError(f"the dataset is a {kind}: make one with Dataset.from_arrays(x, y)")
        assign(self, seed=count(self.seed, "the seed", 0, 2**32 - 1))

    @property
    def likelihood(self) -> Likelihood:
        """Return how a target follows from the model's functions."""
        return self.dataset.likelihood if self.assumed is None else self.assumed

    @property
    def _key(self) -> tuple[object, ...]:
        asked = self.model, self.method, self.prior, self.budget, self.seed, self.likelihood
        return self.dataset.fingerprint, *asked

    def __eq__(self, other: object) -> bool:
        """Return whether the same is asked of the same numbers."""
        return self._key == other._key if isinstance(other, Question) else NotImplemented

    def __hash__(self) -> int:
        """Return the hash of what equality compares."""
        return hash(self._key)


@dataclass(frozen=True, eq=False)
class Fit:
    """The answer to a question: parameter draws {site: (S, ...)} and noise draws (S,), and the model that reads them.

    That is the question's model, unless the method gives a `reader` of its own, as Laplace's approximation does.
    Draws of several chains lie chain after chain (`diagnostics.chains` of them), so chain structure is kept. `stats` is
    what a sampler tells of every draw, {name: (S,)}, by ArviZ's names: "lp", "energy", "acceptance_rate", "diverging".
    """

    question: Question
    draws: Mapping[str, FloatArray]
    noise: FloatArray
    log_evidence: float | None
    diagnostics: Diagnostics
    reader: Model | None = None
    stats: Mapping[str, FloatArray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check that all sites hold the same number of finite draws, and that every statistic has one for each."""
        noise = floats(self.noise, "noise draws", 1)
        draws = {site: floats(values, f"draws of {site}") for site, values in self.draws.items()}
        for site, values in draws.items():
            if values.ndim == 0 or len(values) != len(noise):
                raise ValueError(f"site {site!r} has shape {values.shape}: its first axis must be S = {len(noise)}")
        stats = {name: floats(values, f"the statistic {name}", 1, finite=False) for name, values in self.stats.items()}
        for name, values in stats.items():
            if len(values) != len(noise):
                raise ValueError(f"the statistic {name!r} has {len(values)} values: it must have S = {len(noise)}")
        assign(self, noise=noise, draws=MappingProxyType(draws), stats=MappingProxyType(stats))

    def __reduce__(self) -> tuple[Any, ...]:
        """Be copied and pickled through the checks, so that a copy is read-only too."""
        return rebuilt(self, draws=dict(self.draws), stats=dict(self.stats))

    @property
    def method(self) -> str:
        """Return the name of the method that answered."""
        return self.question.method

    @property
    def model(self) -> Model:
        """Return the model that reads the draws."""
        return self.question.model if self.reader is None else self.reader

    @property
    def prior(self) -> Prior:
        """Return the prior that was asked with."""
        return self.question.prior

    def columns(self) -> dict[str, FloatArray]:
        """Return every scalar parameter by name: {"intercept": (S,), "coef[0]": (S,), ..., "sigma": (S,)}."""
        columns: dict[str, FloatArray] = {}
        for site, values in self.draws.items():
            if values.ndim == 1:
                columns[site] = values
                continue
            flat = values.reshape(len(values), -1)
            shape = values.shape[1:]
            for j in range(flat.shape[1]):
                index = ",".join(str(int(i)) for i in np.unravel_index(j, shape))
                columns[f"{site}[{index}]"] = flat[:, j]
        if self.question.likelihood.noisy:
            columns["sigma"] = self.noise
        return columns

    def curve(self, x: FloatArray) -> FloatArray:
        """Return every draw's one curve at inputs x (G, D), (S, G): what it expects of y; of two classes the log odds.

        Raises ValueError for more classes.
        """
        f = self.model.functions(self.draws, x)
        return f[:, :, 0] if f.shape[2] == 1 else of_numbers(self.question.likelihood).mean(f)

    def moments(self, x: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return mean and sd of y at inputs x (G, D) for every draw, (S, G) each. Raises ValueError for classes."""
        likelihood, f = of_numbers(self.question.likelihood), self.model.functions(self.draws, x)
        return likelihood.mean(f), likelihood.level(f, self.noise[:, None])


def column(name: str, draws: Mapping[str, FloatArray], noise: FloatArray) -> FloatArray:
    """Return one scalar parameter (S,) by its name in `Fit.columns`.

    >>> column("coef[1]", {"coef": np.array([[1.0, 2.0], [3.0, 4.0]])}, np.ones(2))
    array([2., 4.])
    """
    if name == "sigma":
        return noise
    site, _, index = name.partition("[")
    values = draws[site]
    for place in index.removesuffix("]").split(",") if index else ():
        values = values[:, int(place)]
    return values


class Pointwise(Protocol):
    """What is believed of f(x), and of a new y at x, at each of G inputs and at V positions (V = 1: no handle)."""

    def quantiles(self, probabilities: Sequence[float], kind: Kind = "function") -> tuple[FloatArray, ...]:
        """Return the quantiles of f ("function") or of a new y ("observation"), one (V, G) for each probability."""
        ...

    def mean(self) -> FloatArray:
        """Return the mean of f, (V, G)."""
        ...


@dataclass(frozen=True, eq=False, init=False)
class Predictive:
    """Function values or logits f (S, G, K') at inputs x (G, D), with the noise draws (S,), or (S, G) if they vary.

    Two classes have one logit, the log odds of class 1, and K > 2 have K; `probabilities` is (S, G, K) for any K.
    Numbers have one f, their mean, and a Gaussian noise; with another `likelihood` f is whatever that reads. What each
    draw says of y is `mean_at` and `noise_at`, or all of it `likelihood.parts`.

    `exact` is what a closed form says at the same inputs, None where draws are all there is. f, and a noise that
    varies, may be given as functions of inputs (G, D): they are called, and their values checked, when somebody asks
    for draws. Many inputs make large arrays, so whoever can works through `blocks`.
    """

    x: FloatArray
    task: Task
    exact: Pointwise | None
    assumed: Likelihood | None
    _draw: Callable[[FloatArray], FloatArray] = field(repr=False)
    _level: FloatArray | Callable[[FloatArray], FloatArray] = field(repr=False)

    def __init__(
        self,
        x: ArrayLike,
        f: ArrayLike | Callable[[FloatArray], FloatArray],
        noise: ArrayLike | Callable[[FloatArray], FloatArray],
        task: Task = "regression",
        exact: Pointwise | None = None,
        likelihood: Likelihood | None = None,
    ) -> None:
        """Check that the axes of x, f and noise agree."""
        assign(self, x=floats(x, "x", 2), task=task, exact=exact, assumed=likelihood)
        assign(self, _level=noise if callable(noise) else self._checked_noise(noise, len(self.x)))
        if callable(f):
            assign(self, _draw=f)
        else:
            assign(self, f=self._checked(f, len(self.x)))

    @cached_property
    def f(self) -> FloatArray:
        """Return the function values or logits, (S, G, K')."""
        return self._checked(self._draw(self.x), len(self.x))

    @cached_property
    def noise(self) -> FloatArray:
        """Return the noise draws (S,), or (S, G) where the noise varies."""
        return self._checked_noise(self._level(self.x), len(self.x)) if callable(self._level) else self._level

    @property
    def likelihood(self) -> Likelihood:
        """Return how a target follows from f and the noise."""
        if self.assumed is not None:
            return self.assumed
        if self.task == "regression":
            return Gaussian()
        return Categorical(max((self.f if "f" in vars(self) else self._draw(self.x[:1])).shape[2], 2))

    @cached_property
    def probabilities(self) -> FloatArray:
        """Return p(y = k | draw s) at every x, (S, G, K). Raises ValueError unless the targets are classes.

        >>> f = np.array([[[0.0]], [[np.log(3.0)]]])
        >>> Predictive(np.zeros((1, 1)), f, np.ones(2), "classification").probabilities[:, 0].round(2)
        array([[0.5 , 0.5 ],
               [0.25, 0.75]])
        """
        likelihood = self.likelihood
        if not isinstance(likelihood, Categorical):
            raise ValueError(f"the task is {self.task!r}, whose targets have no classes: take summary.band instead")
        p = likelihood.probabilities(self.f)
        p.setflags(write=False)
        return p

    def outcomes(self, random: np.random.Generator) -> FloatArray:
        """Return a new target at every x for every draw, (S, G): a number, or the code of a class.

        >>> Predictive(np.zeros((2, 1)), np.full((1, 2, 1), 50.0), np.ones(1), "classification").outcomes(
        ...     np.random.default_rng(0))
        array([[1., 1.]])
        """
        return self.likelihood.sample(self.f, self._sigma_at, random)

    @cached_property
    def size(self) -> int:
        """Return the number of draws S."""
        return len(self._level(self.x[:1]) if callable(self._level) else self._level)

    def _checked_noise(self, noise: ArrayLike, inputs: int) -> FloatArray:
        values = floats(noise, "noise draws")
        if values.ndim == 0 or values.shape[1:] not in ((), (inputs,)):
            raise ValueError(f"noise draws have shape {values.shape}: give (S,), or (S, G) where noise depends on x")
        return values

    def _checked(self, f: ArrayLike, inputs: int) -> FloatArray:
        values, begin = floats(f, "f", 3), (self.size, inputs)
        if values.shape[:2] != begin:
            raise ValueError(f"f has shape {values.shape}: it must begin with (S, G) = {begin}")
        return values

    def __reduce__(self) -> tuple[Any, ...]:
        """Be copied and pickled through the checks, so that a copy is read-only too."""
        return type(self), (self.x, self.f, self.noise, self.task, self.exact, self.assumed)

    @property
    def _sigma_at(self) -> FloatArray:
        noise = self.noise if self.noise.ndim == 2 else self.noise[:, None]
        return np.broadcast_to(noise, (len(self.noise), len(self.x)))

    @property
    def mean_at(self) -> FloatArray:
        """Return what every draw expects of y at every x, (S, G). Raises ValueError for classes."""
        return of_numbers(self.likelihood).mean(self.f)

    @property
    def parts(self) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return share, mean and sd, (S, G, M) each, of the Gaussians that y comes from. Raises ValueError for classes.

        >>> share, mean, sd = Predictive(np.zeros((1, 1)), [[[3.0]]], [2.0]).parts
        >>> share, mean, sd
        (array([[[1.]]]), array([[[3.]]]), array([[[2.]]]))
        """
        return of_numbers(self.likelihood).parts(self.f, self._sigma_at)

    @property
    def noise_at(self) -> FloatArray:
        """Return the noise draws at every x, (S, G): for every draw the sd of y. Classes have ones."""
        return self._sigma_at if self.assumed is None else of_numbers(self.assumed).level(self.f, self._sigma_at)

    def blocks(self, most: int = 1 << 18) -> Iterator[tuple[FloatArray, FloatArray]]:
        """Yield f (S, g, K) and sigma (S, g) of some inputs after others, at most about `most` draws of f at once.

        They are as the likelihood reads them.

        >>> f = np.arange(6.0).reshape(2, 3, 1)
        >>> [part.shape for part, _ in Predictive(np.zeros((3, 1)), f, np.ones(2)).blocks(4)]
        [(2, 2, 1), (2, 1, 1)]
        """
        step = max(most // max(self.size, 1), 1)
        for start in range(0, len(self.x), step):
            at = slice(start, start + step)
            x = self.x[at]
            f = self.f[:, at] if "f" in vars(self) else self._checked(self._draw(x), len(x))
            if callable(self._level) and "noise" not in vars(self):
                yield f, self._checked_noise(self._level(x), len(x))
            else:
                yield f, self._sigma_at[:, at]
