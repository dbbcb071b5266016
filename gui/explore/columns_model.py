"""One line for every column of the data with its measures."""
from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from core.statistics import Frame, Summary
from gui.explore import words
from gui.explore.store import Store
from gui.plots import numbers

Index = QModelIndex | QPersistentModelIndex
NAMES = ("Column", "Distribution", "Missing", "Distinct", "Mean", "Deviation", "Min", "25 %", "Median", "75 %", "Max")
TIPS = {"Missing": "Values that are not there", "Distinct": "How many different values there are",
        "Deviation": "Standard deviation of the values", "25 %": "A quarter of the values lies below it",
        "75 %": "Three quarters of the values lie below it"}
COLUMN, BARS, MISSING, DISTINCT, FIRST = 0, 1, 2, 3, 4
KEYS: tuple[Callable[[Summary], float], ...] = (
    lambda s: s.missing, lambda s: s.distinct, lambda s: s.mean, lambda s: s.deviation, lambda s: s.low,
    lambda s: s.lower, lambda s: s.median, lambda s: s.upper, lambda s: s.high)
# Seconds; over a longer time the hour of a mean says nothing.
DAY, LONG = 86_400, 7 * 86_400
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


class ColumnsModel(QAbstractTableModel):
    """`place_at` gives the column of the data that stands in a line."""

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.store = store
        self.frame: Frame | None = None
        self._places: list[int] = []

    def put(self, frame: Frame) -> None:
        """Show the columns of this frame."""
        self.beginResetModel()
        self.frame = frame
        self._places = list(range(len(frame.columns)))
        self.endResetModel()

    def place_at(self, line: int) -> int:
        """Which column of the data stands in a line."""
        return self._places[line]

    def summary(self, line: int) -> Summary | None:
        """The measures of a line, once they are counted."""
        place = self._places[line]
        return self.store.summaries[place] if place < len(self.store.summaries) else None

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if self.frame is None or (parent is not None and parent.isValid()) else len(self._places)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(NAMES)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if self.frame is None:
            return None
        column = self.frame.columns[self._places[index.row()]]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self.text(index.row(), index.column())
            case Qt.ItemDataRole.ToolTipRole if index.column() == COLUMN:
                return f"{column.spec.name}\n{words.kind(column)}, {self.role(index.row())}"
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if index.column() >= MISSING else LEFT
        return None

    def role(self, line: int) -> str:
        """What the column of a line is for."""
        assert self.frame is not None
        return self.frame.role(self._places[line], self.store.roles)

    def text(self, line: int, field: int) -> str:
        """What stands in a field."""
        assert self.frame is not None
        column, found = self.frame.columns[self._places[line]], self.summary(line)
        if field == COLUMN:
            return column.spec.name
        if found is None or field == BARS:
            return ""
        if field == MISSING:
            return _missing(found)
        if field == DISTINCT:
            return "" if column.spec.shape else numbers.count(found.distinct)
        if column.spec.kind == "category":
            return ""
        value = KEYS[field - MISSING](found)
        if column.spec.kind == "date" and field == FIRST + 1:
            return f"{value / DAY:,.1f} days" if math.isfinite(value) else numbers.NOTHING
        if column.spec.kind == "date" and found.high - found.low > LONG and math.isfinite(value):
            value = value // DAY * DAY
        return words.measure(column, value, words.significant([found.low, found.high, found.deviation]))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return NAMES[section]
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if section >= MISSING else LEFT
            case Qt.ItemDataRole.ToolTipRole:
                return TIPS.get(NAMES[section])
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if self.frame is None:
            return
        self.layoutAboutToBeChanged.emit()
        down = order == Qt.SortOrder.DescendingOrder
        self._places = list(range(len(self.frame.columns)))
        if column == COLUMN:
            names = [one.spec.name.casefold() for one in self.frame.columns]
            self._places.sort(key=lambda place: names[place], reverse=down)
        elif column >= MISSING:
            keys = [KEYS[column - MISSING](found) for found in self.store.summaries]
            keys += [math.nan] * (len(self._places) - len(keys))
            # What has no number comes last either way.
            self._places.sort(key=lambda place: (math.isnan(keys[place]), -keys[place] if down else keys[place]))
        self.layoutChanged.emit()


def _missing(found: Summary) -> str:
    text = "0" if not found.missing else f"{found.missing:,} ({numbers.share(found.missing / found.rows)})"
    return f"{text} + {found.infinite:,} ∞" if found.infinite else text
