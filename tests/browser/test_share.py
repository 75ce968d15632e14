"""The share sheet in a browser: its link and the code of it, what they lock, and what a reader takes away."""

from __future__ import annotations

import cv2
import numpy as np

COPY = ["clipboard-read", "clipboard-write"]


def open_sheet(here):
    here.settle()
    here.page.get_by_text("Share this view").click()
    link_of(here)


def link_of(here) -> str:
    """Return the link once its code stands beside it."""
    here.wait(
        "(() => { const sheet = document.querySelector('.sh')?.__share;"
        " return sheet && sheet.link && sheet.page.code?.link === sheet.link"
        " && sheet.root.querySelector('.sh-url').value === sheet.link; })()"
    )
    return here.js("document.querySelector('.sh-url').value")


def scanned(here, selector: str) -> str:
    picture = here.page.locator(selector).screenshot()
    return cv2.QRCodeDetector().detectAndDecode(cv2.imdecode(np.frombuffer(picture, np.uint8), cv2.IMREAD_COLOR))[0]


def box(here, kind: str, name: str):
    return here.page.locator(f'.sh [data-{kind}="{name}"]')


def clipboard(here) -> str:
    return here.js("navigator.clipboard.readText()")


def press(here, name: str, says: str) -> None:
    here.page.locator(".sh").get_by_role("button", name=name).click()
    here.wait(f"document.querySelector('.sh-said').textContent === {says!r}")


def test_the_sheet_of_a_page(visit):
    here = visit("/updating?scene=voters&note=K%C3%B6ln", permissions=COPY)
    open_sheet(here)
    shut = here.js("location.href")
    assert link_of(here) == shut
    assert scanned(here, ".sh-qr .sh-code") == shut

    # what happens on the page follows at once
    here.release("worth", 5)
    here.wait(f"location.href !== {shut!r}")
    here.wait("document.querySelector('.sh-url').value === location.href")
    assert "worth=" in link_of(here)

    # locks are in the link, its code and the buttons
    box(here, "lock", "worth").check()
    box(here, "lock", "view").check()
    link = link_of(here)
    assert link == here.js("location.href") + "&lock=worth,view"
    assert scanned(here, ".sh-qr .sh-code") == link
    assert here.page.locator(".sh").get_by_role("link", name="students").get_attribute("href") == link
    projector = here.page.locator(".sh").get_by_role("link", name="projector").get_attribute("href")
    assert projector == here.js("location.href") + "&present=1&lock=worth,view"
    box(here, "lock", "all").check()
    assert box(here, "lock", "worth").is_disabled()
    assert link_of(here).endswith("&lock=all")
    box(here, "lock", "all").uncheck()
    assert link_of(here) == link

    # large, for a hall: it covers the window, and Escape closes it
    here.page.locator(".sh").get_by_role("button", name="Show the QR code large").click()
    side = here.page.locator(".sh-large .sh-code").bounding_box()
    assert min(side["width"], side["height"]) >= 0.7 * 900
    assert scanned(here, ".sh-large .sh-code") == link
    here.page.keyboard.press("Escape")
    assert not here.page.locator(".sh-large").is_visible()

    press(here, "Copy link", "The link is copied.")
    assert clipboard(here) == link
    press(here, "Copy the sentence", "The sentence is copied.")
    assert clipboard(here) == here.js("document.querySelector('.bl-said').textContent").strip()

    # who opens the link sees the same, and cannot move what it locks, nor pass it on without the lock
    position = here.live("live.positions")
    there = visit(link.removeprefix(here.base))
    open_sheet(there)
    assert there.live("live.positions") == position
    assert there.handle("worth").is_disabled()
    assert there.handle("centre").is_enabled()
    assert link_of(there) == link
    assert box(there, "lock", "worth").is_disabled()


def test_a_closed_sheet_asks_for_nothing(visit):
    here = visit("/updating")
    here.settle()
    here.release("worth", 3)
    assert here.js("document.querySelector('.sh').__share.asked") == ""
    assert "bayes_share" not in here.components[here.components.index("bayes_share") + 1 :]  # a hash, not the sheet
