"""The page of learning in turns: its badges, its question, its digits."""

from __future__ import annotations

import numpy as np
import pytest

from pages.choose._continual.look import look
from pages.choose._continual.scenes import ORDERS, days
from pages.choose._continual.settings import TurnSettings, remains
from pages.choose.continual import LESSON


def seen(handle: str = "seen", scene: str = "bumps", **changes):
    return look(TurnSettings.at_start(scene, **changes), handle, None)


def test_the_order_changes_no_digit_of_the_last_answer_and_some_on_the_way():
    said = [seen(order=order).said for order in ORDERS]
    assert len({one["evidence"][5] for one in said}) == 1
    assert len({one["evidence"][2] for one in said}) > 1
    for one in said:
        assert one["evidence"] == one["evidence.once"]
        assert len(one["evidence"][5].partition(".")[2]) == 10


@pytest.mark.parametrize(("order", "first"), [("came", -4.0), ("back", 4.0), ("middle", 0.0)])
def test_an_order_says_which_stretch_comes_first(order, first):
    x, _ = days(TurnSettings.at_start().source, order)
    assert len(x) == 5
    assert abs(x[0].mean() - first) < 0.5


def test_only_bayes_rule_without_a_loss_is_called_exact():
    trust = TurnSettings.at_start().positions("trust").tolist()
    badges = dict(zip(trust, seen("trust").badge, strict=True))
    assert {value for value, badge in badges.items() if badge == "exact"} == {1.0}
    assert set(seen("seen", trust=0.0).badge[2:]) == {"approximate"}
    assert set(seen("seen", trust=0.0).badge[:2]) == {"exact"}  # one task alone is learnt at once
    assert seen("seen", keeps="each").badge == ("exact", *["approximate"] * 5)  # the prior, and Gaussians cut down
    assert seen("seen", "tangent").badge == ("sampled", *["approximate"] * 5)


def test_before_any_task_the_bands_are_called_the_priors():
    said = seen("seen", "tangent").words
    assert said["label.credible"] == ("90 % prior", *["90 % credible"] * 5)
    assert said["gloss.credible"][:2] == ("before any task", "learnt in turns")
    assert seen("seen", "tangent").alt[0].startswith("0 of 5 tasks learnt; the largest gap")


def test_a_trust_that_is_not_bayes_has_no_evidence_to_show():
    said = seen("trust").said
    told = dict(zip(TurnSettings.at_start().positions("trust").tolist(), said["evidence"], strict=True))
    assert told.pop(1.0) == said["evidence.once"][0]
    assert set(told.values()) == {"–"}


def test_what_remains_of_task_one_is_what_the_table_says():
    view = seen("trust", "tuned")
    grown = view.facts["grown"]
    assert remains(view)[0] == "gone"
    assert grown[0] > 6
    wanted = ["kept" if one <= 1.5 else "some" if one <= 6 else "gone" for one in grown]
    assert list(remains(view)) == wanted
    now = [float(text) for text in view.said["error"]]
    then = [float(text) for text in view.said["then"]]
    np.testing.assert_allclose(np.array(now) / then, grown, rtol=0.12)  # both are rounded to two digits


def test_the_question_is_asked_only_where_a_network_has_learnt_several_tasks():
    asked = {scene: TurnSettings.at_start(scene).asking is not None for scene in LESSON.scenes}
    assert asked == {"bumps": False, "tuned": True, "tangent": True, "vi": True, "time": True}
    assert TurnSettings.at_start("tuned", seen=1.0).asking is None


def test_rows_of_earlier_tasks_are_hollow_and_later_ones_are_not_there():
    numbers = seen().numbers
    assert [int(np.isfinite(row).sum()) for row in numbers["now.y"]] == [0, 10, 10, 10, 10, 10]
    assert [int(np.isfinite(row).sum()) for row in numbers["gone.y"]] == [0, 0, 10, 20, 30, 40]
