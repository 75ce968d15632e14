"""What a link locks stays: against tries, scenes, handles and a presenter's keys, in every lesson."""

from __future__ import annotations

import pytest
from apps import open_app, sound
from lessons import LESSONS

from pages._ui import link, staging
from pages._ui.visit import Visit
from pages._ui.words import words

THEOREM = "bayes/theorem"
KINDS = [
    (door, kind.kind, lesson.tries[kind.kind])
    for door, lesson in LESSONS.items()
    for kind in lesson.settings
    if kind.SCENES  # the others are a reader's own data: nobody opens a page with them
]
TRIES = [(door, kind, n) for door, kind, tries in KINDS for n in range(len(tries))]


@pytest.fixture
def visit_to(monkeypatch):
    """Return a reader in a lesson under a link that locks some names."""

    def go(door: str, scene: str, *locks: str, present: bool = True) -> Visit:
        monkeypatch.setattr(staging, "presenting", lambda: present)
        monkeypatch.setattr(staging, "locked", lambda name: not {name, "all"}.isdisjoint(locks))
        lesson = LESSONS[door]
        return Visit(lesson, link.Memory(lesson.at_start(scene), {}, epoch=3), words(lesson.page))

    return go


def kind_scene(door: str, kind: str) -> str:
    lesson = LESSONS[door]
    return next(scene for scene in lesson.scenes if lesson.kind_of(scene).kind == kind)


@pytest.mark.parametrize(("door", "kind", "n"), TRIES)
def test_a_try_never_changes_what_is_locked(visit_to, door, kind, n):
    """Each way that a try goes may be locked alone: its scene, and each of the fields that it changes."""
    one, away = LESSONS[door].tries[kind][n], kind_scene(door, kind)
    goal = {"glide": one.glide, "ms": one.ms, **one.changes}
    for lock in ("all", "scene", *one.changes):
        visit = visit_to(door, away, lock)
        before = visit.settings
        start = before if one.scene == away else LESSONS[door].at_start(one.scene)
        bars = lock == "all" or (one.scene != away if lock == "scene" else one.changes[lock] != getattr(start, lock))
        assert visit.barred(one.scene, **one.changes) == (lock if bars else "")
        visit.demonstrate(one.scene, **goal)
        assert (visit.settings == before and visit.memory.epoch == 3) or not bars
        assert visit.named(lock)
    free = visit_to(door, away)
    free.demonstrate(one.scene, **goal)
    assert free.memory.epoch == 4


def test_a_try_in_the_same_scene_leaves_what_is_locked_where_the_link_put_it(visit_to):
    visit = visit_to(THEOREM, "mammography", "sensitivity")
    visit.change(sensitivity=0.5, prevalence=0.02)
    visit.demonstrate("mammography", specificity=0.99)
    assert (visit.settings.sensitivity, visit.settings.specificity) == (0.5, 0.99)
    assert visit.settings.prevalence == LESSONS[THEOREM].at_start("mammography").prevalence


def test_a_release_moves_no_locked_handle(visit_to):
    visit = visit_to(THEOREM, "mammography", "sensitivity")
    before = visit.settings
    visit.moved({"sensitivity": 0.5, "specificity": 0.95}, 3)
    assert (visit.settings.sensitivity, visit.settings.specificity) == (before.sensitivity, 0.95)


@pytest.mark.parametrize("door", LESSONS)
def test_a_presenters_keys_walk_the_scenes_and_back(visit_to, door):
    visit = visit_to(door, LESSONS[door].first)
    scenes = list(LESSONS[door].scenes)
    assert "step" in visit.offers
    for n in range(1, len(scenes) + 1):
        visit.stepped("step", 1, visit.memory.epoch, n)
        assert visit.settings.scene == scenes[n % len(scenes)]
    visit.stepped("step", -1, visit.memory.epoch, 99)
    assert visit.settings.scene == scenes[-1]


@pytest.mark.parametrize("door", LESSONS)
def test_a_presenters_keys_go_through_views_and_tries(visit_to, door):
    lesson = LESSONS[door]
    for kind in (kind.kind for kind in lesson.settings if kind.SCENES):
        visit = visit_to(door, kind_scene(door, kind))
        if visit.settings.asks:  # what would tell the answer is not offered
            assert set(visit.offers) == {"step", "guess"}
            visit.guessed(None)
        seen = []
        for n, _ in enumerate(visit.views(), start=1):
            visit.stepped("view", 1, visit.memory.epoch, n)
            seen.append(visit.settings.view)
        assert sorted(seen) == sorted(visit.views())
        for n, one in enumerate(lesson.tries[kind], start=100):
            visit.stepped("try", 1, visit.memory.epoch, n)
            assert visit.settings.scene == one.scene
            assert {name: getattr(visit.settings, name) for name in one.changes} == dict(one.changes)
            if visit.settings.asks:
                visit.guessed(None)


@pytest.mark.parametrize("door", LESSONS)
def test_what_is_locked_is_not_offered(visit_to, door):
    bound = visit_to(door, LESSONS[door].first, "all")
    assert bound.state()["keys"] == ()
    for n, do in enumerate(("step", "view", "try"), start=1):
        bound.stepped(do, 1, 3, n)
    assert bound.memory.epoch == 3
    assert "step" not in visit_to(door, LESSONS[door].first, "scene").offers
    assert "view" not in visit_to(door, LESSONS[door].first, "view").offers
    assert visit_to(door, LESSONS[door].first, present=False).state()["keys"] == ()


def test_quick_presses_count_once_each_in_whatever_order_they_come(visit_to):
    """Streamlit may bring two triggers as one, the first of them again, or the second while the first's run goes on."""
    visit = visit_to(THEOREM, "mammography")
    scenes = list(LESSONS[THEOREM].scenes)
    visit.stepped("step", 1, 3, 11)
    visit.stepped("step", 2, 3, 12)  # pressed before the picture of the first came
    visit.stepped("step", 1, 3, 11)
    assert visit.settings.scene == scenes[2]
    visit.stepped("step", 2, visit.memory.epoch, 14)  # the first of these two never came
    assert visit.settings.scene == scenes[4]


def test_tries_that_a_lock_bars_say_so_and_go_nowhere():
    app = open_app(THEOREM, lock="specificity", reveal="1")
    labels = {b.label: b.disabled for b in app.button if b.key and b.key.startswith("try.")}
    assert sum(labels.values()) == 1
    [told] = [label for label, off in labels.items() if off]
    assert told.endswith("*Not here: the link locks specificity.*")
    bound = open_app(THEOREM, lock="all")
    assert not [b for b in bound.button if b.key and b.key.startswith("try.")]
    other = open_app(THEOREM, lock="scene", scene="fog")
    assert not any(b.disabled for b in other.button if b.key and b.key.startswith("try."))
    sound(other.button(key="try.0").click().run())
    assert other.session_state["memory.theorem"].settings.scene == "fog"


def test_another_view_is_scrolled_to_and_another_number_is_not(visit_to):
    """On a phone the control of views stands far below the picture."""
    visit = visit_to("bayes/updating", "coin")
    visit.change(view="predict")
    assert visit.state()["reveal"]
    visit.change(points=100)
    assert not visit.state()["reveal"]
