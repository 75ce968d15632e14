"""The script that repeats what the tutorial's scene shows."""

from __future__ import annotations

from .settings_tutorial import BUDGET, FITTED, TutorialSettings

_TEMPLATE = '''\
"""{title}: prior sd {s.width:g}, each flower counted {s.counted:.3g} times."""
from bayes_core import Budget, Mlp, Prior, fit, predict
from bayes_core.data import iris
{more}from bayes_core.evaluation.draw_by_draw import draw_by_draw
from bayes_core.evaluation.mean_losses import number_of_weights, reached, times_counted

{data}
model = Mlp((100,), activation="relu")

# The loss: mean cross-entropy + factor x mean KL. In nats: how often does it count each flower?
counted = times_counted({factor:.12g}, rows=len(data.y), weights=number_of_weights(model, 4, 3))
print("each flower counts      ", round(counted, 2), "times")
budget = Budget(draws={budget.draws}, chains={budget.chains}, steps={s.steps}, kl_weight=1 / counted)
answer = fit(data, model, "vi_meanfield", Prior(width={s.width!r}), budget, seed={s.seed})

told = draw_by_draw(predict(answer, judged.x).probabilities, judged.y)
end = reached(answer)
print("one draw names right    ", told.right.mean().round(4))
print("all draws together      ", round(told.right_together, 4))
print("cross-entropy of a draw ", told.cross_entropy.mean().round(4))
print("KL a weight, nats       ", round(end.kl_a_weight, 3))
print("ELBO, nats              ", round(end.elbo, 1))
print("real (lines) against predicted (columns):", data.classes)
print(told.confusion)
'''


def script(settings: TutorialSettings) -> str:
    """Return a runnable script for exactly these settings."""
    s = settings
    flowers = "iris()" if s.inputs == "cm" else "standardised(iris())"
    parts = f"split = Split.of_rows({flowers}, {FITTED}, seed={s.seed})\ndata, judged = split.train, split.held_out"
    more = "from bayes_core.data.source import standardised\n" if s.inputs == "sd" else ""
    return _TEMPLATE.format(
        title=s.spec.title,
        s=s,
        budget=BUDGET,
        factor=s.factor(),
        more=more + ("from bayes_core.data.split import Split\n" if s.kept_back else ""),
        data=parts if s.kept_back else f"data = judged = {flowers}",
    )
