"""Questions that a reader should be able to answer from the pages: where each is answered, and how far away that is."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field

import numpy as np
import pytest
from apps import open_app, sound
from lessons import LESSONS

from pages._ui.words import words

FIRST = "first screen"  # as the page opens
TRY = "after a try"  # a suggested action leads there
SCENE = "in a scene"  # a named scene of the page shows it
FOLDED = "unfolded"  # under the picture, in a part that one opens


@dataclass(frozen=True)
class Asked:
    """A question, and the sentence that answers it: a pattern, its lesson and the place where it stands."""

    question: str
    door: str
    sentence: str
    place: str = FIRST
    link: dict[str, str] = field(default_factory=dict)
    number: int = 0  # of the try


QUESTIONS: tuple[Asked, ...] = (
    Asked(
        "What does 90 % credible mean, and what not?",
        "linear/posterior",
        r"confidence interval answers another question",
    ),
    Asked("What does 90 % credible mean, and what not?", "linear/map_vs_ridge", r"not the share of repeated data sets"),
    Asked("What does 90 % credible mean, and what not?", "neural/regression", r"no promise about repeated data sets"),
    Asked(
        "What does 90 % credible mean, and what not?", "bayes/updating", r"A confidence interval makes another promise"
    ),
    Asked(
        "What does 90 % credible mean, and what not?",
        "bayes/theorem",
        r"given these studies and this prior",
        TRY,
        number=4,
    ),
    Asked(
        "What if a handle leaves what reweighted draws hold?",
        "linear/posterior",
        r"Pareto k above 0\.7\): let the handle go",
        SCENE,
        {"method": "nuts"},
    ),
    Asked(
        "What if a handle leaves what reweighted draws hold?",
        "neural/regression",
        r"Beyond it, let go: the network is fitted anew",
    ),
    Asked(
        "Is ridge unbiased, or has it the same bias?",
        "linear/map_vs_ridge",
        r"same bias under another name",
        SCENE,
        {"scene": "bias"},
    ),
    Asked(
        "Why can the order of data not matter?", "bayes/updating", r"product does not ask for the order", TRY, number=3
    ),
    Asked(
        "Why can the order of tests not matter?",
        "bayes/theorem",
        r"product does not ask for the order of its factors",
        TRY,
        number=2,
    ),
    Asked(
        "What is Beta(a, b) worth?",
        "bayes/updating",
        r"Beta\(a, b\) is worth a \+ b observations of one kind or the other",
        FOLDED,
    ),
    Asked("Why does the lasso make zeros?", "linear/map_vs_ridge", r"kink at zero", TRY, number=4),
    Asked(
        "Which band closes with data?",
        "linear/posterior",
        r"With more data the credible band closes; the predictive band keeps the noise",
    ),
    Asked("Which band closes with data?", "neural/regression", r"never gets narrower than the noise"),
    Asked(
        "Why is mean-field narrow?",
        "linear/posterior",
        r"punishes probability where the posterior has next to none",
        FOLDED,
        {"method": "vi_meanfield"},
    ),
    Asked("Why is mean-field narrow?", "neural/methods", r"punishes mass where the posterior has none", FOLDED),
    Asked("What is R-hat?", "neural/regression", r"how far the chains differ from each other"),
    Asked("What is R-hat?", "linear/posterior", r"R-hat compares the chains", FOLDED, {"method": "nuts"}),
    Asked(
        "Where are deep ensembles sure?",
        "neural/methods",
        r"agree there almost completely, however unsure the posterior is",
        FOLDED,
    ),
    Asked(
        "What does sigma do when the prior forbids the slope?",
        "linear/posterior",
        r"slope that this prior forbids is counted as noise",
        SCENE,
        {"scene": "stubborn"},
    ),
    Asked(
        "What becomes of the prior after a second test?",
        "bayes/theorem",
        r"The posterior after one test is the prior of the next",
        TRY,
        number=2,
    ),
    Asked("What is a prediction?", "linear/posterior", r"average of every line's own prediction", FOLDED),
    Asked("What is a prediction?", "neural/regression", r"average over all of them, weighted by the posterior", FOLDED),
    Asked(
        "In which interval does a parameter lie?",
        "linear/posterior",
        r"slope -?[\d.]+ ms per night, with 90 % between -?[\d.]+ and [\d.]+",
    ),
    Asked("Why half-Cauchy?", "linear/posterior", r"so heavy that data far from \$?s\$? overrule it", FOLDED),
    Asked(
        "Why half-Cauchy?", "neural/regression", r"allows a noise near zero, and does not rule out a large one", FOLDED
    ),
    Asked("What is warm-up?", "neural/regression", r"Warm-up is what comes before the first draw that counts", FOLDED),
    Asked(
        "When is classical machine learning the better choice?",
        "neural/regression",
        r"one trained network, or boosted trees",
        FOLDED,
    ),
    Asked("Is dropout Bayesian?", "neural/methods", r"Claimed: this is variational inference .* Disputed", FOLDED),
    Asked("Bayesian or probabilistic network?", "neural/regression", r"a probabilistic network has that alone", FOLDED),
    Asked(
        "What is naive Bayes good for, and bad at?",
        "bayes/theorem",
        r"What it is bad at: its probabilities",
        FOLDED,
        {"scene": "iris"},
    ),
    Asked("What is weight decay?", "neural/regression", r"one network \(MAP\) that training with weight decay finds"),
    Asked("What is weight decay?", "linear/map_vs_ridge", r"weight decay is MAP", FOLDED),
    Asked(
        "Why is a network's exact posterior out of reach?",
        "neural/regression",
        r"The exact posterior is out of reach",
        FOLDED,
    ),
)


def _texts(element) -> str:
    """Return the words of an element of the page."""
    said = [getattr(element, name, "") for name in ("value", "label")]
    body = getattr(getattr(element, "proto", None), "body", "")
    options = getattr(element, "options", ())
    return " ".join(str(one) for one in (*said, body, *options) if one is not None)


def _split(block, folded: bool = False) -> tuple[list[str], list[str]]:
    """Return the words that are seen at once, and those that one has to unfold."""
    open_, closed = [], []
    for child in block.children.values():
        inside = folded or getattr(child, "type", "") == "expander"
        (closed if inside else open_).append(_texts(child))
        if hasattr(child, "children"):
            more = _split(child, inside)
            open_ += more[0]
            closed += more[1]
    return open_, closed


def _strings(value) -> list[str]:
    """Return every text within a record, arrays left out."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for each in value.values() for text in _strings(each)]
    if isinstance(value, (list, tuple)):
        return [text for each in value for text in _strings(each)]
    return []


