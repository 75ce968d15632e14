"""The rooms of the house: who may import what. One ordered list, walked as syntax, never imported."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

SAID = ("bayes_rule", "belief_network", "conjugate", "naive_bayes")
OLD_NAMES = tuple(f"bayes_core/{name}.py" for name in SAID)  # what scripts say

# (files, outside packages they may import); a file imports from rooms above its own, or from its own.
ROOMS: list[tuple[tuple[str, ...], set[str]]] = [
    (("bayes_core/checks.py",), {"numpy"}),
    (("bayes_core/intervals.py",), {"numpy"}),
    (("bayes_core/labels.py",), {"numpy"}),
    (("bayes_core/likelihoods/",), {"numpy"}),
    (("bayes_core/types.py",), {"numpy"}),
    (("bayes_core/numerics/",), {"numpy", "scipy"}),
    (("bayes_core/data/",), {"numpy", "scipy", "sklearn", "openpyxl", "pandas"}),
    (("bayes_core/foundations/", *OLD_NAMES), {"numpy", "scipy"}),
    (("bayes_core/approximation/",), {"numpy", "scipy"}),
    (("bayes_core/models/",), {"numpy", "scipy", "jax", "numpyro"}),
    (("bayes_core/inference/",), {"numpy", "scipy", "jax", "numpyro", "optax"}),
    (("bayes_core/samplers/",), {"numpy"}),
    (("bayes_core/predict.py",), {"numpy"}),
    (("bayes_core/summaries/",), {"numpy", "scipy", "arviz_stats"}),
    (("bayes_core/evaluation/",), {"numpy", "scipy", "sklearn", "scoringrules"}),
    (("bayes_core/ridge/",), {"numpy", "scipy", "sklearn"}),
    (("bayes_core/figures/",), {"numpy", "plotly"}),
    (("bayes_core/report/",), {"numpy", "h5netcdf", "h5py", "plotly"}),
    (("bayes_core/__init__.py",), set()),
    (("pages/_ui/",), {"numpy", "prometheus_client", "redis", "segno", "starlette", "streamlit"}),
    (("pages/",), {"numpy", "streamlit"}),
    (("app.py",), {"streamlit"}),
]
FILES = [p for p in [ROOT / "app.py", *ROOT.glob("bayes_core/**/*.py"), *ROOT.glob("pages/**/*.py")]]


def room_of(path: str) -> int:
    for number, (names, _) in enumerate(ROOMS):
        if any(path == name or (name.endswith("/") and path.startswith(name)) for name in names):
            return number
    raise AssertionError(f"{path} belongs to no room: add it to ROOMS")


def imports(path: Path) -> list[str]:
    """Return the dotted names a file imports, relative ones resolved, `from package import module` as the module."""
    names: list[str] = []
    package = path.relative_to(ROOT).with_suffix("").parts[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = list(package[: len(package) - node.level + 1]) if node.level else []
            start = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                inside = ROOT / (start + "." + alias.name).replace(".", "/")
                is_module = inside.with_suffix(".py").exists() or (inside / "__init__.py").exists()
                names.append(f"{start}.{alias.name}" if is_module else start)
    return names


def as_path(name: str) -> str:
    path = name.replace(".", "/")
    return f"{path}.py" if (ROOT / f"{path}.py").exists() else f"{path}/__init__.py"


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(ROOT)))
def test_imports_point_up_the_line(path):
    relative = str(path.relative_to(ROOT))
    room = room_of(relative)
    for name in imports(path):
        top = name.split(".")[0]
        if top in ("bayes_core", "pages"):
            target = as_path(name)
            assert room_of(target) <= room, f"{relative} imports {name} from a room below it"
            if target.startswith("pages/") and not target.startswith("pages/_ui/"):
                assert chapter(target) == chapter(relative), f"{relative} imports another chapter: {name}"
        elif top not in sys.stdlib_module_names:
            assert top in ROOMS[room][1], f"{relative} may not import {top}"


def chapter(path: str) -> str:
    return path.split("/")[1]


def loaded_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint(' '.join(sorted({{m.split('.')[0] for m in sys.modules}})))"
    ran = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(ran.stdout.split())


def test_the_start_pages_picture_does_without_scipy():
    code = "import pages.start._home.curve as c; c.drawing(c.Curve.at_start().with_answer().with_point(5.0, 0.3))"
    assert not loaded_after(code) & {"scipy", "jax", "numpyro", "sklearn"}


HEAVY = {
    "jax",
    "numpyro",
    "streamlit",
    "plotly",
    "sklearn",
    "pandas",
    "optax",
    "arviz_stats",
    "scoringrules",
    "openpyxl",
}


def test_exact_answers_pay_for_no_heavy_import():
    code = """
