"""The script that repeats what the page of images shows."""

from __future__ import annotations

from collections.abc import Mapping

from bayes_core.types import Question

from .settings import RefusalSettings, SketchSettings, WidthSettings
from .work import Settings

_FIT = """from bayes_core import Budget, Prior, fit
from bayes_core.data.images import {reads}
from bayes_core.evaluation.images import {uses}
from bayes_core.models import {model}

fitted, rest = digits()  # 1,438 handwritten digits, and 359 that nobody fits
answer = fit(
    fitted,
    {model}(),
    "{method}",
    prior=Prior(width={width:g}),
    budget=Budget({budget}),
    seed={seed},
)
"""
_REST = "said = asked(answer, {change}(rest.x, {value:g}))\n"
_SKETCH = """picture = from_ink("{ink}")
said = asked(answer, {change}(picture, {value:g}))
print("named           ", int(said.named[0]))
print("entropy, bits   ", f"{{said.total[0]:.2f}}")
"""
_JUDGED = """score = judged(said, rest.y)
print("named right     ", f"{score.right:.4f}")
print("entropy, bits   ", f"{score.total:.2f}")
print("of it mutual    ", f"{score.mutual:.2f}")
print("log score       ", f"{score.log_score:.3f}")
"""
_REFUSED = """found = refused_by(said, rest.y, np.array([{share:g}]) / 100, "{by}")  # the surest are answered
print("of these right  ", f"{{found.right[0]:.4f}}")
print("wrong answers   ", f"{{found.wrong[0]:.0f}}")
"""
PRINTS: Mapping[str, Mapping[str, str]] = {
    "": {"all.right": r"named right +(\S+)", "all.total": r"entropy, bits +(\S+)"},
    "priors": {"grid.map.1": r"named right +(\S+)", "grid.map.3": r"entropy, bits +(\S+)"},
    "sketch": {"own.total": r"entropy, bits +(\S+)"},
    "refuse": {"refuse.right": r"of these right +(\S+)", "refuse.wrong": r"wrong answers +(\S+)"},
}


def script(settings: Settings) -> str:
    """Return a runnable script for exactly these settings; of all methods along the width, MAP's."""
    if isinstance(settings, WidthSettings):
        return _fit(settings.asked("map", settings.wide), "turned", 0.0, "asked, judged") + _JUDGED
    if isinstance(settings, RefusalSettings):
        answered = _REFUSED.format(share=settings.answered, by=settings.by)
        said = _fit(settings.question(), "turned", settings.tilt, "asked, refused_by")
        return f"import numpy as np\n\n{said}{answered}"
    change = "turned" if settings.way == "turn" else "blurred"
    if isinstance(settings, SketchSettings):
        value = getattr(settings, settings.handles[0])
        drawn = _SKETCH.format(ink=settings.ink, change=change, value=value)
        return _fit(settings.question(), change, value, "asked", f"{change}, digits, from_ink", "") + drawn
    return _fit(settings.question(), change, getattr(settings, settings.handles[0]), "asked, judged") + _JUDGED


def _fit(
    question: Question, change: str, value: float, uses: str, reads: str = "", of: str = _REST
) -> str:  # fmt: skip
    unlike = question.budget.unlike_default()
    budget = ", ".join(f"{name}={getattr(question.budget, name)!r}" for name in sorted(unlike))
    names = reads or ", ".join(sorted((change, "digits")))
    return (_FIT + of).format(
        change=change, reads=names, uses=uses, model=type(question.model).__name__, method=question.method,
        width=question.prior.width, budget=budget, seed=question.seed, value=value,
    )  # fmt: skip
