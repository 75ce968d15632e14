"""A reader's own data: they go along from page to page, in this session alone, until the reader lets them go.

    keep(source)      from now on every lesson that suits opens on it        current()      what is kept, or None

In settings they are a scene, "yours.<token>"; in the address `scene=yours`, with `rows=` where they fit into a link.
Nothing of them is written to disk, and no other session can ask for them: a token is looked up in the session alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any

from bayes_core.data.source import Source, strongest

from .staging import recalled, remember

NAME = "yours"
"""What the address calls the scene."""
ROWS = "rows"
"""What the address calls the data themselves."""
_KEY = "own"
_BETWEEN = "."
_LONGEST = 2_000
"""Letters of the data in a link: of the rows, and of the axes that a drawing was drawn on."""
_MOST = 40
"""Data sets that a session remembers: pins, and steps back of a drawing, may ask for those before."""
_SIGNS = str.maketrans('<>"{}[]*', "‹›”()()∗")
LARGEST = 2000
"""Rows that a lesson looks at: of more it is a sample, which its pictures and caches can hold."""


@dataclass(frozen=True, eq=False)
class Own:
    """A reader's data as a source, with the text that stands for them in a link, "" where they are too many for one.

    The source has at most LARGEST of all `rows`, drawn by chance with every class or tenth of the target by its share.
    `about` is what they came from (roles, account of the rows), where there is such a thing. `scenes` are the scenes
    that lessons made of them, so that a token always means the same scene.
    """

    source: Source
    token: str
    link: str
    rows: int
    about: Any = None
    scenes: dict[Any, Any] = field(default_factory=dict)

    @property
    def scene(self) -> str:
        """Return the name of the scene in settings."""
        return f"{NAME}.{self.token}"

    @property
    def title(self) -> str:
        """Return what they are called."""
        return self.source.dataset.title or "Your data"

    @property
    def size(self) -> str:
        """Return how many rows lessons look at, and of how many."""
        seen = len(self.source.dataset.y)
        return f"{seen:,} rows" if seen == self.rows else f"{seen:,} of {self.rows:,} rows, drawn at random"


@dataclass
class _Held:
    """What a session remembers: its data by their tokens, the newest last, and those that are current."""

    by_token: dict[str, Own] = field(default_factory=dict)
    current: str = ""


def _held() -> _Held:
    held: _Held | None = recalled(_KEY)
    if held is None:
        remember(_KEY, held := _Held())
    return held


def keep(source: Source, about: Any = None) -> Own:
    """Make a source this session's current data; its names lose the signs that mean something to a page."""
    source = harmless(source)
    held, token = _held(), token_of(source)
    known = held.by_token.pop(token, None)
    made = known if known and (about is None or known.about is about) else _made(source, token, about)
    held.by_token[token] = made
    held.current = token
    while len(held.by_token) > _MOST:
        held.by_token.pop(next(iter(held.by_token)))
    return made


def harmless(source: Source) -> Source:
    """Return a source whose names hold no HTML, no slots of sentences, and no Markdown: anybody can send a link.

    >>> from bayes_core.types import Dataset
    >>> harmless(Source.of(Dataset.from_arrays([1.0, 2], [3.0, 5], feature_names=['<b>"a"']))).axes.x_title
    '‹b›”a”'
    """
    data, axes = source.dataset, source.axes
    dataset = replace(
        data,
        feature_names=tuple(map(plain_name, data.feature_names)),
        target_name=plain_name(data.target_name),
        title=plain_name(data.title),
        classes=tuple(map(plain_name, data.classes)),
    )
    scales = {name: replace(scale, unit=plain_name(scale.unit)) for name, scale in source.scales.items()}
    axes = replace(axes, x_title=plain_name(axes.x_title), y_title=plain_name(axes.y_title))
    made = replace(source, dataset=dataset, axes=axes, scales=scales)
    return made if token_of(made) != token_of(source) else source


def plain_name(name: str) -> str:
    """Return a name without the signs that mean something to a page."""
    return name.translate(_SIGNS)


def _made(source: Source, token: str, about: Any) -> Own:
    data = source.dataset
    if len(data.y) > LARGEST:
        from bayes_core.data.upload import sampled  # noqa: PLC0415 (as below)

        source = replace(source, dataset=sampled(data, LARGEST, seed=0).train)
    return Own(source, token, _link(source), len(data.y), about)


def current() -> Own | None:
    """Return the data that this session looks at now."""
    held = _held()
    return held.by_token.get(held.current)


def set_aside() -> None:
    """Look at no data of the reader's own any more, without forgetting them: pins and a drawing lead back to them."""
    _held().current = ""


def let_go() -> None:
    """Forget all of this session's data."""
    remember(_KEY, _Held())


def is_own(scene: str) -> bool:
    """Return whether a scene of settings is a reader's own data."""
    return scene.startswith(f"{NAME}.")


def named(scene: str) -> Own:
    """Return the data of a scene. Raises ValueError where this session does not have them."""
    found = _held().by_token.get(scene.removeprefix(f"{NAME}."))
    if found is None:
        raise ValueError("these data are not here: they stay with who brought them; bring the file again")
    return found


def there(scene: str) -> bool:
    """Return whether a scene is one of this session's own data."""
    return is_own(scene) and scene.removeprefix(f"{NAME}.") in _held().by_token


def opened(text: str) -> Own:
    """Return the data that a link means: those that it holds, or the current ones. Raises ValueError where none are."""
    now = current()
    if not text:
        if now is None:
            raise ValueError("your own data are not in this link: bring the file, or paste the table, once more")
        return now
    if now is not None and now.link == text:
        return now
    from bayes_core.data.upload import from_link, placed_by  # noqa: PLC0415 (no lesson needs it for its own scenes)

    rows, _, placing = text.partition(_BETWEEN)
    dataset = from_link(rows)
    source = Source.of(dataset, strongest(dataset))
    return keep(placed_by(source, placing) if placing else source)


def token_of(source: Source) -> str:
    """Return 16 hexadecimal digits that tell a source from any other: numbers, names and axes."""
    data = source.dataset
    named = (data.feature_names, data.target_name, data.title, data.classes, source.along, source.axes, source.point)
    return blake2b(f"{data.fingerprint}{named}{source.noise_prior}".encode(), digest_size=8).hexdigest()


def _link(source: Source) -> str:
    from bayes_core.data.upload import as_link, as_placing  # noqa: PLC0415 (no lesson needs it for its own scenes)

    try:
        text = as_link(source.dataset)
    except ValueError:
        return ""
    if source.placed:
        text += _BETWEEN + as_placing(source)
    return text if len(text) <= _LONGEST else ""
