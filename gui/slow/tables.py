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
from gui.plots import numbers, picture
from gui.slow.words import power
from gui.theme import fonts
from gui.theme.diverging import diverging_lut
from gui.theme.tokens import Tokens, readable_on

GAP, HEAD, LEAST, EDGE = 28.0, 22.0, 44.0, 12.0
# A cell is no larger than that: few numbers do not become walls.
LARGEST_CELL, ROW = 52.0, 28.0
WIDEST = 420.0


@dataclass(frozen=True)
class Shown:
    """A table with its caption. It has a colour scale of its own."""

    plate: Plate
    caption: str


class Tables(QWidget):
    """Draws them from left to right with their signs between them, as large as there is room."""

    def __init__(self, tokens: Tokens):
        super().__init__()
        self._tokens = tokens
        self.shown: tuple[Shown, ...] = ()
        self._images: list[QImage] = []
        self.setMinimumHeight(60)
        self.setAccessibleName("Numbers of this place")

    def put(self, shown: Sequence[Shown], tokens: Tokens) -> None:
        """Show these."""
        self.shown, self._tokens = tuple(shown), tokens
        table = picture.with_gap(diverging_lut(tokens, picture.LEVELS), tokens.plot)
        self._images = [_image(one.plate.table, table) for one in shown]
        self.setAccessibleDescription("; ".join(one.caption for one in shown))
        self.update()

    def boxes(self) -> list[QRectF]:
        """Where the tables stand: in one line, or in several where their names need more room than there is."""
        if not self.shown:
            return []
        room = QRectF(self.rect()).adjusted(EDGE, 0, -EDGE, -8)
        lines = self._lines(room.width())
        height = room.height() / len(lines)
        return [box for number, line in enumerate(lines) for box in self._line(
            line, QRectF(room.left(), room.top() + number * height + HEAD, room.width(), max(16.0, height - HEAD)))]

    def _lines(self, room: float) -> list[range]:
        """What stands in each line: tables that belong together in one, if that has room for their names."""
        least = [need + GAP for need in self._least()]
        starts = [number for number, one in enumerate(self.shown) if not number or not one.plate.sign]
        lines = [range(0)]
        for start, end in zip(starts, [*starts[1:], len(self.shown)], strict=True):
            if sum(least[lines[-1].start : end]) - GAP <= room or not lines[-1]:
                lines[-1] = range(lines[-1].start, end)
            else:
                lines.append(range(start, end))
        return [part for line in lines for part in _even(line, sum(least[line.start : line.stop]) - GAP, room)]

    def _line(self, chosen: range, room: QRectF) -> list[QRectF]:
        least = [self._least()[number] for number in chosen]
        free = max(40.0, room.width() - GAP * (len(chosen) - 1))
        widths, heights = _sizes([self.shown[number].plate for number in chosen], least, free, max(20.0, room.height()))
        left, found = room.left(), []
        for need, width, height in zip(least, widths, heights, strict=True):
            found.append(QRectF(left, room.top() + (room.height() - height) / 2, width, height))
            left += max(width, need) + GAP
        return found

    def _least(self) -> list[float]:
        metrics = QFontMetricsF(fonts.font(self._tokens, small=True))
        return [min(140.0, metrics.horizontalAdvance(one.caption)) for one in self.shown]

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        tokens, small = self._tokens, fonts.font(self._tokens, small=True)
        painter.fillRect(self.rect(), QColor(tokens.plot))
        boxes, least = self.boxes(), self._least()
        for number, (one, image, box) in enumerate(zip(self.shown, self._images, boxes, strict=True)):
            painter.setFont(small)
            painter.setPen(QColor(tokens.text_muted))
            line = QRectF(box.left(), box.top() - HEAD + 2, max(box.width(), least[number]) + GAP - 6, HEAD - 4)
            text = QFontMetricsF(small).elidedText(one.caption, Qt.TextElideMode.ElideRight, line.width())
            painter.drawText(line, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, text)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.drawImage(box, image)
            painter.setPen(QColor(tokens.border))
            painter.drawRect(box)
            self._write(painter, one.plate, box, small)
            if number and boxes[number - 1].left() < box.left():
                self._sign(painter, box, one)
        painter.end()

    def _sign(self, painter: QPainter, box: QRectF, one: Shown) -> None:
        painter.setPen(QColor(self._tokens.text_faint))
        painter.setFont(fonts.font(self._tokens))
        place = QRect(round(box.left() - GAP), round(box.center().y() - 12), round(GAP), 24)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, one.plate.sign)

    def _write(self, painter: QPainter, plate: Plate, box: QRectF, font: QFont) -> None:
        rows, columns = plate.table.shape
        width, height = box.width() / columns, box.height() / rows
        metrics = QFontMetricsF(font)
        if width < metrics.horizontalAdvance(f"{numbers.MINUS}0.00") + 4 or height < metrics.capHeight() + 6:
            return
        scale = float(np.nanmax(np.abs(plate.table), initial=0.0, where=np.isfinite(plate.table)))
        painter.setFont(font)
        for row in range(rows):
            for column in range(columns):
                value = float(plate.table[row, column])
                ground = self._tokens.signed(value / scale if scale and np.isfinite(value) else 0.0)
                painter.setPen(QColor(readable_on(ground)))
                cell = QRectF(box.left() + column * width, box.top() + row * height, width, height)
                painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, _number(value))

    def value_at(self, place: QPointF) -> str:
        """The number under a place, in words; empty beside the tables."""
        for one, box in zip(self.shown, self.boxes(), strict=True):
            if box.contains(place):
                rows, columns = one.plate.table.shape
                row = min(rows - 1, int((place.y() - box.top()) / box.height() * rows))
                column = min(columns - 1, int((place.x() - box.left()) / box.width() * columns))
                return f"{one.caption}: {float(one.plate.table[row, column]):.6g}"
        return ""


