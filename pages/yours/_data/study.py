"""What one reader brought and chose so far: the table, how it was read, roles, and the remedies that were accepted.

A study never changes: every choice makes another. What was read stays as it was until a new reading stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from bayes_core.data.source import Source, strongest
from bayes_core.data.upload import Column, Prepared, Problem, Remedy, Table, prepare, read

from . import choices

NO_TARGET = "no column is the target: choose what is to be predicted"


@dataclass(frozen=True, eq=False)
class Study:
    """A table with the choices made on it; `accepted` holds each remedy with the problem that it answers.

    `way` is how it came, `along` the column that the reader wants to look along, "" for the strongest, `units`
    what was typed on the cards.
    """

    content: bytes | str
    name: str
    way: str
    table: Table
    target: str | None
    inputs: tuple[str, ...]
    accepted: Mapping[Remedy, Problem] = field(default_factory=dict)
    along: str = ""
    units: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def brought(cls, content: bytes | str, name: str, way: str) -> Study:
        """Return what is understood of a file or a paste, with the roles that are proposed.

        Raises ValueError with the reason for what is no table.
        """
        table = read(content, title=_title(name))
        return cls(content, name, way, table, table.target, table.inputs)

    def read_as(self, **parts: Any) -> Study:
        """Return the same content read otherwise; choices stay for the columns that are still the same.

        Raises ValueError for a reading that makes no table of it.
        """
        if parts.get("decimal") == self.table.reading.thousands:
            parts["thousands"] = ""  # one sign cannot be both
        table = read(self.content, replace(self.table.reading, **parts), self.table.title)
        fresh = replace(self, table=table, target=table.target, inputs=table.inputs, accepted={}, along="")
        if table.names != self.table.names:
            return replace(fresh, units={})
        for name, unit in self.units.items():
            table = table.with_unit(name, unit)
        fresh = replace(fresh, table=table)
        pairs = zip(table.columns, self.table.columns, strict=True)
        same = {new.name for new, old in pairs if new.kind == old.kind}
        inputs = {name for name in table.names if name in (self.inputs if name in same else table.inputs)}
        target = self.target if self.target in {*same, None} else table.target
        kept = {remedy: p for remedy, p in self.accepted.items() if remedy.column in {*same, ""}}
        return replace(fresh, target=target, inputs=self._in_order(inputs - {target}), accepted=kept, along=self.along)

    # --------------------------------------------------------------------------------------------------- choices
    def role(self, name: str) -> str:
        """Return what a column is now."""
        return "target" if name == self.target else "input" if name in self.inputs else "left out"

    def with_role(self, name: str, role: str) -> Study:
        """Return the study with another role of a column; a former target becomes an input, if it can be one."""
        column, inputs, target = self.table.column(name), {*self.inputs} - {name}, self.target
        if role not in choices.roles(column):
            raise ValueError(f"{name!r} is of the kind {column.kind} and cannot be {role}")
        if role == "target":
            if target not in (None, name) and choices.at_once(self.table.column(str(target))):
                inputs |= {str(target)}
            target = name
        elif target == name:
            target = None
        if role == "input":
            inputs |= {name}
        accepted = choices.fitting(self.accepted, self.table, name, role, target)
        return replace(self, target=target, inputs=self._in_order(inputs), accepted=accepted)

    def accept(self, remedy: Remedy) -> Study:
        """Return the study with one proposal accepted."""
        problem = next((one for _, one in self.open() if one.remedy == remedy), None)
        if problem is None:
            return self
        accepted, inputs = {**self.accepted, remedy: problem}, {*self.inputs}
        if remedy.action == "leave out":
            inputs -= {remedy.column}
        elif remedy.action in choices.MAKE_INPUTS:
            inputs |= {remedy.column}
        return replace(self, inputs=self._in_order(inputs), accepted=accepted)

    def undo(self, remedy: Remedy) -> Study:
        """Return the study with one accepted proposal taken back, and the column's role as it was before."""
        accepted, inputs = {k: v for k, v in self.accepted.items() if k != remedy}, {*self.inputs}
        if remedy.action == "leave out" and self.role(remedy.column) == "left out":
            inputs |= {remedy.column}
        elif remedy.action in choices.MAKE_INPUTS:
            inputs -= {remedy.column}
        return replace(self, inputs=self._in_order(inputs), accepted=accepted)

    def looking_along(self, name: str) -> Study:
        """Return the study looked at along one of its inputs."""
        return replace(self, along=name)

    def with_unit(self, name: str, unit: str) -> Study:
        """Return the study with a unit that the reader typed. Raises ValueError for what is no unit."""
        table = self.table.with_unit(name, unit)
        return replace(self, table=table, units={**self.units, name: table.column(name).unit})

    def _in_order(self, names: set[str]) -> tuple[str, ...]:
        return tuple(name for name in self.table.names if name in names)

    # -------------------------------------------------------------------------------------------------- problems
    @cached_property
    def together(self) -> tuple[Problem, ...]:
        """Return what this choice of target and inputs brings with it."""
        return self.table.problems_of(self.target, self.inputs) if self.target and self.inputs else ()

    def open(self) -> tuple[tuple[str, Problem], ...]:
        """Return every proposal that nobody has accepted yet, by the name of its column, "" for whole rows."""
        return self._open

    @cached_property
    def _open(self) -> tuple[tuple[str, Problem], ...]:
        return tuple(self._proposals())

    def _proposals(self) -> Iterator[tuple[str, Problem]]:
        for problem in self.table.problems:
            if problem.remedy not in self.accepted:
                yield "", problem
        for column in self.table.columns:
            role = self.role(column.name)
            own = [p for p in column.problems if choices.offered(p.remedy, role)]
            more = [p for p in self.together if p.remedy.column == column.name]
            for problem in (*own, *more):
                if problem.remedy not in self.accepted:
                    yield column.name, problem

    def notes_on(self, column: Column) -> list[str]:
        """Return what is to be known of a column that no remedy is offered for: why it is left out."""
        role = self.role(column.name)
        if role == "target":  # which is never filled in
            told = (
                p.sentence.partition(", unless")[0] for p in column.problems if p.remedy.action.startswith("impute")
            )
            return [f"{sentence}." for sentence in told]
        if role == "input":
            return []
        return [p.sentence for p in column.problems if p.remedy.action == "leave out" and p.remedy not in self.accepted]

    # --------------------------------------------------------------------------------------------------- outcome
    @cached_property
    def strengths(self) -> Mapping[str, float]:
        """Return each column's correlation with the target, the strongest first; none where the target has no order."""
        if self.target is None or self.table.column(self.target).kind == "category":
            return {}
        return self.table.strengths(self.target)

    @cached_property
    def _made(self) -> tuple[Prepared | None, str]:
        if self.target is None:
            return None, NO_TARGET
        used = {self.target, *self.inputs}
        applied = [r for r in self.accepted if r.action != "leave out" and (not r.column or r.column in used)]
        try:
            return prepare(self.table, self.target, self.inputs, applied), ""
        except ValueError as error:
            return None, str(error)

    @property
    def prepared(self) -> Prepared | None:
        """Return the data set of these choices, None where there is none."""
        return self._made[0]

    @property
    def refusal(self) -> str:
        """Return why these choices make no data set."""
        return self._made[1]

    @cached_property
    def look_along(self) -> str:
        """Return the input that one-input lessons look along: the chosen one, or the strongest."""
        if self.along in self.inputs:
            return self.along
        if not self.strengths and self.prepared is not None:  # classes without an order
            return self.prepared.made[strongest(self.prepared.dataset)].column
        return next((name for name in self.strengths if name in self.inputs), self.inputs[0] if self.inputs else "")

    @cached_property
    def source(self) -> Source | None:
        """Return what lessons look at."""
        if self.prepared is None:
            return None
        return Source.of(self.prepared.dataset, self.place)

    @property
    def place(self) -> int:
        """Return which input of the data set lessons look along."""
        made = self.prepared.made if self.prepared is not None else ()
        return next((k for k, one in enumerate(made) if one.column == self.look_along), 0)


def _title(name: str) -> str:
    stem, dot, end = name.rpartition(".")
    return (stem if dot and stem and len(end) <= 5 else name)[:60]
