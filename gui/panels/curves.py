"""Loss and accuracy, epoch by epoch."""
from __future__ import annotations

from PySide6.QtCore import QPointF, Qt, Slot
from PySide6.QtWidgets import QToolButton, QVBoxLayout

from core.graph.document import Diff, Document
from core.train.series import Series
from gui.context import AppContext
from gui.panels._base import Exportable, Panel, PanelInfo
from gui.panels._live import READING, awaits_data
from gui.plots import numbers
from gui.plots.axis import Axis
from gui.plots.board import BESIDE, Board, place_in
from gui.plots.chart import Chart
from gui.plots.live_curve import Floats
from gui.theme.tokens import Tokens
from gui.timeline import Timeline

SIDE_BY_SIDE = 480
ROOM = 40.0
UNSOUND = "The network has problems. Once they are solved, press Space to train."
EMPTY = "Press Space to train: loss and accuracy appear here."
WAITING = "The first epoch is under way: loss and accuracy appear at its end."


class CurvesPanel(Panel):
    """Draws what the run has appended to its series since the last tick."""

    def __init__(self, context: AppContext):
        super().__init__(context)
        tokens = context.theme.tokens
        self.setAccessibleName("Loss and accuracy")
        self.board = Board(tokens)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.board)
        layout.addWidget(Timeline(context))
        self.loss = Chart(tokens, "Loss", ("loss", "validation_loss"), numbers.measured, "0.0000", Axis("left"))
        self.score = Chart(tokens, "Accuracy", ("score", "validation_score"), numbers.share, "100.0 %",
                           Axis("left", write=lambda value: f"{100 * value:.0f}"))
        self.charts = self.loss, self.score
        self._series: Series | None = None
        self._rows = 0
        self._wide: tuple[bool, bool] | None = None
        self._row: int | None = None
        self.log = self._log_button()
        self.board.say(EMPTY)
        self._restyle(tokens)
        self.board.hovered.connect(self._on_hover)
        self.board.resized.connect(self.arrange)
        context.theme.changed.connect(self._restyle)
        context.trainer.state_changed.connect(self._invite)

    def _log_button(self) -> QToolButton:
        button = QToolButton(self.board.view)
        button.setText("log")
        button.setCheckable(True)
        button.setProperty("kind", "flat")
        button.setStyleSheet("padding: 0 5px;")
        button.setFixedSize(36, 18)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setAccessibleName("Logarithmic loss")
        button.setToolTip("Show the loss on a logarithmic scale")
        button.toggled.connect(self._on_log)
        return button

    def on_tick(self) -> None:
        series = self.context.trainer.series
        if series is not self._series or (series is not None and len(series) < self._rows):
            self._series, self._rows, self._row = series, 0, None
            for chart in self.charts:
                chart.reset()
            self._invite()
        if series is not None and len(series) > self._rows:
            self._append(series.since(self._rows), series.names)

    def on_document(self, diff: Diff, document: Document) -> None:
        self._invite()

    @Slot()
    def _invite(self) -> None:
        if not self._rows:
            waiting = self.context.trainer.state != "invalid" or self.context.report.ok
            if self.context.trainer.running:
                self.board.say(WAITING)
            elif waiting or not self.context.document.nodes:
                self.board.say(EMPTY)
            else:
                self.board.say(READING if awaits_data(self.context) else UNSOUND)

    def _append(self, table: Floats, names: tuple[str, ...]) -> None:
        columns = {name: table[:, index] for index, name in enumerate(names)}
        self._rows += len(table)
        for chart in self.charts:
            chart.extend(columns)
        self._draw()
        self.board.show_plots()

    def _draw(self) -> None:
        if self._rows:
            self.arrange()
            last = self.loss.curves[0].place(-1)
            self.loss.fit(last)
            self.score.fit(last, (0.0, 1.03))
            self._read()

    def _read(self) -> None:
        epoch = 0.0 if self._row is None else self.loss.curves[0].place(self._row)
        for chart in self.charts:
            chart.read(self._row, epoch)
            chart.cross.setPos(epoch)
            chart.cross.setVisible(self._row is not None)

    @Slot()
    def arrange(self) -> None:
        """Side by side where it is wide, else one above the other; without numbers no second chart."""
        wide, both = self.board.view.width() >= SIDE_BY_SIDE, not self.score.empty
        if (wide, both) != self._wide:
            self._wide = wide, both
            self._place(wide, both)
        whole = self.board.view.width() / (2 if wide and both else 1)
        for chart in self.charts:
            for curve in chart.curves:
                curve.set_pixels(whole - ROOM)
        self.log.move(round(whole - self.log.width() - BESIDE / (2 if wide and both else 1)), 22)

    def _place(self, wide: bool, both: bool) -> None:
        grid = self.board.layout_item
        for chart in self.charts:
            for item in (chart.caption, chart.plot):
                if item in grid.items:
                    grid.removeItem(item)
        for number, chart in enumerate(self.charts if both else (self.loss,)):
            row, column = (0, number) if wide else (2 * number, 0)
            grid.addItem(chart.caption, row, column)
            grid.addItem(chart.plot, row + 1, column)
            chart.bottom.setVisible(wide or number == both)
            chart.bottom.redraw()
        self.board.spread(wide and both, both)

    @Slot(object)
    def _restyle(self, tokens: Tokens) -> None:
        self.board.restyle(tokens)
        for chart in self.charts:
            chart.restyle(tokens)
        self._draw()

    @Slot(bool)
    def _on_log(self, on: bool) -> None:
        self.loss.set_log(on)
        self._draw()

    @Slot(object)
    def _on_hover(self, place: QPointF | None) -> None:
        spots = [spot for chart in self.charts if (spot := place_in(chart.plot, place)) is not None]
        row = self.loss.curves[0].row_at(spots[0].x()) if spots else None
        if row != self._row:
            self._row = row
            self._read()

    def exports(self) -> Exportable | None:
        return Exportable("curves", self.board.layout_item, self._table) if self._rows else None

    def _table(self) -> tuple[list[str], list[list[float | str]]]:
        assert self._series is not None
        return list(self._series.names), self._series.since(0)[: self._rows].tolist()


PANEL = PanelInfo(id="curves", title="Loss and accuracy", area="bottom", icon="curve", create=CurvesPanel,
                  shortcut="Ctrl+1", order=10, width=195, every=2, tip="How well the network does, epoch by epoch")
