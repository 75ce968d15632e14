"""A table under preparation: which rows are kept, and what is told of all others and of changed values."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bayes_core.checks import FloatArray
from bayes_core.data.upload.account import Account, LeftOut
from bayes_core.data.upload.columns import Column
from bayes_core.data.upload.dates import written
from bayes_core.data.upload.problems import Action, Remedy
from bayes_core.data.upload.table import Table
from bayes_core.data.upload.together import copies
from bayes_core.data.upload.words import number, quoted, several


class Work:
    """A table under preparation: which rows are kept, and what is told of all others and of changed values."""

    def __init__(self, table: Table, accepted: frozenset[Remedy]) -> None:
        """Begin with all rows but those that an accepted remedy drops."""
        self.table, self.accepted = table, accepted
        self.kept = np.ones(len(table.numbers), bool)
        self.left_out: list[LeftOut] = list(table.aside)
        self.changes: list[str] = []
        self.fills: list[tuple[NDArray[np.bool_], str, str]] = []
        if Remedy("keep one of each") in accepted:
            self.leave_out(copies(table.columns), "repeats an earlier row")
        for remedy in sorted((one for one in accepted if one.action == "drop rows"), key=lambda one: one.column):
            rows = {row for p in table.column(remedy.column).problems if p.remedy == remedy for row in p.rows}
            self.leave_out(np.isin(table.numbers, list(rows)), f"{remedy.column} is far out or too large")

    def has(self, action: Action, column: str) -> bool:
        """Return whether a remedy for a column was accepted."""
        return Remedy(action, column) in self.accepted

    def leave_out(self, where: NDArray[np.bool_], reason: str) -> None:
        """Leave out rows (N,) that are still kept, for a reason."""
        where = where & self.kept
        if where.any():
            self.left_out.append(LeftOut(reason, tuple(self.table.numbers[where].tolist())))
            self.kept &= ~where

    def filled(self, one: Column) -> Column:
        """Return a column with its codes counted as missing, and filled in where that was accepted."""
        values = one.values.copy()
        for remedy in sorted(
            (r for r in self.accepted if r.action == "count as missing" and r.column == one.name), key=str
        ):
            where = values == remedy.value
            values[where] = np.nan
            self.changes.append(
                f"{number(float(remedy.value or 0))} counts as missing in {one.name} "
                f"({several(int(where.sum()), 'row')})."
            )
        absent = np.isnan(values)
        known = values[~absent]
        if absent.any() and len(known):
            value = said = None
            if self.has("impute median", one.name):
                if one.levels:
                    raise ValueError(f"{one.name!r} holds words, which have no median: fill in the most common one")
                value = float(np.median(known))
                said = f"the median, {written(value) if one.kind == 'date' else number(value)}"
            elif self.has("impute most common", one.name):
                found, counts = np.unique(known, return_counts=True)
                value = float(found[counts.argmax()])
                said = f"the most common, {quoted(one.levels[int(value)]) if one.levels else number(value)}"
            if value is not None:
                values[absent] = value
                self.fills.append((absent, one.name, said or ""))
                return replace(one, values=values, unread=())
        return replace(one, values=values)

    def leave_out_absent(self, one: Column) -> None:
        """Leave out the rows in which a column has no value."""
        unread = np.zeros(len(self.kept), bool)
        unread[[k for k, _ in one.unread]] = True
        self.leave_out(unread, f"{one.name} is no number")
        self.leave_out(np.isnan(one.values), f"no value of {one.name}")

    def account(self) -> Account:
        """Return where every row went, and what was done to values."""
        for absent, name, said in reversed(self.fills):
            count = int((absent & self.kept).sum())
            if count:
                self.changes.insert(0, f"{several(count, 'cell')} of {name} filled in with {said}.")
        rows = len(self.table.numbers) + sum(len(one.rows) for one in self.table.aside)
        return Account(rows, int(self.kept.sum()), tuple(self.left_out), tuple(self.changes))


def logged(one: Column, work: Work) -> FloatArray:
    """Return the natural logarithm of the kept rows. Raises ValueError where one is not positive."""
    if one.levels or one.kind == "date":
        raise ValueError(f"{one.name!r} is of the kind {one.kind}, which has no logarithm: take the remedy back")
    wrong = np.flatnonzero(work.kept & ~(one.values > 0))
    if len(wrong):
        raise ValueError(
            f"{one.name!r} is {number(float(one.values[wrong[0]]))} in row {work.table.numbers[wrong[0]]}, and only "
            "positive numbers have a logarithm: leave such rows out, or take the remedy back"
        )
    work.changes.append(f"{one.name} is taken as its natural logarithm.")
    logged: FloatArray = np.log(one.values[work.kept])
    return logged


__all__ = ["Work", "logged"]
