"""Lines of a list or a table as a drawing: from the first on, also those that are scrolled out of sight."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QRect, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QTableView

from gui.theme import fonts, palette

HEAD, PAD = 26, 8


class Lines:
    """At most `most` lines of a view, painted by its delegate, with columns of these widths; a table has heads."""

    def __init__(self, view: QAbstractItemView, widths: Sequence[int], most: int):
        self._view, self._widths = view, widths
        self.total = view.model().rowCount()
        self.rows = min(most, self.total)
        self._head = HEAD if isinstance(view, QTableView) else 0

    def note(self, things: str) -> str:
        """What is left out, in a sentence."""
        return f"It shows the first {self.rows:,} of {self.total:,} {things}; a CSV has all of them." \
            if self.rows < self.total else ""

    def size(self) -> QSizeF:
        """In logical pixels."""
        return QSizeF(sum(self._widths), self._head + self.rows * self._height() + PAD)

    def draw(self, painter: QPainter) -> None:
        """Draw it from (0, 0) on."""
        model, height, left = self._view.model(), self._height(), 0
        for column, width in enumerate(self._widths):
            if self._head:
                self._paint_head(painter, QRect(left, 0, width, HEAD), column)
            for row in range(self.rows):
                option = QStyleOptionViewItem()
                # A plain option knows no widget; a delegate asks it for the style.
                option.initFrom(self._view)
                option.widget = self._view
                option.state = QStyle.StateFlag.State_Enabled
                option.rect = QRect(left, self._head + row * height, width, height)
                self._view.itemDelegate().paint(painter, option, model.index(row, column))
            left += width

    def _height(self) -> int:
        """Of a line: they are all alike."""
        if isinstance(self._view, QTableView):
            return self._view.verticalHeader().defaultSectionSize()
        return self._view.sizeHintForRow(0) if self.total else 0

    def _paint_head(self, painter: QPainter, place: QRect, column: int) -> None:
        model, across, tokens = self._view.model(), Qt.Orientation.Horizontal, palette.current().tokens
        painter.setFont(fonts.font(tokens, small=True))
        painter.setPen(QColor(tokens.text_muted))
        side: Any = model.headerData(column, across, Qt.ItemDataRole.TextAlignmentRole)
        right = side is not None and bool(Qt.AlignmentFlag(side) & Qt.AlignmentFlag.AlignRight)
        inside = place.adjusted(12, 0, -8, 0)
        flag = (Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft) | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inside, int(flag), str(model.headerData(column, across)))
        painter.setPen(QPen(QColor(tokens.border)))
        painter.drawLine(place.left(), HEAD - 1, place.right(), HEAD - 1)
