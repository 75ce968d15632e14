"""What can be taken away from under every lesson's picture."""

from __future__ import annotations

import ast
import csv
import io

import pytest
from apps import open_app
from lessons import LESSONS
from pictures import picked

from pages._ui.taking import files_of

KINDS = [(door, kind) for door, lesson in LESSONS.items() for kind in lesson.settings if kind.SCENES]


@pytest.mark.parametrize(("door", "kind"), KINDS, ids=lambda one: getattr(one, "__name__", one))
def test_every_lesson_can_be_taken_away(door, kind):
    found = {file.name.rpartition("_")[2]: file for file in files_of(picked(door, next(iter(kind.SCENES))))}
    numbers = list(csv.reader(io.StringIO(found["numbers.csv"].make().decode("utf-8-sig"))))
    assert len({len(row) for row in numbers}) == 1
    assert len(numbers) > 1
    script = next(file for file in found.values() if file.name.endswith(".py"))
    ast.parse(script.make().decode())
    if "data.csv" in found:
        data = list(csv.reader(io.StringIO(found["data.csv"].make().decode("utf-8-sig"))))
        assert len(data) > 1
    if LESSONS[door].work:
        assert found["draws.nc"].make()[1:4] == b"HDF"
    report = found["report.html"].make()
    assert len(report) < 6_000_000
    assert report.count(b"<section") == report.count(b"</section>") >= 4


def test_what_a_link_hides_is_in_no_file():
    every = {file.label for file in files_of(picked("linear/posterior"))}
    assert {"Numbers as CSV", "Data as CSV", "Draws as NetCDF", "Script in Python"} <= every
    left = {
        hides: {file.label for file in files_of(picked("linear/posterior", hides=[hides]))}
        for hides in ("truth", "answer", "numbers")
    }
    assert "Script in Python" not in left["truth"] | left["answer"] | left["numbers"]
    assert "Draws as NetCDF" not in left["answer"] | left["numbers"]
    assert "Numbers as CSV" not in left["numbers"]


def offered(app) -> list[str]:
    return [button.proto.label for button in app.get("download_button")]


def test_files_are_offered_under_the_picture_and_not_while_a_question_is_open():
    assert {"Numbers as CSV", "Data as CSV", "Draws as NetCDF"} <= {*offered(open_app("linear/posterior"))}
    assert offered(open_app("linear/posterior", reveal="0")) == []
