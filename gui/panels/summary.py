"""All layers in a table."""
from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from core.engine.outline import Outline, as_markdown, as_text, outline
from core.graph.document import Diff, Document
from core.train.events import Event, Snapshot
from core.train.probes.timing import Timing
from core.train.request import Request
from gui.forms.shortened import Shortened
from gui.panels._base import Exportable, PanelInfo
from gui.panels._live import LivePanel
from gui.plots.whole_table import WholeTable
from gui.summary.model import HEADINGS, SummaryModel, duration

# Seconds until the layers are timed again while training goes on.
REST = 5.0
NARROW = 420
NAME = 96


class SummaryPanel(LivePanel):
    """What the network is made of, and how long every layer takes in this run."""

    main = "timing"
    empty = "Build a network to see its layers in a table."

    def build(self) -> None:
        self.setAccessibleName("Summary")
        self.model = SummaryModel()
        self.table = QTableView()
        self.table.setProperty("role", "plain")
        self.table.setModel(self.model)
        self.table.setAccessibleName("Layers of the network")
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setTabKeyNavigation(False)
        self.table.setWordWrap(False)
        self.table.setShowGrid(False)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(24)
        heads = self.table.horizontalHeader()
        heads.setSectionsClickable(True)
        heads.setHighlightSections(False)
        heads.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        heads.sectionClicked.connect(self._sort)
        self.table.clicked.connect(self._select)
        self.table.activated.connect(self._select)
        self.board.take(self.table)
        self.times = Shortened("small")
        self.times.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.strip.button("Copy", "Copy the table as text", self.copy_text, icon="copy")
        self.strip.button("Markdown", "Copy the table as Markdown", self.copy_markdown)
        self.strip.row.addWidget(self.times, 1)
        self._outline: Outline | None = None
        self._again = 0.0
        self.context.report_changed.connect(self._forget)

    # What is shown

    def wanted(self) -> tuple[Request, ...]:
        return (Request.of("timing"),)

    def due(self) -> bool:
        return not (self.context.trainer.running and time.perf_counter() < self._again)

    def on_train(self, event: Event) -> None:
        super().on_train(event)
        if isinstance(event, Snapshot) and self.wanted()[0] in event.answers:
            self._again = time.perf_counter() + REST

    def on_document(self, diff: Diff, document: Document) -> None:
        self._outline = None

    @Slot(object)
    def _forget(self, _: object) -> None:
        """Times of a network that has become another one mean nothing."""
        self._outline = None
        self.answers = {}

    def on_tick(self) -> None:
        """The table is there before the times are, and also for a network with problems."""
        super().on_tick()
        if self._outline is None:
            self._show()

    def _show(self) -> None:
        self._outline = outline(self.context.document, self.context.report, self.context.costs)
        if not self._outline.lines:
            self.board.say(self.empty)
            return
        fresh = len(self._outline.lines) != len(self.model.outline.lines)
        found = self.answer
        self.model.put(self._outline, found if isinstance(found, Timing) else None)
        if fresh:
            self._measure()
        self.arrange()
        self._say(self.model.timing)
        self.board.show_plots()

    def _say(self, timing: Timing | None) -> None:
        text = tip = ""
        if timing is not None:
            text = f"{duration(timing.total)} a step"
            tip = f"All layers, forward and backward, over {timing.batch:,} samples on one thread."
            if timing.step == timing.step:
                text += f", {duration(timing.step)} in this run"
                tip += " Beside it what a step has really taken so far, with the update and the validation."
        if text != self.times.text():
            self.times.brief = text.partition(",")[0]
            self.times.setText(text)
            self.times.setToolTip(tip)

    def _measure(self) -> None:
        """Columns as wide as what stands in them; with room for times, which come later."""
        self.table.resizeColumnsToContents()
        for column, heading in enumerate(HEADINGS):
            least = 76 if heading.right else 60
            most = 160 if column or self.width() >= NARROW else NAME
            self.table.setColumnWidth(column, min(most, max(least, self.table.columnWidth(column) + 8)))

    @Slot()
    def arrange(self) -> None:
        """Where there is little room, or nothing to tell, columns are left out."""
        narrow, frozen = self.width() < NARROW, self.model.outline.parameters > self.model.outline.trained
        for column, heading in enumerate(HEADINGS):
            self.table.setColumnHidden(column, (heading.title == "Kind" and narrow)
                                       or (heading.title == "Frozen" and not frozen))

    # What is done

    def copy_text(self) -> None:
        """Put the table into the clipboard in columns of equal width."""
        self._copy(as_text)

    def copy_markdown(self) -> None:
        """Put the table into the clipboard as Markdown."""
        self._copy(as_markdown)

    def _copy(self, write: Callable[[Outline], str]) -> None:
        table = outline(self.context.document, self.context.report, self.context.costs)
        if table.lines:
            QGuiApplication.clipboard().setText(write(table))
            self.context.notify.info("The summary is in the clipboard.")

    @Slot(int)
    def _sort(self, column: int) -> None:
        """Large numbers first, then small ones, then as it was; texts the other way round."""
        first = HEADINGS[column].right
        by = self.model.by
        if by is None or by[0] != column:
            self.model.sort_by(column, first)
        else:
            self.model.sort_by(column, not first if by[1] is first else None)
        heads = self.table.horizontalHeader()
        heads.setSortIndicatorShown(self.model.by is not None)
        if self.model.by is not None:
            down = Qt.SortOrder.DescendingOrder if self.model.by[1] else Qt.SortOrder.AscendingOrder
            heads.setSortIndicator(column, down)

    @Slot(QModelIndex)
    def _select(self, index: QModelIndex) -> None:
        line = self.model.line_at(index.row())
        if line is not None:
            self.context.select([line.node])

    def exports(self) -> Exportable | None:
        if not self.model.lines:
            return None
        seen = [column for column in range(len(HEADINGS)) if not self.table.isColumnHidden(column)]
        return Exportable("summary", WholeTable(self.model, seen), self._table)

    def _table(self) -> tuple[list[str], list[list[float | str]]]:
        return ([heading.title for heading in HEADINGS],
                [[heading.value(self.model, line) for heading in HEADINGS] for line in self.model.outline.lines])


PANEL = PanelInfo(id="summary", title="Summary", area="bottom", icon="summary", create=SummaryPanel,
                  shortcut="Ctrl+Shift+M", order=60, width=187, every=2, visible=False, behind="curves",
                  heading="Learning", tip="All layers in a table: shapes, parameters, multiply-adds, memory and time")
