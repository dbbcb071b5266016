"""The confusion panel shows counts, and asks for them no more often than needed."""
from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sklearn.metrics import confusion_matrix, precision_score, recall_score

from core.train.events import Snapshot, Started
from core.train.probes import NotApplicable
from core.train.probes.confusion import Confusion
from core.train.references import Chosen
from core.train.request import Request
from core.train.session import Session
from gui.context import AppContext
from gui.panels._judging import REST
from gui.panels.confusion import ConfusionPanel
from tests.core._build import chain, dense
from tests.gui.panels._run import look, shown

ASKED = Request.of("confusion", part="")
HAND = Qt.CursorShape.PointingHandCursor


@pytest.fixture
def panel(qtbot: QtBot, context: AppContext) -> ConfusionPanel:
    return shown(qtbot, ConfusionPanel, context)


def iris(**data: float) -> Session:
    return Session(chain(dense(3), "softmax", loss="sparse_categorical_crossentropy", source="iris", data=data))


def matrix(size: int, total: int | None = None) -> Confusion:
    return of_counts(np.arange(size * size).reshape(size, size) * 7, total)


def of_counts(counts: np.ndarray, total: int | None = None) -> Confusion:
    rows, columns = (np.maximum(counts.sum(axis=axis, keepdims=True), 1) for axis in (1, 0))
    names = tuple(f"class {index}" for index in range(len(counts)))
    judged = int(counts.sum())
    parts = (("train", 90), ("validation", total or judged))
    return Confusion(counts, counts / rows, counts / columns, names, "validation", parts, total or judged,
                     counts.trace() / judged)


def give(panel: ConfusionPanel, found: object, step: int = 0) -> None:
    panel.on_train(Snapshot(1, 0, step, {panel.wanted()[0]: found}, 0.0))
    panel.on_tick()


def test_before_anything_ran_it_says_what_to_do(panel: ConfusionPanel) -> None:
    assert panel.board.empty
    assert "classes" in panel.board.message.text()
    assert panel.exports() is None


def test_hidden_it_asks_for_nothing(panel: ConfusionPanel) -> None:
    assert panel.requests() == (ASKED,)
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
    give(panel, of_counts(counts))
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
    assert [reading.value for reading in panel.caption.readings] == ["35", "41.7 % of 84", "33.3 % of 105"]
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
    assert panel.requests() == (ASKED,)
    give(panel, matrix(3), step=6)
    context.trainer.step_count = 7
    assert panel.requests() == ()
    for _ in range(REST):
        panel.on_tick()
    assert panel.requests() == (ASKED,)


def test_a_new_run_is_asked_at_once(panel: ConfusionPanel) -> None:
    give(panel, matrix(3), step=0)
    assert panel.requests() == ()
    panel.on_train(Started(2, 0, 0, 10, 1, 9))
    assert panel.requests() == (ASKED,)


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


def place(panel: ConfusionPanel, row: int, column: int) -> QPoint:
    """Where a cell is in the view."""
    return panel.board.view.mapFromScene(panel.plot.vb.mapViewToScene(QPointF(column + 0.5, row + 0.5)))


def test_rows_in_per_cent_are_what_is_recalled_of_a_class(panel: ConfusionPanel) -> None:
    session = iris()
    look(panel, session)
    panel.look.choose("Row %")
    guessed, true = session.network.predict(session.parts.train.x).argmax(axis=1), session.parts.train.y
    recall = recall_score(true, guessed, average=None, zero_division=0)
    assert [panel.map.written()[k, k] for k in range(3)] == [f"{100 * share:.1f}" for share in recall]
    rows = panel.exports().table()[1]
    np.testing.assert_allclose([row[1:] for row in rows], confusion_matrix(true, guessed, normalize="true"))


def test_columns_in_per_cent_are_how_precise_a_prediction_is(panel: ConfusionPanel) -> None:
    session = iris()
    look(panel, session)
    panel.look.choose("Column %")
    guessed, true = session.network.predict(session.parts.train.x).argmax(axis=1), session.parts.train.y
    precision = precision_score(true, guessed, average=None, zero_division=0)
    assert [panel.map.written()[k, k] for k in range(3)] == [f"{100 * share:.1f}" for share in precision]
    give(panel, of_counts(np.array([[2, 50], [98, 50]])))
    colour = panel.map.image.pixelColor
    assert colour(1, 0) == colour(1, 1)
    assert colour(0, 0) != colour(0, 1)


def test_in_a_large_table_a_small_share_is_not_written_as_none(panel: ConfusionPanel) -> None:
    counts = np.eye(10, dtype=int) * 1000
    counts[3, 4] = 1
    give(panel, of_counts(counts))
    panel.look.choose("Row %")
    assert panel.map.written()[3, 4] == "<1"
    assert panel.map.written()[3, 3] == "100"
    assert panel.map.written()[4, 3] == ""


