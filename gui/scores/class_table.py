"""Precision, recall, F1 and support of every class, as a table that can be sorted."""
from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, QRectF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from core.train.probes.scores import Scores, Table
from gui.plots import numbers
from gui.theme import fonts, palette
from gui.theme.tokens import Tokens

Index = QModelIndex | QPersistentModelIndex
COLUMNS = ("Class", "Precision", "Recall", "F1", "Support")
SHORT = ("Class", "P", "R", "F1", "n")
NARROW_NAMES = {"Accuracy": "Acc.", "All labels right": "Right", "Macro average": "Mac.", "Weighted average": "Wtd."}
ROOMY = 90
TIPS = ("", "Of the samples taken for the class, the share that belongs to it",
        "Of the samples that belong to the class, the share that is found",
        "Precision and recall in one number: their harmonic mean", "How many samples belong to the class")
DIGITS = 3
LINE, EDGE, BAR, GAP = 24, 6, 3, 8
# Names begin and numbers end where those of other panels do.
LEFT, RIGHT = 12, 6
# In a narrow panel titles are short. Names and scores have at least so much room, before there is any for the support.
NARROW, NAMES, EACH = 330, 58, 40


@dataclass(frozen=True, slots=True)
class Row:
    """A line: a class by its number, or -1 for one that sums up. What is not said is NaN."""

    name: str
    values: tuple[float, float, float]
    support: int
    number: int = -1


def rows_of(found: Scores) -> list[Row]:
    """What sums up first, then every class."""
    assert isinstance(found.shown, Table)
    shown, lines = found.shown, found.shown.lines
    whole = int(lines.support.sum())
    summed = [Row("Accuracy" if found.kind == "classes" else "All labels right",
                  (math.nan, math.nan, shown.accuracy), found.count),
              Row("Macro average", shown.macro, whole), Row("Weighted average", shown.weighted, whole)]
    return summed + [Row(name, (float(lines.precision[i]), float(lines.recall[i]), float(lines.f1[i])),
                         int(lines.support[i]), i) for i, name in enumerate(found.names)]


def written(row: Row, column: int) -> str:
    """The text of a cell."""
    if column == 0:
        return row.name
    if column == len(COLUMNS) - 1:
        return numbers.count(row.support)
    value = row.values[column - 1]
    return "" if math.isnan(value) else numbers.fixed(value, DIGITS)


class ClassModel(QAbstractTableModel):
    """`rows` stand in the order that is shown; those that sum up stay on top."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Row] = []
        self.by: tuple[int, bool] | None = None
        self.short = False

    def put(self, rows: list[Row]) -> None:
        """Show these."""
        rows = self._ordered(rows)
        if len(rows) != len(self.rows):
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()
        else:
            self.rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, len(COLUMNS) - 1))

    def sort_by(self, by: tuple[int, bool] | None) -> None:
        """Sort by a column, falling or not; None is the order of the classes."""
        self.by = by
        self.put(self.rows)

    def _ordered(self, rows: list[Row]) -> list[Row]:
        summed = [row for row in rows if row.number < 0]
        single = sorted((row for row in rows if row.number >= 0), key=lambda row: row.number)
        if self.by is not None:
            column, falling = self.by
            single.sort(key=lambda row: _key(row, column), reverse=falling)
        return summed + single

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return written(row, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == 0:
            return f"{row.name}, {row.support:,} samples"
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            arrow = "" if self.by is None or self.by[0] != section else " ↓" if self.by[1] else " ↑"
            return (SHORT if self.short else COLUMNS)[section] + arrow
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignVCenter | (Qt.AlignmentFlag.AlignRight if section else
                                                        Qt.AlignmentFlag.AlignLeft))
        return TIPS[section] or None if role == Qt.ItemDataRole.ToolTipRole else None


class CellPainter(QStyledItemDelegate):
    """Draws cells by `draw_cell`."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model, tokens = index.model(), palette.current().tokens
        if isinstance(model, ClassModel):
            if option.state & QStyle.StateFlag.State_Selected:
                painter.fillRect(option.rect, QColor(tokens.accent_soft))
            draw_cell(painter, QRectF(option.rect), model.rows[index.row()], index.column(), tokens)


