"""The browser's code, sent once a session: one component carries it, the others hand their argument over to it.

Streamlit sends a component's inline code with every message of it, but a message that says the same as in the last run
as a hash. `app.py` sends the code, so that its message is the same on every page.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Callable
from functools import cache

import streamlit as st

from bayes_core.figures.packing import sealed
from pages._ui.staging import without_code
from pages._ui.terms import told
from pages._ui.words import ASSETS, asset

from .again import again

_ROOT = ASSETS / "live"
_ENTRY = "main.js"
SHEETS = (
    "live.css",
    "tables.css",
    "map.css",
    "sets.css",
    "dots.css",
    "ladder.css",
    "net.css",
    "bells.css",
    "chains.css",
    "digits.css",
    "tools.css",
    "draw.css",
    "home.css",
    "mini.css",
    "share.css",
    "terms.css",
    "projector.css",
    "keys.css",
    "guess.css",
    "tour.css",
    "class.css",
    "room.css",
)
_IMPORT = re.compile(r"""\bfrom\s+["'](\.{1,2}/[^"']+)["']""")
_CODE = "bayes_code"


@cache
def component(name: str, html: str | None = None) -> Callable[..., object]:
    """Return a component whose part in the browser is the function of its name that the entry module exports."""
    return st.components.v2.component(name, html=html, js=asset("live/relay.js"), isolate_styles=False)


def send_code() -> None:
    """Send what draws in the browser, unless the link asks for a page without our JavaScript."""
    if not without_code():
        place = st.container(key="code")
        with place:
            again(place, _CODE, lambda: _loader(data=packed()))


_loader = st.components.v2.component(_CODE, js=asset("live/loader.js"), isolate_styles=False)


@cache
def packed() -> bytes:
    """Return the code: modules in the order of their imports, a style sheet, and the glossary."""
    css = "".join(asset(f"live/{name}") for name in SHEETS)
    code = {"modules": modules(), "css": css, "glossary": told()}
    return sealed(json.dumps(code, ensure_ascii=False).encode(), level=9)


def modules(entry: str = _ENTRY) -> list[tuple[str, str]]:
    """Return (name, source) of a module and all that it imports, every module after those that it imports.

    Raises ValueError where modules import each other in a circle.
    """
    found: dict[str, str] = {}

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            raise ValueError(f"{' -> '.join((*path, name))}: modules may not import each other")
        if name in found:
            return
        source = (_ROOT / name).read_text(encoding="utf-8")
        for other in _IMPORT.findall(source):
            visit(posixpath.normpath(posixpath.join(posixpath.dirname(name), other)), (*path, name))
        found[name] = source

    visit(entry, ())
    return list(found.items())
