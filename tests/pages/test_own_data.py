"""Every lesson takes a reader's own data, however odd, or says in one sentence why it cannot.

What a picture is made of is looked at before anything is fitted; only closed forms, and one network, are fitted here.
"""

from __future__ import annotations

import contextlib
import io
import re
from dataclasses import fields as parts_of

import numpy as np
import pytest
from lessons import LESSONS, views
from sklearn.linear_model import LogisticRegression

from bayes_core.data.source import Source, strongest
from bayes_core.figures.picture import as_json
from bayes_core.inference import answer_steps
from bayes_core.types import Dataset
from pages._ui import own
from pages._ui.controls import plain_tex
from pages._ui.fields import Handle, fields_of
from pages._ui.telling import head, opening, scene_words
from pages._ui.words import words
from pages._ui.work.courier import News
from pages.bayes._updating.mathematics import learning
from pages.trust._classes.look import Known
from pages.trust._conformal.report import in_rows

RANDOM = np.random.default_rng(13)


def _numbers(x, y, names=("dose, mg",), target="yield, kg", title="Trial plot") -> Dataset:
    return Dataset.from_arrays(x, y, feature_names=list(names), target_name=target, title=title)


def _line(n: int, slope=2.0, noise=1.0, start=0.0, room=10.0):
    x = start + room * RANDOM.random(n)
    return x, 3.0 + slope * (x - start) + noise * RANDOM.standard_normal(n)


def _classes(n: int, kinds: int, inputs: int = 2) -> Dataset:
    y = np.arange(n) % kinds
    x = RANDOM.standard_normal((n, inputs)) + 1.5 * y[:, None]
    labels = np.array(["plain", "glossy", "matt", "rough", "wet"])[y]
    names = [f"input {k + 1}, cm" for k in range(inputs)]
    return Dataset.from_arrays(x, labels, task="classification", feature_names=names, target_name="finish")


def _outlier(n: int) -> Dataset:
    x, y = _line(n)
    y[3] += 500.0
    return _numbers(x, y)


FIVE = RANDOM.standard_normal((60, 5)) * [1.0, 10.0, 1e3, 1e-3, 5.0] + [0.0, 100.0, 5e4, 0.02, -3.0]
NUMBERS = {
    "three rows": _numbers([1.0, 2.0, 4.0], [2.0, 3.5, 3.0]),
    "two hundred": _numbers(*_line(200)),
    "large": _numbers(*(1e6 * part for part in _line(40))),
    "tiny": _numbers(*(1e-6 * part for part in _line(40))),
    "years": _numbers(np.arange(1990.0, 2021.0), 280 + 2.0 * np.arange(31) + RANDOM.standard_normal(31), ("year",)),
    "duplicates": _numbers(np.repeat([1.0, 2.0, 5.0], 12), np.tile([1.0, 2.5, 2.0, 4.0], 9)),
    "falling": _numbers(*_line(30, slope=-4.0)),
    "outlier": _outlier(30),
    "five inputs": _numbers(FIVE, FIVE[:, 1] + RANDOM.standard_normal(60), tuple("abcde"), "out"),
    "constant input": _numbers(np.full(24, 7.0), RANDOM.standard_normal(24)),
    "constant target": _numbers(np.arange(24.0), np.full(24, 7.0)),
    "many rows": _numbers(*_line(3000)),
}
CLASSES = {
    "two classes": _classes(60, 2),
    "three classes": _classes(60, 3, 5),
    "five classes": _classes(60, 5),
    "one class": Dataset(RANDOM.random((30, 2)), np.zeros(30), "classification", classes=("plain", "glossy")),
    "one input": _classes(40, 2, 1),
    "four rows of classes": _classes(4, 2),
    "many rows of classes": _classes(2000, 2, 3),
}
DATA = NUMBERS | CLASSES
LEAKS = re.compile(
    r"\b(nights?|sleep\w*|ferry|(?<!half a )minutes?|min|winds?|storms?|calm|flowers?|species|iris\w*|"
    r"petals?|sepals?|patients?|moons?|thermo\w*|degrees|readings?|houses?|crossings?|sails?|days?|"
    r"body mass|diabetes|the other four|nobody’s|"
    r"m/s|ms)\b"
)
SAID = re.compile(r"\bnan\b|\binf\b|\bNone\b")


def source_of(name: str) -> Source:
    return Source.of(DATA[name], strongest(DATA[name]))


@pytest.fixture(autouse=True)
def session(monkeypatch):
    """One reader's session, without a server."""
    held = own._Held()
    monkeypatch.setattr(own, "_held", lambda: held)


