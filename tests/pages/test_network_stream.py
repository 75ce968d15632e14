"""The first picture of a network: with its draws if they are quick, without a wait if they must be compiled first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from compiles import Compilations

from bayes_core import Diagnostics
from bayes_core.inference.sizes import Size
from pages._ui.work import store as work_store
from pages._ui.work.courier import first_of
from pages._ui.work.store import store
from pages.neural import regression
from pages.neural._network import work as network_work
from pages.neural._network.settings import NetworkSettings
from pages.neural._network.work import begin, busy, known_fits, neighbours


def size(settings: NetworkSettings) -> Size:
    return Size.of(settings.question())


@pytest.fixture
def settings(monkeypatch) -> NetworkSettings:
    settings = NetworkSettings.at_start("step", points=10, units=3, method="laplace", seed=11)
    monkeypatch.setattr(work_store, "COMPILED", {size(settings)})
    monkeypatch.setattr(network_work, "_AT_ONCE", 60.0)
    monkeypatch.setattr(network_work, "_FIRST_DRAWS", 60.0)
    store().fits.pop(settings.question(), None)
    return settings


def at_home(settings: NetworkSettings, known) -> list:
    return [known[handle].get(settings.home()[handle]) for handle in settings.handles]


def test_draws_that_are_quick_come_with_the_first_picture(settings):
    known = known_fits(settings)
    assert at_home(settings, known) == [None, None]
    assert list(begin(settings, known)) == []
    assert {fit.diagnostics.complete for fit in at_home(settings, known)} == {True}
    assert busy(settings, at_home(settings, known)[0]) == ""
    assert list(begin(settings, known)) == []  # and what is at hand is not begun again


def test_draws_that_take_longer_follow_it(settings, monkeypatch):
    monkeypatch.setattr(network_work, "_FIRST_DRAWS", 0.0)
    other = NetworkSettings.at_start("step", points=10, units=3, seed=12)
    monkeypatch.setattr(work_store, "COMPILED", {size(other)})
    known = known_fits(other)
    *_, last = begin(other, known)
    assert at_home(other, known) == [None, None]
    assert last.fit.diagnostics.complete
    assert busy(other, None) == "fast HMC is at work…"


def test_a_picture_waits_longer_for_its_first_draws_than_for_all_of_them(settings, monkeypatch):
    monkeypatch.setattr(network_work, "_AT_ONCE", 0.0)
    other = NetworkSettings.at_start("step", points=10, units=3, seed=13)
    monkeypatch.setattr(work_store, "COMPILED", {size(other)})
    known = known_fits(other)
    steps = begin(other, known)
    first = at_home(other, known)[0]
    assert (len(first.noise), first.diagnostics.complete) == (1000, False)  # 125 of each of 8 chains
    assert busy(other, first) == "fast HMC: 1,000 draws so far"
    searching = replace(first, diagnostics=Diagnostics("approximate", converged=False, complete=False))
    assert busy(replace(other, method="ensemble"), searching) == "deep ensemble is at work…"
    *_, last = steps
    assert last.fit.diagnostics.complete


def test_nothing_is_begun_that_must_be_compiled_before_the_reader_is_told(settings, monkeypatch):
    monkeypatch.setattr(work_store, "COMPILED", set())
    known = known_fits(settings)
    steps = begin(settings, known)
    assert at_home(settings, known) == [None, None]
    assert [step.fit.diagnostics.complete for step in steps if step.fit][-1]
    assert size(settings) in work_store.COMPILED


def test_one_who_cannot_answer_says_so_where_the_fit_goes_on(settings, monkeypatch):
    def refuse(_):
        raise ValueError("no mode here")
        yield

    monkeypatch.setattr(work_store, "answer_steps", refuse)
    steps = begin(settings, known_fits(settings))
    with pytest.raises(ValueError, match="no mode here"):
        next(steps)


def test_without_a_fit_a_film_holds_the_data_only(settings):
    film = regression.LESSON.film(settings, "width")
    assert set(film.numbers) == {"data.y"}
    assert film.words["alt"] == ("The points alone: the answer is being worked out.",)


def test_a_width_between_the_positions_is_answered_where_it_stands_and_compiles_nothing(settings):
    store().answer(settings.question())  # anew: the fixture has forgotten it
    typed = replace(settings, width=1.2345)
    assert typed.unusual("width")
    with Compilations() as compiled:
        news = first_of(regression.LESSON.work(typed), alone=True)
        film, at = regression.LESSON.film(typed, "width", news), typed.home()["width"]
    assert compiled.count == 0
    assert news.fit is not None
    assert news.fit.question.prior.width == 1.2345
    assert film.words["value"][at] == "1.2345"
    assert film.words["badge"][at] == news.fit.diagnostics.badge


@pytest.mark.parametrize(("seconds", "answered"), [("6000", 3), ("0", 0)])
def test_positions_beside_a_handle_are_answered_nearest_first_while_the_server_allows_it(
    settings, monkeypatch, seconds, answered
):
    monkeypatch.setenv("BAYES_SPARE", seconds)
    known, here = known_fits(settings), store().answer(settings.question())
    handle, home = settings.handles[0], settings.home()[settings.handles[0]]
    left = [home - 2, home + 1, home + 4]
    for name in settings.handles:  # as if all others were at hand already
        places = range(len(settings.positions(name)))
        known[name] = {v: here for v in places if name != handle or v not in left}
    asked = []
    answer = store().answer
    monkeypatch.setattr(type(store()), "answer", lambda _, question: asked.append(question) or answer(question))
    *_, last = [None, *neighbours(settings, known, here)]
    order = [home + 1, home - 2, home + 4][:answered]
    assert asked == [settings.at_position(handle, v).question() for v in order]
    assert (last is None) == (answered == 0)
    for v in order:
        assert known[handle][v].question.prior == settings.at_position(handle, v).prior()
