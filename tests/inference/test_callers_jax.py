"""Somebody else's jax in the same process: fits leave its settings, its programs and their precision alone."""

from __future__ import annotations

import subprocess
import sys
import threading

import jax
import jax.numpy as jnp
import numpy as np
import pytest
from compiles import Compilations

from bayes_core import METHODS, Budget, Dataset, Mlp, Prior, fit, fit_steps
from bayes_core.inference._jax import float64, in_float64

CASES = [("linear", "nuts"), ("mlp", "hmc"), ("mlp", "laplace"), ("linear", "vi_meanfield"), ("mlp", "ensemble")]
SMALL = Budget(draws=40, warmup=40, chains=2, steps=40, chunk=10, members=3)
DATA = Dataset.from_arrays([0.5, 1.0, 2.5, 4.0, 7.0], [0.2, 1.3, 2.0, 4.4, 6.1])
THEIRS = np.sin(np.arange(100.0))  # float64 in numpy: jax makes 400 bytes of it, and would make 800
WITHIN = np.sqrt(np.arange(100.0))  # captured by a program: the first to fail when precision changes underneath it


@jax.jit
def program(x):
    return jnp.cumsum(x) * 1.7 + WITHIN


AHEAD = program.lower(THEIRS).compile()


def asked(model, method, seed=1):
    return DATA, model, method, Prior(1.0, 1.0), SMALL.only(METHODS[method].reads), seed


def check(expected):
    """Their compiled program, one traced anew and a plain array are what they were."""
    assert not jax.config.jax_enable_x64
    for found in (
        program(THEIRS),
        AHEAD(THEIRS),
        jax.vmap(program)(THEIRS[None])[0],
        jax.jit(lambda x: program(x) + 0)(THEIRS),
    ):
        assert found.dtype == jnp.ones(3).dtype == np.float32
        np.testing.assert_array_equal(found, expected)


@pytest.fixture(scope="module")
def expected():
    return np.asarray(program(THEIRS))


@pytest.mark.parametrize(("model", "method"), CASES)
def test_before_between_and_after_the_steps_of_a_fit(model, method, expected):
    check(expected)
    for step in fit_steps(*asked(model, method)):
        check(expected)
        assert step.fit is None or step.fit.noise.dtype == np.float64
    check(expected)


def test_a_fit_that_is_left_or_fails_leaves_no_precision_behind(expected):
    steps = fit_steps(*asked("linear", "nuts"))
    next(steps)
    steps.close()
    check(expected)
    far = Dataset.from_arrays(DATA.x, 1e200 * DATA.y)
    with pytest.raises(ValueError, match="other units"):
        fit(far, method="nuts")
    check(expected)


def test_steps_are_double_and_their_reader_is_not():
    def work():
        yield jnp.ones(3).dtype
        yield jnp.ones(3).dtype
        raise KeyError("x")

    steps = in_float64(work())
    for _ in range(2):
        assert next(steps) == np.float64
        assert jnp.ones(3).dtype == np.float32
    with pytest.raises(KeyError):
        next(steps)
    assert jnp.ones(3).dtype == np.float32


@pytest.mark.parametrize(("model", "method"), CASES)
def test_nobody_compiles_again_because_of_the_other(model, method, expected):
    fit(*asked(model, method))
    check(expected)
    with Compilations() as seen:
        fit(*asked(model, method, seed=2))
        program(THEIRS)
        fit(*asked(model, method, seed=3))
        program(THEIRS)
    assert seen.count == 0


def test_two_threads_at_once(expected):
    """Theirs calls and compiles without a pause while fits go on in another; both find what they find alone."""
    alone = {case: fit(*asked(*case)) for case in CASES}
    fitted, trouble, rounds = {}, [], 0

    def fits():
        try:
            for size in (3, 4):  # sizes that compile while the others call
                fit(DATA, Mlp((size,), "sin"), "laplace", Prior(1, 1), seed=1)
            for case in CASES * 2:
                fitted[case] = fit(*asked(*case))
        except Exception as error:  # told by the test itself
            trouble.append(error)

    thread = threading.Thread(target=fits)
    thread.start()
    while thread.is_alive():
        rounds += 1
        check(expected)
        assert jax.jit(lambda x: jnp.outer(x, x))(np.ones(rounds % 50 + 2)).dtype == np.float32
    thread.join()
    assert trouble == []
    assert rounds > 5
    for case, one in alone.items():
        np.testing.assert_array_equal(fitted[case].noise, one.noise)
        for site, values in one.draws.items():
            np.testing.assert_array_equal(fitted[case].draws[site], values)


@pytest.mark.parametrize(("model", "method"), CASES)
def test_the_numbers_are_those_of_double_precision(model, method):
    """Whether the caller computes in float32 or in float64, a fit is the same to the last bit."""
    plain = fit(*asked(model, method))
    with float64():
        assert jnp.ones(3).dtype == np.float64
        double = fit(*asked(model, method))
        assert jnp.ones(3).dtype == np.float64
    np.testing.assert_array_equal(plain.noise, double.noise)


PROCESS = """
import jax, numpy as np, jax.numpy as jnp
doubled = {doubled}
if doubled:
    jax.config.update("jax_enable_x64", True)
theirs, within = jnp.arange(100.0), np.sqrt(np.arange(100.0))
program = jax.jit(lambda x: jnp.cumsum(x) * 1.7 + within)
expected = np.asarray(program(theirs))
before = dict(jax.config.values)
from bayes_core import Dataset, Prior, fit
from bayes_core.inference import _jax
data = Dataset.from_arrays([0.0, 1, 2, 3], [0.1, 0.9, 2.1, 2.9])
for seen in ("import", "nuts", "laplace"):
    if seen != "import":
        fit(data, "mlp" if seen == "laplace" else "linear", seen, Prior(1, 1, noise_known=True))
    changed = {{name for name, value in jax.config.values.items() if before[name] != value}}
    assert changed <= {{"jax_compilation_cache_dir", "jax_persistent_cache_min_compile_time_secs"}}, changed
    assert jax.config.jax_enable_x64 is doubled
    found = program(theirs)
    assert found.dtype == (np.float64 if doubled else np.float32)
    assert np.array_equal(found, expected)
    fresh = jax.jit(lambda x: x * 2)(np.ones(5))
    assert fresh.dtype == found.dtype
"""


@pytest.mark.parametrize("doubled", [False, True])
def test_what_a_process_has_set_before_the_import_stays(doubled):
    made = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROCESS.format(doubled=doubled)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
