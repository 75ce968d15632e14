"""Labels become codes: texts and numbers, in sorted order or in that of named classes; a Dataset holds both."""

from __future__ import annotations

import pickle
from dataclasses import replace

import numpy as np
import pytest

from bayes_core import Dataset
from bayes_core.data.real import iris
from bayes_core.labels import coded
from bayes_core.likelihoods import Categorical, Gaussian

X = np.array([0.5, 1.0, 2.5, 4.0, 9.0])


def classed(y, **more):
    return Dataset.from_arrays(X, y, task="classification", **more)


@pytest.mark.parametrize(
    ("labels", "codes", "names"),
    [
        (["b", "a", "c", "a", "a"], [1, 0, 2, 0, 0], ("a", "b", "c")),
        (np.array(["no", "yes", "no", "no", "yes"]), [0, 1, 0, 0, 1], ("no", "yes")),
        ([3, -1, 3, 10, 3], [1, 0, 1, 2, 1], ("-1", "3", "10")),  # as numbers, not as texts
        ([0.5, 0.25, 0.5, 0.5, 0.5], [1, 0, 1, 1, 1], ("0.25", "0.5")),
        ([True, False, True, True, False], [1, 0, 1, 1, 0], ("0", "1")),
    ],
)
def test_labels_are_coded_in_sorted_order(labels, codes, names):
    data = classed(labels)
    np.testing.assert_array_equal(data.y, codes)
    assert data.classes == names
    assert data.likelihood == Categorical(len(names))


@pytest.mark.parametrize(
    ("labels", "classes", "codes", "names"),
    [
        (["b", "a", "b", "b", "a"], ("b", "x", "a"), [0, 2, 0, 0, 2], ("b", "x", "a")),
        ([1, 0, 1, 1, 0], ("sinks", "floats", "flies"), [1, 0, 1, 1, 0], ("sinks", "floats", "flies")),
        ([7, 3, 7, 7, 7], (7, 5, 3), [0, 2, 0, 0, 0], ("7", "5", "3")),
        ([2, 2, 2, 2, 2], ("a", "b", "c"), [2, 2, 2, 2, 2], ("a", "b", "c")),  # the rows may hold one class only
    ],
)
def test_named_classes_set_the_order_and_may_be_absent_from_the_rows(labels, classes, codes, names):
    data = classed(labels, classes=classes)
    np.testing.assert_array_equal(data.y, codes)
    assert data.classes == names


def test_codes_without_names_are_named_by_their_numbers():
    assert Dataset(X[:, None], np.array([0.0, 2, 0, 0, 2]), "classification").classes == ("0", "1", "2")
    assert Dataset(X[:, None], np.zeros(5), "classification").classes == ("0", "1")


@pytest.mark.parametrize(
    ("labels", "classes", "told"),
    [
        ([1, 1, 1, 1, 1], (), r"only the class 1: name at least two with classes=\(\.\.\.\)"),
        (["a"] * 5, (), r"only the class a: name at least two"),
        (["a", "b", "d", "a", "a"], ("a", "b", "c"), r"y holds 'd', which is no class: the classes are a, b, c"),
        ([0, 1, 4, 0, 0], (0, 1, 2), r"y holds 4\.0, which is no class: the classes are 0, 1, 2"),
        ([0, 1, 2, 0, 0], ("a", "b"), r"y holds 2 at row 2 and there are 2 classes: give whole numbers from 0 to 1"),
        ([0, 0.5, 1, 0, 0], ("a", "b"), r"y holds 0\.5 at row 1"),
        ([0, -1, 1, 0, 0], ("a", "b"), r"y holds -1 at row 1"),
        ([0, 1, 1, 0, 0], ("a", "a"), r"a, a hold a name twice: give each class a name of its own"),
        ([0, 1, 1, 0, 0], ("a",), "only the class a: name at least two"),
        (["a", None, "b", "a", "a"], (), r"y holds None at row 1 among texts: give every row a label"),
        ([0, np.nan, 1, 0, 0], (), r"y holds nan at position \(1,\): every value must be finite"),
        (np.ma.masked_array([0, 1, 0, 1, 1], [0, 0, 1, 0, 0]), (), "y has a masked entry"),
        ([0, 1, 0], (), "x has 5 rows and y has 3"),
    ],
)
def test_labels_that_are_none_are_refused_with_a_remedy(labels, classes, told):
    with pytest.raises(ValueError, match=told):
        classed(labels, classes=classes)


def test_codes_of_no_class_are_refused_by_the_dataset_itself():
    with pytest.raises(ValueError, match=r"y holds 0\.5 at row 0 .*or labels to Dataset\.from_arrays"):
        Dataset(np.ones((2, 1)), np.array([0.5, 1.0]), "classification")
    with pytest.raises(ValueError, match=r"y holds 1e\+09 at row 1"):  # not a thousand million names
        Dataset(np.ones((2, 1)), np.array([0.0, 1e9]), "classification")


def test_numbers_have_no_classes():
    for make in (Dataset.from_arrays, lambda x, y, classes: Dataset(x[:, None], y, classes=classes)):
        with pytest.raises(ValueError, match="the task is 'regression': leave them out, or give"):
            make(X, X, classes=("a", "b"))
    data = Dataset.from_arrays(X, X)
    assert data.classes == ()
    assert data.likelihood == Gaussian()


def test_the_fingerprint_knows_the_task_and_the_number_of_classes_but_no_names():
    y = [0, 1, 1, 0, 1]
    marks = [
        data.fingerprint
        for data in (
            Dataset.from_arrays(X, y),
            classed(y, classes=("a", "b")),
            classed(y, classes=("a", "b", "c")),
            classed([1, 0, 0, 1, 0], classes=("a", "b")),
        )
    ]
    assert len(set(marks)) == 4
    assert classed(y, classes=("no", "yes")).fingerprint == marks[1]


def test_copies_and_parts_keep_the_classes():
    data = classed(["b", "a", "c", "a", "a"], target_name="letter")
    assert data.head(2).classes == data.classes
    assert replace(data, y=np.zeros(5)).classes == data.classes
    again = pickle.loads(pickle.dumps(data))
    assert again.classes == data.classes
    assert again.fingerprint == data.fingerprint
    assert not again.y.flags.writeable


def test_iris_names_its_species():
    assert iris().classes == ("setosa", "versicolor", "virginica")


def test_what_is_coded_can_be_read_back():
    labels = np.random.default_rng(3).choice(["x", "yy", "z", "w"], 50)
    codes, names = coded(labels)
    assert [names[int(code)] for code in codes] == labels.tolist()
