"""The parameters of the present source, as a form of its own."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.datasets import DATASETS
from core.errors import Problem
from core.graph import edits
from core.graph.document import Document
from core.params import Kind, KindList, Labels, Param, Points
from gui.forms._editor import Editor, editor
from gui.forms.binding import Binding
from gui.forms.form import Form
from gui.pad.drawing_on import draw_on_top
from gui.theme import icons

if TYPE_CHECKING:
    from gui.context import AppContext


class SourceForm(QWidget):
    """Follows the source of the document. A change of a number moves the samples at once."""

    def __init__(self, context: AppContext):
        super().__init__()
        self._context = context
        self.form: Form | None = None
        self.again = QPushButton("New samples")
        self.again.setToolTip("Draw other samples of the same kind: the next seed.")
        icons.bind(self.again, "dice")
        self.draw = QPushButton("Draw on top")
        self.draw.setToolTip("Take these points over as a drawing, and paint, move and erase points with the mouse.")
        icons.bind(self.draw, "pad")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self.again, self.draw):
            button.setVisible(False)
            row.addWidget(button)
        row.addStretch(1)
        self._column.addLayout(row)
        self.again.clicked.connect(self._draw_again)
        self.draw.clicked.connect(self._draw_on_top)

    def show_document(self, document: Document) -> None:
        """Show the source of this document."""
        source = document.data["source"]
        declared = DATASETS[source.kind] if source.kind in DATASETS else None  # noqa: SIM401
        if declared is None or self.form is None or self.form.declared is not declared:
            self._replace(Form(declared, leave=_left_out(declared.params)) if declared is not None else None)
        if self.form is not None:
            self.form.set_values(source.params)
        self._fit_height()

    def offer_again(self, drawn: bool) -> None:
        """Offer other points where a seed draws them."""
        self.again.setVisible(drawn)
        self._fit_height()

    def offer_drawing(self, possible: bool) -> None:
        """Offer to go on by hand where the points lie in a plane."""
        self.draw.setVisible(possible)
        self._fit_height()

    def note(self, problems: Iterable[Problem]) -> None:
        """Show problems at the fields that they are about."""
        if self.form is not None:
            self.form.note(problems)

    def has(self, name: str | None) -> bool:
        """True if there is a field of this name."""
        return self.form is not None and name in self.form.declared.params and name not in _left_out(
            self.form.declared.params)

    def editor(self, name: str) -> Editor | None:
        """The field of a parameter of the source."""
        return self.form.editor(name) if self.form is not None and self.has(name) else None

    def _fit_height(self) -> None:
        shown = self.form is not None and not self.form.isHidden()
        self.setVisible(shown or not (self.again.isHidden() and self.draw.isHidden()))

    def _replace(self, form: Form | None) -> None:
        old, self.form = self.form, form
        if old is not None:
            old.discard()
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        if form is not None:
            self._column.insertWidget(0, form)
            Binding(form, self._context, "data.source", _change)
            form.setVisible(any(self.has(name) for name in form.declared.params))

    @Slot()
    def _draw_again(self) -> None:
        self._context.edit("Draw new samples", _next_seed)

    @Slot()
    def _draw_on_top(self) -> None:
        draw_on_top(self._context)


def _change(document: Document, values: Mapping[str, Any]) -> Document:
    source = document.data["source"]
    return edits.set_data(document, {"source": Kind(source.kind, {**source.params, **values})})


def _next_seed(document: Document) -> Document:
    return edits.set_data(document, {"seed": (int(document.data["seed"]) + 1) % 2**31})


def _left_out(params: Mapping[str, Param[Any]]) -> list[str]:
    """Parameters that others show: types of columns, what is drawn."""
    plain = editor.dispatch(object)
    return [name for name, param in params.items()
            if isinstance(param, (Labels, KindList, Points)) or editor.dispatch(type(param)) is plain]
