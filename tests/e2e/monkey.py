"""A random user at the real window: mouse and keys over palette, canvas, inspector, menus, data, while training starts
and stops. What must hold whatever it does is checked again and again.

`python -m tests.e2e --events 10000 --seed 1` takes some minutes, and ends with what it did and found; with `--views` he
looks most of the time at the live views.
"""
from __future__ import annotations

import random
import sys
import time
from collections import Counter, deque
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QDropEvent, QKeySequence, QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget

from core.graph.check import check
from core.graph.document import diff
from core.io import documents
from core.layers import LAYERS
from gui.actions import ACTIONS
from gui.actions._build import sequences
from gui.canvas import adding
from gui.canvas.edge_item import EdgeItem
from gui.canvas.handle import Handle
from gui.main_window import MainWindow
from gui.picker import Picker
from tests.e2e.answers import POPPED, answers
from tests.e2e.data_user import DataUser
from tests.e2e.views_user import ViewsUser

NONE = Qt.KeyboardModifier.NoModifier
SHIFT, CTRL, ALT = (Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier,
                    Qt.KeyboardModifier.AltModifier)
LEFT, MIDDLE = Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton
# What ends the session, replaces the document or opens a dialog of the system is not for a monkey.
SPARED = {"file.quit", "file.new", "file.open", "file.save", "file.save_as"}
TYPED = "0123456789.,-e xyzäq\n"
REMEMBERED = 40
EVERY = 25
MOST_NODES = 60


