"""What is seen of two samplers: a stage of their chains, what these say beside it, and how they come to agree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bayes_core.checks import FloatArray
from bayes_core.figures.chains import chains_numbers, chains_stage
from bayes_core.figures.panels import Agreement, Grid, Texts
from bayes_core.figures.view import View
from bayes_core.samplers.account import ENOUGH, R_HAT
from bayes_core.samplers.reference import reference
from bayes_core.samplers.shown import GROWN, Shown
from bayes_core.samplers.targets import Target

from . import readouts

COST = (
    "By evaluations a chain. A leapfrog step, a proposal and a conditional draw count as one each, although a gradient "
    "costs more."
)
GAIN = f"From {ENOUGH} on (dotted), with R-hat below {R_HAT} and no divergence, chains count as converged."
REGIONS = "Regions hold 50\u00a0% and 90\u00a0% of the target."
_ROWS = {
    "draws": "draws after the warm-up",
    "worth": "worth, independent draws",
    "accepted": "acceptance",
    "diverged": "divergences",
    "rhat": "R-hat, the worse of both",
    "verdict": "converged, they say",
}


def chains(
    aim: Target, sides: Sequence[Sequence[Shown]], names: Sequence[tuple[str, str]], traced: int, spent: Texts
) -> View:
    """Return what is seen of two samplers, each at every position or once; names are long and short."""
    exact = reference(aim.name)
    truth = readouts.placed(float(exact.mean[traced]), float(exact.sd[traced]))
    words: dict[str, Texts] = {"spent": spent, "all": tuple(f"{4 * int(one.replace(',', '')):,}" for one in spent)}
    for side, name, along in zip("ab", names, sides, strict=True):
        words |= readouts.told(side, name[1], along) | readouts.means(side, along, traced, truth)
    rows = {row: ((text,), words[f"a.{row}"], words[f"b.{row}"]) for row, text in _ROWS.items()}
    rows["mean"] = ((f"mean {aim.short[traced]}",), words["a.mean"], words["b.mean"])
    return View(
        stage=chains_stage(aim, names, traced),
        numbers=chains_numbers(sides, aim.box, traced),
        words=words,
        facts={
            f"{side}.{name}": np.array([getattr(seen.account, of) for seen in along])
            for side, along in zip("ab", sides, strict=True)
            for name, of in (("worth", "worth"), ("rhat", "r_hat"), ("diverged", "diverged"))
        },
        badge=_badge(sides),
        panels=(
            Grid(
                text="What four chains say",
                columns=(("", ""), *((name[1], "") for name in names)),
                rows=rows,
                after=(
                    "grid.after",
                    (f"A grid says {truth}: the dotted line. Regions hold 50\u00a0% and 90\u00a0% of the target.",),
                ),
            ),
            Agreement(
                text="R-hat as chains grow",
                id="agreement",
                times=GROWN,
                marks=(1.001, R_HAT, 1.1, 2.0),
                good=R_HAT,
                base=1.0,
                lines=(("a.agreement", names[0][1], ""), ("b.agreement", names[1][1], "5 3")),
                values={f"{side}.agreement": _growth(along, 0) for side, along in zip("ab", sides, strict=True)},
                hint=COST,
                alt=_alt(words, "rhat", "R-hat of {} is now {}, of {} {}."),
            ),
            Agreement(
                text="Independent draws as chains grow",
                id="gain",
                presented=False,
                times=GROWN,
                marks=(4.0, 40.0, float(ENOUGH), 4000.0),
                good=float(ENOUGH),
                lines=(("a.gain", names[0][1], ""), ("b.gain", names[1][1], "5 3")),
                values={f"{side}.gain": _growth(along, 1) for side, along in zip("ab", sides, strict=True)},
                hint=GAIN,
                alt=_alt(words, "worth", "Independent draws of {} are now {}, of {} {}."),
            ),
        ),
    )


def _growth(along: Sequence[Shown], of: int) -> FloatArray:
    """Return R-hat (0), as far as the scale goes, or the worth of draws (1) along the run, (V, G)."""
    rows = np.stack([seen.growth[of] for seen in along])
    return np.where(rows > 2.0, 2.0, rows) if of == 0 else rows


def _badge(sides: Sequence[Sequence[Shown]]) -> Texts:
    """Return "sampled" where both samplers have converged, and that they have not where one has not."""
    good = [np.array([seen.account.converged for seen in along]) for along in sides]
    return tuple("sampled" if ok else "not converged" for ok in np.atleast_1d(good[0] & good[1]).tolist())


def _alt(words: dict[str, Texts], what: str, sentence: str) -> Texts:
    names = [words[f"{side}.{name}"] for side in "ab" for name in ("name", what)]
    size = max(map(len, names))
    rows = zip(*(texts if len(texts) == size else texts * size for texts in names), strict=True)
    return tuple(sentence.format(*row) for row in rows)
