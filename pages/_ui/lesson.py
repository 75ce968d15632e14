"""A lesson is a record; `run` does with it what every page does.

    link, head, scenes, picture, controls, try-this, mathematics, code and share, and what follows the picture

A lesson's door (pages/<chapter>/<page>.py) makes the record, `LESSON`, and runs it; its room beside the door holds the
functions that the record names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from bayes_core.figures.film import Film, pack
from bayes_core.figures.hiding import note
from bayes_core.figures.miniature import Miniature
from bayes_core.figures.picture import Handle, Picture, Probe
from bayes_core.figures.view import View
from bayes_core.types import Dataset
from pages._ui.live.again import unchanged
from pages._ui.live.chart import following, live_chart, live_late, live_pin, plotly_chunk, sealed_still
from pages._ui.live.plain import plain

from . import classroom, drawing, fields, link, own, pinning, probing, staging, thread
from .asking import staged
from .controls import code_behind, own_data, page_head, scene_bar, try_this
from .entry import all_written
from .settings import PageSettings, Scene, nearest
from .share import share
from .taking import Offer, taken
from .telling import Speaker, Told, handle_sentence, veiled, waits, words_at
from .visit import Visit, opened
from .words import words
from .work.courier import Films, Look, News, deliver, first_of, kept_back
from .work.shared import SHARED
from .work.turns import breathe, shown

Control = str | Callable[[Visit, Any], None]
"""A setting's name, or a function that shows what no setting's own control can."""


@dataclass(frozen=True)
class Try:
    """A button that goes to a scene, changes some settings, and lets one handle glide there."""

    scene: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    glide: str | None = None
    ms: int = 1100

    @property
    def goal(self) -> dict[str, Any]:
        """Return what `Visit.demonstrate` is told of it."""
        return {"name": self.scene, "glide": self.glide, "ms": self.ms, **self.changes}


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """Everything that makes a lesson: see `run` for what becomes of it.

    `key` names it in the session, `page` its words (assets/words/<page>.md). `settings` are one PageSettings or, for
    scenes of several kinds, several. `look(settings, handle, answer)` is what is seen; without an answer it depends on
    the settings alone, and is cached. `work(settings)` yields News where something takes longer than a picture may
    wait. `controls(settings)` are rows by container; `tries` are listed by the settings' kind. `stays` names settings
    that stay when the scene changes. `report(visit, settings, news)` writes under the tries once the answer stands.
    `prints` says, by the settings' kind, where the script prints the number of a word of the picture: a pattern with
    one group. `miniature()` is the lesson's miniature on the map, where the figure that it opens with is not enough.
    `dataset(settings)` are the rows that the picture is about, where its news bring no fit that knows them.
    """

    key: str
    page: str
    settings: tuple[type[PageSettings], ...]
    look: Look
    controls: Callable[[Any], Mapping[str, tuple[Control, ...]]]
    tries: Mapping[str, tuple[Try, ...]]
    mathematics: Callable[[Mapping[str, str], Any], None]
    script: Callable[[Any], str]
    work: Callable[[Any], Iterator[News]] | None = None
    report: Callable[[Visit, Any, News], None] | None = None
    stays: tuple[str, ...] = ()
    prints: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    miniature: Callable[[], Miniature] | None = None
    dataset: Callable[[Any], Dataset | None] | None = None
    formulas: str = "The mathematics, in the same colours"

    # -------------------------------------------------------------------------------------------------- settings
    @property
    def scenes(self) -> dict[str, Scene]:
        """Return all scenes, in their order."""
        return {name: scene for kind in self.settings for name, scene in kind.SCENES.items()}

    @property
    def first(self) -> str:
        """Return the scene that the page opens with."""
        return next(iter(self.scenes))

    @cached_property
    def can_ask(self) -> bool:
        """Return whether a scene of the lesson can ask before it shows."""
        return any(self.at_start(scene).asking for scene in self.scenes)

    def kind_of(self, scene: str) -> type[PageSettings]:
        """Return the kind of settings that a scene has."""
        if own.is_own(scene):
            return next((kind for kind in self.settings if not refusal(kind, scene)), self.settings[0])
        return next(kind for kind in self.settings if scene in kind.SCENES)

    def refuses(self, data: own.Own) -> str:
        """Return why a reader's own data cannot be looked at here, in a sentence; "" where they can."""
        reasons = [refusal(kind, data.scene) for kind in self.settings]
        return "" if "" in reasons else reasons[0]

    @property
    def titles(self) -> dict[str, str]:
        """Return all scenes that can be gone to, by name; a reader's own data are the last, where they can be seen."""
        data = own.current()
        mine = {data.scene: data.title} if data and not self.refuses(data) else {}
        return {name: scene.title for name, scene in self.scenes.items()} | mine

    def at_start(self, scene: str = "", **changes: Any) -> PageSettings:
        """Return a scene's settings, with some of them changed."""
        scene = scene or self.first
        return self.kind_of(scene).at_start(scene, **changes)

    def from_link(self, values: Mapping[str, Any], notes: list[str]) -> PageSettings:
        """Return a link's settings; what they cannot be becomes a note."""
        scene = values.get("scene", self.first)
        if scene == own.NAME:
            scene = self._brought(values.get(own.ROWS, ""), notes)
        return self.kind_of(scene).from_link({**values, "scene": scene}, notes)

    def _brought(self, text: str, notes: list[str]) -> str:
        """Return the scene of the data that a link holds, or that are at hand; the first one, where there are none."""
        try:
            data = own.opened(text)
        except ValueError as error:
            notes.append(f"scene: {error}")
            return self.first
        refused = self.refuses(data)
        if refused:
            notes.append(refused.rstrip("."))
        return self.first if refused else data.scene

    def beside(self, settings: PageSettings, values: Mapping[str, Any], notes: list[str]) -> dict[str, Any]:
        """Return what else a link says of a Memory: where the probe stands, and the pins."""
        across, pins = settings.across, pinning.read(self, values.get("pin", ""), notes)
        return {"pins": pins, "probe": link.Probed(probing.from_link(across, values.get("probe"), notes), across)}

    @cached_property
    def parsers(self) -> dict[str, Callable[[str], Any]]:
        """Return how a link's values are read."""
        read: dict[str, Callable[[str], Any]] = {
            "scene": self._scene,
            own.ROWS: str,
            "probe": probing.READ,
            "pin": str,
        }
        for kind in self.settings:
            read |= {name: one.read for name, one in fields.fields_of(kind).items()}
        return read

    @cached_property
    def lockable(self) -> tuple[str, ...]:
        """Return what a link may lock here: scene, every setting, the probe, pins, drawing, or all."""
        every = (name for kind in self.settings for name in fields.fields_of(kind))
        return ("scene", *dict.fromkeys(every), "probe", "pin", "draw", "all")

    def _scene(self, text: str) -> str:
        """Read the name of a scene; a pin may name data that this session has."""
        return text if text == own.NAME or own.there(text) else link.one_of(tuple(self.scenes))(text)

    # --------------------------------------------------------------------------------------------------- picture
    def view(self, settings: Any, handle: str, news: News | None = None) -> View:
        """Return what is seen along a handle."""
        news = news or News()
        seen = (news.look or self.look)(settings.looked_at(), handle, news.answer)
        if settings.asking and news.part == News.part:
            seen = staged(seen, settings, words(self.page))
        return replace(seen, hides=staging.hides())

    def film(self, settings: Any, handle: str, news: News | None = None) -> Film:
        """Return the film of one handle; without an answer it depends on the settings alone, and is cached."""
        news = news or News()
        look = news.look or self.look
        if news.answer is None:
            there = settings.alone(handle)
            return SHARED.get(_asked(look, news, there, handle), lambda: _film(self, news, there, handle))
        return _film(self, news, settings, handle)

    def films(self, settings: Any, news: News | None = None, handles: Iterable[str] | None = None) -> dict[str, Film]:
        """Return the films of every handle, or of some; whoever moves on ends this between two of them."""
        made = {}
        for handle in settings.handles if handles is None else handles:
            made[handle] = self.film(settings, handle, news)
            breathe()
        return made

    def at_once(self, settings: Any, news: News, released: str) -> tuple[str, ...]:
        """Return the handles whose films the picture waits for: after a release those at hand, its own among them.

        Where the handle stands all films say the same, and no release changes its own.
        """
        if news.answer is not None or news.busy or settings.asks or released not in settings.handles:
            return tuple(settings.handles)
        look = news.look or self.look
        return tuple(
            handle
            for handle in settings.handles
            if handle == released or _asked(look, news, settings.alone(handle), handle) in SHARED
        )

    def picture(self, settings: Any, **state: Any) -> Picture:
        """Return the still part of the picture, with what is to be said of the session."""
        still = self.still(settings, bool(state.get("present")))
        return replace(still, stamp=settings.stamp, probe=None if settings.asks else _offered(still.probe), **state)

    def still(self, settings: Any, present: bool) -> Picture:
        """Return what of the picture no release changes, but for what is told of the session."""
        there = settings.still()
        asked = ("still", self.key, staging.hides(), there, present)
        return SHARED.get(asked, lambda: self.view(there.glanced(), there.handles[0]).picture("", present))

    def sealed(self, settings: Any, picture: Picture, handles: tuple[Handle, ...]) -> bytes:
        """Return the still part of a picture as the browser gets it."""
        asked = ("sealed", self.key, picture.hides, settings.still(), picture.present, picture.probe, handles)
        return SHARED.get(asked, lambda: sealed_still(picture, handles, plotly_chunk()))

    def written(self, settings: Any) -> str:
        """Return the script of exactly this view."""
        text: str = settings.kept("script", "", lambda: self.script(settings))
        return text

    def answered(self, settings: Any) -> News:
        """Return the news of an answer that stands, worked out now unless it is at hand."""
        return first_of(self.work(settings), alone=True) if self.work else News()

    def handles(self, settings: Any) -> tuple[Handle, ...]:
        """Return the handles under the picture with their words."""
        return tuple(self._handle(settings, name) for name in settings.handles)

    def _handle(self, settings: Any, name: str) -> Handle:
        declared = fields.fields_of(settings)[name]
        assert isinstance(declared, fields.Handle)
        values, start = settings.positions(name), settings.began
        label, texts = fields.of(declared.label, settings), declared.texts(settings, name)
        return Handle(
            name,
            (label, "") if isinstance(label, str) else label,
            fields.of(declared.concept, settings),
            tuple(values.tolist()),
            texts,
            all_written(tuple(values.tolist()), texts),
            nearest(values, getattr(start, name)),
            fields.of(declared.ends, settings),
            handle_sentence(words(self.page), settings, name),
            staging.locked(name),
            declared.player,
        )


