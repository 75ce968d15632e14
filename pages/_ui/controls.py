"""Controls and furniture that every page uses: head, scenes, native choices, try-this buttons, mathematics."""

from __future__ import annotations

import base64
import html
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

import streamlit as st
from streamlit.delta_generator_singletons import get_dg_singleton_instance

from bayes_core.figures.theme import LIGHT
from bayes_core.figures.thumbnail import thumbnail

from . import own
from .live.again import again, unchanged
from .staging import locked
from .terms import help_on
from .words import asset, coloured

_BESIDE = 12  # choices that stand side by side


def style(present: bool) -> None:
    """Send the style sheets; the presenter view is the same page in larger type."""
    again(get_dg_singleton_instance().event_dg, ("style", present), lambda: st.html(_styled(present)))


@cache
def _styled(present: bool) -> str:
    sheets = ["tokens", "page", "thread"] + (["present"] if present else []) + ["print"]
    return "<style>" + "".join(asset(f"live/{name}.css") for name in sheets) + inks() + "</style>"


def page_head(text: Mapping[str, str], present: bool, notes: list[str]) -> None:
    """Show eyebrow, question and lead, and what was wrong with the link that opened the page."""
    head = st.container(key="head", gap=None)
    with head:
        unchanged(head, ("head", present, *text.values()), lambda: _head(text, present))
    if notes:
        st.html(
            '<p class="linknote" role="status">The link asked for something that is not there; the usual value stands '
            f"in. {coloured('; '.join(notes))}.</p>"
        )


def _head(text: Mapping[str, str], present: bool) -> None:
    if not present:
        st.html(f'<p class="eyebrow">{text["eyebrow"]}</p>')
    st.title(text["question"], anchor=False)
    if not present:
        st.html(f'<p class="lead">{coloured(text["lead"])}</p>')


def scene_bar(page: str, titles: Mapping[str, str], current: str, go: Callable[[str], None], present: bool) -> Any:
    """Show the named scenes of a page; a click goes to one. Return the bar's end, which stays free.

    Every page has a control of its own: what a browser last said of one is no scene of the next.
    """
    key = f"{page}.scene"
    st.session_state[key] = current
    with st.container(key="scenes", horizontal=True, vertical_alignment="center"):
        st.pills(
            "Scene",
            list(titles),
            key=key,
            format_func=titles.__getitem__,
            on_change=lambda: go(st.session_state[key]),
            required=True,
            label_visibility="collapsed",
            disabled=locked("scene"),
        )
        end = st.container(width="content")
        if present:
            st.html('<p class="keys"></p>')  # assets/live/keys.js writes there what it hears
    return end


def own_data(data: own.Own, refused: str) -> None:
    """Show which data the reader brought, what keeps them from being seen here, and the button that lets them go."""
    with st.container(key="own", horizontal=True, vertical_alignment="center"):
        words = f"<b>{html.escape(data.title)}</b>, {data.size}" + (f". {coloured(refused)}" if refused else "")
        drawn = base64.b64encode(thumbnail(data.source).encode()).decode()
        st.html(f'<p class="own"><img alt="" src="data:image/svg+xml;base64,{drawn}"><span>{words}</span></p>')
        st.button("Let them go", key="own.go", type="tertiary", icon=":material/close:", on_click=own.let_go)


def choose(
    label: str,
    page: str,
    name: str,
    options: tuple[Any, ...],
    current: Any,
    change: Callable[..., None],
    words: Callable[[Any], str] = str,
) -> None:
    """Show one choice among a few, or a list where they are many; `change(name=value)` hears. `?lock=` disables it.

    Terms of the field among its words are defined in the control's own help.
    """
    key = f"{page}.{name}"
    st.session_state[key] = current
    shown = st.selectbox if len(options) > _BESIDE else partial(st.segmented_control, required=True)
    shown(
        label,
        options,
        key=key,
        format_func=words,
        on_change=lambda: change(**{name: st.session_state[key]}),
        disabled=locked(name),
        help=help_on((label, *map(words, options))),
    )


def typed(
    change: Callable[..., None],
    page: str,
    label: str,
    name: str,
    shown: str,
    read: Callable[[str], Any],
    longest: int = 40,
    hint: str = "",
    more: Mapping[str, Any] | None = None,
    tall: bool = False,
) -> None:
    """Show a text field, of several lines where it is `tall`.

    What `read` refuses stays in it, with the reason; `change(name=value)` hears the rest.
    """
    key, bad, asked = (f"{page}.{part}.{name}" for part in ("typed", "bad", "asked"))
    if st.session_state.get(asked) != (label, shown):  # another scene, or a value from elsewhere: an old error goes
        st.session_state.pop(bad, None)
        st.session_state[asked] = (label, shown)
    if bad not in st.session_state:
        st.session_state[key] = shown

    def heard() -> None:
        try:
            value = read(st.session_state[key])
        except ValueError as error:
            st.session_state[bad] = str(error)
            return
        st.session_state.pop(bad, None)
        change(**{name: value}, **(more or {}))

    field = partial(st.text_area, height="content") if tall else st.text_input
    field(label, key=key, on_change=heard, disabled=locked(name), max_chars=longest, placeholder=hint)
    if bad in st.session_state:
        st.error(st.session_state[bad])


def try_this(buttons: Mapping[str, tuple[Callable[..., None], dict[str, Any], str]]) -> None:
    """Show buttons that set a scene and say what to watch; what a lock keeps from going there says which."""
    st.subheader("Try this", anchor=False)
    with st.container(key="try"):
        for column, (index, (text, (go, settings, bar))) in zip(
            st.columns(len(buttons)), enumerate(buttons.items()), strict=True
        ):
            told = f"{text}  \n*Not here: the link locks {bar}.*" if bar else text
            column.button(told, key=f"try.{index}", on_click=go, kwargs=settings, width="stretch", disabled=bool(bar))


def coloured_warning(words: str) -> None:
    """Show what is wrong where it happened, in words."""
    st.html(f'<p class="linknote" role="alert">{coloured(words)}</p>')


def code_behind(text: Mapping[str, str], script: str) -> None:
    """Show the runnable script of exactly this view."""
    place = st.expander("The code behind this view")
    with place:
        again(place, ("code", text["code"]), lambda: st.markdown(text["code"]))
        st.code(script, language="python")


def tex(concept: str, formula: str) -> str:
    """Return KaTeX in a concept's colour: written in the light one, which `inks` turns into the theme's on screen."""
    return rf"\textcolor{{{LIGHT[concept]}}}{{{formula}}}"


def inks() -> str:
    """Return the style by which formulas follow the theme, also where it changes later: KaTeX takes no variables.

    >>> inks().splitlines()[3]
    '.katex [style*="color: rgb(160, 90, 0)"] { color: var(--c-prior) !important; }'
    """
    named: dict[str, str] = {}
    for concept, colour in LIGHT.items():
        named.setdefault(", ".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)), concept)
    rules = (
        f'.katex [style*="color: rgb({rgb})"] {{ color: var(--c-{name}) !important; }}' for rgb, name in named.items()
    )
    return "\n".join(rules)


def plain_tex(words: str) -> str:
    """Return words as they stand in KaTeX's text: a reader's own names may hold signs that mean something there.

    >>> plain_tex("a_b & 5 %")
    'a\\\\_b \\\\& 5 \\\\%'
    """
    signs = {sign: f"\\{sign}" for sign in "_&%$#{}"}
    signs |= {"\\": r"$\backslash$", "~": r"$\sim$", "^": r"$\wedge$"}
    return "".join(signs.get(letter, letter) for letter in words)
