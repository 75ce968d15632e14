"""Fits made elsewhere, with workers that are played: who is asked, what is told once, and what a loss costs."""

from __future__ import annotations

import asyncio
import re
import time
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from loops import apart

from bayes_core import Budget, Dataset, Diagnostics, Fit, Mlp, ask
from bayes_core.inference import Step, builds, cluster, executor, worker
from bayes_core.inference.cluster import HERE, LIVES, Cluster, chosen
from bayes_core.inference.cluster_link import Link, Lost, Worker, tls_files
from bayes_core.inference.sizes import Size

QUESTION = ask(Dataset.from_arrays([0.0, 1, 2], [0.1, 1.9, 4.2]), Mlp((3,)), "map", budget=Budget(steps=7))
COUNT = 6


def made(question, start=None):
    """Yield a fit of six steps: a warm-up, then draws."""
    for done in range(1, COUNT + 1):
        about = Diagnostics("approximate", complete=done == COUNT)
        fit = Fit(question, {"weight": np.arange(done) + 10.0 * question.seed}, np.ones(done), None, about)
        yield Step(done, COUNT, fit if done > 2 else None)


class Played:
    """A link whose workers leave after so many chunks each; what is asked of them is counted."""

    def __init__(self, *lives: int) -> None:
        self.lives = {Worker(f"w{n}"): left for n, left in enumerate(lives)}
        self.benches = {one: worker.Bench() for one in self.lives}
        self.asked, self.left, self.there, self.waits = [], [], True, 0

    def usable(self):
        return [one for one in self.lives if not one.gone]

    def asking(self, one, function, token, question, start, after):
        self.asked.append((one.address, question is not None))
        if self.lives[one] == 0:
            one.gone = True
            raise Lost(one.address)
        self.lives[one] -= 1
        yield from [None] * self.waits
        yield self.benches[one]._advance(token, question, start, after)

    def answers(self):
        return self.there

    def tell(self, one, function, token):
        self.left.append(one.address)
        self.benches[one]._forget(token)


@pytest.fixture(autouse=True)
def _short(monkeypatch):
    """Every fit is the one of six steps, wherever it is made."""
    monkeypatch.setattr(worker, "answer_steps", made)
    monkeypatch.setattr(cluster, "answer_steps", made)


def played(*lives: int) -> Cluster:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cluster, "Link", lambda address, tls: Played(*lives))
        return Cluster("tcp://played:1")


def fits(steps):
    return [step.fit for step in steps if step.fit is not None]


def same(one: Fit, other: Fit) -> bool:
    return one.question == other.question and all(np.array_equal(one.draws[k], other.draws[k]) for k in one.draws)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, COUNT + 1), max_size=LIVES + 1))
def test_whatever_is_lost_every_fit_is_told_once_and_in_order(lives):
    one, told, lost = played(*lives), [], sum(left < COUNT for left in lives[:LIVES])
    work = one.steps(QUESTION)
    if lost >= LIVES and max(lives[:LIVES]) < COUNT:
        with pytest.raises(ValueError, match=f"{LIVES} machines were lost"):
            told.extend(work)
        return
    told.extend(work)
    lost = next((n for n, left in enumerate(lives) if left >= COUNT), len(lives))  # the first that lives is the last
    assert [step.done for step in told] == sorted(step.done for step in told)
    assert all(same(*pair) for pair in zip(fits(told), fits(made(QUESTION)), strict=True))
    assert work.remote == (lost < len(lives))
    assert bool(told[-1].fit.diagnostics.detour) != work.remote


def test_a_lost_worker_is_replaced_by_another_and_nothing_is_said():
    one = played(4, COUNT)
    told = list(one.steps(QUESTION))
    assert [address for address, _ in one.link.asked] == ["w0"] * 5 + ["w1"] * COUNT
    assert [begins for _, begins in one.link.asked] == [True, *[False] * 4, True, *[False] * (COUNT - 1)]
    assert len(fits(told)) == len(fits(made(QUESTION)))
    assert not any(fit.diagnostics.detour for fit in fits(told))


def test_without_a_cluster_a_fit_goes_on_here_and_says_so():
    one = played(4)
    work, told, where = one.steps(QUESTION), [], []
    for step in work:
        told.append(step)
        where.append(work.remote)
    assert where == [True] * 4 + [False] * (1 + COUNT)
    assert [step.done for step in told] == [1, 2, 3, 4, 4, 4, 4, 4, 4, 5, 6]
    assert [fit.diagnostics.detour for fit in fits(told)] == ["", "", HERE, HERE]
    assert not one.workers
    assert [fit.diagnostics.detour for fit in fits(one.steps(QUESTION))] == [HERE] * 4


def test_who_waits_in_a_line_may_leave_it():
    """Now and then a step comes that brings nothing new, and whoever is gone asks for no other."""
    one = played(COUNT)
    one.link.waits = 2
    told = [(step.done, step.fit is not None) for step in one.steps(QUESTION)]
    assert told[:6] == [(0, False), (0, False), (1, False), (1, False), (1, False), (2, False)]
    assert told[-3:] == [(5, False), (5, False), (6, True)]
    one = played(COUNT)
    one.link.waits = 9
    work = one.steps(QUESTION)
    next(work)
    del work
    assert one.link.left == ["w0"]
    assert not one.link.benches[next(iter(one.link.lives))].held


