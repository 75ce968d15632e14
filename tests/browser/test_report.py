"""Files from under a picture, downloaded as a reader does; the report opens without a network and moves under the hand."""

from __future__ import annotations

import re
from pathlib import Path

import h5py
import pytest
from playwright.sync_api import TimeoutError as TooLate

from pages._ui.words import words

LIVE = "document.querySelector('.bl').__live"


def downloaded(here, what: str) -> Path:
    """Take a file; a click that meets the sheet while it is made anew is lost, so it is made again."""
    for last in (False, False, True):
        try:
            with here.page.expect_download(timeout=15_000) as waited:
                here.page.get_by_role("button", name=words("share")[f"file {what}"]).click()
            return Path(waited.value.path())
        except TooLate:
            if last:
                raise
    raise AssertionError("unreachable")


def until(page, condition: str) -> None:
    """Wait until a condition holds; Playwright's own waiting evaluates a text, which the report's policy forbids."""
    for _ in range(500):
        if page.evaluate(f"Boolean({condition})"):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"it never came to {condition}")


@pytest.fixture
def offline(chromium):
    """Return a page of a browser that has no network, with what it asked for and what went wrong."""
    context = chromium.new_context(offline=True, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.asked, page.trouble = [], []
    page.on("request", lambda request: page.asked.append(request.url.partition(":")[0]))
    page.on("pageerror", lambda error: page.trouble.append(str(error)))
    page.on("console", lambda said: page.trouble.append(said.text) if said.type == "error" else None)
    yield page
    context.close()


def test_what_is_taken_away_opens_and_moves_offline(visit, offline, tmp_path):
    here = visit("/posterior?scene=houses&width=4")
    here.settle()
    here.page.get_by_text("Share this view").click()
    numbers = downloaded(here, "numbers").read_text("utf-8-sig").splitlines()
    assert numbers[1].startswith("prior width,handle,")
    with h5py.File(downloaded(here, "draws")) as file:
        assert file["posterior/coef"].shape[-1] == 1
    file = tmp_path / "report.html"
    file.write_bytes(downloaded(here, "report").read_bytes())
    found = here.live("live.get.word('alt')")

    page = offline
    page.goto(file.as_uri())
    page.wait_for_selector(".bl[data-ready]")
    assert page.inner_text("h1") == here.page.inner_text("h1")
    assert page.inner_text("#finding") == found
    assert page.evaluate(f"{LIVE}.positions") == here.live("live.positions")
    until(page, "document.querySelector('[data-word=\"meter.share\"]').textContent")  # it followed the picture
    said = page.evaluate(f"{LIVE}.get.word('slope')")

    width = page.locator('[data-handle="width"] input[type="range"]')
    width.focus()
    for _ in range(9):
        page.keyboard.press("ArrowLeft")
    until(page, f"{LIVE}.get.word('slope') !== {said!r}")
    assert "stale" not in page.get_attribute(".bl", "class")
    assert re.match(
        r"Prior width [\d.]+ → [\d.]+: slope", page.inner_text(".bl-said")
    )  # of presses in quick succession

    # its film holds where the others stood: another handle takes it home
    page.locator('[data-handle="noise"] input[type="range"]').focus()
    page.keyboard.press("ArrowRight")
    home = here.live("live.positions")
    until(page, f"{LIVE}.positions.width === {home['width']} && {LIVE}.positions.noise !== {home['noise']}")
    assert "stale" not in page.get_attribute(".bl", "class")
    assert page.inner_text(".bl-said").startswith("Noise in the data")

    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.emulate_media(color_scheme="dark")
    until(page, "document.body.style.colorScheme === 'dark'")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != light
    page.set_viewport_size({"width": 375, "height": 812})
    until(page, "document.documentElement.scrollWidth <= 375")
    page.emulate_media(media="print")
    until(page, "getComputedStyle(document.querySelector('nav')).display === 'none'")
    assert set(page.asked) <= {"file", "blob"}
    assert page.trouble == []
