"""What is said under a picture: what a scene shows, what a view finds, and what a change did, with before and after.

The page's words hold, for a view called v (`settings.telling`), templates as pages/_ui/sentences.py reads them:

    ## said v            what of it is told after any change: clauses that follow "Prior width 1 → 2: "
    ## said v width      the same, for one setting only
    ## opening v         what is told when the view opens, or when what changed cannot be compared

The head, "Prior width 1 → 2", is made of the setting's own label and words. A handle's move is said by the browser.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import partial
from typing import Any

from bayes_core.figures.hiding import kept_of, note

from . import fields as declared
from . import own
from .asking import HIDDEN
from .link import Memory
from .sentences import Said, bare, render
from .words import CONCEPTS, coloured
from .work.courier import Films, News

WAITING = "The rest is being worked out."
"""Stands behind a sentence whose words are still to come; assets/live/speech.js says the same."""
_HEAD = "\x00"
_BRACES = {ord("{"): "\ue000", ord("}"): "\ue001"}
_MOST = 3  # changes at once that a head can name


@dataclass(frozen=True)
class Told:
    """A complete picture in words, and the settings that it belongs to."""

    settings: Any
    words: Mapping[str, str]


def section(text: Mapping[str, str], names: Iterable[str]) -> str:
    """Return the first section of a page's words that is there, or nothing.

    >>> section({"said paths": "a"}, ("said paths  width", "said  paths"))
    'a'
    """
    return next((text[name] for one in names if (name := " ".join(one.split())) in text), "")


def clauses(text: Mapping[str, str], settings: Any, setting: str) -> str:
    """Return the template of what a view tells after a change of a setting ("" for several)."""
    views = _views(settings)
    names = [name for view in views for name in (f"said {view} {setting}", f"said {view}")]
    return _slotted(section(text, names if views else (f"said {setting}", "said")), settings, setting)


def handle_sentence(text: Mapping[str, str], settings: Any, name: str) -> str:
    """Return the template, as HTML, of what a handle's move says."""
    handle = declared.fields_of(settings)[name]
    assert isinstance(handle, declared.Handle)
    told = clauses(text, settings, name) if settings.telling or settings.asks else ""
    if not told and not settings.asks:
        told = _slotted(section(text, (handle.said or f"said {name}", "said")), settings, name)
    start = _named(handle, settings, "{change value}")
    return _braced(coloured(f"{start}: {told}" if told else f"{start}."))


def finding(template: str, words: Mapping[str, Sequence[str]], size: int) -> tuple[str, ...]:
    """Return what a template (the section "opening <view>") says at every position (size,), as plain text.

    >>> finding("Slope {slope}.", {"slope": ("1", "2")}, 2)
    ('Slope 1.', 'Slope 2.')
    """
    told = coloured(template)
    return tuple(bare(render(told, None, partial(_at, words, v)).html) for v in range(size))


def _at(words: Mapping[str, Sequence[str]], v: int, name: str) -> str | None:
    """Return a word at a position: of all that there are, a sentence asks for a few."""
    texts = words.get(name)
    return texts[min(v, len(texts) - 1)] if texts else None


def _views(settings: Any) -> list[str]:
    """Return the names of a view, from "fit lasso" to "fit"; while a question is open there is none but that."""
    if settings.asks:
        return [f"{settings.kind} asks".strip()]
    parts = settings.telling.split()
    return [" ".join(parts[:n]) for n in range(len(parts), 0, -1)]


def words_at(films: Films, home: Mapping[str, int]) -> dict[str, str]:
    """Return the words of a picture where the handles stand."""
    said: dict[str, str] = {}
    for handle, film in list(films.items())[:1]:
        said = {name: texts[min(home[handle], len(texts) - 1)] for name, texts in film.words.items()}
    return said


def changed(before: Any, after: Any) -> dict[str, tuple[Any, Any]]:
    """Return the settings that differ and can be named, with both values."""
    both = declared.fields_of(after)
    pairs = {f.name: (getattr(before, f.name), getattr(after, f.name)) for f in fields(after) if f.name in both}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1] and declared.of(both[name].label, after)}


def sentence(
    text: Mapping[str, str], before: Told | None, settings: Any, words: Mapping[str, str], redrawn: str = ""
) -> Said:
    """Return what is said of settings and the words of their picture, after the picture `before`.

    `redrawn` is what was changed of the data, where that was the change.
    """
    told = compared(text, before, settings, redrawn)
    if before is None or told is None:
        return opening(text, settings, words)
    said = render(coloured(f"{{head}}: {told}"), before.words.get, {**words, "head": _HEAD}.get)
    moved = changed(before.settings, settings)
    start = _braced(coloured(redrawn or head(before.settings, settings, moved)))  # it may hold any sign
    return Said(said.html.replace(_HEAD, start), said.complete)


def compared(text: Mapping[str, str], before: Told | None, settings: Any, redrawn: str = "") -> str | None:
    """Return the template of what settings changed in the picture `before`, None where the two are not compared."""
    if redrawn:
        alike = before is not None and before.settings.telling == settings.telling and not settings.asks
        return (clauses(text, settings, "") or None) if alike else None
    if before is None or before.settings.measure != settings.measure or before.settings.asks != settings.asks:
        return None
    moved = changed(before.settings, settings)
    told = clauses(text, settings, next(iter(moved)) if len(moved) == 1 else "")
    return told if moved and told and len(moved) <= _MOST else None


