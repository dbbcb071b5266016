"""The decision boundary with the data points."""
from __future__ import annotations

import numpy as np
from pyqtgraph.GraphicsScene.mouseEvents import MouseClickEvent
from PySide6.QtCore import QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QMenu

from core.train.events import Event
from core.train.probes.boundary import Boundary
from core.train.references import SampleRef
from core.train.request import Request
from core.train.sampling import PARTS
from gui.boundary import words
from gui.boundary.contour_item import ContourItem
from gui.boundary.controls import Controls
from gui.boundary.spots import Spots
from gui.panels._base import Exportable, PanelInfo
from gui.panels._live import LivePanel
from gui.plots import numbers, picture
from gui.plots.axis import Axis
from gui.plots.board import look_at, name_axis, place_in, quiet_plot, restyle_plot
from gui.plots.caption import Caption, Reading
from gui.plots.colour_bar import ColourBar
from gui.plots.picture import Colours, Picture
from gui.plots.plane_colours import codes_of, colours_of
from gui.theme.tokens import Tokens

BAND = 64


class BoundaryPanel(LivePanel):
    """What the network says at every place of the plane of two columns. A click on a point traces it."""

    main = "boundary"
    fades = True
    empty = "Build a network on data with two features to see where it draws the line."

    def build(self) -> None:
        self.setAccessibleName("Decision boundary")
        self.caption = Caption(self.tokens)
        self.plot = quiet_plot(Axis("left"), Axis("bottom"))
        self.bar = ColourBar(self.tokens)
        self.picture = Picture(smooth=True)
        self.contours = ContourItem()
        self.plot.addItem(self.picture)
        self.plot.addItem(self.contours)
        self.spots = Spots(self.plot)
        # Numbers of lines can be read among many points.
        self.contours.setZValue(1)
        self.dots = self.spots.dots
        layout = self.board.layout_item
        layout.addItem(self.caption, 0, 0, 1, 4)
        layout.addItem(self.plot, 1, 1)
        layout.addItem(self.bar, 1, 2)
        self._colours: Colours = np.empty(0, np.uint32)
        self._coloured: tuple[object, ...] = ()
        self._mapped: tuple[object, ...] = ()
        self._told = self._followed = False
        self.controls = Controls(self.strip, self._look_again)
        self.context.sample_changed.connect(self._follow)
        self.board.view.scene().sigMouseClicked.connect(self._click)

    def fill_menu(self, menu: QMenu) -> None:
        """What can be done with these points."""
        draw = self.window().findChild(QAction, "edit.draw_points")
        if draw is not None:
            menu.addAction(draw.icon(), "Draw Points Here").triggered.connect(draw.trigger)

    def wanted(self) -> tuple[Request, ...]:
        return self.controls.view.requests(self.context.sample, marked=self._followed, told=self._told)

    def on_train(self, event: Event) -> None:
        super().on_train(event)
        if self.answers.get("place") is not None and not any(r.probe == "place" for r in self.wanted()):
            del self.answers["place"]

    @property
    def choosable(self) -> bool:
        # Without a map there is nothing to choose, unless the columns were chosen.
        return self.answer is not None or bool(self.controls.view.x or self.controls.view.y)

    def _look_again(self) -> None:
        """Draw what can be drawn at once; the run answers the rest."""
        if self.answer is not None:
            self._show()

    @Slot(object)
    def _follow(self, sample: SampleRef) -> None:
        """Somebody traces a sample: it is marked from now on."""
        self._followed = True

    @Slot(object)
    def _click(self, event: MouseClickEvent) -> None:
        row = self.spots.nearest(event.scenePos())
        if event.button() == Qt.MouseButton.LeftButton and row is not None and self.spots.points is not None:
            points, self._followed = self.spots.points, True
            self.context.trace(SampleRef(PARTS[points.part[row]], int(points.number[row])))
            event.accept()

    def restyle(self, tokens: Tokens) -> None:
        self.caption.restyle(tokens)
        restyle_plot(self.plot, tokens, grid=False)

    @Slot()
    def arrange(self) -> None:
        self.board.fit(self.plot, self.bar, narrowest=1.0, widest=1.0, bare=True)
        if self.answer is not None:
            self.controls.tidy(self.answer, self.width())

    def draw(self) -> None:
        found: Boundary = self.answer
        tokens, view = self.tokens, self.controls.view
        area = QRectF(found.x[0], found.y[0], found.x[1] - found.x[0], found.y[1] - found.y[0])
        drawn = found, tokens, view.discrete
        if drawn != self._mapped:
            self._mapped = drawn
            self._draw_map(found, area, shades=not view.discrete)
        self.spots.draw(found, self.answers.get("points"), view.shown, tokens, self.board.inside)
        self.spots.ring(self.answers.get("verdicts") if view.errors else None, tokens)
        self.spots.point_out(self.answers.get("place") if self._followed or view.traced else None, tokens)

    def _draw_map(self, found: Boundary, area: QRectF, *, shades: bool) -> None:
        tokens = self.tokens
        coloured = found.kind, found.classes, found.label, tokens
        if coloured != self._coloured:
            self._coloured, self._colours = coloured, colours_of(found, tokens)
        self.picture.draw(codes_of(found, shades=shades), self._colours, area)
        levels = picture.levels(np.array([line.level for line in found.lines]), *found.limits)
        papers = [QColor(int(colour)).name() for colour in self._colours[levels]] if found.lines else []
        self.contours.draw(found.lines, papers, area, tokens)
        look_at(self.plot, area)
        for side, name in zip(("bottom", "left"), found.features, strict=True):
            if self.plot.getAxis(side).labelText != name:
                name_axis(self.plot.getAxis(side), name, tokens)
        self.bar.show_colours(*_key(found, self._colours), tokens)
        self.arrange()

    def point(self, place: QPointF | None) -> None:
        found: Boundary = self.answer
        row, points = self.spots.nearest(place), self.spots.points
        self._told = row is not None
        if row is not None and points is not None:
            said, readings = words.at_point(found, points, row, self.answers.get("verdicts"))
            self.caption.say(said, readings, short=said.partition(":")[0])
            return
        there = place_in(self.plot, place)
        if there is None or not self.picture.rect.contains(there):
            view = self.controls.view
            self.caption.say(words.title(found, traced=view.traced),
                             words.legend(self.answers.get("points"), view.shown))
            return
        size = len(found.values)
        column = min(size - 1, int((there.x() - found.x[0]) / (found.x[1] - found.x[0]) * size))
        line = min(size - 1, int((there.y() - found.y[0]) / (found.y[1] - found.y[0]) * size))
        at = f"({numbers.fixed(there.x())}, {numbers.fixed(there.y())})"
        self.caption.say(at, (Reading(words.at_cell(found, line, column)),))

    def exports(self) -> Exportable | None:
        if self.answer is None:
            return None
        return Exportable("decision-boundary", self.board.layout_item, lambda: words.table(self.answer))


def _key(found: Boundary, colours: Colours) -> tuple[Colours, list[tuple[float, str]]]:
    if found.kind == "classes":
        count = len(found.classes)
        full = colours[picture.LEVELS - 1 :: picture.LEVELS + 1]
        return full.repeat(BAND), [((index + 0.5) / count, name) for index, name in enumerate(found.classes)]
    strip = colours[: picture.LEVELS]
    if found.kind == "chance":
        return strip, [(0.0, "0"), (0.5, "½"), (1.0, "1")]
    if found.kind == "probability":
        return strip, [(0.0, found.classes[0]), (0.5, "½"), (1.0, found.classes[1])]
    low, high = found.limits
    return strip, [(part, numbers.fixed(low + part * (high - low))) for part in (0.0, 0.5, 1.0)]


PANEL = PanelInfo(id="boundary", title="Decision boundary", area="bottom", icon="boundary", create=BoundaryPanel,
                  shortcut="Ctrl+2", order=20, width=200, tab="Boundary", heading="Results",
                  tip="What the network says at every place of the plane")
