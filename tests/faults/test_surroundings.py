"""The machine under the server: a clock that jumps, a disk that is full."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
import time

import pytest
from apps import ROOT

from bayes_core import fit
from pages._ui.rooms.credentials import digest
from pages._ui.rooms.keeper import Memory
from pages._ui.rooms.room import Room
from pages._ui.work.scheduler import Scheduler
from pages._ui.work.waiting import Kind

WALL = re.compile(r"\b(?:time\.time(?:_ns)?|datetime\.(?:now|utcnow|today)|date\.today)\(")
DATES = {"pages/_ui/reporting.py": {"date.today("}, "bayes_core/report/netcdf.py": {"datetime.now("}}
"""Files that write a date for people to read; nothing waits for it."""


def test_nothing_is_timed_by_a_clock_that_somebody_may_set():
    files = [ROOT / "app.py", *ROOT.glob("bayes_core/**/*.py"), *ROOT.glob("pages/**/*.py")]
    for path in files:
        asked = set(WALL.findall(path.read_text()))
        assert asked <= DATES.get(str(path.relative_to(ROOT)), set()), path


def test_a_clock_that_jumps_by_days_hurries_nobody_and_holds_up_nobody(monkeypatch, blog):
    jumps, rooms, scheduler = itertools.cycle((0.0, 1e6, -1e6, 3e9)), Memory(), Scheduler()
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + next(jumps))
    rooms.open(Room("KQRTXM", digest("secret"), "salt"))
    with scheduler.run("a reader", lambda: None) as run:
        run.becomes(Kind.FOLLOW)
        run.pause()
    assert scheduler.status().pictures.wait_seconds < 60
    assert rooms.get("KQRTXM").version == 1
    assert fit(blog, method="exact").diagnostics.seconds < 60


FULL = """
import errno, pathlib, warnings
warnings.simplefilter("always")
from bayes_core.inference import _jax
import jax, jax.numpy as jnp
jax.config.update("jax_persistent_cache_min_compile_time_secs", 0.0)
whole = pathlib.Path.write_bytes
def full(path, data):  # a disk that is full takes the beginning of a file
    whole(path, data[: len(data) // 2])
    raise OSError(errno.ENOSPC, "No space left on device")
pathlib.Path.write_bytes = full
for turn in range(2):
    with _jax.float64():
        print("answer", float(jax.jit(lambda x: jnp.sin(x).sum() * 2)(jnp.arange(9.0))))
    jax.clear_caches()  # as in the next process, which finds half a file
    pathlib.Path.write_bytes = whole
"""


def test_a_full_disk_for_compiled_programs_is_noted_in_the_log_and_answers_are_the_same(tmp_path):
    env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "JAX_PLATFORMS": "cpu"}
    ran = subprocess.run([sys.executable, "-c", FULL], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    answers = [line for line in ran.stdout.splitlines() if line.startswith("answer")]
    assert len(answers) == 2
    assert len(set(answers)) == 1
    assert "Error writing persistent compilation cache entry" in ran.stderr
    assert "No space left on device" in ran.stderr
    assert "Error reading persistent compilation cache entry" in ran.stderr


@pytest.mark.parametrize("where", ["/dev/null/cache", "/proc/cache"])
def test_no_place_for_compiled_programs_is_no_trouble(where, monkeypatch):
    from bayes_core.inference import _jax

    monkeypatch.setenv("XDG_CACHE_HOME", where)
    assert _jax.cache_folder() is None
