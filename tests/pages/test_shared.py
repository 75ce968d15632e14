"""Results that all sessions share: bounded by bytes, made once, and an error is nobody's result."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bayes_core.figures.film import Film
from pages._ui.work import shared as module
from pages._ui.work.courier import News
from pages._ui.work.scheduler import SCHEDULER
from pages._ui.work.shared import Shared, weigh
from pages._ui.work.waiting import Kind
from pages.linear.posterior import LESSON


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    monkeypatch.setattr(module, "LOOK", 0.002)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 3000)), max_size=60), st.integers(100, 6000))
def test_never_more_bytes_than_allowed_and_the_count_is_what_is_kept(asked, most):
    kept = Shared(most)
    for key, size in asked:
        assert kept.get(key, lambda size=size: b"x" * size) is not None
        assert kept.bytes == sum(weight for _, weight in kept._kept.values()) <= most
        assert all(weight == weigh(value) + weigh(name) for name, (value, weight) in kept._kept.items())


def test_what_was_asked_for_last_stays():
    kept = Shared(3 * weigh(b"x" * 1000))
    for key in "abac":
        kept.get(key, lambda: b"x" * 1000)
    made = []
    kept.get("a", lambda: made.append("a"))
    kept.get("b", lambda: made.append("b"))
    assert made == ["b"]


def test_a_value_weighs_what_it_holds():
    @dataclass(frozen=True)
    class Held:
        rows: object

    assert weigh(Held({"a": [np.zeros(500)]})) > 4000
    assert weigh(np.zeros((100, 100))[:50]) > 40_000  # a view holds on to what it looks at, at least to what it shows
    assert weigh(Film("width", b"x" * 5000)) > 5000


def ask(kept: Shared, key, make, found: list) -> threading.Thread:
    """Return a thread that asks, and writes down what it got."""

    def run() -> None:
        try:
            with SCHEDULER.run(f"asks {len(found)}", lambda: None, Kind.FOLLOW):
                found.append(kept.get(key, make))
        except Exception as error:
            found.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def waits(kept: Shared) -> None:
    """Return once somebody waits, having given its place back: it alone is at work who makes."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if kept._making and len(SCHEDULER.line.working) == 1 and not SCHEDULER.line.waiting:
            return
        time.sleep(0.001)
    raise AssertionError(SCHEDULER.line)


def test_two_who_ask_at_once_have_it_made_once_and_the_second_takes_up_no_place():
    kept, go, made, found = Shared(), threading.Event(), [], []

    def make() -> str:
        made.append(1)
        assert go.wait(20)
        return "value"

    threads = [ask(kept, "k", make, found) for _ in range(3)]
    waits(kept)
    go.set()
    for thread in threads:
        thread.join(20)
    assert found == ["value"] * 3
    assert made == [1]
    assert SCHEDULER.idle()


def test_an_error_reaches_all_who_wait_and_is_not_kept():
    kept, go, found = Shared(), threading.Event(), []

    def fail() -> str:
        assert go.wait(20)
        raise ValueError("no answer here")

    threads = [ask(kept, "k", fail, found) for _ in range(2)]
    waits(kept)
    go.set()
    for thread in threads:
        thread.join(20)
    assert [str(error) for error in found] == ["no answer here"] * 2
    assert kept.get("k", lambda: "now there is") == "now there is"
    assert SCHEDULER.idle()


def test_a_maker_whose_session_moves_on_leaves_it_to_the_next():
    class Left(BaseException):
        pass

    kept, go, found = Shared(), threading.Event(), []

    def leaves() -> str:
        assert go.wait(20)
        raise Left

    def first() -> None:
        with pytest.raises(Left):
            kept.get("k", leaves)
        found.append("left")

    begin = threading.Thread(target=first)
    begin.start()
    while not kept._making:
        time.sleep(0.001)
    second = ask(kept, "k", lambda: "mine", found)
    go.set()
    begin.join(20)
    second.join(20)
    assert sorted(found) == ["left", "mine"]
    assert not kept._making


def test_after_a_release_the_picture_waits_for_the_films_at_hand_alone():
    """The released handle's own film is what it was, and says all there is to say where the handles stand."""
    before = LESSON.at_start(seed=4711)
    LESSON.films(before)
    after = LESSON.at_start(seed=4711, width=float(before.positions("width")[3]))
    assert LESSON.at_once(after, News(), "width") == ("width",)
    films = LESSON.films(after, News(), LESSON.at_once(after, News(), "width"))
    assert films["width"] is LESSON.film(before, "width")
    late = LESSON.film(after, "noise")
    words = [film.words for film in (films["width"], late)]
    home = after.home()
    at = [min(home[handle], len(words[n]["slope"]) - 1) for n, handle in enumerate(("width", "noise"))]
    assert words[0]["slope"][at[0]] == words[1]["slope"][at[1]]
    assert LESSON.at_once(after, News(), "width") == tuple(after.handles)  # now all are at hand
    for news, released in ((News(), ""), (News("draws"), "width"), (News(busy="at work"), "width")):
        other = LESSON.at_start(seed=4712)
        assert LESSON.at_once(other, news, released) == tuple(other.handles)
