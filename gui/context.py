"""What every part of the window may touch: the document with its history, the selection, the run, the theme."""
from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Signal

from core.datasets import deferred, outdated
from core.engine.cost import Costs, costs
from core.errors import CoreError, Problem
from core.graph import edits
from core.graph.check import Report, check
from core.graph.document import Diff, Document
from core.graph.history import History
from core.graph.settings import DataSettings
from core.train.references import NeuronRef, SampleRef
from gui.blocks import Blocks
from gui.desk import Desk
from gui.notify import Notifier
from gui.settings import Settings
from gui.slow_motion import SlowMotion
from gui.theme.palette import Theme
from gui.trainer import Trainer


class AppContext(QObject):
    """The one object that the window, the canvas, the panels and the actions share.

    `sample` is the sample that all views follow through the network, `neuron` the neuron that is inspected, if any.
    `panel_wanted` opens a panel by its id. `samples_wanted` carries a Chosen: the samples that somebody wants to see.
    """

    document_changed = Signal(object, object)
    report_changed = Signal(object)
    selection_changed = Signal(object)
    file_changed = Signal()
    action_wanted = Signal(str)
    panel_wanted = Signal(str)
    sample_changed = Signal(object)
    neuron_changed = Signal(object)
    samples_wanted = Signal(object)

    def __init__(self, theme: Theme, settings: Settings, parent: QObject | None = None):
        super().__init__(parent)
        self.theme = theme
        self.settings = settings
        self.notify = Notifier(self)
        self.blocks = Blocks(self.notify, self)
        self.desk = Desk(self)
        self.history = History(edits.empty())
        self.report: Report = check(self.history.document)
        self.costs: Costs = costs(self.history.document, self.report)
        self.selection: frozenset[str] = frozenset()
        self.sample = SampleRef()
        self.neuron: NeuronRef | None = None
        self.trainer = Trainer(self)
        self.trainer.follow(Diff(), self.document, self.report, self.history.revision, opened=True)
        self.slow = SlowMotion(self.trainer, self)
        self.history.listeners.append(self._moved_on)

    @property
    def document(self) -> Document:
        """The present document."""
        return self.history.document

    def edit(self, label: str, change: Callable[[Document], Document], *, merge: str | None = None) -> Problem | None:
        """Do one edit as one undo step. If core refuses it, the user is told why and the reason is returned."""
        try:
            with deferred():
                changed = change(self.document)
            self.history.do(label, changed, merge=merge)
        except CoreError as error:
            self.notify.refuse(error.problem)
            return error.problem
        return None

    def select(self, nodes: Iterable[str]) -> None:
        """Select exactly these nodes."""
        chosen = frozenset(n for n in nodes if n in self.document.nodes)
        if chosen != self.selection:
            self.selection = chosen
            self.selection_changed.emit(chosen)

    def trace(self, sample: SampleRef) -> None:
        """Follow this sample through the network, in all views."""
        if sample != self.sample:
            self.sample = sample
            self.sample_changed.emit(sample)

    def inspect(self, neuron: NeuronRef | None) -> None:
        """Look at this neuron, in all views."""
        if neuron != self.neuron:
            self.neuron = neuron
            self.neuron_changed.emit(neuron)

    def _moved_on(self, diff: Diff, document: Document) -> None:
        opened = not (self.history.can_undo or self.history.can_redo)
        computed = opened or diff.structure or diff.training
        if computed:
            self._check()
        # Nobody is to see a selection of nodes that are gone.
        left = self.selection & document.nodes.keys()
        lost, self.selection = left != self.selection, left
        self.document_changed.emit(diff, document)
        if computed:
            self.report_changed.emit(self.report)
            self.trainer.follow(diff, document, self.report, self.history.revision, opened=opened)
        if lost:
            self.selection_changed.emit(self.selection)
        if self.neuron is not None and self.neuron.node not in document.nodes:
            self.inspect(None)
        if opened:
            self.trace(SampleRef())
        if computed:
            self._read_data()

    def recheck(self) -> None:
        """Look at the present document again: files that it needs have become known, or may have changed."""
        with deferred():
            self.report = check(self.document)
        self.costs = costs(self.document, self.report, self.costs)
        self.report_changed.emit(self.report)
        self.trainer.follow(Diff(), self.document, self.report, self.history.revision)
        self._read_data()

    def refresh(self) -> None:
        """Read files of the data set anew that have changed. While a run goes on, it keeps what it has."""
        if self.trainer.running:
            return
        try:
            dataset = DataSettings.known(self.document.data).dataset
        except CoreError:
            return
        if outdated(dataset):
            self.desk.survey(dataset, self._read_anew, self._read)
            return
        # Whoever looked at the data meanwhile may have read them anew.
        with deferred():
            found = check(self.document)
        if (found.spec, found.problems) != (self.report.spec, self.report.problems):
            self._read_anew(None)

    def _read_anew(self, _: object) -> None:
        """The files have changed: what was learned stays, but only a new beginning takes what they hold now."""
        before = self.report.spec
        self.recheck()
        if before is not None and self.trainer.series is not None:
            title = DataSettings.known(self.document.data).dataset.title
            self.notify.info(f"{title} has changed since it was read.", hint="Reset trains with what it holds now.",
                             action_text="Reset", action=self.trainer.reset)

    def _check(self) -> None:
        with deferred():
            self.report = check(self.document, self.report)
        self.costs = costs(self.document, self.report, self.costs)

    def _read_data(self) -> None:
        """Read the files of the data set aside, if they are not known yet."""
        if not any(problem.code == "data.reading" for problem in self.report.problems):
            self.desk.stop("survey")
            return
        dataset = DataSettings.known(self.document.data).dataset
        self.desk.survey(dataset, self._read, self._read)

    def _read(self, _: object) -> None:
        self.recheck()
