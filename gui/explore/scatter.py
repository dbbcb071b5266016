"""Rows as points in the plane of two columns."""
from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import islice

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QBrush, QColor, QFontMetrics
from PySide6.QtWidgets import QPushButton

from core.preprocessing import Column
from core.statistics import Frame, Points, labelled, labels_of, points, value_range
from gui.explore import words
from gui.explore.store import Store
from gui.explore.view import View
from gui.forms.chooser import Chooser
from gui.panels._base import Exportable
from gui.plots import numbers, picture
from gui.plots.axis import Axis
from gui.plots.board import Board, look_at, name_axis, place_in, quiet_plot, restyle_plot
from gui.plots.caption import Caption, Reading
from gui.plots.colour_bar import ColourBar
from gui.plots.dots import Dots
from gui.theme import fonts
from gui.theme.diverging import sequential_lut
from gui.theme.tokens import Tokens

NONE = -1
MARGIN = 0.04
REACH = 10.0
BAND = 32
# Axes whose extents differ by no more than this have one scale in the plane.
ALIKE = 3.0
DOTS = ((200, 7), (1500, 5), (10**9, 4))
NOTHING = "No row has a value in both columns."


class ScatterView(View):
    """Two columns to choose, and one for the colour of the points."""

    title = "Scatter"

    def __init__(self, store: Store):
        super().__init__(store)
        self.setAccessibleName("Scatter")
        self.across = Chooser(self.controls, "x", "The column to the right")
        self.upwards = Chooser(self.controls, "y", "The column upwards")
        self.tint = Chooser(self.controls, "Colour", "The column that colours the points")
        self.log_x, self.log_y = self._log("x"), self._log("y")
        self.controls.addStretch(1)
        self.board = Board(self.tokens)
        self.caption, self.bar, self.dots = Caption(self.tokens), ColourBar(self.tokens), Dots()
        self.left, self.bottom = Axis("left"), Axis("bottom")
        self.plot = quiet_plot(self.left, self.bottom)
        self.plot.addItem(self.dots)
        layout = self.board.layout_item
        layout.addItem(self.caption, 0, 0, 1, 4)
        layout.addItem(self.plot, 1, 1)
        layout.addItem(self.bar, 1, 2)
        self.column.addLayout(self.controls)
        self.column.addWidget(self.board, 1)
        self.points: Points | None = None
        self._shown: Frame | None = None
        self._area = QRectF(0, 0, 1, 1)
        for chooser in (self.across, self.upwards, self.tint):
            chooser.currentIndexChanged.connect(self._draw)
        for button in (self.log_x, self.log_y):
            button.toggled.connect(self._draw)
        self.board.hovered.connect(self._on_hover)
        self.board.resized.connect(self._arrange)
        self.restyle(self.tokens)

    def _log(self, axis: str) -> QPushButton:
        button = QPushButton(f"log {axis}")
        button.setCheckable(True)
        button.setAccessibleName(f"Logarithmic {axis}")
        button.setToolTip(f"Show {axis} on a logarithmic scale")
        button.toggled.connect(lambda on: (self.bottom if axis == "x" else self.left).set_log(on))
        self.controls.addWidget(button)
        return button

    @classmethod
    def offered(cls, frame: Frame) -> bool:
        return len(list(islice(_axes(frame), 2))) == 2

    def show_frame(self) -> None:
        frame, target = self.frame, self.frame.target(self.store.roles)
        if frame is not self._shown:
            self._shown = frame
            axes = list(_axes(frame))
            inputs = [place for place in axes if place != target] or axes
            entries = [(frame.columns[place].spec.name, place) for place in axes]
            self.across.offer(entries, inputs[0])
            self.upwards.offer(entries, inputs[1] if len(inputs) > 1 else axes[1])
            tints = [(column.spec.name, place) for place, column in enumerate(frame.columns)
                     if not column.spec.shape and (column.spec.kind == "number" or labelled(column))]
            self.tint.offer([("one colour", NONE), *tints], NONE if target is None else target)
        self._draw()

    def choose(self, x: int, y: int) -> None:
        """Show this pair of columns."""
        self.across.choose(x)
        self.upwards.choose(y)

    def restyle(self, tokens: Tokens) -> None:
        self.board.restyle(tokens)
        self.caption.restyle(tokens)
        restyle_plot(self.plot, tokens, grid=True)
        if self._shown is not None:
            self._draw()

    def exports(self) -> Exportable | None:
        return Exportable("scatter", self.board.layout_item, self._table) if self.points is not None else None

    @Slot()
    def _draw(self) -> None:
        if self._shown is None or self.store.frame is not self._shown:
            return
        x, y = self._column(self.across), self._column(self.upwards)
        assert x is not None
        assert y is not None
        for column, axis, button in ((x, self.bottom, self.log_x), (y, self.left, self.log_y)):
            button.setEnabled(column.spec.kind == "number")
            _set_axis(axis, column)
        logs = [button.isChecked() and button.isEnabled() for button in (self.log_x, self.log_y)]
        self.bottom.set_log(logs[0])
        self.left.set_log(logs[1])
        found = self.points = points(x, y, log_x=logs[0], log_y=logs[1])
        limits = found.limits()
        if limits is None:
            self.board.say(NOTHING)
            return
        self._area = _around(*limits)
        size = next(size for most, size in DOTS if len(found.rows) <= most)
        self.dots.setData(x=found.x, y=found.y, size=size, pen=pg.mkPen(None), brush=self._brushes(found))
        self._arrange()
        self.board.show_plots()
        self._say()

    def _column(self, chooser: Chooser) -> Column | None:
        return self.frame.columns[chooser.chosen] if chooser.chosen >= 0 else None

    def _brushes(self, found: Points) -> list[QBrush]:
        """The colour of every point; what the colours mean stands beside the plot."""
        column, tokens = self._column(self.tint), self.tokens
        self.bar.setVisible(column is not None)
        if column is None:
            return [_clear(tokens.accent_ink)] * len(found.rows)
        # The classes of these rows only: of a million of them it would take long.
        labels = labels_of(column.take(found.rows))
        if labels is not None:
            count = len(labels.names)
            inks = [_clear(tokens.label_colour(number, count)) for number in range(count)]
            inks.append(_clear(tokens.text_disabled))
            bands = np.array([picture.colour(tokens.label_colour(i, count)) for i in range(count)], np.uint32)
            marks = [((i + 0.5) / count, name) for i, name in enumerate(labels.names)]
            self.bar.show_colours(bands.repeat(BAND), marks, tokens)
            return [inks[code] for code in labels.codes.tolist()]
        return self._shades(column.values[found.rows].astype(np.float64))

    def _shades(self, values: np.ndarray) -> list[QBrush]:
        table = picture.with_gap(sequential_lut("viridis", picture.LEVELS), self.tokens.text_disabled)
        low, high = value_range(values)
        places = words.significant([low, high])
        marks = [(part, words.number(low + part * (high - low), places)) for part in (0.0, 0.5, 1.0)]
        self.bar.show_colours(table[: picture.LEVELS], marks, self.tokens)
        inks = [QBrush(QColor.fromRgb(int(value))) for value in table]
        return [inks[level] for level in picture.levels(values, low, high).tolist()]

    def _say(self) -> None:
        found = self.points
        assert found is not None
        shown = len(found.rows) + found.left_out
        title = f"{shown:,} of {found.total:,} rows, evenly chosen" if shown < found.total else f"{shown:,} rows"
        left = (Reading(f"{found.left_out:,} without a place here"),) if found.left_out else ()
        self.caption.say(title, left)

    @Slot()
    def _arrange(self) -> None:
        """In the plane both axes have one scale: a circle is round."""
        ratio = self._area.width() / self._area.height() if self._planar else None
        self.board.fit(self.plot, self.bar, narrowest=ratio or 0.0, widest=ratio or math.inf)
        metrics = QFontMetrics(fonts.font(self.tokens, small=True))
        room = {self.left: int(self.board.tall), self.bottom: self.board.view.width() // 2}
        for axis, chooser in ((self.bottom, self.across), (self.left, self.upwards)):
            name = metrics.elidedText(chooser.currentText(), Qt.TextElideMode.ElideRight, room[axis])
            if axis.labelText != name:
                name_axis(axis, name, self.tokens)
        look_at(self.plot, self._area)

    @property
    def _planar(self) -> bool:
        """Whether the two columns are all that the network gets, of about the same extent."""
        frame = self.store.frame
        if frame is None or self.log_x.isChecked() or self.log_y.isChecked() or not self._area.height():
            return False
        inputs = {i for i in range(len(frame.columns)) if frame.role(i, self.store.roles) == "input"}
        ratio = self._area.width() / self._area.height()
        return inputs == {self.across.chosen, self.upwards.chosen} and 1 / ALIKE < ratio < ALIKE

    @Slot(object)
    def _on_hover(self, place: QPointF | None) -> None:
        found, there = self.points, place_in(self.plot, place)
        if found is None or self.board.empty or self.store.frame is not self._shown:
            return
        pixel = self.plot.vb.viewPixelSize()
        near = None if there is None else found.nearest(there.x(), there.y(), REACH * pixel[0], REACH * pixel[1])
        if near is None:
            self._say()
            return
        row = int(found.rows[near])
        chosen = [column for column in map(self._column, (self.across, self.upwards, self.tint)) if column is not None]
        self.caption.say(f"Row {row + 1:,}", [Reading(_said(column, row), column.spec.name)
                                              for column in dict.fromkeys(chosen)])

    def _table(self) -> tuple[list[str], list[list[float | str]]]:
        found, x, y, tint = self.points, self._column(self.across), self._column(self.upwards), self._column(self.tint)
        assert found is not None
        assert x is not None
        assert y is not None
        chosen = [column for column in (x, y, tint) if column is not None]
        rows: list[list[float | str]] = [[row + 1, *(_value(column, row) for column in chosen)]
                                         for row in found.rows.tolist()]
        return ["row", *(column.spec.name for column in chosen)], rows


def _set_axis(axis: Axis, column: Column) -> None:
    if column.spec.kind == "category":
        axis.set_cells(list(enumerate(column.spec.categories)), widest=90)
    else:
        axis.cells = None
    axis.write = words.day if column.spec.kind == "date" else None


def _value(column: Column, row: int) -> float | str:
    return float(column.values[row]) if column.spec.kind == "number" else words.cell(column, row, 0)


def _said(column: Column, row: int) -> str:
    places = words.digits(column.values) if column.spec.kind == "number" else 0
    return words.cell(column, row, places) or numbers.NOTHING


def _axes(frame: Frame) -> Iterator[int]:
    """Columns whose values have a place on an axis."""
    return (place for place, column in enumerate(frame.columns)
            if not column.spec.shape and (column.spec.kind in ("number", "date") or labelled(column)))


def _clear(colour: str) -> QBrush:
    """Many points on top of each other stay distinguishable. Points that share a brush are painted together."""
    ink = QColor(colour)
    ink.setAlpha(190)
    return QBrush(ink)


def _around(left: float, right: float, low: float, high: float) -> QRectF:
    across, up = right - left or 1.0, high - low or 1.0
    return QRectF(left - MARGIN * across - (right == left) / 2, low - MARGIN * up - (high == low) / 2,
                  across * (1 + 2 * MARGIN), up * (1 + 2 * MARGIN))
