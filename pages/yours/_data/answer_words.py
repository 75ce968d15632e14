"""What the first answer says in words and numbers, each with the digits that are known."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from bayes_core.data.upload import Prepared
from bayes_core.data.upload.words import number as plain
from bayes_core.evaluation.answer import Forecasts, Line, counted, digits
from bayes_core.figures.answer import against
from bayes_core.intervals import level_words
from pages._ui.words import coloured, filled

_NAME, _END = "\ue000", "\ue001"
"""Around a name of the reader's: what it says is no term of ours."""


def spoken(said: str) -> str:
    """Return coloured words as HTML, in which no number is parted from its per cent sign, and names have no gloss."""
    html = coloured(said.replace(" %", "\u00a0%"))
    return html.replace(_NAME, '<span class="as-brought">').replace(_END, "</span>")


def name(brought: str) -> str:
    """Return a name of the reader's, marked as one."""
    return f"{_NAME}{brought}{_END}"


def effect(prepared: Prepared, found: Line, text: Mapping[str, str]) -> str:
    """Return the one sentence: how the target goes along with an input, and how little that says of one row."""
    made, unit = prepared.made[found.source.along], prepared.unit if not prepared.log_target else ""
    mean, low, high = found.effect
    first, last = digits.ends(*found.size)
    row = digits.ends(*found.one_row)
    kind = ("effect mark" if found.two_sided else "effect") + ("" if found.sure else " either")
    step = "unit" if found.step == 1 and not made.unit else f"{plain(found.step)} {made.unit}".strip()
    return filled(
        text[kind],
        {
            "step": step,
            "input": f"{_NAME}{made.name}{_END}",
            "target": f"{_NAME}{'log ' if prepared.log_target else ''}{prepared.target}{_END}",
            "size": f"{digits.known(abs(mean), low, high)} {unit}".strip(),
            "way": "higher" if mean > 0 else "lower",
            "interval": f"{first} to {last}",
            "level": level_words(found.level),
            "middle": plain(found.middle),
            "low": row[0],
            "high": f"{row[1]} {unit}".strip(),
        },
    )


def shown(prepared: Prepared, told: Forecasts, text: Mapping[str, str]) -> str:
    """Return the chart of what was measured against the forecast, with its key."""
    name, level = prepared.dataset.target_name, level_words(told.level)
    cover = told.coverage
    counts = {
        "total": f"{cover.total:,}",
        "inside": f"{cover.inside:,}",
        "outside": f"{cover.outside:,}",
        "level": level,
        "target": name,
    }
    chart = against(
        told,
        filled(text["held alt"], counts),
        (filled(text["held x"], counts), filled(text["held y"], counts)),
    )
    dots = counted(told.mean[told.covered], told.actual[told.covered]) if cover.inside else None
    many = dots is not None and dots.counted
    inside = filled(text["key inside many"], {"count": f"{dots.largest:,}"}) if dots and many else text["key inside"]
    keys = (
        ("st-bar", filled(text["key bar"], counts)),
        ("st-many" if many else "st-dot", inside),
        ("st-cross", filled(text["key outside"], {"count": counts["outside"], "total": counts["total"]})),
    )
    key = "".join(f'<span><i class="{kind}"></i><span>{escape(said)}</span></span>' for kind, said in keys)
    return f'{chart}<p class="an-key">{key}</p>'
