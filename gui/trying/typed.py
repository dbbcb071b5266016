"""A row typed by hand: a field for every column."""
from __future__ import annotations

import re
from typing import Any

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QVBoxLayout

from core.params import Choice, Declared, Float, Param, Text
from core.preprocessing import ColumnSpec, Specs
from gui.forms.form import Form
from gui.theme import fonts, palette
from gui.trying._way import Row, Way

# More fields than this nobody fills in; the others keep what the sample from the data has.
MOST = 60
# Pixels: names take what their longest word needs, but leave room for the fields.
NARROWEST, WIDEST = 96, 136
NONE = ""


class Typed(Way):
    """Fields for the input columns; those of an array whose numbers have names are fields, too."""

    def __init__(self, specs: Specs):
        super().__init__()
        self._specs = specs
        self._names = tuple(name for spec in specs for name in spec.names)
        self._values: dict[str, Any] = dict.fromkeys(self._names, 0.0)
        declared = _declared(specs)
        self.form = Form(declared, label_width=_label_width(declared))
        self._fields = dict(zip(declared.params, self._names, strict=False))
        self.form.submitted.connect(self._submit)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        self.clear()

    def row(self) -> Row | None:
        return tuple((spec.name, self._value(spec)) for spec in self._specs)

    def put(self, row: Row) -> None:
        given = dict(row)
        for spec in self._specs:
            value = given.get(spec.name, NONE)
            if spec.shape:
                numbers = np.frombuffer(value, np.float32).tolist() if isinstance(value, bytes) else []
                self._values |= dict(zip(spec.names, numbers, strict=True)) if numbers else {}
            else:
                self._values[spec.name] = value
        self._show()

    def clear(self) -> None:
        self._values = {name: NONE if spec.kind in ("text", "date") else spec.categories[0] if spec.kind == "category"
                        else 0.0 for spec in self._specs for name in spec.names}
        self._show()

    def _value(self, spec: ColumnSpec) -> Any:
        if not spec.shape:
            return self._values[spec.name]
        return np.array([self._values[name] for name in spec.names], np.float32).tobytes()

    def _show(self) -> None:
        shown = {field: self._values[name] for field, name in self._fields.items()}
        params = self.form.declared.params
        self.form.set_values({field: _written(params[field], value) for field, value in shown.items()})

    @Slot(str, object)
    def _submit(self, field: str, value: Any) -> None:
        self._values[self._fields[field]] = value
        self.changed.emit()


def _written(param: Param[Any], value: Any) -> Any:
    """A value of the data as the field holds it."""
    if isinstance(param, Float):
        # The shortest number that a float32 stands for.
        return float(str(np.float32(value)))
    return f"{value:g}" if isinstance(value, float) else value


def _label_width(declared: type[Declared]) -> int:
    widths = QFontMetrics(fonts.font(palette.current().tokens)).horizontalAdvance
    longest = max((widths(word) for param in declared.params.values() for word in param.title.split()), default=0)
    return max(NARROWEST, min(WIDEST, longest + 2))


def _declared(specs: Specs) -> type[Declared]:
    """The columns as parameters, so that they are edited as all parameters are."""
    named = [(name, spec) for spec in specs for name in spec.names][:MOST]
    params = {f"column_{number}": _param(name, spec) for number, (name, spec) in enumerate(named)}
    return type("Row", (Declared,), params)


def _param(name: str, spec: ColumnSpec) -> Param[Any]:
    label = re.sub(r"\s+", " ", name).strip() or "column"
    if spec.kind == "category":
        words = {word: word for word in spec.categories}
        return Choice(default=spec.categories[0], options=words | ({NONE: "missing"} if spec.missing else {}),
                      label=label, doc=f"The value of {label}.")
    if spec.kind == "number" and not spec.missing:
        return Float(default=0.0, label=label, doc=f"The value of {label}.")
    return Text(label=label, special="missing", longest=4096, doc=f"The value of {label}; empty if it is missing.")
