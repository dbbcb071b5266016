"""The dots that travel along wires. Painting only."""
from __future__ import annotations

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from gui.canvas.ink import Ink
from gui.canvas.wire_label import around, size_of

# Canvas units from dot to dot, and how far apart the points are between which a dot can stand.
APART, STEP = 52.0, 3.0
SMALL, LARGE = 1.5, 4.5
GLOW = 1.9
# How many times weaker than the strongest a signal is that can hardly be seen, in powers of ten.
DECADES = 3.0
ABOVE = 3.0
LIFT = 18.0
# What is said is as large at every zoom, but no more than so many times as large as at 100 %.
LARGEST = 2.2
# More places than that are painted in one go.
MANY = 160
# Around what is said.
RIM = -4, -1, 4, 1


def level(size: float, largest: float) -> float:
    """How strong a signal looks, from 0 to 1: by its share of the largest, on a logarithmic scale."""
    if not (size > 0.0 and largest > 0.0 and math.isfinite(size)):
        return 0.0
    return min(1.0, max(0.0, 1.0 + math.log10(size / largest) / DECADES))


@dataclass(frozen=True, slots=True, eq=False)
class Track:
    """A way that dots take: points STEP apart, in the direction in which they travel; how strong they look; and what
    is said of them while the pointer is at the wire."""

    points: tuple[QPointF, ...]
    level: float
    legend: str = ""

    def dots(self, travelled: float) -> list[QPointF]:
        """Where dots stand after so many canvas units."""
        length = (len(self.points) - 1) * STEP
        first = travelled % APART
        count = int(max(0.0, length - first) // APART) + 1 if first <= length else 0
        return [self.points[min(len(self.points) - 1, round((first + APART * dot) / STEP))] for dot in range(count)]


def points_on(path: QPainterPath, *, back: bool) -> tuple[QPointF, ...]:
    """Points STEP apart along a wire, from its source, or `back` from its target."""
    count = max(1, round(path.length() / STEP))
    points = [path.pointAtPercent(place / count) for place in range(count + 1)]
    return tuple(reversed(points)) if back else tuple(points)


class SignalsItem(QGraphicsItem):
    """All dots of a scene. Nothing of it can be hit, and only where dots were or are is painted anew.

    While things are to keep `still`, wires glow as wide as their signals are strong.
    """

    def __init__(self, ink: Ink):
        super().__init__()
        self.tracks: tuple[Track, ...] = ()
        self.travelled = 0.0
        self.still = False
        self._ink = ink
        self._bounds = QRectF()
        self._painted: list[QRectF] = []
        self._look: tuple[tuple[int, float, str], ...] = ()
        self.setZValue(ABOVE)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_tracks(self, tracks: tuple[Track, ...], travelled: float, *, still: bool) -> None:
        """Show the dots of these ways after so many canvas units."""
        look = tuple((id(track.points), track.level, track.legend) for track in tracks)
        if (look, still) == (self._look, self.still) and (still or travelled == self.travelled):
            return
        # The points of a way are made once: the same object has the same place.
        if [one[0] for one in look] != [one[0] for one in self._look]:
            self.prepareGeometryChange()
            self._bounds = _around(tracks)
        self._look = look
        self.tracks, self.travelled, self.still = tracks, travelled, still
        places = self._places()
        changed = [*self._painted, *places]
        if len(changed) > MANY:
            self.update()
        else:
            for place in changed:
                self.update(place)
        self._painted = places

    def boundingRect(self) -> QRectF:
        return self._bounds

    def shape(self) -> QPainterPath:
        return QPainterPath()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        if self._ink.plain:
            return
        colour = QColor(self._ink.tokens.accent_ink)
        for track in self.tracks:
            if self.still:
                self._glow(painter, colour, track)
            else:
                self._dots(painter, colour, track)
            if track.legend:
                self._legend(painter, track)

    def _dots(self, painter: QPainter, colour: QColor, track: Track) -> None:
        radius = _radius(track.level)
        painter.setPen(Qt.PenStyle.NoPen)
        halo, core = QColor(colour), QColor(colour)
        halo.setAlphaF(0.12 + 0.2 * track.level)
        core.setAlphaF(0.35 + 0.65 * track.level)
        for dot in track.dots(self.travelled):
            painter.setBrush(halo)
            painter.drawEllipse(dot, GLOW * radius, GLOW * radius)
            painter.setBrush(core)
            painter.drawEllipse(dot, radius, radius)

    def _glow(self, painter: QPainter, colour: QColor, track: Track) -> None:
        colour = QColor(colour)
        colour.setAlphaF(0.15 + 0.45 * track.level)
        pen = QPen(colour, 2 * _radius(track.level))
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPolyline(list(track.points))

    def _legend(self, painter: QPainter, track: Track) -> None:
        ink, scale = self._ink, legend_scale(painter.worldTransform().m11())
        size = size_of(track.legend, ink)
        box = QRectF(-size.width() / 2, -size.height() / 2, size.width(), size.height()).adjusted(*RIM)
        painter.save()
        painter.translate(tag(track, ink, scale).center())
        painter.scale(scale, scale)
        painter.setPen(ink.pen("border_strong", 1.0))
        painter.setBrush(ink.colour("raised"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setFont(ink.small_font)
        painter.setPen(ink.colour("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, track.legend)
        painter.restore()

    def _places(self) -> list[QRectF]:
        places = []
        for track in self.tracks:
            reach = GLOW * _radius(track.level) + 1.5
            spots = [_around((track,))] if self.still else [around(dot, QRectF(0, 0, 2 * reach, 2 * reach).size())
                                                            for dot in track.dots(self.travelled)]
            told = [tag(track, self._ink, scale).adjusted(-2, -2, 2, 2) for scale in (1.0, LARGEST)]
            places += spots + ([told[0].united(told[1])] if track.legend else [])
        return places


def _radius(strength: float) -> float:
    return SMALL + (LARGE - SMALL) * strength


def legend_scale(zoom: float) -> float:
    """How many times as large as at 100 % what is said of a wire is in the scene."""
    return max(1.0, min(1 / zoom, LARGEST))


def tag(track: Track, ink: Ink, scale: float) -> QRectF:
    """Where it is said, below the middle of the wire."""
    middle, size = track.points[len(track.points) // 2], size_of(track.legend, ink)
    box = around(QPointF(0, LIFT), size).adjusted(*RIM)
    return QRectF(middle + box.topLeft() * scale, box.size() * scale)


def _around(tracks: tuple[Track, ...]) -> QRectF:
    if not tracks:
        return QRectF()
    xs = [point.x() for track in tracks for point in track.points]
    ys = [point.y() for track in tracks for point in track.points]
    reach = GLOW * LARGE + 2
    # Room for what is said below the middle of a wire.
    return QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys))).adjusted(
        -60 * LARGEST - reach, -reach, 60 * LARGEST + reach, (LIFT + 20) * LARGEST + reach)
