"""The editor for yes or no: a switch."""
from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox

from core.params import Bool
from gui.forms._editor import Editor, editor
from gui.theme import palette


class Switch(QCheckBox):
    """A check box that looks like a switch."""

    track = QSize(30, 18)

    def sizeHint(self) -> QSize:
        return QSize(self.track.width() + 4, palette.current().tokens.control_height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def nextCheckState(self) -> None:
        # From in between it goes on: then the values are the same.
        mixed = self.checkState() == Qt.CheckState.PartiallyChecked
        self.setTristate(False)
        self.setCheckState(Qt.CheckState.Checked if mixed or not self.isChecked() else Qt.CheckState.Unchecked)

    def hitButton(self, position: QPoint) -> bool:
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        mixed = self.checkState() == Qt.CheckState.PartiallyChecked
        tokens, on = palette.current().tokens, self.isChecked() and not mixed
        fill = tokens.accent if on else tokens.border_strong
        if not self.isEnabled():
            fill = tokens.border
        elif self.underMouse():
            fill = tokens.accent_hover if on else tokens.text_disabled
        track = QRectF(1, (self.height() - self.track.height()) / 2, self.track.width(), self.track.height())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.hasFocus():
            painter.setPen(QPen(QColor(tokens.accent_ink), 2))
            painter.drawRoundedRect(track.adjusted(-1, -1, 1, 1), 10, 10)
            track.adjust(1, 1, -1, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(fill))
        painter.drawRoundedRect(track, track.height() / 2, track.height() / 2)
        size = track.height() - 4
        left = track.right() - size - 2 if on else track.left() + 2
        left = track.center().x() - size / 2 if mixed else left
        painter.setBrush(QColor(tokens.accent_text if on or not tokens.dark else tokens.text))
        painter.drawEllipse(QRectF(left, track.top() + 2, size, size))
        painter.end()


class BoolEditor(Editor):
    """Edits a Bool."""

    def __init__(self, param: Bool):
        self._switch = Switch()
        super().__init__(param, self._switch)
        self.column.setAlignment(self._switch, Qt.AlignmentFlag.AlignLeft)
        self._switch.clicked.connect(self._clicked)
        self.show_value(self._value)

    def show_value(self, value: Any) -> None:
        self._switch.setTristate(False)
        self._switch.setChecked(value)

    def show_several(self) -> None:
        self._switch.setCheckState(Qt.CheckState.PartiallyChecked)

    @Slot(bool)
    def _clicked(self, on: bool) -> None:
        self.take(on)
        self.finished.emit()


@editor.register
def _bool(param: Bool) -> Editor:
    return BoolEditor(param)