def opened(door: str, name: str):
    """Return a lesson, its settings on own data, and "" or why there are none."""
    lesson, mine = LESSONS[door], own.keep(source_of(name))
    why = lesson.refuses(mine)
    return lesson, None if why else lesson.at_start(mine.scene), why


def texts_in(value) -> list[str]:
    """Return every text in a nested value."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in texts_in(part)]
    if isinstance(value, list | tuple | set):
        return [text for part in value for text in texts_in(part)]
    if hasattr(value, "__dataclass_fields__") and not isinstance(value, Dataset | Source):
        return [text for part in parts_of(value) for text in texts_in(getattr(value, part.name))]
    return []


def plainly(texts: list[str]) -> str:
    """Return texts without what a reader does not see: data in base64, colours, addresses, names of classes."""
    seen = (re.sub(r"<[^>]*>|data:image\S+", " ", text) for text in texts if len(text) < 20_000)
    return " ¶ ".join(seen)


def shown_by(lesson, settings, picture, views_of) -> str:
    """Return all words that a page shows or says of its picture, before and after every handle's move."""
    text = words(lesson.page)
    told = [settings.spec.title]
    for handle, view in views_of.items():
        home = settings.home()[handle]
        at = {name: texts[min(home, len(texts) - 1)] for name, texts in view.words.items() if texts}
        said = scene_words(text, settings, at)
        assert said.complete, said.html
        told += [said.html, opening(text, settings, at).html]
        told += texts_in([list(view.words.values()), view.alt, view.badge, view.labels, view.probe])
        told += texts_in([[panel.still(present=False), dict(panel.words)] for panel in view.panels])
    told += texts_in([list(picture.panels), picture.labels, picture.note, as_json(picture.figure or {}).get("layout")])
    for handle in lesson.handles(settings):
        told += texts_in(handle)
    there = {name: one for name, one in fields_of(settings).items() if name in settings.handles or _is_choice(one)}
    for name, one in there.items():
        told.append(head(settings, settings, [name]))
        if not isinstance(one, Handle):
            told += [str(part) for part in (one.label(settings) if callable(one.label) else one.label,)]
    if settings.asking:
        told += [text[f"guess {settings.asking.name}"].format_map(_Slots(settings.slots("")))]
    return plainly(told)


def _is_choice(field) -> bool:
    return not isinstance(field, Handle)


class _Slots(dict):
    def __missing__(self, key):
        return f"({key})"


def at_once(settings) -> bool:
    """Return whether the answer has a closed form."""
    question = getattr(settings, "question", None)
    method = getattr(settings, "method", None)
    if method is None and getattr(settings, "who", None) is not None:
        method = settings.who.method
    return question is None or method == "exact" or (method is None and getattr(settings, "family", "") == "normal")


def seen_along(lesson, settings, handles) -> dict:
    """Return what is seen along each handle: the answer of a closed form, else the data alone."""
    news = lesson.answered(settings) if at_once(settings) else None
    if news is not None and news.trouble:
        assert len(news.trouble) > 20
        news = None
    return {handle: lesson.view(settings, handle, news) for handle in handles}


@pytest.mark.parametrize("name", DATA)
@pytest.mark.parametrize("door", LESSONS)
def test_own_data_are_seen_or_refused_in_a_sentence(door, name):
    lesson, settings, why = opened(door, name)
    if settings is None:
        assert re.fullmatch(r"[A-Z“].{30,300}\.", why), why
        assert not LEAKS.search(why)
        assert ". " not in why, f"one sentence: {why}"
        return
    assert settings.brought
    for handle in lesson.handles(settings):
        values = settings.positions(handle.id)
        assert np.isfinite(values).all()
        assert (np.diff(values) > 0).all()
        assert values[0] <= getattr(settings, handle.id) <= values[-1]
        assert values[settings.home()[handle.id]] == getattr(settings, handle.id)
    notes: list[str] = []
    assert lesson.from_link(settings.link(), notes) == settings
    assert notes == []
    for n, view in enumerate(views(settings)):
        shown = settings.changed(view=view, reveal=True) if view else settings.changed(reveal=True)
        _looked_at(lesson, shown, shown.handles[: 1 if n else None])


