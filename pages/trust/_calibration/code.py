"""The script that repeats what the calibration page shows."""

from __future__ import annotations

from .scenes import JUDGED, OTHERS, TRAINED
from .settings import CalibrationSettings

_BAND = '''\
"""{title}: spread x {s.temperature:g}, {s.cases:.0f} test days, {s.bins:.0f} bins."""
import numpy as np

from bayes_core import Budget, Linear, Polynomial, Prior, fit, predict
from bayes_core.data import ferry
from bayes_core.evaluation.calibration import BandForecasts, best_stretch, judge_bands

train = ferry({trained}, {s.seed}, {made[0]}).dataset()
others = ferry({others}, {other_seed}, {made[1]}).dataset()
test = ferry({judged}, {test_seed}, {made[2]}).dataset()
model = {model}
answer = fit(train, model, "{s.method}", {prior}, Budget(draws=100, chains=1), seed={s.seed})


def forecasts(days):
    return BandForecasts.of(days.y, predict(answer, days.x).f[:, :, 0], answer.noise)


print("best on others", best_stretch(forecasts(others)))
at = np.ones(1)
told = judge_bands(forecasts(test), {s.temperature!r} * at, {s.bins!r} * at, {s.cases!r} * at)
print("kept          ", told.verdict.kept[0], told.verdict.sign(0))
print("log score     ", told.log_score[0], "+-", told.log_score_error[0])

# The same with scoringrules, for a Gaussian mixture (CRPS of the first 50 days).
from scoringrules import crps_mixnorm

f = predict(answer, test.x[:50]).f[:, :, 0]
middle = np.median(f, axis=0)
print("CRPS, 50 days ", crps_mixnorm(test.y[:50], f.T, np.tile(answer.noise, (50, 1))).mean())
'''


def script(settings: CalibrationSettings) -> str:
    """Return a runnable script for exactly these settings."""
    s, story = settings, settings.story
    basis = getattr(story.model, "basis", None)
    model = f"Linear({basis!r})" if basis is not None else "Linear()"
    known = ", noise_known=True" if story.prior.noise_known else ""
    return _BAND.format(
        title=s.spec.title, s=s, trained=TRAINED, others=OTHERS, judged=JUDGED, made=story.made, model=model,
        prior=f"Prior({story.prior.width!r}, {story.prior.noise!r}{known})",
        other_seed=s.seed + 2000, test_seed=s.seed + 1000,
    )  # fmt: skip
