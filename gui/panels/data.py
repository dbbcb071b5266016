"""Where the samples come from, how they are prepared, and what they are."""
from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDockWidget, QMainWindow, QVBoxLayout

from core.errors import Problem
from core.graph import painting
from core.graph.check import Report
from core.graph.document import Diff, Document
from core.graph.settings import DataSettings
from core.train.events import Event, Started
from core.train.request import Request
from gui.context import AppContext
from gui.data.chain import ChainSection
from gui.data.choosing import Chooser
from gui.data.columns import ColumnsSection
from gui.data.glimpses import Glimpses
from gui.data.reading import ReadingLine
from gui.data.source_card import SourceCard
from gui.data.source_form import SourceForm
from gui.data.split_section import SplitSection
from gui.data.task_line import TaskLine
from gui.forms import parts
from gui.forms.fix_notices import FixNotices
from gui.forms.settings_form import concerns
from gui.pad import Pad
from gui.panels._base import PANELS, Panel, PanelInfo

READING = "data.reading"
MISSING = "data.missing"
EXPLORE = "explore"


class DataPanel(Panel):
    """The source as a card, its parameters, the task, the columns, the steps, the split."""

    def __init__(self, context: AppContext):
        super().__init__(context)
        self.glimpses = Glimpses(context.desk, self)
        self.chooser = Chooser(context, self.glimpses, self)
        self.card = SourceCard(self.glimpses)
        self.reading = ReadingLine()
        self.notices = FixNotices(context)
        self.pad = Pad(context, small=True)
        self.source = SourceForm(context)
        self.task = TaskLine(context)
        self.columns = ColumnsSection(context)
        self.chain = ChainSection(context)
        self.split = SplitSection(context)
        scroller = parts.Scroller()
        scroller.setWidget(parts.page(self.card, self.reading, self.notices, self.pad, self.source, self.task,
                                      self.columns, self.chain, self.split))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroller)
        self._connect()
        self.pad.setVisible(self.pad.drawn)
        self._show(context.document)
        self._report(context.report)

    def on_document(self, diff: Diff, document: Document) -> None:
        if diff.data:
            self._show(document)

    def requests(self) -> tuple[Request, ...]:
        return self.pad.requests()

    def on_tick(self) -> None:
        self.pad.on_tick()

    def on_train(self, event: Event) -> None:
        self.pad.on_train(event)
        if isinstance(event, Started):
            self._state()

    def _connect(self) -> None:
        self.card.clicked.connect(self.chooser.open)
        self.pad.drawn_changed.connect(self.pad.setVisible)
        self.columns.explore.connect(self._explore)
        self.columns.button.setVisible(EXPLORE in PANELS)
        self.reading.stopped.connect(self._stop)
        self.chooser.reading_changed.connect(self.reading.watch)
        self.context.desk.busy_changed.connect(self.reading.tell)
        self.glimpses.changed.connect(self._look)
        self.context.report_changed.connect(self._report)
        self.context.trainer.state_changed.connect(self._state)

    def _show(self, document: Document) -> None:
        self.card.show_document(document)
        self.source.show_document(document)
        self.columns.show_document(document)
        self.chain.show_document(document)
        self.split.show_document(document)

    @Slot()
    def _look(self) -> None:
        found = self.card.known
        self.task.show_counts(found.counts if not self.context.document.data.get("roles") else ())
        self.source.offer_again(found.drawn)

    @Slot()
    def _state(self) -> None:
        self.chain.show_learned(self.context.trainer.learned())

    @Slot(object)
    def _report(self, report: Report) -> None:
        found = [p for p in report.problems if concerns(p, DataSettings, ("data", "steps"))
                 or (p.node is None and p.param == "source")]
        reading = next((p for p in found if p.code == READING), None)
        self.reading.watch(self.chooser.reading or (reading.message if reading is not None else ""))
        self.card.wait(reading is not None)
        self._look()
        self.source.note(found)
        self.source.offer_drawing(not self.pad.drawn and painting.may_be_drawn(self.context.document))
        self.split.show_report(report.spec, found)
        self.chain.show_report(report)
        self.columns.show_document(self.context.document)
        self.task.show_report(report)
        self.card.show_facts(f"{report.spec.samples:,} samples" if report.spec and report.spec.samples else "")
        self.notices.show_problems(p for p in found if p is not reading and not self._at_field(p))
        if not any(problem.code == MISSING for problem in found):
            self.glimpses.retry()
        self._state()

    def _at_field(self, problem: Problem) -> bool:
        """True if a problem that blocks is shown at the field that it is about."""
        shares = ("validation", "test", "split", "split_column", "folds", "fold", "seed", "encoding")
        return problem.blocks and (problem.param in shares or self.source.has(problem.param))

    @Slot()
    def _stop(self) -> None:
        """Read no further."""
        if self.chooser.reading:
            self.chooser.stop()
        else:
            self.context.desk.stop("survey")
            self.reading.halt()

    @Slot()
    def _explore(self) -> None:
        """Bring the panel to the front that shows the values."""
        window = self.window() if isinstance(self.window(), QMainWindow) else self.window().parent()
        dock = window.findChild(QDockWidget, f"dock.{EXPLORE}") if window is not None else None
        if dock is not None:
            dock.show()
            dock.raise_()


PANEL = PanelInfo(id="data", title="Data", area="right", icon="data", order=3, create=DataPanel,
                  tip="Where the samples come from, how they are prepared and split")