def opening(text: Mapping[str, str], settings: Any, words: Mapping[str, str]) -> Said:
    """Return what is said of a picture by itself: the scene's words while it stands as it starts, or the view's."""
    found = view_opening(text, settings)
    if settings.asks and not (found and settings.asking.always):
        return Said(HIDDEN, complete=True)
    if not found or set(settings.link()) <= {"scene", own.ROWS}:
        return scene_words(text, settings, words)
    return render(coloured(found), None, words.get)


def scene_words(text: Mapping[str, str], settings: Any, words: Mapping[str, str]) -> Said:
    """Return a scene's own words; names in braces are words of its picture, as in any other sentence."""
    scene = coloured(text[settings.opening])
    return render(scene, None, words.get) if "{" in scene else Said(scene, complete=True)


def view_opening(text: Mapping[str, str], settings: Any) -> str:
    """Return the template of what a view finds, or nothing."""
    return _slotted(section(text, [f"opening {view}" for view in _views(settings)] or ["opening"]), settings, "")


def head(before: Any, after: Any, moved: Iterable[str]) -> str:
    """Return what changed, from what to what, as Markdown."""
    told = []
    for name in moved:
        field = declared.fields_of(after)[name]
        first, last = (_worded(field, settings, name) for settings in (before, after))
        told.append(_named(field, after, f"{first} → {last}" if first and last and first != last else ""))
    return ", ".join(told)


def valued(settings: Any, name: str) -> str:
    """Return a setting with its value, as plain words: "prior width 0.3"; nothing where the value says nothing."""
    field = declared.fields_of(settings)[name]
    label, value = declared.of(field.label, settings), _worded(field, settings, name)
    return f"{label if isinstance(label, str) else label[0]} {value}" if value else ""


def _worded(field: declared.Field, settings: Any, name: str) -> str:
    """Return a setting's value as a sentence names it; a handle's as it is written beside it."""
    if isinstance(field, declared.Handle):
        return field.texts(settings, name)[settings.home()[name]] if name in settings.handles else ""
    return field.worded(settings, getattr(settings, name))


def _named(field: declared.Field, settings: Any, values: str) -> str:
    """Return a setting's label with its values, a handle's in the colour of its concept."""
    label = "".join(declared.of(field.label, settings)).translate(_BRACES)
    text = f"{label} {values}".strip()
    text = text[:1].upper() + text[1:]
    own = declared.of(getattr(field, "concept", ""), settings)
    colour = next((name for name, concept in CONCEPTS.items() if concept == own), None)
    return f":{colour}[{text}]" if colour else text


def _braced(html: str) -> str:
    """Return HTML in which the braces of a reader's own words are written out: they are no slots."""
    return html.replace("\ue000", "&#123;").replace("\ue001", "&#125;")


def _slotted(template: str, settings: Any, setting: str) -> str:
    for slot, said in settings.slots(setting).items():
        template = template.replace(f"{{{slot}}}", said)
    return template


def veiled(html: str, hides: Collection[str], *, compared: bool = False) -> str:
    """Return a sentence that tells nothing of what is hidden; one that compares has lost the words for it already.

    >>> veiled("Five tests. The slope is <b>3</b>.", ("numbers",))
    'Five tests. Hidden by the link: the numbers.'
    >>> veiled("The answer is much.", ("answer",)), veiled("Width 1 → 2.", ("answer",), compared=True)
    ('Hidden by the link: the answer.', 'Width 1 → 2. Hidden by the link: the answer.')
    """
    if not hides or not html:
        return html
    kept = html if compared else kept_of(html, hides)
    return f"{kept} {note(hides)}".strip()


class Speaker:
    """Says what a reader's last change did, as the words for it come in."""

    def __init__(self, text: Mapping[str, str], memory: Memory, settings: Any) -> None:
        """Take note of a change since the last complete picture."""
        self.text, self.memory, self.settings = text, memory, settings
        self.words: dict[str, str] = {}
        self.last = ""
        if memory.told is not None and memory.told.settings != settings:
            memory.before = memory.told

    @property
    def compares(self) -> bool:
        """Return whether the sentence tells a change, with before and after, where handles move by themselves too."""
        return compared(self.text, self.memory.before, self.settings, self.memory.redrawn) is not None

    @property
    def told(self) -> bool:
        """Return whether the last sentence says more than the scene's own words."""
        return self.last != scene_words(self.text, self.settings, self.words).html

    def hear(self, news: News, films: Films) -> str:
        """Return what is said now, as HTML; nothing if it was said already."""
        self.words |= words_at(films, self.settings.home())
        said = sentence(self.text, self.memory.before, self.settings, self.words, self.memory.redrawn)
        if waits(news):
            html = said.html if said.complete else f"{said.html} {WAITING}".strip()
        else:
            html = said.html
            if not news.trouble:
                self.memory.told = Told(self.settings, dict(self.words))
        again, self.last = html == self.last, html
        return "" if again else html


def waits(news: News) -> bool:
    """Return whether words of the picture may still come."""
    return bool(news.busy or news.extra) and not news.trouble
