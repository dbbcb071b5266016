"""The editor for one kind of a catalogue, with a form of the kind's own parameters below it."""
from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from core.params import Kind, KindOf
from gui.forms._editor import Editor, editor
from gui.forms.choice_editor import Combo
from gui.forms.form import Form
from gui.forms.rows import LABEL_WIDTH
from gui.theme import palette

INDENT = 10


class _Nest(QWidget):
    """Room for the form of a kind, with a line on its left that says to whom it belongs."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(INDENT, 0, 0, 0)
        self.setVisible(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(2, 2, 1, self.height() - 4, QColor(palette.current().tokens.border_strong))
        painter.end()


class KindEditor(Editor):
    """Edits a KindOf: which kind, and the kind's own parameters."""

    def __init__(self, param: KindOf):
        self._declared = param
        self._combo = Combo()
        _fill(self._combo, param)
        super().__init__(param, self._combo)
        self._nest = self.body = _Nest()
        self.summary = QLabel(wordWrap=True)
        self.summary.setProperty("role", "small")
        self.column.insertWidget(1, self.summary)
        self.form: Form | None = None
        self._combo.picked.connect(self._picked)
        self._combo.settled.connect(self.finished)
        self.show_value(self._value)

    def show_value(self, value: Kind) -> None:
        self._combo.put(value.kind)
        self._combo.setToolTip(f"{self._declared.doc}\n{_info(self._declared, value.kind).title}")
        self.summary.setText(f"{_info(self._declared, value.kind).summary}.")
        declared = self._declared.of[value.kind]
        if self.form is None or self.form.declared is not declared:
            self._replace(Form(declared, label_width=LABEL_WIDTH - INDENT) if declared.params else None)
        if self.form is not None:
            self.form.set_values(value.params)

    def show_raw(self, value: Any) -> None:
        raw = value.kind if isinstance(value, Kind) else value.get("kind", "") if isinstance(value, Mapping) else value
        self._combo.put("", str(raw))
        self.summary.clear()
        self._replace(None)

    def note(self, found: Mapping[str, str]) -> None:
        super().note(found)
        if self.form is not None:
            self.form.note_texts(found)

    def nested(self, name: str) -> Editor | None:
        """The editor of a parameter of the present kind."""
        return self.form.editor(name) if self.form is not None and name in self.form.declared.params else None

    def _replace(self, form: Form | None) -> None:
        old, self.form = self.form, form
        if old is not None:
            old.discard()
            self._nest.column.removeWidget(old)
            old.hide()
            old.deleteLater()
        if form is not None:
            self._nest.column.addWidget(form)
            form.submitted.connect(self._nested)
            form.finished.connect(self.finished)
        self._nest.setVisible(form is not None)

    @Slot(str)
    def _picked(self, kind: str) -> None:
        if not isinstance(self._value, Kind) or kind != self._value.kind:
            self._choose(self._declared.check(kind))

    @Slot(str, object)
    def _nested(self, name: str, value: Any) -> None:
        params = {**self._value.params, name: value}
        self._choose(Kind(self._value.kind, MappingProxyType(params)))

    def _choose(self, value: Kind) -> None:
        self.show_value(value)
        self.take(value)


def _info(param: KindOf, kind: str) -> Any:
    return param.of[kind].info


def _fill(combo: Combo, param: KindOf) -> None:
    """All kinds, under headings where they have categories."""
    kinds = sorted(param.of.items(), key=lambda pair: (pair[1].info.category, pair[1].info.title.lower()))
    category = ""
    for key, kind in kinds:
        if kind.info.category != category:
            category = kind.info.category
            combo.add_heading(category)
        combo.add(key, kind.info.title, kind.info.summary)


@editor.register
def _kind(param: KindOf) -> Editor:
    return KindEditor(param)
