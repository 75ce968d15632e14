"""Worlds where the truth is known: lines and a curve with a noise that can be turned up, down, and repeated."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from bayes_core.checks import FloatArray, floats
from bayes_core.types import Dataset


@dataclass(frozen=True, eq=False)
class World:
    """y = intercept + x @ coef + bend(x) + noise * loudness(x) * shock, and whatever is broken in it.

    x (N, D), coef (D,), shock (N,) standard normal and fixed, so that turning the noise up scales the same errors.
    `noise` is the world's own noise; `faults` are (row, value) pairs: a sensor that reports the same wrong number
    in this world and in every repetition of it.
    """

    x: FloatArray
    intercept: float
    coef: FloatArray
    noise: float
    shock: FloatArray
    faults: tuple[tuple[int, float], ...] = ()
    feature_names: tuple[str, ...] = ("x",)
    target_name: str = "y"
    title: str = ""
    source: str = ""
    bend: Callable[[FloatArray], FloatArray] | None = None
    loudness: Callable[[FloatArray], FloatArray] | None = None

    def __post_init__(self) -> None:
        """Make the arrays read-only and check the rows named in faults."""
        for name, ndim in (("x", 2), ("coef", 1), ("shock", 1)):
            object.__setattr__(self, name, floats(getattr(self, name), name, ndim))
        for row, _ in self.faults:
            if not 0 <= row < len(self.shock):
                raise ValueError(f"a fault names row {row}: rows go from 0 to {len(self.shock) - 1}")

    def truth(self, x: FloatArray) -> FloatArray:
        """Return the true f (G,) at inputs x (G, D)."""
        f: FloatArray = self.intercept + x @ self.coef
        return f if self.bend is None else f + self.bend(x)

    def noise_factor(self, x: FloatArray) -> FloatArray:
        """Return the true noise at x (G, D) over the world's noise: (G,), ones where it is the same everywhere."""
        return np.ones(len(x)) if self.loudness is None else self.loudness(x)

    def noise_at(self, x: FloatArray, noise: FloatArray) -> FloatArray:
        """Return the true noise at x (G, D) when the world's is turned to each of these (V,), (V, G)."""
        level: FloatArray = np.asarray(noise)[:, None] * self.noise_factor(x)
        return level

    def outcomes(self, noise: FloatArray) -> FloatArray:
        """Return the targets (V, N) at each noise (V,), faults included."""
        return self._broken(self.truth(self.x) + self.noise_at(self.x, noise) * self.shock)

    def repeat(self, shocks: FloatArray, noise: float) -> FloatArray:
        """Return the targets (R, N) of repeated worlds with new standard normal shocks (R, N), faults included."""
        return self._broken(self.truth(self.x) + noise * self.noise_factor(self.x) * shocks)

    def repeated(self, worlds: int, noises: FloatArray, seed: int) -> list[FloatArray]:
        """Return the targets (R, N) of R repeated worlds at each noise (V,), with common random shocks for a seed."""
        shocks = self._shocks(worlds, seed)
        made = {float(noise): self.repeat(shocks, float(noise)) for noise in np.unique(noises)}
        return [made[float(noise)] for noise in noises]

    def parts(self, worlds: int, seed: int) -> tuple[FloatArray, FloatArray]:
        """Return still (N,) and moving (R, N): the targets of `repeated` at a noise are still + noise * moving."""
        still = self.repeat(np.zeros((1, len(self.shock))), 0.0)[0]
        return still, self.repeat(self._shocks(worlds, seed), 1.0) - still

    def another(self, index: int, seed: int) -> World:
        """Return the world itself that is the index-th, from 1, of those `repeated` with this seed."""
        return replace(self, shock=self._shocks(index, seed)[-1])

    def denser(self, place: float, count: int, spread: float, seed: int) -> World:
        """Return the world with more rows: `count`, evenly from `spread` below a place to as much above, in one input.

        A seed gives them shocks of their own, the same at every place. Raises ValueError for several inputs.
        """
        if self.x.shape[1] != 1:
            raise ValueError(f"the world has {self.x.shape[1]} inputs: rows around a place need exactly one")
        around = place + spread * np.linspace(-1, 1, count)
        shock = np.random.default_rng([seed, 9]).standard_normal(count)
        return replace(self, x=np.concatenate([self.x, around[:, None]]), shock=np.concatenate([self.shock, shock]))

    def _shocks(self, worlds: int, seed: int) -> FloatArray:
        return np.random.default_rng([seed, 7]).standard_normal((worlds, len(self.shock)))

    def dataset(self, noise: float | None = None) -> Dataset:
        """Return what this world shows when its noise is `noise` (its own, if not given)."""
        level = self.noise if noise is None else noise
        if not (np.isfinite(level) and level >= 0):
            raise ValueError(f"the noise is {level}: it must be zero or more, and finite")
        y = self.outcomes(np.array([level]))[0]
        return Dataset(self.x, y, "regression", self.feature_names, self.target_name, self.title, self.source)

    def _broken(self, y: FloatArray) -> FloatArray:
        for row, value in self.faults:
            y[..., row] = value
        return y


