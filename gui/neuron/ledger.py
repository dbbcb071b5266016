"""Numbers below each other, with bars for those that are added up; rows of neurons can be followed."""
from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from core.train.references import NeuronRef
from gui.theme import fonts, palette
from gui.theme.tokens import Tokens

ROW = 19
FIGURE = 60
NOTE = 108
GAP = 8
BAR = 7
# In less room the factors are left to the tool tip.
ROOMY = 330
LONGEST = 0.4


@dataclass(frozen=True, slots=True)
class Row:
    """`name` on the left, `note` (such as the factors) beside it, `figure` on the right. With `size` there is a bar for
    it in between, to the left of the middle if it is negative. A row that has a `neuron` leads there. `brief` stands
    for a name that there is no room for; a `heading` is the title of the rows below it."""

    name: str
    figure: str = ""
    note: str = ""
    size: float | None = None
    neuron: NeuronRef | None = None
    strong: bool = False
    muted: bool = False
    tip: str = ""
    brief: str = ""
    heading: bool = False


class Ledger(QWidget):
    """`followed` carries the neuron of a row that was clicked, or entered with the keyboard."""

    followed = Signal(object)

    def __init__(self, name: str):
        super().__init__()
        self.rows: tuple[Row, ...] = ()
        self._at = -1
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these and no others; paints only if they differ."""
        wanted = tuple(rows)
        if wanted == self.rows:
            return
        height = len(self.rows)
        self.rows = wanted
        ways = any(row.neuron is not None for row in wanted)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if ways else Qt.FocusPolicy.NoFocus)
        self._at = min(self._at, len(wanted) - 1)
        if len(wanted) != height:
            self.updateGeometry()
        self.setVisible(bool(wanted))
        self.update()

    def describe(self) -> None:
        """Tell screen readers what is shown now."""
        self.setAccessibleDescription(", ".join(f"{row.name} {row.figure}".strip() for row in self.rows))

    def sizeHint(self) -> QSize:
        return QSize(180, ROW * len(self.rows))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def row_at(self, y: float) -> Row | None:
        """The row at a height."""
        place = int(y // ROW)
        return self.rows[place] if 0 <= place < len(self.rows) else None

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens, metrics = palette.current().tokens, QFontMetricsF(fonts.font(palette.current().tokens))
        sizes = [abs(row.size) for row in self.rows if row.size is not None and math.isfinite(row.size)]
        names = max((metrics.horizontalAdvance(row.name) for row in self.rows if row.size is not None), default=0.0)
        names = min(names + 2, LONGEST * self.width())
        for place, row in enumerate(self.rows):
            area = QRectF(0, place * ROW, self.width(), ROW)
            if place == self._at and row.neuron is not None:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(tokens.hover))
                painter.drawRoundedRect(area.adjusted(-2, 0, 2, 0), 3, 3)
            self._paint(painter, tokens, row, area, names, max(sizes, default=0.0))
        painter.end()

    def _paint(self, painter: QPainter, tokens: Tokens, row: Row, area: QRectF, names: float, largest: float) -> None:
        right = area.right()
        if row.heading:
            self._heading(painter, tokens, row.name, area)
            return
        if row.figure:
            painter.setFont(fonts.font(tokens, strong=row.strong))
            painter.setPen(QColor(tokens.text_muted if row.muted else tokens.text))
            width = painter.fontMetrics().horizontalAdvance(row.figure) + 2 if row.size is None else FIGURE
            painter.drawText(QRectF(right - width, area.top(), width, ROW), _RIGHT, row.figure)
            right -= width + GAP
        roomy = self.width() >= ROOMY
        if row.size is None:
            if row.note and roomy:
                right -= self._note(painter, tokens, row.note, right, area) + GAP
            self._name(painter, tokens, row, QRectF(0, area.top(), right, ROW))
            return
        self._name(painter, tokens, row, QRectF(0, area.top(), names, ROW))
        if roomy and row.note:
            self._note(painter, tokens, row.note, right, area)
        right -= NOTE + GAP if roomy else 0
        self._bar(painter, tokens, QRectF(names + GAP, area.top(), right - names - GAP, ROW), row.size, largest)

    def _heading(self, painter: QPainter, tokens: Tokens, text: str, area: QRectF) -> None:
        painter.setFont(fonts.font(tokens, small=True))
        painter.setPen(QColor(tokens.text_muted))
        low = area.adjusted(0, 3, 0, 0)
        painter.drawText(low, _LEFT, text)
        left = painter.fontMetrics().horizontalAdvance(text) + GAP
        painter.fillRect(QRectF(left, low.center().y(), max(0.0, area.width() - left), 1), QColor(tokens.border))

    def _name(self, painter: QPainter, tokens: Tokens, row: Row, area: QRectF) -> None:
        painter.setFont(fonts.font(tokens, strong=row.strong))
        painter.setPen(QColor(tokens.accent_ink if row.neuron is not None else
                              tokens.text if row.strong else tokens.text_muted))
        wide = painter.fontMetrics().horizontalAdvance(row.name) > area.width()
        # Which of its neurons it is stands at the end of a name.
        cut = Qt.TextElideMode.ElideMiddle if row.neuron is not None else Qt.TextElideMode.ElideRight
        name = painter.fontMetrics().elidedText(row.brief if wide and row.brief else row.name, cut, int(area.width()))
        painter.drawText(area, _LEFT, name)

    def _note(self, painter: QPainter, tokens: Tokens, text: str, right: float, area: QRectF) -> float:
        painter.setFont(fonts.font(tokens, small=True))
        painter.setPen(QColor(tokens.text_muted))
        width = max(NOTE, painter.fontMetrics().horizontalAdvance(text) + 2)
        painter.drawText(QRectF(right - width, area.top(), width, ROW), _RIGHT, text)
        return float(width)

    def _bar(self, painter: QPainter, tokens: Tokens, area: QRectF, size: float, largest: float) -> None:
        if area.width() < 12:
            return
        middle = area.center()
        painter.fillRect(QRectF(middle.x() - 0.5, area.top() + 2, 1, ROW - 4), QColor(tokens.border_strong))
        if not largest or not math.isfinite(size):
            return
        length = abs(size) / largest * (area.width() / 2 - 1)
        left = middle.x() + 0.5 if size > 0 else middle.x() - 0.5 - length
        painter.fillRect(QRectF(left, middle.y() - BAR / 2, length, BAR),
                         QColor(tokens.positive if size > 0 else tokens.negative))

    # Following

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self.row_at(event.position().y())
        if event.button() == Qt.MouseButton.LeftButton and row is not None and row.neuron is not None:
            self.followed.emit(row.neuron)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        self._point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ways = [place for place, row in enumerate(self.rows) if row.neuron is not None]
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and ways:
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            now = ways.index(self._at) + step if self._at in ways else 0
            self._at = ways[max(0, min(len(ways) - 1, now))]
            self.update()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._at in ways:
            self.followed.emit(self.rows[self._at].neuron)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self.row_at(event.pos().y())
            text = "" if row is None else row.tip or " ".join(filter(None, (row.name, row.note, "=" * bool(row.note),
                                                                            row.figure)))
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def _point(self, place: QPointF | None) -> None:
        row = None if place is None else self.row_at(place.y())
        at = -1 if place is None or row is None else int(place.y() // ROW)
        if at != self._at:
            self._at = at
            way = row is not None and row.neuron is not None
            self.setCursor(Qt.CursorShape.PointingHandCursor if way else Qt.CursorShape.ArrowCursor)
            self.update()


_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
