"""What the buttons of the Bayes' theorem page lead to, and where its scripts print the numbers of its pictures."""

from __future__ import annotations

from pages._ui.lesson import Try

TRIES = {
    "test": (  # what the buttons say is true of this scene
        Try("mammography", {"prevalence": 0.1}, "prevalence"),
        Try("mammography", {"view": "again", "results": "++"}),
        Try("mammography", {"specificity": 0.99}, "specificity"),
        Try("mammography", {"view": "unsure"}),
    ),
    "event": (
        Try("fog", {"given": "A,B|A,B|not A", "pA": 0.05}, "pA"),
        Try("fog", {"given": "A,B|A"}),
        Try("fog", {"given": "A,A and B", "pAB": 0.7}, "pAB"),
        Try("fog", {"given": "A,B|A,B|not A", "pBA": 0.3, "pBnA": 0.3}, "pBnA"),
    ),
    "clue": (
        Try("iris", {"copies": 4, "pl": 4.8, "pw": 1.7}),
        Try("iris", {"pl": 4.8, "pw": 1.7}, "pl"),
        Try("iris", {"pl": 5.5, "pw": 0.8}, "pw"),
        Try("iris", {"pl": 1.4, "pw": 0.2, "sl": 5.0, "sw": 3.4}, "pl"),
    ),
}
"""By the kind of scene; what the buttons say is true of the scenes that they go to."""
PRINTS = {
    "test": {"answer": r"P\(yes \| positive\) +(\S+)", "npv": r"P\(no \| negative\) +(\S+)"},
    "event": {
        "answer": r"P\(A\|B\) +(\S+)",
        "q.A and B": r"P\(A and B\) +(\S+)",
        "q.A or B": r"P\(A or B\) +(\S+)",
    },
    "clue": {"naive.1": r"scikit-learn, once +\[ *\S+ +(\S+)", "honest.1": r"correlations known +\[ *\S+ +(\S+)"},
}