def test_a_fit_may_begin_with_nothing_done(monkeypatch):
    """As ensembles do, which count members: what says so is news until it was told."""

    def slow(question, start=None):
        yield Step(0, COUNT, None)
        yield from made(question)

    for module in (worker, cluster):
        monkeypatch.setattr(module, "answer_steps", slow)
    for one in (played(9), played()):
        assert next((step.done, step.total) for step in one.steps(QUESTION)) == (0, COUNT)


def test_a_worker_never_runs_ahead_and_is_told_who_left():
    one = played(COUNT + 2)
    work = one.steps(QUESTION)
    next(work), next(work)
    (bench,) = one.link.benches.values()
    assert len(one.link.asked) == 2
    assert len(bench.held) == 1
    del work
    assert one.link.left == ["w0"]
    assert not bench.held
    assert [w.fits for w in one.link.lives] == [0]
    list(one.steps(QUESTION))
    assert one.link.left == ["w0"]  # who is done need not be left


def test_a_lost_scheduler_costs_no_worker():
    one = played(4, 9, 9)
    one.link.there = False
    work = one.steps(QUESTION)
    told = list(work)
    assert not work.remote
    assert {address for address, _ in one.link.asked} == {"w0"}
    assert [fit.diagnostics.detour for fit in fits(told)] == ["", "", HERE, HERE]


def test_a_fit_that_costs_one_worker_after_the_other_is_given_up():
    with pytest.raises(ValueError, match=rf"^{LIVES} machines were lost one after another .*: ask for less"):
        list(played(3, 2, COUNT).steps(QUESTION))


def test_what_has_no_answer_is_refused_in_the_same_words(monkeypatch):
    def refuse(question, start=None):
        raise ValueError("y reaches 1e300: give y in other units")
        yield

    monkeypatch.setattr(worker, "answer_steps", refuse)
    one = played(COUNT, COUNT)
    with pytest.raises(ValueError, match=r"^y reaches 1e300: give y in other units$"):
        list(one.steps(QUESTION))
    assert len(one.link.asked) == 1
    with pytest.raises(ValueError, match="map does not read"):
        list(one.steps(replace(QUESTION, budget=Budget(draws=3))))
    assert len(one.link.asked) == 1


def test_a_worker_that_fails_is_as_good_as_lost(monkeypatch, caplog):
    def fail(question, start=None):
        raise MemoryError("no room")
        yield

    monkeypatch.setattr(worker, "answer_steps", fail)
    with pytest.raises(ValueError, match="MemoryError: no room"):
        list(played(9, 9, 9).steps(QUESTION))


def test_answers_in_closed_form_stay_here():
    one = played(9)
    work = one.steps(ask(QUESTION.dataset, "linear", "exact"))
    assert not executor.elsewhere(work)
    assert [fit.diagnostics.detour for fit in fits(work)] == [""] * 4
    assert not one.link.asked


# ------------------------------------------------------------------------------------------------------- whom one asks
def test_a_fit_goes_where_its_size_is_compiled_unless_that_is_busy():
    size = Size.of(QUESTION)
    ready, other = Worker("a", sizes=frozenset({size})), Worker("b")
    for fits_there, expected in ((0, ready), (1, ready), (2, other), (5, other)):
        ready.fits = fits_there
        assert chosen([other, ready], size) is expected
    other.fits = 4
    assert chosen([other, ready], size) is ready
    ready.fits, ready.waiting, other.fits = 0, 3, 1  # another server's fits
    assert chosen([other, ready], size) is other
    assert chosen([], size) is None


# ------------------------------------------------------------------------------------------------- what a worker does
def test_chunks_are_computed_one_at_a_time_in_the_order_in_which_they_are_asked():
    async def play():
        bench = worker.Bench()
        first = await bench.advance("one", QUESTION, None, 0)
        waits = [asyncio.ensure_future(bench.advance("one", None, None, 0)) for _ in range(2)]
        await asyncio.sleep(0)
        waiting, chunks = bench.waiting, await asyncio.gather(*waits)
        bench.leave("one")
        bench.pool.shutdown()
        return first, waiting, chunks, bench

    first, waiting, chunks, bench = apart(play())
    assert (first.done, first.fit) == (1, None)
    assert [chunk.done for chunk in chunks] == [2, 3]
    assert chunks[1].fit.answering(QUESTION).question is QUESTION
    assert (waiting, bench.waiting) == (2, 0)
    assert not bench.held
    assert bench.sizes == {Size.of(QUESTION)}


def test_a_fit_that_waits_in_the_line_is_dropped_when_its_reader_leaves():
    bench = worker.Bench()
    bench.left.add("one")
    assert bench._advance("one", QUESTION, None, 0).unknown
    assert not bench.held
    bench._forget("one")
    assert not bench.left