from bayes_core import Dataset, fit, predict, summary
answer = fit(Dataset.from_arrays([1.0, 2, 4], [1.0, 2.2, 3.9]), method="exact")
summary.band(predict(answer, [3.0]))
"""
    assert not loaded_after(code) & HEAVY


def test_the_start_page_pays_for_no_heavy_import():
    code = """
import logging; logging.disable(logging.CRITICAL)
from streamlit.testing.v1 import AppTest
app = AppTest.from_file("app.py", default_timeout=60).run()
assert not app.exception, app.exception
"""
    assert not loaded_after(code) & (HEAVY - {"streamlit", "plotly", "pandas"})  # Streamlit loads these itself


# ------------------------------------------------------------------------------------------------------- the laws
def functions(path: Path):
    return [n for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def parameters(function) -> list[ast.arg]:
    every = function.args
    return [*every.posonlyargs, *every.args, *every.kwonlyargs]


SEEING = [p for p in ROOT.glob("pages/*/_*/*.py") if p.name.startswith(("view", "readout", "scene"))]
CORE = list(ROOT.glob("bayes_core/**/*.py"))


@pytest.mark.parametrize("path", [*SEEING, *CORE], ids=lambda p: str(p.relative_to(ROOT)))
def test_no_view_answer_or_film_takes_settings(path):
    """Data flow down the line and never back up: whoever sees or answers asks nobody for the settings again."""
    for function in functions(path):
        for one in parameters(function):
            said = ast.unparse(one.annotation) if one.annotation else ""
            assert one.arg != "settings", f"{function.name} takes settings"
            assert "Settings" not in said, f"{function.name} takes {said}"


def test_every_room_has_views_and_they_are_looked_at():
    rooms = {p.parent for p in ROOT.glob("pages/*/_*/look.py")}
    assert rooms == {p.parent for p in ROOT.glob("pages/*/_*/settings.py")}
    assert len(rooms) >= 6
    assert {p.parent for p in SEEING if p.name.startswith("view")} == rooms


STATISTICS = {"mean", "std", "var", "median", "quantile", "percentile", "average", "cov", "corrcoef", "histogram"}
FIGURES = list(ROOT.glob("bayes_core/figures/*.py"))


@pytest.mark.parametrize("path", FIGURES, ids=lambda p: p.name)
def test_figures_compute_no_statistics(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in STATISTICS, f"line {node.lineno} computes a {node.func.attr}"


def spoken(tree: ast.AST) -> list[str]:
    """Return the strings of a file that are neither docstrings nor said by an error."""
    silent = {id(n.exc) for n in ast.walk(tree) if isinstance(n, ast.Raise)}
    inside = {id(c) for n in ast.walk(tree) if id(n) in silent for c in ast.walk(n)}
    docs = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
    strings = [n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)]
    return [n.value for n in strings if id(n) not in inside | docs]


@pytest.mark.parametrize("path", FIGURES, ids=lambda p: p.name)
def test_figures_write_no_sentences(path):
    for text in spoken(ast.parse(path.read_text())):
        assert not (text.rstrip().endswith((".", "?", "!")) and len(text.split()) > 3), text
        assert len(text.split()) <= 8, text


def test_the_machine_names_no_lesson():
    """pages/_ui holds no lesson's name: neither a file of it, nor its address, its key or one of its scenes."""
    from lessons import LESSONS

    names = {door.rpartition("/")[2] for door in LESSONS} - {"methods"}  # which is a word, too
    names |= {scene for lesson in LESSONS.values() for scene in lesson.scenes}
    names -= {"posterior", "step", "more", "few", "many", "right"}  # a concept, and words of other meanings
    names |= {f"_{name}" for name in ("theorem", "updating", "ridge", "posterior", "network", "methods", "home")}
    for path in ROOT.glob("pages/_ui/**/*.py"):
        tree = ast.parse(path.read_text())
        said = {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}
        assert not said & names, f"{path.name} names {said & names}"
        assert path.stem not in names


def test_doors_are_short():
    """A door is a record and the call that runs it; what a lesson does lies in its room."""
    for path in ROOT.glob("pages/[!_]*/[!_]*.py"):
        assert len(path.read_text().splitlines()) <= 42, path
