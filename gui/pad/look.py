"""How the pad is painted."""
from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPixmap

from core.params import PointSet
from gui.pad.plane import Plane
from gui.plots import numbers
from gui.theme import fonts
from gui.theme.tokens import Tokens

LEFT, BOTTOM, EDGE = 30.0, 18.0, 6.0
SOFT = 0.72
# So many points are at most so large, with such an outline: few are easily seen, many do not hide each other.
DOTS = ((60, 9.0, 1.0), (600, 7.0, 0.75), (3000, 5.0, 0.5), (20_000, 4.0, 0.0))
ROOM = 44.0


def inside(rect: QRect) -> QRectF:
    """Where the plane is drawn: beside it is room for numbers."""
    return QRectF(rect).adjusted(LEFT, EDGE, -EDGE, -BOTTOM)


def class_colour(label: int, classes: int, tokens: Tokens) -> str:
    """The colour of a class beside so many others."""
    return tokens.label_colour(label, max(2, classes, label + 1))


def ground(painter: QPainter, plane: Plane, tokens: Tokens) -> None:
    """The empty plane."""
    painter.fillRect(plane.area, QColor(tokens.plot))


def boundary(painter: QPainter, plane: Plane, image: QImage, target: QRectF) -> None:
    """What the network says, softly."""
    painter.save()
    painter.setClipRect(plane.area)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.setOpacity(SOFT)
    painter.drawImage(target, image)
    painter.restore()


def grid(painter: QPainter, plane: Plane, tokens: Tokens) -> None:
    """Lines at round numbers, and the numbers."""
    painter.setFont(fonts.font(tokens, small=True))
    area, line, ink = plane.area, QColor(tokens.text), QColor(tokens.text_muted)
    line.setAlphaF(0.1)
    axis = QColor(tokens.text)
    axis.setAlphaF(0.28)
    for upright, (low, high) in ((True, plane.x), (False, plane.y)):
        most = max(2, int((area.width() if upright else area.height()) / ROOM))
        step, values = numbers.ticks(low, high, most)
        for value in values:
            at = plane.pixel(value, value)
            painter.setPen(QPen(axis if abs(value) < step / 2 else line, 1))
            if upright:
                x = math.floor(at.x()) + 0.5
                painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))
                place = QRectF(x - ROOM / 2, area.bottom() + 2, ROOM, BOTTOM - 2)
                where = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
            else:
                y = math.floor(at.y()) + 0.5
                painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
                place = QRectF(0, y - 8, LEFT - 5, 16)
                where = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.setPen(ink)
            painter.drawText(place, where, numbers.tick(value, step))


def dots(painter: QPainter, plane: Plane, tokens: Tokens, drawn: PointSet) -> None:
    """The points, the newest above."""
    painter.setClipRect(plane.area)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    size, outline = next(row[1:] for row in DOTS if len(drawn) <= row[0])
    ratio = painter.device().devicePixelRatioF()
    stamps = [_stamp(class_colour(label, drawn.classes, tokens), tokens.plot, size, outline, ratio)
              for label in range(drawn.classes)]
    half, scale = (size + 2 * outline + 2) / 2, plane.scale
    # The transformation is worked out once: there may be thousands of points.
    origin = plane.pixel(0.0, 0.0)
    left, top = origin.x() - half, origin.y() - half
    for x, y, label in drawn:
        painter.drawPixmap(QPointF(left + x * scale, top - y * scale), stamps[label])


def _stamp(colour: str, outline: str, size: float, width: float, ratio: float) -> QPixmap:
    """One point as a picture, which is drawn much faster than a circle."""
    extent = size + 2 * width + 2
    stamp = QPixmap(math.ceil(extent * ratio), math.ceil(extent * ratio))
    stamp.setDevicePixelRatio(ratio)
    stamp.fill(Qt.GlobalColor.transparent)
    painter = QPainter(stamp)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(outline), width) if width else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(colour))
    middle, radius = extent / 2, (size + width) / 2
    painter.drawEllipse(QPointF(middle, middle), radius, radius)
    painter.end()
    return stamp


def frame(painter: QPainter, plane: Plane, tokens: Tokens, *, focus: bool) -> None:
    """The edge of the plane, stronger while keys go there."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(QColor(tokens.accent_ink if focus else tokens.border_strong), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(plane.area.toAlignedRect().adjusted(-1, -1, 0, 0))


def hand(painter: QPainter, plane: Plane, tokens: Tokens, at: QPointF, radius: float, *, cross: bool, ink: str) -> None:
    """The circle that the tool works in, and the cross-hair of the keyboard."""
    painter.save()
    painter.setClipRect(plane.area)
    if cross:
        painter.setPen(QPen(QColor(tokens.accent_ink), 1))
        painter.drawLine(QPointF(at.x(), plane.area.top()), QPointF(at.x(), plane.area.bottom()))
        painter.drawLine(QPointF(plane.area.left(), at.y()), QPointF(plane.area.right(), at.y()))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if radius:
        fill = QColor(ink or tokens.text)
        fill.setAlphaF(0.1)
        painter.setBrush(fill)
        style = Qt.PenStyle.SolidLine if ink else Qt.PenStyle.DashLine
        painter.setPen(QPen(QColor(ink or tokens.text_muted), 1.5, style))
        painter.drawEllipse(at, radius, radius)
    painter.restore()
