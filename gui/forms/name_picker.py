"""A list of names to tick, over the window: which columns a setting is about."""
from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Slot,
)
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QVBoxLayout, QWidget

from gui.search_popup import SearchPopup

Index = QModelIndex | QPersistentModelIndex
ROW = 26
MOST = 10
MARGIN = 8
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
PASSING = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


class NamesModel(QAbstractListModel):
    """Names that can be ticked, as far as they answer the search."""

    def __init__(self, names: Sequence[str], ticked: Sequence[str]):
        super().__init__()
        self._all = tuple(names)
        self.rows: tuple[str, ...] = self._all
        self.ticked = set(ticked)

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is ticked, in the order of the names; what is not among them first."""
        return (*sorted(self.ticked - set(self._all)), *(name for name in self._all if name in self.ticked))

    def narrow(self, text: str) -> None:
        """Show only names that contain this."""
        wanted = text.strip().casefold()
        self.beginResetModel()
        self.rows = tuple(name for name in self._all if wanted in name.casefold())
        self.endResetModel()

    def toggle(self, index: Index) -> None:
        """Tick a name, or take its tick away."""
        self.ticked ^= {self.rows[index.row()]}
        self.dataChanged.emit(index, index)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        name = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return name
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if name in self.ticked else Qt.CheckState.Unchecked
        return None


class NamePicker(SearchPopup):
    """Covers its window, so that a click beside it closes it. `changed` hears every change, `closed` the end."""

    def __init__(self, anchor: QWidget, names: Sequence[str], ticked: Sequence[str],
                 changed: Callable[[tuple[str, ...]], object], closed: Callable[[], object]):
        window = anchor.window()
        super().__init__(window, anchor, "Search columns")
        self._anchor, self._changed, self._closed = anchor, changed, closed
        self.list, self.model = QListView(), NamesModel(names, ticked)
        self.model.setParent(self)
        self.field.textChanged.connect(self._narrow)
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setProperty("role", "overlay")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setAccessibleName("Columns")
        self.list.setFixedHeight(max(1, min(MOST, len(names))) * ROW + 2)
        self.list.clicked.connect(self._toggle)
        column = QVBoxLayout(self._panel)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.addWidget(self.field)
        column.addWidget(self.list)
        self._place()
        self._narrow("")
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _after_closing(self) -> None:
        self._closed()

    def _place(self) -> None:
        window = self._window.rect()
        self.setGeometry(window)
        size = self._panel.sizeHint()
        wide = max(220, self._anchor.width())
        below = self._anchor.mapTo(self._window, QPoint(0, self._anchor.height() + 4))
        left = max(MARGIN, min(below.x(), window.width() - wide - MARGIN))
        top = max(MARGIN, min(below.y(), window.height() - size.height() - MARGIN))
        self._panel.setGeometry(QRect(left, top, wide, size.height()))

    def _key(self, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            to = self.list.currentIndex().row() + (1 if event.key() == Qt.Key.Key_Down else -1)
            if 0 <= to < self.model.rowCount():
                self.list.setCurrentIndex(self.model.index(to, 0))
        elif event.key() == Qt.Key.Key_Escape:
            self.close_for_good()
        elif event.key() in ENTER:
            self._toggle(self.list.currentIndex())
        else:
            return event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        return True

    @Slot(str)
    def _narrow(self, text: str) -> None:
        self.model.narrow(text)
        if self.model.rows:
            self.list.setCurrentIndex(self.model.index(0, 0))

    @Slot(QModelIndex)
    def _toggle(self, index: QModelIndex) -> None:
        if index.isValid():
            self.model.toggle(index)
            self._changed(self.model.chosen)
