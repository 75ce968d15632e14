"""Reports, parsed, and their numbers compared with the core's."""

from __future__ import annotations

from html.parser import HTMLParser

import numpy as np
import pytest
from lessons import LESSONS
from pictures import picked

from bayes_core import Dataset, Prior, ask, fit, predict, summary
from bayes_core.figures.film import pack
from bayes_core.figures.frames import Frames
from bayes_core.figures.picture import Handle, Picture
from bayes_core.inference import answer_steps
from bayes_core.report import facts
from pages._ui.taking import files_of

MOST = 6_000_000


class Read(HTMLParser):
    """A report as it is read: tables by the section that they stand in, its text, and what it would load."""

    def __init__(self, made: bytes) -> None:
        super().__init__()
        self.tables: dict[str, list[list[list[str]]]] = {}
        self.text: dict[str, str] = {}
        self.loads: list[str] = []
        self.inside: list[str] = []
        self.section, self.silent = "", False
        self.feed(made.decode())

    def handle_starttag(self, tag, attrs):
        told = dict(attrs)
        self.loads += [told[name] for name in ("src", "srcset", "data") if name in told]
        self.loads += [told["href"]] if tag == "link" else []
        self.section = told["id"] if tag == "section" else self.section
        self.silent = tag in ("script", "style") or (self.silent and tag not in ("section", "p"))
        if tag == "table":
            self.tables.setdefault(self.section, []).append([])
        if tag == "tr":
            self.tables[self.section][-1].append([])
        if tag in ("td", "th"):
            self.tables[self.section][-1][-1].append("")
        self.inside.append(tag)

    def handle_endtag(self, tag):
        self.silent = self.silent and tag not in ("script", "style")
        while self.inside and self.inside.pop() != tag:
            pass

    def handle_data(self, data):
        if self.silent:
            return
        self.text[self.section] = self.text.get(self.section, "") + data
        if self.inside and self.inside[-1] in ("td", "th"):
            self.tables[self.section][-1][-1][-1] += data


def report_of(taken) -> Read:
    made = next(file for file in files_of(taken) if file.name.endswith(".html")).make()
    assert len(made) < MOST
    return Read(made)


@pytest.fixture(scope="module")
def houses():
    taken = picked("linear/posterior", "houses", width=4.0)
    return taken, report_of(taken)


def test_the_posterior_is_the_cores(houses):
    taken, read = houses
    settings = taken.settings
    source = settings.source().at(settings.noise)
    answer = fit(source.dataset, method="exact", prior=Prior(4.0, source.noise_prior), seed=settings.seed)
    (listed,) = read.tables["posterior"]
    rows = {row[0]: row[1:] for row in listed[1:]}
    told = summary.named(summary.table(answer, settings.level))
    slope = rows[f"slope, per {source.dataset.feature_names[0]}"]
    assert slope[:2] == [told["coef[0]"].text, told["coef[0]"].interval]
    assert rows["noise σ"][1] == told["sigma"].interval
    assert source.dataset.fingerprint in read.text["data"]
    assert [row[0] for row in read.tables["data"][0][1:]] == [*source.dataset.feature_names, source.dataset.target_name]


def test_predictions_are_the_cores(houses):
    taken, read = houses
    answer, level = taken.fit, taken.settings.level
    (listed,) = read.tables["predictions"]
    x = np.array([float(row[0]) for row in listed[1:]])
    found = summary.band(predict(answer, x), level, "observation")
    for row, low, high in zip(listed[1:], found.lower, found.upper, strict=True):
        ends = [float(end.replace("−", "-")) for end in row[3].split(" to ")]
        np.testing.assert_allclose(ends, [low, high], atol=0.01 * float(np.ptp(answer.question.dataset.y)))


