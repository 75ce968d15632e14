"""Slow fits: kept under their question, made two at a time, sent while they grow."""

from __future__ import annotations

import threading
import time
from types import SimpleNamespace

import pytest

from pages._ui.work import store as kept
from pages._ui.work.courier import grow, progress
from pages._ui.work.store import Kept


def step(done: int, total: int = 3):
    """Return news of a fit with draws from the second step on."""
    fit = SimpleNamespace(diagnostics=SimpleNamespace(complete=done == total), draws=done)
    return SimpleNamespace(done=done, total=total, fit=fit if done > 1 else None)


def steps(last: int = 3):
    return (step(done) for done in range(1, last + 1))


def test_only_the_latest_finished_fits_are_kept():
    fits = Kept(2)
    for question in "abc":
        assert [s.done for s in fits.run(question, steps())] == [1, 2, 3]
    assert fits.get("a") is None
    assert (fits.get("b").draws, fits.get("c").draws) == (3, 3)


def test_a_fit_that_was_left_is_not_kept_and_makes_room():
    fits = Kept(2)
    for _ in range(5):  # more than may be at work at once: each must have given its place back
        left = fits.run("a", steps())
        next(left)
        next(left)
        left.close()
    assert fits.get("a") is None


def test_two_steps_at_a_time_and_none_is_held_between_them():
    at_work, most, lock = [0], [0], threading.Lock()
    pair = threading.Barrier(2, timeout=60)  # broken if one step at a time were all

    def slow():
        for done in (1, 2, 3):
            with lock:
                at_work[0] += 1
                most[0] = max(most[0], at_work[0])
            pair.wait()
            time.sleep(0.02)
            with lock:
                at_work[0] -= 1
            yield step(done)

    runs = [Kept(2).run("a", slow()) for _ in range(4)]
    threads = [threading.Thread(target=next, args=(run,)) for run in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [2]
    assert kept.idle()  # though none of the four is finished


@pytest.mark.parametrize(("at_once", "sent"), [(True, [2, 3]), (False, [3])])
def test_a_quick_fit_is_sent_at_its_end_and_its_first_draws_if_asked_for(at_once, sent):
    heard = []
    assert grow(steps(), lambda step, fit: heard.append(fit.draws), pace=60, at_once=at_once).draws == 3
    assert heard == sent


def test_without_a_draw_there_is_nothing_to_return():
    with pytest.raises(ValueError, match="without a draw"):
        grow(steps(1), lambda *_: None)


def test_progress_is_told_until_the_end():
    assert [progress("NUTS", step(done)) for done in (1, 2, 3)] == ["NUTS: 1 of 3", "NUTS: 2 of 3", ""]
