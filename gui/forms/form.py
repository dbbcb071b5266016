"""A form made from declared parameters."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import Problem
from core.params import Declared
from gui.forms import parts
from gui.forms._editor import Editor, editor
from gui.forms.fold import Fold
from gui.forms.rows import LABEL_WIDTH, Rows
from gui.theme import palette


@dataclass(frozen=True)
class Section:
    """A heading with the parameters below it."""

    title: str
    names: tuple[str, ...]


class Form(QWidget):
    """One row for each parameter of `declared`; those that no section names come last, advanced ones in a fold.

    `submitted` carries the name and the new value of every change that the user makes; `finished` says that a
    series of changes has ended. Values from elsewhere arrive through `set_values` and send nothing. Parameters that
    `leave` names have no row: somebody else shows them. In a `flat` one advanced parameters are rows like the others.
    """

    submitted = Signal(str, object)
    finished = Signal()

    def __init__(self, declared: type[Declared], sections: Iterable[Section] = (), label_width: int = LABEL_WIDTH,
                 leave: Iterable[str] = (), *, flat: bool = False):
        super().__init__()
        shown = [param for name, param in declared.params.items() if name not in set(leave)]
        self.declared = declared
        self._editors: dict[str, Editor] = {}
        self._rows: list[Rows] = []
        self._label_width = label_width
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(palette.current().tokens.gap)
        plain = [param.name for param in shown if flat or not param.advanced]
        for section in sections:
            self._column.addWidget(parts.heading(section.title, ruled=bool(self._editors)))
            self._column.addWidget(self._block(section.names))
        rest = [name for name in plain if name not in self._editors]
        if rest:
            if self._editors:
                self._column.addWidget(parts.line())
            self._column.addWidget(self._block(rest))
        advanced = [param.name for param in shown if param.advanced and not flat]
        if advanced:
            self._column.addWidget(Fold("Advanced", self._block(advanced), declared.__qualname__))
        self._column.addStretch(1)

    def editor(self, name: str) -> Editor:
        """The editor of one parameter."""
        return self._editors[name]

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show values. Fields whose value is still the same are left alone, with what is being typed in them."""
        for name, edited in self._editors.items():
            edited.set_value(values.get(name, edited.param.initial))

    def note(self, problems: Iterable[Problem]) -> None:
        """Show problems at the fields that they name, and take back those that are gone."""
        found: dict[str, str] = {}
        for problem in problems:
            if problem.param and problem.blocks:
                found.setdefault(problem.param, problem.text)
        self.note_texts(found)

    def note_texts(self, found: Mapping[str, str]) -> None:
        """Show these texts at the fields of these names, and none at the others."""
        for edited in self._editors.values():
            edited.note(found)

    def enable(self, name: str, on: bool, why: str = "") -> None:
        """Let a field be used, or say in its tool tip why it has no effect."""
        for rows in self._rows:
            rows.enable(name, on, why)

    def show_field(self, name: str, on: bool) -> None:
        """Show the row of a field, or leave it out."""
        for rows in self._rows:
            rows.show_row(name, on)

    def discard(self) -> None:
        """Send nothing from now on: the form is about to go."""
        self.blockSignals(True)
        self.setEnabled(False)

    def _block(self, names: Iterable[str]) -> Rows:
        rows = Rows(self._label_width)
        for name in names:
            rows.add(self._make(name))
        self._rows.append(rows)
        return rows

    def _make(self, name: str) -> Editor:
        made = editor(self.declared.params[name])
        made.changed.connect(self._changed)
        made.finished.connect(self.finished)
        self._editors[name] = made
        return made

    @Slot(object)
    def _changed(self, value: Any) -> None:
        source = self.sender()
        assert isinstance(source, Editor)
        self.submitted.emit(source.param.name, value)
