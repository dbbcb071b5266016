"""F2 and a double-click on a title edit it in place."""
from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from core.graph import edits
from gui.canvas.node_title import NodeTitle
from gui.canvas.view import CanvasView
from gui.context import AppContext
from gui.main_window import MainWindow
from tests.gui.canvas.conftest import chain

Key = Qt.Key


def at_title(view: CanvasView, name: str) -> QPoint:
    return view.mapFromScene(view.node_item(name).card().topLeft() + QPointF(60, 18))


@pytest.fixture
def line(drawn: AppContext, view: CanvasView) -> NodeTitle:
    """The editor on the title of Dense, opened by a double-click."""
    view.zoom_to(1.0)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at_title(view, "dense"))
    assert view.node_title.isVisible()
    return view.node_title


def test_what_is_typed_becomes_the_title_in_one_step(drawn: AppContext, view: CanvasView, line: NodeTitle) -> None:
    assert (line.text(), line.selectedText()) == ("Dense", "Dense")
    QTest.keyClicks(line, "Hidden")
    QTest.keyClick(line, Key.Key_Return)
    assert drawn.document.nodes["dense"].title == "Hidden"
    assert drawn.history.undo_label == "Rename Dense"
    assert view.node_item("dense").look.title == "Hidden"
    assert not line.isVisible()
    drawn.history.undo()
    assert drawn.document.nodes["dense"].title == ""


def test_escape_forgets_what_was_typed(drawn: AppContext, line: NodeTitle) -> None:
    before = drawn.document
    QTest.keyClicks(line, "Nonsense")
    QTest.keyClick(line, Key.Key_Escape)
    assert drawn.document is before
    assert not line.isVisible()


def test_leaving_keeps_what_was_typed(drawn: AppContext, view: CanvasView, line: NodeTitle) -> None:
    QTest.keyClicks(line, "Hidden")
    view.activateWindow()
    line.clearFocus()
    line.editingFinished.emit()
    assert drawn.document.nodes["dense"].title == "Hidden"


def test_an_emptied_title_goes_back_to_that_of_the_kind(drawn: AppContext, view: CanvasView) -> None:
    drawn.edit("Rename", lambda d: edits.rename(d, "dense", "Hidden"))
    assert view.node_title.edit("dense")
    QTest.keyClick(view.node_title, Key.Key_Delete)
    QTest.keyClick(view.node_title, Key.Key_Return)
    assert drawn.document.nodes["dense"].title == ""
    assert view.node_item("dense").look.title == "Dense"


def test_a_title_left_as_it_was_is_no_step(drawn: AppContext, line: NodeTitle) -> None:
    QTest.keyClick(line, Key.Key_Return)
    assert not drawn.history.can_undo


@pytest.mark.parametrize("zoom", [0.5, 1.0, 2.0])
def test_the_line_lies_over_the_title_in_its_size(drawn: AppContext, view: CanvasView, line: NodeTitle,
                                                  zoom: float) -> None:
    view.zoom_to(zoom)
    view.centerOn(view.node_item("dense").card().center())
    view.moved.emit()
    card = view.mapFromScene(view.node_item("dense").card()).boundingRect()
    assert card.adjusted(-2, -2, 2, 2).contains(line.geometry()) or zoom < 1
    assert abs(line.geometry().center().y() - (card.top() + 19 * zoom)) <= 2
    assert line.font().pixelSize() == max(11, round(13 * zoom))


def test_a_double_click_below_the_title_begins_nothing(drawn: AppContext, view: CanvasView) -> None:
    below = view.mapFromScene(view.node_item("dense").card().topLeft() + QPointF(60, 46))
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=below)
    assert not view.node_title.isVisible()


def test_a_node_that_goes_takes_the_line_along(drawn: AppContext, view: CanvasView, line: NodeTitle) -> None:
    drawn.edit("Delete", lambda d: edits.remove_nodes(d, ["dense"]))
    assert not line.isVisible()


def test_f2_renames_the_selected_node_of_the_window(window: MainWindow) -> None:
    window.context.history.restart(chain())
    window.activateWindow()
    window.canvas.setFocus()
    window.context.select(["sigmoid"])
    QTest.keyClick(window, Key.Key_F2)
    line = window.canvas.node_title
    assert line.isVisible()
    QTest.keyClicks(line, "Gate")
    QTest.keyClick(line, Key.Key_Return)
    assert window.context.document.nodes["sigmoid"].title == "Gate"
    window.context.select([])
    assert not window.actions_by_id["network.rename"].isEnabled()
