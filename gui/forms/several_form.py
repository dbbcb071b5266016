"""Several nodes at once: what they have in common, to see and to change."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import Problem
from core.graph import edits, several
from core.graph.check import Report
from core.graph.document import Document
from core.graph.naming import title_of, titles_of
from core.layers import LAYERS
from core.params import Declared
from gui.forms import parts
from gui.forms._editor import SEVERAL, Editor, editor
from gui.forms.binding import Binding
from gui.forms.form import Form
from gui.forms.node_form import BYPASSED, FROZEN
from gui.forms.rows import Rows

if TYPE_CHECKING:
    from gui.context import AppContext

Switch = Callable[[Document, Iterable[str], bool], Document]


class SeveralForm(QWidget):
    """One field for every parameter that all of the nodes have: their common value, or "several"."""

    def __init__(self, context: AppContext, nodes: Sequence[str]):
        super().__init__()
        self._context = context
        self.nodes = tuple(nodes)
        document = context.document
        self._count = f"{len(self.nodes)} nodes"
        self.form = Form(_declared(document, self.nodes))
        self._weighty = [n for n in self.nodes if edits.may_learn(document.nodes[n])]
        self._passable = [n for n in self.nodes if edits.passable(document.nodes[n])]
        self.frozen, self.bypassed = editor(FROZEN), editor(BYPASSED)
        self.notices = parts.Notices()
        self._lay_out()
        Binding(self.form, context, "several " + " ".join(self.nodes), self._change, f" of {self._count}")
        self.frozen.changed.connect(partial(self._switch, several.freeze, self._weighty, ("Freeze", "Unfreeze")))
        self.bypassed.changed.connect(partial(self._switch, several.bypass, self._passable,
                                              ("Bypass", "Stop bypassing")))
        self.show_document(document)
        self.show_report(context.report)

    def show_document(self, document: Document) -> None:
        """Follow a change of the document."""
        nodes = [document.nodes[name] for name in self.nodes if name in document.nodes]
        if not nodes:
            return
        self.form.set_values({name: _common([node.params.get(name, param.initial) for node in nodes])
                              for name, param in self.form.declared.params.items()})
        _show(self.frozen, [document.nodes[n].frozen for n in self._weighty if n in document.nodes])
        _show(self.bypassed, [document.nodes[n].bypassed for n in self._passable if n in document.nodes])

    def show_report(self, report: Report) -> None:
        """Follow a new check."""
        document, declared = self._context.document, self.form.declared.params
        found = [_named(problem, title_of(document, name)) for name in self.nodes if name in document.nodes
                 for problem in report.of(name)]
        self.form.note(problem for problem in found if problem.param in declared)
        self.notices.show_problems(p for p in found if p.param not in declared or not p.blocks)

    def discard(self) -> None:
        """Change nothing from now on: the form is about to go."""
        self.form.discard()
        self.frozen.blockSignals(True)
        self.bypassed.blockSignals(True)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(parts.MARGIN)
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addWidget(parts.label(f"{self._count} selected", "heading"))
        head.addWidget(parts.label("A change is made to all of them." if self.form.declared.params
                                   else "They have no parameter in common.", "muted"))
        column.addLayout(head)
        column.addWidget(self.notices)
        if self.form.declared.params:
            column.addWidget(parts.line())
        # What is of no use here is hidden: without a parent it would outlive this form.
        column.addWidget(self.form)
        self.form.setVisible(bool(self.form.declared.params))
        for shown, names in ((self.frozen, self._weighty), (self.bypassed, self._passable)):
            rows = Rows()
            rows.add(shown)
            # First to its place: what is shown without a parent is a window.
            column.addWidget(rows)
            rows.setVisible(bool(names))

    def _change(self, document: Document, values: Mapping[str, Any]) -> Document:
        return several.set_params(document, self.nodes, values)

    def _switch(self, change: Switch, names: list[str], verbs: tuple[str, str], on: bool) -> None:
        what = titles_of(self._context.document, names)
        self._context.edit(f"{verbs[0] if on else verbs[1]} {what}", lambda doc: change(doc, names, on))


def _declared(document: Document, nodes: Sequence[str]) -> type[Declared]:
    """The parameters that all have: those of the kind, if it is one."""
    kinds = {document.nodes[name].kind for name in nodes}
    if len(kinds) == 1 and (kind := kinds.pop()) in LAYERS:
        return LAYERS[kind]
    return type("Several", (Declared,), dict(several.shared(document, nodes)))


def _common(values: list[Any]) -> Any:
    return values[0] if all(value == values[0] for value in values) else SEVERAL


def _show(shown: Editor, values: list[bool]) -> None:
    if values:
        shown.set_value(_common(values))


def _named(problem: Problem, name: str) -> Problem:
    return problem if problem.message.startswith(name) else replace(problem, message=f"{name}: {problem.message}")
