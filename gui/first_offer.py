"""Offers a first network where data are chosen and there is none."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QPushButton

from core.datasets import DATASETS
from core.graph.check import Report
from core.graph.document import Diff, Document
from core.graph.first import first_network
from core.graph.settings import DataSettings
from core.graph.task import sample_text, task_text
from core.params import Kind, Path

if TYPE_CHECKING:
    from gui.main_window import MainWindow

TEXT = "Make a First Network"


class FirstOffer(QObject):
    """Says once for each source that a network can be made for it, as soon as it is known what the samples are."""

    def __init__(self, window: MainWindow):
        super().__init__(window)
        self._window = window
        self._context = window.context
        self._due = False
        self._source = _name(self._context.document)
        self._button = window.canvas.findChild(QPushButton, "first-network")
        self._context.document_changed.connect(self._changed)
        self._context.report_changed.connect(self._report)

    @property
    def possible(self) -> bool:
        """True if there is no network, and it is known what the samples are."""
        return not self._context.document.nodes and self._context.report.spec is not None

    def make(self) -> None:
        """Make the network, in one step."""
        if self._context.edit("Make a first network", first_network) is None:
            # The offer is taken.
            self._window.toasts.clear()
            self._window.canvas.fit()
            # Whose button had the focus: Space is to train now.
            self._window.canvas.setFocus()

    @Slot(object, object)
    def _changed(self, diff: Diff, document: Document) -> None:
        name = _name(document)
        chosen, self._source = name != self._source, name
        if chosen or document.nodes:
            self._window.toasts.withdraw(TEXT)
        if document.nodes or not self._context.history.can_undo:
            self._due = False
        elif chosen:
            self._due = True

    @Slot(object)
    def _report(self, report: Report) -> None:
        if self._button is not None:
            self._button.setEnabled(self.possible)
        if not (self._due and self.possible) or report.spec is None:
            return
        self._due = False
        title = DataSettings.known(self._context.document.data).dataset.title
        what = f"{sample_text(report.spec)}, {task_text(report.spec)}"
        self._context.notify.info(f"{title}: {what}.",
                                  hint="There is no network for it yet.", action_text=TEXT, action=self.make)


def _name(document: Document) -> Any:
    """What tells sources apart: the kind, and the files that it reads."""
    source = document.data.get("source")
    if not isinstance(source, Kind) or source.kind not in DATASETS:
        return None
    params = DATASETS[source.kind].params
    return source.kind, tuple(value for name, value in source.params.items() if isinstance(params.get(name), Path))
