"""The painting of a thumbnail, on a card or large."""
from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QImage, QPainter, QPen, QTransform

from core.train.probes._thumbnail import Thumbnail
from gui.theme.tokens import Tokens, mix
from gui.thumbs import layout
from gui.thumbs.colours import images, inks, strip

ROUND = 0.14
QUIET = 0.45
# More cells than that are painted as one image.
FEW = 32
DOT = 1.1
# Names of classes are written below their bars if there are no more, and as far as they fit.
NAMES = 24
# Smaller letters, in pixels of the screen, are left out.
LEGIBLE = 4.5


class Face:
    """One answer, ready to paint. `truth` is the class that is right, where it is known."""

    def __init__(self, found: Thumbnail, tokens: Tokens, truth: int | None = None):
        self.found, self.truth = found, truth
        self._tokens = tokens
        self._images = images(found, tokens)
        self._inks = inks(found, tokens)
        self._scaled: dict[tuple[int, int, int], QImage] = {}

    def paint(self, painter: QPainter, area: QRectF, scale: float, font: QFont) -> None:
        """Paint all of it into `area`; `scale` is device pixels per unit."""
        if self.found.look == "bars":
            self._bars(painter, area, font, scale)
        elif self.found.look == "points":
            self._points(painter, layout.boxes(self.found, area)[0])
        elif len(self._inks) > FEW:
            self._cells(painter, area, scale)
        else:
            for place, box in enumerate(layout.boxes(self.found, area)):
                self.paint_tile(painter, place, box, scale, min(4.0, ROUND * box.height()))

    def paint_tile(self, painter: QPainter, place: int, box: QRectF, scale: float, radius: float) -> None:
        """Paint one neuron, map or head into `box`."""
        painter.setPen(Qt.PenStyle.NoPen)
        if 0 <= place < len(self._inks):
            painter.setBrush(QColor.fromRgb(int(self._inks[place])))
        elif 0 <= place < len(self._images):
            painter.setBrush(self._brush(place, box, scale))
        else:
            return
        painter.drawRoundedRect(box, radius, radius)

    def _cells(self, painter: QPainter, area: QRectF, scale: float) -> None:
        """Many cells at once, as one image without corners."""
        size = width, height = max(1, round(area.width() * scale)), max(1, round(area.height() * scale))
        if (-1, *size) not in self._scaled:
            cells = layout.cells(len(self._inks), area.width(), area.height())
            self._scaled[-1, *size] = strip(self._inks, cells, width, height, scale)
        painter.drawImage(area, self._scaled[-1, *size])

    def tile(self, number: int) -> int | None:
        """The place of neuron `number` among the tiles."""
        return self.found.numbers.index(number) if number in self.found.numbers else None

    def _bars(self, painter: QPainter, area: QRectF, font: QFont, scale: float) -> None:
        """The probabilities of the classes; the likeliest stands out, and the name of the one that is right."""
        tokens, values = self._tokens, self.found.values.tolist()
        count, likeliest = len(values), max(range(len(values)), key=values.__getitem__)
        rooms, pitch = layout.boxes(self.found, area), area.width() / count
        names = _fitting(self.found.classes, count, max(pitch - 3, 8), font) if count <= NAMES else ()
        legible = font.pixelSize() * scale >= LEGIBLE
        painter.setFont(font)
        for place, (value, room) in enumerate(zip(values, rooms, strict=True)):
            colour = tokens.label_colour(place, count)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(tokens.neutral))
            radius = min(2.0, room.width() / 4)
            painter.drawRoundedRect(room, radius, radius)
            # What is not a number is no bar.
            height = room.height() * min(1.0, max(0.0, value)) if value == value else 0.0
            painter.setBrush(QColor(colour if place == likeliest else mix(tokens.neutral, colour, QUIET)))
            painter.drawRoundedRect(QRectF(room.left(), room.bottom() - height, room.width(), height), radius, radius)
            if legible or place == self.truth:
                self._class_name(painter, place, room, *(names[place] if names and legible else ("", 0.0)))

    def _class_name(self, painter: QPainter, place: int, room: QRectF, text: str, width: float) -> None:
        right = place == self.truth
        middle, base = room.center().x(), room.bottom() + layout.FOOT - 2
        if text:
            painter.setPen(QColor(self._tokens.text if right else self._tokens.text_faint))
            painter.drawText(QPointF(middle - width / 2, base), text)
        if right:
            painter.setPen(QPen(QColor(self._tokens.text), 1.25))
            half = max(3.0, width / 2) if text else min(room.width() / 2, 6.0)
            painter.drawLine(QPointF(middle - half, base + 2), QPointF(middle + half, base + 2))

    def _points(self, painter: QPainter, box: QRectF) -> None:
        """Generated samples, where they lie in the plane."""
        left, right, bottom, top = self.found.window
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._tokens.neutral))
        painter.drawRoundedRect(box, 4, 4)
        painter.setBrush(QColor(self._tokens.label_colour(0, 2)))
        dot = DOT * max(1.0, box.height() / 100)
        for x, y in self.found.values.tolist():
            if left <= x <= right and bottom <= y <= top:
                across = box.left() + (x - left) / (right - left) * box.width()
                down = box.bottom() - (y - bottom) / (top - bottom) * box.height()
                painter.drawEllipse(QPointF(across, down), dot, dot)

    def _brush(self, place: int, box: QRectF, scale: float) -> QBrush:
        """The image as paint that covers `box` pixel by pixel of the screen: stretched by the painter, a smooth image
        would mix its opposite edges."""
        size = width, height = max(1, round(box.width() * scale)), max(1, round(box.height() * scale))
        if (place, *size) not in self._scaled:
            image = self._images[place]
            finer = self.found.look == "plane" or width < image.width() or height < image.height()
            mode = Qt.TransformationMode.SmoothTransformation if finer else Qt.TransformationMode.FastTransformation
            self._scaled[place, *size] = image.scaled(width, height, Qt.AspectRatioMode.IgnoreAspectRatio, mode)
        brush = QBrush(self._scaled[place, *size])
        brush.setTransform(QTransform(box.width() / width, 0, 0, box.height() / height, box.left(), box.top()))
        return brush


@lru_cache(maxsize=64)
def _fitting(classes: tuple[str, ...], count: int, room: float, font: QFont) -> tuple[tuple[str, float], ...]:
    """The names of `count` classes as far as they fit, and how wide they are; numbers where there are no names."""
    metrics, found = QFontMetricsF(font), []
    for place in range(count):
        name = classes[place] if place < len(classes) else str(place)
        text = metrics.elidedText(name, Qt.TextElideMode.ElideRight, room)
        found.append(("", 0.0) if text == "…" else (text, metrics.horizontalAdvance(text)))
    return tuple(found)
