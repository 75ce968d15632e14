"""Names and texts of a reader's table, as they may stand in a page."""

from __future__ import annotations

from html import escape

_LONGEST = 60
_MARKS = "\\`*_{}[]()#+!|<>$~:"


def plain_name(name: str) -> str:
    """Return a name on one line, without control codes, cut where it is long.

    >>> plain_name("a\\nb" + "c" * 99)[-4:]
    'ccc…'
    """
    one = " ".join("".join(c if c.isprintable() else " " for c in name[: 4 * _LONGEST]).split())
    return one if len(one) <= _LONGEST else one[: _LONGEST - 1] + "…"


def as_html(name: str) -> str:
    """Return a name as HTML shows it.

    >>> as_html("<b>rain</b>")
    '&lt;b&gt;rain&lt;/b&gt;'
    """
    return escape(plain_name(name))


def as_label(name: str) -> str:
    """Return a name as Markdown shows it: its own signs mean nothing.

    >>> as_label("*x*")
    '\\\\*x\\\\*'
    """
    return "".join(f"\\{c}" if c in _MARKS else c for c in plain_name(name))
