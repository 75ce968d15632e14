"""How the reader says numbers, rows and values in its sentences."""

from __future__ import annotations

from collections.abc import Sequence


def number(value: float) -> str:
    """Return a number as it is read: whole ones with commas, others in five digits.

    >>> number(4898), number(0.123456), number(-999.0), number(1e300)
    ('4,898', '0.12346', '−999', '1e+300')
    """
    text = f"{value:,.0f}" if float(value).is_integer() and abs(value) < 1e15 else f"{value:.5g}"
    return text.replace("-", "−", 1) if text.startswith("-") else text


def several(count: int, one: str, many: str = "") -> str:
    """Return a count with its word.

    >>> several(1, "row"), several(2000, "row"), several(3, "category", "categories")
    ('1 row', '2,000 rows', '3 categories')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def places(one: str, numbers: Sequence[int], total: int | None = None, most: int = 4) -> str:
    """Return the first places by name, and how many more there are.

    >>> places("row", [7]), places("row", [7, 9]), places("row", range(2, 100))
    ('row 7', 'rows 7 and 9', 'rows 2, 3, 4, 5 and 94 more')
    """
    total = len(numbers) if total is None else total
    if total == 1:
        return f"{one} {numbers[0]}"
    shown = [str(k) for k in numbers[:most]]
    last = f"{total - len(shown):,} more" if total > len(shown) else shown.pop()
    return f"{one}s {', '.join(shown)} and {last}"


def quoted(text: str, most: int = 30) -> str:
    """Return a cell in quotes, cut where it is long, without line ends and control codes.

    >>> quoted("n.v."), quoted("a" * 99, 5)
    ('"n.v."', '"aaaa…"')
    """
    one = "".join(c if c.isprintable() else " " for c in text[: 4 * most])
    one = " ".join(one.split())
    return f'"{one if len(one) <= most else one[: most - 1] + "…"}"'


def listed(words: Sequence[str]) -> str:
    """Return words as a list that is read.

    >>> listed(["a"]), listed(["a", "b", "c"])
    ('a', 'a, b and c')
    """
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def some(words: Sequence[str], joined: str = "and") -> str:
    """Return the first of many words, and how many more there are.

    >>> some(["a", "b"]), some(["a", "b"], "or"), some(list("abcdefg"))
    ('a and b', 'a or b', 'a, b, c, d and 3 more')
    """
    shown = list(words) if len(words) <= 5 else [*words[:4], f"{len(words) - 4} more"]
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} {joined} {shown[-1]}"


def called(name: str, most: int = 40) -> str:
    """Return a name in the quotes of a sentence, cut where it is long.

    >>> called("Prices 2020")
    '“Prices 2020”'
    """
    return f"“{quoted(name, most)[1:-1]}”"
