"""The confusion panel shows counts, and asks for them no more often than needed."""
from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from core.train.events import Snapshot, Started
from core.train.probes import NotApplicable
from core.train.probes.confusion import Confusion
from core.train.request import Request
from core.train.session import Session
from gui.context import AppContext
from gui.panels.confusion import REST, ConfusionPanel
from tests.core._build import chain, dense
from tests.gui.panels._run import look, shown


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext) -> ConfusionPanel:
    return shown(qtbot, ConfusionPanel, context)


def iris(**data: float) -> Session:
    return Session(chain(dense(3), "softmax", loss="sparse_categorical_crossentropy", source="iris", data=data))


def matrix(size: int, total: int | None = None) -> Confusion:
    counts = np.arange(size * size).reshape(size, size) * 7
    sums = np.maximum(counts.sum(axis=1, keepdims=True), 1)
    names = tuple(f"class {index}" for index in range(size))
    judged = int(counts.sum())
    return Confusion(counts, counts / sums, names, "validation", total or judged, counts.trace() / judged)


def give(panel: ConfusionPanel, found: object, step: int = 0) -> None:
    panel.on_train(Snapshot(1, 0, step, {Request.of("confusion"): found}, 0.0))
    panel.on_tick()


def test_before_anything_ran_it_says_what_to_do(panel: ConfusionPanel) -> None:
    assert panel.board.empty
    assert "classes" in panel.board.message.text()
    assert panel.exports() is None


def test_hidden_it_asks_for_nothing(panel: ConfusionPanel) -> None:
    assert panel.requests() == (Request.of("confusion"),)
    panel.hide()
    assert panel.requests() == ()


def test_every_cell_holds_the_count_of_its_true_and_predicted_class(panel: ConfusionPanel) -> None:
    session = iris()
    look(panel, session)
    guessed = session.network.predict(session.parts.train.x).argmax(axis=1)
    for (row, column), text in panel.map.written().items():
        assert int(text) == ((session.parts.train.y == row) & (guessed == column)).sum()
    assert len(panel.map.written()) == 9


def test_in_a_large_table_zeros_are_left_out_and_the_rest_stays(panel: ConfusionPanel) -> None:
    give(panel, matrix(10))
    written = panel.map.written()
    assert written[0, 0] == ""
    assert written[9, 9] == "693"
    assert len(written) == 100


def test_the_shade_is_that_of_the_share_of_the_row(panel: ConfusionPanel, context: AppContext) -> None:
    counts = np.array([[2, 0], [100, 100]])
    give(panel, Confusion(counts, counts / counts.sum(axis=1, keepdims=True), ("a", "b"), "train", 202, 0.5))
    colour = panel.map.image.pixelColor
    assert colour(0, 0).name() == context.theme.tokens.accent
    assert colour(0, 1) == colour(1, 1)
    assert colour(1, 0).lightness() > colour(0, 1).lightness() > QColor(context.theme.tokens.accent).lightness()


def test_the_caption_tells_part_size_and_accuracy(panel: ConfusionPanel) -> None:
    look(panel, iris(validation=0.2))
    assert panel.caption.title == "Validation, 30 samples"
    assert panel.caption.readings[0].name == "accuracy"
    assert panel.caption.readings[0].value == f"{100 * panel.answer.accuracy:.1f} %"


def test_a_choice_of_samples_is_told(panel: ConfusionPanel) -> None:
    give(panel, matrix(2, total=60_000))
    assert panel.caption.title == "Validation, 42 of 60,000 samples"


def test_classes_stand_on_both_axes(panel: ConfusionPanel) -> None:
    give(panel, matrix(3))
    names = ["class 0", "class 1", "class 2"]
    assert list(panel.left.cells.values()) == names
    assert list(panel.bottom.cells.values()) == names
    assert panel.left.labelText == "true"
    assert panel.bottom.labelText == "predicted"


def test_the_pointer_tells_which_class_is_taken_for_which(panel: ConfusionPanel) -> None:
    give(panel, matrix(3))
    panel.board.hovered.emit(panel.plot.vb.mapViewToScene(QPointF(2.5, 1.5)))
    assert panel.caption.title == "class 1 taken for class 2"
    assert panel.caption.readings[0].value == "35 of 84, 41.7 %"
    panel.board.hovered.emit(panel.plot.vb.mapViewToScene(QPointF(1.5, 1.5)))
    assert panel.caption.title == "class 1, recognised"


def test_regression_shows_the_reason(panel: ConfusionPanel) -> None:
    give(panel, NotApplicable("A confusion matrix needs classes; Table has numbers to predict."))
    assert panel.board.empty
    assert "Table" in panel.board.message.text()


def test_it_asks_again_only_after_a_step_and_a_rest(panel: ConfusionPanel, context: AppContext) -> None:
    context.trainer.step_count = 5
    give(panel, matrix(3), step=5)
    for _ in range(2 * REST):
        panel.on_tick()
    assert panel.requests() == ()
    context.trainer.step_count = 6
    assert panel.requests() == (Request.of("confusion"),)
    give(panel, matrix(3), step=6)
    context.trainer.step_count = 7
    assert panel.requests() == ()
    for _ in range(REST):
        panel.on_tick()
    assert panel.requests() == (Request.of("confusion"),)


def test_a_new_run_is_asked_at_once(panel: ConfusionPanel) -> None:
    give(panel, matrix(3), step=0)
    assert panel.requests() == ()
    panel.on_train(Started(2, 0, 0, 10, 1, 9))
    assert panel.requests() == (Request.of("confusion"),)


def test_the_theme_changes_colours_but_not_the_numbers(panel: ConfusionPanel, context: AppContext) -> None:
    give(panel, matrix(3))
    image, table = panel.map.image.copy(), panel.exports().table()
    context.theme.set_mode("dark")
    try:
        assert panel.map.image != image
        assert panel.exports().table() == table
    finally:
        context.theme.set_mode("light")


def test_the_table_is_the_counts(panel: ConfusionPanel) -> None:
    give(panel, matrix(3))
    exported = panel.exports()
    assert exported is not None
    names, rows = exported.table()
    assert names == ["true \\ predicted", "class 0", "class 1", "class 2"]
    assert rows == [["class 0", 0, 7, 14], ["class 1", 21, 28, 35], ["class 2", 42, 49, 56]]
