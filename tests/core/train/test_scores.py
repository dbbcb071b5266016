"""The judgement that views share, and the scores that are made of it."""
from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, average_precision_score, f1_score, roc_auc_score, roc_curve

from core.train.judging import judged
from core.train.moments import Moments
from core.train.probes import NotApplicable, answer
from core.train.probes.scores import CURVES, Calibration, Curves, Misses, Scores, Table
from core.train.request import Request
from core.train.session import Session
from tests.core._build import chain, dense

SPLIT = {"validation": 0.2, "test": 0.2}


def iris() -> Session:
    return Session(chain(dense(3), "softmax", loss="sparse_categorical_crossentropy", source="iris", data=SPLIT))


def spiral() -> Session:
    return Session(chain(dense(4), "tanh", dense(1), "sigmoid", loss="binary_crossentropy", source="spiral",
                         data=SPLIT))


def diabetes() -> Session:
    return Session(chain(dense(1), source="diabetes", data=SPLIT))


def ask(session: Session, **arguments: Any) -> Scores:
    found = answer(session, Request.of("scores", **arguments))
    assert isinstance(found, Scores)
    return found


def test_views_share_one_prediction_until_the_weights_change(monkeypatch: pytest.MonkeyPatch) -> None:
    made, calls = iris(), []
    predict = made.network.predict
    monkeypatch.setattr(made.network, "predict", lambda x, node=None: calls.append(len(x)) or predict(x, node))
    answer(made, Request.of("confusion"))
    for view in ("table", "roc", "precision_recall", "calibration"):
        ask(made, view=view)
    assert calls == [30]
    made.network.weights.flat[0] += 1.0
    ask(made)
    assert calls == [30, 30]


def test_of_a_look_at_the_past_the_weights_of_then_are_judged() -> None:
    made = iris()
    made.moments = Moments(made)
    made.moments.keep()
    before = judged(made).said.values.copy()
    made.network.weights.flat[...] = 0.0
    made.step += 1
    assert not np.array_equal(judged(made).said.values, before)
    with made.moments.shown(0):
        np.testing.assert_array_equal(judged(made).said.values, before)
    assert not np.array_equal(judged(made).said.values, before)


@pytest.mark.parametrize(("part", "size"), [("train", 90), ("validation", 30), ("test", 30), ("", 30)])
def test_a_part_is_judged_by_its_name(part: str, size: int) -> None:
    found = judged(iris(), part)
    assert found.part == (part or "validation")
    assert found.total == len(found.truth) == size
    assert found.parts == (("train", 90), ("validation", 30), ("test", 30))


def test_a_part_without_samples_becomes_one_that_has_some() -> None:
    made = Session(chain(dense(1), "sigmoid"))
    assert judged(made, "test").part == "train"


def test_the_table_is_that_of_scikit_learn() -> None:
    made = iris()
    found = ask(made, part="train", view="table")
    said = made.network.predict(made.parts.train.x).argmax(axis=1)
    assert isinstance(found.shown, Table)
    np.testing.assert_allclose(found.shown.lines.f1, f1_score(made.parts.train.y, said, average=None, labels=range(3)))
    assert found.shown.macro[2] == pytest.approx(f1_score(made.parts.train.y, said, average="macro"))
    assert found.shown.accuracy == pytest.approx((made.parts.train.y == said).mean())
    assert answer(made, Request.of("confusion", part="train")).accuracy == found.shown.accuracy


def test_every_corner_of_a_curve_is_one_of_scikit_learn() -> None:
    made = spiral()
    found = ask(made, part="train", view="roc").shown
    score = made.network.predict(made.parts.train.x)[:, 0]
    truth = made.parts.train.y
    assert isinstance(found, Curves)
    (curve,) = found.curves
    fpr, tpr, thresholds = roc_curve(truth, score, drop_intermediate=False)
    theirs = {t: (x, y) for t, x, y in zip(thresholds, fpr, tpr, strict=True)}
    for x, y, t in zip(curve.x, curve.y, curve.thresholds, strict=True):
        assert (x, y) == pytest.approx(theirs[t])
    assert curve.number == 1
    assert curve.area == pytest.approx(roc_auc_score(truth, score))
    assert (curve.x[0], curve.y[0], curve.x[-1], curve.y[-1]) == (0, 0, 1, 1)


def test_the_point_of_one_half_is_what_is_predicted() -> None:
    made = spiral()
    found = ask(made, part="train", view="roc").shown
    assert isinstance(found, Curves)
    (curve,) = found.curves
    sure = made.network.predict(made.parts.train.x)[:, 0] >= 0.5
    truth = made.parts.train.y == 1
    assert curve.x[curve.half] == pytest.approx((sure & ~truth).sum() / (~truth).sum())
    assert curve.y[curve.half] == pytest.approx((sure & truth).sum() / truth.sum())


