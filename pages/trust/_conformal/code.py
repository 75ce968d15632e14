"""The script that repeats what the conformal page shows, from nothing but this project's packages."""

from __future__ import annotations

from .forecasts import ABOUT
from .scenes import MOST_DAYS, NEW_DAYS
from .settings import ConformalSettings

_TEMPLATE = '''\
"""{title}: {level:.4g} promised from {days} calibration days, drift {drift:g} min at 20 m/s."""
import numpy as np
from bayes_core import Budget, Bumps, Dataset, Heteroscedastic, Linear, Mlp, Prior, fit, predict
from bayes_core.data import ferry
from bayes_core.data.source import standardised
from bayes_core.data.synthetic import ferry_change
from bayes_core.evaluation.conformal import calibrate, edges, foretold, scored

fitted = ferry({fitted}, seed={seed}, growth={growth}, calmest={calmest}).dataset()
aside = ferry({most}, seed={seed_aside}, growth={growth}).dataset().head({days})
new = ferry({new}, seed={seed_new}, growth={growth}).dataset()

# The forecast, and what it says of days that it has not seen.
answer = fit({seen}, {model}, "{method}", {prior}, {budget}, seed=1{likelihood})


def forecast(x):
    told, _ = foretold(answer, x, [], 0.9{of})
    return told{turned}


# The k-th smallest score of the calibration days makes the band.
found = calibrate(scored(aside.y, forecast(aside.x[:, 0]), "{score}"), {level!r})
print("threshold       ", round(found.threshold, 4), found.reason)
x = new.x[:, 0]
lower, upper = edges(forecast(x), found.threshold, "{score}")
y = new.y + {drift!r} * ferry_change(x)
inside = (lower <= y) & (y <= upper)
print("new days inside ", inside.sum(), "of", len(y))
print("half-width      ", (upper - lower).mean() / 2)
low, high = found.coverage.interval(0.9)
print("calibration sets hold", round(found.coverage.mean, 4), "on average, nine in ten", round(low, 4), round(high, 4))
'''


def script(settings: ConformalSettings) -> str:
    """Return a runnable script for exactly these settings."""
    who, story = settings.who, settings.story
    return _TEMPLATE.format(
        title=settings.spec.title,
        level=settings.level,
        days=int(settings.days),
        drift=settings.drift,
        score=settings.score,
        fitted=story.fitted,
        growth=story.growth,
        calmest=story.calmest,
        most=MOST_DAYS,
        new=NEW_DAYS,
        seed=settings.seed,
        seed_aside=settings.story.seed_aside(settings.seed),
        seed_new=settings.story.seed_new(settings.seed),
        seen="standardised(fitted)" if who.standard else "fitted",
        of=", fitted" if who.standard else "",
        model=who.script,
        method=who.method,
        prior=f"Prior({who.prior.width:g}, {who.prior.noise:g})",
        budget=f"Budget(members={who.budget.members})" if who.method == "ensemble" else "Budget()",
        likelihood=f", likelihood={who.likelihood}" if who.likelihood else "",
        turned=f".turned({ABOUT:g})" if who.turned else "",
    )
