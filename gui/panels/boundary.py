"""The decision boundary with the data points."""
from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QMenu

from core.train.probes import NotApplicable
from core.train.probes.boundary import Boundary
from core.train.probes.points import PARTS, Points
from core.train.request import Request
from gui.panels._base import Exportable, PanelInfo
from gui.panels._live import LivePanel
from gui.plots import numbers, picture
from gui.plots.axis import Axis
from gui.plots.board import look_at, name_axis, place_in, quiet_plot, restyle_plot
from gui.plots.caption import Caption, Reading
from gui.plots.colour_bar import ColourBar
from gui.plots.dots import Dots
from gui.plots.picture import Colours, Picture
from gui.plots.plane_colours import codes_of, colours_of
from gui.theme.diverging import sequential_lut
from gui.theme.tokens import Tokens

# So many points are at most so large, with such an outline: few are easily seen, many do not hide each other.
DOTS = ((20, 11.0, 1.5), (160, 8.0, 1.0), (10**9, 6.5, 0.75))
SMALLEST, DENSEST = 3.0, 0.75
TITLES = {"probability": "Probability of class {}", "classes": "Most likely class", "value": "Prediction"}
BAND = 64
COLUMNS = {"probability": "probability", "classes": "confidence", "value": "value"}


class BoundaryPanel(LivePanel):
    """What the network says at every place of the plane."""

    main = "boundary"
    empty = "Build a network on data with two features to see where it draws the line."

    def build(self) -> None:
        self.setAccessibleName("Decision boundary")
        self.caption = Caption(self.tokens)
        self.plot = quiet_plot(Axis("left"), Axis("bottom"))
        self.bar = ColourBar(self.tokens)
        self.picture = Picture(smooth=True)
        self.dots = Dots()
        self.plot.addItem(self.picture)
        self.plot.addItem(self.dots)
        layout = self.board.layout_item
        layout.addItem(self.caption, 0, 0, 1, 4)
        layout.addItem(self.plot, 1, 1)
        layout.addItem(self.bar, 1, 2)
        self._colours: Colours = np.empty(0, np.uint32)
        self._dotted: tuple[object, ...] = ()
        self.board.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.board.view.customContextMenuRequested.connect(self._offer)

    @Slot(QPoint)
    def _offer(self, at: QPoint) -> None:
        """What can be done with these points."""
        draw = self.window().findChild(QAction, "edit.draw_points")
        if draw is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(draw.icon(), "Draw Points Here").triggered.connect(draw.trigger)
        menu.popup(self.board.view.mapToGlobal(at))

    def wanted(self) -> tuple[Request, ...]:
        return Request.of("boundary"), Request.of("points")

    def restyle(self, tokens: Tokens) -> None:
        self.caption.restyle(tokens)
        restyle_plot(self.plot, tokens, grid=False)

    @Slot()
    def arrange(self) -> None:
        self.board.fit(self.plot, self.bar, narrowest=1.0, widest=1.0, bare=True)

    def draw(self) -> None:
        found: Boundary = self.answer
        tokens = self.tokens
        self._colours = colours_of(found, tokens)
        area = QRectF(found.x[0], found.y[0], found.x[1] - found.x[0], found.y[1] - found.y[0])
        self.picture.draw(codes_of(found), self._colours, area)
        look_at(self.plot, area)
        for side, name in zip(("bottom", "left"), found.features, strict=True):
            if self.plot.getAxis(side).labelText != name:
                name_axis(self.plot.getAxis(side), name, tokens)
        self.bar.show_colours(*_key(found, self._colours), tokens)
        self.arrange()
        self._draw_points(found, self.answers.get("points"))

    def _draw_points(self, found: Boundary, points: Points | NotApplicable | None) -> None:
        if not isinstance(points, Points):
            self.dots.clear()
            return
        most, width = next(row[1:] for row in DOTS if len(points.x) <= row[0])
        room = self.board.inside * math.sqrt(1 / max(1, len(points.x)))
        size = round(min(most, max(SMALLEST, DENSEST * room)))
        if self._dotted == (points, self.tokens, size):
            return
        self._dotted = points, self.tokens, size
        outline, paper = pg.mkPen(self.tokens.plot, width=width), pg.mkBrush(self.tokens.plot)
        inks = _point_colours(found, points, self.tokens)
        # Points that share a brush and a pen are painted together, many times as fast.
        filled = {ink: pg.mkBrush(ink) for ink in set(inks)}
        hollow = {ink: pg.mkPen(ink, width=width + 0.5) for ink in filled}
        learnt = [PARTS[part] == "train" for part in points.part]
        brushes = [filled[ink] if inner else paper for ink, inner in zip(inks, learnt, strict=True)]
        pens = [outline if inner else hollow[ink] for ink, inner in zip(inks, learnt, strict=True)]
        self.dots.setData(x=points.x[:, 0], y=points.x[:, 1], size=size, brush=brushes, pen=pens)

    def point(self, place: QPointF | None) -> None:
        found: Boundary = self.answer
        title = TITLES[found.kind].format(found.classes[-1] if found.classes else "")
        there = place_in(self.plot, place)
        if there is None or not self.picture.rect.contains(there):
            self.caption.say(title, self._legend())
            return
        size = len(found.values)
        column = min(size - 1, int((there.x() - found.x[0]) / (found.x[1] - found.x[0]) * size))
        row = min(size - 1, int((there.y() - found.y[0]) / (found.y[1] - found.y[0]) * size))
        at = f"({numbers.fixed(there.x())}, {numbers.fixed(there.y())})"
        self.caption.say(at, (Reading(_says(found, row, column)),))

    def _legend(self) -> tuple[Reading, ...]:
        points = self.answers.get("points")
        if not isinstance(points, Points):
            return ()
        names = [name for index, name in enumerate(PARTS) if (points.part == index).any()]
        if len(names) < 2:
            return ()
        held = " and ".join(names[1:])
        return Reading("train", mark="filled", spare=True), Reading(held, mark="hollow", spare=True)

    def exports(self) -> Exportable | None:
        if self.answer is None:
            return None
        return Exportable("decision-boundary", self.board.layout_item, self._table)

    def _table(self) -> tuple[list[str], list[list[float | str]]]:
        found: Boundary = self.answer
        size = len(found.values)
        middle = (np.arange(size) + 0.5) / size
        x, y = (low + middle * (high - low) for low, high in (found.x, found.y))
        names = [*found.features, COLUMNS[found.kind]]
        rows: list[list[float | str]] = [
            [float(x[c]), float(y[r]), float(found.values[r, c])] for r in range(size) for c in range(size)
        ]
        if found.winners is not None:
            names.append("class")
            for row, winner in zip(rows, found.winners.ravel(), strict=True):
                row.append(found.classes[winner])
        return names, rows