def refusal(kind: type[PageSettings], scene: str) -> str:
    """Return why a kind of settings cannot show a reader's own data, "" where it can."""
    try:
        kind.scene_of(scene)
    except ValueError as error:
        return str(error)
    return ""


def _offered(probe: Probe | None) -> Probe | None:
    """Return the probe without what a link hides; none where it is locked, or would read what is hidden."""
    if probe is None or staging.locked("probe") or staging.hidden("answer") or staging.hidden("numbers"):
        return None
    return replace(probe, readings=tuple(one for one in probe.readings if not staging.hidden(one.part)))


def _asked(look: Look, news: News, settings: Any, handle: str) -> tuple[Any, ...]:
    """Return what names a film that depends on settings alone."""
    return "film", look.__module__, look.__qualname__, news.part, staging.hides(), settings, handle


def _film(lesson: Lesson, news: News, settings: Any, handle: str) -> Film:
    return pack(lesson.view(settings, handle, news).frames(handle, settings.positions(handle)))


def run(lesson: Lesson) -> None:
    """Show a lesson to the reader of this session."""
    text = words(lesson.page)
    visit = Visit(lesson, link.memory(lesson.key, lesson.parsers, partial(_opened, lesson), lesson.beside), text)
    visit.follow()
    settings = visit.settings
    bar = _open(visit, lesson, settings)
    news = lesson.work(settings) if lesson.work else iter((News(),))
    if settings.asks:
        news = kept_back(news)
    try:
        first = first_of(news, alone=plain(lesson.key))
        films = _first(lesson, visit, first)
    except ValueError as error:  # these data have no answer: the reason and the remedy are the core's
        _refuse(visit, lesson, settings, error, bar)
        return
    speaker = Speaker(text, visit.memory, settings)

    parts: dict[str, Films] = {}

    def said(at: News, made: Films) -> str:
        parts[at.part] = made
        heard, own = speaker.hear(at, made), at.sentence(made)
        return veiled(own or heard, staging.hides(), compared=speaker.compares and not own)

    state = visit.state(first.busy, first.extra, said(first, films)) | {"told": speaker.told, "waits": waits(first)}
    if state["glide"]:
        state["glide"] |= {"said": speaker.compares}
    picture, handles = lesson.picture(settings, **state), lesson.handles(settings)
    late = live_chart(
        picture, handles, films, settings.home(), lesson.key, lesson.sealed(settings, picture, handles),
        visit.moved, visit.stepped, visit.acted, visit.typed, visit.probed, visit.pinned,
        visit.drew,
    )  # fmt: skip
    visit.memory.glide, visit.memory.refused, visit.memory.reveal = None, None, False  # these are told once
    _sent(lesson, visit, first, films, late)
    told = st.container()
    _controls(visit, lesson, settings, bar)
    below, files = (None, None) if visit.present else _below(visit, lesson, settings, picture)
    offer = Offer(files, taken(lesson, settings, text, picture, handles, parts))

    def compare() -> None:
        if visit.memory.pins and not plain(lesson.key):
            _compare(visit, lesson, parts[News.part], speaker.words)

    def settled(at: News) -> None:
        if below is not None and not settings.asks:
            _account(visit, lesson, at.whole(), told, below, offer)
        compare()

    if first.trouble:
        told.error(first.trouble)
    if first.settled:
        settled(first)
    follow = (at for at in news if not plain(lesson.key) or at.settled)
    deliver(
        follow, settings.stamp, settings.home(), lesson.key, lambda at: lesson.films(settings, at),
        settled if not first.settled else lambda at: None, said, visit.memory.epoch,
    )  # fmt: skip
    if lesson.work is None:  # there all that is seen depends on the settings alone
        compare()
    offer.make(first)  # what never settles is whole by now


