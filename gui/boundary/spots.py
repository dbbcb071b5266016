"""The points of the data in the plane, rings around those that are wrong, and the mark of the traced one."""
from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtGui import QBrush, QColor, QPen

from core.train.probes.boundary import Boundary
from core.train.probes.place import Place
from core.train.probes.points import Points
from core.train.probes.verdicts import Verdicts
from core.train.sampling import PARTS
from gui.plots import picture
from gui.plots.dots import Dots
from gui.theme.diverging import sequential_lut
from gui.theme.tokens import Tokens

# So many points are at most so large, with such an outline: few are easily seen, many do not hide each other.
DOTS = ((20, 11.0, 1.5), (160, 8.0, 1.0), (10**9, 6.5, 0.75))
SMALLEST, DENSEST = 3.0, 0.75
RING, MARK = 5, 22
# Points far from the plane are this opaque, in so many steps.
FAINT, STEPS = 0.25, 4
REACH = 8.0


class Spots:
    """Draws only what has changed."""

    def __init__(self, plot: pg.PlotItem):
        self.plot = plot
        self.dots, self.rings, self.mark = Dots(), Dots(), Dots()
        for item in (self.dots, self.rings, self.mark):
            plot.addItem(item)
        self.points: Points | None = None
        self.places = np.empty(0, np.intp)
        self._size = 0
        self._dotted: tuple[object, ...] = ()
        self._kept: tuple[object, ...] = ()
        self._looks: dict[int, tuple[QPen, QBrush]] = {}
        self._ringed: tuple[object, ...] = ()
        self._marked: tuple[object, ...] = ()

    def draw(self, found: Boundary, points: object, shown: frozenset[str], tokens: Tokens, inside: float) -> None:
        """Draw the points of the parts that are shown; `inside` is the width of the plane in pixels."""
        if not isinstance(points, Points):
            if self.points is not None:
                self.dots.clear()
                self.points, self._dotted, self.places = None, (), np.empty(0, np.intp)
            return
        most, width = next(row[1:] for row in DOTS if len(points.x) <= row[0])
        size = round(min(most, max(SMALLEST, DENSEST * inside * math.sqrt(1 / max(1, len(points.x))))))
        key = points, shown, tokens, size, found.kind, len(found.classes)
        if self._dotted == key:
            return
        self._dotted, self._size, self.points = key, size, points
        part = np.array([name in shown for name in PARTS])
        self.places = np.flatnonzero(part[points.part])
        which, inks = codes(found, points, tokens)
        filled = points.part[self.places] == 0
        kinds, which = np.unique(2 * which[self.places] + filled, return_inverse=True)
        kept = tokens, width, found.kind, len(found.classes)
        if self._kept != kept:
            # The pictures of points belong to these pens and brushes: while colours stay, so do they.
            self._kept, self._looks = kept, {}
        for kind in kinds.tolist():
            if kind not in self._looks:
                self._looks[kind] = _look(inks(kind // 2), width, tokens, filled=bool(kind % 2))
        self.dots.put(points.x[self.places], size, [self._looks[kind] for kind in kinds.tolist()], which)

    def ring(self, verdicts: object, tokens: Tokens) -> None:
        """Ring the points that are shown and wrong; none without verdicts."""
        wrong = self.places[:0]
        if isinstance(verdicts, Verdicts) and verdicts.points is self.points:
            wrong = self.places[verdicts.wrong[self.places]]
        key = self.points, wrong.tobytes(), tokens, self._size
        if key != self._ringed:
            self._ringed = key
            x = self.points.x[wrong] if self.points is not None else np.empty((0, 2))
            self.rings.setData(x=x[:, 0], y=x[:, 1], size=self._size + RING, brush=pg.mkBrush(None),
                               pen=pg.mkPen(tokens.text, width=1.5))

    def point_out(self, place: object, tokens: Tokens) -> None:
        """Mark where the traced sample stands; nothing without a place."""
        if (place, tokens) != self._marked:
            self._marked = place, tokens
            x, y = ([place.x], [place.y]) if isinstance(place, Place) else ([], [])
            self.mark.setData(x=x, y=y, size=MARK, symbol="crosshair", brush=pg.mkBrush(None),
                              pen=pg.mkPen(tokens.text, width=1.5))

    def nearest(self, scene_place: QPointF | None) -> int | None:
        """The point that is shown within 8 pixels of a place in the scene, by its row in the points."""
        if scene_place is None or self.points is None or not len(self.places):
            return None
        view = self.plot.vb
        there: QPointF = view.mapSceneToView(scene_place)
        across, up = view.viewPixelSize()
        x = self.points.x[self.places]
        away = np.square((x[:, 0] - there.x()) / across) + np.square((x[:, 1] - there.y()) / up)
        best = int(away.argmin())
        return int(self.places[best]) if away[best] <= REACH**2 else None


def codes(found: Boundary, points: Points, tokens: Tokens) -> tuple[np.ndarray, Callable[[int], QColor]]:
    """A number (n,) for every point, the same for points of the same colour and opacity; and the colour by number."""
    if found.kind == "value":
        table = picture.with_gap(sequential_lut("viridis", picture.LEVELS), tokens.plot_grid)
        base = picture.levels(points.y, *found.limits)
    else:
        table, base = None, points.y
    steps = np.full(len(base), STEPS, np.intp) if points.near is None else np.rint(points.near * STEPS).astype(np.intp)

    def ink(number: int) -> QColor:
        place, step = divmod(number, STEPS + 1)
        made = QColor(tokens.label_colour(place, len(found.classes))) if table is None \
            else QColor.fromRgb(int(table[place]))
        made.setAlpha(round(255 * (FAINT + (1 - FAINT) * step / STEPS)))
        return made

    return base * (STEPS + 1) + steps, ink


def _look(ink: QColor, width: float, tokens: Tokens, *, filled: bool) -> tuple[QPen, QBrush]:
    """Points that the network learns from are filled; those that it is judged by are hollow."""
    if filled:
        return pg.mkPen(tokens.plot, width=width), pg.mkBrush(ink)
    return pg.mkPen(ink, width=width + 0.5), pg.mkBrush(tokens.plot)
