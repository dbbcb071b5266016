"""A thumbnail, large, on a card that floats over the canvas."""
from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QWidget

from core.train.probes.points import Points
from core.train.probes.thumbnails import Thumbnails
from gui.plots import numbers
from gui.theme import fonts
from gui.theme.tokens import Tokens
from gui.thumbs import layout
from gui.thumbs.face import Face
from gui.thumbs.words import subtitle

SIDE = 208
PAD = 12
HEAD = 44
SCALE_LEFT, SCALE_FOOT = 30, 18
AWAY, EDGE = 12, 8
# Few samples are drawn larger than many.
DOT, LARGE_DOT, FEW = 2.6, 5.0, 100
ALONE = ("plane", "maps", "attention")


@dataclass(frozen=True, slots=True)
class View:
    """What is enlarged: a part of a face, under a title. `points` are the samples, for the plane; `aspect` is how many
    times as wide as high it is where it is small."""

    face: Face
    place: int
    title: str
    answer: Thumbnails
    points: Points | None = None
    aspect: float = 1.0

    @property
    def planar(self) -> bool:
        return self.face.found.look == "plane"


class Lens(QFrame):
    """The mouse goes through it."""

    def __init__(self, parent: QWidget, tokens: Tokens):
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setProperty("role", "card")
        self.view: View | None = None
        self._tokens = tokens
        self.hide()

    def restyle(self, tokens: Tokens) -> None:
        """Take the colours of another theme."""
        self._tokens = tokens
        self.update()

    def show_view(self, view: View) -> None:
        """Show this, or the same thing anew."""
        self.view = view
        self.setFixedSize(self._wanted(view))
        self.update()

    def stand_beside(self, there: QRect) -> None:
        """Stand to the right of a place of the parent, or where there is more room, and inside the parent."""
        parent = self.parentWidget() or self
        room = parent.rect().adjusted(EDGE, EDGE, -EDGE, -EDGE)
        right = there.right() + AWAY
        fits = right + self.width() <= room.right() or there.left() - AWAY - self.width() < room.left()
        x = right if fits else there.left() - AWAY - self.width()
        y = there.center().y() - self.height() // 2
        self.move(QPoint(max(room.left(), min(x, room.right() - self.width())),
                         max(room.top(), min(y, room.bottom() - self.height()))))
        self.show()
        self.raise_()

    def picture_rect(self) -> QRectF:
        """Where the picture is."""
        left = PAD + (SCALE_LEFT if self.view is not None and self.view.planar else 0)
        size = self.size() if self.view is None else self._picture(self.view)
        return QRectF(left, HEAD, size.width(), size.height())

    def _picture(self, view: View) -> QSize:
        found = view.face.found
        if found.look == "strip":
            # The same cells in a row as where it is small.
            return QSize(SIDE + 40, round((SIDE + 40) / view.aspect))
        if found.look == "states":
            # Rows of one height and steps of one width.
            rows, columns = found.values.shape
            return QSize(columns * max(1, round((SIDE + 40) / columns)), rows * max(1, round((SIDE - 60) / rows)))
        if found.look == "bars":
            return QSize(SIDE + 40, SIDE - 80)
        if found.look in ("maps", "attention", "picture"):
            rows, columns = found.values.shape[1:] if found.look != "picture" else found.values.shape[:2]
            share = SIDE / max(rows, columns)
            # Pixels of one size, each whole pixels large.
            share = math.floor(share) if share >= 2 else share
            return QSize(max(160, round(columns * share)), max(16, round(rows * share)))
        return QSize(SIDE, SIDE)

    def _wanted(self, view: View) -> QSize:
        size = self._picture(view)
        left, foot = SCALE_LEFT * view.planar, SCALE_FOOT * (view.planar or view.face.found.look == "states")
        return QSize(left + size.width() + 2 * PAD, HEAD + size.height() + foot + PAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.view is None:
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        self._words(painter, self.view)
        area = self.picture_rect()
        self._paint_picture(painter, self.view, area)
        if self.view.planar:
            self._axes(painter, self.view, area)
            self._dots(painter, self.view, area)
        elif self.view.face.found.look == "states":
            self._below(painter, area, "1", "time step", f"{self.view.face.found.steps:,}")

    def _words(self, painter: QPainter, view: View) -> None:
        tokens, room = self._tokens, self.width() - 2 * PAD
        strong, small = fonts.font(tokens, strong=True), fonts.font(tokens, small=True)
        elide = Qt.TextElideMode.ElideRight
        painter.setFont(strong)
        painter.setPen(QColor(tokens.text))
        painter.drawText(QPointF(PAD, 19), QFontMetricsF(strong).elidedText(view.title, elide, room))
        painter.setFont(small)
        painter.setPen(QColor(tokens.text_muted))
        text = subtitle(view.face.found, view.place)
        painter.drawText(QPointF(PAD, 35), QFontMetricsF(small).elidedText(text, elide, room))

    def _paint_picture(self, painter: QPainter, view: View, area: QRectF) -> None:
        found, scale = view.face.found, self.devicePixelRatioF()
        if found.look in ALONE:
            shape = found.values.shape
            width = min(area.width(), area.height() * shape[2] / shape[1])
            box = QRectF(area.center().x() - width / 2, area.top(), width, area.height())
            view.face.paint_tile(painter, view.place, box, scale, 2.0)
            return
        view.face.paint(painter, area, scale, fonts.font(self._tokens, small=True))
        if found.look in ("strip", "bars", "states"):
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(QColor(self._tokens.text), 1.5))
            painter.drawRoundedRect(layout.part_box(found, area, view.place).adjusted(-1, -1, 1, 1), 3, 3)

    def _axes(self, painter: QPainter, view: View, area: QRectF) -> None:
        tokens, small = self._tokens, fonts.font(self._tokens, small=True)
        metrics = QFontMetricsF(small)
        painter.setFont(small)
        painter.setPen(QColor(tokens.text_muted))
        (left, right), (bottom, top) = view.answer.x, view.answer.y
        for value, y in ((top, area.top() + metrics.capHeight()), (bottom, area.bottom())):
            text = _written(value)
            painter.drawText(QPointF(area.left() - 6 - metrics.horizontalAdvance(text), y), text)
        first, second = (metrics.elidedText(name, Qt.TextElideMode.ElideRight, SIDE / 2)
                         for name in view.answer.features)
        self._below(painter, area, _written(left), first, _written(right))
        painter.save()
        painter.translate(area.left() - 8, area.center().y() + metrics.horizontalAdvance(second) / 2)
        painter.rotate(-90)
        painter.drawText(QPointF(0, 0), second)
        painter.restore()

    def _below(self, painter: QPainter, area: QRectF, *texts: str) -> None:
        """What the horizontal axis says: at its left end, in its middle, at its right end."""
        small = fonts.font(self._tokens, small=True)
        metrics = QFontMetricsF(small)
        painter.setFont(small)
        painter.setPen(QColor(self._tokens.text_muted))
        for text, place in zip(texts, (0.0, 0.5, 1.0), strict=True):
            x = area.left() + place * (area.width() - metrics.horizontalAdvance(text))
            painter.drawText(QPointF(x, area.bottom() + 4 + metrics.ascent()), text)

    def _dots(self, painter: QPainter, view: View, area: QRectF) -> None:
        """The samples, in the colours of their classes."""
        if view.points is None:
            return
        (left, right), (bottom, top) = view.answer.x, view.answer.y
        classes, size = len(view.answer.classes), LARGE_DOT if len(view.points.x) <= FEW else DOT
        painter.setPen(QPen(QColor(self._tokens.plot), 0.3 * size))
        for (x, y), label in zip(view.points.x.tolist(), view.points.y.tolist(), strict=True):
            colour = self._tokens.label_colour(int(label), classes) if classes else self._tokens.text_muted
            painter.setBrush(QColor(colour))
            painter.drawEllipse(QPointF(area.left() + (x - left) / (right - left) * area.width(),
                                        area.bottom() - (y - bottom) / (top - bottom) * area.height()), size, size)


def _written(value: float) -> str:
    return f"{value:.3g}".replace("-", numbers.MINUS)
