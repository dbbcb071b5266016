"""The points of the data in the plane, rings around those that are wrong, and the mark of the traced one."""
from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

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
        inks = _inks(found, points, tokens)
        outline, paper = pg.mkPen(tokens.plot, width=width), pg.mkBrush(tokens.plot)
        looks = [(inks[place], bool(points.part[place] == 0)) for place in self.places]
        # Points that share a brush and a pen are painted together, many times as fast.
        filled = {ink: pg.mkBrush(QColor(ink)) for ink, _ in set(looks)}
        hollow = {ink: pg.mkPen(QColor(ink), width=width + 0.5) for ink in filled}
        self.dots.setData(x=points.x[self.places, 0], y=points.x[self.places, 1], size=size,
                          brush=[filled[ink] if inner else paper for ink, inner in looks],
                          pen=[outline if inner else hollow[ink] for ink, inner in looks])

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


def _inks(found: Boundary, points: Points, tokens: Tokens) -> list[str]:
    """The colour of every point with its opacity, as #AARRGGBB."""
    if found.kind == "value":
        table = picture.with_gap(sequential_lut("viridis", picture.LEVELS), tokens.plot_grid)
        names = [QColor.fromRgb(int(value)).name() for value in table]
        inks = [names[level] for level in picture.levels(points.y, *found.limits).tolist()]
    else:
        inks = [tokens.label_colour(int(y), len(found.classes)) for y in points.y]
    if points.near is None:
        return inks
    shares = FAINT + (1 - FAINT) * np.rint(points.near * STEPS) / STEPS
    return [f"#{round(255 * float(share)):02x}{ink[1:]}" for ink, share in zip(inks, shares, strict=True)]
