"""Which roles a column can have, and which remedies go with a role."""

from __future__ import annotations

from collections.abc import Mapping

from bayes_core.data.upload import Column, Problem, Remedy, Table

MAKE_INPUTS = ("one-hot", "as days")
"""Remedies without which a column of their kind cannot be an input."""
_FILL = ("impute median", "impute most common")


def roles(column: Column) -> tuple[str, ...]:
    """Return what a column can be."""
    if column.kind in ("text", "id", "constant"):
        return ("left out",)
    if column.kind == "date":
        return ("input", "left out")
    return ("target", "input", "left out")


def at_once(column: Column) -> bool:
    """Return whether a column can be an input as it is."""
    return column.kind in ("number", "yes-no")


def offered(remedy: Remedy, role: str) -> bool:
    """Return whether a remedy is any use for a column in its role."""
    if role == "target":
        return remedy.action not in (*_FILL, *MAKE_INPUTS, "leave out")
    if role == "left out":
        return remedy.action in MAKE_INPUTS
    return True


def fitting(
    accepted: Mapping[Remedy, Problem], table: Table, name: str, role: str, target: str | None
) -> dict[Remedy, Problem]:
    """Return the accepted remedies that still hold once a column has a new role; a role may bring its own.

    Whoever makes a date or words an input asks for days or columns of 0 and 1: there is no other way.
    """
    kept = {
        remedy: problem
        for remedy, problem in accepted.items()
        if (remedy.column != name or (role != "left out" and remedy.action != "leave out" and offered(remedy, role)))
        and (remedy.action != "as classes" or remedy.column == target)
        and not (remedy.column == target and not offered(remedy, "target"))
    }
    if role == "input":
        needed = (p for p in table.column(name).problems if p.remedy.action in MAKE_INPUTS)
        kept |= {problem.remedy: problem for problem in needed}
    return kept
