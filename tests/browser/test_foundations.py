"""Bayes' theorem, updating, and MAP as ridge, in a real browser: what a hand on the picture does."""

from __future__ import annotations

import numpy as np
import pytest

from bayes_core.foundations.conjugate.belief import Seen
from bayes_core.foundations.conjugate.beta import Beta
from bayes_core.foundations.diagnosis import Diagnosis
from bayes_core.foundations.people import people
from pages.bayes._theorem.look import flowers
from pages.bayes._theorem.scenes import CLUES

CELLS = ("both", "only", "other", "neither")
PEOPLE = "/theorem?reveal=1"
FRAME = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def told(page, word: str) -> str:
    return page.page.inner_text(f'[data-word="{word}"] >> nth=0')


def value(page, handle: str) -> float:
    return page.live(f"live.spec.handles.find(h => h.id === '{handle}').values[live.positions['{handle}']]")


def hold(page, handle: str, share: float, steps: int = 6) -> None:
    """Drag a handle by a share of its track and keep it in the hand."""
    x, y, width = page.grab(handle)
    page.page.mouse.move(x + share * width, y, steps=steps)
    page.js(FRAME)


def let_go(page) -> None:
    url = page.page.url
    page.page.mouse.up()
    arrived(page, url)


def arrived(page, url: str) -> None:
    """Wait until the address has changed and the picture stands."""
    page.wait(f"location.href !== {url!r}")
    page.settle()


def crowd(page) -> list[int]:
    return [page.page.locator(f".bl-crowd [data-cell={cell}]").count() for cell in CELLS]


def table(page) -> list[int]:
    return [int(told(page, f"cell.{cell}").replace(",", "")) for cell in CELLS]


def opacity(page) -> dict[str, list[float]]:
    """Return how visible the people of each cell are: the faintest and the clearest of them."""
    return page.js(
        """Object.fromEntries(['both', 'only', 'other', 'neither'].map(cell => {
        const seen = [...document.querySelectorAll(`.bl-crowd [data-cell=${cell}]`)].map(p => +getComputedStyle(p).opacity);
        return [cell, [Math.min(...seen), Math.max(...seen)]]; }))"""
    )


# ------------------------------------------------------------------------------------------------- icon array
def test_the_table_counts_the_thousand_people_drawn(visit):
    page = visit(PEOPLE)
    page.settle()
    assert crowd(page) == table(page) == people(Diagnosis(0.01, 0.8, 0.904).joint, 1000).tolist()
    assert sum(crowd(page)) == page.page.locator(".bl-crowd path").count() == 1000


@pytest.mark.parametrize("how", ["hover", "focus"])
def test_a_cell_lights_its_people_and_dims_all_others(visit, how):
    page = visit(PEOPLE)
    page.settle()
    before = opacity(page)
    for cell in CELLS:
        getattr(page.page.locator(f".bl-cells td[data-cell={cell}]"), how)()
        now = opacity(page)
        others = [name for name in CELLS if name != cell]
        assert all(now[name][1] < before[name][0] for name in others), cell
        assert now[cell][0] >= 0.75, cell
        assert now[cell][0] > 3 * max(now[name][1] for name in others), cell


def test_a_person_lights_the_cell_of_the_table(visit):
    page = visit(PEOPLE)
    page.settle()
    for cell in CELLS:
        box = page.box(page.page.locator(f".bl-crowd [data-cell={cell}]").first)
        page.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 0.8 * box["height"])
        assert page.page.locator(".bl-cells td.lit").get_attribute("data-cell") == cell
    page.page.mouse.move(5, 5)
    assert page.page.locator(".bl-cells td.lit").count() == 0
    assert page.page.locator("[data-lit]").count() == 0


def test_a_drag_recounts_the_people_and_only_the_release_asks_the_server(visit):
    page = visit(PEOPLE)
    page.settle()
    before, runs = crowd(page), page.runs
    hold(page, "prevalence", 0.25, steps=20)
    assert page.runs == runs
    assert crowd(page) == table(page) != before
    assert crowd(page) == people(Diagnosis(value(page, "prevalence"), 0.8, 0.904).joint, 1000).tolist()
    let_go(page)
    assert page.runs == runs + 1
    assert crowd(page) == people(Diagnosis(value(page, "prevalence"), 0.8, 0.904).joint, 1000).tolist()


