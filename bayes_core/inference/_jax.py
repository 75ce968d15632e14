"""What our programs need of jax: double precision, a compilation cache on disk, padded rows, the samplers' density.

jax belongs to the whole process, and so to whoever else computes with it there. Precision is therefore never switched
on for all: it holds in the scope `float64`, on the thread that entered it, while a step of ours is computed. Set for
the process are three things that change no result: the folder and the shortest time of the compilation cache (unless
somebody chose a folder), and a listener that hears how long compiling takes.
Nothing here calls LAPACK inside jit: jaxlib's batched kernels can hang when cores are few (a measured trap).
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from contextvars import copy_context
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import jax
import jax.numpy as jnp
import numpy as np
from numpyro.handlers import block
from numpyro.infer.util import potential_energy

from bayes_core.checks import FloatArray
from bayes_core.inference import padded_size
from bayes_core.inference.existence import refuse_without_posterior
from bayes_core.inference.stopwatch import compiled
from bayes_core.likelihoods import Likelihood
from bayes_core.models.base import Programmed, Scaffold
from bayes_core.models.mlp import Mlp
from bayes_core.types import Model, Prior, Question

try:
    from jax import enable_x64 as _enable_x64
except ImportError:  # before jax 0.8
    from jax.experimental import enable_x64 as _enable_x64  # type: ignore[attr-defined, no-redef]

T = TypeVar("T")


def _set(name: str, value: Any) -> None:
    jax.config.update(name, value)  # type: ignore[no-untyped-call]


def cache_folder() -> Path | None:
    """Return this user's folder for compiled programs, or None where it cannot be written."""
    try:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "bayes_core" / "jax"
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, RuntimeError):
        return None  # everything works, only the first fit of each process is slower
    return folder if os.access(folder, os.W_OK) else None


def _set_up() -> None:
    """Let the next process reuse what this one compiles (unless the user chose a cache)."""
    folder = cache_folder()
    if not jax.config.values.get("jax_compilation_cache_dir") and folder is not None:
        _set("jax_compilation_cache_dir", str(folder))
        _set("jax_persistent_cache_min_compile_time_secs", 0.1)


_set_up()


def float64() -> AbstractContextManager[None]:
    """Return a scope of double precision for this thread: around all that traces, compiles, calls or converts.

    A thread that is started within does not inherit it, and a generator must not yield in it: whoever reads the
    generator would then be in it too.
    """
    scope: AbstractContextManager[None] = _enable_x64(True)
    return scope


def in_float64(work: Iterator[T]) -> Iterator[T]:
    """Yield what `work` yields; each step is computed in double precision, and none of it is left in between."""
    while True:
        with float64():
            try:
                step = next(work)
            except StopIteration:
                return
        yield step


_MAPS, _MOST_MAPS = Path("/proc/self/maps"), Path("/proc/sys/vm/max_map_count")
_SHARE = 0.5  # of the memory maps that a process may have
_news: list[str] = ["start"]  # what was compiled since the maps were last counted


def _hear(event: str, duration_secs: float, **_: str | int) -> None:
    if event.startswith("/jax/core/compile/"):
        compiled(duration_secs)
    if event.endswith("backend_compile_duration"):
        _news.append(event)


jax.monitoring.register_event_duration_secs_listener(_hear)


def maps_in_use() -> tuple[int, int]:
    """Return how many memory maps this process has and how many it may have; (0, 1) where no one counts them."""
    try:
        with _MAPS.open("rb") as lines:
            return sum(1 for _ in lines), int(_MOST_MAPS.read_text())
    except (OSError, ValueError):
        return 0, 1


def make_room() -> None:
    """Forget compiled programs before there are too many: one size of a network takes a thousand memory maps.

    At the kernel's limit (65,530) the next compilation ends the process with a segmentation fault. What is forgotten,
    other people's programs too, comes back from the cache on disk in a second.
    """
    if not _news:
        return
    _news.clear()
    used, most = maps_in_use()
    if used > _SHARE * most:
        jax.clear_caches()  # type: ignore[no-untyped-call]
        gc.collect()


class Traced(NamedTuple):
    """Everything of a fit that is traced: padded inputs (M, P), y (M,), weight (M,), prior scales and coordinates."""

    inputs: Any
    y: Any
    weight: Any
    width: Any
    noise: Any
    centre: Any
    axes: Any


class Shape(NamedTuple):
    """Everything of a fit that is static: model, sites with their shapes, whether sigma is known, and likelihood."""

    model: Programmed
    sites: tuple[tuple[str, tuple[int, ...]], ...]
    noise_known: bool
    likelihood: Likelihood

    @property
    def size(self) -> int:
        """Return the number of scalar parameters."""
        return sum(int(np.prod(shape, dtype=int)) for _, shape in self.sites)


def programmed(model: Model, method: str) -> Programmed:
    """Return the model if general methods can run it, or say so."""
    if not isinstance(model, Programmed):
        raise ValueError(
            f"{method} needs a model with a NumPyro program and {model.name!r} has none: use method='exact'"
        )
    return model


