"""Samples that are series, as lines."""
from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF, Slot
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QPushButton

from core.statistics import Frame, spread_rows, value_range
from gui.explore.store import Store
from gui.explore.view import View
from gui.forms.chooser import Chooser
from gui.panels._base import Exportable
from gui.plots import picture
from gui.plots.axis import Axis
from gui.plots.board import Board, look_at, quiet_plot, restyle_plot
from gui.plots.caption import Caption
from gui.plots.colour_bar import ColourBar
from gui.theme.tokens import Tokens

LINES = 12
BAND = 32
MARGIN = 0.04


class SeriesView(View):
    """A few samples of every class in one channel, step by step."""

    title = "Lines"

    def __init__(self, store: Store):
        super().__init__(store)
        self.setAccessibleName("Lines")
        self.channel = Chooser(self.controls, "Channel", "Which of the numbers of each step is drawn")
        self.more = QPushButton("Other rows")
        self.more.setToolTip("Draw other rows of each class")
        self.more.clicked.connect(self._next)
        self.controls.addWidget(self.more)
        self.controls.addStretch(1)
        self.board = Board(self.tokens)
        self.caption, self.bar = Caption(self.tokens), ColourBar(self.tokens)
        self.plot = quiet_plot(Axis("left"), Axis("bottom", whole=True))
        self.plot.setLabel("bottom", "step")
        layout = self.board.layout_item
        layout.addItem(self.caption, 0, 0, 1, 4)
        layout.addItem(self.plot, 1, 1)
        layout.addItem(self.bar, 1, 2)
        self.column.addLayout(self.controls)
        self.column.addWidget(self.board, 1)
        self.rows: np.ndarray = np.empty(0, np.intp)
        self._round = 0
        self._shown: Frame | None = None
        self.channel.currentIndexChanged.connect(self._draw)
        self.board.resized.connect(self._arrange)
        self.restyle(self.tokens)

    @classmethod
    def offered(cls, frame: Frame) -> bool:
        return frame.series is not None

    def show_frame(self) -> None:
        series = self.frame.series
        assert series is not None
        if self.frame is not self._shown:
            self._shown, self._round = self.frame, 0
            self.channel.offer([(str(number + 1), number) for number in range(series.shape[2])], 0)
            self.channel.setVisible(series.shape[2] > 1)
        self._draw()

    def restyle(self, tokens: Tokens) -> None:
        self.board.restyle(tokens)
        self.caption.restyle(tokens)
        restyle_plot(self.plot, tokens, grid=True)
        if self._shown is not None:
            self._draw()

    def exports(self) -> Exportable | None:
        return Exportable("lines", self.board.layout_item, self._table) if len(self.rows) else None

    @Slot()
    def _next(self) -> None:
        self._round += 1
        self._draw()

    @Slot()
    def _draw(self) -> None:
        if self._shown is None or self.store.frame is not self._shown:
            return
        series, labels = self.frame.series, self.store.labels
        assert series is not None
        self.rows = spread_rows(len(series), labels, LINES, self._round)
        lines = series[self.rows][:, :, max(0, self.channel.chosen)]
        self.plot.clear()
        for row, line in zip(self.rows.tolist(), lines, strict=True):
            self.plot.addItem(pg.PlotDataItem(np.arange(len(line)), line.astype(np.float64), pen=self._pen(row),
                                              connect="finite", antialias=True))
        low, high = value_range(lines)
        margin = MARGIN * (high - low) or 0.5
        look_at(self.plot, QRectF(0, low - margin, max(1, lines.shape[1] - 1), high - low + 2 * margin))
        self.bar.setVisible(labels is not None)
        if labels is not None:
            count = len(labels.names)
            bands = np.array([picture.colour(self.tokens.label_colour(i, count)) for i in range(count)], np.uint32)
            marks = [((i + 0.5) / count, name) for i, name in enumerate(labels.names)]
            self.bar.show_colours(bands.repeat(BAND), marks, self.tokens)
        self.caption.say(f"{len(self.rows):,} of {len(series):,} rows")
        self._arrange()
        self.board.show_plots()

    def _pen(self, row: int) -> object:
        labels, tokens = self.store.labels, self.tokens
        colour = tokens.accent_ink
        if labels is not None:
            known = labels.name_of(row)
            colour = tokens.label_colour(int(labels.codes[row]), len(labels.names)) if known else tokens.text_disabled
        return pg.mkPen(QColor(colour), width=1.5)

    @Slot()
    def _arrange(self) -> None:
        self.board.fit(self.plot, self.bar)

    def _table(self) -> tuple[list[str], list[list[float | str]]]:
        series = self.frame.series
        assert series is not None
        lines = series[self.rows][:, :, max(0, self.channel.chosen)]
        rows: list[list[float | str]] = [[step, *map(float, values)] for step, values in enumerate(lines.T)]
        return ["step", *(f"row {row + 1}" for row in self.rows.tolist())], rows