class ClassTable(QTableView):
    """`wanted` carries the number of a class whose samples somebody wants to see."""

    wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.classes = ClassModel()
        self.setModel(self.classes)
        self.setItemDelegate(CellPainter(self))
        self.setProperty("role", "plain")
        self.setAccessibleName("Scores of every class")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(LINE)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads = self.horizontalHeader()
        heads.setSectionsClickable(True)
        # Titles end where the numbers below them end.
        heads.setStyleSheet(f"QHeaderView::section {{ padding: 5px 2px 5px {EDGE}px; }}"
                            f"QHeaderView::section:first {{ padding-left: {LEFT}px; }}"
                            f"QHeaderView::section:last {{ padding-right: {RIGHT}px; }}")
        heads.setMinimumSectionSize(24)
        heads.setHighlightSections(False)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        heads.sectionClicked.connect(self._sort)
        self.activated.connect(self._activated)

    def show_scores(self, found: Scores) -> None:
        """Show an answer."""
        self.classes.put(rows_of(found))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Numbers stand together; in a wide panel they do not drift far from the names."""
        self.classes.short = self.width() < NARROW
        found = widths(self.viewport().width(), needed(self.classes.rows))
        self.setColumnHidden(len(COLUMNS) - 1, found[-1] == RIGHT)
        for column, width in enumerate(found):
            if int(width) != self.columnWidth(column):
                self.setColumnWidth(column, int(width))

    @Slot(int)
    def _sort(self, column: int) -> None:
        """Falling, rising, as it was; names the other way round."""
        first = column > 0
        before = self.classes.by
        if before is None or before[0] != column:
            self.classes.sort_by((column, first))
        else:
            self.classes.sort_by((column, not first) if before[1] == first else None)
        self.horizontalHeader().viewport().update()

    @Slot(QModelIndex)
    def _activated(self, index: QModelIndex) -> None:
        number = self.classes.rows[index.row()].number
        if number >= 0:
            self.wanted.emit(number)


class TableSheet:
    """The whole table as a drawing, also what is scrolled out of sight."""

    def __init__(self, rows: list[Row], width: float):
        self.rows = rows
        self.width = max(width, float(NARROW))

    def size(self) -> QSizeF:
        """In logical pixels."""
        return QSizeF(self.width, LINE * (len(self.rows) + 1) + 2 * EDGE)

    def draw(self, painter: QPainter) -> None:
        """Draw it from (0, 0) on."""
        tokens = palette.current().tokens
        wide = widths(self.width, needed(self.rows))
        heads = Row("", (math.nan,) * 3, 0)
        for line, row in enumerate((heads, *self.rows)):
            for column, title in enumerate(COLUMNS):
                cell = QRectF(sum(wide[:column]), EDGE + line * LINE, wide[column], LINE)
                if row is heads:
                    _write(painter, cell, title, column, tokens.text_muted, tokens, strong=True)
                else:
                    draw_cell(painter, cell, row, column, tokens)


def needed(rows: Sequence[Row]) -> float:
    """How wide the column of the support has to be."""
    metrics = QFontMetricsF(fonts.font(palette.current().tokens, small=True))
    widest = max((metrics.horizontalAdvance(numbers.count(row.support)) for row in rows), default=0.0)
    return math.ceil(widest) + GAP + RIGHT


def widths(room: float, support: float) -> tuple[float, ...]:
    """The columns in so much room, of which the last needs so many pixels; where there are none it is RIGHT wide."""
    each = float(min(96, max(EACH, int(room * 0.17))))
    last = max(support, min(each, 64.0)) if room >= NARROW else \
        support if room >= NAMES + 3 * each + support else RIGHT
    return min(room - 3 * each - last, 360.0), each, each, each, last


def draw_cell(painter: QPainter, cell: QRectF, row: Row, column: int, tokens: Tokens) -> None:
    """Draw a cell: its text, and below a share a bar as long as that."""
    text = written(row, column)
    if row.number < 0 and column == 0 and cell.width() < ROOMY:
        text = NARROW_NAMES[text]
    _write(painter, cell, text, column, tokens.text, tokens, strong=row.number < 0 and column == 0)
    value = row.values[column - 1] if 0 < column < len(COLUMNS) - 1 else math.nan
    if not math.isnan(value):
        whole = cell.width() - EDGE
        rail = QRectF(cell.right() - whole, cell.bottom() - BAR - 1, whole - 2, BAR)
        painter.fillRect(rail, QColor(tokens.plot_grid))
        length = rail.width() * value
        painter.fillRect(QRectF(rail.left(), rail.top(), length, BAR), QColor(tokens.accent_ink))


def _write(painter: QPainter, cell: QRectF, text: str, column: int, ink: str, tokens: Tokens, *,
           strong: bool = False) -> None:
    painter.setFont(fonts.font(tokens, small=True, strong=strong))
    painter.setPen(QColor(ink))
    last = column == len(COLUMNS) - 1
    room = cell.adjusted(0 if column else LEFT, 0, -RIGHT if last else -2, -BAR)
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, room.width() + 1)
    painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)


def _key(row: Row, column: int) -> Any:
    if column == 0:
        return row.name.casefold()
    return row.support if column == len(COLUMNS) - 1 else row.values[column - 1]
