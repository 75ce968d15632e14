"""Two samplers side by side: a path grows as it is played, breaks where it diverges, and hides behind a guess."""

from __future__ import annotations

GLOSS = "[...document.querySelectorAll('.ch-small')].map(text => text.textContent)"
LEAPS = "document.querySelectorAll('.ch-leap').length"
SPENT = "document.querySelector('.bl').__live.positions.spent"


def test_play_lets_a_path_grow_leap_by_leap_without_the_server(visit):
    page = visit("/samplers?spent=0&right=gibbs")
    page.settle()
    runs = page.runs
    assert page.js(LEAPS) == 0
    page.page.get_by_label("Speed").select_option("quick")
    page.page.get_by_label("Play", exact=True).click()
    page.wait(f"{SPENT} >= 3")
    page.page.get_by_label("Pause").click()
    page.settle()
    at = page.js(SPENT)
    gloss = page.js(GLOSS)
    assert any("leapfrog step" in text for text in gloss)
    assert page.runs == runs + 1  # the pause
    page.page.get_by_label("One back").click()
    page.settle()
    assert page.js(SPENT) == at - 1


def test_a_step_too_bold_breaks_paths_under_the_hand(visit):
    page = visit("/samplers?scene=banana&spent=400")
    page.settle()
    runs = page.runs
    page.js("""(() => {
      const input = document.querySelector('[data-handle="size_a"] input[type=range]');
      input.value = input.max;
      input.dispatchEvent(new Event("input", { bubbles: true }));
    })()""")
    page.wait("document.querySelectorAll('.ch-lost').length > 0")
    assert any(text.startswith("▼ diverged") for text in page.js(GLOSS))
    assert page.runs == runs


def test_what_each_run_is_shows_after_the_guess_only(visit):
    page = visit("/samplers?scene=trust")
    page.settle()
    assert page.js("document.querySelectorAll('.ch-run').length") == 16
    assert page.js(GLOSS + ".filter(text => /[a-z]/.test(text)).join('')") == ""
    assert page.js("document.querySelectorAll('.ch-truth').length") == 0
    page.page.get_by_label("run c").check()
    page.page.get_by_role("button", name="Reveal").click()
    page.wait("document.querySelectorAll('.ch-truth').length > 2")
    assert any("NUTS" in text for text in page.js(GLOSS))
