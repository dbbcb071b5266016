"""Tables of numbers side by side, each as a heat map with its numbers written in where there is room."""
from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from core.train.plates import Plate
from gui.plots import picture
from gui.slow.arranging import GAP, HEAD, Block, arranged
from gui.slow.written import Written, written
from gui.theme import fonts
from gui.theme.diverging import diverging_lut
from gui.theme.tokens import Tokens, readable_on

EDGE = 12.0
# The longest name of a table.
NAME = 160.0


@dataclass(frozen=True)
class Shown:
    """A table with its caption, and `words` if its numbers stand for such. It has a colour scale of its own."""

    plate: Plate
    caption: str
    words: tuple[str, ...] = ()


class Tables(QWidget):
    """Draws them from left to right with their signs between them, as large as there is room."""

    def __init__(self, tokens: Tokens):
        super().__init__()
        self._tokens = tokens
        self.shown: tuple[Shown, ...] = ()
        self._images: list[QImage] = []
        self._texts: list[Written] = []
        self._placed: tuple[tuple[int, int], list[QRectF]] | None = None
        self.setMinimumHeight(60)
        self.setAccessibleName("Numbers of this place")

    def put(self, shown: Sequence[Shown], tokens: Tokens) -> None:
        """Show these."""
        self.shown, self._tokens = tuple(shown), tokens
        table = picture.with_gap(diverging_lut(tokens, picture.LEVELS), tokens.plot)
        self._images = [_image(one.plate.table, table) for one in shown]
        self._texts, self._placed = [written(one.plate.table, one.words) for one in shown], None
        self.setAccessibleDescription("; ".join(one.caption for one in shown))
        self.update()

    def boxes(self) -> list[QRectF]:
        """Where the tables stand: in one line, or in several where their names and numbers need more room."""
        size = (self.width(), self.height())
        if self._placed is None or self._placed[0] != size:
            small = QFontMetricsF(fonts.font(self._tokens, small=True))
            blocks = [_block(one, text, small) for one, text in zip(self.shown, self._texts, strict=True)]
            self._placed = size, arranged(blocks, QRectF(self.rect()).adjusted(EDGE, 0, -EDGE, -8))
        return self._placed[1]

    def numbers(self) -> list[Written | None]:
        """What stands in the cells of each table; nothing where they are too small for it."""
        small = QFontMetricsF(fonts.font(self._tokens, small=True))
        return [text if text.rows and _block(one, text, small).filled(box.width(), box.height()) else None
                for one, text, box in zip(self.shown, self._texts, self.boxes(), strict=True)]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens, small = self._tokens, fonts.font(self._tokens, small=True)
        painter.fillRect(self.rect(), QColor(tokens.plot))
        boxes, texts = self.boxes(), self.numbers()
        for number, (one, image, box) in enumerate(zip(self.shown, self._images, boxes, strict=True)):
            first = not number or boxes[number - 1].left() >= box.left()
            self._name(painter, one, texts[number], box, f"{one.plate.sign} " if number and first else "")
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.drawImage(box, image)
            painter.setPen(QColor(tokens.border))
            painter.drawRect(box)
            if (text := texts[number]) is not None:
                self._write(painter, one.plate, text, box, small)
            if not first:
                self._sign(painter, box, one)
        painter.end()

    def _sign(self, painter: QPainter, box: QRectF, one: Shown) -> None:
        painter.setPen(QColor(self._tokens.text_faint))
        painter.setFont(fonts.font(self._tokens))
        place = QRect(round(box.left() - GAP), round(box.center().y() - 12), round(GAP), 24)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, one.plate.sign)

    def _name(self, painter: QPainter, one: Shown, text: Written | None, box: QRectF, sign: str) -> None:
        """Its caption, with its sign where it begins a line."""
        small = fonts.font(self._tokens, small=True)
        metrics = QFontMetricsF(small)
        words = f"{sign.removeprefix(',').lstrip()}{_named(one, text)}"
        line = QRectF(box.left(), box.top() - HEAD + 2, max(box.width(), min(NAME, metrics.horizontalAdvance(words)))
                      + GAP - 6, HEAD - 4)
        painter.setFont(small)
        painter.setPen(QColor(self._tokens.text_muted))
        painter.drawText(line, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft,
                         metrics.elidedText(words, Qt.TextElideMode.ElideRight, line.width()))

    def _write(self, painter: QPainter, plate: Plate, text: Written, box: QRectF, font: QFont) -> None:
        rows, columns = plate.table.shape
        width, height = box.width() / columns, box.height() / rows
        scale = float(np.nanmax(np.abs(plate.table), initial=0.0, where=np.isfinite(plate.table)))
        painter.setFont(font)
        for row in range(rows):
            for column in range(columns):
                value = float(plate.table[row, column])
                ground = self._tokens.signed(value / scale if scale and np.isfinite(value) else 0.0)
                painter.setPen(QColor(readable_on(ground)))
                cell = QRectF(box.left() + column * width, box.top() + row * height, width, height)
                painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, text.rows[row][column])

    def value_at(self, place: QPointF) -> str:
        """The number under a place, in words; empty beside the tables."""
        for one, box in zip(self.shown, self.boxes(), strict=True):
            if box.contains(place):
                rows, columns = one.plate.table.shape
                row = min(rows - 1, int((place.y() - box.top()) / box.height() * rows))
                column = min(columns - 1, int((place.x() - box.left()) / box.width() * columns))
                value = float(one.plate.table[row, column])
                word = f"  {one.words[int(value)]}" if one.words and 0 <= value < len(one.words) else ""
                return f"{one.caption}: {value:.6g}{word}"
        return ""


def _named(one: Shown, text: Written | None) -> str:
    return f"{one.caption}  {text.factor}" if text is not None and text.factor else one.caption


def _block(one: Shown, text: Written, small: QFontMetricsF) -> Block:
    """What a table needs: without numbers no cell is large enough for them."""
    rows, columns = one.plate.table.shape
    widest = max((small.horizontalAdvance(cell) for row in text.rows for cell in row), default=math.inf)
    return Block(rows, columns, min(NAME, small.horizontalAdvance(_named(one, text))),
                 (widest + 5, small.capHeight() + 6), not one.plate.sign, len(one.plate.shape) > 2)


def _image(table: np.ndarray, colours: picture.Colours) -> QImage:
    finite = np.abs(table[np.isfinite(table)])
    scale = float(finite.max()) if finite.size and finite.max() > 0 else 1.0
    pixels = np.ascontiguousarray(colours.take(picture.levels(table.astype(float), -scale, scale), mode="clip"))
    rows, columns = pixels.shape
    # The image does not own its pixels, its copy does.
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()