# ------------------------------------------------------------------------------------------------ guess first
def test_before_the_guess_nothing_gives_the_answer_away(visit):
    page = visit("/theorem")
    page.settle()
    for share in (None, 0.2):
        if share:
            hold(page, "prevalence", share)
        assert page.page.locator(".bl-crowd path").count() == 1000
        assert page.page.locator(".bl-crowd [data-cell=both], .bl-crowd [data-cell=other]").count() == 0
        assert told(page, "answer") == "?"
        assert page.page.locator(".bl-cells, .bl-tree").count() == 0
        assert "positive" not in page.page.get_attribute(".bl-box", "aria-label")
    page.page.mouse.up()


def test_a_guess_reveals_the_answer_and_the_people_light_up(visit):
    page = visit("/theorem")
    page.settle()
    guess, reveal = page.page.locator(".bl-ask input"), page.page.get_by_role("button", name="Reveal")
    assert guess.input_value() == ""  # nothing to hold on to
    assert reveal.is_disabled()
    guess.fill("130")
    assert reveal.is_disabled()
    guess.fill("80")
    url = page.page.url
    guess.press("Enter")
    arrived(page, url)
    assert told(page, "guess.verdict") == "You said 80\xa0%. Here it is 7.8 %: too high by 72 points."
    assert page.js("document.activeElement.className") == "bl-guessed"
    assert told(page, "answer.words").endswith("95 of 103 alarms are false.")
    assert told(page, "answer") == "7.8 %"
    assert crowd(page) == [8, 2, 95, 895]
    fills = "['both', 'only'].map(c => getComputedStyle(document.querySelector(`.bl-crowd [data-cell=${c}]`)).fill)"
    assert len(set(page.js(fills))) == 2


def test_a_phone_asks_before_it_shows_handles_and_a_guess_may_be_declined(visit):
    page = visit("/theorem?scene=airport", size=(375, 812))
    page.settle()
    top = page.js("document.querySelector('.bl-ask').getBoundingClientRect().top")
    assert top < page.js("document.querySelector('.bl-hands').getBoundingClientRect().top")
    assert top < 812
    url = page.page.url
    page.page.get_by_role("button", name="Show me").click()
    arrived(page, url)
    assert told(page, "answer") == "0.47 %"
    assert told(page, "guess.verdict") == "The answer: 0.47 %."


# ----------------------------------------------------------------------------------------------------- mosaic
def test_areas_are_probabilities_and_bars_are_conditionals(visit):
    page = visit("/theorem?scene=fog")
    page.settle()
    boxes = page.js(
        """Object.fromEntries([...document.querySelectorAll('.bl-square rect[data-cell]')].map(r => [r.dataset.cell, r.getBoundingClientRect()])
        .map(([cell, box]) => [cell, box.width * box.height]))"""
    )
    assert set(boxes) == set(CELLS)
    for cell, share in zip(CELLS, (0.1, 0.4, 0.2, 0.3), strict=True):
        assert boxes[cell] / sum(boxes.values()) == pytest.approx(share, abs=0.01), cell
    long = "[...document.querySelectorAll('{}')].map(r => r.getBoundingClientRect().width)"
    whole = page.js(long.format(".sq-rest"))
    for bar, share in {"a": 0.2, "b": 1 / 3}.items():
        assert page.js(long.format(f".sq-given-{bar}"))[0] / whole[0] == pytest.approx(share, abs=0.01), bar


def test_a_contradiction_is_said_while_dragging_and_has_a_way_out(visit):
    page = visit("/theorem?scene=fog")
    page.settle()
    runs = page.runs
    hold(page, "pB", 0.6)
    assert page.runs == runs
    assert page.page.locator(".bl-square rect[data-cell]").count() == 0
    assert "impossible" in page.page.text_content(".bl-square")
    assert "P(rain) must lie between 10 % and 60 %" in told(page, "answer.words")
    let_go(page)
    remedies = page.page.locator(".st-key-remedies button")
    url = page.page.url
    remedies.filter(has_text="Set P(rain) to 60 %").click()
    arrived(page, url)
    assert value(page, "pB") == 0.6
    assert page.page.locator(".bl-square rect[data-cell]").count() == 4
    assert remedies.count() == 0


