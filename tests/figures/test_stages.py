"""Stages as charts: as many people as there are, and areas that are probabilities."""

from __future__ import annotations

import numpy as np
import pytest

from bayes_core.figures.stages import STAGES, people_figure, square_figure


def test_every_person_has_a_place_of_their_own():
    made = people_figure([8, 2, 95, 895])
    places = [place for trace in made["data"] for place in zip(trace["x"], trace["y"], strict=True)]
    assert len(set(places)) == len(places) == 1000


@pytest.mark.parametrize("joint", [(0.1, 0.4, 0.2, 0.3), (0.0, 0.0, 0.25, 0.75), (1e-3, 0.6, 0.0, 0.399)])
def test_areas_are_probabilities(joint):
    for trace, share in zip(square_figure(joint)["data"], joint, strict=True):
        x, y = np.array(trace["x"]), np.array(trace["y"])
        assert 0.5 * abs(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1])) == pytest.approx(share, abs=1e-12)


def test_an_open_square_is_empty():
    for trace in square_figure([np.nan] * 4)["data"]:
        assert trace["fillcolor"].endswith(",0)")
    assert set(STAGES) == {"bells", "dots", "ladder", "net", "people", "square", "tilt"}
