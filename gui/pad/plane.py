"""Which part of the plane is seen, and where its places lie in the widget. Pure functions and values."""
from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QPointF, QRectF

from core.graph.painting import Place, bounds
from core.params import PointSet

HALF = 6.0
LEAST, MOST = 0.02, 1500.0
AROUND = 1.15
# Points that fill less than this share of the usual view get a closer one.
CLOSE = 1.0


@dataclass(frozen=True, slots=True)
class Plane:
    """The view: its middle, and half of the shorter side of what is seen, in the units of the data. `area` is where it
    is drawn, in pixels. Both axes have the same scale."""

    middle: Place = (0.0, 0.0)
    half: float = HALF
    area: QRectF = field(default_factory=lambda: QRectF(0, 0, 1, 1))

    @property
    def scale(self) -> float:
        """Pixels a unit."""
        return min(self.area.width(), self.area.height()) / (2 * self.half)

    @property
    def x(self) -> tuple[float, float]:
        """Least and largest x that is seen."""
        reach = self.area.width() / 2 / self.scale
        return self.middle[0] - reach, self.middle[0] + reach

    @property
    def y(self) -> tuple[float, float]:
        """Least and largest y that is seen."""
        reach = self.area.height() / 2 / self.scale
        return self.middle[1] - reach, self.middle[1] + reach

    def pixel(self, x: float, y: float) -> QPointF:
        """Where a place of the data lies in the widget."""
        centre, scale = self.area.center(), self.scale
        return QPointF(centre.x() + (x - self.middle[0]) * scale, centre.y() - (y - self.middle[1]) * scale)

    def place(self, pixel: QPointF) -> Place:
        """Which place of the data lies there."""
        centre, scale = self.area.center(), self.scale
        return (self.middle[0] + (pixel.x() - centre.x()) / scale, self.middle[1] - (pixel.y() - centre.y()) / scale)

    def resized(self, area: QRectF) -> Plane:
        """The same view in another area."""
        return replace(self, area=QRectF(area.x(), area.y(), max(area.width(), 1.0), max(area.height(), 1.0)))

    def zoomed(self, factor: float, pixel: QPointF) -> Plane:
        """Closer by `factor`; what lies at `pixel` stays there."""
        half = min(MOST, max(LEAST, self.half / factor))
        kept, ratio = self.place(pixel), half / self.half
        middle = tuple(k + (m - k) * ratio for k, m in zip(kept, self.middle, strict=True))
        return replace(self, middle=(middle[0], middle[1]), half=half)

    def around(self, drawn: PointSet) -> Plane:
        """A view of all points: the usual one around 0 if they fill it well."""
        if not len(drawn):
            return replace(self, middle=(0.0, 0.0), half=HALF)
        (left, right), (low, high) = bounds(drawn)
        span, far = max(right - left, high - low), max(map(abs, (left, right, low, high)))
        if far <= HALF and (span >= CLOSE * HALF or not span):
            return replace(self, middle=(0.0, 0.0), half=HALF)
        half = span / 2 * AROUND if span else HALF
        return replace(self, middle=((left + right) / 2, (low + high) / 2), half=half)

    def sees(self, drawn: PointSet) -> bool:
        """True if every point is in sight."""
        if not len(drawn):
            return True
        (left, right), (low, high) = bounds(drawn)
        (x0, x1), (y0, y1) = self.x, self.y
        return x0 <= left and right <= x1 and y0 <= low and high <= y1

    def limits(self) -> tuple[float, float, float, float]:
        """What is seen, rounded to about a thousandth of it: least and largest x, least and largest y."""
        digits = 3 - math.ceil(math.log10(self.half))
        return tuple(round(v, digits) for v in (*self.x, *self.y))  # type: ignore[return-value]