# -------------------------------------------------------------------------------------------- clue after clue
def test_a_clue_moves_the_bars_and_asks_the_server_nothing(visit):
    page = visit("/theorem?scene=iris")
    page.settle()
    wide = "[...document.querySelectorAll('.bl-bars u')].map(u => u.getBoundingClientRect().width / u.parentElement.getBoundingClientRect().width)"
    before, runs = page.js(wide), page.runs
    hold(page, "pl", -0.15)
    after = page.js(wide)
    assert page.runs == runs
    assert max(abs(a - b) for a, b in zip(before, after, strict=True)) > 0.1
    classes, flower = flowers().classes, np.array([[5.9, 2.8, value(page, "pl"), 1.6]])
    naive = classes.steps(flower, np.ones(len(CLUES)))[0, -1]
    honest = classes.together(flower, len(CLUES))[0]
    np.testing.assert_allclose(after, [*naive, *honest], atol=0.01)
    page.page.mouse.up()


# --------------------------------------------------------------------------------------------------- updating
def type_data(page, text: str) -> None:
    box = page.page.get_by_role("textbox", name="Your own flips")
    box.fill(text)
    box.press("Enter")


def test_typed_flips_are_learnt(visit):
    page = visit("/updating")
    page.settle()
    url = page.page.url
    type_data(page, "HHTHT")
    arrived(page, url)
    wanted = float(Beta.around(0.5, 10.0).learn(Seen.sums(5, 3, 3)).mean)
    assert told(page, "grid.mean.2") == f"{wanted:.2f}" == "0.53"
    assert told(page, "strip") == "HHTHT"
    assert value(page, "seen") == 5


def test_a_wrong_letter_is_named_and_stays_in_the_box(visit):
    page = visit("/updating?data=HHTHT&seen=5")
    page.settle()
    url = page.page.url
    type_data(page, "HHXT")
    page.page.get_by_text("“X” is neither H nor T").wait_for()
    page.settle()
    assert page.page.get_by_role("textbox", name="Your own flips").input_value() == "HHXT"
    assert told(page, "strip") == "HHTHT"
    assert page.page.url == url
    type_data(page, "HHT")
    arrived(page, url)
    assert page.page.get_by_text("is neither H nor T").count() == 0
    assert told(page, "strip") == "HHT"


def test_play_moves_the_handle_by_itself_and_pause_stops_it(visit):
    page = visit("/updating")
    page.settle()
    runs = page.runs
    page.page.get_by_label("Speed").select_option("quick")
    page.page.get_by_label("Play", exact=True).click()
    page.wait("document.querySelector('.bl').__live.positions.seen >= 9")
    assert page.runs == runs
    url = page.page.url
    page.page.get_by_label("Pause").click()
    at = value(page, "seen")
    arrived(page, url)
    assert page.live("live.playing") is None
    assert value(page, "seen") == at
    assert f"seen={at:g}" in page.page.url
    assert page.runs == runs + 1


def test_a_flip_added_while_playing_comes_after_all_that_were_played(visit):
    page = visit("/updating?points=100")
    page.settle()
    page.page.get_by_label("Play", exact=True).click()
    page.wait("document.querySelector('.bl').__live.positions.seen >= 8")
    page.page.get_by_role("button", name="+ heads").hover()
    page.page.mouse.down()
    at = value(page, "seen")  # the press pauses, before the release adds
    page.wait(f"location.search.includes('seen={at:g}')")
    page.settle()
    page.page.mouse.up()
    page.wait("location.search.includes('data=')")
    page.settle()
    assert at >= 8
    assert value(page, "seen") == at + 1
    assert len(told(page, "strip")) == at + 1
    assert told(page, "strip").endswith("H")


