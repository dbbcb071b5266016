"""A walk through all live views with every kind of network: whatever one does in them, none of them breaks."""
from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QTabBar, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from core.graph import edits
from core.graph.document import Document
from core.io import examples
from gui.main_window import MainWindow
from gui.panels import PANELS, Panel
from gui.timeline import Timeline
from tests.core._build import chain, dense

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
# Those that show the network in training, not its data nor its problems.
VIEWS = sorted(name for name, info in PANELS.items() if info.area == "bottom" and name not in ("explore", "problems"))
PICTURES = chain(("reshape", {"target": [8, 8, 1]}), ("conv2d", {"filters": 3}), "relu", "max_pool2d", "flatten",
                 dense(10), "softmax", loss="categorical_crossentropy", source="digits", data={"validation": 0.2},
                 batch_size=256)
NETWORKS = ("xor-mlp", "spiral", "digits-mlp", "mnist-small", "pictures", "brackets-lstm", "transformer-parts",
            "autoencoder", "gan", "perceptron-and", "regression-plane", "diabetes", "wine", "sentences")
MNIST = Path(os.environ.get("LAYERLOOM_DATA", "nowhere")) / "mnist"
PATIENCE = 20_000
SIZES = ("units", "filters", "output_dim", "num_heads")


def network_of(name: str) -> Document:
    """The document of that name, the larger ones with few and large batches: an epoch is to be short."""
    if name == "mnist-small" and not MNIST.is_dir():
        pytest.skip("the pictures of MNIST are not there")
    document = PICTURES if name == "pictures" else examples.load(name)
    return edits.set_training(document, {"batch_size": 256}) if document.training["batch_size"] > 1 else document


