"""What the tests share: the source blog's data, and the truths in ../shared (skipped with a reason if absent)."""

from __future__ import annotations

import csv
import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

os.environ |= {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # before numpy, here and in all that tests start
# Workers and servers share the cores already: a second thread of each waits by spinning (two fifths of a release).
os.environ |= {"BAYES_SPARE": "0"}
# Nobody looks at a page of these tests: what it works out meanwhile is asked for by the tests of just that.

import numpy as np
import pytest
from driver import FLAGS, browser_path
from sklearn.datasets import make_regression

from bayes_core import Dataset

LONGEST = (
    "browser/test_live_chart", "pages/test_every_lesson", "browser/test_networks", "browser/test_foundations",
    "pages/test_sentences", "browser/test_accessibility", "inference/test_every_method", "browser/test_messages",
    "pages/test_network", "pages/test_methods", "pages/test_posterior", "pages/test_questions",
)  # fmt: skip
"""The files that take longest, which begin first: one that began last would keep one worker busy and two waiting."""

collect_ignore = ["recipes"]  # parts of other houses: test_recipes.py builds them
ROOT = Path(__file__).resolve().parent
REFERENCE = Path(__file__).resolve().parents[2] / "shared" / "reference"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, then the others by their number of tests, as xdist itself would."""
    size = Counter(item.path for item in items)
    first = {ROOT / f"{name}.py": rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: (first.get(item.path, len(first)), -size[item.path]))  # a file's own stay in order


@pytest.fixture(scope="session")
def blog() -> Dataset:
    x, y = make_regression(n_samples=100, n_features=1, noise=12.0, random_state=42)
    return Dataset.from_arrays(x, y)


@pytest.fixture(scope="session")
def skewed() -> Dataset:
    """A small asymmetric data set: uncentred inputs, so that slope and intercept are strongly correlated."""
    x = np.array([1.0, 1.5, 2.0, 4.0, 7.0, 7.5, 11.0])
    shock = np.array([0.3, -1.1, 0.8, 0.2, -0.4, 1.9, -0.6])
    return Dataset.from_arrays(x, 2.0 + 0.7 * x + shock)


@pytest.fixture
def float64() -> Iterator[None]:
    """Our programs' precision, for a test that runs them without a fit around them."""
    from bayes_core.inference import _jax

    with _jax.float64():
        yield


def reference(name: str):
    path = REFERENCE / name
    if not path.exists():
        pytest.skip(f"{path.name} is not beside this checkout (../shared/reference)")
    return json.loads(path.read_text())


@pytest.fixture(scope="session")
def blog_truth():
    return reference("blog.json")["linear"]


@pytest.fixture(scope="session")
def kidiq():
    """Return {posterior name: (dataset, reference of each parameter, names in the reference's order)}."""
    truth = reference("kidiq.json")["posteriors"]
    rows = list(csv.DictReader((REFERENCE / "kidiq.csv").read_text().splitlines()))
    column = {key: np.array([float(row[key]) for row in rows]) for key in rows[0]}
    column["mom_hs*mom_iq"] = column["mom_hs"] * column["mom_iq"]
    result = {}
    for name, parameters in truth.items():
        features = [key for key in parameters if key not in ("1", "sigma")]
        x = np.column_stack([column[key] for key in features])
        result[name] = (Dataset.from_arrays(x, column["kid_score"]), parameters, ["1", *features, "sigma"])
    return result


@pytest.fixture(scope="session")
def chromium() -> Iterator:
    """One Chromium for the browser tests and their benchmark."""
    path = browser_path()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()