def _rows(n: int) -> int:
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or not 1 <= n <= 100_000:
        raise ValueError(f"n is {n!r}: give a whole number of rows from 1 to 100000")
    return int(n)


def blog(n: int = 100, seed: int = 42) -> World:
    """Return the source blog's line: `make_regression(n_samples=100, n_features=1, noise=12, random_state=seed)`.

    The first 100 rows are scikit-learn's own; further rows continue the same line, so that more data never moves
    the truth. Units are arbitrary.
    """
    from sklearn.datasets import make_regression  # noqa: PLC0415 (slow to import; only this world needs it)

    n = _rows(n)
    x, once, coef = make_regression(n_samples=100, n_features=1, noise=1.0, random_state=seed, coef=True)
    _, twice = make_regression(n_samples=100, n_features=1, noise=2.0, random_state=seed)
    more = np.random.default_rng(seed)
    extra = max(n - 100, 0)
    x = np.concatenate([x, more.standard_normal((extra, 1))])[:n]
    shock = np.concatenate([twice - once, more.standard_normal(extra)])[:n]
    return World(
        x,
        0.0,
        np.atleast_1d(coef),
        12.0,
        shock,
        title="A hundred points",
        source="sklearn.datasets.make_regression",
    )


_NIGHTS = (0.0, 1.0, 2.0, 4.0, 5.0, 1.0, 3.0, 6.0)


def sleep(n: int = 8, seed: int = 5, faults: tuple[tuple[int, float], ...] = ()) -> World:
    """Return an invented sleeper: reaction time rises by 9 ms with every night of four hours' sleep.

    Shaped after sleep-restriction studies, with numbers of our own. x in nights, y in ms. A fault in a row that is
    not reached yet waits for it.
    """
    n = _rows(n)
    faults = tuple(fault for fault in faults if fault[0] < n)
    random = np.random.default_rng(seed)
    nights = np.concatenate([_NIGHTS, random.uniform(0, 6, max(n - len(_NIGHTS), 0))])[:n]
    return World(
        nights[:, None],
        6.0,
        np.array([9.0]),
        14.0,
        np.random.default_rng([seed, 1]).standard_normal(max(n, 8))[:n],
        faults,
        ("nights of four hours' sleep",),
        "reaction time, ms slower than usual",
        "A tired sleeper",
        "invented for this page",
    )


def houses(n: int = 20, seed: int = 1) -> World:
    """Return an invented street: a house costs 40 thousand euros plus 3.2 thousand for every square metre."""
    n = _rows(n)
    drawn = np.random.default_rng(seed).lognormal(4.45, 0.28, n)
    surface: FloatArray = np.round(np.clip(drawn, 35.0, 170.0)).astype(float)
    return World(
        surface[:, None],
        40.0,
        np.array([3.2]),
        45.0,
        np.random.default_rng([seed, 1]).standard_normal(n),
        (),
        ("surface, m²",),
        "price, thousand €",
        "House prices",
        "invented for this page",
    )


def _day(x: FloatArray) -> FloatArray:
    """Return degrees Celsius above the day's mean at hours x (N, 1): coldest before dawn, a dip when clouds come."""
    hour = 2 * np.pi * x[:, 0] / 24
    degrees: FloatArray = -5.0 * np.cos(hour - 0.7) + 1.6 * np.sin(2 * hour + 0.4) + 0.8 * np.cos(3 * hour)
    return degrees


def temperature(n: int = 20, seed: int = 3) -> World:
    """Return an invented day: temperature in degrees above its mean, read off a thermometer at n random hours."""
    n = _rows(n)
    hours = np.random.default_rng(seed).uniform(0, 24, n)
    return World(
        hours[:, None],
        0.0,
        np.zeros(1),
        1.5,
        np.random.default_rng([seed, 1]).standard_normal(n),
        (),
        ("hour of the day",),
        "degrees above the day's mean",
        "A day's temperature",
        "invented for this page",
        _day,
    )


def _curved(
    x: FloatArray,
    bend: Callable[[FloatArray], FloatArray],
    noise: float,
    shock: FloatArray,
    title: str,
    loudness: Callable[[FloatArray], FloatArray] | None = None,
) -> World:
    source = "sin(x) + 0.3 e, as the source blog has it" if title == "A noisy sine" else "invented for this page"
    return World(x[:, None], 0.0, np.zeros(1), noise, shock, (), ("x",), "y", title, source, bend, loudness)


def _shocks(n: int, seed: int) -> FloatArray:
    return np.random.default_rng([seed, 1]).standard_normal(n)


def sine(n: int = 50, seed: int = 42) -> World:
    """Return the source blog's curve: sin(x) at n even points from -3 to 3, noise 0.3 by numpy's old generator."""
    n = _rows(n)
    shock = np.random.RandomState(seed).normal(size=n)
    return _curved(np.linspace(-3, 3, n), lambda x: np.sin(x[:, 0]), 0.3, shock, "A noisy sine")