class Monkey:
    """One random user. `act` does one event; `look` raises AssertionError if something is not as it must be."""

    def __init__(self, window: MainWindow, seed: int, folder: Path, *, views: bool = False):
        self.window, self.canvas, self.context = window, window.canvas, window.context
        self.chance = random.Random(seed)
        self.start = window.context.document
        # Undo is to lead back to the very start, however long this takes.
        window.context.history.limit = sys.maxsize
        self.changes = 0
        window.context.history.listeners.append(self._changed)
        self.done: Counter[str] = Counter()
        self.trail: deque[str] = deque(maxlen=REMEMBERED)
        self._held: tuple[Qt.MouseButton, QPoint] | None = None
        self._actions = [name for name in ACTIONS if not name.startswith("file.")]
        self._acts: list[tuple[int, Callable[[], str]]] = [
            (14, self.press), (22, self.move), (16, self.release), (5, self.double_click), (4, self.wheel),
            (14, self.key), (5, self.type), (8, self.palette), (8, self.form), (3, self.train), (5, self.undo),
            (3, self.menu), (2, self.resize), (2, self.select),
        ]
        self.data = DataUser(window, self.chance, folder)
        self.views = ViewsUser(window, self.chance, self._reopened) if views else None
        # With other data every few events hardly any network would train.
        self._acts += self.data.acts if self.views is None else self.views.acts

    def act(self) -> None:
        """Do something."""
        weights, acts = zip(*self._acts, strict=True)
        chosen = self.chance.choices(acts, weights)[0]
        self.done[chosen.__name__] += 1
        self.trail.append(f"{chosen.__name__} {chosen()}")
        QApplication.processEvents()
        self._tidy()

    def look(self) -> None:
        """What must hold at any time."""
        document, scene = self.context.document, self.canvas.canvas_scene
        if self.views is not None:
            self.views.check()
        check(document)
        again = documents.loads(documents.dumps(document))
        assert not diff(document, again), f"a fresh load of its own save differs: {diff(document, again)}"
        assert scene.nodes.keys() == document.nodes.keys(), "the canvas shows other nodes than there are"
        assert scene.wires.keys() == document.edges, "the canvas shows other wires than there are"
        assert self.context.selection <= document.nodes.keys(), "nodes are selected that are not there"
        if self.canvas._gesture is None:
            loose = [i for i in scene.items() if isinstance(i, EdgeItem) and i.edge is None and i.isVisible()]
            asked = any(picker.isVisible() for picker in self.canvas.findChildren(Picker))
            assert not loose or asked, "a wire that nobody draws is left on the canvas"
            off = {k for k, item in scene.nodes.items()
                   if (item.x(), item.y()) != document.nodes[k].position and item.isVisible()}
            assert not off, f"nodes stand elsewhere than they should: {sorted(off)[:3]}"

    def finish(self) -> None:
        """Let go, undo everything: that leads back to the very start."""
        if self._held:
            self.release()
        self.canvas.escape()
        # What is read at the end may still become the data.
        self.data.settle()
        self.look()
        last = self.context.document
        steps = 0
        while self.context.history.can_undo:
            self.context.history.undo()
            steps += 1
        QApplication.processEvents()
        assert self.context.document is self.start, "undo does not lead back to the start"
        self.look()
        for _ in range(steps):
            self.context.history.redo()
        assert self.context.document is last, "redo does not lead to the end again"

    # The mouse on the canvas

    def press(self) -> str:
        if self._held is not None:
            return self.release()
        at, button = self._somewhere(), self.chance.choices([LEFT, MIDDLE], [9, 1])[0]
        keys = self._keys()
        self._mouse(QEvent.Type.MouseButtonPress, at, button, button, keys)
        self._held = button, at
        return f"{_place(at)} {button.name} {_names(keys)}"

    def move(self) -> str:
        at = self._somewhere()
        button = self._held[0] if self._held else Qt.MouseButton.NoButton
        self._mouse(QEvent.Type.MouseMove, at, Qt.MouseButton.NoButton, button, self._keys())
        return _place(at)

    def release(self) -> str:
        if self._held is None:
            return self.press()
        button, start = self._held
        at = start if self.chance.random() < 0.3 else self._somewhere()
        self._held = None
        keys = self._keys()
        self._mouse(QEvent.Type.MouseButtonRelease, at, button, Qt.MouseButton.NoButton, keys)
        return f"{_place(at)} {_names(keys)}"

    def double_click(self) -> str:
        if self._held is not None:
            return self.release()
        at = self._somewhere()
        self._mouse(QEvent.Type.MouseButtonDblClick, at, LEFT, LEFT, NONE)
        self._mouse(QEvent.Type.MouseButtonRelease, at, LEFT, Qt.MouseButton.NoButton, NONE)
        return _place(at)

    def wheel(self) -> str:
        at, turn, port = self._somewhere(), self.chance.choice([-120, 120, 40, -240]), self.canvas.viewport()
        keys = self.chance.choice([NONE, NONE, CTRL, SHIFT])
        event = QWheelEvent(QPointF(at), QPointF(port.mapToGlobal(at)), QPoint(), QPoint(0, turn),
                            Qt.MouseButton.NoButton, keys, Qt.ScrollPhase.NoScrollPhase, False)
        QCoreApplication.sendEvent(port, event)
        return f"{turn}"

    def menu(self) -> str:
        """A right-click, and one of the entries."""
        if self._held is not None:
            return self.release()
        at, port = self._somewhere(), self.canvas.viewport()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, port.mapToGlobal(at))
        QCoreApplication.sendEvent(port, event)
        menu = POPPED.pop() if POPPED else None
        if menu is None:
            return "no menu"
        entries = [a for a in menu.actions() if not a.isSeparator() and a.isEnabled()]
        entry = self.chance.choice(entries) if entries and self.chance.random() < 0.7 else None
        if entry:
            entry.trigger()
        menu.close()
        menu.deleteLater()
        return f"{_place(at)} {entry.text() if entry else ''}"

    # Keys

    def key(self) -> str:
        """The keys of an action, or some that only the canvas knows."""
        target = QApplication.focusWidget() or self.canvas
        if self.chance.random() < 0.5:
            self.canvas.setFocus()
            target = self.canvas
        if self.chance.random() < 0.6:
            names = [n for n in self._actions if ACTIONS[n].shortcuts and n not in SPARED]
            name = self.chance.choice(names)
            for sequence in sequences(ACTIONS[name].shortcuts)[:1]:
                _type(target, sequence)
            return name
        key = self.chance.choice([Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Left, Qt.Key.Key_Up,
                                  Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
        QTest.keyClick(target, key, self.chance.choice([NONE, NONE, SHIFT, ALT]))
        return key.name

    def type(self) -> str:
        """A few letters into whatever has the focus."""
        target = QApplication.focusWidget() or self.canvas
        text = "".join(self.chance.choices(TYPED, k=self.chance.randint(1, 4)))
        for letter in text:
            target = QApplication.focusWidget() or target
            # Space opens the menu of a button, which would wait for an answer.
            if not (isinstance(target, QToolButton) and target.menu()):
                QTest.keyClick(target, Qt.Key.Key_Return if letter == "\n" else letter)
        return f"{text!r} into {type(target).__name__}"

    # The parts of the window

    def palette(self) -> str:
        """Drop a layer somewhere, or double-click it."""
        document = self.context.document
        if len(document.nodes) >= MOST_NODES:
            self.context.select(self.chance.sample(sorted(document.nodes), MOST_NODES // 2))
            self.canvas.delete_selection()
            return "too many nodes: half of them deleted"
        kind = self.chance.choice(list(LAYERS))
        if self.chance.random() < 0.5:
            self.canvas.add_layer(kind)
            return f"added {kind}"
        at = self._somewhere()
        event = QDropEvent(QPointF(at), Qt.DropAction.CopyAction, adding.mime_data(kind), LEFT, NONE)
        QCoreApplication.sendEvent(self.canvas.viewport(), event)
        return f"dropped {kind} at {_place(at)}"

    def form(self) -> str:
        """Click or type into a field of the panel on the right."""
        panel = self.window.panels[self.chance.choice(["inspector", "training", "data"])]
        self.window.docks.show(next(k for k, v in self.window.panels.items() if v is panel))
        QApplication.processEvents()
        fields = [w for w in panel.findChildren(QWidget) if w.isVisible() and w.isEnabled()
                  and w.focusPolicy() & Qt.FocusPolicy.ClickFocus]
        if not fields:
            return "nothing there"
        field = self.chance.choice(fields)
        # A pop-up would wait for an answer.
        if hasattr(field, "count") and hasattr(field, "setCurrentIndex") and field.count():
            QTest.keyClick(field, self.chance.choice([Qt.Key.Key_Up, Qt.Key.Key_Down]))
        else:
            QTest.mouseClick(field, LEFT)
            if self.chance.random() < 0.5 and QApplication.focusWidget() is not None:
                self.type()
        return type(field).__name__

    def train(self) -> str:
        trainer = self.context.trainer
        what = self.chance.choice(["toggle", "toggle", "step", "one_epoch", "stop", "reset"])
        getattr(trainer, what)()
        end = time.monotonic() + self.chance.uniform(0.0, 0.1)
        while time.monotonic() < end:
            QApplication.processEvents()
        return f"{what}: {trainer.state}"

    def undo(self) -> str:
        history, times = self.context.history, self.chance.randint(1, 6)
        step = self.chance.choice([history.undo, history.redo])
        for _ in range(times):
            step()
        return f"{step.__name__} {times}"

    def resize(self) -> str:
        self.window.resize(self.chance.randint(1024, 1920), self.chance.randint(640, 1080))
        return f"{self.window.width()}x{self.window.height()}"

    def select(self) -> str:
        names = sorted(self.context.document.nodes)
        self.context.select(self.chance.sample(names, min(len(names), self.chance.randint(0, 5))))
        return f"{len(self.context.selection)} nodes"

    # Inside

    def _reopened(self) -> None:
        """Another document is open: undo leads back to that one."""
        self.start, self._held = self.context.document, None
        while self.context.history.can_undo:
            self.context.history.undo()
            self.start = self.context.document

    def _changed(self, diff: object, document: object) -> None:
        self.changes += 1

    def _somewhere(self) -> QPoint:
        """A pixel of the canvas, often one of a node, a port or a wire."""
        port, scene = self.canvas.viewport(), self.canvas.canvas_scene
        spots: list[QPointF] = []
        if scene.nodes and self.chance.random() < 0.75:
            item = scene.nodes[self.chance.choice(sorted(scene.nodes))]
            card = item.card()
            spots = [card.center(), card.topLeft() + QPointF(20, 16), item.output_pos()]
            spots += [item.input_pos(name) for name in item.inputs]
            wires = sorted(scene.wires_at(item.name))
            spots += [(scene.wires[w].start + scene.wires[w].end) / 2 for w in wires[:2]]
        elif self.chance.random() < 0.5:
            # Notes, frames and cards of groups, points of wires: whatever answers the mouse itself.
            handles = [item for item in scene.items() if isinstance(item, Handle) and item.isVisible()]
            if handles:
                box = self.chance.choice(handles).sceneBoundingRect()
                spots = [box.center(), box.topLeft() + QPointF(24, 8), box.bottomRight() - QPointF(3, 3)]
        if spots:
            at = self.canvas.mapFromScene(self.chance.choice(spots))
            if port.rect().contains(at):
                return at
        return QPoint(self.chance.randrange(max(1, port.width())), self.chance.randrange(max(1, port.height())))

    def _keys(self) -> Qt.KeyboardModifier:
        return self.chance.choices([NONE, SHIFT, CTRL, ALT], [12, 2, 2, 1])[0]

    def _mouse(self, kind: QEvent.Type, at: QPoint, button: Qt.MouseButton, held: Qt.MouseButton,
               keys: Qt.KeyboardModifier) -> None:
        port = self.canvas.viewport()
        event = QMouseEvent(kind, QPointF(at), QPointF(port.mapToGlobal(at)), button, held, keys)
        QCoreApplication.sendEvent(port, event)

    def _tidy(self) -> None:
        """Close the dialogs and menus that were opened, some of them only after a while."""
        for menu in POPPED:
            menu.close()
            menu.deleteLater()
        POPPED.clear()
        for top in QApplication.topLevelWidgets():
            if top is not self.window and top.isVisible() and top.isWindow() and self.chance.random() < 0.4:
                top.close()


def play(window: MainWindow, events: int, seed: int, folder: Path, *, views: bool = False) -> Monkey:
    """So many events at a window, with `views` most of them at the live views; every few of them, what must hold is
    looked at. Files are written into `folder`. Raises AssertionError with the last events."""
    monkey = Monkey(window, seed, folder, views=views)
    with answers():
        try:
            for number in range(events):
                monkey.act()
                if number % EVERY == 0:
                    monkey.look()
            monkey.finish()
        except BaseException as error:
            error.add_note("The last events:\n  " + "\n  ".join(monkey.trail))
            raise
    return monkey


def _type(target: QWidget, sequence: QKeySequence) -> None:
    for index in range(sequence.count()):
        stroke = sequence[index]
        QTest.keyClick(target, stroke.key(), stroke.keyboardModifiers())


def _place(at: QPoint) -> str:
    return f"({at.x()}, {at.y()})"


def _names(keys: Qt.KeyboardModifier) -> str:
    return keys.name or ""
