"""Choosing a source: from the gallery, with the dialog for a file or folder where one is needed."""
from __future__ import annotations

from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from core.datasets import DATASETS
from core.graph.check import Report
from core.graph.sourcing import choose_source, settle_source
from core.params import Kind
from gui.data.gallery import Gallery
from gui.data.glimpses import Glimpses
from gui.data.sources import wanted_path

if TYPE_CHECKING:
    from gui.context import AppContext

MERGE = "data.source"


class Chooser(QObject):
    """Makes one undo step of a choice, also where what the columns ask for is only known after a file is read."""

    def __init__(self, context: AppContext, glimpses: Glimpses, owner: QWidget):
        super().__init__(owner)
        self._context, self._glimpses, self._owner = context, glimpses, owner
        self._pending: Kind | None = None
        self._label = ""
        self.gallery: Gallery | None = None
        # Not at once: an edit while others still hear of the report would leave them with the old one.
        context.report_changed.connect(self._settle, Qt.ConnectionType.QueuedConnection)

    @Slot()
    def open(self) -> None:
        """Show all sources."""
        present = self._context.document.data["source"].kind
        window = self._owner.window()
        self.gallery = Gallery(window, self._glimpses, present, self.choose)

    def choose(self, kind: str) -> None:
        """Take a source; where it needs a file or a folder, ask for that first."""
        params: dict[str, Any] | None = {}
        if wanted_path(DATASETS[kind]) is not None:
            params = self._asked(kind)
        if params is not None:
            self.take(Kind(kind, DATASETS[kind](**params).config()))

    def take(self, source: Kind, label: str = "") -> None:
        """Take a source with these parameters; `label` is what the step is called."""
        self._label = label or f"Choose {DATASETS[source.kind].info.title}"
        self._context.history.seal()
        self._pending = None
        refused = self._context.edit(self._label, lambda doc: choose_source(doc, source), merge=MERGE)
        if refused is None and _reading(self._context.report):
            self._pending = source
        else:
            self._context.history.seal()

    @Slot()
    def stop(self) -> None:
        """Read no further, and go back to the data before if they were just exchanged."""
        pending, self._pending = self._pending, None
        self._context.desk.stop("survey")
        if pending is not None and self._context.document.data["source"] == pending:
            self._context.history.undo()

    def _asked(self, kind: str) -> dict[str, Any] | None:
        """Parameters with the file or folder that the user picks, or None."""
        param = wanted_path(DATASETS[kind])
        assert param is not None
        start = self._context.settings.last_folder
        if param.what == "folder":
            name = QFileDialog.getExistingDirectory(self._owner, "Choose Folder", start)
        else:
            endings = " ".join(f"*{ending}" for ending in param.endings)
            filters = f"{DATASETS[kind].info.title} ({endings});;All files (*)" if endings else "All files (*)"
            name, _ = QFileDialog.getOpenFileName(self._owner, "Choose File", start, filters)
        if not name:
            return None
        return dict(DATASETS[kind].takes(FilePath(name)) or {param.name: name})

    @Slot()
    def _settle(self) -> None:
        """Once the columns are known, complete the choice within its undo step."""
        if self._pending is None or _reading(self._context.report):
            return
        source, self._pending = self._pending, None
        if self._context.document.data["source"] == source:
            self._context.edit(self._label, settle_source, merge=MERGE)
        self._context.history.seal()


def _reading(report: Report) -> bool:
    return any(problem.code == "data.reading" for problem in report.problems)
