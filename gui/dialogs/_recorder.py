"""One line that asks for new keys, and whether to take them over from whoever has them."""
from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QKeySequenceEdit, QLabel, QPushButton, QWidget
from shiboken6 import isValid

from gui.shortcuts import NATIVE, Shortcuts, refusal

HINT = "Enter or a double-click changes the keys, Delete removes them."


class Recorder(QWidget):
    """`done` is sent when keys were given, or when that was given up."""

    done = Signal()

    def __init__(self, shortcuts: Shortcuts):
        super().__init__()
        self._shortcuts = shortcuts
        self._name = ""
        self._wanted = QKeySequence()
        self.label = QLabel(HINT)
        self.label.setWordWrap(True)
        self.field = QKeySequenceEdit()
        self.field.setMaximumSequenceLength(1)
        self.field.setFixedWidth(150)
        self.field.installEventFilter(self)
        self.field.keySequenceChanged.connect(self._pressed)
        self.take, self.cancel = QPushButton("Take It Over"), QPushButton("Cancel")
        self.take.clicked.connect(self._take)
        self.cancel.clicked.connect(self.give_up)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.label, 1)
        for widget in (self.field, self.take, self.cancel):
            row.addWidget(widget)
        self.setFixedHeight(40)
        self._rest()

    def ask(self, name: str) -> None:
        """Wait for the new keys of an action or panel."""
        self._name = name
        title = self._shortcuts.targets[name].title
        self.label.setText(f"Press the new keys for {title}, or Esc.")
        self.field.setAccessibleName(f"New keys for {title}")
        self.field.clear()
        self.field.show()
        self.take.hide()
        self.cancel.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def give_up(self) -> None:
        """Leave the keys as they are."""
        self._rest()
        self.done.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A field that is being destroyed loses the focus before its end, when it must not be touched any more.
        if not isValid(self) or not isValid(self.field):
            return False
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self.give_up()
            event.accept()
            return True
        if (isinstance(event, QFocusEvent) and event.lostFocus() and self.field.isVisible()
                and event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.OtherFocusReason)):
            self._rest()
        return super().eventFilter(watched, event)

    @Slot(QKeySequence)
    def _pressed(self, key: QKeySequence) -> None:
        if key.isEmpty() or not self._name:
            return
        if problem := refusal(key):
            self.label.setText(problem)
            self.field.clear()
        elif (owner := self._shortcuts.owner(key, self._name)) is not None:
            self._wanted = key
            title = self._shortcuts.targets[owner].title
            self.label.setText(f"{key.toString(NATIVE)} belongs to {title}.")
            self.take.show()
            self.take.setFocus(Qt.FocusReason.OtherFocusReason)
            self.field.hide()
        else:
            self._give(key)

    @Slot()
    def _take(self) -> None:
        self._give(self._wanted)

    def _give(self, key: QKeySequence) -> None:
        name = self._name
        self._rest()
        self._shortcuts.put(name, [key])
        self.done.emit()

    def _rest(self) -> None:
        self._name = ""
        self.label.setText(HINT)
        for widget in (self.field, self.take, self.cancel):
            widget.hide()
