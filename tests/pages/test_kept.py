"""Slow fits: kept under their question, made two at a time, sent while they grow."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pages._ui import kept
from pages._ui.kept import Kept, grow, progress


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


def test_two_fits_at_a_time():
    runs = [Kept(2).run("a", steps()) for _ in range(2)]
    for run in runs:
        next(run)
    assert not kept._AT_WORK.acquire(blocking=False)
    runs[0].close()
    assert kept._AT_WORK.acquire(blocking=False)
    kept._AT_WORK.release()
    runs[1].close()


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
