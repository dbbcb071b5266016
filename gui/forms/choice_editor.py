"""The editor for one of a few words, and the combo box that it shares with kinds."""
from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent, QStandardItem, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyleOptionComboBox, QStylePainter

from core.params import Choice
from gui.forms._editor import Editor, editor
from gui.theme import fonts, palette


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

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        if self.currentIndex() < 0:
            option.currentText = self.placeholderText()
        field = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, field, self)
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight,
                                                           room.width() - 2)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.end()

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