def test_another_part_is_asked_for_at_once(panel: ConfusionPanel) -> None:
    session = iris(validation=0.2, test=0.2)
    look(panel, session)
    assert panel.pick.text() == "Validation"
    assert [action.text() for action in panel.pick.list.actions()] == ["Training", "Validation", "Test"]
    panel.pick.list.actions()[2].trigger()
    assert panel.requests() == (Request.of("confusion", part="test"),)
    look(panel, session)
    assert panel.pick.text() == "Test"
    assert panel.caption.title == "Test, 30 samples"
    guessed = session.network.predict(session.parts.test.x).argmax(axis=1)
    np.testing.assert_array_equal(panel.answer.counts, confusion_matrix(session.parts.test.y, guessed))


def test_a_click_on_a_cell_shows_its_samples_and_frames_it(panel: ConfusionPanel, context: AppContext) -> None:
    give(panel, matrix(3))
    wanted: list[Chosen] = []
    opened: list[str] = []
    context.samples_wanted.connect(wanted.append)
    context.panel_wanted.connect(opened.append)
    QTest.mouseClick(panel.board.view.viewport(), Qt.MouseButton.LeftButton, pos=place(panel, 1, 2))
    assert wanted == [Chosen("validation", 1, 2)]
    assert opened == ["predictions"]
    assert panel.frame.isVisible()
    assert panel.frame.rect().topLeft() == QPointF(2, 1)
    QTest.mouseClick(panel.board.view.viewport(), Qt.MouseButton.RightButton, pos=place(panel, 0, 0))
    assert panel.chosen == (1, 2)
    assert panel.map.cursor().shape() == HAND


def test_another_part_has_no_chosen_cell(panel: ConfusionPanel) -> None:
    session = iris(validation=0.2)
    look(panel, session)
    panel.show_samples(0, 1)
    panel.pick.list.actions()[0].trigger()
    look(panel, session)
    assert panel.chosen is None
    assert not panel.frame.isVisible()


@pytest.mark.parametrize(("width", "height"), [(195, 240), (420, 280), (1200, 700)])
@pytest.mark.parametrize("size", [2, 10, 40, 100])
def test_names_of_classes_never_lie_on_each_other(panel: ConfusionPanel, size: int, width: int, height: int) -> None:
    panel.resize(width, height)
    give(panel, matrix(size))
    QApplication.processEvents()
    for axis, length in ((panel.left, panel.board.tall), (panel.bottom, panel.board.inside)):
        ((_, places),) = axis.tickValues(0, size, length)
        metrics = axis._metrics()
        names = axis.tickStrings(places, 1, 0)
        room = 11 if axis is panel.left else max(metrics.horizontalAdvance(name) for name in names)
        assert len(places) == 1 or (places[1] - places[0]) * length / size >= room
        assert len(places) >= 2


def test_names_that_begin_alike_are_told_apart_by_their_ends(panel: ConfusionPanel) -> None:
    panel.resize(195, 240)
    give(panel, matrix(4))
    QApplication.processEvents()
    names = panel.bottom.tickStrings(list(panel.bottom.cells), 1, 0)
    assert len(set(names)) == 4
    assert all("…" in name for name in names)


def test_the_choices_fit_a_narrow_panel(panel: ConfusionPanel) -> None:
    give(panel, matrix(3))
    panel.resize(195, 240)
    QApplication.processEvents()
    assert panel.width() == 195
    assert panel.look.list.isVisible()
    assert not panel.look.row.isVisible()
    panel.look.list.list.actions()[2].trigger()
    assert panel.look.word == "Column %"
    panel.resize(600, 240)
    QApplication.processEvents()
    assert panel.look.row.isVisible()


def test_the_arrow_keys_go_from_cell_to_cell_and_enter_opens_its_samples(panel: ConfusionPanel, qtbot: QtBot) -> None:
    assert panel.focusPolicy() == Qt.FocusPolicy.NoFocus
    give(panel, matrix(3))
    panel.activateWindow()
    panel.pick.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(panel.isActiveWindow)
    panel.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(panel.hasFocus)
    assert panel.chosen == (0, 0)
    asked: list[Chosen] = []
    panel.context.samples_wanted.connect(asked.append)
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right):
        QTest.keyClick(panel, key)
    assert panel.chosen == (1, 2)
    assert panel.frame.isVisible()
    assert panel.frame.rect().topLeft() == QPointF(2, 1)
    assert panel.caption.title == "class 1 taken for class 2"
    # Of 7 * (3 + 4 + 5) samples.
    assert panel.accessibleName() == "Confusion matrix: class 1 taken for class 2, 35 samples, 41.7 % of the class"
    QTest.keyClick(panel, Qt.Key.Key_Return)
    assert asked == [Chosen("validation", 1, 2)]
    panel.clearFocus()
    assert panel.accessibleName() == "Confusion matrix"
    assert panel.caption.title != "class 1 taken for class 2"


def test_tab_goes_into_the_matrix(panel: ConfusionPanel, qtbot: QtBot) -> None:
    give(panel, matrix(3))
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.look.setFocus(Qt.FocusReason.TabFocusReason)
    stops = []
    for _ in range(8):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        stops.append(QApplication.focusWidget())
    assert panel in stops
    panel.context.trainer.state_changed.emit("invalid")
    assert panel.focusPolicy() == Qt.FocusPolicy.NoFocus
