"""A tour in a browser: views are collected, carried by a link, walked by keys elsewhere, presented with notes."""

from __future__ import annotations

from pages._ui.tour.carrying import to_link
from pages._ui.tour.nouns import Step, Tour

COPY = ["clipboard-read", "clipboard-write"]
SCRIPT = '<img src=x onerror="window.hacked = 1"><script>window.hacked = 1</script>'
BAR = "document.querySelector('.tb')"


def collect(here, note: str, count: int) -> None:
    """Add the view on the screen to the tour that this browser keeps."""
    here.settle()
    here.page.get_by_text("Share this view").click()
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


def collected(visit):
    """Return the page of tours of a browser that has collected two views, and the link that carries them."""
    here = visit("/updating?scene=buses&centre=9", permissions=COPY)
    collect(here, SCRIPT, 1)
    here.page.goto(here.base + "/theorem?scene=fog")
    collect(here, "Second", 2)
    here.page.get_by_role("button", name="My tour (2)").click()
    here.page.wait_for_selector(".td-card")
    assert here.page.locator(".td-note, .td textarea").count() == 2
    here.page.get_by_label("Title").fill(f"Two {SCRIPT}")
    here.page.get_by_label("Heading of step 1").fill("Buses")
    here.wait("document.querySelectorAll('.td-shows')[1].textContent.startsWith('Rain and fog')")
    return here


def test_two_views_become_a_link_that_another_browser_walks_by_keys(visit):
    here = collected(visit)
    keys = here.page.keyboard
    # cards change places by keys, and the keyboard stays on the card
    here.page.get_by_label("Note to step 2").focus()
    keys.press("Alt+ArrowUp")
    assert here.page.locator(".td-shows").first.inner_text().startswith("Rain and fog")
    assert here.js("document.activeElement.getAttribute('aria-label')") == "Note to step 1"
    here.page.get_by_label("Move step 1 down").click()
    here.page.get_by_label("Take step 2 out").click()
    assert here.page.locator(".td-card").count() == 1
    here.page.get_by_role("button", name="Undo").click()
    assert here.page.locator(".td-card").count() == 2
    here.page.get_by_role("button", name="Copy link").click()
    here.wait("document.querySelector('.td-said').textContent.startsWith('The link is copied')")
    link = here.js("navigator.clipboard.readText()")
    assert link.startswith(f"{here.base}/tour?steps=1.")

    there = visit(link.removeprefix(here.base), fresh=True)
    there.page.wait_for_selector(".td-card")
    assert there.page.locator(".td-note").first.inner_text() == SCRIPT
    there.page.get_by_role("button", name="Walk it").click()
    at(there, "1 of 2", "/updating?scene=buses&centre=9")
    assert there.page.locator(".tb-note").inner_text() == SCRIPT
    loaded = there.js("performance.timeOrigin")
    next_one = there.page.get_by_role("button", name="Next", exact=True)
    next_one.focus()
    there.page.keyboard.press("Enter")
    at(there, "2 of 2", "/theorem?scene=fog")
    assert there.js("document.activeElement.className") == "tb-on"  # who walks by keyboard stays on the way
    assert there.js("performance.timeOrigin") == loaded  # in the session: nothing was loaded anew
    there.page.keyboard.press("Alt+PageUp")
    at(there, "1 of 2", "/updating?scene=buses&centre=9")
    there.release("centre", 3)
    there.wait(f"{BAR}.querySelector('.tb-again').hidden === false")
    there.page.reload()
    there.settle()
    there.page.get_by_role("button", name="All steps").click()  # it waits where it was left
    there.page.get_by_role("button", name="Back to the tour").click()
    at(there, "1 of 2", "/updating?scene=buses&centre=9")
    alone = visit("/updating?scene=buses&centre=9", fresh=True)  # the address of a step is the page's own
    alone.settle()
    assert alone.js(f"{BAR}.hidden")
    assert not here.js("window.hacked")
    assert not there.js("window.hacked")


def test_a_clicker_goes_from_step_to_step_and_the_notes_follow_in_a_window_of_their_own(visit):
    tour = Tour(
        "Two", (Step("updating", "scene=buses&centre=9", SCRIPT, SCRIPT), Step("theorem", "scene=fog", "Second"))
    )
    here = visit(f"/tour?steps={to_link(tour)}", fresh=True)
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