def _looked_at(lesson, settings, handles) -> None:
    seen = seen_along(lesson, settings, handles)
    picture = lesson.picture(settings)
    told = shown_by(lesson, settings, picture, seen)
    leaked = LEAKS.search(told)
    assert not leaked, f"{leaked[0]}: {told[max(leaked.start() - 100, 0) : leaked.end() + 60]}"
    broken = SAID.search(told)
    assert not broken, f"{broken[0]}: {told[max(broken.start() - 100, 0) : broken.end() + 60]}"
    for view in seen.values():
        for trace, values in view.numbers.items():
            assert not np.isinf(values).any(), trace
    _axes_hold_the_data(picture)
    script = lesson.script(settings)
    compile(script, lesson.page, "exec")
    leaked = LEAKS.search(said := _own_lines(script))
    assert not leaked, f"{leaked[0]}: {said[max(leaked.start() - 100, 0) : leaked.end() + 60]}"


def _own_lines(script: str) -> str:
    """Return what a script says to a reader: its head, comments and what it prints."""
    return "\n".join(re.findall(r'""".*?"""|#.*|"[^"]*"', script, re.DOTALL))


def _axes_hold_the_data(picture) -> None:
    """A figure's axes are finite, and hold every point of the data."""
    if picture.figure is None:
        stage = picture.stage
        if stage and "x_range" in stage:
            (low, high), (bottom, top) = stage["x_range"], stage["y_range"]
            for x, y, *_ in stage.get("points", []):
                assert low <= x <= high
                assert bottom <= y <= top
        return
    figure = as_json(picture.figure)
    for name in ("xaxis", "yaxis"):
        low, high = figure["layout"][name]["range"]
        assert np.isfinite([low, high]).all()
        assert low < high
    (left, right), (bottom, top) = (figure["layout"][axis]["range"] for axis in ("xaxis", "yaxis"))
    for trace in figure["data"]:
        if trace["name"] in ("data", "days", "train", "kept"):
            points = [(x, y) for x, y in zip(trace["x"], trace["y"], strict=True) if x is not None and y is not None]
            assert all(left <= x <= right and bottom <= y <= top for x, y in points), trace["name"]


# --------------------------------------------------------------------------------------------- the numbers themselves
def printed(lesson, settings) -> str:
    """Run the script behind a view, and return what it prints."""
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        exec(compile(lesson.script(settings), lesson.page, "exec"), {"__name__": "script"})
    return told.getvalue()


@pytest.mark.parametrize(
    ("door", "name"),
    [
        ("linear/map_vs_ridge", "years"),
        ("linear/map_vs_ridge", "five inputs"),
        ("trust/calibration", "two hundred"),
        ("trust/conformal", "falling"),
        ("bayes/updating", "two classes"),
    ],
)
def test_the_script_prints_the_pages_numbers_of_own_data(door, name):
    lesson, settings, _ = opened(door, name)
    settings = settings.changed(reveal=True)
    handle = settings.handles[0]
    view, home = lesson.view(settings, handle, lesson.answered(settings)), settings.home()[handle]
    told = {**view.said, **{word: texts for panel in view.panels for word, texts in panel.words.items()}}
    says = printed(lesson, settings)
    compared = 0
    for word, pattern in lesson.prints[settings.kind].items():
        texts = told.get(word)
        found = re.search(pattern, says)
        if not texts or found is None:
            continue
        shown = texts[min(home, len(texts) - 1)].replace("−", "-").split(" ±")[0].split(" of ")[0]
        digits = re.match(r"-?[\d.]+", shown)[0]
        number, value = float(digits), float(found[1].rstrip(","))
        value *= 100 if "%" in shown and value <= 1 else 1
        places = len(digits.partition(".")[2])
        assert number == pytest.approx(value, abs=0.51 * 10.0**-places), (word, shown, found[0])
        compared += 1
    assert compared, says


def test_a_network_on_several_own_inputs_is_looked_at_along_any_of_them():
    lesson, settings, _ = opened("neural/regression", "five inputs")
    data = own.current()
    names = data.source.dataset.feature_names
    strongest_one = names[strongest(data.source.dataset)]
    assert settings.slice_along == strongest_one
    other = next(name for name in names if name != strongest_one)
    notes: list[str] = []
    link = {**settings.changed(along=f"your {other}").link(), "scene": data.scene}
    turned = lesson.from_link({"scene": data.scene, "along": link["along"]}, notes)
    assert turned.slice_along == other
    assert notes == []
    at, along = names.index(other), turned.slice(np.array([-1.0, 2.0]))
    assert along[:, at].tolist() == [-1.0, 2.0]
    assert not np.delete(along, at, axis=1).any()
    assert turned.source().axes.x_title.startswith(other)
    assert turned.question() == settings.question()  # the same fit, looked at from another side
    lesson.from_link({"scene": data.scene, "along": "bmi"}, notes)
    assert notes == [f"along: body mass index is not one of {', '.join(names)}"]


