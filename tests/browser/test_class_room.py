"""A class room in real browsers: a teacher and students, each in one of their own."""

from __future__ import annotations

import pytest

HELD = "document.querySelector('.bl').__live.spec.handles.every(h => h.locked)"
EVIL = '<img src=x onerror="window.evil=1">'


@pytest.fixture
def room(visit):
    """Return a teacher who opened a room, and how a student comes in."""
    teacher = visit("/room")
    teacher.page.locator(".ro-go", has_text="Open a room").click()
    teacher.page.wait_for_selector(".ro-qr svg")
    code = teacher.page.locator(".ro-big").get_attribute("aria-label").replace(" ", "")

    def student(path: str = "", **settings):
        one = visit(path or f"/room?code={code}", **settings)
        one.page.locator("form .ro-go").wait_for()
        return one

    return teacher, code, student


def joined(one):
    one.page.locator("form .ro-go").click()
    one.page.wait_for_selector(".cr-in")
    return one


def ask(teacher, **fields: str) -> None:
    teacher.page.get_by_role("button", name="Ask…").click()
    for name, text in fields.items():
        teacher.page.fill(f".cr-form [name={name}]", text)
    teacher.page.locator(".cr-form .cr-first").click()


def guess(one, value: str) -> None:
    one.page.fill(".cr-guess .cr-fields input", value)
    one.page.locator(".cr-send").click()
    one.wait("document.querySelector('.cr-sent').textContent.startsWith('Sent')")


def test_a_class_joins_is_sent_guesses_and_sees_the_answer(room):
    teacher, code, student = room
    tapped = joined(student(size=(375, 812)))
    typed = student("/room")
    typed.page.fill("#ro-code", f" {code[:3].lower()} {code[3:].lower()}")
    joined(typed)
    teacher.wait("document.querySelector('.ro-count b').textContent === '2'")

    teacher.page.goto(f"{teacher.base}/theorem?prevalence=0.1&lock=sensitivity")
    teacher.settle()
    teacher.page.get_by_role("button", name="Send everyone here").click()
    for one in (tapped, typed):
        one.page.wait_for_url("**/theorem**")
        one.settle()
        assert one.js("location.search.includes('prevalence=0.1') && location.search.includes('lock=sensitivity')")
        assert one.live("live.positions") == teacher.live("live.positions")
        assert one.live("live.spec.handles.filter(h => h.locked).map(h => h.id)") == ["sensitivity"]

    ask(teacher)  # what the page itself asks, with its answer
    for one, value in ((tapped, "80"), (typed, "50")):
        guess(one, value)
    assert not typed.js("document.querySelector('.cr-answer, .cr-dots circle')")
    teacher.wait("document.querySelectorAll('.cr-dots circle').length === 2")
    guess(typed, "48")  # it may be changed
    teacher.page.locator(".cr-reveal").click()
    for one in (teacher, tapped, typed):
        one.page.wait_for_selector(".cr-name")
        assert one.js("document.querySelectorAll('.cr-dots circle').length") == 2
        assert "1 of 2 were within 5 points of 48.1" in one.page.locator(".cr-finding").inner_text()
    assert "nobody was nearer" in typed.page.locator(".cr-finding").inner_text()
    assert "1 was nearer" in tapped.page.locator(".cr-finding").inner_text()

    teacher.page.get_by_role("button", name="Next question").click()
    teacher.page.get_by_role("button", name="Freeze handles").click()
    typed.wait(HELD)
    assert typed.page.get_by_text("Your teacher holds the handles").is_visible()
    assert teacher.live("live.spec.handles.filter(h => h.locked).map(h => h.id)") == ["sensitivity"]
    teacher.page.get_by_role("button", name="Free the handles").click()
    typed.wait(f"!{HELD}")


def test_who_loads_the_page_anew_keeps_room_and_seat_and_who_is_sent_away_comes_back(room):
    teacher, _, student = room
    one = joined(student())
    teacher.page.goto(f"{teacher.base}/glossary")
    teacher.page.wait_for_selector(".gl article")
    teacher.page.get_by_role("button", name="Send everyone here").click()
    one.page.wait_for_url("**/glossary**")
    one.page.goto(f"{one.base}/room")
    one.page.get_by_role("button", name="Back to the class").wait_for()
    teacher.page.get_by_role("button", name="Freeze handles").click()
    one.page.locator(".cr-held", has_text="holds the handles").wait_for()
    assert one.page.url.endswith("/room")  # it was sent once, and whoever went away is not taken along again
    one.page.get_by_role("button", name="Back to the class").click()
    one.page.wait_for_url("**/glossary**")
    for each in (teacher, one):
        each.page.reload()
    teacher.wait("document.querySelector('.cr-line .cr-count')?.textContent === '1 in'")  # the same seat
    one.page.wait_for_selector(".cr-in")
    teacher.page.locator(".cr-end").click()
    teacher.page.locator(".cr-end").click()
    one.page.get_by_text("The class has ended.").wait_for()
    for each in (teacher, one):
        assert each.js("[localStorage, sessionStorage].every(s => s.getItem('bayes.class') === null)")


def test_what_is_typed_is_shown_and_never_run(room):
    teacher, _, student = room
    one = joined(student())
    teacher.page.get_by_role("button", name="Ask…").click()
    teacher.page.get_by_role("button", name="One of").click()
    teacher.page.fill("[name=text]", EVIL)
    teacher.page.fill("[name=options]", f"{EVIL}\n<b>bold</b>")
    teacher.page.fill("[name=right]", EVIL)
    teacher.page.locator(".cr-form .cr-first").click()
    one.page.locator(".cr-options button").first.click()
    one.wait("document.querySelector('.cr-sent').textContent.startsWith('Sent')")
    teacher.page.locator(".cr-reveal").click()
    for each in (teacher, one):
        each.page.wait_for_selector(".cr-right")
        assert each.page.locator(".cr-question").inner_text() == EVIL
        assert EVIL in each.page.locator(".cr-finding").inner_text()
        assert each.js("document.querySelectorAll('.cr img, .cr b b').length === 0 && window.evil === undefined")
