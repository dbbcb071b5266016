"""Curves, tables and bins beside scikit-learn's."""
from __future__ import annotations

import math

import numpy as np
import pytest
from sklearn.calibration import calibration_curve
from sklearn.metrics import (
    average_precision_score,
    mean_absolute_error,
    precision_recall_curve,
    precision_recall_fscore_support,
    r2_score,
    roc_auc_score,
    roc_curve,
    root_mean_squared_error,
)

from core.metrics import average_precision, by_class, ranked, reliability, residuals, roc_area


def scored(seed: int, n: int = 200, ties: bool = False) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(seed)
    belongs = rng.random(n) < 0.3
    scores = np.clip(0.4 * belongs + 0.6 * rng.random(n), 0, 1).astype(np.float32)
    return belongs, np.round(scores, 1) if ties else scores


@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_ranking_is_the_roc_curve_of_scikit_learn(seed: int, ties: bool) -> None:
    belongs, scores = scored(seed, ties=ties)
    found = ranked(belongs, scores)
    fpr, tpr, thresholds = roc_curve(belongs, scores, drop_intermediate=False)
    np.testing.assert_allclose(found.fall_out, fpr[1:])
    np.testing.assert_allclose(found.recall, tpr[1:])
    np.testing.assert_array_equal(found.thresholds, thresholds[1:])
    assert roc_area(found) == pytest.approx(roc_auc_score(belongs, scores), abs=1e-12)


@pytest.mark.parametrize("ties", [False, True])
@pytest.mark.parametrize("seed", [0, 1, 2])
def test_a_ranking_is_the_precision_recall_curve_of_scikit_learn(seed: int, ties: bool) -> None:
    belongs, scores = scored(seed, ties=ties)
    found = ranked(belongs, scores)
    precision, recall, thresholds = precision_recall_curve(belongs, scores)
    np.testing.assert_allclose(found.precision[::-1], precision[:-1])
    np.testing.assert_allclose(found.recall[::-1], recall[:-1])
    np.testing.assert_array_equal(found.thresholds[::-1], thresholds)
    assert average_precision(found) == pytest.approx(average_precision_score(belongs, scores), abs=1e-12)


def test_samples_of_one_kind_have_no_area() -> None:
    scores = np.array([0.1, 0.9])
    assert math.isnan(roc_area(ranked(np.array([True, True]), scores)))
    assert math.isnan(roc_area(ranked(np.array([False, False]), scores)))
    assert math.isnan(average_precision(ranked(np.array([False, False]), scores)))


def test_perfect_and_reversed_orders_have_area_one_and_none() -> None:
    belongs = np.array([True, True, False, False])
    assert roc_area(ranked(belongs, np.array([4.0, 3.0, 2.0, 1.0]))) == 1.0
    assert roc_area(ranked(belongs, np.array([1.0, 2.0, 3.0, 4.0]))) == 0.0
    assert roc_area(ranked(belongs, np.zeros(4))) == 0.5


def test_the_table_of_classes_is_that_of_scikit_learn() -> None:
    rng = np.random.default_rng(3)
    truth, said = rng.integers(0, 4, 300), rng.integers(0, 4, 300)
    # A class that nobody takes anything for, and one that is not there.
    said[said == 2] = 1
    k = 6
    counts = np.bincount(truth * k + said, minlength=k * k).reshape(k, k)
    found = by_class(counts.diagonal(), counts.sum(axis=0), counts.sum(axis=1))
    precision, recall, f1, support = precision_recall_fscore_support(truth, said, labels=range(k), zero_division=0)
    np.testing.assert_allclose(found.precision, precision)
    np.testing.assert_allclose(found.recall, recall)
    np.testing.assert_allclose(found.f1, f1)
    np.testing.assert_array_equal(found.support, support)
    for average, ours in (("macro", found.macro()), ("weighted", found.weighted())):
        theirs = precision_recall_fscore_support(truth, said, average=average, zero_division=0)[:3]
        assert ours == pytest.approx(theirs)


@pytest.mark.parametrize("ties", [False, True])
def test_bins_are_those_of_scikit_learn(ties: bool) -> None:
    belongs, scores = scored(5, 500, ties)
    found = reliability(scores, belongs)
    true, sure = calibration_curve(belongs, scores, n_bins=10)
    full = found.counts > 0
    np.testing.assert_allclose(found.true[full], true)
    np.testing.assert_allclose(found.sure[full], sure)
    assert np.isnan(found.true[~full]).all()
    assert found.counts.sum() == 500


def test_the_calibration_error_is_the_mean_gap_over_the_samples() -> None:
    found = reliability(np.array([0.0, 0.95, 0.95, 0.95, 1.0]), np.array([False, True, False, True, True]))
    # Bin 1: one sample, sure 0, true 0. Bin 10: four, sure 0.9625, true 0.75.
    assert found.counts.tolist() == [1, 0, 0, 0, 0, 0, 0, 0, 0, 4]
    assert found.error == pytest.approx(4 / 5 * (0.9625 - 0.75))
    assert found.worst == pytest.approx(0.9625 - 0.75)


def test_residuals_and_their_measures_are_those_of_scikit_learn() -> None:
    rng = np.random.default_rng(4)
    truth = rng.normal(50, 20, 120).astype(np.float32)
    said = (truth + rng.normal(2, 5, 120)).astype(np.float32)
    found = residuals(truth, said)
    np.testing.assert_allclose(found.residual, truth.astype(float) - said.astype(float))
    assert found.r2 == pytest.approx(r2_score(truth.astype(float), said.astype(float)))
    assert found.mae == pytest.approx(mean_absolute_error(truth.astype(float), said.astype(float)))
    assert found.rmse == pytest.approx(root_mean_squared_error(truth.astype(float), said.astype(float)))
    assert found.bias == pytest.approx(float(np.mean(truth.astype(float) - said)))
    assert found.counts.sum() == 120
    assert found.edges[0] == -found.edges[-1]
    assert np.abs(found.residual).max() == pytest.approx(found.edges[-1])


def test_a_truth_that_never_changes_has_no_r2_and_a_perfect_guess_a_histogram() -> None:
    found = residuals(np.full(4, 3.0), np.full(4, 3.0))
    assert math.isnan(found.r2)
    assert found.mae == found.rmse == 0.0
    assert found.counts.max() == 4


def test_where_no_class_occurs_all_averages_are_zero():
    nothing = np.zeros(3, np.intp)
    found = by_class(nothing, nothing, nothing)
    assert found.macro() == found.weighted() == (0.0, 0.0, 0.0)
    assert not found.occurs.any()