def test_what_is_counted_of_own_classes_has_their_names_in_the_mathematics():
    _, settings, _ = opened("bayes/updating", "two classes")
    told, (yes, no) = learning(settings), settings.story.sides
    assert {yes, no} == set(own.current().source.dataset.classes)
    assert rf"h \text{{ {plain_tex(yes)}}}, t \text{{ {plain_tex(no)}}}" in told
    assert "heads" not in told
    assert "heads" in learning(type(settings).at_start("coin"))


def test_a_straight_line_through_own_classes_is_logistic_regression():
    """A real fit: the most probable boundary of own data is scikit-learn's, of the very rows, in sd."""
    lesson, settings, _ = opened("trust/classes", "two classes")
    settings = settings.changed(model="line", method="map", width=2.0)
    found = list(answer_steps(settings.question("map")))[-1].fit
    x = DATA["two classes"].x
    peer = LogisticRegression(C=4.0, tol=1e-10, max_iter=10_000).fit((x - x.mean(0)) / x.std(0), DATA["two classes"].y)
    assert found.draws["coef"].ravel() == pytest.approx(peer.coef_.ravel(), abs=0.02)
    view = lesson.view(settings, "width", News(Known({settings.home()["width"]: found})))
    assert view.said["rows"] == ("Your 60 points",)
    assert re.fullmatch(r"\d+ %", view.said["sure"][settings.home()["width"]])


@pytest.mark.parametrize("name", ["years", "five inputs"])
def test_a_network_on_own_data_keeps_the_units_apart(name):
    """What is fitted is in sd, and the axes say so; every row is used, none drawn at random."""
    _, settings, _ = opened("neural/regression", name)
    data, own_rows = settings.question().dataset, DATA[name]
    assert np.allclose(data.y, (own_rows.y - own_rows.y.mean()) / own_rows.y.std())
    assert settings.source().axes.y_title == f"{own_rows.target_name}, in sd from the mean"
    assert settings.story.counted == f"Your {len(own_rows.y)} points, in standard deviations from the mean"


def test_methods_judge_rows_that_none_of_them_has_fitted():
    _, settings, _ = opened("neural/methods", "two hundred")
    fitted, fresh = settings.question("laplace").dataset, settings.fresh()
    assert (len(fitted.y), len(fresh.y)) == (160, 40)
    seen = {(float(x), float(y)) for x, y in zip(fitted.x[:, 0], fitted.y, strict=True)}
    assert not seen & {(float(x), float(y)) for x, y in zip(fresh.x[:, 0], fresh.y, strict=True)}


def test_fitted_learned_and_judged_rows_are_three_lots():
    _, settings, _ = opened("trust/calibration", "two hundred")
    lots = [settings.days(which) for which in ("train", "others", "test")]
    assert [len(lot.y) for lot in lots] == [80, 40, 80]
    assert len({float(y) for lot in lots for y in lot.y}) == len(np.unique(DATA["two hundred"].y))


def test_the_mathematics_of_own_rows_tells_of_no_days():
    lesson, settings, _ = opened("trust/conformal", "two hundred")
    told = in_rows(words(lesson.page), settings)
    sections = ("", " promise", " law", " limits", " scores", " bayes")
    assert not [name for name in sections if LEAKS.search(told[f"mathematics{name}"])]


def test_bands_of_own_rows_hold_their_share_of_the_others_in_other_splits():
    """An oracle beside the law: split, calibrate and count by hand, a thousand times."""
    lesson, settings, _ = opened("trust/conformal", "two hundred")
    handle, home = "level", settings.home()["level"]
    kept = next(p for p in lesson.view(settings, handle, lesson.answered(settings)).panels if p.kind == "kept")
    scores, n = RANDOM.exponential(size=120), int(settings.points)
    held = []
    for _ in range(1000):
        mixed = RANDOM.permutation(scores)
        threshold = np.sort(mixed[:n])[int(np.ceil((n + 1) * 0.9)) - 1]
        held.append((mixed[n:] <= threshold).mean())
    assert kept.mean[home] == pytest.approx(int(np.ceil((n + 1) * 0.9)) / (n + 1), abs=0.004)
    assert kept.mean[home] == pytest.approx(np.mean(held), abs=0.008)  # whatever the scores are, if no two are equal
    assert kept.law[home].sum() == pytest.approx(2000)
