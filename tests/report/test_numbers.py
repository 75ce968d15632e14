"""The numbers behind a picture as CSV, compared with the core that the picture was made from."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
from lessons import LESSONS

from bayes_core import Dataset, predict, summary
from bayes_core.data.upload.export import dataset_as_csv
from bayes_core.figures.picture import Handle, Picture
from bayes_core.report.numbers import numbers_as_csv, series
from pages._ui.work.store import store


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def column(rows, part: str, edge: str, name: str) -> np.ndarray:
    return np.array([float(row[name]) for row in rows if (row["part"], row["edge"]) == (part, edge)])


@pytest.fixture(scope="module")
def line():
    lesson = LESSONS["linear/posterior"]
    settings = lesson.at_start("houses", width=30.0)
    films = lesson.films(settings, lesson.answered(settings))
    text = numbers_as_csv(lesson.picture(settings), list(films.values()), settings.home(), lesson.handles(settings))
    return settings, text


def test_a_band_is_the_cores(line):
    settings, text = line
    rows, axes = table(text), settings.source().axes
    assert list(rows[0]) == ["part", "edge", "place", axes.x_title, axes.y_title, "value"]
    x = column(rows, "predictive", "lower", axes.x_title)
    at = settings.source().slice(x)
    found = summary.band(predict(store().answer(settings.question()), at), settings.level, "observation")
    for edge, numbers in (("lower", found.lower), ("upper", found.upper)):
        shown = column(rows, "predictive", edge, axes.y_title)
        np.testing.assert_allclose(shown, numbers, rtol=2e-4, atol=1e-3 * np.ptp(axes.y_range))
    data = settings.source().at(settings.noise).dataset
    np.testing.assert_allclose(column(rows, "data", "", axes.x_title), data.x[:, 0], rtol=1e-4)
    np.testing.assert_allclose(column(rows, "data", "", axes.y_title), data.y, rtol=1e-3)


def test_handles_come_first_and_densities_know_their_axis(line):
    settings, text = line
    rows = table(text)
    assert (rows[0]["part"], rows[0]["edge"], float(rows[0]["value"])) == ("prior width", "handle", 30.0)
    name = next(row["part"] for row in rows if row["part"].startswith("density of slope"))
    places, density = column(rows, name, "", "place"), column(rows, name, "", "value")
    assert places[0] == pytest.approx(settings.source().scales["slope"].low)
    assert np.trapezoid(density, places) == pytest.approx(1.0, abs=0.02)


def test_no_cell_is_a_formula():
    handle = Handle("h", ("=cmd()", ""), "prior", (1.0,), ("1",), ("1",), 0, ("", ""), "")
    titles = {"xaxis": {"title": {"text": "+x"}}, "yaxis": {"title": {"text": "@y"}}}
    figure = {"data": [{"name": "-t", "x": [1, 2], "y": [3, None]}], "layout": titles}

    class Still:
        handle, numbers = "h", {}

        def row(self, name, position):
            return None

    text = numbers_as_csv(Picture(figure, "", (), ()), [Still()], {"h": 0}, [handle])
    rows = list(csv.reader(io.StringIO(text)))
    assert rows[0][3:5] == ["'+x", "'@y"]
    assert rows[1][0] == "'=cmd()"
    assert rows[2] == ["'-t", "", "1", "1", "3", ""]
    assert rows[3] == ["'-t", "", "2", "2", "", ""]  # a break in a line is an empty cell
    assert dataset_as_csv(Dataset.from_arrays([1.0], [2.0], feature_names=["=x"])).startswith("'=x,")


def test_without_a_film_there_is_nothing():
    assert series(Picture(None, "", (), ()), [], 0) == ()