def test_play_ends_with_the_last_datum_and_the_server_hears_once(visit):
    page = visit("/updating?seen=17")
    page.settle()
    runs = page.runs
    page.page.get_by_label("Speed").select_option("quick")
    page.page.get_by_label("Play", exact=True).click()
    page.wait("location.search.includes('seen=20')")
    page.settle()
    assert value(page, "seen") == 20
    assert page.runs == runs + 1
    assert page.page.get_by_label("Play", exact=True).inner_text() == "▶ play"


def test_one_more_one_back_and_reset(visit):
    page = visit("/updating")
    page.settle()
    strip = told(page, "strip")
    for button, at in (("One more", 7), ("One back", 6), ("One back", 5), ("Back to the start", 0)):
        page.page.get_by_label(button).click()
        assert value(page, "seen") == at
        assert page.page.input_value('[data-handle="seen"] .bl-num-field') == str(at)
        assert len(told(page, "strip")) == at or told(page, "strip") == "nothing yet"
    assert len(strip) == 6
    page.wait("location.search.includes('seen=0')")
    page.settle()
    assert value(page, "seen") == 0
    assert told(page, "grid.mean.2") == told(page, "grid.mean.1")


@pytest.mark.parametrize(
    ("path", "handle"), [("/updating", "seen"), ("/theorem?scene=fog", "pA"), ("/map_vs_ridge", "degree")]
)
def test_a_keyboard_reader_stays_on_the_handle(visit, path, handle):
    page = visit(path)
    page.settle()
    page.handle(handle).focus()
    for key in ("ArrowRight", "ArrowLeft", "End"):
        at, url = value(page, handle), page.page.url
        page.page.keyboard.press(key)
        assert value(page, handle) != at
        arrived(page, url)
        assert page.js("document.activeElement.closest('[data-handle]')?.dataset.handle") == handle, key


# ------------------------------------------------------------------------------------------------------ ridge
def both_curves(page) -> tuple[np.ndarray, np.ndarray]:
    ours, theirs = (np.array(page.live(f"Array.from(live.shown['{name}'].y)"), float) for name in ("map", "scikit"))
    return ours, theirs


def shown_rows(page) -> int:
    return page.js("[...document.querySelectorAll('.bl-grid tbody tr')].filter(r => r.offsetHeight > 0).length")


def test_the_map_is_scikit_learns_ridge_wherever_the_hand_goes(visit):
    page = visit("/map_vs_ridge")
    page.settle()
    runs, (before, _) = page.runs, both_curves(page)
    x, y, width = page.grab("width")
    for step in range(5):
        page.page.mouse.move(x - 0.08 * step * width, y)
        page.js(FRAME)
        ours, theirs = both_curves(page)
        assert np.isfinite(ours).all()
        np.testing.assert_allclose(ours, theirs, atol=0.005)
    assert np.abs(ours - before).max() > 0.1
    assert page.runs == runs
    let_go(page)
    assert page.runs == runs + 1


def test_every_degree_has_its_own_number_of_weights(visit):
    page = visit("/map_vs_ridge")
    page.settle()
    page.handle("degree").focus()
    assert shown_rows(page) == value(page, "degree") + 1 == 10
    for key in ("Home", "ArrowRight", "End"):
        page.page.keyboard.press(key)
        for _ in range(100):  # a busy machine may need more than a frame
            if shown_rows(page) == value(page, "degree") + 1:
                break
            page.js(FRAME)
        assert shown_rows(page) == value(page, "degree") + 1, key
    assert value(page, "degree") == 15


def test_another_view_shows_the_same_question(visit):
    page = visit("/map_vs_ridge?width=2.51&degree=5")
    page.settle()
    handles = {name: value(page, name) for name in ("width", "noise", "degree")}
    assert handles["degree"] == 5
    for view in ("weights", "bowl", "paths", "error", "bias", "fit"):
        url = page.page.url
        page.page.locator(".st-key-controls button").nth(
            ["fit", "weights", "bowl", "paths", "error", "bias"].index(view)
        ).click()
        arrived(page, url)
        assert view in page.live("live.spec.stamp").split("|")
        assert {name: value(page, name) for name in handles} == handles, view


