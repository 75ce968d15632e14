"""The share sheet's part in Python: what a link can lock, and the code of a link."""

from __future__ import annotations

import re

import cv2
import numpy as np
import pytest
from apps import open_app
from lessons import LESSONS, SCENES

from pages._ui.fields import fields_of
from pages._ui.share import MOST, lockable, qr


def painted(svg: str) -> np.ndarray:
    """Return a code's modules as pixels, read off its path: M x y, then h and m by turns, modules at half heights."""
    side = int(re.search(r'viewBox="0 0 (\d+)', svg)[1])
    pixels = np.full((side, side), 255, np.uint8)
    x = y = 0.0
    drawn = re.search(r'stroke="#000" d="([^"]+)"', svg)[1]
    for step, numbers in re.findall(r"([Mmh])([-0-9. ]+)", drawn):
        values = [float(n) for n in numbers.split()]
        if step == "h":
            pixels[int(y), int(x) : int(x + values[0])] = 0
            x += values[0]
        else:
            x, y = values if step == "M" else (x + values[0], y + values[1])
    return np.kron(pixels, np.full((8, 8), 1, np.uint8))


@pytest.mark.parametrize(
    "link",
    [
        "https://example.org/updating?scene=coin&lock=worth,centre&hide=truth",
        "http://127.0.0.1:8501/uncertainty?town=K%C3%B6ln&lock=all",
        "https://example.org/posterior?data=" + "3.25+4.5," * 90,
    ],
)
def test_the_code_says_the_link(link):
    read, _, _ = cv2.QRCodeDetector().detectAndDecode(painted(qr(link)["svg"]))
    assert read == link


def test_a_long_link_is_dense_and_a_longer_one_has_no_code():
    short, long = qr("https://example.org/?lock=all"), qr("https://example.org/?data=" + "5" * 600)
    assert not short["dense"]
    assert long["dense"]
    assert long["svg"]
    assert qr("x" * MOST)["svg"]
    assert not qr("x" * (MOST + 1))["svg"]


@pytest.mark.parametrize(("door", "scene"), SCENES)
def test_what_a_link_can_lock_is_a_setting_with_a_label(door, scene):
    settings = LESSONS[door].at_start(scene)
    named = dict(lockable(LESSONS[door], settings))
    assert set(settings.handles) <= set(named) <= set(fields_of(settings))
    assert all(named.values())
    assert len(set(named.values())) == len(named)  # two boxes of one label could not be told apart


def test_every_lesson_has_the_sheet_and_the_projector_none():
    door = next(iter(LESSONS))
    assert "Share this view" in [one.label for one in open_app(door).expander]
    assert "Share this view" not in [one.label for one in open_app(door, present="1").expander]
    plain = open_app(door, live="0", lock="scene")
    assert any("lock=scene" in code.value for code in plain.code)
