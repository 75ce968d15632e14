from __future__ import annotations

from pathlib import Path

import axe_core_python
import pytest
from lessons import DOORS, address

AXE = next(Path(axe_core_python.__file__).parent.rglob("axe.min.js"))
OPEN = "document.querySelectorAll('[data-testid=stExpander] details:not([open]) > summary').forEach(s => s.click())"
SMALLEST = """() => { const small = []; for (const e of document.querySelectorAll('.stApp *')) {
  const own = [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()); if (!own || !e.checkVisibility()) continue;
  const box = e.getBoundingClientRect(), px = parseFloat(getComputedStyle(e).fontSize);
  if (box.width < 2 || e.closest('.katex, [data-testid=stIconMaterial], .st-key-courier')) continue;
  if (px < 11.5 && !e.closest('svg')) small.push([px, e.textContent.slice(0, 30)]); } return small; }"""
PAPER = "getComputedStyle(document.querySelector('.stApp')).backgroundColor"

READY = {
    "/": ".hm[data-points]",
    "/glossary": ".gl article",
    "/room": ".ro-go",
    "/data": ".st-key-ways_in",
    "/tour": ".td-card",
}  # what a page shows that is no lesson
BOTH = tuple(address(door) for door in DOORS)
LIGHT_ONLY = (
    "/posterior?method=map",
    "/posterior?ask=1",
    "/theorem?reveal=1",
    "/theorem?scene=fog",
    "/theorem?scene=iris",
    "/map_vs_ridge?view=error",
)
CASES = [(path, True) for path in BOTH] + [(path, False) for path in LIGHT_ONLY]
COLOURS = ["color-contrast", "link-in-text-block"]  # the rules that another theme can break


def serious(page, only: list[str] | None = None) -> list:
    """Return what axe finds that keeps people out: the rule, and the first elements that break it."""
    which = f"runOnly: {only}, " if only else ""
    found = page.js(f"axe.run(document, {{{which}resultTypes: ['violations']}})")["violations"]
    return [
        (v["id"], [(n["html"][:150], n.get("failureSummary", "")[:300]) for n in v["nodes"][:3]])
        for v in found
        if v["impact"] in ("serious", "critical")
    ]


def shown(page, path: str) -> None:
    """Wait until all of a page is there to be looked at, with what is folded, and axe with it."""
    if path in READY:
        page.page.wait_for_selector(READY[path])
    else:
        page.settle()
        page.js(OPEN)  # not by the mouse: what opens moves the next one away from under it
        if not page.js("document.querySelector('.bl-ask')"):  # while a page asks, it keeps the script back
            page.page.locator('[data-testid="stCode"]').first.wait_for()
        page.page.locator(".bl .tm").first.wait_for()  # terms are marked once texts are at rest
    page.page.add_script_tag(path=str(AXE))


@pytest.mark.parametrize(("path", "both"), CASES)
def test_axe_finds_nothing_serious(visit, path, both):
    page = visit(path)
    shown(page, path)
    assert serious(page) == []
    assert page.js(SMALLEST) == []
    if both:
        page.page.emulate_media(color_scheme="dark")
        page.page.reload()
        shown(page, path)
        assert page.js(PAPER) == "rgb(20, 23, 27)"
        assert serious(page, COLOURS) == []


@pytest.mark.parametrize("path", ["/posterior?present=1"])
def test_axe_finds_nothing_serious_in_a_dark_hall(visit, path):
    page = visit(path, dark=True, size=(1920, 1080))
    page.settle()
    page.page.add_script_tag(path=str(AXE))
    assert serious(page) == []
    assert page.js(SMALLEST) == []


def test_a_run_that_takes_its_time_takes_no_contrast(visit):
    """Streamlit pales, late and by an opacity of its own, what a run has not come to yet."""
    page = visit("/regression")
    page.settle()
    pale = "e.dataset.stale = 'true'; e.style.transition = 'none'; e.style.opacity = '.33'"
    assert (
        page.js(
            f"(() => {{ const e = document.querySelector('.bl').closest('[data-testid=stElementContainer]'); {pale};"
            " return getComputedStyle(e).opacity; })()"
        )
        == "1"
    )
