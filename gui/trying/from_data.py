"""Samples that are taken from the data only: nobody types a sequence of numbers."""
from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from core.preprocessing import ColumnSpec
from gui.forms import parts
from gui.theme import palette
from gui.trying._way import Row, Way

HEIGHT, INSET = 96, 6.0
# Lines beyond these would hide each other.
MOST = 6


class Trace(QWidget):
    """A series as lines: a step after the other from left to right, a line for each of its numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.values = np.empty((0, 0), np.float32)
        self.setAccessibleName("The series")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_values(self, values: np.ndarray) -> None:
        """Show values (steps, numbers)."""
        self.values = values
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(HEIGHT, HEIGHT)

    def lines(self) -> list[QPolygonF]:
        """Each line in pixels, as high as there is room: what lines measure differs. A gap is drawn over."""
        area = QRectF(self.rect()).adjusted(INSET, INSET, -INSET, -INSET)
        return [_line(line, area) for line in self.values.T[:MOST]] if len(self.values) > 1 else []

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = palette.current().tokens
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(tokens.border), 1))
        painter.setBrush(QColor(tokens.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), tokens.radius_s, tokens.radius_s)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        lines = self.lines()
        for number, line in enumerate(lines):
            painter.setPen(QPen(QColor(tokens.class_colour(number) if len(lines) > 1 else tokens.accent_ink), 1.5))
            painter.drawPolyline(line)
        painter.end()


def _line(values: np.ndarray, area: QRectF) -> QPolygonF:
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    low, high = (low, high) if high > low else (low - 0.5, low + 0.5)
    across, scale = area.width() / (len(values) - 1), area.height() / (high - low)
    return QPolygonF([QPointF(area.left() + step * across, area.bottom() - (value - low) * scale)
                      for step, value in enumerate(values.tolist()) if np.isfinite(value)])


class FromData(Way):
    """Holds the sample that was taken, and shows it as far as it is a series of numbers or of words."""

    clearable = False

    def __init__(self, spec: ColumnSpec | None = None) -> None:
        super().__init__()
        self._row: Row | None = None
        self._spec = spec
        self.trace, self.text = Trace(), parts.label()
        self.trace.hide()
        self.text.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.trace)
        column.addWidget(self.text)

    def row(self) -> Row | None:
        return self._row

    def put(self, row: Row) -> None:
        self._row = row
        spec, value = self._spec, row[0][1]
        if spec is None or not isinstance(value, bytes) or len(spec.shape) > 2:
            return
        sample = np.frombuffer(value, np.float32).reshape(spec.shape[0], -1)
        self.trace.setVisible(not spec.tokens)
        self.text.setVisible(bool(spec.tokens))
        self.trace.show_values(sample)
        self.text.setText(spec.spelled(sample) if spec.tokens else "")

    def clear(self) -> None:
        self._row = None
