"""The script that repeats what the updating page shows."""

from __future__ import annotations

from .settings import UpdatingSettings

_TEMPLATE = '''\
"""{title}: prior mean {centre:g}, worth {worth:g}; {said}."""
import numpy as np
from scipy import stats

from bayes_core.conjugate import {name}, Seen, region

prior = {prior}
seen = {seen}
posterior = prior.learn(seen)
print("mean, sd   ", float(posterior.mean), float(posterior.sd))
pieces = region(posterior, {level:g}, "{how}")
print("interval   ", *(f"{{low}} to {{high}}" for low, high in zip(*pieces) if low == low))
print("evidence   ", float(prior.log_evidence(seen)))

# The same with scipy.
{check}
print("scipy      ", check.mean(), check.std())
'''


def script(settings: UpdatingSettings) -> str:
    """Return a runnable script for exactly these settings."""
    s, now = settings.story, settings.seen_now()
    n, total = float(now.n), float(now.total)
    m, w = settings.centre, settings.worth
    if settings.counted:
        seen = "Seen.flips({}, {})".format(*settings.counted)
    elif n <= 400:
        listed = ", ".join(f"{v:.17g}" if float(f"{v:g}") != v else f"{v:g}" for v in settings.values()[: int(n)])
        seen = f"Seen.of(np.array([{listed}]))"
    else:
        logs = f"{float(now.log_factorials)!r}" if s.family == "gamma" else "0.0"
        scatter = f"{float(now.scatter)!r}"
        seen = f"Seen.sums({n:.0f}, {total!r}, {scatter}, {logs})"
    name = {"beta": "Beta", "gamma": "Gamma", "normal": "Normal"}[s.family]
    prior = f"{name}.around({m!r}, {w!r})"
    if s.family == "beta":
        check = f"check = stats.beta({m!r} * {w!r} + {total!r}, (1 - {m!r}) * {w!r} + {n - total!r})"
    elif s.family == "gamma":
        check = f"check = stats.gamma({m!r} * {w!r} + {total!r}, scale=1 / ({w!r} + {n!r}))"
    else:
        prior = f"Normal({m!r}, {s.noise!r} / np.sqrt({w!r}), {s.noise!r})"
        check = (
            f"precision = ({w!r} + {n!r}) / {s.noise!r}**2\n"
            f"check = stats.norm(({m!r} * {w!r} + {total!r}) / ({w!r} + {n!r}), precision**-0.5)"
        )
    said = f"{n:,.0f} {s.one if n == 1 else s.many} seen"
    return _TEMPLATE.format(
        title=settings.spec.title, centre=m, worth=w, said=said, name=name, prior=prior, seen=seen,
        level=settings.level, how=settings.how, check=check,
    )  # fmt: skip
