"""What a room refuses: words that name the value, the rule and the remedy, and the status that HTTP calls it by."""

from __future__ import annotations


class Refused(ValueError):
    """Something that cannot be done in a room."""

    def __init__(self, words: str, status: int = 400) -> None:
        super().__init__(words)
        self.status = status


def shown(value: object) -> str:
    """Return a value as a refusal quotes it, cut short.

    >>> shown("x" * 100) == "“" + "x" * 40 + "”"
    True
    """
    return f"“{str(value)[:40]}”"
