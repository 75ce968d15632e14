"""What is the Bayes factor page's own: typed records, an improper prior, and what follows from a choice."""

from __future__ import annotations

import numpy as np
import pytest

from pages._ui.fields import fields_of
from pages.choose._bayes_factor import typed
from pages.choose._bayes_factor.settings_mean import MeanSettings
from pages.choose._bayes_factor.settings_share import ShareSettings
from pages.choose.bayes_factor import LESSON


def told(settings, word: str) -> str:
    handle = settings.handles[0]
    film = LESSON.film(settings, handle)
    texts = film.words[word]
    return texts[min(settings.home()[handle], len(texts) - 1)]


def test_the_page_says_the_published_numbers():
    assert told(ShareSettings.at_start("coin"), "bf01") == "1.20"
    assert told(ShareSettings.at_start("coin"), "p") == "0.040"
    assert told(ShareSettings.at_start("ten"), "odds") == "9.31 to 1 against H₀"
    assert told(MeanSettings.at_start("sleep").changed(width=0.5**0.5), "bf10") == "17.3"
    groups = MeanSettings.at_start("sleep").changed(data="t=3.5 n=20+20")
    assert (groups.t, told(groups, "bf10")) == (3.5, "26.7")


def test_an_improper_prior_is_refused_where_it_is_typed_and_in_a_link():
    for settings, name, text in ((ShareSettings, "worth", "0"), (MeanSettings, "width", "inf")):
        start = settings.at_start(next(iter(settings.SCENES)))
        field = fields_of(start)[name]
        for ask in (lambda f=field, s=start, n=name, t=text: f.typed(s, n, t), lambda f=field, t=text: f.read(t)):
            with pytest.raises(ValueError, match="may be multiplied by any number, and the Bayes factor with it"):
                ask()


def test_a_typed_record_is_seen_whole_in_its_own_order():
    typed_in = ShareSettings.at_start("coin").changed(data=typed.tosses("h h t h t"))
    assert (typed_in.n, typed_in.heads, typed_in.seen) == (5, 3.0, 5.0)
    assert typed_in.record().tolist() == [1, 1, 0, 1, 0]
    moved = typed_in.changed(heads=1.0)
    assert moved.record().sum() == 1
    counts = ShareSettings.at_start("ten").changed(data=typed.tosses("520 of 1000"))
    assert (counts.n, counts.heads) == (1000, 520.0)
    fewer = ShareSettings.at_start("coin").changed(tosses=50)
    assert (fewer.n, fewer.heads, fewer.seen) == (50, 29.0, 50.0)
    here = ShareSettings.at_start("coin").changed(view="along").changed(seen=20.0)
    assert here.changed(view="width").seen == 200.0
    values = MeanSettings.at_start("sleep").changed(data=typed.values("3 4.5; 2"), view="along")
    assert values.values().tolist() == [3.0, 4.5, 2.0]


def test_a_link_with_a_record_alone_is_seen_as_it_was_typed():
    for asked, heads, n in (
        ({"data": "HHTHT"}, 3, 5),
        ({"tosses": 50}, 29, 50),
        ({"data": "HHTHT", "heads": 5.0}, 5, 5),
    ):
        notes: list[str] = []
        made = LESSON.from_link(asked, notes)
        assert (made.heads, made.n, made.seen, notes) == (heads, n, n, [])
        parsed = {name: LESSON.parsers[name](text) for name, text in made.link().items()}
        assert LESSON.from_link(parsed, notes) == made
    groups = LESSON.from_link({"scene": "sleep", "data": "t=3.5 n=20+20"}, notes)
    assert groups.t == 3.5


def test_the_heights_in_the_picture_are_h1s_own_so_their_ratio_is_the_bayes_factor():
    for settings in (ShareSettings.at_start("ten"), MeanSettings.at_start("sleep")):
        for side in ("both", "above", "below"):
            seen = LESSON.view(settings.changed(side=side), settings.handles[1])
            drop = seen.numbers["before.y"][:, 0] - seen.numbers["after.y"][:, 0]
            inside = seen.numbers["after.y"][:, 0] > -2.5  # a height below the picture stands at its edge
            assert drop[inside] == pytest.approx(seen.facts["odds"][inside] / np.log(10), abs=1e-9)


@pytest.mark.parametrize(
    ("read", "text", "why"),
    [
        (typed.tosses, "HXT", "“X” is neither H nor T"),
        (typed.tosses, "9 of 3", "more of one side than tosses"),
        (typed.tosses, "0:0", "0 tosses"),
        (typed.values, "1", "1 values: type from 2"),
        (typed.values, "2 2 2", "all values are the same"),
        (typed.values, "1 much", "“much” is not a number"),
        (typed.values, "t = 900, n = 9", "give a t from"),
        (typed.values, "t = 2, n = 1", "more values than that"),
    ],
)
def test_what_cannot_be_read_is_refused_by_name(read, text, why):
    with pytest.raises(ValueError, match=why):
        read(text)


@pytest.mark.parametrize("side", ["both", "above", "below"])
def test_every_choice_of_hypotheses_has_finite_numbers_in_every_view(side):
    """The most lopsided beliefs: an end of the axis is tested, a prior far from even, a wide margin."""
    for null, worth in ((0.1, 0.1), (0.9, 1000.0)):
        start = ShareSettings.at_start("ten").changed(null=null, worth=worth, side=side).changed(margin=0.1)
        for view in ("predict", "heights", "along", "width"):
            settings = start.changed(view=view)
            seen = LESSON.view(settings, "worth")
            for name, numbers in seen.numbers.items():
                assert not np.isinf(numbers).any(), (view, name)
            assert "–" not in seen.said["odds"]
