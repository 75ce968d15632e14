"""The script that repeats what the calibration page shows."""

from __future__ import annotations

from bayes_core.models import Linear
from bayes_core.types import Model, Prior
from pages._ui.suiting import in_python

from .scenes import Story
from .settings import APART, CalibrationSettings

_HEAD = '''\
"""{title}: {what} {s.temperature:g}, {s.cases:.0f} test {story.many}, {s.bins:.0f} bins."""
import numpy as np

from bayes_core import {names}
{data}
answer = fit(train, {model}, "{s.method}", {prior}{budget}, seed={s.seed})
some = slice(None, None, -(-len(answer.noise) // 400))  # 400 draws are enough
draws = {{site: values[some] for site, values in answer.draws.items()}}
at = np.ones(1)
'''

_BAND = """

def forecasts(rows):
    return BandForecasts.of(rows.y, answer.model.functions(draws, rows.x)[:, :, 0], answer.noise[some])


print("best on others", best_stretch(forecasts(others)))
told = judge_bands(forecasts(test), {s.temperature!r} * at, {s.bins!r} * at, {s.cases!r} * at)
print("kept          ", told.verdict.kept[0], told.verdict.sign(0))
print("log score     ", told.log_score[0], "+-", told.log_score_error[0])

# The same with scoringrules, for the mixture of all draws (CRPS of the first 50 {many}, as the forecast was made).
from scoringrules import crps_mixnorm

f = answer.model.functions(draws, test.x[:50])[:, :, 0]
print("CRPS, first 50 ", crps_mixnorm(test.y[:50], f.T, np.tile(answer.noise[some], (50, 1))).mean())
"""

_CLASSES = """

def logits(rows):
    return predictive_logits(answer.model.functions(draws, rows.x))


print("best on others", best_temperature(logits(others), others.y).value)
forecasts = ClassForecasts.of(logits(test)[:, 0], test.y)
told = judge_classes(forecasts, {s.temperature!r} * at, {s.bins!r} * at, {s.cases!r} * at)
print("kept          ", told.verdict.kept[0], told.verdict.sign(0))
print("log score     ", told.log_score[0], "+-", told.log_score_error[0])
print("ECE           ", told.ece[0], "chance alone gives", told.chance[0])

# The same with scikit-learn.
from sklearn.metrics import brier_score_loss, log_loss

y, p = test.y[: int({s.cases!r})], tempered(logits(test), {s.temperature!r})[: int({s.cases!r}), 1]
print("scikit-learn  ", -log_loss(y, p), brier_score_loss(y, p))
"""


def script(settings: CalibrationSettings) -> str:
    """Return a runnable script for exactly these settings."""
    s, story, band = settings, settings.story, settings.story.task == "band"
    tools = "BandForecasts, best_stretch, judge_bands"
    if not band:
        each = ("ClassForecasts", "best_temperature", "judge_classes", "predictive_logits", "tempered")
        tools = f"({', '.join(each)})"
    head = _HEAD.format(
        title=s.spec.title, what="spread x" if band else "temperature", s=s, story=story, names=_names(story),
        data=_own(s, tools) if story.own else _made(s, tools), model=_model(story.model),
        prior=_prior(story.prior, story), budget=", Budget(draws=100, chains=1)" if band else "",
    )  # fmt: skip
    return head + (_BAND if band else _CLASSES).format(s=s, many=story.many)


def _names(story: Story) -> str:
    if story.task == "classes":
        return "Dataset, Mlp, Prior, fit" if story.own else "Mlp, Prior, fit"
    return "Budget, Dataset, Linear, Prior, fit" if story.own else "Budget, Linear, Polynomial, Prior, fit"


def _made(s: CalibrationSettings, tools: str) -> str:
    """Return the lines that draw the rows of an invented world."""
    seeds = [s.seed + apart for apart in APART.values()]
    parts = zip(("train", "others", "test"), s.story.made, s.story.sizes, seeds, strict=True)
    rows = [f"{name} = {made.format(n=size, seed=seed)}" for name, made, size, seed in parts]
    world = "ferry" if s.story.task == "band" else "moons"
    imports = f"from bayes_core.data import {world}\nfrom bayes_core.evaluation.calibration import {tools}\n"
    return "\n".join([imports, *rows])


def _own(s: CalibrationSettings, tools: str) -> str:
    """Return the lines that part a reader's own rows."""
    source, band = s.story.own, s.story.task == "band"
    assert source is not None
    fitted, others, judged = s.story.sizes
    column = f"x[:, [{source.along}]]" if source.dataset.x.shape[1] > 1 else "x"
    whole = (
        f"Dataset.from_arrays({column}, y)"
        if band
        else (
            f'standardised(Dataset.from_arrays(x, y, task="classification", classes={list(source.dataset.classes)!r}))'
        )
    )
    also = "" if band else "from bayes_core.data.source import standardised\n"
    return (
        f"{also}from bayes_core.data.split import Split\nfrom bayes_core.evaluation.calibration import {tools}\n\n"
        f"{in_python(source.dataset)}\n"
        f"first = Split.of_rows({whole}, {fitted}, {s.seed})\n"
        f"second = Split.of_rows(first.held_out, {others}, {s.seed})\n"
        f"train, others, test = first.train, second.train, second.held_out.head({judged})"
    )


def _model(model: Model) -> str:
    if model == Linear():
        return "Linear()"
    return f"Linear({model.basis!r})" if isinstance(model, Linear) else f"Mlp({getattr(model, 'hidden', ())!r})"


def _prior(prior: Prior, story: Story) -> str:
    if story.task == "classes":
        return f"Prior({prior.width!r})"
    return f"Prior({prior.width!r}, {prior.noise!r}{', noise_known=True' if prior.noise_known else ''})"
