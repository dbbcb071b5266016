"""Which classes are taken for which."""
from __future__ import annotations

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPen
from PySide6.QtWidgets import QGraphicsRectItem

from core.train.probes.confusion import Confusion
from core.train.references import Chosen
from core.train.request import Request
from gui.forms.selector import Selector
from gui.panels._base import Exportable, PanelInfo
from gui.panels._judging import JudgingPanel
from gui.plots import numbers, picture
from gui.plots.board import look_at, place_in, quiet_plot, restyle_plot
from gui.plots.caption import Caption, Reading
from gui.plots.heat_map import HeatMap
from gui.plots.name_axis import NameAxis
from gui.plots.picture import Colours
from gui.scores.words import judged, sized
from gui.theme import fonts
from gui.theme.tokens import Tokens, mix

# The names beside the rows take at most so many pixels, and such a share of the panel.
NAMES, SHARE = 96.0, 0.3
CLEAR = 4
WIDEST = 2.4
FRAME = 2.0
COUNTS, ROWS, COLUMNS = "Counts", "Row %", "Column %"
# Down and to the right.
MOVES = {Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1)}


class ConfusionPanel(JudgingPanel):
    """Counts by true class (rows) and predicted class (columns), shaded by the share of the row; or these shares
    themselves, which are the recall of a class on the diagonal; or those of the columns, its precision.

    `chosen` is the cell whose samples somebody wanted to see, or to which the arrow keys went.
    """

    main = "confusion"
    empty = "Build a network on data with classes to see which it confuses."

    def build(self) -> None:
        super().build()
        self.setAccessibleName("Confusion matrix")
        self.look = Selector("What the cells show", "What the cells show")
        self.look.put([COUNTS, ROWS, COLUMNS], COUNTS)
        self.look.chosen.connect(self._redraw)
        self.strip.put(self.look)
        self.strip.spring()
        self.strip.put(self.pick)
        self.caption = Caption(self.tokens)
        self.left, self.bottom = NameAxis("left"), NameAxis("bottom")
        self.plot = quiet_plot(self.left, self.bottom)
        self.plot.vb.invertY(True)
        self.plot.setLabel("left", "true")
        self.plot.setLabel("bottom", "predicted")
        self.map = HeatMap()
        self.map.setCursor(Qt.CursorShape.PointingHandCursor)
        self.frame = QGraphicsRectItem()
        self.frame.setZValue(1)
        self.frame.hide()
        self.plot.addItem(self.map)
        self.plot.addItem(self.frame)
        layout = self.board.layout_item
        layout.addItem(self.caption, 0, 0, 1, 4)
        layout.addItem(self.plot, 1, 1)
        self._colours: Colours = np.empty(0, np.uint32)
        self.chosen: tuple[int, int] | None = None
        self._of: tuple[object, ...] = ()
        self.board.view.scene().sigMouseClicked.connect(self._clicked)

    def wanted(self) -> tuple[Request, ...]:
        return (Request.of("confusion", part=self.part),)

    def restyle(self, tokens: Tokens) -> None:
        self._colours = _shades(tokens)
        self.caption.restyle(tokens)
        restyle_plot(self.plot, tokens, grid=False)
        self.map.restyle(fonts.font(tokens, small=True), tokens.plot)
        pen = QPen(pg.mkColor(tokens.text), FRAME)
        pen.setCosmetic(True)
        self.frame.setPen(pen)

    @Slot()
    def arrange(self) -> None:
        found: Confusion | None = self.answer
        if found is not None:
            cells = [(index + 0.5, name) for index, name in enumerate(found.classes)]
            self.left.set_cells(cells, widest=min(NAMES, round(SHARE * self.board.view.width())))
            self.bottom.set_cells(cells, widest=4 * NAMES)
        self.board.fit(self.plot, widest=WIDEST)

    def draw(self) -> None:
        found: Confusion = self.answer
        count = len(found.classes)
        if self._of != (found.classes, found.part):
            self._of, self.chosen = (found.classes, found.part), None
        self.offer(found.parts, found.part)
        self.map.sample = numbers.count(int(found.counts.max())) if self.look.word == COUNTS \
            else "100.0" if count <= CLEAR else "100"
        self.map.write = self._text
        shares = found.of_taken if self.look.word == COLUMNS else found.shares
        self.map.draw(picture.levels(shares, 0.0, 1.0), self._colours, QRectF(0, 0, count, count))
        self._frame_chosen()
        look_at(self.plot, QRectF(0, 0, count, count))
        self.arrange()

    def _text(self, row: int, column: int) -> str:
        """In a large table zeros would drown the rest."""
        found: Confusion = self.answer
        few = len(found.classes) <= CLEAR
        if not found.counts[row, column] and not few:
            return ""
        if self.look.word == COUNTS:
            return numbers.count(int(found.counts[row, column]))
        shares = found.of_taken if self.look.word == COLUMNS else found.shares
        part = 100 * float(shares[row, column])
        return f"{part:.1f}" if few else f"{part:.0f}" if part >= 0.5 else "<1"

    def _frame_chosen(self) -> None:
        self.frame.setVisible(self.chosen is not None)
        if self.chosen is not None:
            row, column = self.chosen
            self.frame.setRect(QRectF(column, row, 1, 1))

    def point(self, place: QPointF | None) -> None:
        found: Confusion = self.answer
        cell = self._cell(place) or (self.chosen if self.hasFocus() else None)
        self.setAccessibleName("Confusion matrix" if cell is None else f"Confusion matrix: {self._in_words(*cell)}")
        if cell is None:
            title = judged(found.part, int(found.counts.sum()), found.total)
            self.caption.say(title, (Reading(numbers.share(found.accuracy), "accuracy", widest="100.0 %"),),
                             short=sized(int(found.counts.sum()), found.total))
            return
        row, column = cell
        title = self._title(row, column)
        number, by_column = found.counts[row, column], self.look.word == COLUMNS
        of_row = f"{numbers.share(float(found.shares[row, column]))} of {found.counts[row].sum():,}"
        of_column = f"{numbers.share(float(found.of_taken[row, column]))} of {found.counts[:, column].sum():,}"
        self.caption.say(title, (Reading(f"{number:,}"), Reading(of_row, "row", spare=by_column),
                                 Reading(of_column, "column", spare=not by_column)),
                         short=f"{found.classes[row]} → {found.classes[column]}")

    def _title(self, row: int, column: int) -> str:
        found: Confusion = self.answer
        return f"{found.classes[row]} taken for {found.classes[column]}" if row != column \
            else f"{found.classes[row]}, recognised"

    def _in_words(self, row: int, column: int) -> str:
        found: Confusion = self.answer
        return (f"{self._title(row, column)}, {found.counts[row, column]:,} samples, "
                f"{numbers.share(float(found.shares[row, column]))} of the class")

    # By keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.answer is None or not self.hasFocus():
            super().keyPressEvent(event)
        elif event.key() in MOVES:
            self._move(*MOVES[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.chosen is not None:
            self.show_samples(*self.chosen)
        else:
            super().keyPressEvent(event)

    def _move(self, down: int, right: int) -> None:
        last = len(self.answer.classes) - 1
        row, column = self.chosen or (0, 0)
        self.chosen = min(max(row + down, 0), last), min(max(column + right, 0), last)
        self._frame_chosen()
        self.point(None)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.answer is not None:
            self._move(0, 0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if self.answer is not None:
            self.point(None)

    def _show(self) -> None:
        super()._show()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if self.answer is None else Qt.FocusPolicy.TabFocus)

    def _say_why(self) -> None:
        super()._say_why()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _cell(self, place: QPointF | None) -> tuple[int, int] | None:
        there = place_in(self.plot, place)
        return None if there is None else self.map.cell_at(there.x(), there.y())

    def show_samples(self, row: int, column: int) -> None:
        """Open the samples of a cell."""
        found: Confusion = self.answer
        self.chosen = row, column
        self._frame_chosen()
        self.context.panel_wanted.emit("predictions")
        self.context.samples_wanted.emit(Chosen(found.part, row, column))

    @Slot(object)
    def _clicked(self, event: pg.GraphicsScene.mouseEvents.MouseClickEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.answer is not None:
            cell = self._cell(event.scenePos())
            if cell is not None:
                self.show_samples(*cell)

    @Slot()
    def _redraw(self) -> None:
        if self.answer is not None:
            self._show()

    def exports(self) -> Exportable | None:
        if self.answer is None:
            return None
        return Exportable("confusion-matrix", self.board.layout_item, self._table)

    def _table(self) -> tuple[list[str], list[list[float | str]]]:
        found: Confusion = self.answer
        tables = {COUNTS: found.counts, ROWS: found.shares, COLUMNS: found.of_taken}
        rows: list[list[float | str]] = [[name, *line] for name, line in
                                         zip(found.classes, tables[self.look.word].tolist(), strict=True)]
        return ["true \\ predicted", *found.classes], rows


def _shades(tokens: Tokens) -> Colours:
    """From the surface to the accent, by the root of the share: a class seldom mistaken still shows."""
    steps = np.sqrt(np.linspace(0.0, 1.0, picture.LEVELS))
    start = mix(tokens.surface, tokens.text, 0.05)
    return picture.with_gap(picture.ramp(start, tokens.accent, steps), tokens.plot_grid)


PANEL = PanelInfo(id="confusion", title="Confusion matrix", area="bottom", icon="confusion", create=ConfusionPanel,
                  shortcut="Ctrl+4", order=40, width=187, tab="Confusion", heading="Results",
                  tip="Which classes are taken for which")
