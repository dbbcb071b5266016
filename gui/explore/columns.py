"""Every column at a glance: how its values are spread, and its measures."""
from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from core.statistics import Frame
from gui.explore import bars, words
from gui.explore.columns_model import BARS, COLUMN, FIRST, MISSING, NAMES, ColumnsModel, Index
from gui.explore.header import CHIP, chip, role_colour
from gui.explore.lines import Lines
from gui.explore.store import Store
from gui.explore.view import View
from gui.panels._base import Exportable
from gui.theme import fonts, palette

NARROW, WIDE = {COLUMN: 130, BARS: 84}, {COLUMN: 240, BARS: 320}
# Pixels: a column of numbers at least, and what it takes more where there is room.
WIDTH, SPARE = 44, 32
HEIGHT = 40
# So many lines say how wide a column of numbers has to be.
LOOKED_AT = 200
# So many make a page.
ROWS = 100


class ColumnDelegate(QStyledItemDelegate):
    """Paints names with their role, bars, and numbers that tell of a fault in the colour of warnings."""

    def __init__(self, model: ColumnsModel, view: QTableView):
        super().__init__(view)
        self._model = model

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        option.widget.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter,
                                            option.widget)
        painter.save()
        if index.column() == COLUMN:
            self._paint_name(painter, option.rect, index)
        elif index.column() == BARS:
            self._paint_bars(painter, option.rect, index)
        else:
            self._paint_number(painter, option.rect, index)
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem,
                  index: Index) -> bool:
        if event.type() == QEvent.Type.ToolTip and index.column() == BARS:
            text = self.tip(QRectF(option.rect), QPointF(event.pos()), index.row())
            QToolTip.showText(event.globalPos(), text, view)
            return True
        return super().helpEvent(event, view, option, index)

    def tip(self, rect: QRectF, at: QPointF, line: int) -> str:
        """What stands at a place of the bars of a line."""
        found, frame, labels = self._model.summary(line), self._model.frame, self._model.store.labels
        if found is None or frame is None:
            return ""
        bar = bars.bar_at(_inside(rect), QPointF(at.x(), _inside(rect).center().y()), found)
        if bar is None:
            return ""
        column = frame.columns[self._model.place_at(line)]
        return bars.describe(column, found, bar, labels.names if labels is not None else ())

    def _paint_name(self, painter: QPainter, rect: QRect, index: Index) -> None:
        tokens, frame = palette.current().tokens, self._model.frame
        assert frame is not None
        column, role = frame.columns[self._model.place_at(index.row())], self._model.role(index.row())
        left = rect.left() + 12
        chip(painter, QRectF(left, rect.center().y() - 15, CHIP, CHIP), words.icon(column), role_colour(tokens, role))
        area = rect.adjusted(12 + CHIP + 6, 3, -6, 0)
        _write(painter, QRect(area.left(), area.top(), area.width(), 18), column.spec.name, tokens.text, strong=True)
        _write(painter, QRect(area.left(), area.top() + 17, area.width(), 15), f"{words.kind(column)}, {role}",
               tokens.text_muted, small=True)

    def _paint_bars(self, painter: QPainter, rect: QRect, index: Index) -> None:
        found, labels = self._model.summary(index.row()), self._model.store.labels
        if found is not None:
            classes = len(labels.names) if labels is not None else 0
            bars.draw(painter, _inside(QRectF(rect)), found, classes, palette.current().tokens)

    def _paint_number(self, painter: QPainter, rect: QRect, index: Index) -> None:
        tokens, found = palette.current().tokens, self._model.summary(index.row())
        ink = tokens.text
        if index.column() == MISSING and found is not None:
            ink = tokens.warning if found.missing or found.infinite else tokens.text_faint
        elif index.column() == FIRST - 1 and found is not None and found.constant and found.rows > 1:
            ink = tokens.warning
        _write(painter, rect.adjusted(2, 0, -8, 0), index.data() or "", ink, right=True)


class ColumnsView(View):
    """The columns; a click on a head sorts them by a measure."""

    title = "Columns"

    def __init__(self, store: Store):
        super().__init__(store)
        self.model = ColumnsModel(store)
        self.table = QTableView()
        self.table.setProperty("role", "plain")
        self.table.setModel(self.model)
        self.table.setAccessibleName("Columns of the data")
        self.delegate = ColumnDelegate(self.model, self.table)
        self.table.setItemDelegate(self.delegate)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setTabKeyNavigation(False)
        self.table.setShowGrid(False)
        self._set_sections()
        self.column.addWidget(self.table, 1)
        store.summarised.connect(self._summarised)

    def _set_sections(self) -> None:
        rows, heads = self.table.verticalHeader(), self.table.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(HEIGHT)
        heads.setHighlightSections(False)
        heads.setMinimumSectionSize(40)
        heads.setSortIndicatorClearable(True)
        heads.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.table.setSortingEnabled(True)

    @classmethod
    def offered(cls, frame: Frame) -> bool:
        return True

    def show_frame(self) -> None:
        if self.frame is not self.model.frame:
            self.model.put(self.frame)
            self.table.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.store.want_summaries()
        self._fit()
        self.table.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Numbers take the room that they need, names and bars share the rest."""
        metrics, heads = QFontMetrics(fonts.font(self.tokens)), QFontMetrics(fonts.font(self.tokens, small=True))
        lines, widths = range(min(LOOKED_AT, self.model.rowCount())), {}
        for section in range(MISSING, len(NAMES)):
            widest = max((metrics.horizontalAdvance(self.model.text(line, section)) for line in lines), default=0)
            widths[section] = max(WIDTH, widest + 13, heads.horizontalAdvance(NAMES[section]) + 20)
        rest = self.table.viewport().width() - sum(widths.values())
        spare = max(0, min(SPARE, (rest - sum(WIDE.values())) // len(widths)))
        for section, width in widths.items():
            self.table.setColumnWidth(section, width + spare)
        for section, share in ((COLUMN, 0.55), (BARS, 0.45)):
            self.table.setColumnWidth(section, max(NARROW[section], min(WIDE[section], int(share * rest))))

    def exports(self) -> Exportable | None:
        if not self.store.summaries:
            return None
        page = Lines(self.table, [self.table.columnWidth(section) for section in range(len(NAMES))], ROWS)
        return Exportable("columns", page, self._rows, page.note("columns"))

    @Slot()
    def _summarised(self) -> None:
        if self.isVisible():
            self._fit()
            self.table.viewport().update()

    def _rows(self) -> tuple[list[str], list[list[float | str]]]:
        names = [name for name in NAMES if name != NAMES[BARS]]
        rows: list[list[float | str]] = []
        for place, found in enumerate(self.store.summaries):
            rows.append([self.frame.columns[place].spec.name, found.missing, found.distinct, found.mean,
                         found.deviation, found.low, found.lower, found.median, found.upper, found.high])
        return names, rows


def _inside(rect: QRectF) -> QRectF:
    return rect.adjusted(6, 5, -10, -6)


def _write(painter: QPainter, area: QRect, text: str, ink: str, *, strong: bool = False, small: bool = False,
           right: bool = False) -> None:
    font = fonts.font(palette.current().tokens, small=small, strong=strong)
    painter.setFont(font)
    painter.setPen(QColor(ink))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)
