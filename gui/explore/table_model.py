"""The rows of a frame as Qt's tables want them: nothing is copied, and only what is seen is written."""
from __future__ import annotations

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from core.statistics import PARTS, Frame
from gui.explore import words
from gui.explore.store import Store

Index = QModelIndex | QPersistentModelIndex
MISSING = "missing"
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class TableModel(QAbstractTableModel):
    """`row_at` gives the row of the data that stands in a line of the table."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self.frame: Frame | None = None
        self.sorted: tuple[int, bool] | None = None
        self._order: np.ndarray | None = None
        self._digits: dict[int, int] = {}

    def put(self, frame: Frame | None) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.frame, self.sorted, self._order = frame, None, None
        self._digits.clear()
        self.endResetModel()

    def set_order(self, order: np.ndarray | None, by: tuple[int, bool] | None) -> None:
        """Show the rows in this order; None is that of the data."""
        self.layoutAboutToBeChanged.emit()
        self._order, self.sorted = order, by
        self.layoutChanged.emit()

    def row_at(self, line: int) -> int:
        """The row of the data in a line."""
        return line if self._order is None else int(self._order[line])

    def line_of(self, row: int) -> int:
        """The line in which a row of the data stands."""
        return row if self._order is None else int(np.flatnonzero(self._order == row)[0])

    def part_of(self, line: int) -> int | None:
        """Which part the row of a line belongs to, if that is known."""
        parts = None if self.frame is None else self.frame.parts
        return None if parts is None else int(parts[self.row_at(line)])

    def places(self, column: int) -> int:
        """Digits behind the point in a column."""
        if column not in self._digits:
            assert self.frame is not None
            found = self.frame.columns[column]
            single = found.spec.kind == "number" and not found.spec.shape
            self._digits[column] = words.digits(found.values) if single else 0
        return self._digits[column]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if self.frame is None or (parent is not None and parent.isValid()) else self.frame.rows

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if self.frame is None or (parent is not None and parent.isValid()) else len(self.frame.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.frame is None:
            return None
        column = self.frame.columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole | Qt.ItemDataRole.AccessibleTextRole:
                text = words.cell(column, self.row_at(index.row()), self.places(index.column()))
                return text or ("" if role == Qt.ItemDataRole.DisplayRole else MISSING)
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if column.spec.kind in ("number", "date") and not column.spec.shape else LEFT
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.frame is None:
            return None
        if orientation == Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.DisplayRole:
                return f"{self.row_at(section) + 1:,}"
            part = self.part_of(section) if role == Qt.ItemDataRole.ToolTipRole else None
            return None if part is None else f"{PARTS[part].capitalize()} part"
        column = self.frame.columns[section]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.spec.name
            case Qt.ItemDataRole.ToolTipRole:
                return f"{column.spec.name}\n{words.kind(column)}, {self.frame.role(section, self.store.roles)}"
        return None