class Walk:
    """The window with all live views open, each in a window of its own, so that all of them are seen."""

    def __init__(self, window: MainWindow, qtbot: QtBot):
        self.window, self.qtbot, self.trainer = window, qtbot, window.context.trainer
        timeline = window.findChild(Timeline)
        assert timeline is not None
        self.timeline = timeline
        for number, name in enumerate(VIEWS):
            dock = window.docks.docks[name]
            window.docks.show(name)
            dock.setFloating(True)
            dock.resize(380 + 20 * (number % 3), 240 + 30 * (number % 4))
        QApplication.processEvents()

    @property
    def panels(self) -> dict[str, Panel]:
        return {name: self.window.panels[name] for name in VIEWS}

    def open(self, document: Document) -> None:
        """Open it, and wait until it can be trained."""
        self.window.context.history.mark_saved()
        self.window.files.restore(document, "walk")
        self.settled()

    def settled(self) -> None:
        """Wait until the run stands still, and everything is drawn."""
        self.qtbot.waitUntil(lambda: self.trainer.state in ("ready", "paused", "finished"), timeout=PATIENCE)
        self.draw()

    def draw(self, times: int = 3) -> None:
        """Let the views ask and draw a few times."""
        for _ in range(times):
            self.window.frame()
            QApplication.processEvents()
        self.whole()

    def whole(self) -> None:
        """No view is switched off, and each says something."""
        assert not self.window.docks._broken
        for name, panel in self.panels.items():
            if hasattr(panel, "board"):
                assert not panel.board.empty or panel.board.message.text(), f"{name} is blank"

    def train(self) -> None:
        """One epoch."""
        before = self.trainer.step_count
        self.trainer.one_epoch()
        self.qtbot.waitUntil(lambda: self.trainer.step_count > before and not self.trainer.running, timeout=PATIENCE)
        self.settled()

    def handle(self, panel: Panel) -> None:
        """Point, click and turn the wheel in a view, and go through all that can be chosen in it."""
        for x, y in ((0.5, 0.5), (0.2, 0.7), (0.8, 0.1), (0.5, 0.97)):
            spot = QPoint(round(x * panel.width()), round(y * panel.height()))
            target = panel.childAt(spot) or panel
            inside = target.mapFrom(panel, spot)
            QTest.mouseMove(target, inside)
            if not isinstance(target, QToolButton):
                QTest.mouseClick(target, LEFT, NONE, inside)
            for turn in (120, -120):
                QCoreApplication.sendEvent(target, QWheelEvent(
                    QPointF(inside), QPointF(target.mapToGlobal(inside)), QPoint(), QPoint(0, turn),
                    Qt.MouseButton.NoButton, NONE, Qt.ScrollPhase.NoScrollPhase, False))
        for widget in chosen_from(panel):
            if isinstance(widget, QTabBar):
                for place in (*range(1, widget.count()), 0):
                    QTest.mouseClick(widget, LEFT, pos=widget.tabRect(place).center())
                    self.draw(1)
            elif isinstance(widget, QComboBox):
                for place in (*range(1, min(4, widget.count())), 0):
                    widget.setCurrentIndex(place)
                    widget.activated.emit(place)
                    self.draw(1)
            elif isinstance(widget, QToolButton) and widget.isCheckable():
                for _ in range(2):
                    QTest.mouseClick(widget, LEFT)
                    self.draw(1)

    def look_back(self) -> None:
        """To the start, to the middle, and to the present."""
        slider = self.timeline.slider
        for key in (Qt.Key.Key_Home, None, Qt.Key.Key_End):
            if key is None:
                slider.setValue((slider.minimum() + slider.maximum()) // 2)
            else:
                QTest.keyClick(slider, key)
            self.draw()
        assert self.trainer.moment is None

    def go_on(self) -> None:
        """Continue from the start."""
        QTest.keyClick(self.timeline.slider, Qt.Key.Key_Home)
        assert self.trainer.moment == 0
        QTest.mouseClick(self.timeline.back, LEFT)
        self.qtbot.waitUntil(lambda: self.trainer.running or self.trainer.state == "finished", timeout=PATIENCE)
        assert self.trainer.moment is None
        self.draw()
        self.rest()

    def rest(self) -> None:
        """Pause, if it trains."""
        if self.trainer.running:
            self.trainer.toggle()
        self.settled()

    def slowly(self) -> None:
        """A step in slow motion, through all its places."""
        motion = self.window.context.slow
        self.trainer.explain()
        self.qtbot.waitUntil(lambda: motion.told is not None, timeout=PATIENCE)
        self.settled()
        assert motion.told is not None
        for number in range(len(motion.told.places)):
            motion.go(number)
            QApplication.processEvents()
        self.draw()

    def change(self) -> None:
        """Edit the network while it trains, and take that back."""
        context = self.window.context
        self.trainer.toggle()
        self.qtbot.waitUntil(lambda: self.trainer.running or self.trainer.state == "finished", timeout=PATIENCE)
        node, name = next((node, name) for node in context.document.nodes.values() for name in SIZES
                          if name in node.params)
        context.edit("More", lambda doc: edits.set_params(doc, node.id, {name: node.params[name] + 1}))
        self.draw()
        # The end of the network need not fit any more: it is told as a problem then.
        self.qtbot.waitUntil(lambda: self.trainer.state != "preparing", timeout=PATIENCE)
        self.draw()
        self.window.canvas.add_layer("relu")
        self.draw()
        for _ in range(2):
            context.history.undo()
            self.draw()
        self.qtbot.waitUntil(lambda: self.trainer.state != "preparing", timeout=PATIENCE)
        self.rest()


def chosen_from(panel: QWidget) -> list[QWidget]:
    """What offers a choice in a view; the list changes with what is chosen."""
    found = [w for w in panel.findChildren(QWidget) if isinstance(w, (QTabBar, QComboBox, QToolButton))]
    return [w for w in found if w.isVisible() and w.isEnabled() and not (isinstance(w, QToolButton) and w.menu())]


@pytest.fixture
def walk(window: MainWindow, qtbot: QtBot) -> Iterator[Walk]:
    """All views open, until the window closes."""
    yield Walk(window, qtbot)
    window.context.history.mark_saved()


@pytest.mark.parametrize("name", NETWORKS)
def test_no_view_breaks_whatever_one_does_in_it(walk: Walk, name: str) -> None:
    walk.open(network_of(name))
    walk.train()
    for panel in walk.panels.values():
        walk.handle(panel)
    walk.train()
    walk.look_back()
    walk.go_on()
    walk.slowly()
    walk.change()
    walk.trainer.reset()
    walk.settled()
    walk.train()
    # Another network while all of it is open.
    walk.open(examples.load("regression-plane" if name == "xor-mlp" else "xor-mlp"))
    walk.train()


def test_what_a_view_offers_to_export_is_whole_also_while_the_network_has_problems(walk: Walk) -> None:
    context = walk.window.context
    walk.open(network_of("spiral"))
    walk.train()
    for _ in range(2):
        offered = {name: found for name, panel in walk.panels.items() if (found := panel.exports()) is not None}
        for name, exported in offered.items():
            names, rows = exported.table()
            assert all(len(row) == len(names) for row in rows), name
        assert offered or walk.trainer.state == "invalid"
        edge = next(iter(context.document.edges))
        context.edit("Cut", lambda doc, edge=edge: edits.disconnect(doc, [edge]))
        walk.draw()