def _account(
    visit: Visit, lesson: Lesson, at: News, told: DeltaGenerator, below: DeltaGenerator, offer: Offer
) -> None:  # fmt: skip
    """Write what is said under the picture once its answer stands."""
    _complain(told, at)
    if lesson.report and not staging.hides():
        with below:
            lesson.report(visit, visit.settings, at)
    offer.make(at)


def _sent(
    lesson: Lesson, visit: Visit, first: News, films: dict[str, Film], late: Mapping[str, DeltaGenerator]
) -> None:
    """Let others go first, now that the picture is on its way; a teacher hears what it could ask a class."""
    shown()
    classroom.offer(lesson, visit.settings, first)
    _late(lesson, visit, first, films, late)


def _first(lesson: Lesson, visit: Visit, news: News) -> dict[str, Film]:
    """Return the films that the picture is sent with."""
    released, visit.memory.released = visit.memory.released, ""
    handles = lesson.at_once(visit.settings, news, "" if plain(lesson.key) else released)
    return lesson.films(visit.settings, news, handles)


def _late(
    lesson: Lesson, visit: Visit, first: News, films: dict[str, Film], late: Mapping[str, DeltaGenerator]
) -> None:
    """Send the films that the picture has not waited for, into `films` too."""
    settings, home = visit.settings, visit.settings.home()
    with st.container(key="parts-late"):  # always: where elements lie must not depend on it, or buttons are made anew
        for handle, place in late.items():
            breathe()
            films[handle] = lesson.film(settings, handle, first)
            sent = following(
                settings.stamp, {handle: films[handle]}, home, lesson.key, "picture",
                first.busy, "", first.extra, waits(first), visit.memory.epoch, apart=True,
            )  # fmt: skip
            live_late(place, lesson.key, films[handle], sent)


