"""A tour of the real window, off screen: draw XOR with the mouse, train it, keep it; then look at data, draw some, try
a network out, and look into it by every live view. Leaves pictures and files."""
from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

SIZES = {"small": (1280, 800), "large": (1920, 1080)}
CHAIN = ("input", "dense", "sigmoid", "dense", "sigmoid", "output")
EXAMPLES = {"spiral": 6.0, "iris": 4.0, "digits-mlp": 4.0, "perceptron-xor": 2.0}


def run(folder: Path) -> int:
    """Drive the window through its main job and put the results into `folder`. Gives the exit status."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as settings:
        os.environ["LAYERLOOM_CONFIG"] = settings
        app = QApplication.instance() or QApplication(["layerloom"])
        assert isinstance(app, QApplication)
        Tour(app, folder).walk()
    return 0


class Tour:
    """One window, driven by mouse and keyboard."""

    def __init__(self, app: QApplication, folder: Path):
        from gui.app import SWITCH_INTERVAL, make_window
        from gui.collector import Collector

        self.folder = folder
        sys.setswitchinterval(SWITCH_INTERVAL)
        self.window = make_window(app)
        self.context, self.canvas = self.window.context, self.window.canvas
        self._collector = Collector(self.window)
        self.window.show()
        self._settle()

    def walk(self) -> None:
        """The whole tour."""
        self.window.files.new()
        self._shoot("1-empty")
        self._draw()
        self._shoot("2-drawn")
        self._train()
        self._keep()
        for name, seconds in EXAMPLES.items():
            self._visit(name, seconds)
        self._look_at_data()
        self._paint_points()
        self._try_out()
        self._look_inside()
        self.context.history.mark_saved()
        self.window.close()
        self._collector.stop()

    def _draw(self) -> None:
        """Drop the layers from the palette, and wire them by dragging."""
        for number, kind in enumerate(CHAIN):
            self._drop(kind, QPointF(224.0 * (number % 3), 128.0 * (number // 3)))
        self.canvas.fit()
        self._settle()
        names = list(self.context.document.nodes)
        for source, target in pairwise(names):
            self._drag(self.canvas.output_scene_pos(source), self.canvas.port_scene_pos(target, "x"))
        self._set(names[3], units=1)
        self.context.select([names[1]])

    def _train(self) -> None:
        """The settings of the classic exercise, then Space."""
        from core.graph import edits

        settings = {"learning_rate": 1.0, "epochs": 5000}
        self.context.edit("Change training", lambda doc: edits.set_training(doc, settings))
        self._until(lambda: self.context.trainer.state == "ready")
        self.canvas.setFocus()
        QTest.keyClick(self.canvas, Qt.Key.Key_Space)
        self._until(lambda: self.context.trainer.epoch > 1200)
        self._shoot("3-training")
        self.context.trainer.set_pace(0.0)
        self._until(lambda: self.context.trainer.state == "finished")
        self._settle()
        self._shoot("4-trained")

    def _keep(self) -> None:
        """Save the network, export weights and plots."""
        from core.io import documents
        from core.io.exporters import EXPORTERS
        from gui import export

        documents.write(self.context.document, self.folder / "network.json")
        self.context.history.mark_saved()
        weights = self.context.trainer.weights() or {}
        for exporter in EXPORTERS.values():
            exporter.write(self.folder / f"weights{exporter.suffix}", weights, self.context.document)
        for name, panel in self.window.panels.items():
            if (plot := panel.exports()) is not None:
                for kind in export.KINDS:
                    export.write(plot, self.folder / f"{name}.{kind}", kind)

    def _visit(self, example: str, seconds: float) -> None:
        self.window.files.open_example(example)
        nodes = self.context.document.nodes
        self.context.select(next([name] for name in nodes if nodes[name].kind == "dense"))
        self._until(lambda: self.context.trainer.state == "ready")
        self.context.trainer.set_pace(0.0)
        self.context.trainer.toggle()
        self._wait(seconds, until=lambda: self.context.trainer.state == "finished")
        self._shoot(f"example-{example}")
        self.context.trainer.stop()
        self.context.history.mark_saved()

    # Data

    def _look_at_data(self) -> None:
        """The gallery of sources, the Data panel and what Explore shows of a table."""
        from gui.panels.data import DataPanel
        from gui.panels.explore import ExplorePanel

        self._open("iris")
        data, explore = self.window.panels["data"], self.window.panels["explore"]
        assert isinstance(data, DataPanel)
        assert isinstance(explore, ExplorePanel)
        self.window.docks.show("data")
        data.chooser.open()
        assert data.chooser.gallery is not None
        self._until(lambda: not self.context.desk.busy)
        self._shoot("5-gallery")
        data.chooser.gallery.close_for_good()
        self.window.docks.show("explore")
        self._until(lambda: explore.view is not None)
        for title in explore.segments.words:
            explore.look_at(title)
            self._until(lambda: not self.context.desk.busy)
            self._shoot(f"6-explore-{title.lower()}")
        self.window.docks.docks["explore"].hide()

    def _paint_points(self) -> None:
        """Points of a class more, painted with the mouse on those of the example, while the network follows."""
        from PySide6.QtGui import QAction

        from gui.panels.pad import PadPanel

        self._open("rings")
        panel = self.window.panels["pad"]
        assert isinstance(panel, PadPanel)
        draw = self.window.findChild(QAction, "edit.draw_points")
        assert draw is not None
        draw.trigger()
        self.window.docks.show("pad")
        self._settle()
        surface = panel.pad.surface
        middle, reach = surface.rect().center(), surface.width() // 3
        for side in (-1, 1):
            self._pull(surface, middle + QPoint(side * reach, -reach), middle + QPoint(side * reach, reach))
        self._run(4.0)
        self._shoot("7-draw-points")
        self.window.docks.docks["pad"].hide()
        self._end()

    def _try_out(self) -> None:
        """A digit drawn with the mouse, and what the network says about it."""
        from gui.panels.try_it import TryPanel
        from gui.trying.sketch import Sheet

        self._open("digits-mlp")
        self._run(4.0)
        panel = self.window.panels["try"]
        assert isinstance(panel, TryPanel)
        self.window.docks.show("try")
        self._settle()
        panel.clear.click()
        sheet = panel.way.findChild(Sheet) if panel.way is not None else None
        assert sheet is not None
        middle, reach = sheet.rect().center(), sheet.height() // 3
        self._pull(sheet, middle - QPoint(0, reach), middle + QPoint(0, reach))
        self._wait(1.0)
        self._shoot("8-try-it")
        self._end()

    def _look_inside(self) -> None:
        """Every live view of a network that has learned for a while; a step in slow motion; a look back."""
        from PySide6.QtGui import QAction

        self._open("digits-mlp")
        self._run(4.0)
        self._until(lambda: self.context.trainer.state == "finished")
        for name, dock in self.window.docks.docks.items():
            if dock.info.heading:
                self.window.docks.show(name)
                self._wait(1.0)
                self._shoot(f"9-view-{name}")
        self._open("xor-mlp")
        explain = self.window.findChild(QAction, "train.explain")
        assert explain is not None
        explain.trigger()
        self._wait(2.0)
        self._shoot("10-slow-motion")
        self.window.docks.reset()
        self.context.trainer.set_pace(0.0)
        self.context.trainer.toggle()
        self._wait(3.0, until=lambda: self.context.trainer.state == "finished")
        moments = self.context.trainer.moments
        self.context.trainer.view(moments[len(moments) // 2])
        self._wait(0.5)
        self._shoot("11-looking-back")
        self.context.trainer.view(None)
        self._end()

    def _open(self, example: str) -> None:
        self.window.files.open_example(example)
        self._until(lambda: self.context.trainer.state == "ready")

    def _run(self, seconds: float) -> None:
        self._until(lambda: self.context.trainer.state in ("ready", "running", "finished"))
        self.context.trainer.set_pace(0.0)
        if self.context.trainer.state != "running":
            self.context.trainer.toggle()
        self._wait(seconds, until=lambda: self.context.trainer.state == "finished")

    def _end(self) -> None:
        self.context.trainer.stop()
        self.context.history.mark_saved()

    # By hand

    def _drop(self, kind: str, place: QPointF) -> None:
        data = QMimeData()
        data.setData("application/x-layerloom-layer", kind.encode())
        point = QPointF(self.canvas.mapFromScene(place))
        drop = QDropEvent(point, Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
                          Qt.KeyboardModifier.NoModifier, QEvent.Type.Drop)
        self.canvas.dropEvent(drop)

    def _drag(self, start: QPointF, end: QPointF) -> None:
        self._pull(self.canvas.viewport(), self.canvas.mapFromScene(start), self.canvas.mapFromScene(end))

    def _pull(self, view: QWidget, first: QPoint, last: QPoint) -> None:
        """Drag the mouse along a line."""
        left = Qt.MouseButton.LeftButton
        QTest.mousePress(view, left, Qt.KeyboardModifier.NoModifier, first)
        for part in (0.25, 0.5, 0.75, 1.0):
            QTest.mouseMove(view, QPoint(round(first.x() + part * (last.x() - first.x())),
                                         round(first.y() + part * (last.y() - first.y()))))
            QApplication.processEvents()
        QTest.mouseRelease(view, left, Qt.KeyboardModifier.NoModifier, last)

    def _set(self, node: str, **values: object) -> None:
        from core.graph import edits

        self.context.edit("Change units", lambda doc: edits.set_params(doc, node, values))

    # Waiting and pictures

    def _shoot(self, name: str) -> None:
        """The window in both sizes and both themes."""
        for size, (width, height) in SIZES.items():
            self.window.resize(width, height)
            for mode in ("light", "dark"):
                self.context.theme.set_mode("light" if mode == "light" else "dark")
                self._settle()
                self.canvas.fit()
                self._settle()
                self.window.grab().save(str(self.folder / f"{name}-{mode}-{size}.png"))
        self.window.resize(*SIZES["small"])
        self.context.theme.set_mode("light")

    def _settle(self) -> None:
        self._wait(0.25)

    def _until(self, done: Callable[[], bool], seconds: float = 60.0) -> None:
        if not self._wait(seconds, until=done):
            raise TimeoutError("the tour waited in vain")

    def _wait(self, seconds: float, *, until: Callable[[], bool] = lambda: False) -> bool:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            QApplication.processEvents()
            if until():
                return True
            time.sleep(0.002)
        return False
