"""The heads of the columns and of the rows: name, kind and role; number and part."""
from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPolygonF
from PySide6.QtWidgets import QHeaderView, QTableView

from gui.explore import words
from gui.explore.table_model import TableModel
from gui.theme import fonts, icons, palette
from gui.theme.tokens import Tokens, mix, readable_on

HEIGHT = 40
CHIP = 15
EDGE = 8


def role_colour(tokens: Tokens, role: str) -> str:
    """The colour of a role: what the network gets, what it is to say, what it never sees."""
    return {"input": tokens.accent_ink, "target": tokens.validation}.get(role, tokens.text_disabled)


class ColumnHeader(QHeaderView):
    """Name over kind and role of every column; an arrow where the rows are sorted by it."""

    def __init__(self, model: TableModel, table: QTableView):
        super().__init__(Qt.Orientation.Horizontal, table)
        self._model = model
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setMinimumSectionSize(48)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), HEIGHT)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        frame, tokens = self._model.frame, palette.current().tokens
        if frame is None or not rect.isValid():
            return
        column, role = frame.columns[logicalIndex], frame.role(logicalIndex, self._model.store.roles)
        painter.save()
        painter.fillRect(rect, QColor(tokens.surface))
        painter.fillRect(QRect(rect.left(), rect.bottom() - 1, rect.width(), 2),
                         QColor(mix(tokens.surface, role_colour(tokens, role), 0.85)))
        inside = rect.adjusted(EDGE, 4, -EDGE, -3)
        right = self._arrow(painter, inside, logicalIndex, tokens)
        top = QRect(inside.left(), inside.top(), right - inside.left(), 17)
        chip(painter, QRectF(top.left(), top.top() + 1, CHIP, CHIP), words.icon(column), role_colour(tokens, role))
        name = top.adjusted(CHIP + 5, 0, 0, 0)
        _write(painter, name, column.spec.name, tokens.text if role != "ignore" else tokens.text_faint, strong=True)
        below = QRect(inside.left() + CHIP + 5, inside.top() + 17, inside.width() - CHIP - 5, 14)
        _write(painter, below, role, tokens.text_muted)
        painter.restore()

    def _arrow(self, painter: QPainter, inside: QRect, section: int, tokens: Tokens) -> int:
        """Where the name has to end."""
        if self._model.sorted is None or self._model.sorted[0] != section:
            return inside.right()
        up = -1 if self._model.sorted[1] else 1
        x, y = inside.right() - 4.0, inside.top() + 9.0
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.accent_ink))
        painter.drawPolygon(QPolygonF([QPointF(x - 4, y + 2.5 * up), QPointF(x + 4, y + 2.5 * up),
                                       QPointF(x, y - 2.5 * up)]))
        return inside.right() - 12


class RowHeader(QHeaderView):
    """The number of each row, and in a thin line the part that it belongs to."""

    def __init__(self, model: TableModel, table: QTableView):
        super().__init__(Qt.Orientation.Vertical, table)
        self._model = model
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setDefaultSectionSize(24)
        self.setMinimumSectionSize(24)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(fonts.font(palette.current().tokens, small=True))
        widest = f"{max(1000, self._model.rowCount()):,}"
        return QSize(metrics.horizontalAdvance(widest) + 24, super().sizeHint().height())

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:
        tokens = palette.current().tokens
        painter.save()
        painter.fillRect(rect, QColor(tokens.surface))
        if (part := self._model.part_of(logicalIndex)) is not None:
            ink = (tokens.train, tokens.validation, tokens.success)[part]
            painter.fillRect(QRect(rect.left() + 3, rect.top() + 1, 3, rect.height() - 2), QColor(ink))
        text = self._model.headerData(logicalIndex, Qt.Orientation.Vertical)
        painter.setFont(fonts.font(tokens, small=True))
        painter.setPen(QColor(tokens.text_faint))
        painter.drawText(rect.adjusted(0, 0, -EDGE, 0), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                         text or "")
        painter.restore()


def chip(painter: QPainter, place: QRectF, icon: str, colour: str) -> None:
    """A small coloured square with an icon."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    painter.drawRoundedRect(place, 3, 3)
    icons.paint(painter, place.adjusted(1.5, 1.5, -1.5, -1.5), icon, readable_on(colour))
    painter.restore()


def _write(painter: QPainter, area: QRect, text: str, ink: str, *, strong: bool = False) -> None:
    font = fonts.font(palette.current().tokens, small=True, strong=strong)
    painter.setFont(font)
    painter.setPen(QColor(ink))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
