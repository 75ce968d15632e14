"""The script that repeats what the page of classes shows."""

from __future__ import annotations

from bayes_core.inference import METHODS
from bayes_core.types import Dataset
from pages._ui.suiting import in_python

from . import code_tutorial
from .settings import BUDGET, ClassesSettings
from .settings_tutorial import TutorialSettings
from .views import SURE

_TEMPLATE = '''\
"""{title}: prior width {s.width:g}, {model}, answered by {s.method}."""
{imports}
{data}
model = {model}
{budget}answer = fit(data, model, "{s.method}", Prior(width={s.width!r}){asked}, seed={s.seed})

# Two inputs over the picture, all others at their mean, which is 0.
plane = Plane({plane.columns}, {plane.x_range}, {plane.y_range}, {plane.rest})
found = class_map(answer, plane.places({side}))
print("share of the picture where one class has {sure:g} % or more", found.share_surer({limit}))
print("predictive entropy, mean   ", found.total.mean().round(3), "bits")
print("of it mutual information   ", found.mutual.mean().round(3), "bits")

# At one place: what each draw says, and what they say together.
p = predict(answer, plane.at({ring[0]}, {ring[1]})).probabilities[:, 0]
print("classes             ", data.classes)
print("posterior           ", p.mean(0).round(3))
print("first draws         ", p[:5].round(2).tolist())
print("badge               ", answer.diagnostics.badge)
'''


def script(settings: ClassesSettings | TutorialSettings) -> str:
    """Return a runnable script for exactly these settings."""
    if isinstance(settings, TutorialSettings):
        return code_tutorial.script(settings)
    s = settings
    model = "Linear()" if s.model == "line" else f"Mlp(({s.units},))"
    name = model.partition("(")[0]
    source, data = _data(s)
    names = ", ".join(sorted({"Budget", "Prior", "fit", "predict", name}, key=lambda n: (n.islower(), n)))
    imports = (
        f"from bayes_core import {names}\n{source}\nfrom bayes_core.evaluation.class_map import Plane, class_map\n"
    )
    reads = [part for part in ("draws", "chains", "steps", "members") if part in METHODS[s.method].reads]
    told = ", ".join(f"{part}={getattr(BUDGET, part)}" for part in reads)
    budget = f"budget = Budget({told})\n" if told else ""
    return _TEMPLATE.format(
        title=s.spec.title, s=s, model=model, imports=imports, data=data, budget=budget,
        asked=", budget" if budget else "", plane=s.plane(), side=64 if len(s.dataset().classes) == 2 else 52,
        sure=100 * SURE, limit=SURE, ring=s.story.ring,
    )  # fmt: skip


def _data(s: ClassesSettings) -> tuple[str, str]:
    if s.story.own is not None:
        return _own(s, s.story.own.dataset)
    if not s.story.world:
        return (
            "from bayes_core.data import iris\nfrom bayes_core.data.source import standardised",
            "data = standardised(iris())",
        )
    wrong = f", mislabelled={s.mislabelled!r}" if s.mislabelled else ""
    asked = f'"{s.story.world}", n={s.story.points}, seed={s.seed}{wrong}'
    return "from bayes_core.data import load", f"data = load({asked})"


def _own(s: ClassesSettings, rows: Dataset) -> tuple[str, str]:
    """Return the lines that make a reader's own rows, in standard deviations."""
    imports = "from bayes_core import Dataset\nfrom bayes_core.data.source import standardised"
    made = f'Dataset.from_arrays(x, y, task="classification", classes={list(rows.classes)!r})'
    if s.story.drawn:  # in the units of the map that they were drawn on
        imports, lines = "from bayes_core import Dataset", f"{in_python(rows)}\ndata = {made}"
    else:
        lines = f"{in_python(rows)}\ndata = standardised({made})"
    if s.story.sampled:
        imports += "\nfrom bayes_core.data.split import Split"
        lines += f"\ndata = Split.of_rows(data, {s.story.points}, {s.seed}).train  # as many as are soon sampled"
    return f"import numpy as np\n{imports}", lines
