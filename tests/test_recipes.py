"""The README's recipe for a lesson, carried out in a copy of this project: the contract tests find it by themselves."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
RECIPE = ROOT / "tests" / "recipes" / "lesson"
PYTHON = sorted(RECIPE.rglob("*.py"))
KEPT_OUT = shutil.ignore_patterns(".git", ".venv", "__pycache__", ".*_cache", ".hypothesis", "*.egg-info", "browser")


def run(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-n", "0", "-q", "-p", "no:cacheprovider", *words]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, env=os.environ)


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("house") / "project"
    shutil.copytree(ROOT, root, ignore=KEPT_OUT)
    shutil.copytree(RECIPE, root, dirs_exist_ok=True)
    return root


def test_a_lesson_in_no_table_fails_a_test(copy):
    ran = run(copy, "tests/pages/test_every_lesson.py", "-k", "in_the_table")
    assert ran.returncode == 1, ran.stdout
    assert "narrowing" in ran.stdout


def test_one_line_in_the_table_and_the_contract_finds_it(copy):
    app = copy / "app.py"
    entry = '        "bayes/updating": "Updating beliefs",\n'
    assert entry in app.read_text()
    app.write_text(app.read_text().replace(entry, entry + '        "bayes/narrowing": "How a belief narrows",\n'))
    ran = run(copy, "tests/pages/test_every_lesson.py", "-vv", "-k", "narrowing or in_the_table or says_where")
    assert ran.returncode == 0, ran.stdout[-3000:]
    found = re.search(r"(\d+) passed", ran.stdout)
    assert found
    assert int(found[1]) >= 15


def test_a_minimal_lesson_is_short():
    """Two handles and one view, the script and the words apart."""
    lines = [
        line for path in PYTHON if path.name != "code.py" for line in path.read_text().splitlines() if line.strip()
    ]
    assert len(lines) <= 120