def test_every_class_has_its_area_against_the_rest() -> None:
    made = iris()
    score, truth = made.network.predict(made.parts.train.x), made.parts.train.y
    roc, pr = (ask(made, part="train", view=view).shown for view in ("roc", "precision_recall"))
    assert isinstance(roc, Curves)
    assert isinstance(pr, Curves)
    for number in range(3):
        assert roc.areas[number] == pytest.approx(roc_auc_score(truth == number, score[:, number]))
        assert pr.areas[number] == pytest.approx(average_precision_score(truth == number, score[:, number]))
        assert pr.curves[number].share == pytest.approx((truth == number).mean())
    assert roc.mean == pytest.approx(roc_auc_score(truth, score, multi_class="ovr"))


def stored(folder: Path, y: np.ndarray, last: int, loss: str, activation: str) -> Session:
    """A session on arrays from a file."""
    x = np.random.default_rng(0).normal(size=(len(y), 3)).astype(np.float32)
    np.savez(folder / "data.npz", x=x, y=y)
    source = {"kind": "arrays", "params": {"path": str(folder / "data.npz")}}
    return Session(chain(dense(last), activation, loss=loss, source=source))


def test_of_many_classes_the_worst_are_drawn(tmp_path: Path) -> None:
    made = stored(tmp_path, np.arange(240) % 12, 12, "sparse_categorical_crossentropy", "softmax")
    found = ask(made, view="roc").shown
    assert isinstance(found, Curves)
    assert len(found.curves) == CURVES < 12
    assert [curve.number for curve in found.curves] == sorted(np.argsort(found.areas)[:CURVES])
    assert np.isfinite(found.areas).all()


def test_each_of_several_labels_is_a_question_of_its_own(tmp_path: Path) -> None:
    y = np.random.default_rng(1).integers(0, 2, (60, 3))
    made = stored(tmp_path, y, 3, "binary_crossentropy", "sigmoid")
    score = made.network.predict(made.parts.train.x)
    found = ask(made, view="table")
    assert (found.kind, len(found.names)) == ("labels", 3)
    assert isinstance(found.shown, Table)
    np.testing.assert_allclose(found.shown.lines.f1, f1_score(y, score > 0.5, average=None, zero_division=0))
    assert found.shown.accuracy == pytest.approx(accuracy_score(y, score > 0.5))
    roc = ask(made, view="roc").shown
    assert isinstance(roc, Curves)
    np.testing.assert_allclose(roc.areas, roc_auc_score(y, score, average=None))
    assert "yes or no" in answer(made, Request.of("confusion")).reason


def test_calibration_looks_at_the_second_class_of_two_and_at_the_predicted_one_of_more() -> None:
    two, three = ask(spiral(), view="calibration").shown, ask(iris(), view="calibration").shown
    assert isinstance(two, Calibration)
    assert isinstance(three, Calibration)
    assert (two.of, three.of) == (1, -1)
    made = iris()
    score, truth = made.network.predict(made.parts.validation.x), made.parts.validation.y
    right, sure = score.argmax(axis=1) == truth, score.max(axis=1)
    error = sum(abs(sure[held].mean() - right[held].mean()) * held.mean() for low in np.arange(10) / 10
                if (held := (sure > low) & (sure <= low + 0.1)).any())
    assert three.bins.error == pytest.approx(error, abs=1e-6)


def test_scores_that_are_no_probabilities_cannot_be_calibrated() -> None:
    made = Session(chain(dense(3), loss="mse", source="iris"))
    found = ask(made, view="calibration")
    assert isinstance(found.shown, NotApplicable)
    assert "Softmax" in found.shown.reason
    assert isinstance(ask(made, view="roc").shown, Curves)


def test_residuals_are_in_the_unit_of_the_data() -> None:
    made = diabetes()
    found = ask(made, part="train", view="residuals").shown
    assert isinstance(found, Misses)
    said = made.parts.own(made.network.predict(made.parts.train.x))[:, 0]
    true = made.parts.own(made.parts.train.y)[:, 0]
    np.testing.assert_allclose(found.found.residual, true.astype(float) - said, rtol=1e-4, atol=1e-3)
    assert true.max() > 100


def test_a_view_that_does_not_suit_becomes_the_first_that_does() -> None:
    assert ask(diabetes(), view="roc").view == "predicted"
    assert ask(iris(), view="histogram").view == "table"


def test_numbers_that_are_not_finite_are_told() -> None:
    made = iris()
    made.network.weights.flat[...] = np.nan
    found = ask(made, view="table")
    assert isinstance(found.shown, NotApplicable)
    assert "finite" in found.shown.reason


def test_what_gives_its_input_back_has_no_scores() -> None:
    made = Session(chain(dense(4), source="iris", rule="autoencoder"))
    found = answer(made, Request.of("scores"))
    assert isinstance(found, NotApplicable)
    assert "input back" in found.reason
