"""Which classes are taken for which."""
from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Slot

from core.train.events import Event, Snapshot, Started
from core.train.probes.confusion import Confusion
from core.train.request import Request
from gui.panels._base import Exportable, PanelInfo
from gui.panels._live import LivePanel
from gui.plots import numbers, picture
from gui.plots.axis import Axis
from gui.plots.board import look_at, place_in, quiet_plot, restyle_plot
from gui.plots.caption import Caption, Reading
from gui.plots.heat_map import HeatMap
from gui.plots.picture import Colours
from gui.theme import fonts
from gui.theme.tokens import Tokens, mix

NAMES = 64
CLEAR = 4
WIDEST = 2.4
# Judging thousands of samples is dear: about four times a second is enough.
REST = 8
PARTS = {"train": "Training", "validation": "Validation"}


class ConfusionPanel(LivePanel):
    """Counts by true class (rows) and predicted class (columns), shaded by the share of the row."""

    main = "confusion"
    empty = "Build a network on data with classes to see which it confuses."

    def build(self) -> None:
        self.setAccessibleName("Confusion matrix")
        self.caption = Caption(self.tokens)
        self.left, self.bottom = Axis("left"), Axis("bottom")
        self.plot = quiet_plot(self.left, self.bottom)
        self.plot.vb.invertY(True)
        self.plot.setLabel("left", "true")
        self.plot.setLabel("bottom", "predicted")
        self.map = HeatMap()
        self.plot.addItem(self.map)
        layout = self.board.layout_item
        layout.addItem(self.caption, 0, 0, 1, 4)
        layout.addItem(self.plot, 1, 1)
        self._colours: Colours = np.empty(0, np.uint32)
        self._step: int | None = None
        self._rest = 0

    def wanted(self) -> tuple[Request, ...]:
        return (Request.of("confusion"),)

    def due(self) -> bool:
        return self._rest == 0 and self.context.trainer.step_count != self._step

    def on_train(self, event: Event) -> None:
        super().on_train(event)
        if isinstance(event, Started):
            self._step, self._rest = None, 0
        elif isinstance(event, Snapshot) and self.wanted()[0] in event.answers:
            self._step, self._rest = event.step, REST

    def on_tick(self) -> None:
        self._rest = max(0, self._rest - 1)
        super().on_tick()

    def restyle(self, tokens: Tokens) -> None:
        self._colours = _shades(tokens)
        self.caption.restyle(tokens)
        restyle_plot(self.plot, tokens, grid=False)
        self.map.restyle(fonts.font(tokens, small=True), tokens.plot)

    @Slot()
    def arrange(self) -> None:
        self.board.fit(self.plot, widest=WIDEST)

    def draw(self) -> None:
        found: Confusion = self.answer
        count = len(found.classes)
        self.map.sample = numbers.count(int(found.counts.max()))
        self.map.write = lambda row, column: _count(int(found.counts[row, column]), len(found.classes))
        self.map.draw(picture.levels(found.shares, 0.0, 1.0), self._colours, QRectF(0, 0, count, count))
        cells = [(index + 0.5, name) for index, name in enumerate(found.classes)]
        self.left.set_cells(cells, widest=NAMES)
        self.bottom.set_cells(cells, widest=4 * NAMES)
        look_at(self.plot, QRectF(0, 0, count, count))
        self.arrange()

    def point(self, place: QPointF | None) -> None:
        found: Confusion = self.answer
        there = place_in(self.plot, place)
        cell = None if there is None else self.map.cell_at(there.x(), there.y())
        if cell is None:
            judged = int(found.counts.sum())
            size = numbers.count(judged) + (f" of {found.total:,}" if judged < found.total else "")
            title = f"{PARTS[found.part]}, {size} samples"
            self.caption.say(title, (Reading(numbers.share(found.accuracy), "accuracy", widest="100.0 %"),))
            return
        row, column = cell
        title = f"{found.classes[row]} taken for {found.classes[column]}" if row != column \
            else f"{found.classes[row]}, recognised"
        amount = f"{found.counts[row, column]:,} of {found.counts[row].sum():,}"
        self.caption.say(title, (Reading(f"{amount}, {numbers.share(float(found.shares[row, column]))}"),))

    def exports(self) -> Exportable | None:
        if self.answer is None:
            return None
        return Exportable("confusion-matrix", self.board.layout_item, self._table)

    def _table(self) -> tuple[list[str], list[list[float | str]]]:
        found: Confusion = self.answer
        rows: list[list[float | str]] = [[name, *map(int, line)]
                                         for name, line in zip(found.classes, found.counts, strict=True)]
        return ["true \\ predicted", *found.classes], rows


def _count(number: int, classes: int) -> str:
    """In a large table zeros would drown the rest."""
    return "" if number == 0 and classes > CLEAR else numbers.count(number)


def _shades(tokens: Tokens) -> Colours:
    """From the surface to the accent, by the root of the share: a class seldom mistaken still shows."""
    steps = np.sqrt(np.linspace(0.0, 1.0, picture.LEVELS))
    start = mix(tokens.surface, tokens.text, 0.05)
    return picture.with_gap(picture.ramp(start, tokens.accent, steps), tokens.plot_grid)


PANEL = PanelInfo(id="confusion", title="Confusion matrix", area="bottom", icon="confusion", create=ConfusionPanel,
                  shortcut="Ctrl+4", order=40, width=187, tip="Which classes are taken for which")
