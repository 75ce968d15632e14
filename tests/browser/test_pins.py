"""A reader reads a value and pins an answer: by mouse, by keys and by typing, at three widths."""

from __future__ import annotations

READ = "document.querySelector('.bl-reads').textContent"
LINE = "document.querySelector('.bl-pinned').textContent"
COVERED = """(() => {
  const thumb = document.querySelector('.bl-line span').getBoundingClientRect();
  const hit = box => box.width && box.left < thumb.right && box.right > thumb.left && box.top < thumb.bottom
    && box.bottom > thumb.top;
  const words = [...document.querySelectorAll('.bl-lab, .bl-note, .bl-xt, .bl-title, .bl-tool, .xtick text')];
  return words.filter(el => el.offsetParent !== null || el.ownerSVGElement)
    .filter(el => hit(el.getBoundingClientRect())).map(el => el.textContent);
})()"""


def test_a_value_is_read_by_mouse_keys_and_typing_and_covers_no_words(visit):
    page = visit("/posterior?scene=houses")
    page.settle()
    page.page.get_by_role("button", name="Read a value").click()
    page.wait("location.search.includes('probe=130')")
    thumb = page.page.get_by_role("slider", name="read the curves at")
    thumb.press("ArrowRight")
    page.wait("location.search.includes('probe=131')")
    assert "90 % predictive" in page.js(READ)
    page.settle()
    box = page.box(thumb)
    runs, before = page.runs, page.js(READ)
    page.page.mouse.move(box["x"] + 11, box["y"] + 11)
    page.page.mouse.down()
    page.page.mouse.move(box["x"] + 60, box["y"] + 11, steps=4)
    page.wait(f"{READ} !== {before!r}")
    assert page.runs == runs  # read off the curves in the browser
    page.page.mouse.up()
    page.wait("!location.search.includes('probe=131')")
    field = page.page.get_by_label("read at, exact place")
    field.fill("120,5 m²")
    field.press("Enter")
    page.wait("location.search.includes('probe=120.5')")
    page.settle()
    at = page.js(READ)
    page.release("width", -12)  # it follows the handle
    assert page.js(READ) != at
    field.fill("400")
    field.press("Enter")
    page.wait("!document.querySelector('#bl-refused-read').hidden")
    assert "outside the axis" in page.page.locator("#bl-refused-read").inner_text()
    assert "probe=120.5" in page.js("location.search")
    page.live("(live.waiting = 'noise', live.root.classList.add('stale'), live.draw('width'))")
    page.js("document.querySelector('.bl').__live.positions.noise += 1")
    page.js("document.querySelector('.bl').__live.draw('width')")
    assert page.js(READ) == "The answer here is still being worked out."  # no old number
    for size in ((375, 812), (1440, 900), (1920, 1080)):
        page.page.set_viewport_size({"width": size[0], "height": size[1]})
        page.js(
            "(l => { l.positions.noise = l.spec.home.noise; l.draw('width'); })(document.querySelector('.bl').__live)"
        )
        page.page.wait_for_timeout(400)
        for x in (0, 100, 150, 250, 260):
            page.js(f"(l => {{ l.read.x = {x}; l.draw('width'); }})(document.querySelector('.bl').__live)")
            assert page.js(COVERED) == [], (size, x)
    thumb.focus()
    thumb.press("Escape")
    page.wait("!location.search.includes('probe=')")


def test_an_answer_is_pinned_compared_and_gone_back_to(visit):
    page = visit("/posterior?scene=houses&present=1", size=(1440, 900))
    page.settle()
    page.page.keyboard.press("p")
    page.wait("location.search.includes('pin=houses')")
    page.settle()
    assert page.page.locator(".bl-ghost").count() == 0  # it is what is on screen
    page.release("width", -12)
    page.wait("document.querySelectorAll('.bl-ghost path[d]').length > 1")
    assert page.js(LINE).startswith("Against the pin Prior width 100 →")
    assert page.page.locator('[data-label="pinned"]').inner_text() == "pinned\nprior width 100"
    page.page.keyboard.press("PageUp")
    page.wait("!location.search.includes('width=')")
    page.settle()
    page.page.keyboard.press("PageUp")  # the pin was the stop behind its scene
    page.wait("location.search.includes('scene=blog')")
