"""What a reader takes away as a file from under a picture: its numbers, the data, the draws, the script.

Everything is made when its button is pressed, from what the run that showed the picture had at hand: no session can be
asked then, so that what reads one (a reader's own data) is looked up before. What a link hides is in no file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from bayes_core.data.upload.export import dataset_as_csv
from bayes_core.figures.film import Film
from bayes_core.figures.picture import Handle, Picture
from bayes_core.report.netcdf import draws_as_netcdf, has_draws
from bayes_core.report.numbers import numbers_as_csv
from bayes_core.report.page import Table
from bayes_core.types import Dataset, Fit

from . import fields, own
from .sentences import bare
from .words import coloured, words
from .work.courier import Films, News

_CSV, _NETCDF = "text/csv", "application/x-netcdf"
_BOM = "\ufeff"  # without it Excel reads a unit's ² and € as two signs each


@dataclass(frozen=True)
class File:
    """Something to take away: `make()` is called when it is asked for."""

    label: str
    name: str
    mime: str
    make: Callable[[], bytes]


@dataclass(frozen=True, eq=False)
class Taken:
    """A picture as it stands, with all that it was made of; `films` fill as news come, by what they are part of."""

    lesson: Any
    settings: Any
    text: Mapping[str, str]
    picture: Picture
    handles: tuple[Handle, ...]
    films: Mapping[str, Films]
    home: Mapping[str, int]
    title: str
    dataset: Dataset | None = None
    news: News = field(default_factory=News)

    @property
    def question(self) -> str:
        """Return the question that the page asks, in words."""
        return self.text[f"question {self.settings.kind}".strip()]

    @property
    def name(self) -> str:
        """Return how files are called: the page, and its scene."""
        return f"{self.lesson.page.rpartition('/')[2]}_{self.settings.scene.partition('.')[0]}"

    @property
    def shown(self) -> tuple[Film, ...]:
        """Return the films of the first handle: where the handles stand, those of the others say the same."""
        first = self.handles[0].id
        return tuple(films[first] for films in self.films.values() if first in films)

    @property
    def fit(self) -> Fit | None:
        """Return the answer that the picture is about, where there is one."""
        return self.news.fit

    def file(self, what: str, ending: str, mime: str, make: Callable[[], bytes]) -> File:
        """Return a file of this picture, by the word of its label."""
        return File(words("share")[f"file {what}"], f"{self.name}{ending}", mime, make)


def taken(
    lesson: Any, settings: Any, text: Mapping[str, str], picture: Picture, handles: tuple[Handle, ...],
    films: Mapping[str, Films],
) -> Taken:  # fmt: skip
    """Return what a run has at hand of its picture."""
    return Taken(lesson, settings, text, picture, handles, films, settings.home(), settings.spec.title)


def _rows(taken: Taken) -> Dataset | None:
    """Return the rows that a picture is about, if it is about any."""
    if taken.lesson.dataset:
        found: Dataset | None = taken.lesson.dataset(taken.settings)
        return found
    return taken.fit.question.dataset if taken.fit else None


def files_of(taken: Taken) -> tuple[File, ...]:
    """Return what can be taken away from a picture that stands, without what its link hides."""
    hides, fit, settings = set(taken.picture.hides), taken.fit, taken.settings
    dataset = _rows(taken)
    taken = replace(taken, dataset=dataset)
    found = []
    if "numbers" not in hides and taken.shown:
        found.append(taken.file("numbers", "_numbers.csv", _CSV, partial(_numbers, taken)))
    if dataset is not None:
        found.append(taken.file("data", "_data.csv", _CSV, partial(_data, dataset)))
    if fit is not None and has_draws(fit) and not hides & {"numbers", "answer"}:
        about = {"question": taken.question, "scene": taken.title}
        found.append(taken.file("draws", "_draws.nc", _NETCDF, partial(draws_as_netcdf, fit, about)))
    script = "" if hides else taken.lesson.written(settings)
    if script:
        found.append(taken.file("script", ".py", "text/x-python", script.encode))
    if not hides & {"numbers", "answer"} and taken.shown:
        rows = settings_table(settings, taken.handles, taken.home)
        make = partial(_report, taken, _link(), _account(settings), rows, script)
        found.append(taken.file("report", "_report.html", "text/html", make))
    return tuple(found)


def settings_table(settings: Any, handles: tuple[Handle, ...], home: Mapping[str, int]) -> Table:
    """Return all that decides a picture and has a name, in words."""
    rows = [("scene", settings.spec.title)]
    rows += [("".join(handle.label), handle.texts[home[handle.id]]) for handle in handles]
    for name, one in fields.fields_of(settings).items():
        label, told = fields.of(one.label, settings), one.worded(settings, getattr(settings, name))
        alone = isinstance(one, fields.Choice) and len(one.choices(settings)) < 2  # it is not on the page
        usual = isinstance(one, fields.Hidden) and name not in settings.link()
        if isinstance(label, str) and label and told and not (isinstance(one, fields.Handle) or alone or usual):
            rows.append((bare(coloured(label)), bare(coloured(told))))
    if hasattr(settings, "seed"):
        rows.append(("seed", str(settings.seed)))
    return Table(("setting", "value"), tuple(rows))


def _link() -> str:
    """Return the address of the page that is run."""
    return f"{st.context.url or ''}?{urlencode(st.query_params.to_dict(), safe=',')}".rstrip("?")


def _account(settings: Any) -> str:
    """Return what became of the rows of a reader's own file, where they are looked at and it is known."""
    about = own.named(settings.scene).about if own.there(settings.scene) else None
    said = getattr(getattr(about, "account", None), "sentence", None)
    return str(said()) if said else ""


class Offer:
    """What can be taken away, offered once: as soon as the answer stands, or at the end of a run that never says so."""

    def __init__(self, place: Any, taken: Taken) -> None:
        """Take where it is shown, None for nowhere."""
        self.place, self.taken = place, taken

    def make(self, news: News) -> None:
        """Show the files in their place, unless they are there or a question is open."""
        if self.place is None or self.taken.settings.asks:
            return
        with self.place.container(gap="xsmall"):
            st.html(f'<p class="sh-files">{words("share")["files"]}</p>')
            with st.container(key="files", horizontal=True):
                for file in files_of(replace(self.taken, news=news.whole())):
                    key = f"file.{file.name}"
                    st.download_button(file.label, file.make, file.name, file.mime, key=key, on_click="ignore")
        self.place = None


def _numbers(taken: Taken) -> bytes:
    return (_BOM + numbers_as_csv(taken.picture, taken.shown, taken.home, taken.handles)).encode()


def _data(dataset: Dataset) -> bytes:
    return (_BOM + dataset_as_csv(dataset)).encode()


def _report(taken: Taken, link: str, account: str, rows: Table, script: str) -> bytes:
    from .reporting import report  # noqa: PLC0415 (no page needs what it imports)

    return report(taken, taken.home, link, account, rows, script)


__all__ = ["File", "Offer", "Taken", "files_of"]
