"""The label of a field. Dragging it sideways steps a number up and down."""
from __future__ import annotations

import re

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel

from gui.forms._editor import Editor

PIXELS_PER_STEP = 6
# A longer word may go on in the next line behind such a sign.
LONG = 14
BREAK = "\u200b"


class FieldLabel(QLabel):
    """The name of an editor's parameter, with its doc as tool tip."""

    def __init__(self, target: Editor, height: int):
        super().__init__(_breakable(target.param.title), wordWrap=True)
        self._target = target
        self._from: float | None = None
        self._dragged = False
        self.setProperty("role", "muted")
        self.setMinimumHeight(height)
        self.setToolTip(target.param.doc)
        self.setBuddy(target.field)
        if target.steppable:
            self.setCursor(Qt.CursorShape.SizeHorCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.isEnabled():
            self._target.field.setFocus(Qt.FocusReason.MouseFocusReason)
            self._from = event.position().x()
            self._dragged = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._from is None or not self._target.steppable:
            return
        steps = int((event.position().x() - self._from) / PIXELS_PER_STEP)
        if steps:
            self._from += steps * PIXELS_PER_STEP
            self._dragged = True
            self._target.step(steps)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged:
            self._target.finished.emit()
        self._from = None

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.EnabledChange and self._target.steppable:
            self.setCursor(Qt.CursorShape.SizeHorCursor if self.isEnabled() else Qt.CursorShape.ArrowCursor)
        super().changeEvent(event)


def _breakable(text: str) -> str:
    return " ".join(re.sub(r"([_./-])(?=.)", rf"\1{BREAK}", word) if len(word) > LONG else word
                    for word in text.split(" "))
