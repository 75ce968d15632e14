"""What is known of an event is told by a click on it, or by keys; every bar follows at once, and a hand on the handle too."""

from __future__ import annotations

NODE = "document.querySelectorAll('.bn-node')"
STATES = f"[...{NODE}].map(one => one.dataset.state)"
BARS = f"[...{NODE}].map(one => parseFloat(one.style.getPropertyValue('--now')))"


def node(page, name: str):
    return page.page.locator(".bn-node", has_text=name)


def answered(page) -> None:
    """Wait until Python has answered a click: what is known stands at once, what follows from it does not."""
    page.wait("!document.querySelector('.bl-stage').classList.contains('waiting')")
    page.settle()


def test_a_click_says_what_is_known_and_keys_do_too(visit):
    page = visit("/belief_network")
    page.settle()
    assert page.js(STATES) == ["", "", "", "seen"]
    before = page.js(BARS)
    node(page, "next door wet").click()
    answered(page)
    assert page.js(STATES) == ["", "", "seen", "seen"]
    after = page.js(BARS)
    assert after[0] > before[0] + 15  # rain
    assert after[1] < before[1] / 2  # the sprinkler is excused
    assert "next+door+wet" in page.page.url
    assert page.js("document.activeElement.dataset.node") == "2"  # the keyboard stays where the click was
    page.page.keyboard.press("Enter")
    answered(page)
    assert page.js(STATES) == ["", "", "seen-no", "seen"]
    assert "seen: no" in page.js("document.activeElement.getAttribute('aria-label')")
    page.page.keyboard.press("Space")
    answered(page)
    assert page.js(BARS) == before
    assert page.js("document.querySelector('.bn-path').textContent").startswith("Knowing “my grass wet” opens the path")


def test_two_quick_clicks_are_both_heard(visit):
    page = visit("/belief_network?scene=alarm&known=")
    page.settle()
    page.js(f"{NODE}[3].click(), {NODE}[4].click(), {NODE}[4].click(), 0")
    assert page.js(STATES) == ["", "", "", "seen", "seen-no"]  # at once
    answered(page)
    assert page.js(STATES) == ["", "", "", "seen", "seen-no"]
    assert page.live("live.get.word('known')") == "John calls, not Mary calls"
    assert page.js("document.querySelector('.bl-stage').classList.contains('waiting')") is False


def test_bars_follow_the_hand_without_the_server(visit):
    page = visit("/belief_network")
    page.settle()
    runs, before = page.runs, page.js(BARS)
    page.js("""(() => {
      const input = document.querySelector('[data-handle="p"] input[type=range]');
      input.value = Number(input.value) + 15;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    })()""")
    page.page.wait_for_function(f"Math.abs({BARS}[0] - {before[0]}) > 5")
    after = page.js(BARS)
    assert after[0] > before[0]
    assert after[1] < before[1]
    assert page.runs == runs


def test_arrows_end_at_their_events_and_nothing_overlaps_on_a_phone(visit):
    page = visit("/belief_network?scene=chest", size=(375, 812))
    page.settle()
    boxes = page.js(f"[...{NODE}].map(one => one.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom])")
    for n, (left, top, right, bottom) in enumerate(boxes):
        assert left >= 0
        assert right <= 375
        assert bottom - top >= 44
        assert right - left >= 44
        for other in boxes[n + 1 :]:
            assert left >= other[2] or right <= other[0] or top >= other[3] or bottom <= other[1]
    path = page.js("document.querySelector('.bn-path').getBoundingClientRect().top")
    assert path >= max(box[3] for box in boxes)
