"""The steps of the present document: where one is, what is undone, what the file holds. A click goes there."""
from __future__ import annotations

from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QRect, Qt, Slot
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QListView, QStyleOptionViewItem, QVBoxLayout

from gui.context import AppContext
from gui.panels._base import Panel, PanelInfo
from gui.panels._row import Index, RowDelegate
from gui.theme import fonts, palette

PLACE = Qt.ItemDataRole.UserRole
SAVED = Qt.ItemDataRole.UserRole + 1
FIRST = "Start"
DOT = 3
SPOKEN = {-1: "done", 0: "present step", 1: "undone"}


class HistoryModel(QAbstractListModel):
    """One row for every state, the oldest first."""

    def __init__(self) -> None:
        super().__init__()
        self.steps: tuple[str, ...] = ()
        self.present = 0
        self.saved: int | None = None

    def put(self, steps: tuple[str, ...], present: int, saved: int | None) -> bool:
        """Show these. False if nothing differs."""
        if (steps, present, saved) == (self.steps, self.present, self.saved):
            return False
        if steps == self.steps:
            self.present, self.saved = present, saved
            self.dataChanged.emit(self.index(0), self.index(len(steps) - 1))
        else:
            self.beginResetModel()
            self.steps, self.present, self.saved = steps, present, saved
            self.endResetModel()
        return True

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.steps)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = index.row()
        place = (row > self.present) - (row < self.present)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self.steps[row] or FIRST
            case Qt.ItemDataRole.AccessibleTextRole:
                parts = (self.steps[row] or FIRST, SPOKEN[place], "saved" if row == self.saved else "")
                return ", ".join(part for part in parts if part)
            case _ if role == PLACE:
                return place
            case _ if role == SAVED:
                return row == self.saved
        return None


class HistoryDelegate(RowDelegate):
    """Paints a step: a dot for the present one, grey for undone ones, a word for the saved one."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        tokens = palette.current().tokens
        place, area = index.data(PLACE), QRect(option.rect).adjusted(12, 0, -12, 0)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if place == 0:
            painter.setBrush(QColor(tokens.accent_ink))
            painter.drawEllipse(area.left(), area.center().y() - DOT + 1, 2 * DOT, 2 * DOT)
        area.setLeft(area.left() + 18)
        if index.data(SAVED):
            painter.setFont(fonts.font(tokens, small=True))
            painter.setPen(QColor(tokens.text_muted))
            painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, "saved")
            area.setRight(area.right() - painter.fontMetrics().horizontalAdvance("saved") - 8)
        painter.setFont(fonts.font(tokens, strong=place == 0))
        painter.setPen(QColor(tokens.text_faint if place > 0 else tokens.text))
        text = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)
        painter.restore()


class HistoryPanel(Panel):
    """The list. A click or Enter goes to a state at once."""

    def __init__(self, context: AppContext):
        super().__init__(context)
        self.model = HistoryModel()
        self.view = QListView()
        self.view.setProperty("role", "plain")
        self.view.setModel(self.model)
        self.view.setItemDelegate(HistoryDelegate(self.view))
        self.view.setUniformItemSizes(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setAccessibleName("History of changes")
        self.view.clicked.connect(self._go)
        self.view.activated.connect(self._go)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(self.view)

    def on_tick(self) -> None:
        history = self.context.history
        if self.model.put(history.steps, history.present, history.saved):
            index = self.model.index(history.present)
            self.view.setCurrentIndex(index)
            self.view.scrollTo(index)

    @Slot(QModelIndex)
    def _go(self, index: QModelIndex) -> None:
        self.context.history.go(index.row())


PANEL = PanelInfo(id="history", title="History", area="right", icon="history", order=90, visible=False,
                  shortcut="Ctrl+Shift+H", create=HistoryPanel, tip="Every change so far; a click goes back to it")