def prepare(question: Question, *, diagonal: bool = False) -> tuple[Shape, Traced, Scaffold]:
    """Return the static and the traced half of a fit, and the coordinates; `diagonal` keeps parameters apart.

    The diagonal scale is the conditional sd 1 / sqrt(precision_jj), which is what mean-field ends at (Bishop 10.1.2).
    Raises ValueError for a model without a NumPyro program, for data too large to compute with, and where there is no
    posterior.
    """
    model, dataset, prior = programmed(question.model, question.method), question.dataset, question.prior
    refuse_without_posterior(dataset, model, prior, question.likelihood)
    with np.errstate(all="ignore"):
        scaffold = model.scaffold(dataset, prior, question.likelihood)
    if not (np.isfinite(scaffold.centre).all() and np.isfinite(scaffold.axes).all()):
        largest = max(float(np.abs(dataset.x).max()), float(np.abs(dataset.y).max()))
        raise ValueError(f"the data reach {largest:.3g}, too far to compute with: give x and y in other units")
    if diagonal and not scaffold.diagonal:
        axes = np.diag(1 / np.sqrt((np.linalg.inv(scaffold.axes) ** 2).sum(0)))
        scaffold = Scaffold(scaffold.centre, axes, scaffold.shapes)
    traced = Traced(
        *padded(model.inputs(dataset.x), dataset.y),
        model.widths(dataset.x.shape[1], prior, question.likelihood.heads)
        if isinstance(model, Mlp)
        else np.float64(prior.width),
        np.float64(prior.noise),
        scaffold.centre,
        scaffold.axes,
    )
    return Shape(model, tuple(scaffold.shapes.items()), prior.noise_known, question.likelihood), traced, scaffold


def padded(columns: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return inputs (M, P), y (M,) and weight (M,): 1 for a real row, 0 for those that fill up to a compiled size."""
    extra = padded_size(len(y)) - len(y)
    return np.pad(columns, ((0, extra), (0, 0))), np.pad(y, (0, extra)), np.pad(np.ones(len(y)), (0, extra))


def coordinates(shape: Shape, traced: Traced) -> Scaffold:
    """Return the coordinates that a fit's traced half carries."""
    return Scaffold(traced.centre, traced.axes, dict(shape.sites))


def pull(traced: Traced, draws: FloatArray) -> FloatArray:
    r"""Return how prior draws of their own pull at coordinates: g (M, P), for standard normal draws e (M, P).

    A prior around :math:`a = w e` instead of zero changes the negative log posterior by
    :math:`-\theta^\top a / w^2 = -z^\top A^\top e / w`, up to a constant. A network's coordinates are the prior's own
    (A = w), so that g is e; a linear model's are those of its posterior.
    """
    if traced.axes.ndim == 1:
        return draws
    pulled: FloatArray = draws @ (traced.axes / traced.width)
    return pulled


def potential(shape: Shape, traced: Traced, *, observed: bool = True) -> Callable[[Any], Any]:
    """Return -log p(y, parameters) as a function of z (P,), where parameters = centre + axes @ z, unconstrained.

    Without `observed` it is -log p(parameters). The constant Jacobian of the coordinates is left out: samplers do not
    need it, and VI adds it to the ELBO.
    """
    program = shape.model.program(shape.likelihood)
    if not observed:
        program = block(program, hide=["y"])
    arguments = (traced.inputs, traced.y, traced.weight, traced.width, traced.noise, shape.noise_known)

    def energy(z: Any) -> Any:
        at = coordinates(shape, traced)
        sites = at.unflatten(at.forth(z))
        with block():  # whoever calls this may be a NumPyro program itself, and must not see these sites
            return potential_energy(program, arguments, {}, sites)

    return energy


def at_once(advance: Callable[[Any], Any], states: Iterable[Any]) -> list[Any]:
    """Advance states that are independent two at a time: jax lets go of Python's lock while it works.

    More threads than the two cores that this is written for only wait.
    """

    states = list(states)
    if len(states) == 1:
        return [jax.block_until_ready(advance(states[0]))]  # type: ignore[no-untyped-call]

    def work(state: Any) -> Any:
        with float64():  # a thread of the pool has a precision of its own
            return jax.block_until_ready(advance(state))  # type: ignore[no-untyped-call]

    with ThreadPoolExecutor(max_workers=2) as pool:
        tasks = [pool.submit(copy_context().run, work, state) for state in states]
        return [task.result() for task in tasks]


def constrained(scaffold: Scaffold, z: FloatArray, prior: Prior) -> tuple[dict[str, FloatArray], FloatArray]:
    """Return site draws {site: (S, ...)} without sigma, and the noise draws (S,), from coordinates z (S, P)."""
    sites = scaffold.unflatten(scaffold.forth(z))
    log_sigma = sites.pop("sigma", None)
    noise = np.full(len(z), prior.noise) if log_sigma is None else np.exp(log_sigma)
    return sites, noise


__all__ = [
    "Shape",
    "Traced",
    "at_once",
    "constrained",
    "coordinates",
    "float64",
    "in_float64",
    "jax",
    "jnp",
    "make_room",
    "padded",
    "potential",
    "prepare",
    "programmed",
    "pull",
]
