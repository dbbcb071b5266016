"""The weights of one node as a heat map."""
from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Slot

from core.train.probes.weights import Weights
from core.train.request import Request
from gui.panels._base import Exportable, PanelInfo
from gui.panels._live import LivePanel
from gui.plots import numbers, picture
from gui.plots.axis import Axis
from gui.plots.board import look_at, place_in, quiet_plot, restyle_plot
from gui.plots.caption import Caption, Reading
from gui.plots.colour_bar import ColourBar
from gui.plots.heat_map import HeatMap
from gui.plots.picture import Colours
from gui.theme import fonts
from gui.theme.diverging import diverging_lut
from gui.theme.tokens import Tokens

SEPARATION = 0.035
THICKNESS = 0.07


class WeightsPanel(LivePanel):
    """A matrix with a row for every input and a column for every unit, and below it the biases."""

    main = "weights"
    empty = "Add a Dense layer to see its weights."

    def build(self) -> None:
        self.setAccessibleName("Weights")
        self.caption = Caption(self.tokens)
        self.left, self.bottom = Axis("left"), Axis("bottom")
        self.plot = quiet_plot(self.left, self.bottom)
        self.plot.vb.invertY(True)
        self.plot.setLabel("left", "input")
        self.plot.setLabel("bottom", "unit")
        self.bar = ColourBar(self.tokens)
        self.maps: dict[str, HeatMap] = {}
        layout = self.board.layout_item
        layout.addItem(self.caption, 0, 0, 1, 4)
        layout.addItem(self.plot, 1, 1)
        layout.addItem(self.bar, 1, 2)
        self._colours: Colours = np.empty(0, np.uint32)

    def wanted(self) -> tuple[Request, ...]:
        chosen = self.context.selection
        return (Request.of("weights", node=next(iter(chosen)) if len(chosen) == 1 else ""),)

    def restyle(self, tokens: Tokens) -> None:
        self._colours = picture.with_gap(diverging_lut(tokens, picture.LEVELS), tokens.plot_grid)
        self.caption.restyle(tokens)
        restyle_plot(self.plot, tokens, grid=False)
        for shown in self.maps.values():
            self._restyle_map(shown)

    @Slot()
    def arrange(self) -> None:
        self.board.fit(self.plot, self.bar)

    def draw(self) -> None:
        found: Weights = self.answer
        parts = _laid_out(found)
        for name in [name for name in self.maps if name not in parts]:
            self.plot.removeItem(self.maps.pop(name))
        scale = numbers.limit(found.scale)
        for name, (values, area) in parts.items():
            self._map(name, values).draw(picture.levels(values, -scale, scale), self._colours, area)
        self._label(parts)
        digits = numbers.places(scale) if scale < 1 else 1
        marks = [(0.0, numbers.fixed(-scale, digits)), (0.5, "0"), (1.0, numbers.fixed(scale, digits))]
        self.bar.show_colours(self._colours[: picture.LEVELS], marks, self.tokens)

    def _map(self, name: str, values: np.ndarray) -> HeatMap:
        if name not in self.maps:
            self.maps[name] = HeatMap()
            self._restyle_map(self.maps[name])
            self.plot.addItem(self.maps[name])
        shown = self.maps[name]
        shown.sample = f"{numbers.MINUS}{'0' * len(str(int(self.answer.scale)))}.00"
        shown.write = lambda row, column: numbers.fixed(float(values[row, column]))
        return shown

    def _restyle_map(self, shown: HeatMap) -> None:
        shown.restyle(fonts.font(self.tokens, small=True), self.tokens.plot)

    def _label(self, parts: dict[str, tuple[np.ndarray, QRectF]]) -> None:
        """Name the rows and columns, and set the view around all of it."""
        whole = QRectF()
        rows: list[tuple[float, str]] = []
        for name, (values, area) in parts.items():
            whole = whole.united(area)
            if values.shape[0] == area.height() and area.top() == 0:
                rows += [(row + 0.5, str(row)) for row in range(len(values))]
            else:
                rows.append((area.center().y(), name))
        self.left.set_cells(rows)
        self.bottom.set_cells([(column + 0.5, str(column)) for column in range(round(whole.width()))])
        look_at(self.plot, whole)

    def point(self, place: QPointF | None) -> None:
        found: Weights = self.answer
        node = self.context.document.nodes.get(found.node)
        title = f"{node.title if node and node.title else found.node}  {_sizes(found)}"
        there = place_in(self.plot, place)
        readings: tuple[Reading, ...] = ()
        for name, shown in self.maps.items():
            cell = None if there is None else shown.cell_at(there.x(), there.y())
            if cell is not None:
                array = found.values[name]
                index = np.unravel_index(cell[0] * shown.columns + cell[1], array.shape)
                where = ", ".join(map(str, index))
                readings = (Reading(f"{name}[{where}] = {numbers.fixed(float(array[index]), 4)}"),)
        self.caption.say(title, readings)

    def exports(self) -> Exportable | None:
        if self.answer is None:
            return None
        return Exportable(f"weights-{self.answer.node}", self.board.layout_item, self._table)

    def _table(self) -> tuple[list[str], list[list[float | str]]]:
        parts = _laid_out(self.answer)
        width = max(values.shape[1] for values, _ in parts.values())
        rows: list[list[float | str]] = []
        for name, (values, _) in parts.items():
            for number, line in enumerate(values):
                label = f"{name}[{number}]" if self.answer.values[name].ndim > 1 else name
                rows.append([label, *map(float, line), *[""] * (width - len(line))])
        return ["weight", *(f"unit {column}" for column in range(width))], rows


def _laid_out(found: Weights) -> dict[str, tuple[np.ndarray, QRectF]]:
    """Each array as a matrix (rows, columns) with its place: matrices on top, below them a strip for each vector."""
    arrays = sorted(found.values.items(), key=lambda item: item[1].ndim < 2)
    matrices = [a.reshape(-1, a.shape[-1]) if a.ndim > 1 else a.reshape(1, -1) for _, a in arrays]
    tall = sum(len(m) for (_, a), m in zip(arrays, matrices, strict=True) if a.ndim > 1)
    width = max(m.shape[1] for m in matrices)
    top, parts = 0.0, {}
    for (name, array), matrix in zip(arrays, matrices, strict=True):
        height = float(len(matrix)) if array.ndim > 1 else max(1.0, THICKNESS * tall)
        parts[name] = matrix, QRectF(0, top, width, height)
        top += height + max(0.2, SEPARATION * tall)
    return parts


def _sizes(found: Weights) -> str:
    return ", ".join(f"{name} " + " × ".join(map(str, array.shape)) for name, array in found.values.items())


PANEL = PanelInfo(id="weights", title="Weights", area="bottom", icon="weights", create=WeightsPanel,
                  shortcut="Ctrl+3", order=30, width=170, every=2,
                  tip="The weights of the selected node, negative orange, positive blue")
