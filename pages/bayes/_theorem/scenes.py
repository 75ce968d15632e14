"""The scenes of the Bayes' theorem page: tests and their people, two events, and one flower."""

from __future__ import annotations

from dataclasses import dataclass

from pages._ui.settings import Scene

PAGE = "bayes/theorem"
FIRST = "mammography"  # the page's: every other scene is named in its link

# ---------------------------------------------------------------------------------------------------- a test
RATES = ("prevalence", "sensitivity", "specificity")


@dataclass(frozen=True)
class People:
    """What a test's people and results are called."""

    who: str
    yes: str
    no: str
    positive: str
    negative: str


def _test(
    title: str, rates: tuple[float, float, float], rarest: float, people: People, studied: float = 200.0
) -> Scene:
    start = dict(zip(RATES, rates, strict=True)) | {"studied": studied}
    ranges = {"prevalence": (rarest, 0.6), "studied": (10, 100_000)}
    asked = {"prevalence": (0.1,), "specificity": (0.99,)}
    return Scene(title, start, ranges, story=people, asked=asked)


TESTS = {
    "mammography": _test(
        "Mammography", (0.01, 0.8, 0.904), 1e-4, People("women", "ill", "healthy", "positive", "negative")
    ),
    "rare": _test(
        "A rare disease",
        (0.0001, 0.99, 0.99),
        1e-6,
        People("people", "ill", "healthy", "positive", "negative"),
        5000.0,
    ),
    "airport": _test(
        "Airport screening",
        (0.00001, 0.95, 0.998),
        1e-6,
        People("travellers", "armed", "harmless", "alarm", "no alarm"),
        5000.0,
    ),
    "spam": _test(
        "Spam filter", (0.45, 0.32, 0.98), 1e-3, People("mails", "spam", "wanted", "“winner” in it", "no “winner”")
    ),
}

# ------------------------------------------------------------------------------------------------ two events
GIVEN = {
    "A": "pA",
    "B": "pB",
    "A and B": "pAB",
    "B|A": "pBA",
    "A|B": "pAgB",
    "B|not A": "pBnA",
    "A|not B": "pAnB",
}
"""The quantities that can be given, and the fields that hold them."""
EVENTS = {
    "fog": Scene(
        "Rain and fog",
        {"a": "fog", "b": "rain", "given": "A,B|A,B"}
        | {"pA": 0.5, "pB": 0.3, "pAB": 0.1, "pBA": 0.2, "pAgB": 0.35, "pBnA": 0.4, "pAnB": 0.55},
    )
}

# ------------------------------------------------------------------------------------------------- many clues
CLUES = ("sepal length", "sepal width", "petal length", "petal width")
SPECIES = ("setosa", "versicolor", "virginica")
FIELDS = {"sepal length": "sl", "sepal width": "sw", "petal length": "pl", "petal width": "pw"}
REPEATED = "petal length"
"""The clue that can be counted more than once."""
FLOWERS = {
    "iris": Scene(
        "Clue after clue",
        {"sl": 5.9, "sw": 2.8, "pl": 4.9, "pw": 1.6},
        {"sl": (4.0, 8.0), "sw": (2.0, 4.5), "pl": (1.0, 7.0), "pw": (0.1, 2.6)},
    )
}
