"""Find a node: a slim bar over the canvas."""
from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QLineEdit, QToolButton, QWidget
from shiboken6 import isValid

from core.graph.find import find
from gui.canvas.marks import Marks
from gui.canvas.view import CanvasView
from gui.canvas.watch import Watch
from gui.forms.icon_button import icon_button
from gui.theme.style import set_property

WIDTH = 320
COUNT = 64
BUTTON = 24
ICON = 14
LONGEST = 200
STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FindBar(QFrame):
    """While it is open, what it finds is outlined; one of them is selected and in view."""

    def __init__(self, view: CanvasView):
        super().__init__(view)
        self._view = view
        self._marks = Marks(view.canvas_scene)
        self._before: QWidget | None = None
        self.found: tuple[str, ...] = ()
        self.at = -1
        self.setProperty("role", "card")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.field = QLineEdit()
        self.field.setPlaceholderText("Find a node")
        self.field.setAccessibleName("Find a node")
        self.field.setMaxLength(LONGEST)
        self.field.installEventFilter(self)
        self.field.textEdited.connect(self._search)
        self.count = QLabel()
        self.count.setProperty("role", "small")
        self.count.setFixedWidth(COUNT)
        self.count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 4, 4)
        row.setSpacing(2)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        self.back = self._button("chevron-up", "Previous match (Shift+Enter)", lambda: self.step(-1))
        self.on = self._button("chevron-down", "Next match (Enter)", lambda: self.step(1))
        self.cross = self._button("close", "Close (Escape)", self.leave)
        for button in (self.back, self.on, self.cross):
            row.addWidget(button)
        self.setFixedSize(WIDTH, self.sizeHint().height())
        told = view.canvas_scene.companion(Watch).told
        told.changed.connect(self._changed)
        told.moved.connect(self._moved)
        self.hide()

    def open(self) -> None:
        """Show the bar, or go back to its field."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
            self.show()
            self.raise_()
            self._search(self.field.text(), go=False)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    @Slot()
    def leave(self) -> None:
        """Close the bar. What was found last stays selected; the focus goes where it was."""
        self.hide()
        self._marks.put(())
        before = self._before if self._before is not None and isValid(self._before) else self._view
        (before if before.isVisible() else self._view).setFocus(Qt.FocusReason.OtherFocusReason)
        self._before = None

    def step(self, way: int) -> None:
        """Go to the next match (1) or the one before (-1), round and round."""
        if self.found:
            here = self._view.context.selection
            if self.at < 0 or here != {self.found[self.at]}:
                # Something else was selected meanwhile: go on from there.
                chosen = [i for i, name in enumerate(self.found) if name in here]
                self.at = chosen[0] if chosen else (-1 if way > 0 else 0)
            self._go(self.at + way)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key == Qt.Key.Key_Escape:
                self.leave()
                return True
            if key in ENTER or key in STEPS:
                back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.step(STEPS.get(key, -1 if back else 1))
                return True
        return super().eventFilter(watched, event)

    @Slot(str)
    def _search(self, text: str, go: bool = True) -> None:
        self.found = find(self._view.context.document, text)
        self.at = -1
        if self.found and go:
            self._go(0)
        self._tell()

    def _go(self, at: int) -> None:
        self.at = at % len(self.found)
        name = self.found[self.at]
        self._view.choose([name])
        card = self._view.canvas_scene.groups.rect_of(name)
        place = self._view.mapFromScene(card).boundingRect()
        if place.intersects(self.geometry()) or not self._view.viewport().rect().contains(place):
            self._view.glide.centre(card)
        self._tell()

    @Slot()
    def _changed(self) -> None:
        if self.isVisible():
            here = self.found[self.at] if self.at >= 0 else None
            self.found = find(self._view.context.document, self.field.text())
            self.at = self.found.index(here) if here in self.found else -1
            self._tell()

    @Slot()
    def _moved(self) -> None:
        if self.isVisible():
            self._marks.put(self.found)

    def _tell(self) -> None:
        """Show how many there are, and where."""
        typed, some = bool(self.field.text().strip()), bool(self.found)
        place = f"{self.at + 1} of {len(self.found)}" if self.at >= 0 else f"{len(self.found)} found"
        self.count.setText(place if some else "None" if typed else "")
        set_property(self.field, "state", "error" if typed and not some else None)
        self.back.setEnabled(some)
        self.on.setEnabled(some)
        self._marks.put(self.found)

    def _button(self, icon: str, tip: str, run: Callable[[], object]) -> QToolButton:
        return icon_button(icon, tip, run, name=tip.partition(" (")[0], size=ICON, side=BUTTON)
