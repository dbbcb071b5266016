"""The part of the data panel about the split: a bar with borders to drag, and how the samples are chosen."""
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.datasets import DataSpec
from core.errors import Problem
from core.graph import edits
from core.graph.document import Document
from core.graph.settings import DataSettings
from core.graph.splitting import MATTERS, counts_of, matters, set_split, shares_of
from gui.data.section import Section
from gui.data.split_bar import SplitBar
from gui.forms.binding import Binding
from gui.forms.fold import Fold
from gui.forms.form import Form

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gui.context import AppContext

WAY = ("split", *MATTERS)
MORE = ("validation", "test", "seed", "encoding")


class SplitSection(QWidget):
    """Shows and changes the split."""

    def __init__(self, context: AppContext):
        super().__init__()
        self._context = context
        self._spec: DataSpec | None = None
        self._source: object = None
        self.bar = SplitBar()
        self.way, self.more = _form(context, WAY), _form(context, MORE)
        self.fold = Fold("Exact shares, seed, targets", self.more, "data.more")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Section("Split", self.bar, self.way, self.fold))
        self.bar.changed.connect(self._share)
        self.bar.finished.connect(self._seal)

    def show_document(self, document: Document) -> None:
        """Show the split of this document."""
        for form in (self.way, self.more):
            form.set_values(document.data)
        split = str(document.data.get("split", ""))
        for name in MATTERS:
            self.way.show_field(name, matters(name, split))
        self._show_bar(document)

    def show_report(self, spec: DataSpec | None, problems: Iterable[Problem]) -> None:
        """Show how many samples that makes, and what is wrong."""
        source = self._context.document.data["source"]
        if spec is not None or source != self._source:
            self._spec, self._source = spec, source
        found = tuple(problems)
        for form in (self.way, self.more):
            form.note(found)
        self._show_bar(self._context.document)

    def editor(self, name: str) -> Any:
        """The field of a setting."""
        return (self.way if name in WAY else self.more).editor(name)

    def _show_bar(self, document: Document) -> None:
        data = DataSettings.known(document.data)
        counts = counts_of(data, self._spec) if self._spec is not None else ()
        held = self._spec is not None and self._spec.held_out > 0
        validation, test = shares_of(data)
        self.bar.setVisible(data.split != "column")
        self.bar.show_split(validation, test, counts, free=data.split not in ("folds", "column"), fixed=held)

    @Slot(float, float)
    def _share(self, validation: float, test: float) -> None:
        values = {"validation": validation, "test": test}
        self._context.edit("Change split", lambda doc: edits.set_data(doc, values), merge="data.shares")

    @Slot()
    def _seal(self) -> None:
        self._context.history.seal()


def _form(context: AppContext, names: tuple[str, ...]) -> Form:
    leave = [name for name in DataSettings.params if name not in names]
    made = Form(DataSettings, leave=leave, flat=True)
    Binding(made, context, "data", set_split)
    return made