def _key(found: Boundary, colours: Colours) -> tuple[Colours, list[tuple[float, str]]]:
    if found.kind == "classes":
        count = len(found.classes)
        full = colours[picture.LEVELS - 1 :: picture.LEVELS + 1]
        return full.repeat(BAND), [((index + 0.5) / count, name) for index, name in enumerate(found.classes)]
    strip = colours[: picture.LEVELS]
    if found.kind == "probability":
        return strip, [(0.0, found.classes[0]), (0.5, "½"), (1.0, found.classes[1])]
    low, high = found.limits
    return strip, [(part, numbers.fixed(low + part * (high - low))) for part in (0.0, 0.5, 1.0)]


def _point_colours(found: Boundary, points: Points, tokens: Tokens) -> list[str]:
    if found.kind == "value":
        table = picture.with_gap(sequential_lut("viridis", picture.LEVELS), tokens.plot_grid)
        names = [QColor.fromRgb(int(value)).name() for value in table]
        return [names[level] for level in picture.levels(points.y, *found.limits).tolist()]
    return [tokens.label_colour(int(y), len(found.classes)) for y in points.y]


def _says(found: Boundary, row: int, column: int) -> str:
    value = float(found.values[row, column])
    if found.kind == "value" or not np.isfinite(value):
        return numbers.fixed(value, 3)
    if found.winners is not None:
        return f"{found.classes[found.winners[row, column]]}, {numbers.share(value)}"
    name = found.classes[1] if value > 0.5 else found.classes[0]
    return f"{name}, {numbers.share(max(value, 1 - value))}"


PANEL = PanelInfo(id="boundary", title="Decision boundary", area="bottom", icon="boundary", create=BoundaryPanel,
                  shortcut="Ctrl+2", order=20, width=216, tip="What the network says at every place of the plane")
