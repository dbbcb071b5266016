"""What a check says about the way in which the data are to be split."""
from __future__ import annotations

import pytest

from core.graph import edits
from core.graph.check import check
from core.graph.fixes import fixes
from core.graph.settings import DataSettings
from core.io import examples


def found(training=None, **data):
    """Codes, fields and severities of what is wrong with the iris example and these settings."""
    document = edits.set_data(examples.load("iris"), data)
    document = edits.set_training(document, training) if training else document
    return [(problem.code, problem.param, problem.severity) for problem in check(document).problems]


@pytest.mark.parametrize(("data", "problems"), [
    ({"split": "folds", "validation": 0.0}, []),
    ({"split": "folds", "folds": 3, "fold": 4, "validation": 0.0}, [("data.fold", "fold", "error")]),
    ({"split": "folds", "validation": 0.2}, [("data.unused", "validation", "warning")]),
    ({"split": "folds", "validation": 0.9, "test": 0.2}, [("data.unused", "validation", "warning")]),
    ({"split": "ordered"}, []),
    ({"split": "ordered", "split_column": "petal length (cm)"}, []),
    ({"split": "ordered", "split_column": "petal lenght"}, [("data.split_column", "split_column", "error")]),
    ({"split": "ordered", "split_column": "species"}, [("data.split_column", "split_column", "error")]),
    ({"split": "column", "validation": 0.0, "test": 0.0}, [("data.split_column", "split_column", "error")]),
    ({"split": "random", "split_column": "no such column", "fold": 9}, []),
    ({"split": "stratified", "validation": 0.7, "test": 0.3}, [("data.shares", "validation", "error")]),
])
def test_a_split_that_does_not_fit_is_told_at_its_field(data, problems):
    assert found(**data) == problems


def test_a_wrong_column_leaves_the_shapes_known():
    document = edits.set_data(examples.load("iris"), {"split": "ordered", "split_column": "nonsense"})
    report = check(document)
    assert report.spec is not None
    assert report.shapes["output"] == (3,)


def test_a_fold_can_be_watched_without_a_share():
    watching = {"early_stopping": 3, "monitor": "validation_loss"}
    assert found(watching, validation=0.0, split="folds") == []
    assert found(watching, validation=0.0, split="random") == [("training.monitor", "monitor", "error")]


@pytest.mark.parametrize(("data", "watched", "kept"), [
    ({}, False, 1.0), ({"validation": 0.25, "test": 0.25}, True, 0.5), ({"split": "folds", "folds": 4}, True, 0.75),
    ({"split": "folds", "folds": 2, "test": 0.5, "validation": 0.4}, True, 0.25), ({"split": "column"}, True, 1.0)])
def test_the_settings_say_what_is_left_to_learn_from(data, watched, kept):
    settings = DataSettings(**data)
    assert (settings.watched, settings.kept) == (watched, pytest.approx(kept))


def offered(**data):
    document = edits.set_data(examples.load("iris"), data)
    report = check(document)
    return [fix.label for problem in report.problems for fix in fixes(document, report, problem)]


@pytest.mark.parametrize(("data", "labels"), [
    ({"split": "folds", "folds": 3, "fold": 4, "validation": 0.0}, ["Watch fold 3"]),
    ({"split": "folds", "folds": 20, "test": 0.9, "validation": 0.0}, ["Take two folds"]),
    ({"split": "folds"}, ["Set the validation share to 0"]),
    ({"split": "ordered", "split_column": "nonsense"},
     ["Split by sepal length (cm)", "Split by sepal width (cm)", "Split by petal length (cm)",
      "Keep the order of the rows", "Split at random, classes in proportion"]),
    ({"split": "column", "validation": 0.0, "test": 0.0}, ["Split at random, classes in proportion"]),
])
def test_what_is_wrong_with_a_split_can_be_mended_by_one_click(data, labels):
    assert offered(**data) == labels
