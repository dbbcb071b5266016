"""Paints a small picture of a data set: its points, a few of its pictures, lines of its text, or a table."""
from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen

from core.datasets import Bitmap, Glimpse
from gui.theme import icons
from gui.theme.tokens import Tokens, mix

NOTHING = Glimpse()
INSET = 0.1
FEW = 12
GLYPH = 26


def paint(painter: QPainter, room: QRectF, glimpse: Glimpse | None, tokens: Tokens, icon: str = "table") -> None:
    """Fill `room` with the picture; without anything to show, with an icon that stands for the data."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame = QPainterPath()
    frame.addRoundedRect(room.adjusted(0.5, 0.5, -0.5, -0.5), tokens.radius, tokens.radius)
    painter.fillPath(frame, QColor(tokens.canvas))
    painter.setClipPath(frame)
    if glimpse is not None and glimpse.points:
        _points(painter, room, glimpse, tokens)
    elif glimpse is not None and glimpse.pictures:
        _pictures(painter, room, glimpse.pictures)
    elif glimpse is not None and glimpse.lines:
        _lines(painter, room, glimpse.lines, tokens)
    elif glimpse is not None:
        size = min(GLYPH, int(min(room.width(), room.height()) * 0.5))
        place = QRectF(0, 0, size, size)
        place.moveCenter(room.center())
        icons.paint(painter, place, icon, tokens.text_faint)
    painter.setClipping(False)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(tokens.border), 1))
    painter.drawPath(frame)
    painter.restore()


def _points(painter: QPainter, room: QRectF, glimpse: Glimpse, tokens: Tokens) -> None:
    """Points in the middle square, in the colours of the boundary plot."""
    side = min(room.width(), room.height()) * (1 - 2 * INSET)
    left, bottom = room.center().x() - side / 2, room.center().y() + side / 2
    radius = 3.4 if len(glimpse.points) <= FEW else 1.5 if room.height() < 60 else 1.8
    painter.setPen(Qt.PenStyle.NoPen)
    for x, y, value in glimpse.points:
        painter.setBrush(QColor(colour(value, glimpse.classes, tokens)))
        painter.drawEllipse(QPointF(left + x * side, bottom - y * side), radius, radius)


def colour(value: float, classes: int, tokens: Tokens) -> str:
    """The colour of a class, or of a number from -1 to 1: two classes have the colours of sign."""
    if classes:
        return tokens.label_colour(max(0, round(value)), classes)
    return mix(tokens.signed(value), tokens.text_faint, 0.25 * (1 - min(1.0, abs(value))))


def _pictures(painter: QPainter, room: QRectF, pictures: tuple[Bitmap, ...]) -> None:
    """As many as fill the room in rows of squares."""
    down = 2
    side = room.height() / down
    across = max(1, round(room.width() / side))
    wide = room.width() / across
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for number in range(across * down):
        one = pictures[number % len(pictures)]
        row, column = divmod(number, across)
        place = QRectF(room.left() + column * wide, room.top() + row * side, wide, side)
        painter.drawImage(place.adjusted(0.5, 0.5, -0.5, -0.5), image(one))


def image(bitmap: Bitmap) -> QImage:
    """A picture that Qt can draw."""
    form = QImage.Format.Format_Grayscale8 if bitmap.channels == 1 else QImage.Format.Format_RGB888
    line = bitmap.width * bitmap.channels
    # Copied, because Qt does not keep the bytes.
    return QImage(bitmap.pixels, bitmap.width, bitmap.height, line, form).copy()


def _lines(painter: QPainter, room: QRectF, lines: tuple[str, ...], tokens: Tokens) -> None:
    """Words as bars, like text that is too small to read."""
    step, height = room.height() / (len(lines) + 1), 3.5
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(tokens.text_faint))
    for number, line in enumerate(lines):
        left, right = room.left() + room.width() * 0.12, room.right() - room.width() * 0.12
        y = room.top() + step * (number + 1) - height / 2
        for word in line.split():
            wide = 2.2 * len(word) + 2
            if left + wide > right:
                break
            painter.drawRoundedRect(QRectF(left, y, wide, height), height / 2, height / 2)
            left += wide + 4
