"""The script that repeats what the page of images shows."""

from __future__ import annotations

from collections.abc import Mapping

from bayes_core.types import Question

from .settings import RefusalSettings, SketchSettings, WidthSettings
from .settings_answers import FRESH, HEAD_NAMES, HEADS, ROWS, AnswersSettings
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
    "answers": {"humps": r"answers +(\S+)", "length": r"region +(\S+)", "score": r"log score +(\S+)"},
    "refuse": {"refuse.right": r"of these right +(\S+)", "refuse.wrong": r"wrong answers +(\S+)"},
}


_ANSWERS = '''"""What time is it, if the water stands at {here:g} m? By {name}."""
import numpy as np

from bayes_core import Budget, {likelihood_class}, Mlp, Prior, fit
from bayes_core.data.tide import UNITS, tide
from bayes_core.evaluation.outcome_map import held, log_scores, outcome_map

rows = UNITS.dataset(tide({rows}, {seed}))  # numbers near one
answer = fit(rows, Mlp((5,)), "ensemble", Prior(2.0, 1.0), Budget(members=8), seed=1, likelihood={likelihood})
here = outcome_map(answer, UNITS, np.array([{here!r}]), np.linspace(-6.0, 18.0, 481))
print("answers      ", len(here.humps()[0]), "at", here.humps()[0].round(1))
print("90 % region  ", float(here.lengths(0.9)[0].round(1)), "h")
fresh = tide({fresh}, {seed} + 1000)
print("log score    ", float(log_scores(answer, UNITS, fresh).mean()))
'''


def script(settings: Settings | AnswersSettings) -> str:
    """Return a runnable script for exactly these settings; of all methods along the width, MAP's."""
    if isinstance(settings, AnswersSettings):
        likelihood = HEADS[settings.head]
        return _ANSWERS.format(
            here=settings.here, name=HEAD_NAMES[settings.head], seed=settings.seed, rows=ROWS, fresh=FRESH,
            likelihood_class=type(likelihood).__name__, likelihood=repr(likelihood),
        )  # fmt: skip
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