def test_fits_that_nobody_asks_about_are_forgotten():
    bench = worker.Bench(patience=-1.0)
    bench._advance("one", QUESTION, None, 0)
    assert list(bench.held) == ["one"]
    assert bench._advance("two", None, None, 0).unknown
    assert not bench.held


def test_draws_that_somebody_has_are_not_sent_again():
    bench = worker.Bench()
    chunks = [bench._advance("one", QUESTION if n == 0 else None, None, 4) for n in range(COUNT)]
    assert [chunk.fit is not None for chunk in chunks] == [False] * 4 + [True] * 2
    assert [chunk.ended for chunk in chunks] == [False] * 5 + [True]


# ---------------------------------------------------------------------------------------------------------- who is used
@pytest.fixture
def still(monkeypatch):
    """A link that looks at nobody by itself."""
    monkeypatch.setattr(Link, "__post_init__", lambda self: None)
    return Link("tcp://nowhere:1")


def saying(said) -> Future:
    future: Future = Future()
    if isinstance(said, Exception):
        future.set_exception(said)
    elif said is not None:
        future.set_result(said)
    return future


HERE_BUILD = dict(builds.build())


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (
            HERE_BUILD | {"jax": "0.1", "bayes_core": "0123"},
            f"jax is 0.1 there and {HERE_BUILD['jax']} here; bayes_core",
        ),
        (ModuleNotFoundError("No module named 'bayes_core'"), "No module named 'bayes_core'"),
    ],
)
def test_a_worker_of_another_build_is_refused_by_what_differs(still, caplog, said, words):
    one = still.workers["w"] = Worker("tcp://w:1", saying=saying(said))
    still._hear(one)
    assert words in one.refused
    assert words in still._why()
    assert words in caplog.text
    assert not one.usable


def test_a_worker_that_computes_as_we_do_is_used_while_it_speaks(still, monkeypatch):
    one = Worker("tcp://w:1", saying=saying(HERE_BUILD))
    assert not one.usable
    still._hear(one)
    assert one.usable
    one.saying, one.since = saying(None), time.monotonic()
    still._hear(one)
    assert one.usable
    one.since -= 100
    still._hear(one)
    assert not one.usable
    one.saying.set_result(worker.Standing(frozenset([Size.of(QUESTION)]), 2, 3))
    still._hear(one)
    assert one.usable
    assert (one.sizes, one.waiting, one.held) == ({Size.of(QUESTION)}, 2, 3)


def test_other_sources_are_another_build(tmp_path):
    (tmp_path / "a.py").write_text("x = 1\n")
    one = builds._told(tmp_path)
    (tmp_path / "note.txt").write_text("not code")
    assert builds._told(tmp_path) == one
    (tmp_path / "a.py").write_text("x = 2\n")
    assert builds._told(tmp_path) != one


@pytest.mark.parametrize("address", ["localhost:8786", "http://scheduler:8786", "8786"])
def test_an_address_that_is_none_is_refused(address, monkeypatch):
    monkeypatch.setenv("BAYES_CLUSTER", address)
    with pytest.raises(ValueError, match="give a scheduler, such as tcp://"):
        executor._executor.__wrapped__()


def test_without_dask_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setenv("BAYES_CLUSTER", "tcp://scheduler:8786")
    monkeypatch.setattr(executor, "find_spec", lambda _: None)
    with pytest.raises(ValueError, match=r"pip install 'bayes-dashboard\[scale\]'"):
        executor._executor.__wrapped__()


def test_certificates_are_three_files(monkeypatch):
    monkeypatch.setenv("BAYES_CLUSTER_TLS", "ca.pem, cert.pem, key.pem")
    assert tls_files() == ("ca.pem", "cert.pem", "key.pem")
    monkeypatch.setenv("BAYES_CLUSTER_TLS", "ca.pem")
    with pytest.raises(ValueError, match="names 1 files: give three"):
        tls_files()
    monkeypatch.delenv("BAYES_CLUSTER_TLS")
    assert tls_files() == ()


def test_without_a_cluster_fits_are_made_here(monkeypatch):
    monkeypatch.delenv("BAYES_CLUSTER", raising=False)
    one = executor._executor.__wrapped__()
    assert not one.workers
    assert not executor.elsewhere(one.steps(QUESTION))


ROOT = Path(__file__).resolve().parents[2]
READERS = re.compile(r"^\s*(import|from)\s+(c?pickle|cloudpickle|dill|joblib|shelve|marshal)\b", re.M)


def test_nothing_is_unpickled_but_what_the_cluster_sends():
    """That goes through dask's own connection to the scheduler that the operator named; our code never unpickles."""
    files = [ROOT / "app.py", *ROOT.glob("bayes_core/**/*.py"), *ROOT.glob("pages/**/*.py")]
    code = {path.name: path.read_text() for path in files}
    assert not [
        name for name, text in code.items() if READERS.search(text) or re.search("allow_pickle=True|read_pickle", text)
    ]
    assert {name for name, text in code.items() if re.search(r"[\"'](distributed|dask)\b[\"']", text)} == {
        "executor.py",
        "cluster_link.py",
    }