def test_the_lassos_posterior_arrives_in_the_interval_column(visit):
    page = visit("/map_vs_ridge?scene=diabetes&family=laplace&view=weights&seed=5")
    page.settle()
    column = '[...document.querySelectorAll(\'[data-word^="grid."][data-word$=".3"]\')].map(e => e.textContent)'
    assert set(page.js(column)) == {""}
    page.page.get_by_role("button", name="Sample the posterior", exact=True).click()
    page.wait("document.querySelector('.bl').classList.contains('busy')")
    page.wait("document.querySelector('.bl-busy').hidden")
    page.page.get_by_text("Posterior by NUTS, sampled").wait_for()
    page.settle()
    assert len(page.js(column)) == 11
    assert all("…" in words for words in page.js(column))


# ---------------------------------------------------------------------------------------------------- layouts
VIEWS = {
    "/theorem": ("reveal=1", "scene=fog", "scene=iris", "scene=rare&view=curve&reveal=1"),
    "/updating": ("", "scene=scale", "scene=scale&view=predict", "scene=rivals", "view=evidence"),
    "/map_vs_ridge": ("", "view=bowl", "view=paths", "view=error"),
}
LABELS = """() => { const live = document.querySelector('.bl').__live, bad = new Set();
  const look = where => { const box = document.querySelector('.bl-box').getBoundingClientRect();
    const labels = Object.entries(live.labels).filter(([, e]) => !e.hidden).map(([id, e]) => [id, e.getBoundingClientRect()]);
    labels.forEach(([id, a], i) => {
      if (a.left < box.left - 3 || a.top < box.top - 3 || a.right > box.right + 3 || a.bottom > box.bottom + 3) bad.add(`${id} leaves the picture ${where}`);
      for (const [other, b] of labels.slice(i + 1))
        if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 3) bad.add(`${id} overlaps ${other} ${where}`);
    }); };
  const lines = where => { const { xaxis, yaxis } = live.plot?._fullLayout ?? {}, box = document.querySelector('.bl-box').getBoundingClientRect();
    if (!xaxis || innerWidth < 1000) return; // a phone has not always another place
    for (const { id, at } of live.spec.labels) { const el = live.labels[id], name = el && !el.hidden && el.getBoundingClientRect();
      if (!name || !['peak', 'start', 'under'].includes(at[0][1])) continue;
      if (new Set(live.shown[at[0][0]].x).size < 2) continue; // the name of an upright line stands at it, whatever is there
      for (const { name: trace, mode, line } of live.plot._fullData) { const drawn = live.shown[trace];
        if (!drawn || !String(mode).includes('lines') || !line.width || at.some(([own]) => own === trace)) continue;
        const px = i => [box.left + xaxis._offset + xaxis.d2p(drawn.x[i]), box.top + yaxis._offset + yaxis.d2p(drawn.y[i])];
        for (let i = 1; i < drawn.y.length; i++) { const [a, b] = [px(i - 1), px(i)];
          for (let t = 0; t <= 1; t += 0.05) { const [x, y] = [0, 1].map(k => a[k] + t * (b[k] - a[k]));
            if (x > name.left + 3 && x < name.right - 3 && y > name.top + 4 && y < name.bottom - 4) { bad.add(`${trace} strikes ${id} ${where}`); t = 2; } } } } } };
  look('at first'); lines('at first');
  if (live.spec.labels.length) for (const h of live.spec.handles) {
    for (const share of [0, 0.25, 0.75, 1]) { const at = Math.round(share * (h.values.length - 1));
      live.positions = { ...live.spec.home, [h.id]: at }; live.draw(h.id); look(`at ${h.id} ${at}`);
      if (h === live.spec.handles[0] && share % 1 === 0) lines(`at ${h.id} ${at}`); }
    live.positions = { ...live.spec.home }; live.draw(h.id); }
  return [...bad]; }"""
SIDEWAYS = """[document.documentElement, document.querySelector('[data-testid=stMain]')]
  .filter(e => e.scrollWidth > e.clientWidth).map(e => [e.tagName, e.scrollWidth, e.clientWidth])"""
TOO_HIGH = "(m => m.scrollHeight - m.clientHeight)(document.querySelector('[data-testid=stMain]'))"


def misplaced(page) -> list:
    """Return which labels meet or leave the picture, at every handle's places, and what scrolls sideways."""
    page.settle()
    return page.js(LABELS) + page.js(SIDEWAYS)