def _even(line: range, wanted: float, room: float) -> list[range]:
    """A line in as many pieces as it needs, as long as each other."""
    each = math.ceil(len(line) / max(1, math.ceil(wanted / max(1.0, room))))
    return [line[start : start + each] for start in range(0, len(line), each)]


def _sizes(plates: Sequence[Plate], least: Sequence[float], width: float,
           height: float) -> tuple[list[float], list[float]]:
    """Widths and heights of tables that stand in a row: each as large as it needs, smaller where there is no room."""
    wanted = [_natural(plate.table.shape[0], plate.table.shape[1], height) for plate in plates]
    share = _share([own for own, _ in wanted], [max(LEAST, need) for need in least], width)
    widths = [max(LEAST, own * share) for own, _ in wanted]
    # A picture keeps its proportions; what lies in rows and columns need not.
    heights = [tall * share if len(plate.shape) > 2 else tall for plate, (_, tall) in zip(plates, wanted, strict=True)]
    return widths, heights


def _share(wanted: Sequence[float], least: Sequence[float], width: float) -> float:
    """Which part of the widths that they want tables get, if none takes less room than its name."""
    share = 1.0
    for _ in wanted:
        loose = sum(own for own, need in zip(wanted, least, strict=True) if own * share > need)
        names = sum(need for own, need in zip(wanted, least, strict=True) if own * share <= need)
        share = min(share, max(0.0, width - names) / loose) if loose else share
    return share


def _natural(rows: int, columns: int, height: float) -> tuple[float, float]:
    if rows == 1:
        return max(LEAST, min(columns * LARGEST_CELL, WIDEST)), ROW
    cell = min(LARGEST_CELL, height / rows)
    return max(LEAST, min(columns * cell, WIDEST)), rows * cell


def _image(table: np.ndarray, colours: picture.Colours) -> QImage:
    finite = np.abs(table[np.isfinite(table)])
    scale = float(finite.max()) if finite.size and finite.max() > 0 else 1.0
    pixels = np.ascontiguousarray(colours.take(picture.levels(table.astype(float), -scale, scale), mode="clip"))
    rows, columns = pixels.shape
    # The image does not own its pixels, its copy does.
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()


def _number(value: float) -> str:
    if not np.isfinite(value):
        return ""
    return numbers.fixed(value, 2) if value == 0 or 0.005 <= abs(value) < 100 else power(value)
