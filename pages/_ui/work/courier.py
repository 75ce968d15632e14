"""What follows a picture: a lesson's work as a row of news, each sent to the picture that stands.

A lesson's `work(settings)` is a generator of News. The first is what the picture is drawn from; the others follow it as
they come, part by part, each in the place of the last of its part: a fit that grows, its distance from the truth, a
meter, neighbours. Whoever moves a handle ends the generator between two steps (`breathe`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from bayes_core.figures.film import Film
from bayes_core.figures.view import View
from bayes_core.inference import Step
from bayes_core.types import Fit
from pages._ui.live.chart import following, live_more

from .store import breathe

Look = Callable[[Any, str, Any], View]
"""A way of looking: (settings, handle, answer) -> what is seen along the handle."""
Films = Mapping[str, Film]


@dataclass(frozen=True)
class News:
    """What there is to show by now: an answer and how it is looked at (None: as the lesson does).

    `fit` is what the words below the picture are about; `making` makes it where the picture need not wait for it.
    `busy` dims the picture and says what is under way, `extra` only says it; `said` replaces the spoken sentence and
    may be read off the films; `trouble` is why there is no answer. `settled` lets what is said below the picture be
    written: the answer stands, what follows surrounds it.
    """

    answer: Any = None
    part: str = "answer"
    look: Look | None = None
    busy: str = ""
    extra: str = ""
    said: str | Callable[[Films], str] = ""
    trouble: str = ""
    settled: bool = False
    fit: Fit | None = None
    making: Callable[[], Fit] | None = None

    def whole(self) -> News:
        """Return this with the fit made."""
        return replace(self, fit=self.making(), making=None) if self.making else self

    def sentence(self, films: Films) -> str:
        """Return the spoken sentence as HTML, or nothing."""
        return self.said(films) if callable(self.said) else self.said


def first_of(news: Iterator[News], alone: bool) -> News:
    """Return the news that a picture is drawn from: the first, or the first complete where nothing can follow it."""
    told = next(news)
    while alone and told.busy:
        following = next(news, None)
        if following is None:
            return told
        if following.part == told.part:
            told = following
    return told


def kept_back(news: Iterable[News]) -> Iterator[News]:
    """Pass on what a question needs that is open: the answer, which is worked out meanwhile, and nothing about it."""
    for told in news:
        if told.part == News.part:
            yield replace(told, busy="", extra="", said="", settled=False)


def deliver(
    news: Iterable[News], stamp: str, home: Mapping[str, int], key: str, films: Callable[[News], Films],
    settled: Callable[[News], None], said: Callable[[News, Films], str] = lambda told, made: told.sentence(made),
    epoch: int = 0,
) -> None:  # fmt: skip
    """Send what follows to the picture of this stamp; `settled(news)` hears once that the answer stands.

    `said(news, films)` is the sentence under the picture, as HTML, or nothing where it stays. The `epoch` is told
    because Streamlit leaves an element alone that says the same again: back in a scene before the news of another came,
    the picture would wait for its own in vain.
    """
    trouble, heard = st.empty(), False
    with st.container(key="courier"):
        places: dict[str, Any] = {}
        last: dict[str, tuple[Any, ...]] = {}
        sent, count = Sent(), 0
        for told in news:
            breathe()
            if told.trouble:
                trouble.error(told.trouble)
            made = films(told)
            sentence, waits = said(told, made), bool(told.busy or told.extra) and not told.trouble
            message = (told.busy, sentence, told.extra, waits, *(film.id for film in made.values()))
            if last.get(told.part) != message:  # the same again would be an element that Streamlit has already
                new, kind = sent.new(told.part, made)
                with _place(places, told.part, kind):
                    count += 1
                    words = (told.busy, sentence, told.extra)
                    live_more(key, following(stamp, new, home, key, told.part, *words, waits, epoch, count))
            last[told.part] = message
            if told.settled and not heard:
                heard = True
                settled(told)


def _place(places: dict[str, Any], part: str, kind: str) -> Any:
    """Return where a message goes: the browser hears only the last of several that come in one place.

    So what is shown over earlier films has an element of its own; whole films, and words alone, stand for all earlier.
    """
    if kind == "over":
        return nullcontext()
    if f"{part}.{kind}" not in places:
        places[f"{part}.{kind}"] = st.empty()
    return places[f"{part}.{kind}"]


class Sent:
    """The films that a picture has, by part and handle: what did not change is not sent again, position by position."""

    def __init__(self) -> None:
        """Start with none."""
        self.films: dict[tuple[str, str], Film] = {}

    def new(self, part: str, films: Films) -> tuple[Films, str]:
        """Return what of these films the picture does not have, and whether that is "whole", "words" alone, or "over"
        what it has.
        """
        new: dict[str, Film] = {}
        for handle, film in films.items():
            old = self.films.get((part, handle))
            if old is None or old.id != film.id:
                new[handle] = film if old is None else film.since(old)
            self.films[part, handle] = film
        if not new and films:
            return new, "words"
        return new, "whole" if all(new.get(handle) is film for handle, film in films.items()) else "over"


def growing(steps: Iterable[Step], pace: float = 0.3, at_once: bool = True) -> Iterator[Step]:
    """Pass on what there is of a fit every `pace` seconds and at its end.

    With `at_once` the first draws are passed on as they come; without it a fit that is done within the pace comes once.
    Raises ValueError if there never was a draw.
    """
    last, some = (0.0 if at_once else time.perf_counter()), False
    for step in steps:
        breathe()
        if step.fit is None or (time.perf_counter() - last < pace and not step.fit.diagnostics.complete):
            continue
        last, some = time.perf_counter(), True
        yield step
    if not some:
        raise ValueError("it ended without a draw: change the settings")


def progress(title: str, step: Step) -> str:
    """Return what the picture says while a fit is under way; nothing once it is complete."""
    return "" if step.fit and step.fit.diagnostics.complete else f"{title}: {step.done:,} of {step.total:,}"
