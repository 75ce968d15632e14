"""The share sheet in a browser: its link and the code of it, what they lock, and what a reader takes away."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

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
    """Return what a code says to a camera held at several distances: OpenCV misses some codes at some sizes."""
    picture = cv2.imdecode(np.frombuffer(here.page.locator(selector).screenshot(), np.uint8), cv2.IMREAD_COLOR)
    seen = (cv2.resize(picture, None, fx=far, fy=far, interpolation=cv2.INTER_AREA) for far in (1, 2, 0.75, 1.5, 3))
    return next((said for one in seen if (said := cv2.QRCodeDetectorAruco().detectAndDecode(one)[0])), "")


def box(here, kind: str, name: str):
    return here.page.locator(f'.sh [data-{kind}="{name}"]')


def clipboard(here) -> str:
    return here.js("navigator.clipboard.readText()")


def press(here, name: str, says: str) -> None:
    here.page.locator(".sh").get_by_role("button", name=name).click()
    here.wait(f"document.querySelector('.sh-said').textContent === {says!r}")


def downloaded(here, name: str) -> bytes:
    with here.page.expect_download() as waited:
        press(here, name, "The picture is saved.")
    return Path(waited.value.path()).read_bytes()


def seen(here, selector: str) -> list[str]:
    """Return the words of all that a selector finds and that is to be seen."""
    found = f"[...document.querySelectorAll({selector!r})].filter(e => e.offsetParent !== null && e.textContent.trim())"
    return [" ".join(text.split()) for text in here.js(f"{found}.map(e => e.innerText)")]


def taken_away(here) -> None:
    """The picture as SVG and PNG and the table of numbers say what is on the screen."""
    svg = downloaded(here, "Picture as SVG")
    root = ElementTree.fromstring(svg)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    written = " ".join("".join(text.itertext()) for text in root.iter("{http://www.w3.org/2000/svg}text"))
    bare = re.sub(r"\s", "", written)
    labels = seen(here, ".bl-lab b, .bl-lab span, .bl-title, .bl-xt")
    told = [*labels, *seen(here, "h1, .bl-said, .bl-head, .bl-side td, .bl-ends span"), link_of(here)]
    assert [text for text in told if re.sub(r"\s", "", text) not in bare] == []
    assert here.js("document.title") in written
    assert re.search(r"\d{1,2} \w+ 20\d\d", written)

    picture = cv2.imdecode(np.frombuffer(downloaded(here, "Picture as PNG"), np.uint8), cv2.IMREAD_COLOR)
    assert picture.shape[:2] == (2 * int(root.get("height")), 2 * int(root.get("width")))
    paper = picture[2, 2]
    inked = (np.abs(picture.astype(int) - paper).max(axis=2) > 24).mean()
    assert 0.02 < inked < 0.9

    press(here, "Copy the numbers", "The numbers are copied, in columns that a spreadsheet reads.")
    blocks = [[row.split("\t") for row in block.split("\n")] for block in clipboard(here).split("\n\n")]
    cells = {cell for block in blocks for row in block for cell in row}
    handles = here.live("live.spec.handles.map(h => [h.label.join(''), h.texts[live.positions[h.id]]])")
    assert blocks[0][1:] == handles
    shown = [text.replace("−", "-") for text in seen(here, ".bl-side :is(td, .bl-num span, .bl-huge, .bl-big)")]
    assert [text for text in shown if text not in cells] == []
    # columns stay columns: a table is as wide in every row as its heading
    assert all(len(row) == len(block[0]) for block in blocks for row in block if len(block[0]) > 1)


def shown_large(here, link: str) -> None:
    """The code covers the window, for a hall, and Escape closes it."""
    here.page.locator(".sh").get_by_role("button", name="Show the QR code large").click()
    side = here.box(".sh-large .sh-code")
    assert min(side["width"], side["height"]) >= 0.7 * 900
    assert scanned(here, ".sh-large .sh-code") == link
    here.page.keyboard.press("Escape")
    assert not here.page.locator(".sh-large").is_visible()


def test_the_sheet_of_a_page(visit):
    here = visit("/updating?scene=voters&note=K%C3%B6ln", permissions=COPY)
    here.settle()
    here.release("worth", 2)  # while it is closed it asks for nothing, and a hash of it is sent
    assert here.js("document.querySelector('.sh').__share.asked") == ""
    assert here.components.count("bayes_share") == 1
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
    box(here, "hide", "truth").check()
    link = link_of(here)
    assert link == here.js("location.href") + "&lock=worth,view&hide=truth"

    shown_large(here, link)
    press(here, "Copy link", "The link is copied.")
    assert clipboard(here) == link
    press(here, "Copy the sentence", "The sentence is copied.")
    assert clipboard(here) == here.js("document.querySelector('.bl-said').textContent").strip()

    taken_away(here)

    # who opens the link sees the same, and cannot move what it locks, nor pass it on without the lock
    position = here.live("live.positions")
    there = visit(link.removeprefix(here.base))
    open_sheet(there)
    assert there.live("live.positions") == position
    assert there.handle("worth").is_disabled()
    assert there.handle("centre").is_enabled()
    assert "truth" in seen(here, ".bl-lab b")
    assert "truth" not in seen(there, ".bl-lab b")
    assert there.live("live.plot.data.every(trace => trace.name !== 'truth') && !live.shown.truth")
    assert seen(there, ".bl-hides") == ["Hidden by the link: the truth."]
    assert box(there, "hide", "truth").is_disabled()
    assert link_of(there) == link
    assert box(there, "lock", "worth").is_disabled()


def test_a_stage_of_a_thousand_people_is_taken_away_whole(visit):
    here = visit("/theorem?reveal=1", permissions=COPY)
    open_sheet(here)
    assert downloaded(here, "Picture as SVG").decode().count("<path") >= 1000