@pytest.mark.parametrize("path", list(VIEWS))
def test_labels_keep_apart_and_nothing_scrolls_sideways(visit, path):
    page, bad = visit(f"{path}?{VIEWS[path][0]}", size=(375, 812)), {}
    for query in VIEWS[path]:
        if query != VIEWS[path][0]:
            page.resize(375, 812)
            page.page.goto(f"{page.base}{path}?{query}")
        bad[query, "phone"] = misplaced(page)
        page.resize(1440, 900)
        bad[query, "laptop"] = misplaced(page)
    assert {where: found for where, found in bad.items() if found} == {}


@pytest.mark.parametrize("path", list(VIEWS))
def test_labels_keep_apart_and_all_is_seen_on_the_projector(visit, path):
    page, bad = visit(f"{path}?{VIEWS[path][0]}&present=1", size=(1920, 1080)), {}
    for query in VIEWS[path]:
        if query != VIEWS[path][0]:
            page.page.goto(f"{page.base}{path}?{query}&present=1")
        bad[query] = misplaced(page)
        if page.js(TOO_HIGH) > 0:
            bad[query].append(f"{page.js(TOO_HIGH)} px too high")
    assert {query: found for query, found in bad.items() if found} == {}


# ------------------------------------------------------------------------------------------------- the address
@pytest.mark.parametrize(
    "path",
    [
        "/theorem?prevalence=0.0985&reveal=1&guess=30",
        "/updating?scene=buses&seen=7&worth=8.25",
        "/map_vs_ridge?view=bowl&width=2.51",
    ],
)
def test_a_link_restores_the_picture(visit, path):
    # the row that only a keyboard sees comes once the texts are at rest
    texts = "[...live.root.children].map(e => [e.cloneNode(true)].map(c => (c.querySelectorAll('.tm-row').forEach(r => r.remove()), c.textContent))[0])"
    state = f"[live.positions, {texts}, live.spec.stage ? live.root.querySelector('.bl-stage').innerHTML : Object.values(live.shown).map(t => Array.from(t.y))]"
    first = visit(path)
    first.settle()
    before = first.live(state)
    assert before[0] != first.live("Object.fromEntries(live.spec.handles.map(h => [h.id, h.start]))")
    again = visit(first.page.url.removeprefix(first.base))
    again.settle()
    assert again.live(state) == before
    assert again.page.locator(".linknote").count() == 0


@pytest.mark.parametrize("path", list(VIEWS))
def test_arrow_keys_step_through_the_scenes(visit, path):
    page = visit(f"{path}?present=1", size=(1920, 1080))
    page.settle()
    scene = "document.querySelector('.bl').__live.spec.stamp.split('|')[0]"
    first, seen = page.js(scene), []
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft"):
        now = page.js(scene)
        page.page.keyboard.press(key)
        page.wait(f"{scene} !== '{now}'")
        page.settle()
        seen.append(page.js(scene))
    assert seen[3] == first
    assert seen[0] == seen[2]
    assert len({first, *seen}) == 3


def test_formulas_wear_the_theme_also_after_it_changes(visit):
    page = visit("/updating")
    page.settle()
    inks = """(() => {
      const want = (concept) => {
        const probe = document.createElement("i");
        probe.style.color = `var(--c-${concept})`;
        document.querySelector(".bl").append(probe);
        const { color } = getComputedStyle(probe);
        probe.remove();
        return color;
      };
      const worn = new Set([...document.querySelectorAll(".katex-html [style*='color']")].map(e => getComputedStyle(e).color));
      return ["prior", "likelihood", "posterior"].map(concept => [want(concept), worn.has(want(concept))]);
    })()"""
    page.page.get_by_text("The mathematics, in the same colours").click()
    page.page.wait_for_selector(".katex-html")
    light = page.js(inks)
    assert all(worn for _, worn in light), light
    page.page.emulate_media(color_scheme="dark")
    page.wait(f"({inks}).every(([want], i) => want !== {[want for want, _ in light]}[i])", timeout=15_000)
    dark = page.js(inks)
    assert all(worn for _, worn in dark), dark