def _compare(visit: Visit, lesson: Lesson, films: Films, words: Mapping[str, str]) -> None:
    """Send the ghost of a pin to the picture that stands, and what differs since."""
    settings, here = visit.settings, visit.pinned_here
    if here and not here.told:
        _fill(here, lesson, films, words)
    pin = None if settings.asks or staging.hidden("answer") else pinning.ghost_of(visit.memory.pins, settings)
    if pin and not pin.told:
        try:
            news = lesson.answered(pin.settings)
            handle = pin.settings.handles[0]
            made = {handle: lesson.film(pin.settings, handle, news)}
        except ValueError:
            news, made = News(trouble="none"), {}
        if news.trouble:
            pin.trouble = True
            return
        _fill(pin, lesson, made, words_at(made, pin.settings.home()))
    if pin is None or pin.told is None:
        return
    drawn = pinning.same_axes(lesson.still(pin.settings, visit.present), lesson.still(settings, visit.present))
    said = pinning.difference(visit.text, pin.told, settings, words)
    differs = pinning.differing(pin.settings, settings) or pinning.label(pin)
    html = veiled(said.html, staging.hides(), compared=True)
    live_pin(settings.stamp, settings.home(), lesson.key, differs, html, pin.ghost if drawn and pin.lines else b"")