def test_the_other_prior_is_asked_of_the_core(houses):
    taken, read = houses
    (listed,) = read.tables["change"]
    assert len(listed) == 4
    source = taken.settings.source().at(taken.settings.noise)
    for row, factor in zip(listed[1:], (0.5, 1, 2), strict=True):
        width = float(row[0])
        assert width == pytest.approx(4.0 * factor, rel=0.1)
        answer = fit(source.dataset, method="exact", prior=Prior(width, source.noise_prior))
        mean = float(row[1].split(" ")[0].replace("−", "-"))
        assert mean == pytest.approx(answer.columns()["coef[0]"].mean(), rel=0.01)


def test_held_out_rows_are_counted_as_by_hand():
    rng = np.random.default_rng(5)
    x = rng.uniform(0, 3, 40)
    answer = fit(Dataset.from_arrays(x, 2 * x + rng.normal(0, 1, 40)), method="exact", seed=2)
    inside, rows = facts.held_out(answer, 0.8)
    assert rows == 40
    fold, by_hand = np.random.default_rng(2).permutation(40) % 5, 0
    for n in range(40):
        kept = fold != fold[n]
        seen = Dataset.from_arrays(x[kept], answer.question.dataset.y[kept])
        left = list(answer_steps(ask(seen, "linear", "exact", answer.prior, answer.question.budget, 2)))[-1].fit
        band = summary.band(predict(left, x[n : n + 1]), 0.8, "observation")
        by_hand += bool(band.lower[0] <= answer.question.dataset.y[n] <= band.upper[0])
    assert inside == by_hand


def test_ridge_tells_its_prior_by_the_handle():
    read = report_of(picked("linear/map_vs_ridge", width=0.5))
    listed = read.tables["change"][0]
    assert [float(row[0]) for row in listed[1:]] == pytest.approx([0.25, 0.5, 1.0], rel=0.1)
    assert len({row[1] for row in listed[1:]}) == 3


def test_draws_that_reach_less_far_answer_as_far_as_they_reach():
    values = (1.0, 1.5, 2.0, 3.0, 4.0)
    texts = tuple(f"{v:g}" for v in values)
    handle = Handle("width", ("prior width", ""), "prior", values, texts, texts, 2, ("", ""), "")
    words = {"alt": ("–", "low", "middle", "high", "–")}
    film = pack(Frames("width", np.array(values), {}, words, (1, 3)))
    told = facts.moved(Picture(None, "", (), ()), [film], {"width": 2}, handle)
    assert told.rows == (("1.5", "low"), ("2", "middle"), ("3", "high"))
    whole = pack(Frames("width", np.array(values), {}, words))
    assert [row[0] for row in facts.moved(Picture(None, "", (), ()), [whole], {"width": 2}, handle).rows] == [
        "1",
        "2",
        "4",
    ]


def test_a_panel_that_is_a_table_is_told_as_one():
    taken = picked("bayes/updating")
    listed = report_of(taken).tables["readouts"][0]
    rows = {row[0]: row[1:] for row in listed[1:]}
    film = taken.films["answer"]["worth"]
    assert rows["mean"][1] == film.word("grid.mean.1", taken.home["worth"])


def test_a_network_of_many_weights_lists_none():
    rows = Dataset.from_arrays(np.linspace(0, 1, 12), np.sin(np.linspace(0, 6, 12)))
    from bayes_core import Mlp

    answer = fit(rows, Mlp((6,)), "prior")
    assert facts.parameters(answer, 0.9) is None
    assert facts.held_out(answer, 0.9) is None
    assert len(facts.forecasts(answer, 0.9).rows) == 7


def test_it_loads_nothing_and_hides_what_the_link_hides(houses):
    _, read = houses
    assert read.loads == []
    lesson = LESSONS["linear/posterior"]
    assert lesson.script(houses[0].settings).splitlines()[0] in read.text["versions"]
    for part in ("answer", "numbers"):
        assert not [f for f in files_of(picked("linear/posterior", hides=[part])) if f.name.endswith(".html")]
    truth = report_of(picked("linear/posterior", hides=["truth"]))
    assert "script" not in truth.text["versions"].replace("Script and versions", "")
