"""A shown canvas with an empty document, and a hand that holds the mouse."""
from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from core.graph import edits
from core.graph.document import Document, Edge, Node
from gui.canvas import enlarging
from gui.canvas.view import CanvasView
from gui.context import AppContext
from gui.main_window import MainWindow
from gui.thumbs.lens import Lens

NONE = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton


class Hand:
    """Moves the mouse over a canvas, in scene coordinates, as a person would: press, a few moves, release."""

    def __init__(self, view: CanvasView):
        self.view = view

    def press(self, at: QPointF, keys: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT) -> None:
        self._send(QEvent.Type.MouseButtonPress, self.pixel(at), button, button, keys)

    def move(self, to: QPointF, keys: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT) -> None:
        self._send(QEvent.Type.MouseMove, self.pixel(to), Qt.MouseButton.NoButton, button, keys)

    def release(self, at: QPointF, keys: Qt.KeyboardModifier = NONE, button: Qt.MouseButton = LEFT) -> None:
        self._send(QEvent.Type.MouseButtonRelease, self.pixel(at), button, Qt.MouseButton.NoButton, keys)

    def click(self, at: QPointF, keys: Qt.KeyboardModifier = NONE) -> None:
        self.press(at, keys)
        self.release(at, keys)

    def drag(self, start: QPointF, end: QPointF, keys: Qt.KeyboardModifier = NONE,
             button: Qt.MouseButton = LEFT) -> None:
        self.press(start, keys, button)
        for part in (0.2, 0.6, 1.0):
            self.move(start + (end - start) * part, keys, button)
        self.release(end, keys, button)

    def hover(self, at: QPointF) -> None:
        self.move(at, NONE, Qt.MouseButton.NoButton)

    def pixel(self, at: QPointF) -> QPoint:
        return self.view.mapFromScene(at)

    def _send(self, kind: QEvent.Type, at: QPoint, button: Qt.MouseButton, held: Qt.MouseButton,
              keys: Qt.KeyboardModifier) -> None:
        port = self.view.viewport()
        where = QPointF(at)
        event = QMouseEvent(kind, where, QPointF(port.mapToGlobal(at)), button, held, keys)
        QCoreApplication.sendEvent(port, event)


@pytest.fixture
def view(context: AppContext) -> Iterator[CanvasView]:
    view = CanvasView(context)
    view.resize(900, 600)
    view.show()
    QApplication.processEvents()
    view.centerOn(300, 150)
    yield view
    view.close()
    view.deleteLater()


@pytest.fixture
def hand(view: CanvasView) -> Hand:
    return Hand(view)


def network(*nodes: tuple[str, str, float, float], wires: tuple[tuple[str, str], ...] = ()) -> Document:
    """A document of (id, kind, x, y) with wires between first ports."""
    document = edits.empty()
    for name, kind, x, y in nodes:
        document = edits.add_node(document, Node(name, kind, position=(x, y)))
    for source, target in wires:
        document = edits.connect(document, Edge(source, target))
    return document


def chain() -> Document:
    """Input, Dense, Sigmoid, Output in a row; the last two are not wired."""
    return network(("input", "input", 0, 0), ("dense", "dense", 224, 0), ("sigmoid", "sigmoid", 448, 0),
                   ("output", "output", 224, 160), wires=(("input", "dense"), ("dense", "sigmoid")))


@pytest.fixture
def drawn(context: AppContext, view: CanvasView) -> AppContext:
    """The context with `chain` on the canvas."""
    context.history.restart(chain())
    QApplication.processEvents()
    view.centerOn(300, 100)
    return context


def rest(window: MainWindow, at: QPointF, monkeypatch: pytest.MonkeyPatch) -> Lens:
    """Let the pointer rest there: what is below it is enlarged at once."""
    monkeypatch.setattr(enlarging, "PATIENCE", 0.0)
    Hand(window.canvas).hover(at)
    window.frame()
    lens = window.canvas.canvas_scene.thumbnails.enlarging.lens
    assert lens is not None
    return lens
