"""Views answer, or say why they do not, whatever the data are like and whether a past is kept or not."""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.graph.document import Document
from core.metrics import METRICS
from core.train.control import Control
from core.train.events import Failed, Finished
from core.train.loop import train
from core.train.moments import Moments
from core.train.probes import NotApplicable, answer
from core.train.probes.metric import MetricCurve
from core.train.references import SampleRef
from core.train.request import Request
from core.train.session import Session
from tests.core._build import chain, dense

WORDS = "sparse_categorical_crossentropy"
PARTS = ("", "train", "validation")


def numbers(*shape: int, offset: float = 0.0) -> np.ndarray:
    return np.random.default_rng(0).normal(size=shape) + offset


def names(samples: int, classes: int) -> np.ndarray:
    return np.array([f"class {i % classes}" for i in range(samples)])


def pixels(*shape: int) -> np.ndarray:
    return np.random.default_rng(1).integers(0, 255, shape).astype(np.uint8)


def constant(value: float) -> np.ndarray:
    found = numbers(30, 3)
    found[:, 1] = value
    return found


# Samples, targets, and the layers between.
CASES: dict[str, tuple[np.ndarray, np.ndarray, tuple[Any, ...]]] = {
    "one sample": (numbers(1, 3), numbers(1, 2), (dense(3), "relu", dense(2))),
    "one column": (numbers(30, 1), numbers(30), (dense(3), "relu", dense(1))),
    "one column, classes": (numbers(30, 1), names(30, 3), (dense(3), "relu", dense(3), "softmax")),
    "a column that is always the same, and large": (constant(1.7e18), numbers(30), (dense(3), "relu", dense(1))),
    "40 classes": (numbers(80, 3), names(80, 40), (dense(2), "relu", dense(40), "softmax")),
    "pictures of one pixel": (pixels(30, 1, 1, 1), names(30, 3), (("conv2d", {"filters": 2, "kernel_size": [1, 1]}),
                                                                  "relu", "flatten", dense(3), "softmax")),
    "sequences of one step": (numbers(30, 1, 4), names(30, 2), (("gru", {"units": 1}), dense(2), "softmax")),
}


def document(name: str, folder: Path, **data: Any) -> Document:
    x, y, layers = CASES[name]
    path = folder / "odd.npz"
    np.savez(path, x=x, y=y)
    return chain(*layers, loss=WORDS if y.dtype.kind == "U" else "mse", epochs=3, learning_rate=0.001,
                 source={"kind": "arrays", "params": {"path": str(path)}}, data=data)


def asked(session: Session) -> Iterator[Request]:
    """What panels ask, once for each view and node."""
    nodes = tuple(unit.id for unit in session.network.units)
    for probe in ("health", "points", "sample", "signals", "timing", "verdicts", "boundary"):
        yield Request.of(probe)
    for what in ("activations", "gradients", "updates"):
        for probe in ("activity", "activity_trend", "activity_history"):
            yield Request.of(probe, what=what)
    for part in PARTS:
        for probe in ("confusion", "predictions", "scores", "embedding"):
            yield Request.of(probe, part=part)
    for view in ("classes", "roc", "calibration", "residuals"):
        yield Request.of("scores", view=view)
    for node in nodes:
        yield from (Request.of(probe, node=node) for probe in ("excites", "neuron", "neurons", "weight_history"))
        yield from (Request.of(probe, node=node, quantity=quantity) for probe in ("weights", "kernels")
                    for quantity in ("now", "change", "step", "gradient"))
    yield from (Request.of("metric", metric=metric, part="train") for metric in METRICS)
    yield Request.of("boundary", size=10, lines=True)
    yield Request.of("place", sample=SampleRef("train", 0))
    yield Request.of("thumbnails", nodes=nodes)


def all_answered(session: Session) -> int:
    """Ask all there is. How many answers show something."""
    with np.errstate(all="ignore"):
        return sum(not isinstance(answer(session, request), NotApplicable) for request in asked(session))


@pytest.mark.parametrize("name", CASES)
def test_every_view_has_an_answer_before_within_and_after_a_run(name: str, tmp_path: Path) -> None:
    session = Session(document(name, tmp_path, validation=0.2 if len(CASES[name][0]) > 1 else 0.0))
    session.moments = Moments(session)
    session.moments.keep()
    shown = all_answered(session)
    assert shown > 20
    (*_, last) = train(session, Control())
    assert isinstance(last, Finished) or (isinstance(last, Failed) and last.problem.code == "train.not_finite")
    assert all_answered(session) >= shown
    with session.moments.shown(1):
        assert all_answered(session) >= shown


@pytest.mark.parametrize("past", ["none", "too large"])
def test_every_view_has_an_answer_where_no_past_is_kept(past: str, tmp_path: Path) -> None:
    session = Session(document("one column, classes", tmp_path))
    session.moments = Moments(session, budget=1) if past == "too large" else None
    (*_, last) = train(session, Control())
    assert isinstance(last, Finished)
    assert session.moments is None or session.moments.steps == ()
    assert all_answered(session) > 20
    curve = answer(session, Request.of("metric", metric="accuracy"))
    assert isinstance(curve, MetricCurve)
    assert curve.points[:, 1].tolist() == [session.step], "the present alone"


def test_a_table_of_numbers_is_no_curve(tmp_path: Path) -> None:
    session = Session(document("one column, classes", tmp_path))
    assert isinstance(answer(session, Request.of("metric", metric="confusion_matrix")), NotApplicable)
