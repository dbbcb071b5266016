"""Weights as small pictures: one for every filter of a convolution, or for every unit that looks at a picture."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF

from core.train.probes.kernels import COLOUR, MEAN, Kernels
from core.train.references import NeuronRef
from gui.plots import numbers, picture
from gui.plots.board import place_in, quiet_plot
from gui.plots.caption import Reading
from gui.plots.picture import Colours
from gui.plots.view import Place, Row
from gui.plots.zoom import Zoom
from gui.theme import fonts
from gui.theme.tokens import Tokens
from gui.weights.mosaic import Mosaic
from gui.weights.shades import Shades, judged
from gui.weights.view import Blank, View
from gui.weights.words import BY_ID, titled

NAMES = {"kernels": ("filter", "filters"), "fields": ("unit", "units")}


class KernelsView(View):
    """A grid of pictures; orange is negative, blue positive, and in colour grey is zero."""

    probe = "kernels"

    def build(self) -> None:
        self.plot = quiet_plot(Blank("left"), Blank("bottom"))
        self.plot.vb.invertY(True)
        self.mosaic = Mosaic()
        self.plot.addItem(self.mosaic)
        self.plot.addItem(self.frames)
        self.zoom = Zoom(self.plot)
        self.shades = Shades("now", 1.0)
        self._laid: tuple[object, ...] = ()

    def restyle(self, tokens: Tokens) -> None:
        super().restyle(tokens)
        self.mosaic.font = fonts.font(tokens, small=True)

    def arrange(self, found: Kernels | None) -> None:
        super().arrange(found)
        self._lay()

    def _lay(self) -> None:
        """Choose the grid anew if the room or the pictures have another size."""
        mosaic, board = self.mosaic, self.board
        wanted = mosaic.count, mosaic.height, mosaic.width, board.inside, board.tall
        if mosaic.count and board.inside and wanted != self._laid:
            self._laid = wanted
            mosaic.arrange(board.inside, board.tall)
        assert self.zoom is not None
        self.zoom.show(mosaic.area)

    def draw(self, found: Kernels) -> None:
        self.shades = shades = Shades.of(found.quantity, found.scale)
        colours = shades.table(self.tokens)
        if found.channel == COLOUR:
            self.mosaic.draw(_coloured(found.pictures, shades.scale))
        else:
            self.mosaic.draw(colours.take(shades.codes(found.pictures), mode="clip"))
        self.mosaic.sample = "" if found.channel == COLOUR else shades.sample
        self.mosaic.write = None if found.channel == COLOUR else (
            lambda number, row, column: shades.write(float(found.pictures[number, row, column])))
        self.beside.show_colours(_bar(colours, found.channel), shades.marks(), self.tokens)
        self.arrange(found)

    def choices(self, found: Kernels) -> tuple[Sequence[str], int]:
        return (), found.inputs

    def point(self, found: Kernels, place: Place) -> None:
        one, many = NAMES[found.kind]
        there = place_in(self.plot, place)
        cell = None if there is None else self.mosaic.at(there)
        seen, total = len(found.numbers), numbers.count(found.total)
        count = f"{total} {many}" if seen == found.total else f"{seen} of {total} {many}"
        size = " × ".join(map(str, found.pictures.shape[1:3]))
        ratio = f", {judged(found.ratio)}" if found.quantity == "step" else ""
        title = f"{titled(self.name(found.node), found.quantity, found.since)}  {count}, {size}{_channel(found)}{ratio}"
        if cell is None:
            self.caption.say(title)
            return
        number, row, column = cell
        value = found.pictures[number, row, column]
        said = ", ".join(self.shades.read(float(part)) for part in np.atleast_1d(value))
        self.caption.say(title, (Reading(f"{one} {found.numbers[number] + 1} [{row + 1}, {column + 1}] = {said}"),))

    def neuron(self, found: Kernels, place: QPointF) -> NeuronRef | None:
        there = place_in(self.plot, place)
        cell = None if there is None or found.inner else self.mosaic.at(there)
        return None if cell is None else NeuronRef(found.node, int(found.numbers[cell[0]]))

    def frame(self, found: Kernels, number: int | None) -> None:
        shown = [] if number is None or found.inner else np.flatnonzero(found.numbers == number).tolist()
        margin = self.mosaic.space / 4
        self.frames.show_around(tuple(self.mosaic.place(place).adjusted(-margin, -margin, margin, margin)
                                      for place in shown))

    def table(self, found: Kernels) -> tuple[list[str], list[Row]]:
        names = [NAMES[found.kind][0], "row", "column"]
        column = BY_ID[found.quantity].column
        colour = found.pictures.ndim == 4
        rows: list[Row] = []
        for place in np.ndindex(*found.pictures.shape[:3]):
            values = np.atleast_1d(found.pictures[place])
            rows.append([int(found.numbers[place[0]]) + 1, *(at + 1 for at in place[1:]), *map(float, values)])
        return [*names, *([f"{column}, {part}" for part in ("red", "green", "blue")] if colour else [column])], rows


def _channel(found: Kernels) -> str:
    if found.inputs == 1 or found.channel == COLOUR:
        return ""
    if found.channel == MEAN:
        return f", mean of {found.inputs} inputs"
    return f", input {found.channel + 1}"


def _coloured(pictures: np.ndarray, scale: float) -> np.ndarray:
    """Pictures (n, height, width, 3) as 0xAARRGGBB: grey is zero, full colour `scale`."""
    with np.errstate(invalid="ignore"):
        parts = np.nan_to_num(np.clip(127.5 + 127.5 * pictures / scale, 0, 255)).round().astype(np.uint32)
    packed: np.ndarray = np.uint32(0xFF000000) | parts[..., 0] << 16 | parts[..., 1] << 8 | parts[..., 2]
    return packed.astype(np.uint32)


def _bar(colours: Colours, channel: int) -> Colours:
    if channel != COLOUR:
        return colours[: picture.LEVELS]
    grey = np.linspace(0, 255, picture.LEVELS).astype(np.uint32)
    return np.asarray(0xFF000000 | grey << 16 | grey << 8 | grey, np.uint32)
