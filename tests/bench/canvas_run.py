"""The real window, off screen, with a large network: `python -m tests.bench.canvas_run NODES [--quick]`.

Every frame is one event as a hand sends it (a move of the mouse, a turn of the wheel, an edit) with everything that
follows from it until the window has painted. Prints the times of all frames in seconds, by what was done, as JSON.
"""
from __future__ import annotations

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from core.graph import edits
from core.graph.document import Node
from core.io import documents
from tests.bench.ladders import ladder

if TYPE_CHECKING:
    from gui.main_window import MainWindow

LEFT, MIDDLE, NONE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton, Qt.MouseButton.NoButton
PLAIN = Qt.KeyboardModifier.NoModifier
SOME = 50
# What can be timed with another clock than that of the wall, where other programs run.
CLOCK: Callable[[], float] = time.perf_counter


class Hand:
    """Does things at the canvas of a window and times them."""

    def __init__(self, window: MainWindow, frames: int):
        self.window, self.frames = window, frames
        self.context, self.canvas = window.context, window.canvas
        self.port = window.canvas.viewport()
        self.times: dict[str, list[float]] = {}

    def time(self, what: str, act: Callable[[], object]) -> None:
        """Do it, let the window paint, and note how long that took."""
        begun = CLOCK()
        act()
        _settle()
        self.times.setdefault(what, []).append(CLOCK() - begun)

    def mouse(self, kind: QEvent.Type, at: QPoint, button: Qt.MouseButton, held: Qt.MouseButton) -> None:
        place = QPointF(at)
        event = QMouseEvent(kind, place, QPointF(self.port.mapToGlobal(at)), button, held, PLAIN)
        QApplication.sendEvent(self.port, event)

    def drag(self, what: str, start: QPoint, step: QPoint, button: Qt.MouseButton = LEFT) -> None:
        """Press, move frame by frame there and back again, let go; the moves count."""
        self.mouse(QEvent.Type.MouseMove, start, NONE, NONE)
        self.mouse(QEvent.Type.MouseButtonPress, start, button, button)
        self.mouse(QEvent.Type.MouseMove, start + 2 * step, NONE, button)
        _settle()
        place = start
        for place in _there_and_back(start, step, self.frames):
            self.time(what, lambda at=place: self.mouse(QEvent.Type.MouseMove, at, NONE, button))
        self.time(f"{what}, end", lambda: self.mouse(QEvent.Type.MouseButtonRelease, place, button, NONE))

    def wheel(self, turn: int) -> None:
        at = QPointF(self.port.rect().center())
        event = QWheelEvent(at, QPointF(self.port.mapToGlobal(at.toPoint())), QPoint(), QPoint(0, turn), NONE, PLAIN,
                            Qt.ScrollPhase.NoScrollPhase, False)
        QApplication.sendEvent(self.port, event)

    def all(self, where: str) -> None:
        """Everything that a person does, at the present zoom."""
        canvas, context = self.canvas, self.context
        middle = self.canvas.mapToScene(self.port.rect().center())
        nodes = sorted(canvas.canvas_scene.nodes.values(), key=lambda i: (i.card().center() - middle).manhattanLength())
        name, some = nodes[0].name, [item.name for item in nodes[:SOME]]
        grip = canvas.mapFromScene(nodes[0].card().center())
        for count in range(self.frames // 4):
            node = Node(f"added{count}", "dense", position=(middle.x() + 8 * count, middle.y() + 40))
            self.time(f"{where}: add a node", lambda n=node: context.edit("Add", lambda doc: edits.add_node(doc, n)))
        for _ in range(self.frames // 4):
            self.time(f"{where}: undo", context.history.undo)
        rate = [key for key, node in context.document.nodes.items() if node.kind == "dropout"][1]
        for count in range(self.frames // 4):
            values = {"rate": 0.2 + 0.01 * count}
            self.time(f"{where}: change a parameter", lambda v=values: context.edit(
                "Rate", lambda doc: edits.set_params(doc, rate, v), merge="rate"))
        context.history.undo()
        _ready(context.trainer)
        canvas.choose([name])
        self.drag(f"{where}: drag one", grip, QPoint(3, 2))
        canvas.choose(some)
        self.drag(f"{where}: drag {SOME}", grip, QPoint(3, 2))
        canvas.choose(())
        self.drag(f"{where}: pan", grip, QPoint(9, 5), MIDDLE)
        content, middle = canvas.content(), canvas.mapToScene(self.port.rect().center())
        canvas.centerOn(content.left() + 0.3 * self.port.width() / canvas.zoom, middle.y())
        self.drag(f"{where}: rubber band", self._free(), QPoint(9, 5))
        for count in range(self.frames // 4):
            self.time(f"{where}: {'select nothing' if count % 2 else 'select all'}",
                      (lambda: canvas.choose(())) if count % 2 else canvas.select_all)
        canvas.choose(())
        for turn in (*[-120] * (self.frames // 8), *[120] * (self.frames // 4), *[-120] * (self.frames // 8)):
            self.time(f"{where}: zoom", lambda t=turn: self.wheel(t))

    def _free(self) -> QPoint:
        """A pixel with nothing under it."""
        for y in range(4, self.port.height(), 7):
            for x in range(4, self.port.width() // 2, 7):
                if self.canvas.canvas_scene.hit(self.canvas.mapToScene(x, y), self.canvas.zoom) is None:
                    return QPoint(x, y)
        raise RuntimeError("the network leaves no room to begin a rubber band")


def _there_and_back(start: QPoint, step: QPoint, frames: int) -> Iterator[QPoint]:
    for count in range(frames):
        yield start + step * (2 + (count if count < frames // 2 else frames - count))


def _settle() -> None:
    """What was asked for is done and painted: items first tell the view, which then asks to be painted."""
    for _ in range(3):
        QApplication.processEvents()


def measure(count: int, frames: int) -> dict[str, list[float]]:
    """The times of all frames with a network of `count` nodes."""
    from gui.app import make_window
    from gui.collector import Collector

    app = QApplication.instance() or QApplication(["bench"])
    assert isinstance(app, QApplication)
    window = make_window(app)
    collector = Collector(window)
    window.resize(1280, 800)
    window.show()
    _settle()
    text = documents.dumps(ladder(count))
    hand = Hand(window, frames)
    hand.time("open", lambda: window.context.history.restart(documents.loads(text)))
    hand.canvas.fit()
    _ready(window.context.trainer)
    hand.all("all in view")
    hand.canvas.zoom_to(1.0)
    _settle()
    hand.all("100 %")
    window.context.history.mark_saved()
    window.close()
    collector.stop()
    return hand.times


def _ready(trainer: Any) -> None:
    """The worker would compete for the interpreter while it makes the session."""
    end = time.monotonic() + 60.0
    while trainer.state == "preparing" and time.monotonic() < end:
        _settle()
        time.sleep(0.01)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("nodes", type=int)
    parser.add_argument("--frames", type=int, default=80)
    chosen = parser.parse_args()
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    with tempfile.TemporaryDirectory() as folder:
        os.environ["LAYERLOOM_CONFIG"] = folder
        print(json.dumps(measure(chosen.nodes, chosen.frames)))


if __name__ == "__main__":
    main()
