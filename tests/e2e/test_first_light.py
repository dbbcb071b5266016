"""A newcomer's first ten minutes at the real window: draw, train, keep, come back."""
from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.graph.document import Document, Edge, Node
from core.io import documents
from gui.main_window import MainWindow
from gui.panels.palette import KIND

LEFT, CTRL = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier
GLOROT = {"initializer": "glorot_normal"}
SCREEN = "This plugin does not support raise"

pytestmark = pytest.mark.qt_log_ignore(SCREEN, extend=True)


class Person:
    """Somebody with a mouse and a keyboard."""

    def __init__(self, qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch):
        self.qtbot, self.window, self.canvas = qtbot, window, window.canvas
        self.target = QPointF()
        monkeypatch.setattr(QDrag, "exec", lambda drag, *_: self._carry(drag))

    def drags_from_palette(self, kind: str, place: QPointF) -> str:
        """Pull a layer out of the palette and let go over the canvas. Gives the new node's id."""
        before = set(self.window.context.document.nodes)
        rows = self.window.panels["palette"].list
        item = next(rows.item(i) for i in range(rows.count()) if rows.item(i).data(KIND) == kind)
        rows.scrollToItem(item)
        self.target = place
        start = rows.visualItemRect(item).center()
        self.qtbot.mousePress(rows.viewport(), LEFT, pos=start)
        for step in (8, 16, 32):
            move(rows.viewport(), start + QPoint(step, 0))
        self.qtbot.mouseRelease(rows.viewport(), LEFT, pos=start + QPoint(32, 0))
        (new,) = set(self.window.context.document.nodes) - before
        return new

    def wires(self, source: str, target: str) -> None:
        """Drag from the output of one node to the input of another."""
        start = self.canvas.mapFromScene(self.canvas.output_scene_pos(source))
        end = self.canvas.mapFromScene(self.canvas.port_scene_pos(target, "x"))
        port = self.canvas.viewport()
        self.qtbot.mousePress(port, LEFT, pos=start)
        for part in (0.3, 0.7, 1.0):
            move(port, start + (end - start) * part)
        self.qtbot.mouseRelease(port, LEFT, pos=end)

    def presses(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        self.canvas.setFocus()
        self.qtbot.keyClick(self.canvas, key, modifier)

    def _carry(self, drag: QDrag) -> Qt.DropAction:
        """What the window system would do: carry the pointer to the canvas and let go."""
        view, data = self.canvas, drag.mimeData()
        at = QPointF(view.mapFromScene(self.target))
        none, copy = Qt.KeyboardModifier.NoModifier, Qt.DropAction.CopyAction
        for event in (QDragEnterEvent(at.toPoint(), copy, data, LEFT, none),
                      QDragMoveEvent(at.toPoint(), copy, data, LEFT, none),
                      QDropEvent(at, copy, data, LEFT, none, QEvent.Type.Drop)):
            QApplication.sendEvent(view.viewport(), event)
        return copy


def move(widget: QWidget, to: QPoint) -> None:
    none = Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(to), QPointF(widget.mapToGlobal(to)), none, LEFT,
                        Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(widget, event)


def beginning() -> Document:
    """What the person finds: everything of XOR but the hidden layer and the last activation."""
    document = edits.empty()
    for node in (Node("input", "input", {}, (0.0, 0.0)), Node("last", "dense", {"units": 1, **GLOROT}, (0.0, 112.0)),
                 Node("squash", "sigmoid", {}, (224.0, 112.0)), Node("output", "output", {}, (448.0, 112.0))):
        document = edits.add_node(document, node)
    for edge in (Edge("last", "squash"), Edge("squash", "output")):
        document = edits.connect(document, edge)
    return edits.set_training(document, {"learning_rate": 1.0, "epochs": 5000})


def test_a_person_draws_trains_saves_reopens_and_undoes_xor(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person, context, trainer = Person(qtbot, window, monkeypatch), window.context, window.context.trainer
    start = tmp_path / "start.json"
    documents.write(beginning(), start)
    assert window.files.open_path(start)
    first = context.document
    assert trainer.state == "invalid"

    hidden = person.drags_from_palette("dense", QPointF(308.0, 28.0))
    activation = person.drags_from_palette("sigmoid", QPointF(532.0, 28.0))
    for source, target in (("input", hidden), (hidden, activation), (activation, "last")):
        person.wires(source, target)
    assert context.report.ok
    assert context.report.shapes[activation] == (4,)

    qtbot.waitUntil(lambda: trainer.state == "ready", timeout=5000)
    trainer.set_pace(0.0)
    person.presses(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: trainer.epoch > 0, timeout=5000)
    person.presses(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: trainer.state in ("paused", "finished"), timeout=5000)
    paused_at = trainer.epoch
    qtbot.wait(50)
    assert trainer.epoch == paused_at
    if trainer.state == "paused":
        person.presses(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: trainer.state == "finished", timeout=30_000)
    assert trainer.series is not None
    assert trainer.series.last()["score"] == 1.0

    drawn, kept = context.document, tmp_path / "xor.json"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *a, **k: (str(kept), ""))
    person.presses(Qt.Key.Key_S, CTRL | Qt.KeyboardModifier.ShiftModifier)
    assert not window.isWindowModified()
    assert documents.read(kept) == drawn

    while context.history.can_undo:
        person.presses(Qt.Key.Key_Z, CTRL)
    assert context.document is first
    assert set(window.canvas.canvas_scene.nodes) == {"input", "last", "squash", "output"}

    context.history.mark_saved()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *a, **k: (str(kept), ""))
    person.presses(Qt.Key.Key_O, CTRL)
    assert context.document == drawn
    assert set(window.canvas.canvas_scene.nodes) == set(drawn.nodes)
