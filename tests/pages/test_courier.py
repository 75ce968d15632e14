"""What the courier sends of films that follow one another: every position once."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from lessons import LESSONS

from bayes_core.figures.film import pack
from bayes_core.figures.frames import Frames
from pages._ui.live.chart import following
from pages._ui.work import courier
from pages._ui.work.courier import News, Sent, deliver
from pages._ui.work.store import store
from pages.neural._network.look import Known

MOST = 600_000
"""Bytes of what follows a release of a network."""


def film(rows, word="x"):
    return pack(Frames("width", np.arange(4.0), {"y": np.asarray(rows, float)}, {"w": (word,)}))


def test_what_a_picture_has_is_not_sent_again():
    rows = np.random.default_rng(0).normal(size=(4, 50))
    one, other = film(rows), film(np.vstack([rows[:3], 9 * rows[3:]]))
    sent = Sent()
    assert sent.new("answer", {"width": one}) == ({"width": one}, "whole")
    assert sent.new("answer", {"width": one}) == ({}, "words")
    new, kind = sent.new("answer", {"width": other})
    assert kind == "over"
    assert new["width"].places == (3,)
    assert sent.new("answer", {"width": other, "noise": one})[1] == "over"  # of two handles one is new
    assert sent.new("meter", {"width": one}) == ({"width": one}, "whole")  # another part knows nothing of this one


def test_messages_are_counted_and_those_over_others_have_an_element_of_their_own(monkeypatch):
    """Streamlit draws only the last of several that came in one place, and not always in the order they were sent."""
    heard = []
    monkeypatch.setattr(courier, "live_more", lambda key, message: None)
    monkeypatch.setattr(courier, "following", lambda *told: heard.append((told[-1], list(told[1]))) or b"")
    places = {}
    real = courier._place
    kinds = []

    def place(known, part, kind):
        kinds.append(kind)
        return real(places, part, kind)

    monkeypatch.setattr(courier, "_place", place)
    rows = np.random.default_rng(0).normal(size=(4, 50))
    lifted = rows + np.array([[0], [0], [1], [0]])
    films = [film(rows), film(rows, "z"), film(lifted), film(lifted)]
    news = [News(busy=busy) for busy in ("a", "b", "", "now")]
    deliver(news, "s", {"width": 0}, "k", lambda told: {"width": films[news.index(told)]}, lambda told: None)
    assert kinds == ["whole", "over", "over", "words"]
    assert [count for count, _ in heard] == [1, 2, 3, 4]
    assert [names for _, names in heard] == [["width"], ["width"], ["width"], []]
    assert set(places) == {"answer.whole", "answer.words"}


def test_neighbours_of_a_network_one_by_one_take_no_more_than_they_may():
    """The page's own films: with curves at home, then at one position after the other, a message for each."""
    lesson = LESSONS["neural/regression"]
    settings = lesson.at_start("gap")
    first, *others = [store().answer(replace(settings, method="prior", seed=k).question()) for k in range(5)]
    home, sent, size = settings.home(), Sent(), []
    fits = {handle: {home[handle]: first} for handle in settings.handles}
    for n, fit in enumerate([first, *others]):
        fits["width"][home["width"] + n] = fit
        film = lesson.film(settings, "width", News(Known(fits, beside=False)))
        new, kind = sent.new("answer", {"width": film})
        size.append(len(following(settings.stamp, new, home, lesson.key, "answer", epoch=1, count=n)))
        assert kind == ("over" if n else "whole")
        assert new["width"].places == ((home["width"] + n,) if n else None)
    every = sum(len(settings.positions(handle)) for handle in settings.handles)
    assert 1_000 < max(size[1:]) < 10_000
    assert 2 * len(film.packed) + every * max(size[1:]) < MOST


def test_the_linear_pages_picture_does_not_wait_for_the_draws_that_its_words_are_about():
    settings = LESSONS["linear/posterior"].at_start("", seed=731)
    first = next(LESSONS["linear/posterior"].work(settings))
    assert first.settled
    assert first.fit is first.answer is None
    assert store().get(settings.question()) is None
    whole = first.whole()
    assert whole.fit is store().get(settings.question())
    assert whole.fit.question == settings.question()
    assert whole.whole() is whole
