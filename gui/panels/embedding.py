"""The outputs of a layer as points in a plane, near each other where they are alike."""
from __future__ import annotations

import math
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QBrush, QColor

from core.errors import Problem
from core.graph.document import Diff, Document
from core.statistics import Points, value_range
from core.train.events import Event, Started
from core.train.probes.embedding import Embedding
from core.train.references import SampleRef
from core.train.request import Request
from gui.context import AppContext
from gui.embedding.job import Job
from gui.embedding.thumb import Thumb
from gui.embedding.ways import Ways
from gui.panels._base import Exportable, PanelInfo
from gui.panels._live import LivePanel
from gui.plots import numbers, picture
from gui.plots.axis import Axis
from gui.plots.board import look_at, name_axis, place_in, quiet_plot, restyle_plot
from gui.plots.caption import Caption, Reading
from gui.plots.colour_bar import ColourBar
from gui.plots.dots import Dots
from gui.predictions.painting import image_of
from gui.theme.diverging import sequential_lut
from gui.theme.tokens import Tokens

DOTS = ((20, 9.0), (300, 6.0), (1000, 5.0), (10**9, 4.0))
RING, REACH, BAND = 4.0, 9.0, 32
MANY = 200
STEP, MARGIN = 1.2, 1.12


class EmbeddingPanel(LivePanel):
    """PCA follows the training; t-SNE arranges the outputs of one moment, and shows how it goes on."""

    main = "embedding"
    empty = "Build a network to see what its layers make of the samples."

    def __init__(self, context: AppContext):
        super().__init__(context)
        context.sample_changed.connect(self._trace)
        context.trainer.state_changed.connect(self._lost)

    def build(self) -> None:
        self.setAccessibleName("Embedding")
        self.ways = Ways(self.strip, self._asked, self._redraw)
        self.strip.spring()
        self.again = self.strip.button("Again", "Arrange the present outputs", self._asked, icon="reset")
        self.stop = self.strip.button("Stop", "Leave the points where they are", self._stop, icon="stop")
        self.caption, self.bar = Caption(self.tokens), ColourBar(self.tokens)
        self.left, self.bottom = Axis("left"), Axis("bottom")
        self.plot = quiet_plot(self.left, self.bottom)
        self.dots, self.rings, self.traced = Dots(), Dots(), Dots()
        # Rings lie below, so that where there are many of them the colours are still seen.
        for item in (self.rings, self.dots, self.traced):
            self.plot.addItem(item)
        layout = self.board.layout_item
        layout.addItem(self.caption, 0, 0, 1, 4)
        layout.addItem(self.plot, 1, 1)
        layout.addItem(self.bar, 1, 2)
        self.thumb = Thumb(self.board.view)
        self.job: Job | None = None
        self.base: Embedding | None = None
        self.points: Points | None = None
        self._done = -1
        self._size = 5.0
        self.board.view.scene().sigMouseClicked.connect(self._clicked)
        self._offer()

    @property
    def neighbours(self) -> bool:
        """Whether t-SNE is shown."""
        return self.ways.way == "t-SNE"

    @property
    def found(self) -> Embedding | None:
        """The samples that are shown."""
        return self.base if self.neighbours and self.base is not None else self.answer

    def wanted(self) -> tuple[Request, ...]:
        if not self.neighbours:
            return (Request.of("embedding", node=self.ways.node, part=self.ways.part),)
        if self.base is not None:
            return ()
        return (Request.of("embedding", node=self.ways.node, part=self.ways.part, outputs=True),)

    def on_train(self, event: Event) -> None:
        if isinstance(event, Started) and self.job is not None and not self.context.trainer.step_count:
            self._asked()
        super().on_train(event)

    def on_document(self, diff: Diff, document: Document) -> None:
        super().on_document(diff, document)
        if diff.structure and self.base is not None:
            # What was arranged are outputs of a network that is no more.
            self._asked()
            self.answers.pop(self.main, None)

    def on_tick(self) -> None:
        super().on_tick()
        state = None if self.job is None else self.job.state
        if self.neighbours and state is not None and state.done != self._done and self.base is not None:
            self._done = state.done
            self._plot(self.base, state.places)
        self._offer()

    def restyle(self, tokens: Tokens) -> None:
        self.caption.restyle(tokens)
        restyle_plot(self.plot, tokens, grid=True)

    @Slot()
    def arrange(self) -> None:
        self.board.fit(self.plot, self.bar, narrowest=1.0, widest=1.0, bare=True)

    def draw(self) -> None:
        found: Embedding = self.answer
        self.ways.titles = {name: node.title for name, node in self.context.document.nodes.items()}
        self.ways.follow(found)
        if not self.neighbours:
            self._plot(found, found.places)
        elif found.outputs is not None and self.base is None:
            self.base, self._done = found, -1
            self.job = Job(self.context.desk, found.outputs, self.ways.perplexity, self._failed)
            self._plot(found, found.places)
        elif self.base is not None:
            state = None if self.job is None else self.job.state
            self._plot(self.base, self.base.places if state is None else state.places)

    def _plot(self, found: Embedding, places: np.ndarray) -> None:
        seen = np.isfinite(places).all(axis=1)
        if self.ways.hidden and found.names:
            seen &= ~np.isin(found.truth, list(self.ways.hidden))
        rows = np.flatnonzero(seen)
        self.points = Points(rows, places[rows, 0], places[rows, 1], len(places), len(places) - len(rows))
        self._size = next(size for most, size in DOTS if len(places) <= most)
        self.dots.setData(x=self.points.x, y=self.points.y, size=self._size, pen=pg.mkPen(None),
                          brush=self._brushes(found, rows))
        wrong = rows[:0] if found.wrong is None else rows[found.wrong[rows]]
        thick, wide = (1.25, RING) if len(wrong) <= MANY else (0.75, RING / 2)
        self.rings.setData(x=places[wrong, 0], y=places[wrong, 1], size=self._size + wide, brush=pg.mkBrush(None),
                           pen=pg.mkPen(self.tokens.text, width=thick))
        self._frame(found)
        self._name(found)
        self.arrange()
        look_at(self.plot, _window(places[np.isfinite(places).all(axis=1)]))
        self.point(self._pointer)

    def _name(self, found: Embedding) -> None:
        """PCA: the share of the variance beside each axis. t-SNE: nothing, since its axes mean nothing."""
        for axis, share, number in ((self.bottom, found.shares[0], "1st"), (self.left, found.shares[1], "2nd")):
            name = "" if self.neighbours else f"{number} component, {100 * share:.0f} %"
            if self.neighbours:
                axis.set_cells([])
            elif axis.cells is not None:
                axis.cells = None
                axis.redraw()
            if axis.labelText != name:
                name_axis(axis, name, self.tokens)

    def _brushes(self, found: Embedding, rows: np.ndarray) -> list[QBrush]:
        tokens = self.tokens
        if found.names:
            count = len(found.names)
            inks = [_clear(tokens.label_colour(number, count)) for number in range(count)]
            bands = np.array([picture.colour(tokens.label_colour(i, count)) for i in range(count)], np.uint32)
            self.bar.show_colours(bands.repeat(BAND), [((i + 0.5) / count, name) for i, name in enumerate(found.names)],
                                  tokens)
            return [inks[code] for code in found.truth[rows].tolist()]
        table = picture.with_gap(sequential_lut("viridis", picture.LEVELS), tokens.text_disabled)
        low, high = value_range(found.truth)
        marks = [(part, numbers.fixed(low + part * (high - low))) for part in (0.0, 0.5, 1.0)]
        self.bar.show_colours(table[: picture.LEVELS], marks, tokens)
        inks = [QBrush(QColor.fromRgb(int(value))) for value in table]
        return [inks[level] for level in picture.levels(found.truth[rows], low, high).tolist()]

    def _frame(self, found: Embedding) -> None:
        """Ring the sample that is followed."""
        ref, points = self.context.sample, self.points
        assert points is not None
        there = (found.numbers[points.rows] == ref.number) & (ref.part == found.part)
        self.traced.setData(x=points.x[there], y=points.y[there], size=self._size + 2 * RING, brush=pg.mkBrush(None),
                            pen=pg.mkPen(self.tokens.accent_ink, width=2))

    def point(self, place: QPointF | None) -> None:
        found, row = self.found, self._row_at(place)
        if found is None:
            return
        if row is None:
            self.thumb.hide()
            self._say(found)
            return
        told = found.names[int(found.truth[row])] if found.names else numbers.fixed(float(found.truth[row]))
        wrong = (Reading("taken for another class"),) if found.wrong is not None and found.wrong[row] else ()
        self.caption.say(f"No. {int(found.numbers[row]) + 1:,}: {told}", wrong)
        pictures, number = found.gallery.pictures, int(found.numbers[row])
        if pictures is not None and place is not None:
            self.thumb.show_image(image_of(pictures[number], found.gallery.limits),
                                  self.board.view.mapFromScene(place))

    def _row_at(self, place: QPointF | None) -> int | None:
        there = place_in(self.plot, place)
        if there is None or self.points is None:
            return None
        pixel = self.plot.vb.viewPixelSize()
        near = self.points.nearest(there.x(), there.y(), REACH * pixel[0], REACH * pixel[1])
        return None if near is None else int(self.points.rows[near])

    def _say(self, found: Embedding) -> None:
        count = f"{len(found.numbers):,} of {found.total:,}" if len(found.numbers) < found.total \
            else f"{found.total:,}"
        if not self.neighbours:
            shares = " + ".join(numbers.share(share) for share in found.shares)
            self.caption.say(f"{count} samples", (Reading(shares, "of the variance", widest="88.8 % + 88.8 %"),),
                             short=f"n = {len(found.numbers):,}")
            return
        state = None if self.job is None else self.job.state
        divergence = numbers.NOTHING if state is None else numbers.fixed(state.divergence, 3)
        part = "" if state is None or state.done == state.rounds else f", {100 * state.done // state.rounds} %"
        self.caption.say(f"Step {found.step:,}{part}", (Reading(divergence, "KL divergence", widest="0.000"),))

    def _clicked(self, event: Any) -> None:
        row, found = self._row_at(event.scenePos()), self.found
        if row is not None and found is not None and event.button() == Qt.MouseButton.LeftButton:
            self.context.trace(SampleRef(found.part, int(found.numbers[row])))

    @Slot(object)
    def _trace(self, ref: SampleRef) -> None:
        if self.found is not None and self.points is not None:
            self._frame(self.found)

    def _asked(self) -> None:
        """Something else is to be shown: what goes on is of no use."""
        self._stop()
        self.job = self.base = None
        if not self.neighbours:
            self._redraw()

    @Slot(str)
    def _lost(self, state: str) -> None:
        if state == "invalid":
            self._asked()

    def _stop(self) -> None:
        if self.job is not None:
            self.job.stop()

    def _failed(self, problem: Problem) -> None:
        self.context.notify.refuse(problem)

    def _redraw(self) -> None:
        if isinstance(self.answer, Embedding):
            self.draw()

    def _offer(self) -> None:
        busy = self.job is not None and self.job.busy
        self.stop.setVisible(self.neighbours and busy)
        self.again.setVisible(self.neighbours and not busy)

    def exports(self) -> Exportable | None:
        if self.found is None or self.points is None:
            return None
        return Exportable("embedding", self.board.layout_item, self._table)

    def _table(self) -> tuple[list[str], list[list[float | str]]]:
        found, points = self.found, self.points
        assert found is not None
        assert points is not None
        rows: list[list[float | str]] = []
        for row, x, y in zip(points.rows.tolist(), points.x.tolist(), points.y.tolist(), strict=True):
            truth: float | str = found.names[int(found.truth[row])] if found.names else float(found.truth[row])
            rows.append([int(found.numbers[row]) + 1, truth, x, y])
        return ["sample", "truth", "x", "y"], rows


def _window(places: np.ndarray) -> QRectF:
    """A square around all places. It moves and grows in steps, so that it stands still while they change a little."""
    if not len(places):
        return QRectF(-1, -1, 2, 2)
    low, high = places.min(axis=0), places.max(axis=0)
    half = STEP ** math.ceil(math.log(max(1e-9, float((high - low).max()) / 2 * MARGIN), STEP))
    grain = half / 8
    x, y = (float(np.round(middle / grain) * grain) for middle in (low + high) / 2)
    return QRectF(x - half, y - half, 2 * half, 2 * half)


def _clear(colour: str) -> QBrush:
    ink = QColor(colour)
    ink.setAlpha(200)
    return QBrush(ink)


PANEL = PanelInfo(id="embedding", title="Embedding", area="bottom", icon="embedding", create=EmbeddingPanel,
                  shortcut="Ctrl+9", order=90, width=220, visible=False, behind="boundary",
                  heading="Results", tip="The outputs of a layer as points, near each other where they are alike")
