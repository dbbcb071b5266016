"""How a run went: loss, accuracy and whatever else is chosen, epoch by epoch."""
from __future__ import annotations

import numpy as np
from PySide6.QtCore import QPointF, Slot
from PySide6.QtWidgets import QVBoxLayout

from core.graph.document import Diff, Document
from core.graph.settings import TrainingSettings
from core.train.events import Event, Snapshot
from core.train.milestones import Mark, Milestones
from core.train.request import Request
from core.train.series import EPOCHS, Series
from core.train.watch import Watch
from gui.context import AppContext
from gui.curves import grid
from gui.curves.choices import More, Shown, Smoothing
from gui.curves.invitation import UNSOUND, sentence
from gui.curves.legend import Legend
from gui.curves.marks import Marks
from gui.curves.measured import Measured
from gui.curves.quantity import LOSS, SCORE, Quantity, offered
from gui.curves.runs import Runs
from gui.curves.table import whole_table
from gui.curves.under_way import UnderWay
from gui.curves.zooming import Zooming
from gui.panels._base import Exportable, Panel, PanelInfo
from gui.panels._live import READING, awaits_data
from gui.panels._strip import Strip
from gui.plots import numbers
from gui.plots.axis import Axis
from gui.plots.board import Board, place_in
from gui.plots.chart import Chart
from gui.plots.live_curve import Floats
from gui.theme.tokens import Tokens
from gui.timeline import Timeline

ROOM = 40.0
# The best epoch is marked when the run has gone on from it by that share.
BEHIND = 0.02
MOST = 6


