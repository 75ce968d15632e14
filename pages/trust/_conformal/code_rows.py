"""The script that repeats what the conformal page shows of a reader's own numbers."""

from __future__ import annotations

from pages._ui.suiting import in_python

from .settings_rows import RowSettings

_TEMPLATE = '''\
"""{title}: {level:.4g} promised from {points} calibration rows."""
import numpy as np
from bayes_core import Budget, Bumps, Dataset, Heteroscedastic, Linear, Mlp, Prior, fit
from bayes_core.data.source import standardised
from bayes_core.data.split import Split
from bayes_core.evaluation.conformal import calibrate, edges, foretold, scored

{data}
every = Dataset.from_arrays(x, y)
fitted = Split.of_rows(standardised(every), {fitted}, {seed}, steady=True).train  # in standard deviations of all rows
rest = Split.of_rows(every, {fitted}, {seed}, steady=True).held_out.head({aside})  # in their own units
answer = fit(fitted, {model}, "{method}", {prior}, {budget}, seed=1{likelihood})

# What is forecast of the rows kept aside: straight lines between 101 places, as in the picture.
places = np.linspace({low!r}, {high!r}, 101)
told, _ = foretold(answer, places, [], 0.9, every)
told = told{turned}.mapped(lambda part: np.interp(rest.x[:, 0], places, part))

# The k-th smallest score of the calibration rows makes the band; the others are tried.
found = calibrate(scored(rest.y, told, "{score}")[:{points}], {level!r})
print("threshold       ", found.threshold, found.reason)
lower, upper = edges(told, found.threshold, "{score}")
inside = ((lower <= rest.y) & (rest.y <= upper))[{points}:]
print("others inside   ", inside.sum(), "of", len(inside))
print("half-width      ", (upper - lower).mean() / 2)
'''


def script(settings: RowSettings) -> str:
    """Return a runnable script for exactly these settings."""
    s, who, rows = settings, settings.who, settings.rows
    data, (low, high) = rows.source.dataset, rows.axes.x_range
    turned = ".turned(float(y.mean()))" if who.turned else ""
    return _TEMPLATE.format(
        title=s.spec.title, level=s.level, points=int(s.points), data=in_python(data), seed=s.seed,
        fitted=rows.fitted, aside=rows.aside, model=who.script, method=who.method, low=low, high=high, score=s.score,
        prior=f"Prior({who.prior.width:g}, {who.prior.noise:g})", turned=turned,
        budget=f"Budget(members={who.budget.members})" if who.method == "ensemble" else "Budget()",
        likelihood=f", likelihood={who.likelihood}" if who.likelihood else "",
    )  # fmt: skip
