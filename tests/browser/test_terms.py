"""Terms of the field open their definition where they stand, by hover, focus and touch; the page of all words."""

from __future__ import annotations

MARKED = "document.querySelector('.bl-said .tm') && document.querySelector('.tm-lab')"
CARD = "(() => { const c = document.querySelector('#tm-card'); return c && !c.hidden ? c.innerText : ''; })()"
COVERS = """(() => { const c = document.querySelector('#tm-card').getBoundingClientRect();
  const t = document.querySelector('[aria-describedby="tm-text"]').getBoundingClientRect();
  return c.left < t.right && t.left < c.right && c.top < t.bottom && t.top < c.bottom; })()"""
INSIDE = """(() => { const c = document.querySelector('#tm-card').getBoundingClientRect();
  return c.left >= 0 && c.top >= 0 && c.right <= innerWidth && c.bottom <= innerHeight; })()"""
WRONG = """(() => [...document.querySelectorAll('.tm')].filter(e =>
  e.closest('button, input, svg, a, [data-word], [data-testid=stMarkdown], [data-testid=stHeading]')).length)()"""


def is_open(page, words: str) -> None:
    page.wait(f"{CARD}.includes({words!r})", timeout=5_000)
    assert not page.js(COVERS)
    assert page.js(INSIDE)


def is_closed(page) -> None:
    page.wait(f"{CARD} === ''", timeout=5_000)


def test_a_term_opens_by_hover_focus_and_label_and_survives_scenes(visit):
    page = visit("/posterior")
    page.settle()
    page.wait(MARKED)
    assert page.js(WRONG) == 0

    page.page.hover(".bl-said .tm")
    is_open(page, "How far from zero")
    page.page.mouse.move(5, 5)
    is_closed(page)

    page.page.hover('[data-label="credible"]')  # words of an image, which cannot have the keyboard
    is_open(page, "credible interval")
    page.page.keyboard.press("Escape")
    is_closed(page)

    page.page.mouse.move(5, 5)
    page.page.locator(".lead .tm").first.focus()
    page.page.keyboard.press("Tab")
    is_open(page, "What is believed after")
    page.page.keyboard.press("Enter")
    assert page.js("document.activeElement.closest('#tm-card') !== null")
    assert page.js("document.activeElement.getAttribute('href')") == "updating"
    page.page.keyboard.press("Escape")
    is_closed(page)
    assert page.js("document.activeElement.textContent") == "posterior"
    told = "[...document.querySelectorAll('.tm')].filter(e => e.tabIndex === 0).map(e => e.dataset.term)"
    reached = page.js(told)
    assert len(reached) == len(set(reached))  # the keyboard comes to each once
    labels = "[...document.querySelectorAll('.tm-lab')].flatMap(e => e.dataset.term.split(' '))"
    assert set(page.js(labels)) <= set(reached)

    page.js("(window.marks = 0, new MutationObserver(all => { for (const one of all) for (const n of one.addedNodes)"
            " window.marks += n.nodeName === 'DFN'; }).observe(document.body, {childList: true, subtree: true}))")  # fmt: skip
    x, y, width = page.grab("width")
    for step in range(12):
        page.page.mouse.move(x - width * step / 30, y)
    page.page.wait_for_timeout(500)  # longer than texts rest before terms are marked
    assert "→" in page.page.locator(".bl-said").inner_text()
    assert page.js("window.marks") == 0
    page.page.mouse.up()
    page.wait("window.marks > 0 && document.querySelector('.bl-said .tm')")

    names = page.page.locator(".st-key-scenes button").all_inner_texts()
    for turn in range(20):
        page.page.locator(".bl .tm").first.hover()
        page.page.locator(".st-key-scenes button").nth((turn + 1) % len(names)).click()
    page.settle()
    page.wait(MARKED)
    assert page.js(WRONG) == 0
    assert page.page.locator("h1").inner_text() == "One line, or every line that fits?"
    page.page.hover(".bl-said .tm, .lead .tm")
    page.page.emulate_media(media="print")
    assert page.js("getComputedStyle(document.querySelector('#tm-card')).display") == "none"


def test_a_term_opens_by_touch_on_a_phone(visit):
    page = visit("/posterior", size=(375, 812), has_touch=True)
    page.settle()
    page.wait(MARKED)
    for at in range(page.page.locator(".bl-said .tm, .bl-top .tm").count()):
        term = page.page.locator(".bl-said .tm, .bl-top .tm").nth(at)
        term.tap()
        page.wait(f"{CARD} !== ''")
        assert not page.js(COVERS)
        assert page.js(INSIDE)
        term.tap()
        is_closed(page)
    page.page.locator('[data-label="predictive"]').tap()
    is_open(page, "one new observation")
    page.page.locator("h1").tap()
    is_closed(page)


def test_the_page_of_all_words_finds_them(visit):
    page = visit("/glossary?word=credible")
    page.page.wait_for_selector(".gl article")
    heads = "[...document.querySelectorAll('.gl h2')].map(e => e.textContent)"
    assert page.js(heads)[0] == "credible interval"
    page.page.fill("#gl-field", "credibel")
    assert page.js(heads) == []
    page.page.locator(".gl-none button", has_text="credible").click()
    assert page.js(heads)[0] == "credible interval"
    assert "word=credible+interval" in page.page.url
    page.page.locator(".gl article a").first.click()
    page.settle()
    assert page.page.url.endswith("/posterior")
