"""A source is chosen in the gallery, by mouse or by keys, and becomes one undo step."""
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from core.datasets import DATASETS, forget
from gui.data.gallery import Gallery
from gui.data.sources import categories, found, plain
from gui.main_window import MainWindow
from gui.panels.data import DataPanel
from tests.gui.canvas.conftest import chain
from tests.gui.conftest import delete_now

KEY = Qt.Key


@pytest.fixture
def panel(window: MainWindow) -> DataPanel:
    window.context.history.restart(chain())
    window.docks.show("data")
    made = window.panels["data"]
    assert isinstance(made, DataPanel)
    window.activateWindow()
    QApplication.processEvents()
    return made


@pytest.fixture
def gallery(panel: DataPanel) -> Gallery:
    QTest.mouseClick(panel.card, Qt.MouseButton.LeftButton)
    assert panel.chooser.gallery is not None
    return panel.chooser.gallery


def kind(window: MainWindow) -> str:
    return str(window.context.document.data["source"].kind)


def test_the_card_opens_the_gallery_at_the_present_source(window: MainWindow, gallery: Gallery) -> None:
    assert gallery.isVisible()
    assert gallery.field.hasFocus()
    assert gallery.current == kind(window)


def test_a_click_chooses_in_one_undo_step(window: MainWindow, gallery: Gallery, panel: DataPanel) -> None:
    QTest.keyClicks(gallery.field, "spiral")
    place = gallery.list.visualRect(gallery.model.index(0, 0)).center()
    QTest.mouseClick(gallery.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert kind(window) == "spiral"
    assert not isValid(gallery) or gallery.isHidden()
    assert panel.card.title == "Spiral"
    window.context.history.undo()
    assert kind(window) != "spiral"
    assert not window.context.history.can_undo


def test_keys_search_move_and_take(window: MainWindow, gallery: Gallery) -> None:
    before = gallery.current
    QTest.keyClick(gallery.field, KEY.Key_Right)
    assert gallery.current != before
    QTest.keyClick(gallery.field, KEY.Key_Left)
    assert gallery.current == before
    QTest.keyClicks(gallery.field, "moons")
    QTest.keyClick(gallery.field, KEY.Key_Return)
    assert kind(window) == "moons"


def test_tab_goes_through_the_categories(gallery: Gallery) -> None:
    QTest.keyClick(gallery.field, KEY.Key_Tab)
    assert [info.category for info in gallery.model.rows] == [categories()[0]] * len(gallery.model.rows)
    QTest.keyClick(gallery.field, KEY.Key_Backtab)
    assert len(gallery.model.rows) == len(DATASETS)


def test_a_category_is_chosen_with_the_mouse(gallery: Gallery) -> None:
    row = 1 + categories().index("Plane")
    place = gallery.kinds.visualItemRect(gallery.kinds.item(row)).center()
    QTest.mouseClick(gallery.kinds.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert {info.category for info in gallery.model.rows} == {"Plane"}
    assert gallery.isVisible()


def test_escape_and_a_click_beside_it_leave_everything_as_it_was(window: MainWindow, panel: DataPanel) -> None:
    before = window.context.document
    for leave in ("key", "mouse"):
        panel.card.click()
        shown = panel.chooser.gallery
        assert shown is not None
        if leave == "key":
            QTest.keyClick(shown.field, KEY.Key_Escape)
        else:
            QTest.mouseClick(shown, Qt.MouseButton.LeftButton, pos=QPoint(3, shown.height() - 3))
        assert shown.isHidden()
        delete_now()
    assert window.context.document is before


def test_what_nothing_is_called_finds_nothing(gallery: Gallery) -> None:
    QTest.keyClicks(gallery.field, "qqqqqqqq")
    assert gallery.current == ""
    QTest.keyClick(gallery.field, KEY.Key_Return)
    assert gallery.isVisible()


def test_every_source_is_listed_once_category_by_category() -> None:
    listed = found("")
    assert sorted(info.kind for info in listed) == sorted(DATASETS)
    order = [info.category for info in listed]
    assert order == sorted(order, key=categories().index)


def test_pictures_arrive_in_the_gallery(gallery: Gallery, panel: DataPanel, qtbot: QtBot) -> None:
    source = plain("circle")
    assert source is not None
    QTest.keyClicks(gallery.field, "circle")
    qtbot.waitUntil(lambda: panel.glimpses.of(source) is not None)
    seen = panel.glimpses.of(source)
    assert seen is not None
    assert len(seen.points) > 50


def test_a_source_of_files_asks_for_the_file_at_once(window: MainWindow, panel: DataPanel, tmp_path: Path, qtbot: QtBot,
                                                     monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "points.npz"
    np.savez(file, x=np.eye(6, 3), y=np.array([0, 1, 2] * 2))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a: (str(file), ""))
    panel.chooser.choose("arrays")
    qtbot.waitUntil(lambda: kind(window) == "arrays")
    assert window.context.document.data["source"].params["path"] == str(file)
    assert window.context.report.spec is not None
    assert window.context.report.spec.shape == (3,)
    window.context.history.undo()
    assert kind(window) != "arrays"
    assert not window.context.history.can_undo


def test_a_dialog_that_is_cancelled_changes_nothing(window: MainWindow, panel: DataPanel,
                                                    monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a: ("", ""))
    panel.chooser.choose("arrays")
    assert not window.context.history.can_undo


def test_a_broken_file_is_told_and_the_data_stay_unless_the_user_wants_to_set_how_it_is_read(
        window: MainWindow, panel: DataPanel, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    forget()
    file = tmp_path / "broken.npz"
    file.write_bytes(b"PK\x03\x04 nothing")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a: (str(file), ""))
    panel.chooser.choose("arrays")
    qtbot.waitUntil(lambda: bool(window.context.notify.notices))
    assert not panel.reading.isVisible()
    assert not window.context.history.can_undo
    notice = window.context.notify.notices[-1]
    assert "broken.npz" in notice.text
    assert notice.action is not None
    notice.action()
    qtbot.waitUntil(lambda: any("broken.npz" in frame.problem.message for frame in panel.notices.frames))
    window.context.history.undo()
    assert window.context.report.spec is not None
    assert panel.notices.frames == []


def test_while_a_file_is_read_the_panel_says_so_and_stopping_brings_the_data_back(
        window: MainWindow, panel: DataPanel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    forget()
    file = tmp_path / "slow.npz"
    np.savez(file, x=np.eye(6, 3), y=np.array([0, 1, 2] * 2))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a: (str(file), ""))
    monkeypatch.setattr(window.context.desk, "ask", lambda *a: None)
    before = kind(window)
    panel.chooser.choose("arrays")
    assert panel.reading.isVisible()
    assert "slow.npz" in panel.reading.text.text()
    panel.reading.tell("Reading slow.npz", 0.5)
    assert panel.reading.bar.value() == panel.reading.bar.maximum() // 2
    assert kind(window) == before
    QTest.mouseClick(panel.reading.button, Qt.MouseButton.LeftButton)
    assert kind(window) == before
    assert not panel.reading.isVisible()
