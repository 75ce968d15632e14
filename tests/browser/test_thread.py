"""A newcomer's path: from the start page to every lesson by "next" alone, and back to the map."""

from __future__ import annotations

from app import CONTENTS, WHOLE

TITLES = {door: title for doors in CONTENTS.values() for door, title in doors.items()}
STOPS = [door for chapter, doors in CONTENTS.items() if chapter for door in doors]
OUTLINE = "getComputedStyle(document.activeElement).outlineStyle"


def test_next_leads_through_all_lessons(visit):
    page = visit("/", size=(375, 812)).page
    page.wait_for_function(f"document.querySelectorAll('[data-mini=drawn]').length === {len(STOPS)}")
    assert page.evaluate("document.querySelector('.stMain').scrollWidth") <= 375
    assert page.title() == WHOLE
    for way in (".st-key-entrance", ".st-key-door_explore", ".st-key-door_teach", "[class*=st-key-stop_]"):
        page.keyboard.press("Tab")  # from here on the focus is the keyboard's, and shows
        page.locator(f"{way} [data-testid=stPageLink] a").first.focus()
        assert page.evaluate(OUTLINE) == "solid", way
    page.locator(".st-key-entrance a").click()
    for door in STOPS:
        page.wait_for_function("title => document.title === title", arg=f"{TITLES[door]} · {WHOLE}")
        page.locator(".bl-plot, .bl svg, .bl canvas, .st-key-ways_in").first.wait_for()
        page.locator(".st-key-way_next a").click()
    page.wait_for_function("title => document.title === title", arg=WHOLE)
    page.locator(".hm-lines path").first.wait_for()
