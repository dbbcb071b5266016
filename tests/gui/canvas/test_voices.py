"""What a screen reader finds on the canvas. Qt's own text of an interface asks it from C++, as a bridge does."""
from __future__ import annotations

import gc
import random
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from core.graph import edits
from core.graph.document import Edge
from gui.canvas.view import CanvasView
from gui.context import AppContext
from gui.main_window import MainWindow
from tests.gui.conftest import delete_now

NAME = QAccessible.Text.Name


@pytest.fixture(autouse=True)
def listening() -> Iterator[None]:
    """A screen reader is there."""
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def canvas_access(view: CanvasView) -> QAccessibleInterface:
    found = QAccessible.queryAccessibleInterface(view)
    assert found is not None
    return found


def children(access: QAccessibleInterface) -> list[QAccessibleInterface]:
    found = [access.child(index) for index in range(access.childCount())]
    assert all(child is not None and child.isValid() for child in found)
    return found


def test_the_canvas_has_a_name_and_its_nodes_as_children(drawn: AppContext, view: CanvasView) -> None:
    access = canvas_access(view)
    assert access.text(NAME) == "Network canvas"
    assert access.role() is QAccessible.Role.Canvas
    names = [child.text(NAME) for child in children(access)]
    assert names == [view.node_item(name).description() for name in ("input", "dense", "sigmoid", "output")]
    assert names[1].startswith("Dense")
    assert [access.indexOfChild(child) for child in children(access)] == [0, 1, 2, 3]
    assert all(child.parent().object() is view for child in children(access))


def test_ports_say_what_they_are_wired_to(drawn: AppContext, view: CanvasView) -> None:
    dense, output = children(canvas_access(view))[1], children(canvas_access(view))[3]
    assert [port.text(NAME) for port in children(dense)] == ["Input x, from Input", "Output, to Sigmoid"]
    assert children(output)[0].text(NAME).endswith("not wired")
    drawn.edit("Disconnect", lambda d: edits.disconnect(d, [Edge("dense", "sigmoid")]))
    assert children(dense)[1].text(NAME) == "Output, not wired"
    assert [dense.indexOfChild(port) for port in children(dense)] == [0, 1]
    assert children(dense)[0].parent().object() is dense.object()


def test_places_and_states_are_those_of_the_items(drawn: AppContext, view: CanvasView) -> None:
    view.setFocus()
    drawn.select(["dense"])
    access = canvas_access(view)
    dense = children(access)[1]
    middle = view.viewport().mapToGlobal(view.mapFromScene(view.node_item("dense").card().center()))
    assert dense.rect().contains(middle)
    assert access.childAt(middle.x(), middle.y()).object() is dense.object()
    assert access.childAt(-9000, 0) is None
    assert all(dense.rect().adjusted(-20, -20, 20, 20).contains(port.rect()) for port in children(dense))
    assert dense.state().selected
    assert not children(access)[0].state().selected
    assert "selected" in repr(dense)
    assert access.focusChild().object() is dense.object()


def test_selecting_a_node_tells_the_reader(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[str] = []

    def note(event: QAccessibleEvent) -> None:
        if event.type() is QAccessible.Event.Focus and hasattr(event.object(), "node"):
            told.append(event.object().node)

    window.canvas.add_layer("dense")
    window.activateWindow()
    window.canvas.setFocus()
    QApplication.processEvents()
    window.context.select([])
    monkeypatch.setattr(QAccessible, "updateAccessibility", note)
    QTest.keyClick(window.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert told == ["dense"]
    window.context.select([])
    QAccessible.setActive(False)
    QTest.keyClick(window.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert told == ["dense"]


def test_a_node_that_is_gone_is_no_child_any_more_and_its_interface_is_not_valid(
        drawn: AppContext, view: CanvasView) -> None:
    access = canvas_access(view)
    dense = children(access)[1]
    drawn.edit("Delete", lambda d: edits.remove_nodes(d, ["dense"]))
    assert not dense.isValid()
    assert dense.text(NAME) == ""
    assert access.childCount() == 3
    drawn.history.undo()
    delete_now()
    assert "Dense" in " ".join(child.text(NAME) for child in children(access))


def test_hidden_nodes_are_not_read_out(drawn: AppContext, view: CanvasView) -> None:
    view.node_item("dense").setVisible(False)
    assert canvas_access(view).childCount() == 3


def test_coming_and_going_nodes_leave_nothing_that_could_crash(drawn: AppContext, view: CanvasView) -> None:
    chance = random.Random(7)
    for turn in range(200):
        access = canvas_access(view)
        child = children(access)[chance.randrange(access.childCount())]
        assert child.text(NAME) in repr(child)
        assert all(repr(port) for port in children(child))
        if chance.random() < 0.4:
            gone = chance.choice(sorted(drawn.document.nodes))
            drawn.edit("Delete", lambda d, gone=gone: edits.remove_nodes(d, [gone]))
            if chance.random() < 0.5:
                delete_now()
            drawn.history.undo()
        if turn % 50 == 0:
            gc.collect()