def _picture(lesson, settings) -> str:
    """Return the words of the picture where its handles stand."""
    said = _strings({k: v for k, v in asdict(lesson.picture(settings)).items() if not isinstance(v, np.ndarray)})
    for handle in lesson.handles(settings):
        words = lesson.film(settings, handle.id).words
        here = settings.home()[handle.id]
        said += [*handle.ends, *handle.label, *(texts[min(here, len(texts) - 1)] for texts in words.values() if texts)]
    return " ".join(said)


def plain(text: str) -> str:
    """Return a text without its markup and with single blanks."""
    text = re.sub(r"<[^>]*>|:[a-z]+\[|[\]*`_]", "", text)
    return re.sub(r"\s+", " ", text.replace("\u00a0", " ").replace("’", "'"))


@pytest.fixture(scope="module")
def screens():
    """Return the words of a page opened by a link, or after one of its tries; every page is opened once."""
    seen = {}

    def read(door: str, link: dict[str, str], number: int) -> tuple[str, str]:
        key = (door, tuple(link.items()), number)
        if key not in seen:
            app, lesson = open_app(door, **link), LESSONS[door]
            if number:
                [button] = [b for b in app.button if b.key == f"try.{number - 1}"]
                sound(button.click().run())
            kept = app.session_state[f"memory.{app.session_state['memory.page']}"]
            if kept.settings.asks:  # what a try shows hides until there is a guess
                kept.settings = kept.settings.asked_again(open=False)
                sound(app.run())
            settings = app.session_state[f"memory.{app.session_state['memory.page']}"].settings
            at_once, folded = _split(app.main)
            opening = words(lesson.page).get(settings.opening, "")
            seen[key] = plain(" ".join([*at_once, opening, _picture(lesson, settings)])), plain(" ".join(folded))
        return seen[key]

    return read


@pytest.mark.parametrize("asked", QUESTIONS, ids=lambda asked: f"{asked.door}: {asked.question}")
def test_a_question_is_answered_where_the_table_says(asked, screens):
    at_once, folded = screens(asked.door, asked.link, asked.number)
    assert (asked.place == TRY) == bool(asked.number)
    assert asked.place != FIRST or not asked.link
    where = folded if asked.place == FOLDED else at_once
    assert re.search(asked.sentence, where), f"not there: {asked.sentence}"


def test_most_questions_need_no_unfolding():
    at_once = [asked for asked in QUESTIONS if asked.place != FOLDED]
    assert len(at_once) >= len(QUESTIONS) / 2
