"""A tour in a browser: views are collected, carried by a link, walked by keys elsewhere, presented with notes."""

from __future__ import annotations

from pages._ui.tour.carrying import to_file, to_link
from pages._ui.tour.nouns import Step, Tour

COPY = ["clipboard-read", "clipboard-write"]
SCRIPT = '<img src=x onerror="window.hacked = 1"><script>window.hacked = 1</script>'
BAR = "document.querySelector('.tb')"


def collect(here, note: str, count: int) -> None:
    """Add the view on the screen to the tour that this browser keeps."""
    here.settle()
    here.page.locator(".sh-tour textarea").fill(note)
    here.wait("document.querySelector('.sh').__share.link === location.href")
    here.page.get_by_role("button", name="Add this view to my tour").click()
    here.wait(f"document.querySelector('.sh-added').textContent === 'It is step {count} of your tour.'")


def at(here, step: str, search: str) -> None:
    """Wait until the bar says this step, and the page under it is the step's own."""
    here.wait(
        f"{BAR} && !{BAR}.hidden && {BAR}.querySelector('.tb-at').textContent.includes({step!r})"
        f" && location.pathname + location.search === {search!r}",
        timeout=15_000,
    )
    here.settle()


def test_two_views_become_a_link_that_another_browser_walks_by_keys(visit, tmp_path):
    here = visit("/updating?scene=buses&centre=9", permissions=COPY)
    here.settle()
    assert here.js(f"{BAR}.hidden")  # the address of a step alone is the page and nothing more
    here.page.get_by_text("Share this view").click()
    collect(here, SCRIPT, 1)
    here.page.locator(".st-key-scenes button").nth(4).click()
    here.wait("location.search === '?scene=voters'")
    collect(here, "Second", 2)
    here.page.get_by_role("button", name="My tour (2)").click()
    here.page.get_by_label("Title").fill(f"Two {SCRIPT}")
    here.page.get_by_label("Heading of step 1").fill("Buses")
    here.wait("document.querySelectorAll('.td-shows')[1].textContent.startsWith('A hundred thousand voters')")
    put_in_order(here)
    here.page.get_by_role("button", name="Copy link").click()
    here.wait("document.querySelector('.td-said').textContent.startsWith('The link is copied')")
    link = here.js("navigator.clipboard.readText()")
    assert link.startswith(f"{here.base}/tour?steps=1.")

    there = visit(link.removeprefix(here.base))
    walked_by_keys(there)
    there.page.get_by_role("button", name="All steps").click()
    there.page.get_by_role("button", name="Go to step 2").click()
    at(there, "2 of 2", "/updating?scene=voters")
    there.page.goto(link)  # who comes back by the link may go on where it was left
    there.page.get_by_role("button", name="Go on at step 2").click()
    at(there, "2 of 2", "/updating?scene=voters")

    saved = tmp_path / "tour.json"
    saved.write_text(to_file(Tour("From a file", (Step("theorem", note=SCRIPT, title=SCRIPT),))))
    here.page.locator(".td-open input").set_input_files(saved)
    here.wait("document.querySelector('.td-title input').value === 'From a file'")
    assert here.page.get_by_label("Note to step 1").input_value() == SCRIPT
    saved.write_text('{"tour": 1}')
    here.page.locator(".td-open input").set_input_files(saved)
    here.wait("document.querySelector('.td-said').textContent.startsWith('The file holds no tour')")
    assert here.page.get_by_label("Note to step 1").input_value() == SCRIPT  # nothing is lost by it
    assert not here.js("window.hacked")
    assert not there.js("window.hacked")


def put_in_order(here) -> None:
    """Cards change places by keys and by buttons, the keyboard stays on the card, and what is taken out comes back."""
    here.page.get_by_label("Note to step 2").focus()
    here.page.keyboard.press("Alt+ArrowUp")
    assert here.page.locator(".td-shows").first.inner_text().startswith("A hundred thousand voters")
    assert here.js("document.activeElement.getAttribute('aria-label')") == "Note to step 1"
    here.page.get_by_label("Move step 1 down").click()
    assert here.js("document.activeElement.getAttribute('aria-label')") == "Move step 2 up"
    here.page.get_by_label("Take step 2 out").click()
    assert here.page.locator(".td-card").count() == 1
    here.page.get_by_role("button", name="Undo").click()
    assert here.page.locator(".td-card").count() == 2


def walked_by_keys(there) -> None:
    """Walk to the second step and back, change the view, and let the bar bring it back."""
    there.page.wait_for_selector(".td-card")
    assert there.page.locator(".td-note").first.inner_text() == SCRIPT
    there.page.get_by_role("button", name="Walk it").click()
    at(there, "1 of 2", "/updating?scene=buses&centre=9")
    assert there.page.locator(".tb-note").inner_text() == SCRIPT
    loaded = there.js("performance.timeOrigin")
    there.page.get_by_role("button", name="Next", exact=True).focus()
    there.page.keyboard.press("Enter")
    at(there, "2 of 2", "/updating?scene=voters")
    assert there.js("document.activeElement.className") == "tb-on"  # who walks by keyboard stays on the way
    there.page.keyboard.press("Alt+PageUp")
    at(there, "1 of 2", "/updating?scene=buses&centre=9")
    there.release("centre", 3)
    there.page.get_by_role("button", name="Show it as the step has it").click()
    at(there, "1 of 2", "/updating?scene=buses&centre=9")
    assert there.js("performance.timeOrigin") == loaded  # in the session: nothing was loaded anew


def test_a_clicker_goes_from_step_to_step_and_the_notes_follow_in_a_window_of_their_own(visit):
    tour = Tour(
        "Two", (Step("updating", "scene=buses&centre=9", SCRIPT, SCRIPT), Step("theorem", "scene=fog", "Second"))
    )
    here = visit(f"/tour?steps={to_link(tour)}")
    here.page.get_by_role("button", name="Present it").click()
    at(here, "1 of 2", "/updating?present=1&scene=buses&centre=9")
    assert here.page.locator(".tb-note").inner_text() == ""  # a note is the speaker's, not the hall's
    with here.page.expect_popup() as opened:
        here.page.get_by_role("button", name="Speaker’s notes").click()
    notes = opened.value
    says = "(text) => document.body.innerText.includes(text)"
    notes.wait_for_function(says, arg=SCRIPT)
    notes.wait_for_function(says, arg="Bayes’ theorem")  # what comes next
    here.page.bring_to_front()
    here.page.keyboard.press("PageDown")
    at(here, "2 of 2", "/theorem?present=1&scene=fog")
    notes.wait_for_function(says, arg="Second")
    assert "steps of the tour" in card_of(here)
    here.page.keyboard.press("ArrowRight")  # arrows go on through the page's own scenes
    here.wait("location.search.includes('scene=iris')")
    here.settle()
    here.page.reload()  # the notes outlive the page that opened them
    here.settle()
    notes.keyboard.press("PageUp")
    at(here, "1 of 2", "/updating?present=1&scene=buses&centre=9")
    notes.wait_for_function(says, arg="1 of 2")
    here.page.get_by_role("button", name="End the tour").click()
    notes.wait_for_function(says, arg="The tour has ended.")
    here.page.keyboard.press("PageDown")  # a clicker steps through the scenes again
    here.wait("location.search.includes('scene=voters')")
    here.settle()
    assert not here.js("window.hacked")
    assert not notes.evaluate("window.hacked")
    notes.close()


def card_of(here) -> str:
    here.page.keyboard.press("?")
    said = here.page.locator(".bk-card").inner_text()
    here.page.keyboard.press("Escape")
    return said
