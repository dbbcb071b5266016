"""Small things that cards are made of."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from core.statistics import as_bytes
from gui.plots import picture
from gui.plots.numbers import NOTHING, with_minus
from gui.theme import fonts
from gui.theme.diverging import diverging_lut
from gui.theme.tokens import Tokens

LINE = 15
MARK = 9
MOST_LINES = 4
VALUE, BETWEEN = 112, 14


def image_of(pixels: np.ndarray, limits: tuple[float, float]) -> QImage:
    """A picture (height, width) or (height, width, 3) as an image of its own."""
    made = as_bytes(pixels, limits)
    kind = QImage.Format.Format_Grayscale8 if made.ndim == 2 else QImage.Format.Format_RGB888
    return QImage(made.data, made.shape[1], made.shape[0], made.strides[0], kind).copy()


def difference_of(said: np.ndarray, truth: np.ndarray, scale: float, tokens: Tokens) -> QImage:
    """Where a picture is too dark (negative) or too bright (positive), in the colours of sign; mean of the channels."""
    gap = said.astype(np.float64) - truth
    gap = gap.mean(axis=2) if gap.ndim == 3 else gap
    table = picture.with_gap(diverging_lut(tokens, picture.LEVELS), tokens.plot_grid)
    pixels = np.ascontiguousarray(table.take(picture.levels(gap, -scale, scale), mode="clip"))
    rows, columns = pixels.shape
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()


def paint_image(painter: QPainter, place: QRect, image: QImage, tokens: Tokens) -> None:
    """As large as there is room, in its proportions; few pixels stay sharp."""
    size = image.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
    inside = QRect(QPoint(0, 0), size)
    inside.moveCenter(place.center())
    if inside != place:
        painter.fillRect(place, QColor(tokens.sunken))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, image.width() > place.width())
    painter.drawImage(inside, image)


def paint_mark(painter: QPainter, middle: QPointF, right: bool, tokens: Tokens) -> None:
    """A tick or a cross."""
    x, y, half = middle.x(), middle.y(), MARK / 2 - 1
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(tokens.success if right else tokens.error), 1.75, Qt.PenStyle.SolidLine,
                        Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    if right:
        painter.drawPolyline(QPolygonF([QPointF(x - half, y + 0.4), QPointF(x - half / 3, y + half - 0.4),
                                        QPointF(x + half, y - half + 0.6)]))
    else:
        painter.drawLine(QPointF(x - half + 0.6, y - half + 0.6), QPointF(x + half - 0.6, y + half - 0.6))
        painter.drawLine(QPointF(x - half + 0.6, y + half - 0.6), QPointF(x + half - 0.6, y - half + 0.6))


def paint_bar(painter: QPainter, place: QRect, share: float, colour: str, tokens: Tokens) -> None:
    """A bar from the left."""
    painter.fillRect(place, QColor(tokens.border))
    if share > 0:
        painter.fillRect(place.x(), place.y(), max(1, round(place.width() * min(1.0, share))), place.height(),
                         QColor(colour))


def paint_error(painter: QPainter, place: QRect, share: float, tokens: Tokens) -> None:
    """A bar from the middle: to the left where the prediction is too small, to the right where it is too large."""
    painter.fillRect(place, QColor(tokens.border))
    middle = place.x() + place.width() // 2
    length = round(place.width() / 2 * max(-1.0, min(1.0, share))) if np.isfinite(share) else 0
    if length:
        painter.fillRect(QRect(min(middle, middle + length), place.y(), abs(length), place.height()),
                         QColor(tokens.positive if share > 0 else tokens.negative))
    painter.fillRect(middle, place.y() - 1, 1, place.height() + 2, QColor(tokens.text_faint))


def paint_words(painter: QPainter, place: QRect, text: str, colour: str, tokens: Tokens, *, strong: bool = False,
                right: bool = False, wrap: bool = False) -> int:
    """A line of small type, elided, or as many as there is room for; gives the width of what was written."""
    painter.setFont(fonts.font(tokens, small=True, strong=strong))
    painter.setPen(QColor(colour))
    if wrap:
        painter.drawText(place, int(Qt.TextFlag.TextWordWrap), text)
        return place.width()
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, place.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(place, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
    return painter.fontMetrics().horizontalAdvance(shown)


def paint_values(painter: QPainter, place: QRect, rows: Sequence[tuple[str, str]], tokens: Tokens) -> None:
    """As many names with their values as there is room for, line by line."""
    columns, lines = max(1, min(len(rows), place.width() // VALUE)), max(1, place.height() // LINE)
    width = (place.width() + BETWEEN) // columns
    for at, (name, value) in enumerate(rows[: columns * lines]):
        line, column = divmod(at, columns)
        area = QRect(place.x() + column * width, place.y() + line * LINE, width - BETWEEN, LINE)
        taken = paint_words(painter, area, with_minus(value) or NOTHING, tokens.text, tokens, right=True)
        paint_words(painter, area.adjusted(0, 0, -taken - 6, 0), name, tokens.text_muted, tokens)


def paint_series(painter: QPainter, place: QRect, values: np.ndarray, tokens: Tokens) -> None:
    """Lines (time, channels), each as high as there is room."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    area, lines = QRectF(place).adjusted(1, 2, -1, -2), values.T[:MOST_LINES]
    for number, line in enumerate(lines):
        known = np.flatnonzero(np.isfinite(line))
        if len(known) < 2:
            continue
        low, high = float(line[known].min()), float(line[known].max())
        scale = area.height() / (high - low) if high > low else 0.0
        across = area.width() / (len(line) - 1)
        points = [QPointF(area.left() + step * across, area.bottom() - (float(line[step]) - low) * scale)
                  for step in known.tolist()]
        ink = tokens.accent_ink if len(lines) == 1 else tokens.class_colour(number)
        painter.setPen(QPen(QColor(ink), 1.25))
        painter.drawPolyline(QPolygonF(points))