def _fill(pin: pinning.Pin, lesson: Lesson, films: Films, words: Mapping[str, str]) -> None:
    """Keep what a complete picture says and shows with its pin."""
    pin.told = Told(pin.settings, dict(words))
    pin.lines = pinning.lines_of(lesson.still(pin.settings, present=False), films, pin.settings.home())


def _refuse(visit: Visit, lesson: Lesson, settings: Any, error: ValueError, bar: Any) -> None:
    """Say in the picture's place why there is none, and leave the controls to change it."""
    st.error(f"There is no answer to show here. {error}")
    _controls(visit, lesson, settings, bar)


def _opened(lesson: Lesson, values: Mapping[str, Any], notes: list[str]) -> PageSettings:
    return opened(lesson.from_link(values, notes), values)


def _open(visit: Visit, lesson: Lesson, settings: Any) -> Any:
    """Write the link, show head and scenes; return the place that is free beside the scenes."""
    link.write(visit.memory, settings.link() | visit.beside, lesson.parsers)
    visit.memory.notes = [*visit.memory.notes, *staging.new_notes(lesson.lockable)]
    question, lead = (f"{part} {settings.kind}".strip() for part in ("question", "lead"))
    head = {"eyebrow": visit.text["eyebrow"], "question": visit.text[question], "lead": visit.text[lead]}
    page_head(head, visit.present, visit.memory.notes)
    titles = lesson.titles | {settings.scene: settings.spec.title}  # a pin may be on data that others followed
    bar = scene_bar(lesson.key, titles, settings.scene, visit.to_scene, visit.present)
    data = own.current()
    if data and not visit.present and not drawing.here(visit):
        own_data(data, lesson.refuses(data))
    return bar


def _controls(visit: Visit, lesson: Lesson, settings: Any, bar: Any) -> None:
    """Show the controls; on a projector, where the picture takes the window, behind a button. Follow a drawing."""
    drawing.follow(visit)
    rows = lesson.controls(settings)
    if not visit.present:
        _rows(visit, lesson, settings, rows)
    elif rows:
        with bar.popover("Settings"):
            _rows(visit, lesson, settings, rows)


def _rows(visit: Visit, lesson: Lesson, settings: Any, rows: Mapping[str, tuple[Control, ...]]) -> None:
    declared = fields.fields_of(settings)
    for key, row in rows.items():
        with st.container(key=key, horizontal=True, vertical_alignment="bottom"):
            for control in row:
                if settings.asks and control in settings.asking.looks:
                    continue  # the question is about one of its values
                if isinstance(control, str):
                    declared[control].show(lesson.key, control, settings, visit.change)
                else:
                    control(visit, settings)
    _offer(visit, settings)


def _offer(visit: Visit, settings: Any) -> None:
    """Offer to hide the answer and to ask, where the page can and has not."""
    if settings.asking and not settings.asks and not settings.guess and not staging.locked("guess"):
        st.button("Guess first", key="guess.first", type="tertiary", icon=":material/help:", on_click=visit.ask)


def _below(visit: Visit, lesson: Lesson, settings: Any, picture: Picture) -> tuple[Any, Any]:
    """Show tries, mathematics, code and share; return the places for a report between them, and for files."""
    text, kind = visit.text, settings.kind
    buttons = {}
    for n, one in enumerate(lesson.tries[kind], start=1):
        bar = visit.named(visit.barred(one.scene, **one.changes))
        buttons[text[" ".join(f"try {kind} {n}".split())]] = (visit.demonstrate, one.goal, bar)
    if not staging.locked("all"):
        try_this(buttons)
    place = st.container()
    if settings.asks:
        st.caption("The mathematics and the code behind this view follow once you have guessed.")
    elif staging.hides():
        st.caption(f"The mathematics and the code behind this view would tell. {note(staging.hides())}")
    else:
        formulas = st.expander(lesson.formulas)
        with formulas:
            told = "mathematics", lesson.key, settings.formulated, *thread.query().items()
            unchanged(formulas, told, lambda: lesson.mathematics(text, settings))
        code_behind(text, lesson.written(settings))
    files = share(lesson, settings, text, picture)
    thread.foot(lesson.page)
    return place, files


def _complain(place: Any, news: News) -> None:
    """Say under the picture what a fit complains about, and whether it had to be made elsewhere."""
    if news.fit is None:
        return
    for complaint in news.fit.diagnostics.complaints:
        place.warning(complaint)
    if news.fit.diagnostics.detour:
        place.info(news.fit.diagnostics.detour)
