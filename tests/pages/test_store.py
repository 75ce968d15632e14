"""The store of fits and their turns, and the courier: kept under their question, two at a time, sent as they grow."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from bayes_core import Dataset, Diagnostics, ask, fit
from bayes_core.inference import Step
from pages._ui.lesson import _complain
from pages._ui.work import store as work
from pages._ui.work.courier import News, first_of, growing, progress
from pages._ui.work.scheduler import SCHEDULER
from pages._ui.work.store import Store, size

ONE_FIT = 8 * 10  # bytes of draws and noise


def step(done: int, total: int = 3):
    """Return news of a fit with draws from the second step on."""
    about = SimpleNamespace(complete=done == total, detour="")
    fit = SimpleNamespace(diagnostics=about, draws={"coef": np.full(8, done)}, noise=np.ones(2), done=done)
    return SimpleNamespace(done=done, total=total, fit=fit if done > 1 else None)


def steps(last: int = 3):
    return (step(done) for done in range(1, last + 1))


@pytest.fixture(autouse=True)
def _quick_answers(monkeypatch):
    monkeypatch.setattr(work, "answer_steps", lambda question: steps())
    monkeypatch.setattr(work, "Size", SimpleNamespace(of=lambda question: f"the size of {question}"))
    monkeypatch.setattr(work, "COMPILED", set())
    monkeypatch.setattr(work, "fitted", lambda *_: None)  # these questions are words


def test_only_the_latest_finished_fits_are_kept_within_their_bytes():
    fits = Store(2 * ONE_FIT)
    for question in "abc":
        assert [s.done for s in fits.steps(question)] == [1, 2, 3]
    assert fits.get("a") is None
    assert (fits.get("b").done, fits.get("c").done) == (3, 3)
    assert fits.bytes == sum(size(fit) for fit in fits.fits.values()) == 2 * ONE_FIT
    assert {f"the size of {question}" for question in "abc"} == work.COMPILED  # these compile nothing from now on


def test_who_was_asked_for_last_stays():
    fits = Store(2 * ONE_FIT)
    for question in "ab":
        list(fits.steps(question))
    assert fits.get("a") is not None
    list(fits.steps("c"))
    assert fits.get("b") is None
    assert fits.get("a") is not None


def test_chains_of_a_kept_neighbour_go_on_where_they_are_asked_to(monkeypatch):
    fits, asked = Store(2 * ONE_FIT), []
    monkeypatch.setattr(work, "answer_steps", lambda *question: (asked.append(question), steps())[1])
    monkeypatch.setattr(work, "nearest_start", lambda question, kept: kept[-1] if kept else None)
    assert fits.start("a") is None
    list(fits.steps("a", fits.start("a")))
    list(fits.steps("b", fits.start("b")))
    assert asked == [("a",), ("b", fits.get("a"))]


def test_one_fit_is_kept_however_large_and_counted_once():
    fits = Store(1)
    for _ in range(3):
        list(fits.steps("a"))
    assert fits.get("a") is not None
    assert fits.bytes == ONE_FIT


def test_an_answer_is_made_once(monkeypatch):
    asked = []
    monkeypatch.setattr(work, "answer_steps", lambda question: asked.append(question) or steps())
    fits = Store()
    assert fits.answer("a") is fits.answer("a")
    assert asked == ["a"]


def test_a_fit_that_was_left_is_not_kept_and_makes_room():
    fits = Store()
    for _ in range(5):  # more than may be at work at once: each must have given its place back
        left = fits.steps("a")
        next(left)
        next(left)
        left.close()
    assert fits.get("a") is None


def test_two_steps_at_a_time_and_none_is_held_between_them(monkeypatch):
    at_work, most, lock = [0], [0], threading.Lock()
    pair = threading.Barrier(2, timeout=60)  # broken if one step at a time were all

    def slow(_):
        for done in (1, 2, 3):
            with lock:
                at_work[0] += 1
                most[0] = max(most[0], at_work[0])
            pair.wait()
            time.sleep(0.02)
            with lock:
                at_work[0] -= 1
            yield step(done)

    monkeypatch.setattr(work, "answer_steps", slow)
    runs = [Store().steps("a") for _ in range(4)]
    threads = [threading.Thread(target=next, args=(run,)) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [2]
    assert SCHEDULER.idle()  # though none of the four is finished


class Elsewhere:
    """A fit whose machine is lost after two steps."""

    def __init__(self) -> None:
        self.steps, self.remote, self.idle = steps(), True, []

    def __iter__(self):
        return self

    def __next__(self):
        self.idle.append(SCHEDULER.idle())
        made = next(self.steps)
        self.remote = made.done < 2
        return made


def test_what_is_computed_elsewhere_takes_no_turn_here_until_its_machine_is_lost(monkeypatch):
    monkeypatch.setattr(work, "answer_steps", lambda _: made)
    made = Elsewhere()
    assert [s.done for s in Store().steps("a")] == [1, 2, 3]
    assert made.idle == [True, True, False, False]
    assert SCHEDULER.idle()


def test_only_who_waited_for_a_fit_is_told_where_it_had_to_be_made(monkeypatch):
    question = ask(Dataset.from_arrays([0.0, 1, 2], [0.1, 1.9, 4.2]), method="exact")
    made = fit(question.dataset, method="exact")
    away = replace(made, diagnostics=replace(made.diagnostics, detour="made here"))
    monkeypatch.setattr(work, "answer_steps", lambda _: iter([Step(1, 1, away)]))
    fits = Store()
    assert fits.answer(question).diagnostics.detour == "made here"
    assert fits.answer(question).diagnostics.detour == ""
    np.testing.assert_array_equal(fits.answer(question).noise, made.noise)


def test_where_a_fit_had_to_be_made_is_said_beside_its_complaints():
    said: list[str] = []
    place = SimpleNamespace(warning=said.append, info=said.append)
    for about, words in (
        (Diagnostics("sampled", complaints=("R-hat is 1.2",), detour="made here"), ["R-hat is 1.2", "made here"]),
        (Diagnostics("sampled"), []),
    ):
        said.clear()
        _complain(place, News(fit=SimpleNamespace(diagnostics=about)))
        assert said == words
    _complain(place, News())
    assert not said


@pytest.mark.parametrize(("at_once", "sent"), [(True, [2, 3]), (False, [3])])
def test_a_quick_fit_is_passed_on_at_its_end_and_its_first_draws_if_asked_for(at_once, sent):
    assert [s.fit.done for s in growing(steps(), pace=60, at_once=at_once)] == sent


def test_without_a_draw_there_is_nothing_to_pass_on():
    with pytest.raises(ValueError, match="without a draw"):
        list(growing(steps(1)))


def test_progress_is_told_until_the_end():
    assert [progress("NUTS", step(done)) for done in (1, 2, 3)] == ["NUTS: 1 of 3", "NUTS: 2 of 3", ""]


def test_a_picture_that_nothing_can_follow_waits_for_the_first_complete_news():
    def work():
        yield News("draws", busy="at work")
        yield News("more", busy="at work")
        yield News("far", "distance", busy="at work")
        yield News("all")
        yield News("neighbours")

    assert first_of(work(), alone=True).answer == "all"
    assert first_of(work(), alone=False).answer == "draws"
    assert first_of(iter([News("draws", busy="at work"), News(None, busy="no answer", trouble="why")]), True).trouble
