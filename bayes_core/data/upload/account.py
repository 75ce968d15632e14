"""Where every row of a file went: used, or left out for a reason."""

from __future__ import annotations

from dataclasses import dataclass

from bayes_core.data.upload.words import places, several


@dataclass(frozen=True)
class LeftOut:
    """Rows of the file, by number, that are not used, and why."""

    reason: str
    rows: tuple[int, ...]

    def sentence(self) -> str:
        """Say how many rows, which ones and why.

        >>> LeftOut("no value of age", (3, 9)).sentence()
        '2 rows: no value of age (rows 3 and 9)'
        """
        return f"{several(len(self.rows), 'row')}: {self.reason} ({places('row', self.rows)})"


@dataclass(frozen=True)
class Account:
    """Rows in = rows used + rows left out, each for one reason; `changes` are sentences on what was done to values.

    Raises ValueError where the numbers do not add up, or a row is left out twice.

    >>> Account(5, 4, (LeftOut("no value of age", (3,)),)).sentence()
    '5 rows = 4 used + 1 left out. 1 row: no value of age (row 3).'
    """

    rows: int
    used: int
    left_out: tuple[LeftOut, ...] = ()
    changes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Check the sum."""
        out = [row for one in self.left_out for row in one.rows]
        if len(set(out)) < len(out) or self.used + len(out) != self.rows:
            raise ValueError(
                f"{self.rows} rows are not {self.used} used and {len(out)} left out: name every row once, with a reason"
            )

    def sentence(self) -> str:
        """Say what became of the rows and the values."""
        out = self.rows - self.used
        first = f"{several(self.rows, 'row')} = {self.used:,} used + {out:,} left out."
        if not out:
            first = "The one row is used." if self.rows == 1 else f"All {several(self.rows, 'row')} are used."
        return " ".join([first, *(f"{one.sentence()}." for one in self.left_out), *self.changes])


__all__ = ["Account", "LeftOut"]
