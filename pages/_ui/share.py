"""The share sheet: a link with what it locks and hides, its QR code, and the picture to take away.

The browser makes the link, because only it knows the whole address, and asks for the code of one while the sheet is
open. The sheet is a fragment, so that an answer runs nothing else of the page; a release costs a hash of the message.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from bayes_core.figures.picture import Picture

from . import fields
from .live.code import component
from .live.plain import plain
from .words import words

TOUR = "start/tour"
"""Whose words say how a view is added to a tour."""
MOST = 2900
"""Bytes of a link that a QR code can hold; 2,953 is the end of the largest one."""
DENSE = 61
"""Modules a side from which a code needs a large picture: a phone at the back of a hall tells 61 apart (version 11)."""

_sheet = component("bayes_share", html='<div class="sh"></div>')


@lru_cache(maxsize=64)
def qr(link: str) -> dict[str, Any]:
    """Return a link's QR code as SVG with its quiet zone, and whether it is dense; no SVG where the link is too long.

    >>> code = qr("https://example.org/updating?scene=coin")
    >>> code["link"], code["svg"][:4], code["dense"]
    ('https://example.org/updating?scene=coin', '<svg', False)
    >>> qr("https://example.org/?data=" + "H" * 3000)["svg"]
    ''
    """
    import segno  # noqa: PLC0415 (nobody needs it before a sheet is open)

    if len(link.encode()) > MOST:
        return {"link": link, "svg": "", "dense": True}
    made = segno.make_qr(link, error="l", boost_error=True)
    svg = made.svg_inline(border=4, omitsize=True, dark="#000", light="#fff", svgclass=None, lineclass=None)
    return {"link": link, "svg": svg, "dense": made.symbol_size(border=0)[0] >= DENSE}


def lockable(lesson: Any, settings: Any) -> list[tuple[str, str]]:
    """Return what a link can lock on the page as it is, as (name, label): scenes, handles, and every shown control."""
    declared = fields.fields_of(settings)
    shown = [one for row in lesson.controls(settings).values() for one in row if isinstance(one, str)]
    named = []
    for name in dict.fromkeys([*settings.handles, *shown]):
        field = declared[name]
        if isinstance(field, fields.Choice) and len(field.choices(settings)) < 2:
            continue  # it is not on the page
        named.append((name, "".join(fields.of(field.label, settings))))
    return named


def share(lesson: Any, settings: Any, page: Mapping[str, str], picture: Picture) -> Any:
    """Show the sheet of a picture, closed; return the place for its files. `page` are the lesson's words."""
    text = words("share")
    lead = " ".join(part for part in (text["lead"], page.get("not in the link", "")) if part)
    with st.expander(text["heading"]):
        if plain(lesson.key):
            _link_only(lead)
            return st.empty()
        locks = [("scene", text["lock scene"]), *lockable(lesson, settings)]
        tools = (("probe", picture.probe), ("pin", picture.pins))
        locks += [(name, text[f"lock {name}"]) for name, tool in tools if tool]
        title = page[f"question {settings.kind}".strip()]
        adding = {name: said for name, said in words(TOUR).items() if name.startswith("share ")}
        told = {"words": {**text, **adding, "lead": lead}, "locks": locks, "asks": lesson.can_ask, "title": title}
        _open_sheet(f"{lesson.key}.share", told)
        return st.empty()


def _link_only(lead: str) -> None:
    """Show the link alone, where our JavaScript does not run."""
    st.caption(lead)
    st.code(f"{st.context.url or ''}?{urlencode(st.query_params.to_dict(), safe=',')}", language=None)


@st.fragment
def _open_sheet(key: str, page: Mapping[str, Any]) -> None:
    """Send the sheet, with the code of the link that the browser asks for."""
    asked = (st.session_state.get(key) or {}).get("link")
    code = qr(asked) if isinstance(asked, str) else None
    # bytes, because for a dict Streamlit would first import pandas
    _sheet(key=key, data=json.dumps({**page, "code": code}).encode(), on_link_change=lambda: None)
