"""Whatever words a link, a table or a tour brings, they are words: nothing in them runs, and nothing of them is a tag."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

from bayes_core import Dataset
from bayes_core.data.upload import as_link
from pages._ui.own import _SIGNS
from pages._ui.tour.carrying import to_link
from pages._ui.tour.nouns import Step, Tour
from pages._ui.words import words

IMG = "<img src=x onerror=window.__hit=1>"
OUT = '"></script><script>window.__hit=1</script><svg onload=window.__hit=1>'
MARKS = "' onfocus=window.__hit=1 autofocus x='[x](javascript:window.__hit=1)"
TWICE = "&lt;img src=x onerror=window.__hit=1&gt;"
SHORT = "<svg onload=__hit=1>"  # an event's name has 24 letters
TAG = "<a onpointerover=__hit=1"

FOUND = """() => {
  const bad = [];
  const look = (root) => {
    for (const e of root.querySelectorAll("*")) {
      const names = e.getAttributeNames().filter((name) => name.startsWith("on"));
      if (names.length || e.getAttribute("src") === "x") bad.push(e.outerHTML.slice(0, 200));
      if (/^\\s*javascript:/i.test(e.getAttribute("href") ?? e.getAttribute("xlink:href") ?? "")) bad.push(e.outerHTML);
      if (e.tagName === "SCRIPT" && e.textContent.includes("__hit")) bad.push(e.outerHTML);
      if (e.shadowRoot) look(e.shadowRoot);
    }
  };
  look(document);
  return [window.__hit ?? null, bad];
}"""
SEEN = "document.body.innerText + [...document.querySelectorAll('svg text, input, textarea')].map((e) => e.value ?? e.textContent).join()"
RESTS = "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'"


def link(page: str, **params: str) -> str:
    return f"/{page}?" + "&".join(f"{name}={quote(text)}" for name, text in params.items())


def evil_data() -> str:
    """Return data in a link, all of whose names are evil."""
    return as_link(
        Dataset.from_arrays(
            [1990.0, 1994, 1999, 2003, 2010, 2018],
            [12.1, 14, 13.2, 17, 18.9, 25],
            feature_names=[IMG],
            target_name=OUT,
            title=MARKS + TWICE,
        )
    )


def evil_classes() -> str:
    x = [[1.0, 2], [2, 1], [3, 3], [4, 1], [5, 4], [6, 2], [7, 5], [8, 3]]
    y = [0, 0, 1, 0, 1, 1, 0, 1]
    return as_link(
        Dataset.from_arrays(
            x, y, feature_names=[IMG, OUT], target_name=MARKS, classes=[IMG, OUT], task="classification"
        )
    )


NET = f"{SHORT}: 0.2; {TAG}>: 0.3; wet | {SHORT}, {TAG}>: 0.9, 0.4, 0.5, 0.1"
HARMLESS = IMG.translate(_SIGNS)
LINKS = {
    "events": (link("theorem", scene="fog", a=SHORT, b=TAG), (SHORT, TAG)),
    "a net": (link("belief_network", net=NET, about="wet", entry=OUT, scene=IMG), ("onload", IMG)),
    "own data without our code": (link("posterior", scene="yours", rows=evil_data(), live="0"), (HARMLESS,)),
    "own classes": (link("classes", scene="yours", rows=evil_classes()), (HARMLESS,)),
    "rows that are none": (link("decide", scene="yours", rows=OUT, table=MARKS, act=IMG), (IMG,)),
    "a word": (link("glossary", word=IMG + OUT), (IMG,)),
    "values": (link("updating", data=IMG, story=OUT, scene=MARKS, probe=TWICE, present=IMG, lock=OUT), ()),
    "a tour": (link("tour", steps=to_link(Tour(IMG, (Step("posterior", "width=3", MARKS + IMG, OUT),)))), (IMG, MARKS)),
    "a room": (link("room", code=IMG, room=OUT, join=MARKS), ()),
}
"""Links, and what of it is to be read on their page."""


@pytest.mark.parametrize(("path", "read"), LINKS.values(), ids=LINKS)
def test_words_of_a_link_are_words(visit, path, read):
    here = visit(path)
    here.page.wait_for_selector("h1")
    here.wait(f"document.querySelector('.bl[data-ready]') || {RESTS}")
    for told in read:
        here.wait(f"({SEEN}).includes({told!r})", timeout=30_000)
    assert here.js(FOUND) == [None, []]


def test_words_of_a_pasted_table_are_words(visit):
    here = visit("/data")
    here.page.get_by_role("radio", name="Paste a table").or_(
        here.page.get_by_role("button", name="Paste a table")
    ).first.click()
    plain = OUT.replace('"', "")  # which would quote a cell
    rows = "".join(
        f"{k}\t{40 + 5 * k + (-1) ** k}\t{(IMG, TWICE)[k % 2]}\t{plain if k == 4 else k}\n" for k in range(1, 13)
    )
    here.page.get_by_role("textbox", name="A table from a spreadsheet").fill(f"{IMG}\t{plain}\t{MARKS}\tn\n{rows}")
    here.page.keyboard.press("Control+Enter")
    here.page.locator(".dt-said", has_text="12 rows").wait_for()
    here.wait(RESTS)
    here.wait(f"({SEEN}).includes('onerror')")
    assert here.js(FOUND) == [None, []]


def test_a_file_that_is_too_large_is_refused_in_words(visit, tmp_path):
    here, file = visit("/data"), tmp_path / f"{TAG}.csv"
    with file.open("wb") as large:
        large.truncate(21_000_000)
    here.page.locator('[data-testid="stFileUploader"] input[type=file]').set_input_files(file)
    here.page.get_by_text("20.0MB or smaller").wait_for()
    assert here.js(FOUND) == [None, []]
    assert here.page.locator(".dt-said", has_text="rows").count() == 0


def test_names_of_own_data_are_words_on_their_page_and_in_its_report(visit, chromium, tmp_path):
    here = visit(link("posterior", scene="yours", rows=evil_data(), pin=f"{IMG}~width:{OUT}"))
    here.settle()
    assert HARMLESS in here.js(SEEN)
    assert here.js(FOUND) == [None, []]
    here.page.get_by_text("Share this view").click()
    with here.page.expect_download(timeout=60_000) as waited:
        here.page.get_by_role("button", name=words("share")["file report"]).click()
    file = tmp_path / "report.html"
    file.write_bytes(Path(waited.value.path()).read_bytes())
    context = chromium.new_context(offline=True)
    page = context.new_page()
    page.goto(file.as_uri())
    page.wait_for_selector(".bl[data-ready]")
    seen = page.evaluate(SEEN)
    found = page.evaluate(FOUND)
    context.close()
    assert HARMLESS in seen
    assert found == [None, []]
