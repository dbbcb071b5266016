"""The weights of one node as a heat map: a row for every input, a column for every unit."""
from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from PySide6.QtCore import QPointF, QRectF

from core.train.probes.weights import Weights
from core.train.references import NeuronRef
from gui.plots import numbers, picture
from gui.plots.axis import Axis
from gui.plots.board import place_in, quiet_plot
from gui.plots.caption import Reading
from gui.plots.heat_map import HeatMap
from gui.plots.picture import Colours
from gui.plots.view import Place, Row
from gui.plots.zoom import Zoom
from gui.theme import fonts
from gui.theme.tokens import Tokens
from gui.weights.shades import Shades, judged
from gui.weights.view import View
from gui.weights.words import BY_ID, titled

SEPARATION = 0.035
THICKNESS = 0.07
Parts = Mapping[str, tuple[np.ndarray, QRectF]]


class MatrixView(View):
    """Each matrix by itself, one below the other, and below them a strip for each vector."""

    probe = "weights"

    def build(self) -> None:
        self.left, self.bottom = Axis("left"), Axis("bottom")
        self.plot = quiet_plot(self.left, self.bottom)
        self.plot.vb.invertY(True)
        self.plot.setLabel("left", "input")
        self.plot.setLabel("bottom", "unit")
        self.plot.addItem(self.frames)
        self.maps: dict[str, HeatMap] = {}
        self.zoom = Zoom(self.plot)
        self.shades = Shades("now", 1.0)
        self._tables: dict[str, Colours] = {}
        self._labelled: tuple[object, ...] = ()

    def restyle(self, tokens: Tokens) -> None:
        super().restyle(tokens)
        self._tables.clear()
        for shown in self.maps.values():
            self._restyle_map(shown)

    def draw(self, found: Weights) -> None:
        parts = laid_out(found)
        for name in [name for name in self.maps if name not in parts]:
            self.plot.removeItem(self.maps.pop(name))
        self.shades = shades = Shades.of(found.quantity, found.scale)
        # The same table each time, or the ink of every colour is looked for anew.
        if found.quantity not in self._tables:
            self._tables[found.quantity] = shades.table(self.tokens)
        colours = self._tables[found.quantity]
        for name, (values, area) in parts.items():
            self._map(name, values).draw(shades.codes(values), colours, area)
        self._label(found, parts)
        self.beside.show_colours(colours[: picture.LEVELS], shades.marks(), self.tokens)
        # Other names of rows, or other numbers beside the colours, may need more room.
        self.arrange(found)

    def _map(self, name: str, values: np.ndarray) -> HeatMap:
        if name not in self.maps:
            self.maps[name] = HeatMap()
            self._restyle_map(self.maps[name])
            self.plot.addItem(self.maps[name])
        shown, write = self.maps[name], self.shades.write
        shown.sample = self.shades.sample
        shown.write = lambda row, column: write(float(values[row, column]))
        return shown

    def _restyle_map(self, shown: HeatMap) -> None:
        shown.restyle(fonts.font(self.tokens, small=True), self.tokens.plot)

    def _label(self, found: Weights, parts: Parts) -> None:
        """Name the rows and columns, and set the view around all of it, unless nothing but numbers has changed."""
        wanted = found.first, *((name, values.shape, area, found.block(name))
                                for name, (values, area) in parts.items())
        if wanted == self._labelled:
            return
        self._labelled = wanted
        whole = QRectF()
        rows: list[tuple[float, str]] = []
        for name, (values, area) in parts.items():
            whole = whole.united(area)
            if values.shape[0] == area.height() and area.top() == 0:
                size = found.block(name)[0]
                rows += [(row + 0.5, str(row * size + found.first)) for row in range(len(values))]
            else:
                rows.append((area.center().y(), name))
        across = max((found.block(name)[1] for name in parts), default=1)
        self.left.set_cells(rows)
        self.bottom.set_cells([(column + 0.5, str(column * across + 1)) for column in range(round(whole.width()))])
        assert self.zoom is not None
        self.zoom.show(whole)

    def point(self, found: Weights, place: Place) -> None:
        title = titled(self.name(found.node), found.quantity, found.since)
        said = said_ratios(found) if found.quantity == "step" else sizes(found)
        cell = None if place is None else self._cell(place)
        if cell is None:
            # What is measured stands above as well.
            self.caption.say(f"{title}  {said}", short=f"{self.name(found.node)}  {said}")
            return
        name, row, column = cell
        value = float(as_matrix(found.values[name])[row, column])
        reading = Reading(f"{_where(found, name, row, column)} = {self.shades.read(value)}")
        self.caption.say(f"{title}  {said}", (reading,))

    def _cell(self, place: QPointF) -> tuple[str, int, int] | None:
        there = place_in(self.plot, place)
        for name, shown in self.maps.items():
            cell = None if there is None else shown.cell_at(there.x(), there.y())
            if cell is not None:
                return name, *cell
        return None

    def neuron(self, found: Weights, place: QPointF) -> NeuronRef | None:
        cell = self._cell(place)
        if cell is None or cell[0] not in found.neurons or cell[0] in found.blocks:
            return None
        return NeuronRef(found.node, cell[2] % found.neurons[cell[0]])

    def frame(self, found: Weights, number: int | None) -> None:
        areas = []
        for name, (values, area) in laid_out(found).items() if number is not None else ():
            count, across = found.neurons.get(name, 0), found.block(name)[1]
            columns = range(number or 0, found.shape(name)[-1], count) if count else ()
            width = area.width() / values.shape[1]
            areas += [QRectF(area.left() + column // across * width, area.top(), width, area.height())
                      for column in columns]
        self.frames.show_around(tuple(areas))

    def table(self, found: Weights) -> tuple[list[str], list[Row]]:
        parts = laid_out(found)
        width = max(values.shape[1] for values, _ in parts.values())
        rows: list[Row] = []
        for name, (values, _) in parts.items():
            down = found.block(name)[0]
            for number, line in enumerate(values):
                label = f"{name}[{number * down + found.first}]" if len(found.shape(name)) > 1 else name
                rows.append([label, *map(float, line), *[""] * (width - len(line))])
        across = max(found.block(name)[1] for name in parts)
        return [BY_ID[found.quantity].column, *(f"unit {column * across + 1}" for column in range(width))], rows


def laid_out(found: Weights) -> Parts:
    """Each array as a matrix (rows, columns) with its place: matrices on top, below them a strip for each vector."""
    shapes = {name: found.shape(name) for name in found.values}
    arrays = sorted(found.values.items(), key=lambda item: len(shapes[item[0]]) < 2)
    matrices = {name: as_matrix(array) for name, array in arrays}
    tall = sum(len(matrix) for name, matrix in matrices.items() if len(shapes[name]) > 1)
    width = max(matrix.shape[1] for matrix in matrices.values())
    top, parts = 0.0, {}
    for name, matrix in matrices.items():
        height = float(len(matrix)) if len(shapes[name]) > 1 else max(1.0, THICKNESS * tall)
        parts[name] = matrix, QRectF(0, top, width, height)
        top += height + max(0.2, SEPARATION * tall)
    return parts


def as_matrix(array: np.ndarray) -> np.ndarray:
    """All axes but the last are rows."""
    return array.reshape(-1, array.shape[-1]) if array.ndim > 1 else array.reshape(1, -1)


def sizes(found: Weights) -> str:
    """The shape of every array, and how much of it one cell stands for."""
    return ", ".join(f"{name} " + " × ".join(map(numbers.count, found.shape(name)))
                     + (" by {} × {}".format(*found.blocks[name]) if name in found.blocks else "")
                     for name in found.values)


def said_ratios(found: Weights) -> str:
    """What the next step changes of every array, in words."""
    return ", ".join(f"{name} {judged(ratio)}" for name, ratio in found.ratios.items())


def _where(found: Weights, name: str, row: int, column: int) -> str:
    """The name of a cell, counted from 1 as neurons are; of a block, that it is one."""
    shape = found.shape(name)
    down, across = found.block(name)
    first = _index(found, shape, row * down * shape[-1] + column * across)
    if name not in found.blocks:
        return f"{name}[{first}]"
    end = min((row + 1) * down, _rows(shape)) - 1
    last = _index(found, shape, end * shape[-1] + min((column + 1) * across, shape[-1]) - 1)
    return f"extreme of {name}[{first}] to [{last}]"


def _rows(shape: tuple[int, ...]) -> int:
    return int(np.prod(shape[:-1])) if len(shape) > 1 else 1


def _index(found: Weights, shape: tuple[int, ...], flat: int) -> str:
    *before, column = map(int, np.unravel_index(flat, shape))
    return ", ".join(map(str, (*(number + found.first for number in before), column + 1)))
