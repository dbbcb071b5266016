"""Which columns go together."""
from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal, Slot

from core.statistics import Correlation, Frame
from gui.explore.store import Store
from gui.explore.view import View
from gui.panels._base import Exportable
from gui.plots import numbers, picture
from gui.plots.axis import Axis
from gui.plots.board import Board, look_at, place_in, quiet_plot, restyle_plot
from gui.plots.caption import Caption, Reading
from gui.plots.colour_bar import ColourBar
from gui.plots.heat_map import HeatMap
from gui.plots.picture import Colours
from gui.theme import fonts
from gui.theme.diverging import diverging_lut
from gui.theme.tokens import Tokens

NAMES = 150
FEW = 12
# Pixels: a line of names, and what stands above and below the map.
LINE, ABOVE = 13.0, 34.0
WIDEST = 2.6
WAITING = "The columns are being correlated."
ALONE = "Two columns of numbers are needed to see how they go together."


class CorrelationView(View):
    """Pearson's coefficient of every pair; a click shows the two as points. `pair_chosen` carries their places."""

    title = "Correlation"
    pair_chosen = Signal(int, int)

    def __init__(self, store: Store):
        super().__init__(store)
        self.setAccessibleName("Correlation")
        self.board = Board(self.tokens)
        self.caption, self.bar, self.map = Caption(self.tokens), ColourBar(self.tokens), HeatMap()
        self.left, self.bottom = Axis("left"), Axis("bottom")
        self.plot = quiet_plot(self.left, self.bottom)
        self.plot.vb.invertY(True)
        self.plot.addItem(self.map)
        layout = self.board.layout_item
        layout.addItem(self.caption, 0, 0, 1, 4)
        layout.addItem(self.plot, 1, 1)
        layout.addItem(self.bar, 1, 2)
        self.column.addWidget(self.board, 1)
        self._colours: Colours = np.empty(0, np.uint32)
        self._pointer: QPointF | None = None
        self.board.hovered.connect(self._on_hover)
        self.board.resized.connect(self._arrange)
        self.board.view.scene().sigMouseClicked.connect(self._on_click)
        store.correlated.connect(self._correlated)
        self.restyle(self.tokens)

    @classmethod
    def offered(cls, frame: Frame) -> bool:
        return len(frame.numbers()) >= 2

    @property
    def found(self) -> Correlation | None:
        """What is shown."""
        return self.store.correlation

    def show_frame(self) -> None:
        self.store.want_correlation()
        self._draw()

    def restyle(self, tokens: Tokens) -> None:
        self._colours = picture.with_gap(diverging_lut(tokens, picture.LEVELS), tokens.plot_grid)
        self.board.restyle(tokens)
        self.caption.restyle(tokens)
        restyle_plot(self.plot, tokens, grid=False)
        self.map.restyle(fonts.font(tokens, small=True), tokens.plot)
        marks = [(0.0, f"{numbers.MINUS}1"), (0.5, "0"), (1.0, "1")]
        self.bar.show_colours(self._colours[: picture.LEVELS], marks, tokens)
        self._draw()

    def exports(self) -> Exportable | None:
        return None if self.found is None else Exportable("correlation", self.board.layout_item, self._table)

    def _draw(self) -> None:
        found = self.found
        if found is None:
            self.board.say(WAITING)
            return
        size = len(found.names)
        if size < 2:
            self.board.say(ALONE)
            return
        self.map.sample = f"{numbers.MINUS}0.00"
        self.map.write = lambda row, column: numbers.fixed(float(found.values[row, column]))
        area = QRectF(0, 0, size, size)
        self.map.draw(picture.levels(found.values, -1.0, 1.0), self._colours, area)
        look_at(self.plot, area)
        self._arrange()
        self.board.show_plots()
        self._point()

    def _cell(self, place: QPointF | None) -> tuple[int, int] | None:
        there = place_in(self.plot, place)
        return None if there is None else self.map.cell_at(there.x(), there.y())

    def _point(self) -> None:
        found, cell = self.found, self._cell(self._pointer)
        if found is None:
            return
        if cell is None:
            shown = len(found.names) - found.targets
            more = f", the {shown:,} of {found.total:,} that go best with the target" if shown < found.total else ""
            self.caption.say(f"Correlation of {len(found.names):,} columns{more}")
            return
        row, column = cell
        value = float(found.values[row, column])
        said = numbers.fixed(value, 3) if np.isfinite(value) else "does not vary"
        self.caption.say(f"{found.names[row]} and {found.names[column]}", (Reading(said),))

    @Slot()
    def _arrange(self) -> None:
        names = self.found.names if self.found is not None else ()
        cells = [(place + 0.5, name) for place, name in enumerate(names)]
        self.bottom.set_cells(cells if len(names) <= FEW else [], widest=NAMES)
        room = max(self.board.view.height() - ABOVE - self.bottom.room(), 1.0)
        # Of many names each that has a line of its own.
        self.left.set_cells(cells[:: numbers.every(LINE * len(names) / room)], widest=NAMES)
        self.board.fit(self.plot, self.bar, widest=WIDEST)

    @Slot(object)
    def _on_hover(self, place: QPointF | None) -> None:
        self._pointer = place
        self._point()

    @Slot(object)
    def _on_click(self, event: object) -> None:
        cell = self._cell(event.scenePos())  # type: ignore[attr-defined]
        if cell is not None and self.found is not None and event.button() == Qt.MouseButton.LeftButton:  # type: ignore[attr-defined]
            row, column = cell
            self.pair_chosen.emit(self.found.places[column], self.found.places[row])

    @Slot()
    def _correlated(self) -> None:
        if self.isVisible():
            self._draw()

    def _table(self) -> tuple[list[str], list[list[float | str]]]:
        found = self.found
        assert found is not None
        rows: list[list[float | str]] = [[name, *map(float, line)]
                                         for name, line in zip(found.names, found.values, strict=True)]
        return ["column", *found.names], rows
