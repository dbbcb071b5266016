"""Choosing a source: from the gallery, with the dialog for a file or folder where one is needed."""
from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path as FilePath
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QFileDialog, QWidget

from core.datasets import DATASETS, Dataset, ReadingError, deferred, survey
from core.errors import CoreError, Problem
from core.graph.document import Diff, Document
from core.graph.sourcing import choose_source
from core.params import Kind
from gui.data.gallery import Gallery
from gui.data.glimpses import Glimpses
from gui.data.sources import wanted_path
from gui.notify import Notice

if TYPE_CHECKING:
    from gui.context import AppContext

TOPIC = "choice"
ANYWAY = "Use anyway"
# Something else is to be chosen, too.
UNFINISHED = "data.choose"


@dataclass(frozen=True, slots=True)
class _Choice:
    """A source that is not in use yet, what the undo step is called, and the source that it replaces."""

    source: Kind
    label: str
    before: Kind


class Chooser(QObject):
    """Makes one undo step of a choice. What lies in files is read first: until that is done, and if it cannot be done,
    the document keeps the data that it has. `reading_changed` carries what is being read, "" for nothing."""

    reading_changed = Signal(str)

    def __init__(self, context: AppContext, glimpses: Glimpses, owner: QWidget):
        super().__init__(owner)
        self._context, self._glimpses, self._owner = context, glimpses, owner
        self._pending: _Choice | None = None
        self.reading = ""
        self.gallery: Gallery | None = None
        context.document_changed.connect(self._follow)

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
        self.stop()
        choice = _Choice(source, label or f"Choose {DATASETS[source.kind].info.title}",
                         self._context.document.data["source"])
        try:
            dataset = DATASETS[source.kind](**source.params)
            with deferred(anew=True):
                dataset.columns()
        except ReadingError as error:
            self._read(choice, dataset, error.problem.message)
        except CoreError as error:
            self._refuse(choice, error.problem)
        else:
            self._use(choice)

    @Slot()
    def stop(self) -> None:
        """Read no further: the data stay what they are."""
        self._context.desk.stop(TOPIC)
        self._wait(None)

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

    def _read(self, choice: _Choice, dataset: Dataset, text: str) -> None:
        self._wait(choice, text)
        self._context.desk.ask(TOPIC, partial(survey, dataset), self._arrived, self._failed)

    def _wait(self, choice: _Choice | None, text: str = "") -> None:
        self._pending = choice
        if text != self.reading:
            self.reading = text
            self.reading_changed.emit(text)

    def _arrived(self, _: object) -> None:
        if (choice := self._pending) is not None:
            self._wait(None)
            self._use(choice)

    def _failed(self, problem: Problem) -> None:
        if (choice := self._pending) is not None:
            self._wait(None)
            self._refuse(choice, problem)

    def _refuse(self, choice: _Choice, problem: Problem) -> None:
        """Say what is wrong, and change nothing, if that can be chosen anew; else its settings have to be at hand."""
        declared = DATASETS[choice.source.kind]
        wanted = wanted_path(declared)
        if wanted is None or not choice.source.params.get(wanted.name) or problem.code == UNFINISHED:
            self._use(choice)
        elif len(declared.params) == 1:
            self._context.notify.refuse(problem)
        else:
            self._context.notify.post(Notice("warning", problem.message, ANYWAY, partial(self._use, choice),
                                             problem.hint))

    def _use(self, choice: _Choice) -> None:
        if choice.source == self._context.document.data["source"]:
            self._context.recheck()
            return
        self._context.history.seal()
        self._context.edit(choice.label, partial(choose_source, source=choice.source))

    @Slot(object, object)
    def _follow(self, diff: Diff, document: Document) -> None:
        """Whoever takes other data meanwhile, or another document, does not want these any more."""
        opened = not (self._context.history.can_undo or self._context.history.can_redo)
        if self._pending is not None and (opened or document.data["source"] != self._pending.before):
            self.stop()
