"""The glossary, and that no lesson greets a newcomer with a term of the field that nothing explains."""

from __future__ import annotations

import re
from dataclasses import asdict, is_dataclass

import pytest
from apps import open_app
from lessons import LESSONS

from bayes_core.figures.theme import LIGHT
from pages._ui.sentences import bare
from pages._ui.terms import address, found, glossary, help_on, pattern, terms_in
from pages._ui.words import coloured, words

pytestmark = pytest.mark.usefixtures("hasty")
ACRONYM = re.compile(r"(?<![A-Za-z])(?:[A-Z][A-Za-z]*[A-Z]+|[A-Z]-[a-z]+)s?(?![A-Za-z])")  # MAP, ReLU, R-hat, ESS
NOT_TERMS = re.compile(r"\b[HT]{2,}\b|LogisticRegression|X-ray|\bP\([^)]*\)")  # flips, a class of a library, formulas
WATCHED = (
    "prior likelihood posterior evidence credible predictive MAP ridge lasso lambda λ noise sd HDI sensitivity "
    "specificity prevalence odds conjugate density R-hat ESS NUTS HMC VI mean-field full-rank ELBO KL Laplace ensemble "
    "dropout coverage calibration reliability sharpness temperature conformal exchangeable quantile aleatoric "
    "epistemic entropy held-out cross-validation softmax logit Beta(2,1) P(A|B) PPV NPV ECE CRPS PIT σ nats bits"
)
PHRASES = ["Bayes factor", "prior width", "log score", "Monte-Carlo error", "mutual information", "log p(data)"]


# ------------------------------------------------------------------------------------------------- the glossary
@pytest.mark.parametrize("name", glossary())
def test_a_term_is_defined_in_two_lines_and_taught_somewhere(name):
    term = glossary()[name]
    for line in (term.what, term.note):
        assert line.endswith(".")
        assert 20 < len(line) <= 150, f"{len(line)} letters"
        assert not re.search(r"[{}\[\]*]|!", line)
    assert term.taught in LESSONS
    assert set(term.only) <= set(LESSONS)
    assert term.colour in {"", *LIGHT}


def test_no_spelling_means_two_things():
    spellings = [spelling.lower() for term in glossary().values() for spelling in term.spellings]
    assert sorted(spellings) == sorted(set(spellings))


@pytest.mark.parametrize("word", [*WATCHED.split(), *PHRASES])
def test_a_term_that_the_lessons_use_is_there(word):
    pages = {"", *(address(door) for door in LESSONS)}
    assert any(terms_in(word, page) for page in pages)


def test_longer_names_come_first_and_small_letters_are_no_acronym():
    def names(text: str, page: str = "") -> list[str]:
        return [term.name for term in terms_in(text, page)]

    assert names("Mean-field VI") == ["mean-field VI"]
    assert names("the posterior predictive, then the posterior") == ["predictive", "posterior"]
    assert names("the map of a KLM flight, and priority") == []
    assert names("MAPs, Priors and P(ill | positive)") == ["MAP", "prior", "conditional probability"]
    assert names("the temperature") == []
    assert names("the temperature", "calibration") == ["temperature"]
    assert re.search(pattern("Bayes’ rule"), "by Bayes' rule")


def test_help_of_a_control_defines_its_words_once():
    told = help_on(("Answer by", "NUTS", "MAP", "MAP"))
    assert told is not None
    assert told.count("Maximum a posteriori") == 1
    assert ":red[**MAP**]" in told
    assert help_on(("New data", "20")) is None


def test_a_search_finds_names_before_definitions():
    assert found("lambda")[0].name == "lambda"
    assert found("  CREDIBLE ")[0].name == "credible interval"
    assert len(found("")) == len(glossary())
    assert found("no such word") == []


@pytest.mark.parametrize(("word", "first"), [("lasso", "lasso"), ("Maximum a posteriori", "MAP"), ("xyzzy", None)])
def test_the_page_of_all_words_does_without_our_code(word, first):
    said = [one.value for one in open_app("start/glossary", live="0", word=word).markdown]
    assert said[0].startswith(f"**{first}**") if first else "xyzzy" in said[0]


# ------------------------------------------------------------------------------------------------- every lesson
def texts_of(value) -> list[str]:
    """Return the strings in what a picture is made of."""
    if isinstance(value, str):
        return [value]
    if is_dataclass(value) and not isinstance(value, type):
        return texts_of(asdict(value))
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [text for part in inside for text in texts_of(part)]


def on_the_screen(lesson, settings) -> list[str]:
    """Return the texts of a first screen: head, sentence, handles, labels, panels, axes, stage."""
    text, picture = words(lesson.page), lesson.picture(settings)
    said = [text[name] for name in (f"lead {settings.kind}".strip(), settings.opening)]
    handles = [part for h in lesson.handles(settings) for part in (*h.label, *h.ends, h.texts[0])]
    layout = (picture.figure or {}).get("layout", {})
    titles = [axis["title"]["text"] for name, axis in layout.items() if "axis" in name and "title" in axis]
    panels = [bare(part) for part in texts_of([picture.panels, picture.stage]) if not re.fullmatch("[a-z_.0-9]*", part)]
    named = [part for label in picture.labels for part in (label.text, label.gloss)]
    return [*(bare(coloured(part)) for part in said), *handles, *titles, *panels, *named]


@pytest.mark.parametrize("door", LESSONS)
def test_every_acronym_of_every_scene_opens_a_definition(door):
    lesson = LESSONS[door]
    for scene in lesson.scenes:
        for text in on_the_screen(lesson, lesson.at_start(scene)):
            known = NOT_TERMS.sub(" ", text)
            for spelling in [s for term in terms_in(text, address(door)) for s in term.spellings]:
                known = re.sub(pattern(spelling), " ", known)
            assert not ACRONYM.search(known), f"{scene}: {ACRONYM.search(known)} has no entry in the glossary: {text}"


@pytest.mark.parametrize("door", LESSONS)
def test_a_first_screen_has_terms_that_open(door):
    lesson = LESSONS[door]
    named = terms_in(" ".join(on_the_screen(lesson, lesson.at_start())), address(door))
    assert len(named) >= 4
