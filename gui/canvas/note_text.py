"""Text wrapped into a note: laid out once for every text and width, not in every paint."""
from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

LINE_SEPARATOR = "\u2028"


class NoteText:
    """Lines of plain text within a width. `height` is that of all lines."""

    def __init__(self, text: str, font: QFont, width: float):
        self._font = font
        self._width = width
        self._layout = QTextLayout(text.replace("\n", LINE_SEPARATOR), font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self._layout.setTextOption(option)
        self._layout.setCacheEnabled(True)
        self.height = self._wrap()

    def paint(self, painter: QPainter, at: QPointF, height: float) -> None:
        """Draw the lines that fit into `height`; the last one says if there are more."""
        lines = [self._layout.lineAt(i) for i in range(self._layout.lineCount())]
        whole = [line for line in lines if line.y() + line.height() <= height + 0.5]
        for line in whole if len(whole) == len(lines) else whole[:-1]:
            line.draw(painter, at)
        if whole and len(whole) < len(lines):
            last = whole[-1]
            start, end = last.textStart(), last.textStart() + last.textLength()
            words = self._layout.text()[start:end].rstrip().replace(LINE_SEPARATOR, "") + "…"
            shown = QFontMetricsF(self._font).elidedText(words, Qt.TextElideMode.ElideRight, self._width)
            painter.setFont(self._font)
            painter.drawText(at + QPointF(0, last.y() + last.ascent()), shown)

    def _wrap(self) -> float:
        bottom = 0.0
        self._layout.beginLayout()
        while (line := self._layout.createLine()).isValid():
            line.setLineWidth(self._width)
            line.setPosition(QPointF(0, bottom))
            bottom += line.height()
        self._layout.endLayout()
        return bottom
