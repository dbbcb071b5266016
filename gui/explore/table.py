"""All rows, as they are."""
from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPoint, Qt, Slot
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QMenu,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from core.datasets import ROLES
from core.graph import roles
from core.graph.document import Document
from core.statistics import Frame
from gui.explore import words
from gui.explore.header import ColumnHeader, RowHeader
from gui.explore.store import Store
from gui.explore.table_model import Index, TableModel
from gui.explore.view import View
from gui.forms.quiet import small
from gui.panels._base import Exportable
from gui.plots.whole_table import WholeTable
from gui.theme import fonts, palette

WIDTH, WIDEST = 88, 200
LEAST = {"text": 320, "date": 104}
# What the head of a column has beside its name.
BESIDE = 52
# So many rows and columns of a table make a page.
ROWS, COLUMNS = 200, 30
# Where values begin and end in their cell, and how long the mark for a missing one is.
EDGE, DASH = 10, 12


class CellDelegate(QStyledItemDelegate):
    """Marks where a value is missing."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        if not index.data():
            ink = QColor(palette.current().tokens.warning)
            ink.setAlpha(120)
            self.initStyleOption(option, index)
            right = bool(option.displayAlignment & Qt.AlignmentFlag.AlignRight)
            left = option.rect.right() - EDGE - DASH if right else option.rect.left() + EDGE
            painter.fillRect(left, option.rect.center().y(), DASH, 2, ink)


class TableView(View):
    """The rows; a click on a head sorts by it, the right button gives it another role."""

    title = "Table"

    def __init__(self, store: Store):
        super().__init__(store)
        self.model = TableModel(store)
        self.table = QTableView()
        self.table.setProperty("role", "plain")
        self.table.setModel(self.model)
        self.table.setItemDelegate(CellDelegate(self.table))
        self.table.setAccessibleName("Rows of the data")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self.table.setAlternatingRowColors(False)
        self.heads, self.numbers = ColumnHeader(self.model, self.table), RowHeader(self.model, self.table)
        self.table.setHorizontalHeader(self.heads)
        self.table.setVerticalHeader(self.numbers)
        self.heads.sectionClicked.connect(self._sort)
        self.heads.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.heads.customContextMenuRequested.connect(self._offer)
        self.jump = QLineEdit()
        self.jump.setPlaceholderText("Go to row")
        self.jump.setAccessibleName("Go to row")
        self.jump.setToolTip("Show the row with this number; Enter goes there.")
        self.jump.setFixedWidth(96)
        self.jump.returnPressed.connect(self._jump)
        self.hint = small("A click on a head sorts; the right button gives the column another role.")
        self.controls.addWidget(self.jump)
        self.controls.addWidget(self.hint, 1)
        self.column.addLayout(self.controls)
        self.column.addWidget(self.table, 1)
        self._by: tuple[int, bool] | None = None
        store.ordered.connect(self._ordered)

    @classmethod
    def offered(cls, frame: Frame) -> bool:
        return True

    def show_frame(self) -> None:
        frame = self.frame
        if frame is self.model.frame:
            self.heads.viewport().update()
            return
        self._by = None
        self.model.put(frame)
        self.heads.setDefaultSectionSize(WIDTH)
        metrics = QFontMetrics(fonts.font(self.tokens, small=True, strong=True))
        for place, column in enumerate(frame.columns):
            wide = min(WIDEST, metrics.horizontalAdvance(column.spec.name) + BESIDE)
            wide = max(wide, LEAST.get(column.spec.kind, 0))
            if column.spec.shape and len(column):
                wide = max(wide, min(WIDEST, metrics.horizontalAdvance(words.cell(column, 0, 0)) + BESIDE))
            wide = max(wide, WIDTH)
            # The widths of the data before are kept.
            if wide != self.table.columnWidth(place):
                self.table.setColumnWidth(place, wide)
        self.numbers.updateGeometry()

    def sort_by(self, column: int, descending: bool | None) -> None:
        """Sort the rows by a column; None is the order of the data."""
        if descending is None:
            self._by = None
            self.store.context.desk.stop("explore.order")
            self.model.set_order(None, None)
            self.heads.viewport().update()
        else:
            self._by = column, descending
            self.store.want_order(column, descending)

    def role_menu(self, column: int) -> QMenu:
        """What can be done with a column. It deletes itself when closed."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        present, owner = self.frame.role(column, self.store.roles), self.frame.owners[column]
        for role, label in ROLES.items():
            action = menu.addAction(label)
            action.setCheckable(True)
            action.setChecked(role == present)
            action.setEnabled(bool(owner))
            action.triggered.connect(lambda _=False, role=role: self.give_role(owner, role))
        menu.addSeparator()
        menu.addAction("Sort Ascending", lambda: self.sort_by(column, False))
        menu.addAction("Sort Descending", lambda: self.sort_by(column, True))
        menu.addAction("Order of the Data", lambda: self.sort_by(column, None))
        return menu

    def give_role(self, name: str, role: str) -> None:
        """Use a column as input or target, or not at all: one step that can be undone."""
        def change(document: Document) -> Document:
            return roles.aim_at(document, name) if role == "target" else roles.set_role(document, [name], role)

        self.store.context.edit(f"Use {name} as {ROLES[role]}", change)

    def exports(self) -> Exportable | None:
        count, columns = self.model.rowCount(), range(min(COLUMNS, self.model.columnCount()))
        page = WholeTable(self.model, columns, most=ROWS, numbered=True)
        parts = [f"{shown:,} of {whole:,} {things}" for shown, whole, things in (
            (page.rows, count, "rows"), (len(columns), self.model.columnCount(), "columns")) if shown < whole]
        note = f"It shows the first {' and the first '.join(parts)}; a CSV has all of them." if parts else ""
        return Exportable("table", page, self._rows, note)

    @Slot(int)
    def _sort(self, column: int) -> None:
        """Upwards, downwards, as it was."""
        if self._by is None or self._by[0] != column:
            self.sort_by(column, False)
        else:
            self.sort_by(column, None if self._by[1] else True)

    @Slot(object)
    def _ordered(self, places: np.ndarray) -> None:
        if self._by is not None and self.model.frame is self.store.frame:
            self.model.set_order(places, self._by)
            self.table.scrollToTop()
            self.heads.viewport().update()

    @Slot(QPoint)
    def _offer(self, at: QPoint) -> None:
        column = self.heads.logicalIndexAt(at)
        if column >= 0:
            self.role_menu(column).popup(self.heads.viewport().mapToGlobal(at))

    @Slot()
    def _jump(self) -> None:
        text = self.jump.text().replace(",", "").replace(" ", "")
        if self.model.rowCount() and text.isdecimal() and int(text):
            line = self.model.line_of(min(int(text), self.model.rowCount()) - 1)
            self.table.selectRow(line)
            self.table.scrollTo(self.model.index(line, 0), QAbstractItemView.ScrollHint.PositionAtCenter)

    def _rows(self) -> tuple[list[str], list[list[float | str]]]:
        frame, order = self.frame, [self.model.row_at(line) for line in range(self.model.rowCount())]
        columns = [words.plain(column, order) for column in frame.columns]
        rows: list[list[float | str]] = [[row + 1, *cells] for row, cells in
                                         zip(order, zip(*columns, strict=True), strict=True)]
        return ["row", *(column.spec.name for column in frame.columns)], rows
