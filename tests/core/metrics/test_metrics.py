"""What is special about single metrics, and the cases in which they are not defined."""
from __future__ import annotations

import math

import numpy as np
import pytest

from core.metrics import METRICS, judge, measure_all
from tests.core.metrics import _naive

RNG = np.random.default_rng(1)
TRUTH = RNG.integers(0, 4, 50)
SCORES = RNG.random((50, 4))


def measured(kind, output, y, classes, **params):
    return METRICS[kind](**params).measure(judge(np.asarray(output, np.float32), np.asarray(y), classes))


def test_a_single_output_names_the_second_class_above_one_half():
    judged = judge(np.array([[0.2], [0.5], [0.51], [1.0]], np.float32), np.array([0, 1, 1, 0]), 2)
    assert judged.predicted.tolist() == [0, 0, 1, 1]
    assert judged.scores[:, 1].tolist() == pytest.approx([0.2, 0.5, 0.51, 1.0])


def test_of_several_outputs_the_largest_names_the_class():
    assert judge(np.array([[0.1, 0.7, 0.2], [0.5, 0.1, 0.4]]), np.array([0, 0]), 3).predicted.tolist() == [1, 0]


@pytest.mark.parametrize(("kind", "one"), [("precision", _naive.precision_of), ("recall", _naive.recall_of),
                                           ("f1", _naive.f1_of)])
class TestAverages:
    def numbers(self, kind, average, output=SCORES, y=TRUTH, classes=4):
        return measured(kind, output, y, classes, average=average)

    def test_weighted_counts_every_class_by_its_samples(self, kind, one):
        truth, predicted = TRUTH.tolist(), SCORES.argmax(axis=1).tolist()
        assert self.numbers(kind, "weighted") == pytest.approx(_naive.weighted(one)(truth, predicted, None))

    def test_over_all_samples_at_once_it_is_the_accuracy(self, kind, one):
        assert self.numbers(kind, "micro") == pytest.approx(measured("accuracy", SCORES, TRUTH, 4))

    def test_binary_looks_at_the_second_class_alone(self, kind, one):
        p, y = np.array([[0.9], [0.8], [0.3], [0.6], [0.1]]), np.array([1, 0, 1, 1, 0])
        expected = one(y.tolist(), [1, 1, 0, 1, 0], 1)
        assert self.numbers(kind, "binary", p, y, 2) == pytest.approx(expected)

    def test_binary_is_not_defined_for_more_than_two_classes(self, kind, one):
        assert math.isnan(self.numbers(kind, "binary"))

    def test_a_class_that_is_never_predicted_counts_as_0(self, kind, one):
        output = np.array([[1.0, 0.0], [1.0, 0.0], [1.0, 0.0], [1.0, 0.0]])
        y = np.array([0, 0, 0, 1])
        assert self.numbers(kind, "macro", output, y, 2) == pytest.approx(one(y.tolist(), [0] * 4, 0) / 2)

    def test_a_class_that_does_not_occur_at_all_does_not_count(self, kind, one):
        output, y = np.array([[1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]), np.array([0, 2])
        assert self.numbers(kind, "macro", output, y, 3) == 1.0


def test_top_1_is_the_accuracy():
    assert measured("top_k_accuracy", SCORES, TRUTH, 4, k=1) == measured("accuracy", SCORES, TRUTH, 4)
    assert measured("top_k_accuracy", [[0.9], [0.2]], [0, 0], 2, k=1) == 0.5


@pytest.mark.parametrize("k", [4, 5])
def test_among_no_more_than_k_classes_the_right_one_always_is(k):
    assert measured("top_k_accuracy", SCORES, TRUTH, 4, k=k) == 1.0


def test_a_number_that_says_nothing_about_so_few_classes_is_left_out():
    assert not METRICS["top_k_accuracy"]().suits(5)
    assert METRICS["top_k_accuracy"](k=3).key == "top_3_accuracy"
    assert measure_all(SCORES, TRUTH, 4).keys() == {"accuracy", "precision", "recall", "f1", "roc_auc"}
    assert measure_all(np.ones((3, 1)), np.zeros(3, np.intp), 1).keys() == {"accuracy", "precision", "recall", "f1"}


def test_roc_auc_of_two_classes_looks_at_the_order_of_the_scores_alone():
    p, y = np.array([[0.1], [0.4], [0.35], [0.8]]), np.array([0, 0, 1, 1])
    assert measured("roc_auc", p, y, 2) == 0.75
    assert measured("roc_auc", 100 * p - 50, y, 2) == 0.75
    assert measured("roc_auc", np.concatenate([1 - p, p], axis=1), y, 2) == 0.75


@pytest.mark.parametrize("classes", [2, 5])
def test_roc_auc_is_not_defined_where_a_single_class_occurs(classes):
    assert math.isnan(measured("roc_auc", RNG.random((6, classes)), np.ones(6, np.intp), classes))


def test_roc_auc_leaves_out_classes_that_do_not_occur():
    scores, y = RNG.random((20, 3)), np.arange(20) % 2
    expected = np.mean([_naive.auc_of(y.tolist(), scores.astype(np.float32).tolist(), c) for c in (0, 1)])
    assert measured("roc_auc", scores, y, 3) == pytest.approx(expected)


def test_the_confusion_matrix_has_a_row_for_every_class_and_counts_every_sample():
    counts = measured("confusion_matrix", SCORES[:9], TRUTH[:9], 4)
    expected = np.zeros((4, 4), int)
    for truth, predicted in zip(TRUTH[:9], SCORES[:9].argmax(axis=1), strict=True):
        expected[truth, predicted] += 1
    assert counts.tolist() == expected.tolist()


@pytest.mark.parametrize("y", [[[3.0]], [[3.0], [3.0], [3.0]], [[1.0, 5.0], [2.0, 5.0]]])
def test_r2_is_not_defined_where_a_target_never_changes(y):
    assert math.isnan(measured("r2", np.array(y) + 1, np.array(y), 0))


def test_r2_is_0_for_the_mean_and_negative_for_worse():
    y = np.array([[1.0], [2.0], [6.0]])
    assert measured("r2", np.full((3, 1), 3.0), y, 0) == pytest.approx(0.0)
    assert measured("r2", np.full((3, 1), 9.0), y, 0) < 0.0


def test_regression_takes_targets_in_one_column_or_in_a_row():
    assert measured("mae", [[1.0], [4.0]], [2.0, 2.0], 0) == 1.5
    assert measured("mae", [1.0, 4.0], [[2.0], [2.0]], 0) == 1.5
    assert measured("rmse", [[1.0], [4.0]], [[2.0], [2.0]], 0) == pytest.approx(math.sqrt(2.5))
