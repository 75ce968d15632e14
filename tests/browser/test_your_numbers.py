"""The page of one's own numbers in a real browser: a file chosen, a file dropped, a paste, and all of it by keys."""

from __future__ import annotations

from pathlib import Path

import axe_core_python

from bayes_core.data.kiosk import kiosk

AXE = next(Path(axe_core_python.__file__).parent.rglob("axe.min.js"))
RESTS = "document.querySelector('[data-testid=stApp]').dataset.testScriptState === 'notRunning'"
DROP = """text => {
  const carried = new DataTransfer(), told = { bubbles: true, cancelable: true, dataTransfer: carried };
  carried.items.add(new File([text], "dropped.tsv", { type: "text/tab-separated-values" }));
  document.querySelector(".dt-said").dispatchEvent(new DragEvent("dragenter", told));
  const far = document.elementFromPoint(innerWidth - 30, innerHeight - 30);  // wherever it is let go
  for (const kind of ["dragenter", "dragover", "drop"]) far.dispatchEvent(new DragEvent(kind, told));
  return document.documentElement.dataset.carried ?? "none";
}"""
LINES = """const Real = WebSocket; window.lines = [];
window.WebSocket = class extends Real { constructor(...told) { super(...told); window.lines.push(this); } };"""
UNHEARD = "Cannot send rerun backMessage when disconnected from server."  # what was in the field, once more later
CONNECTED = "document.querySelector('[data-testid=stApp]').dataset.testConnectionState === 'CONNECTED'"
TSV = "hours\tpoints\n" + "".join(f"{k}\t{40 + 5 * k + (-1) ** k}\n" for k in range(1, 9))


def says(page, text: str) -> None:
    page.locator(".dt-said", has_text=text).wait_for()


def test_a_table_comes_in_by_file_by_drop_and_by_paste_and_is_worked_on_by_keys(visit):
    opened = visit("/data", size=(375, 812))
    page = opened.page
    page.locator('[data-testid="stFileUploader"] input[type=file]').set_input_files(
        {"name": "kiosk.csv", "mimeType": "text/csv", "buffer": kiosk().encode()}
    )
    says(page, "120 rows and 8 columns")
    assert opened.js("document.querySelector('.stMain').scrollWidth") <= 375

    # a pill by keys, and back
    page.get_by_role("button", name="Use its log").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Undo").wait_for()
    assert "1 accepted" in page.locator(".dt-count").inner_text()
    # a role by keys
    role = page.get_by_role("combobox", name="Role of helpers")
    role.focus()
    page.keyboard.press("ArrowDown")
    page.get_by_role("option", name="left out").wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.locator("[class*=st-key-card_out] .dt-name", has_text="helpers").wait_for()
    opened.wait(RESTS)
    page.add_script_tag(path=str(AXE))
    found = opened.js("axe.run({exclude: [['.stSidebar']]}, {resultTypes: ['violations']})")["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:150]) for v in found if v["impact"] in ("serious", "critical")] == []

    # a file that is no table leaves all as it was, with the reason under its field
    page.get_by_role("radio", name="Drop a file").or_(page.get_by_role("button", name="Drop a file")).first.click()
    page.locator('[data-testid="stFileUploader"] input[type=file]').set_input_files(
        {"name": "photo.csv", "mimeType": "text/csv", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(300)}
    )
    page.locator(".linknote[role=alert]").wait_for()
    says(page, "120 rows and 8 columns")

    # another one is dropped, anywhere on the page; then one more, where no field is in sight
    opened.wait("window.__bayesCode?.id && document.querySelector('[data-testid=stFileUploaderDropzone]')")
    assert page.evaluate(DROP, TSV) == "none"  # what was carried is gone
    says(page, "8 rows and 2 columns: tab-separated")
    page.locator(".st-key-way_in_file").wait_for(state="detached")
    page.evaluate(DROP, TSV + "9\t88\n")
    says(page, "9 rows and 2 columns: tab-separated")

    # a paste; it stays in its field
    page.get_by_role("radio", name="Paste a table").or_(page.get_by_role("button", name="Paste a table")).first.click()
    field = page.get_by_role("textbox", name="A table from a spreadsheet")
    field.fill("x;y\n1;2,5\n2;3,5\n3;5\n4;5,5\n")
    page.keyboard.press("Control+Enter")
    says(page, "4 rows and 2 columns: semicolon-separated, decimal comma")
    assert field.input_value().startswith("x;y")

    # a lesson opens on it
    page.locator("[class*=st-key-to_] a", has_text="line").click()
    page.locator(".st-key-own", has_text="Pasted table").wait_for()
    page.wait_for_selector(".bl[data-ready]")
    page.go_back()
    says(page, "4 rows and 2 columns")
    page.get_by_role("button", name="Let it go").click()
    page.locator(".dt-said").wait_for(state="detached")


def test_a_lost_line_loses_nothing_that_was_brought_chosen_or_typed(visit):
    opened = visit("/glossary", fresh=True)
    opened.context.add_init_script(LINES)
    page = opened.page
    page.goto(opened.base + "/data")
    page.locator('[data-testid="stFileUploader"] input[type=file]').set_input_files(
        {"name": "hours.tsv", "mimeType": "text/tab-separated-values", "buffer": TSV.encode()}
    )
    says(page, "8 rows and 2 columns")
    unit = page.get_by_role("textbox", name="Unit of hours")
    unit.fill("h")
    unit.press("Enter")
    page.locator("#an-effect", has_text="Per 1 h of hours").wait_for()
    page.get_by_role("radio", name="Paste a table").or_(page.get_by_role("button", name="Paste a table")).first.click()
    field = page.get_by_role("textbox", name="A table from a spreadsheet")
    field.fill("x;y\n1;2,5\n")

    opened.context.set_offline(True)
    opened.js("window.lines.forEach(line => line.close())")
    opened.wait("!(" + CONNECTED + ")")
    assert field.is_disabled()  # nobody would hear it
    opened.context.set_offline(False)
    opened.wait(CONNECTED, timeout=30_000)
    says(page, "8 rows and 2 columns")
    assert unit.input_value() == "h"
    assert field.input_value() == "x;y\n1;2,5\n"
    field.press_sequentially("2;3,5\n3;5\n4;5,5\n")
    page.get_by_role("button", name="Read it").click()
    says(page, "4 rows and 2 columns: semicolon-separated, decimal comma")
    assert {told for told in opened.trouble if "WebSocket" not in told and "ERR_" not in told} <= {UNHEARD}
    opened.trouble = []
