"""What this session has on its desk: the study, what was pasted, which way in is open, and what went wrong where.

All of it lies in the session's own state, apart from any widget: it outlives a change of page and a lost connection,
is never written anywhere, and no other session can see it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from bayes_core.data.kiosk import kiosk
from bayes_core.data.upload import MOST_BYTES, Remedy, dataset_as_csv
from pages._ui import own

from .study import Study

_KEY = "yours.desk"
SAMPLE = "Saturdays at the kiosk"
PASTED = "Pasted table"


@dataclass
class Desk:
    """What stands there; `trouble` says what went wrong, by the place where it is shown.

    `all_shown` says whether the cards of all columns are, `kept` whether the lessons were given the data, and `turn`
    counts the desks of this session, so that a new one has new widgets.
    """

    study: Study | None = None
    pasted: str = ""
    way: str | None = "file"
    trouble: dict[str, str] = field(default_factory=dict)
    all_shown: bool = False
    kept: bool = False
    turn: int = 0

    def put(self, study: Study) -> None:
        """Put a study here, and hand its data to the lessons."""
        if self.study is None or study.content is not self.study.content:
            self.all_shown = False
        self.study, self.trouble = study, {}
        if study.source is not None:
            own.keep(study.source, about=study.prepared)
            self.kept = True


def desk() -> Desk:
    """Return this session's desk."""
    found: Desk = st.session_state.setdefault(_KEY, Desk())
    return found


def welcome() -> None:
    """Clear the desk where the reader let the data go on another page."""
    if desk().kept and own.current() is None:
        let_go()


def _try(where: str, make: Callable[[], Study]) -> bool:
    """Put a study on the desk; what cannot be made leaves it as it was, with the reason where it was asked for."""
    here = desk()
    try:
        here.put(make())
    except ValueError as error:
        here.trouble = {where: str(error)}
        return False
    return True


def take_file(key: str) -> None:
    """Read the file that was dropped or chosen."""
    file, here = st.session_state.get(key), desk()
    here.trouble.pop("file", None)
    if file is None:
        return
    if file.size > MOST_BYTES:
        here.trouble = {"file": f"{file.name} has {size(file.size)}: at most {size(MOST_BYTES)} can be read"}
        return
    if _try("file", lambda: Study.brought(file.getvalue(), file.name, "file")):
        here.way = None


def take_paste(key: str) -> None:
    """Read what was pasted; it stays in its field."""
    here = desk()
    here.pasted = st.session_state.get(key) or ""
    here.trouble.pop("paste", None)
    if here.pasted.strip():
        _try("paste", lambda: Study.brought(here.pasted, PASTED, "paste"))


def take_sample() -> None:
    """Read the made-up table."""
    if _try("file", lambda: Study.brought(kiosk().encode(), f"{SAMPLE}.csv", "sample")):
        desk().way = None


def go(way: str | None) -> None:
    """Open a way in, or close it."""
    here = desk()
    here.way = way
    here.trouble = {}


def correct(**parts: object) -> None:
    """Read the same content otherwise."""
    study = desk().study
    if study is not None:
        _try("reading", lambda: study.read_as(**parts))


def change(make: Callable[[Study], Study]) -> None:
    """Make a choice on the study."""
    study = desk().study
    if study is not None:
        _try("choice", lambda: make(study))


def typed_unit(name: str, unit: str) -> None:
    """Give a column the unit that was typed on its card; what is no unit is named there, and stays there."""
    study = desk().study
    if study is not None:
        _try(f"unit.{name}", lambda: study.with_unit(name, unit))


def accept(remedy: Remedy) -> None:
    """Accept a proposal."""
    change(lambda study: study.accept(remedy))


def undo(remedy: Remedy) -> None:
    """Take a proposal back."""
    change(lambda study: study.undo(remedy))


def show_all() -> None:
    """Show the cards of all columns."""
    desk().all_shown = True


def open_drawn() -> None:
    """Read as a table what the lessons look at now."""
    drawn = own.current()
    if drawn is not None:
        made = dataset_as_csv(drawn.source.dataset).encode()
        stands = _try("draw", lambda: Study.brought(made, f"{drawn.title}.csv", "draw"))
        desk().way = None if stands else "draw"


def use_these() -> None:
    """Let the lessons look at this table again."""
    study = desk().study
    if study is not None:
        desk().put(study)


def let_go() -> None:
    """Forget everything: what was brought, what was pasted, and what the lessons look at."""
    st.session_state[_KEY] = Desk(turn=desk().turn + 1)
    own.let_go()


def size(count: int) -> str:
    """Return a number of bytes as it is read.

    >>> size(258_400), size(20_000_000), size(812)
    ('258 kB', '20 MB', '812 bytes')
    """
    if count < 1000:
        return f"{count} bytes"
    return f"{count / 1000:,.0f} kB" if count < 1_000_000 else f"{count / 1_000_000:,.0f} MB"
