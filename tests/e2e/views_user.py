"""What a random user does with the live views: opens, floats and closes panels, points, turns and clicks in them, goes
through their choices, looks back, goes on from there, steps slowly, sets weights by hand, changes the network and the
theme while it trains, opens other examples."""
from __future__ import annotations

import random
import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider, QApplication, QComboBox, QTabBar, QToolButton, QWidget

from core.errors import CoreError
from core.graph import edits
from core.layers import LAYERS
from core.params import Int
from core.train.references import NeuronRef, SampleRef
from gui import export
from gui.main_window import MainWindow
from gui.panels import PANELS
from gui.timeline import Timeline

LEFT, NONE, SHIFT = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
EXAMPLES = ("xor-mlp", "spiral", "digits-mlp", "iris", "brackets-lstm", "transformer-parts", "autoencoder", "gan",
            "perceptron-and", "regression-plane", "diabetes", "wine", "sentences")
VIEWS = sorted(name for name, info in PANELS.items() if info.area == "bottom")
MODES = ("train.toggle", "train.epoch", "train.step", "train.explain", "view.thumbnails", "view.neurons",
         "view.all_neurons", "view.show_weights", "view.show_activations", "view.minimap", "view.reset_layout",
         "view.inspect_neurons")


class ViewsUser:
    """Each of `acts` does something, and says what it was. `reopened` is called after another document was opened."""

    def __init__(self, window: MainWindow, chance: random.Random, reopened: Callable[[], None]):
        self.window, self.context, self.chance, self.reopened = window, window.context, chance, reopened
        timeline = window.findChild(Timeline)
        assert timeline is not None
        self.timeline = timeline
        self.acts: list[tuple[int, Callable[[], str]]] = [
            (20, self.show), (6, self.close), (5, self.float_), (60, self.point), (20, self.choose), (8, self.keys),
            (30, self.train_on), (12, self.look_back), (5, self.go_on), (8, self.slowly), (8, self.units),
            (4, self.hand), (5, self.follow), (4, self.live), (2, self.theme), (2, self.take_along),
            (6, self.mode), (3, self.undo), (2, self.open)]

    def check(self) -> None:
        """What must hold at any time."""
        assert not self.window.docks._broken, f"panels are switched off: {self.window.docks._broken}"
        trainer = self.context.trainer
        steps = trainer.moments
        assert list(steps) == sorted(set(steps))
        assert trainer.moment is None or trainer.state != "invalid"
        told = self.context.slow.told
        assert told is None or 0 <= self.context.slow.number < len(told.places)

    # The panels

    def show(self) -> str:
        name = self.chance.choice(VIEWS)
        self.window.docks.show(name)
        self._wait()
        return name

    def close(self) -> str:
        name = self.chance.choice(VIEWS)
        self.window.docks.docks[name].close()
        return name

    def float_(self) -> str:
        dock = self.window.docks.docks[self.chance.choice(VIEWS)]
        dock.setFloating(not dock.isFloating())
        if dock.isFloating():
            dock.resize(self.chance.randint(120, 1200), self.chance.randint(100, 900))
        return f"{dock.info.id} {dock.isFloating()}"

    def point(self) -> str:
        """Move, click, double-click, drag or turn the wheel somewhere in a panel."""
        target = self._target()
        if target is None:
            return "nothing is seen"
        spot = self._spot(target)
        what = self.chance.choice(["move", "move", "move", "click", "double", "wheel", "drag", "leave"])
        if what == "move":
            self._mouse(target, QEvent.Type.MouseMove, spot, Qt.MouseButton.NoButton)
        elif what == "click":
            QTest.mouseClick(target, LEFT, self.chance.choice([NONE, NONE, SHIFT]), spot)
        elif what == "double":
            QTest.mouseDClick(target, LEFT, NONE, spot)
        elif what == "wheel":
            turn = QPoint(0, self.chance.choice([-120, 120, 40]))
            QCoreApplication.sendEvent(target, QWheelEvent(
                QPointF(spot), QPointF(target.mapToGlobal(spot)), QPoint(), turn, Qt.MouseButton.NoButton, NONE,
                Qt.ScrollPhase.NoScrollPhase, False))
        elif what == "drag":
            self._mouse(target, QEvent.Type.MouseButtonPress, spot, LEFT)
            for _ in range(3):
                self._mouse(target, QEvent.Type.MouseMove, self._spot(target), LEFT, LEFT)
            self._mouse(target, QEvent.Type.MouseButtonRelease, self._spot(target), LEFT)
        else:
            QCoreApplication.sendEvent(target, QEvent(QEvent.Type.Leave))
        return f"{what} {type(target).__name__} ({spot.x()}, {spot.y()})"

    def choose(self) -> str:
        """Another choice of a panel that is seen: a tab, an entry, a button, a place on a slider."""
        panel = self._seen()
        if panel is None:
            return "nothing is seen"
        kinds = (QTabBar, QComboBox, QToolButton, QAbstractSlider)
        # A menu that pops up would wait for an answer.
        found = [w for w in panel.findChildren(QWidget) if isinstance(w, kinds) and w.isVisible() and w.isEnabled()
                 and not (isinstance(w, QToolButton) and w.menu())]
        if not found:
            return "no choices"
        widget = self.chance.choice(found)
        if isinstance(widget, QTabBar) and widget.count():
            QTest.mouseClick(widget, LEFT, pos=widget.tabRect(self.chance.randrange(widget.count())).center())
        elif isinstance(widget, QComboBox) and widget.count():
            widget.setCurrentIndex(self.chance.randrange(widget.count()))
            widget.activated.emit(widget.currentIndex())
        elif isinstance(widget, QAbstractSlider):
            widget.setValue(self.chance.randint(widget.minimum(), widget.maximum()))
        elif isinstance(widget, QToolButton):
            QTest.mouseClick(widget, LEFT)
        self._wait()
        return f"{type(panel).__name__} {type(widget).__name__} {widget.accessibleName()}"

    def keys(self) -> str:
        """A key into a panel."""
        target = self._target()
        if target is None:
            return "nothing is seen"
        key = self.chance.choice([Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home,
                                  Qt.Key.Key_End, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Space,
                                  Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Tab])
        target.setFocus()
        QTest.keyClick(target, key)
        return f"{key.name} {type(target).__name__}"

    def take_along(self) -> str:
        """Every way to export a panel that is seen."""
        panel = self._seen()
        exported = panel.exports() if panel is not None else None
        if exported is None:
            return "nothing to export"
        names, rows = exported.table()
        assert all(len(row) == len(names) for row in rows)
        export.png_bytes(exported, 1.0)
        export.svg_bytes(exported)
        return exported.name

    # The run

    def train_on(self) -> str:
        trainer = self.context.trainer
        what = self.chance.choice(["toggle", "toggle", "toggle", "step", "one_epoch", "stop", "reset"])
        getattr(trainer, what)()
        self._wait()
        return f"{what}: {trainer.state}"

    def look_back(self) -> str:
        slider = self.timeline.slider
        if not slider.isEnabled():
            return "no past"
        what = self.chance.choice(["home", "end", "some", "some", "now", "key"])
        if what == "now":
            self.timeline.now.click()
        elif what == "key":
            QTest.keyClick(slider, self.chance.choice([Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_PageUp]))
        else:
            places = {"home": slider.minimum(), "end": slider.maximum()}
            slider.setValue(places.get(what, self.chance.randint(slider.minimum(), slider.maximum())))
        self._wait()
        return f"{what}: {self.context.trainer.moment}"

    def go_on(self) -> str:
        """Continue from the past, or back by the notice."""
        notices = [notice for notice in self.context.notify.notices[-5:] if notice.action is not None]
        if notices and self.chance.random() < 0.4:
            notice = self.chance.choice(notices)
            assert notice.action is not None
            notice.action()
            return notice.action_text
        self.timeline.back.click()
        self._wait()
        return f"{self.context.trainer.step_count}"

    def slowly(self) -> str:
        motion = self.context.slow
        if motion.told is None or self.chance.random() < 0.3:
            self.context.trainer.explain()
            self._wait(0.3)
            return "explain"
        what = self.chance.choice(["go", "go", "play", "follow"])
        if what == "play":
            motion.play()
        elif what == "go":
            motion.go(self.chance.randint(-1, len(motion.told.places)))
        else:
            motion.follow(self.chance.randint(0, 20))
        return f"{what} {motion.number}"

    def mode(self) -> str:
        action = self.window.actions_by_id[self.chance.choice(MODES)]
        if action.isEnabled():
            action.trigger()
        self._wait()
        return action.text()

    # What changes the network

    def units(self) -> str:
        """A little more or less of something of a node."""
        document = self.context.document
        sized = [(node, name, param) for node in document.nodes.values() if node.kind in LAYERS
                 for name, param in LAYERS[node.kind].params.items() if isinstance(param, Int) and name in node.params]
        if not sized:
            return "nothing to change"
        node, name, param = self.chance.choice(sized)
        value = min(param.high or 99, 12, max(param.low or 0, node.params[name] + self.chance.choice([-1, 1, 1])))
        self.context.edit("Change", lambda doc: edits.set_params(doc, node.id, {name: value}))
        self._wait()
        return f"{node.id} {name} {value}"

    def hand(self) -> str:
        """A weight by hand."""
        trainer = self.context.trainer
        shapes = [(key, shape) for key, shape in trainer.shapes().items()]
        if not shapes:
            return "no weights"
        key, shape = self.chance.choice(shapes)
        node, _, name = key.rpartition(".")
        try:
            was = trainer.set_weight(node, name, tuple(self.chance.randrange(size) for size in shape), 0.5)
        except CoreError as error:
            return f"{key} refused: {error}"
        return f"{key} {was}"

    def live(self) -> str:
        """A setting that a run takes over at once."""
        name, values = self.chance.choice([("learning_rate", (1e-3, 0.1, 30.0)), ("epochs", (3, 40, 400)),
                                           ("early_stopping", (0, 3)), ("restore_best", (True, False))])
        value = self.chance.choice(values)
        self.context.edit("Set", lambda doc: edits.set_training(doc, {name: value}))
        return f"{name} {value}"

    def follow(self) -> str:
        """Another sample, or another neuron, for all views."""
        if self.chance.random() < 0.5:
            sample = SampleRef(self.chance.choice(["train", "validation", "test"]), self.chance.randrange(2000))
            self.context.trace(sample)
            return str(sample)
        nodes = sorted(self.context.document.nodes)
        neuron = NeuronRef(self.chance.choice(nodes), self.chance.randrange(20)) if nodes else None
        self.context.inspect(neuron if self.chance.random() < 0.8 else None)
        return str(neuron)

    def undo(self) -> str:
        """Undo or redo while it trains."""
        history = self.context.history
        (history.undo if self.chance.random() < 0.6 else history.redo)()
        self._wait()
        return ""

    def open(self) -> str:
        """Another example, whatever is open."""
        name = self.chance.choice(EXAMPLES)
        self.context.history.mark_saved()
        self.window.files.open_example(name)
        self._wait(0.4)
        self.reopened()
        return name

    def theme(self) -> str:
        mode = self.chance.choice(["light", "dark"])
        self.context.theme.set_mode(mode)
        return mode

    # Inside

    def _seen(self) -> QWidget | None:
        panels = [dock.panel for dock in self.window.docks.seen() if dock.info.id in VIEWS]
        return self.chance.choice(panels) if panels else None

    def _target(self) -> QWidget | None:
        """A widget of a panel that is seen, as the mouse would find it."""
        panel = self._seen()
        if panel is None or panel.width() < 2 or panel.height() < 2:
            return None
        found = panel.childAt(self._spot(panel)) or panel
        # A menu that pops up would wait for an answer.
        return None if isinstance(found, QToolButton) and found.menu() else found

    def _spot(self, widget: QWidget) -> QPoint:
        return QPoint(self.chance.randrange(max(1, widget.width())), self.chance.randrange(max(1, widget.height())))

    def _mouse(self, target: QWidget, kind: QEvent.Type, at: QPoint, button: Qt.MouseButton,
               held: Qt.MouseButton = Qt.MouseButton.NoButton) -> None:
        if kind == QEvent.Type.MouseButtonPress:
            held = button
        elif kind == QEvent.Type.MouseMove:
            button = Qt.MouseButton.NoButton
        event = QMouseEvent(kind, QPointF(at), QPointF(target.mapToGlobal(at)), button, held, NONE)
        QCoreApplication.sendEvent(target, event)

    def _wait(self, most: float = 0.15) -> None:
        """Let the window live for a moment."""
        end = time.monotonic() + self.chance.uniform(0.0, most)
        while time.monotonic() < end:
            QApplication.processEvents()