class CurvesPanel(Panel):
    """Draws what the run has appended to its series since the last tick."""

    def __init__(self, context: AppContext):
        super().__init__(context)
        self.setAccessibleName("Curves")
        self.runs = Runs(context, self)
        self.measured = Measured()
        self.under = UnderWay(context, self)
        self.axis = "epoch"
        self.chosen: list[str] = [LOSS.id, SCORE.id]
        self._latest = LOSS.id
        self._quantities: dict[str, Quantity] = {}
        self._all: dict[str, tuple[Chart, Marks]] = {}
        self._series: Series | None = None
        self._rows = 0
        self._placed: tuple[object, ...] = ()
        self.placed: tuple[Chart, ...] = ()
        self._at: float | None = None
        self._then: float | None = None
        self._build()
        self.loss, self.score = self._chart(LOSS), self._chart(SCORE)
        self._story = self._new_story()
        self._invite()
        self._restyle(context.theme.tokens)
        self._connect()

    def _build(self) -> None:
        tokens = self.context.theme.tokens
        self.strip, self.legend, self.board = Strip(self), Legend(self.runs), Board(tokens)
        self.show_button = Shown(lambda: offered(self.context.report.spec), lambda: self.chosen, self.choose,
                                 lambda: self.axis, self.set_axis)
        self.strip.put(self.show_button)
        self.log = self.strip.switch("log", "Logarithmic scale, where it suits the numbers", self._on_log)
        self.show_button.setMinimumWidth(self.show_button.sizeHint().width())
        self.smoothing = Smoothing(self._on_smoothing)
        self.strip.put(self.smoothing)
        self.more = More()
        self.strip.row.addWidget(self.more)
        self.strip.spring()
        self.whole = self.strip.button("Show all", "Show the whole run again", self.show_all, icon="zoom-fit")
        self.whole.hide()
        self.zooming = Zooming(self.board, lambda: self.placed, self)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        for part in (self.strip, self.legend, self.board, Timeline(self.context)):
            self.column.addWidget(part)

    def _connect(self) -> None:
        self.board.hovered.connect(self._on_hover)
        self.board.resized.connect(self.arrange)
        self.zooming.wanted.connect(self._look_closer)
        self.zooming.all_wanted.connect(self.show_all)
        self.runs.changed.connect(self._on_runs)
        self.context.theme.changed.connect(self._restyle)
        self.context.trainer.state_changed.connect(self._invite)
        self.context.trainer.moment_changed.connect(self._on_moment)

    @property
    def charts(self) -> tuple[Chart, ...]:
        """What is drawn, in the order of choice; without numbers no second chart."""
        found = [(self._quantities[name], self._all[name][0]) for name in self.chosen if name in self._all]
        kept = tuple(chart for quantity, chart in found if quantity.id == LOSS.id or quantity.metric or not chart.empty)
        return kept or (self.loss,)

    def _chart(self, quantity: Quantity) -> Chart:
        if quantity.id not in self._all:
            tokens = self.context.theme.tokens
            columns = quantity.columns if not quantity.metric else ("value", "value")
            chart = Chart(tokens, quantity.title, columns, quantity.write, quantity.widest,
                          Axis("left", factor=quantity.factor))
            marks = Marks(tokens, chart.plot.vb)
            chart.plot.addItem(marks, ignoreBounds=True)
            self._quantities[quantity.id], self._all[quantity.id] = quantity, (chart, marks)
            chart.measure(whole=self.axis != "seconds")
            chart.plot.vb.sigResized.connect(self._align)
            chart.restyle(tokens)
            chart.set_log(self.log.isChecked() and quantity.stretched)
            chart.set_smoothing(self.smoothing.weight * quantity.smoothed)
        return self._all[quantity.id][0]

    # What somebody chooses

    def choose(self, name: str) -> None:
        """Draw a quantity, or no longer; one always stays."""
        if name in self.chosen:
            if len(self.chosen) > 1:
                self.chosen.remove(name)
        elif (quantity := next((q for q in offered(self.context.report.spec) if q.id == name), None)) is not None:
            self.chosen, self._latest = [*self.chosen[-MOST + 1:], name], name
            self._chart(quantity)
        self._begin_again()

    def set_axis(self, name: str) -> None:
        """Draw over epochs, steps or seconds."""
        self.axis = name
        for chart, _ in self._all.values():
            chart.measure(whole=name != "seconds")
        self.show_all()
        self._begin_again()

    @Slot()
    def show_all(self) -> None:
        """Show the whole run again."""
        for chart, _ in self._all.values():
            chart.look_closer(None)
        self.whole.hide()
        self._draw()

    @Slot(object, object, object)
    def _look_closer(self, x: tuple[float, float], at: Chart, y: tuple[float, float] | None) -> None:
        end = self._end()
        if x[0] <= 0.0 and x[1] >= end:
            self.show_all()
            return
        left, right = max(0.0, x[0]), min(x[1], max(end, x[0] + 1e-9))
        if not self._rows or right - left < 1e-6 * end:
            return
        for chart in self.charts:
            chart.look_closer((left, right), y if chart is at else None)
        self._align()
        self.whole.show()
        self._read()

    def _end(self) -> float:
        ends = [curve.place(-1) for chart in self.charts for curve in chart.lines if len(curve)]
        return numbers.limit(max(ends, default=1.0)) * 1.015

    # What comes from the run

    def on_tick(self) -> None:
        series = self.context.trainer.series
        if series is not self._series or (series is not None and len(series) < self._rows):
            self._series = series
            self.measured.forget()
            self.under.forget()
            self.show_all()
            self._begin_again()
            self._invite()
        if series is not None and len(series) > self._rows:
            self._append(series.since(self._rows))
        if self.under.epoch < self._rows:
            self.under.forget()
        if self.under.news():
            self._lead_on()
            self._invite()
            self._draw()
        if self.measured.news():
            self._draw_metrics()
            self._draw()

    def requests(self) -> tuple[Request, ...]:
        drawn = [self._quantities[name].metric for name in self.chosen if name.startswith("metric.")]
        if not drawn or not self.isVisible():
            return ()
        return self.measured.requests(drawn, running=self.context.trainer.running)

    def on_train(self, event: Event) -> None:
        if isinstance(event, Snapshot):
            self.measured.take(event)

    def on_document(self, diff: Diff, document: Document) -> None:
        self._invite()
        if diff.data or diff.training:
            known = {quantity.id for quantity in offered(self.context.report.spec)}
            if kept := [name for name in self.chosen if name in known]:
                self.chosen = kept
        if diff.training and self._new_story().watch != self._story.watch:
            self._begin_again()

    @Slot()
    def _invite(self) -> None:
        if self._rows or len(self.under):
            self.board.show_plots()
        else:
            self.board.say(sentence(self.context, READING if awaits_data(self.context) else UNSOUND))

    def _begin_again(self) -> None:
        """Draw the whole run anew."""
        self._rows, self._at = 0, None
        for chart, marks in self._all.values():
            chart.reset()
            marks.show_marks(())
        self._story = self._new_story()
        if self._series is not None and len(self._series):
            self._append(self._series.since(0))
        self._draw_metrics()
        self._lead_on()
        self._on_runs()
        self._on_moment()

    def _new_story(self) -> Milestones:
        settings = TrainingSettings.known(self.context.document.training)
        validated = self._series is not None and np.isfinite(self._series.last().get("validation_loss", np.nan))
        watch = Watch.of(settings.monitor, settings.min_delta, validated=bool(validated))
        return Milestones(watch, scheduled=settings.schedule.kind != "constant")

    def _append(self, table: Floats) -> None:
        if not self._rows:
            self._story = self._new_story()
        columns = {name: table[:, index] for index, name in enumerate(EPOCHS)}
        self._rows += len(table)
        self._story.see(table)
        for name in self.chosen:
            if not self._quantities[name].metric:
                self._all[name][0].extend(columns, self.axis)
        self._draw()
        self.board.show_plots()

    def _draw_metrics(self) -> None:
        for name in self.chosen:
            quantity, (chart, _) = self._quantities[name], self._all[name]
            if quantity.metric:
                chart.reset()
                for part, columns in self.measured.lines(quantity):
                    place = 0 if part == "train" else 1
                    chart.curves[place].extend(columns[self.axis], columns["value"])
                    chart.smooth[place].follow()

    def _lead_on(self) -> None:
        for quantity in (LOSS, SCORE):
            self.under.draw(self._all[quantity.id][0], quantity.columns[0], self.axis)

    def _draw(self) -> None:
        if self._rows or len(self.under):
            self.arrange()
            last = max((curve.place(-1) for chart in self.charts for curve in chart.lines if len(curve)), default=1.0)
            placed = self._marks()
            for name in self.chosen:
                chart, marks = self._all[name]
                chart.fit(last, self._quantities[name].fixed)
                marks.show_marks(placed)
            self._align()
            self._read()

    def _marks(self) -> list[tuple[float, Mark]]:
        notes = self._series.notes if self._series is not None else ()
        story = self._story
        found = [mark for mark in story.marks(notes) if mark.epoch <= self._rows
                 and (mark.kind != "best" or story.epochs - mark.epoch > BEHIND * story.epochs)]
        return [(self._place(mark.epoch), mark) for mark in found]

    def _place(self, epoch: int) -> float:
        """Where the end of an epoch lies."""
        if self.axis == "epoch" or epoch < 1 or self._series is None:
            return float(epoch)
        lines = [self._all[name][0].curves[0] for name in self.chosen if not self._quantities[name].metric]
        return lines[0].place(epoch - 1) if lines and len(lines[0]) >= epoch else float("nan")

    @Slot()
    def _on_runs(self) -> None:
        tokens = self.context.theme.tokens
        for name in self.chosen:
            quantity, (chart, _) = self._quantities[name], self._all[name]
            chart.set_others(() if quantity.metric else
                             [run.behind(quantity.columns, self.axis, tokens) for run in self.runs.visible])
        self._draw()

    @Slot()
    def _on_moment(self) -> None:
        """A line at the moment that somebody looks back at."""
        step = self.context.trainer.moment
        at = 0.0
        if step is not None and self._series is not None:
            rows = np.vstack([np.zeros(len(EPOCHS)), self._series.since(0)])
            at = float(np.interp(step, rows[:, EPOCHS.index("step")], rows[:, EPOCHS.index(self.axis)]))
        for chart, _ in self._all.values():
            chart.cursor.setPos(at)
            chart.cursor.setVisible(step is not None)
        self._then = None if step is None else at
        self._read()

    # How it is drawn

    def _read(self) -> None:
        for chart in self.charts:
            # Without a pointer the numbers are of the moment that all views show.
            at = chart.place_near(self._then) if self._at is None and self._then is not None else self._at
            chart.read(at, self._where(at) if at is not None else self.under.where(self.axis))
            chart.cross.setPos(self._at or 0.0)
            chart.cross.setVisible(self._at is not None)

    def _where(self, at: float) -> str:
        return f"{at:.1f} s" if self.axis == "seconds" else f"{self.axis} {numbers.count(at)}"

    @Slot()
    def arrange(self) -> None:
        """Side by side where it is wide, else one above the other; where it is low, only the first ones and the one
        that was wanted last."""
        charts = self.charts
        columns = grid.columns_for(len(charts), self.board.view.width())
        latest = self._all[self._latest][0]
        shown = grid.fitting(charts, latest, columns * grid.rows_for(self.board.view.height()))
        self.more.say([chart.title for chart in charts if chart not in shown])
        if (columns, shown) != self._placed:
            self._placed, self.placed = (columns, shown), shown
            grid.place(self.board, [chart for chart, _ in self._all.values()], shown, columns)
        for chart in shown:
            chart.set_pixels(self.board.view.width() / columns - ROOM)

    @Slot()
    def _align(self) -> None:
        grid.align(self.placed)

    @Slot(object)
    def _restyle(self, tokens: Tokens) -> None:
        self.board.restyle(tokens)
        self.zooming.restyle(tokens)
        for chart, marks in self._all.values():
            chart.restyle(tokens)
            marks.restyle(tokens)
        self._on_runs()

    @Slot(bool)
    def _on_log(self, on: bool) -> None:
        self.show_all()
        for name, (chart, _) in self._all.items():
            chart.set_log(on and self._quantities[name].stretched)
        self._draw()

    def _on_smoothing(self, weight: float) -> None:
        for name, (chart, _) in self._all.items():
            chart.set_smoothing(weight * self._quantities[name].smoothed)
        self._draw()

    @Slot(object)
    def _on_hover(self, place: QPointF | None) -> None:
        spots = [(chart, spot) for chart in self.placed if (spot := place_in(chart.plot, place)) is not None]
        at, told = None, ""
        if spots:
            chart, spot = spots[0]
            at = chart.place_near(spot.x())
            marks = next(marks for other, marks in self._all.values() if other is chart)
            told = marks.near(spot.x(), chart.plot.vb.viewPixelSize()[0])
        self.board.view.setToolTip(told)
        if at != self._at:
            self._at = at
            self._read()

    def exports(self) -> Exportable | None:
        return Exportable("curves", self.board.layout_item, self._table) if self._rows else None

    def _table(self) -> tuple[list[str], list[list[float | str]]]:
        assert self._series is not None
        drawn = [(self._quantities[name], self._all[name][0]) for name in self.chosen]
        return whole_table(self._series, self._rows, drawn, self.measured, self.runs.visible)


PANEL = PanelInfo(id="curves", title="Curves", area="bottom", icon="curve", create=CurvesPanel,
                  shortcut="Ctrl+1", order=10, width=205, every=2, heading="Learning",
                  tip="How well the network does, epoch by epoch")
