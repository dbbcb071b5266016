"""The editor for one of a few words, and the combo box that it shares with kinds."""
from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, QSize, Qt, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QPaintEvent,
    QPalette,
    QStandardItem,
    QStandardItemModel,
    QWheelEvent,
)
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from core.params import Choice
from gui.forms._editor import Editor, editor
from gui.theme import fonts, palette

# What the frame and the scroll bar of the list take.
ROOM = 32
LINES = 16


class Combo(QComboBox):
    """A combo box that the wheel leaves alone unless it has the focus.

    `picked` carries the id of an entry chosen by the user; `settled` says that no more follow in a row.
    """

    picked = Signal(str)
    settled = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._series = False
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setMaxVisibleItems(LINES)
        self.activated.connect(self._chosen)

    def add(self, key: str, label: str, tip: str = "") -> None:
        """Append an entry."""
        self.addItem(label, key)
        self.setItemData(self.count() - 1, tip, Qt.ItemDataRole.ToolTipRole)

    def add_heading(self, text: str) -> None:
        """Append a line that cannot be chosen."""
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        item = QStandardItem(text)
        item.setEnabled(False)
        item.setFont(fonts.font(palette.current().tokens, small=True))
        item.setSizeHint(QSize(0, 24))
        model.appendRow(item)

    def put(self, key: str, raw: str = "") -> None:
        """Show the entry `key`, or `raw` if there is none, without a signal."""
        self.setCurrentIndex(self.findData(key))
        self.setPlaceholderText(raw)

    def showPopup(self) -> None:
        self.view().setMinimumWidth(max(self.width(), self.view().sizeHintForColumn(0) + ROOM))
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        # Qt cuts long texts off; here they end in three dots.
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        room = self._part(option, QStyle.SubControl.SC_ComboBoxEditField)
        room.setRight(self._part(option, QStyle.SubControl.SC_ComboBoxArrow).left())
        chosen = self.currentIndex() >= 0
        text = self.currentText() if chosen else self.placeholderText()
        ink = QPalette.ColorRole.Text if chosen else QPalette.ColorRole.PlaceholderText
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawItemText(room, left, self.palette(), self.isEnabled(), shown, ink)
        painter.end()

    def _part(self, option: QStyleOptionComboBox, part: QStyle.SubControl) -> QRect:
        return self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._series = True
        super().keyPressEvent(event)
        self._series = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        if not self.hasFocus():
            event.ignore()
            return
        self._series = True
        super().wheelEvent(event)
        self._series = False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.settled.emit()

    @Slot(int)
    def _chosen(self, index: int) -> None:
        self.picked.emit(self.itemData(index))
        if not self._series:
            self.settled.emit()


class ChoiceEditor(Editor):
    """Edits a Choice."""

    def __init__(self, param: Choice):
        self._combo = Combo()
        for key, label in param.options.items():
            self._combo.add(key, label)
        super().__init__(param, self._combo)
        self._combo.picked.connect(self.take)
        self._combo.settled.connect(self.finished)
        self.show_value(self._value)

    def show_value(self, value: Any) -> None:
        self._combo.put(value)

    def show_raw(self, value: Any) -> None:
        self._combo.put("", str(value))


@editor.register
def _choice(param: Choice) -> Editor:
    return ChoiceEditor(param)
