"""Steps of preprocessing are cards: added, changed, moved and removed at the real window."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.params import Kind
from core.preprocessing import STEPS
from gui.data.chain import ChainSection
from gui.data.step_text import settings_line
from gui.forms.text_editor import NamesEditor
from gui.main_window import MainWindow
from gui.panels.data import DataPanel
from gui.picker import Picker
from tests.core._build import xor
from tests.gui.canvas.conftest import chain as network

KEY = Qt.Key


@pytest.fixture
def section(window: MainWindow) -> ChainSection:
    doc = edits.set_data(network(), {"source": "iris", "steps": ["standardise", "log", "min_max"]})
    window.context.history.restart(doc)
    window.docks.show("data")
    panel = window.panels["data"]
    assert isinstance(panel, DataPanel)
    window.activateWindow()
    QApplication.processEvents()
    return panel.chain


def kinds(window: MainWindow) -> list[str]:
    return [step.kind for step in window.context.document.data["steps"]]


def test_every_step_is_a_card_with_its_settings(section: ChainSection) -> None:
    assert [card.head.texts for card in section.cards] == [
        ("Standardise", "All that fit"), ("Log", "All that fit"), ("Min-max", "All that fit")]


def test_the_plus_offers_every_step_and_adds_what_is_searched(window: MainWindow, section: ChainSection) -> None:
    QTest.mouseClick(section.add, Qt.MouseButton.LeftButton)
    (picker,) = window.findChildren(Picker)
    assert len(picker.model.rows) == len(STEPS)
    QTest.keyClicks(picker.field, "robust")
    QTest.keyClick(picker.field, KEY.Key_Return)
    assert kinds(window) == ["standardise", "log", "min_max", "robust"]
    assert section.cards[-1].unfolded
    window.context.history.undo()
    assert kinds(window) == ["standardise", "log", "min_max"]
    assert not window.context.history.can_undo


def test_the_plus_offers_first_what_has_something_to_do(window: MainWindow, section: ChainSection) -> None:
    window.context.edit("Data", lambda doc: edits.set_data(doc, {"source": "spiral", "steps": []}))
    QTest.mouseClick(section.add, Qt.MouseButton.LeftButton)
    (picker,) = window.findChildren(Picker)
    offered = [choice.key for choice in picker.model.rows]
    assert offered[0] == "plane_features"
    assert offered.index("standardise") < offered.index("one_hot")
    QTest.keyClick(picker.field, KEY.Key_Escape)


def test_a_card_is_removed_by_its_button_and_by_delete(window: MainWindow, section: ChainSection) -> None:
    QTest.mouseClick(section.cards[0].remove, Qt.MouseButton.LeftButton)
    assert kinds(window) == ["log", "min_max"]
    section.cards[1].head.setFocus()
    QTest.keyClick(section.cards[1].head, KEY.Key_Delete)
    assert kinds(window) == ["log"]
    window.context.history.undo()
    window.context.history.undo()
    assert kinds(window) == ["standardise", "log", "min_max"]


def test_dragging_a_card_moves_its_step_in_one_undo_step(window: MainWindow, section: ChainSection) -> None:
    head, last = section.cards[0].head, section.cards[2]
    start = QPoint(100, 20)
    QTest.mousePress(head, Qt.MouseButton.LeftButton, pos=start)
    target = head.mapFromGlobal(last.mapToGlobal(QPoint(100, last.height() - 2)))
    QTest.mouseMove(head, start + QPoint(0, 30))
    QTest.mouseMove(head, target)
    assert section.list.mark is not None
    QTest.mouseRelease(head, Qt.MouseButton.LeftButton, pos=target)
    assert section.list.mark is None
    assert kinds(window) == ["log", "min_max", "standardise"]
    window.context.history.undo()
    assert kinds(window) == ["standardise", "log", "min_max"]
    assert not window.context.history.can_undo


def test_keys_move_a_card_and_the_focus_goes_along(window: MainWindow, section: ChainSection) -> None:
    section.cards[0].head.setFocus()
    QTest.keyClick(section.cards[0].head, KEY.Key_Down, Qt.KeyboardModifier.ControlModifier)
    assert kinds(window) == ["log", "standardise", "min_max"]
    assert section.cards[1].head.hasFocus()
    QTest.keyClick(section.cards[1].head, KEY.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert kinds(window) == ["standardise", "log", "min_max"]
    QTest.keyClick(section.cards[0].head, KEY.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert kinds(window) == ["standardise", "log", "min_max"]


def test_a_click_folds_the_settings_out_and_in(section: ChainSection) -> None:
    card = section.cards[0]
    assert not card.unfolded
    QTest.mouseClick(card.head, Qt.MouseButton.LeftButton, pos=QPoint(100, 20))
    assert card.unfolded
    QTest.mouseClick(card.fold, Qt.MouseButton.LeftButton)
    assert not card.unfolded


def test_columns_of_a_step_are_ticked_in_a_list(window: MainWindow, section: ChainSection) -> None:
    card = section.cards[0]
    card.toggle()
    assert card.form is not None
    edited = card.form.editor("columns")
    assert isinstance(edited, NamesEditor)
    QTest.mouseClick(edited.button, Qt.MouseButton.LeftButton)
    picker = edited.picker
    assert picker is not None
    assert "petal width (cm)" in picker.model.rows
    QTest.keyClicks(picker.field, "petal")
    for row in (0, 1):
        place = picker.list.visualRect(picker.model.index(row, 0)).center()
        QTest.mouseClick(picker.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    QTest.keyClick(picker.field, KEY.Key_Escape)
    wanted = ("petal length (cm)", "petal width (cm)")
    assert window.context.document.data["steps"][0].params["columns"] == wanted
    assert card.head.texts == ("Standardise", ", ".join(wanted))
    window.context.history.undo()
    assert window.context.document.data["steps"][0].params["columns"] == ()
    assert not window.context.history.can_undo


def test_a_step_that_does_not_fit_warns_on_its_card(window: MainWindow, section: ChainSection) -> None:
    window.context.edit("Steps", lambda doc: edits.set_data(doc, {"steps": ["standardise", "random_flip"]}))
    tips = [card.head.toolTip() for card in section.cards]
    assert "no pictures" not in tips[0]
    assert "no pictures" in tips[1]


def test_a_card_tells_what_its_step_has_learned(window: MainWindow, section: ChainSection, qtbot: QtBot) -> None:
    window.context.history.restart(xor())
    step = {"kind": "standardise", "params": {"columns": ["petal width (cm)"]}}
    window.context.edit("Data", lambda doc: edits.set_data(doc, {"source": "iris", "steps": [step]}))
    QTest.mouseClick(window.panels["data"].task.button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "mean 1.199" in section.cards[0].head.toolTip(), timeout=10_000)


def test_settings_are_told_in_one_line() -> None:
    three = Kind("standardise", {"columns": ("a", "b", "c")})
    assert settings_line(three) == "3 columns"
    assert settings_line(Kind("one_hot", {"columns": ("a",), "missing": True})) == "a · Missing"
    assert settings_line(Kind("class_weights")) != ""


def test_a_product_among_the_features_is_told_from_two_features() -> None:
    assert settings_line(Kind("plane_features", {"x1_times_x2": True})) == "X1, X2, X1 · X2"
    assert settings_line(Kind("plane_features", {"x1_squared": True, "sin_x1": True})) == "X1, X2, X1², …"
