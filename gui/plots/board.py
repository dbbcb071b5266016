"""What all plot panels stand on: a drawing, or a sentence while there is nothing to draw."""
from __future__ import annotations

import math

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QLabel, QStackedLayout, QWidget

from gui.plots.axis import Axis
from gui.plots.caption import HEIGHT
from gui.plots.colour_bar import ColourBar
from gui.plots.legend import Legend
from gui.theme import fonts, plots
from gui.theme.tokens import Tokens

SIDE, MARGIN = 12.0, 8.0
GAP = 3.0
BESIDE = 16.0
NAMED = 250


class Board(QWidget):
    """`layout_item` takes the plots. `hovered` sends the place of the pointer in the scene, and None when it leaves."""

    hovered = Signal(object)
    resized = Signal()

    def __init__(self, tokens: Tokens):
        super().__init__()
        self.view = pg.GraphicsLayoutWidget()
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setMinimumSize(0, 0)
        self.view.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        self.layout_item: pg.GraphicsLayout = self.view.ci
        self.layout_item.layout.setContentsMargins(SIDE, 0, SIDE, MARGIN)
        self.layout_item.layout.setSpacing(0)
        self.message = QLabel()
        self.message.setProperty("role", "empty")
        self.message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.message.setWordWrap(True)
        self.message.setContentsMargins(tokens.gap_xl, tokens.gap, tokens.gap_xl, tokens.gap)
        self.drawing: QWidget = self.view
        self._place: tuple[float, ...] = ()
        self._stripped: tuple[pg.PlotItem, bool] | None = None
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.message)
        self._stack.addWidget(self.view)
        self.view.scene().sigMouseMoved.connect(self.hovered)
        self.view.installEventFilter(self)

    def say(self, text: str) -> None:
        """Show a sentence instead of the drawing."""
        self.message.setText(text)
        self._stack.setCurrentWidget(self.message)

    def show_plots(self) -> None:
        """Show the drawing."""
        self._stack.setCurrentWidget(self.drawing)

    def take(self, drawing: QWidget) -> None:
        """Let this be the drawing from now on."""
        if self._stack.indexOf(drawing) < 0:
            self._stack.addWidget(drawing)
        shown, self.drawing = not self.empty, drawing
        if shown:
            self.show_plots()

    @property
    def empty(self) -> bool:
        """True while the sentence is shown."""
        return self._stack.currentWidget() is self.message

    def fit(self, plot: pg.PlotItem, bar: ColourBar | Legend | None = None, *, narrowest: float = 0.0,
            widest: float = math.inf, bare: bool = False) -> None:
        """Place a plot (column 1) and its colour bar (column 2) under the caption, as large as there is room.

        `narrowest` and `widest` bound the width of the plot's inside divided by its height. In a small panel the
        names of the axes and the bar go, and with `bare` the axes too: the picture matters most.
        """
        self._strip(plot, bar, bare)
        axis, bottom = plot.getAxis("left"), plot.getAxis("bottom").room()
        beside = 0.0 if bar is None else bar.minimumWidth()
        height = self.view.height() - MARGIN - HEIGHT - GAP - bottom
        axis.fit_labels(height)
        left = axis.room()
        width = self.view.width() - 2 * SIDE - left - beside
        wanted = min(width, height * widest), min(height, width / narrowest if narrowest else height)
        place = left, bottom, beside, *(max(side, 10.0) for side in wanted)
        if place != self._place:
            self._place = place
            self._set_place(*place, spare=max(0.0, width - wanted[0]))
            if bar is not None:
                bar.foot = bottom

    @property
    def inside(self) -> float:
        """The width of the plot without its axes, as it was placed last."""
        return self._place[3] if self._place else 0.0

    @property
    def tall(self) -> float:
        """The height of the plot without its axes, as it was placed last."""
        return self._place[4] if self._place else 0.0

    def _strip(self, plot: pg.PlotItem, bar: ColourBar | Legend | None, bare: bool) -> None:
        small = self.view.width() < NAMED
        if (plot, small) == self._stripped:
            return
        self._stripped = plot, small
        for side in ("left", "bottom"):
            axis = plot.getAxis(side)
            axis.named = not small
            axis.setVisible(not (small and bare))
            axis.redraw()
        if bar is not None:
            bar.setVisible(not small)
            bar.take_room()

    def _set_place(self, left: float, bottom: float, beside: float, width: float, height: float, *,
                   spare: float) -> None:
        grid = self.layout_item.layout
        for column, size in enumerate((spare / 2, left + width, beside, spare / 2)):
            grid.setColumnFixedWidth(column, size)
        grid.setRowSpacing(0, GAP)
        grid.setRowFixedHeight(1, height + bottom)
        grid.setRowStretchFactor(2, 1)

    def restyle(self, tokens: Tokens) -> None:
        """Take the background of a theme."""
        self.view.setBackground(tokens.plot)

    def sizeHint(self) -> QSize:
        return QSize(300, 220)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 72)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self.hovered.emit(None)
        elif event.type() == QEvent.Type.Resize:
            self.resized.emit()
        return False


def quiet_plot(left: Axis, bottom: Axis) -> pg.PlotItem:
    """A plot that is read, not moved: no menu, no buttons, no dragging."""
    plot = pg.PlotItem(axisItems={"left": left, "bottom": bottom}, enableMenu=False)
    plot.hideButtons()
    plot.setMouseEnabled(False, False)
    plot.disableAutoRange()
    plot.setContentsMargins(0, 0, 0, 0)
    for axis in (left, bottom):
        # The grid belongs behind what is drawn.
        axis.setZValue(-1)
    return plot


def look_at(plot: pg.PlotItem, area: QRectF) -> None:
    """Show exactly this part of the plane; cheap if it is shown already."""
    (left, right), (low, high) = plot.vb.viewRange()
    if (left, right, low, high) != (area.left(), area.right(), area.top(), area.bottom()):
        plot.vb.setRange(area, padding=0)


def place_in(plot: pg.PlotItem, scene_place: QPointF | None) -> QPointF | None:
    """Where a place in the scene lies in the coordinates of a plot, or None beside it."""
    if scene_place is None or not plot.vb.sceneBoundingRect().contains(scene_place):
        return None
    place: QPointF = plot.vb.mapSceneToView(scene_place)
    return place


def restyle_plot(plot: pg.PlotItem, tokens: Tokens, *, grid: bool) -> None:
    """The theme's look, with small quiet names of the axes."""
    plots.restyle(plot, tokens, grid=grid)
    for side in ("left", "bottom"):
        axis = plot.getAxis(side)
        # pyqtgraph gives the colour of the line to the name as well, so the name comes last.
        if not grid:
            axis.setPen(pg.mkPen(None))
        name_axis(axis, axis.labelText, tokens)


def name_axis(axis: Axis, name: str, tokens: Tokens) -> None:
    """Write what an axis stands for beside it; an empty name takes no room."""
    axis.label.setFont(fonts.font(tokens, small=True))
    axis.setLabel(name, color=tokens.text_muted)
    axis.redraw()
    # pyqtgraph puts a name into the middle of its axis only when the axis becomes larger or smaller.
    axis.resizeEvent()
