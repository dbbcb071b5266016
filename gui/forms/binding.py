"""Between a form and the document: what the user changes becomes an undo step, in a row becomes one step."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Slot

from core.graph.document import Document
from gui.forms.form import Form

if TYPE_CHECKING:
    from gui.context import AppContext

Change = Callable[[Document, Mapping[str, Any]], Document]


class Binding(QObject):
    """Sends what `form` submits through `change` into the history. `scope` names what is edited ("training"), `of`
    ends the name of the undo step (" of 3 nodes")."""

    def __init__(self, form: Form, context: AppContext, scope: str, change: Change, of: str = ""):
        super().__init__(form)
        self._form = form
        self._context = context
        self._scope = scope
        self._of = of
        self._change = change
        form.submitted.connect(self._submit)
        form.finished.connect(self._seal)

    @Slot(str, object)
    def _submit(self, name: str, value: Any) -> None:
        label = f"Change {in_sentence(self._form.declared.params[name].title)}{self._of}"
        self._context.edit(label, lambda document: self._change(document, {name: value}),
                           merge=f"{self._scope}.{name}")

    @Slot()
    def _seal(self) -> None:
        self._context.history.seal()


def in_sentence(title: str) -> str:
    """A title as it stands within a sentence: "batch size", but "L2"."""
    return title[:1].lower() + title[1:] if title[1:2].islower() else title