def gap(n: int = 40, seed: int = 4) -> World:
    """Return a curve that was measured at two ends only: what lies between is anyone's guess."""
    n = _rows(n)
    share = np.random.default_rng(seed).random(n)
    x = np.where(np.arange(n) % 2, 1.0 + 2.0 * share, -3.0 + 1.8 * share)
    return _curved(x, lambda x: np.sin(1.6 * x[:, 0]), 0.15, _shocks(n, seed), "A gap")


def step(n: int = 50, seed: int = 5) -> World:
    """Return a step from -1 to 1 at zero: smooth units must hurry there."""
    n = _rows(n)
    x = np.random.default_rng(seed).uniform(-3, 3, n)
    return _curved(x, lambda x: np.where(x[:, 0] > 0, 1.0, -1.0), 0.2, _shocks(n, seed), "A step")


def swelling(n: int = 60, seed: int = 6) -> World:
    """Return a wave whose noise grows from left to right; a model with one noise cannot say so."""
    n = _rows(n)
    x = np.random.default_rng(seed).uniform(-3, 3, n)

    def loudness(x: FloatArray) -> FloatArray:
        grown: FloatArray = np.maximum(0.25 + 0.15 * (x[:, 0] + 3), 0.05)
        return grown

    return _curved(x, lambda x: np.sin(1.3 * x[:, 0]), 0.4, _shocks(n, seed), "Noise that grows", loudness)


_WIND, _WIND_SHAPE, _WIND_MOST = 13.0, 2.2, 25.0


def ferry_winds(p: FloatArray) -> FloatArray:
    r"""Return the wind in m/s that a share p of all days stays below: Weibull(2.2, 13), and never above 25.

    >>> ferry_winds(np.array([0.0, 0.5, 1.0])).round(1)
    array([ 0. , 10.9, 25. ])
    """
    most = -np.expm1(-((_WIND_MOST / _WIND) ** _WIND_SHAPE))
    wind: FloatArray = _WIND * (-np.log1p(-np.asarray(p) * most)) ** (1 / _WIND_SHAPE)
    return wind


def ferry_wind_density(x: FloatArray) -> FloatArray:
    """Return the density of a day's wind x in m/s, per m/s: that of `ferry_winds`."""
    most = -np.expm1(-((_WIND_MOST / _WIND) ** _WIND_SHAPE))
    u = np.clip(x, 0.0, None) / _WIND
    density = _WIND_SHAPE / _WIND * u ** (_WIND_SHAPE - 1) * np.exp(-(u**_WIND_SHAPE)) / most
    return np.where(np.asarray(x) <= _WIND_MOST, density, 0.0)


def _crossing(x: FloatArray) -> FloatArray:
    """Return the ferry's mean delay in minutes at winds x (N, 1): little in calm weather, 26 in a storm."""
    delay: FloatArray = 4.0 + 22.0 / (1 + np.exp(-(x[:, 0] - 13.0) / 2.4))
    return delay


def ferry_change(x: FloatArray) -> FloatArray:
    """Return the minutes that a new engine adds at winds x (N,) in m/s for every minute that it adds at 20 m/s."""
    added: FloatArray = np.asarray(x, dtype=float) / 20.0
    return added


def ferry(n: int = 100, seed: int = 7, growth: float = 0.75, calmest: float = 1.0) -> World:
    """Return an invented ferry: its delay over the wind, with a noise of 4 minutes at 10 m/s.

    The noise grows by a share `growth` of that for every 10 m/s more, so that with 0 it is the same at every wind.
    Only the calmest share of all days is seen with `calmest` below 1; they are a sample of it. Raises ValueError for a
    growth outside 0 to 1, which would make the noise of calm days negative.
    """
    n = _rows(n)
    if not 0 <= growth < 1:
        raise ValueError(f"the noise's growth is {growth}: give a share from 0 to less than 1")
    if not 0 < calmest <= 1:
        raise ValueError(f"the calmest share of days is {calmest}: give a share above 0, up to 1 for all days")

    def loudness(x: FloatArray) -> FloatArray:
        factor: FloatArray = 1 + growth * (x[:, 0] - 10) / 10
        return factor

    wind = ferry_winds(calmest * np.random.default_rng(seed).random(n))
    return World(
        wind[:, None],
        0.0,
        np.zeros(1),
        4.0,
        _shocks(n, seed),
        (),
        ("wind, m/s",),
        "delay of the ferry, minutes",
        "A late ferry",
        "invented for this page",
        _crossing,
        loudness,
    )


WORLDS: dict[str, Callable[..., World]] = {
    "blog": blog,
    "sleep": sleep,
    "houses": houses,
    "temperature": temperature,
    "sine": sine,
    "gap": gap,
    "step": step,
    "swelling": swelling,
    "ferry": ferry,
}
