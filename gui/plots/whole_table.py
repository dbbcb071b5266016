"""A table as a drawing: all of it, also what is scrolled out of sight."""
from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from gui.theme import fonts, palette

LINE, EDGE, GAP = 24.0, 8.0, 20.0
WIDEST = 320.0
NUMBERS = -1
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class WholeTable:
    """Chosen columns of a model with their titles; every column is as wide as what stands in it.

    `most` is how many rows there are at most; with `numbered` the names of the rows stand before them.
    """

    def __init__(self, model: QAbstractItemModel, columns: Sequence[int], *, most: int | None = None,
                 numbered: bool = False):
        self._model, self._most = model, most
        self._columns = [NUMBERS, *columns] if numbered else columns

    @property
    def rows(self) -> int:
        """How many rows are drawn."""
        count = self._model.rowCount()
        return count if self._most is None else min(count, self._most)

    def size(self) -> QSizeF:
        """In logical pixels."""
        widths = self._widths()
        return QSizeF(sum(widths) + GAP * (len(widths) - 1) + 2 * EDGE, LINE * (self.rows + 1) + EDGE)

    def draw(self, painter: QPainter) -> None:
        """Draw it from (0, 0) on."""
        tokens, widths, left = palette.current().tokens, self._widths(), EDGE
        for column, width in zip(self._columns, widths, strict=True):
            for number, (text, font, side) in enumerate(self._cells(column)):
                cell = QRectF(left, number * LINE, width, LINE)
                painter.setFont(font)
                painter.setPen(QColor(tokens.text if number else tokens.text_muted))
                shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, width + 1)
                painter.drawText(cell, side, shown)
            left += width + GAP
        painter.setPen(QPen(QColor(tokens.border)))
        painter.drawLine(0, int(LINE), int(self.size().width()), int(LINE))

    def _widths(self) -> list[float]:
        return [min(WIDEST, max(QFontMetricsF(font).horizontalAdvance(text) for text, font, _ in self._cells(column)))
                for column in self._columns]

    def _cells(self, column: int) -> Iterator[tuple[str, QFont, Qt.AlignmentFlag]]:
        """The title of a column and what stands below it, each with its font and its side."""
        across, plain = Qt.Orientation.Horizontal, fonts.font(palette.current().tokens)
        if column == NUMBERS:
            yield "Row", plain, _RIGHT
            for row in range(self.rows):
                yield str(self._model.headerData(row, Qt.Orientation.Vertical)), plain, _RIGHT
            return
        head: Any = self._model.headerData(column, across, Qt.ItemDataRole.DisplayRole)
        yield str(head), plain, _side(self._model.headerData(column, across, Qt.ItemDataRole.TextAlignmentRole))
        for row in range(self.rows):
            index = self._model.index(row, column)
            font: Any = index.data(Qt.ItemDataRole.FontRole)
            yield (str(index.data()), plain if font is None else font,
                   _side(index.data(Qt.ItemDataRole.TextAlignmentRole)))


def _side(found: Any) -> Qt.AlignmentFlag:
    """A model that does not say leaves words at the left."""
    return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter if found is None else Qt.AlignmentFlag(found)
