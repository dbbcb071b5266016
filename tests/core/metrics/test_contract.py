"""What every registered metric must keep."""
from __future__ import annotations

import math
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from core.metrics import METRICS, judge, measure_all
from tests.core.metrics._naive import NAIVE

ROOT = Path(__file__).parents[3]
SINGLE = [kind for kind in METRICS.values() if kind.single]
each = pytest.mark.parametrize("kind", METRICS.values(), ids=list(METRICS))
each_single = pytest.mark.parametrize("kind", SINGLE, ids=lambda kind: kind.info.kind)


def case(kind, seed=0, n=60, k=7, rounded=False):
    """Random predictions for the task of a metric: output, y and the number of classes."""
    rng = np.random.default_rng(seed)
    output = rng.random((n, k)).astype(np.float32)
    if rounded:
        output = np.round(output, 1)
    if kind.task == "regression":
        return output, rng.normal(size=(n, k)).astype(np.float32), 0
    return output, rng.integers(0, k, n), k


def test_the_catalogue_holds_what_the_program_promises():
    assert set(METRICS) == {"accuracy", "top_k_accuracy", "precision", "recall", "f1", "roc_auc", "confusion_matrix",
                            "mae", "rmse", "r2"}
    assert {kind.info.kind for kind in SINGLE} == set(NAIVE)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("rounded", [False, True], ids=["smooth", "ties"])
@pytest.mark.parametrize("n", [2, 9, 60])
@each_single
def test_the_number_agrees_with_its_definition(kind, n, rounded, seed):
    judged = judge(*case(kind, seed, n, rounded=rounded))
    expected = NAIVE[kind.info.kind](judged.truth.tolist(), judged.predicted.tolist(), judged.scores.tolist())
    assert kind().measure(judged) == pytest.approx(expected, rel=1e-9, abs=1e-12, nan_ok=True)


@each_single
def test_perfect_predictions_get_the_best_number(kind):
    _, y, classes = case(kind)
    output = np.eye(classes)[y] if classes else y
    assert kind().measure(judge(output, y, classes)) == (0.0 if kind.info.kind in ("mae", "rmse") else 1.0)


@each_single
def test_the_order_of_the_samples_does_not_matter(kind):
    output, y, classes = case(kind)
    order = np.random.default_rng(5).permutation(len(y))
    shuffled = kind().measure(judge(output[order], y[order], classes))
    assert shuffled == pytest.approx(kind().measure(judge(output, y, classes)), rel=1e-12)


@each
def test_it_is_not_defined_without_samples(kind):
    output, y, classes = case(kind)
    assert math.isnan(kind().measure(judge(output[:0], y[:0], classes)))


@pytest.mark.parametrize("bad", [np.nan, np.inf])
@each
def test_it_is_not_defined_where_a_prediction_is_no_number(kind, bad):
    output, y, classes = case(kind)
    output[3, 2] = bad
    assert math.isnan(kind().measure(judge(output, y, classes)))


@each
def test_what_it_is_given_stays_as_it_is(kind):
    output, y, classes = case(kind)
    before = output.copy(), y.copy()
    kind().measure(judge(output, y, classes))
    assert np.array_equal(output, before[0])
    assert np.array_equal(y, before[1])


@each
def test_it_suits_its_own_task_only(kind):
    assert kind().suits(7) == (kind.task == "classification")
    assert kind().suits(0) == (kind.task == "regression")


@each
def test_the_declaration_is_complete(kind):
    info = kind.info
    assert info.title
    assert info.summary[0].isupper()
    assert not info.summary.endswith(".")
    assert info.keywords
    assert "Source:" in kind.__doc__
    assert all(param.doc.endswith(".") for param in kind.params.values())


def test_everything_that_suits_is_measured_under_names_of_its_own():
    for kind in (METRICS["accuracy"], METRICS["mae"]):
        output, y, classes = case(kind)
        measured = measure_all(output, y, classes)
        suiting = [one() for one in SINGLE if one.task == kind.task]
        assert measured == {metric.key: metric.measure(judge(output, y, classes)) for metric in suiting}


def test_declaring_metrics_does_not_import_scikit_learn():
    code = ("import sys; from core.metrics import METRICS\n"
            "for kind in METRICS.values(): kind().key, kind.schema()\n"
            "sys.exit('sklearn' in sys.modules)")
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
