"""What every editor of a parameter has: a value, a field, and a place for the reason why a value is refused."""
from __future__ import annotations

from collections.abc import Mapping
from functools import singledispatch
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from core.errors import ParamError
from core.params import Param
from gui.theme import style


class _Several:
    """Stands for the values of several nodes that are not the same."""

    def __repr__(self) -> str:
        return "several"


SEVERAL = _Several()


class Editor(QWidget):
    """Edits one parameter.

    `changed` carries every new value that the user chooses, and only values that are allowed; `finished` says that
    a series of them (wheel, arrows, dragging) has ended. `body` is an editor's second part, for which the form
    makes room below the row.
    """

    changed = Signal(object)
    finished = Signal()

    def __init__(self, param: Param[Any], field: QWidget):
        super().__init__()
        self.param = param
        self.field = field
        self.body: QWidget | None = None
        self._value: Any = param.initial
        self._refused = ""
        self._noted = ""
        self._reason = QLabel(wordWrap=True)
        self._reason.setVisible(False)
        self._reason.setProperty("role", "error")
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(field)
        column.addWidget(self._reason)
        self.setFocusProxy(field)
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        field.setAccessibleName(param.title)
        self.describe(param.doc)

    @property
    def steppable(self) -> bool:
        """True if `step` does something."""
        return False

    def step(self, count: int) -> None:
        """Change the value as the arrow keys do; `finished` is for the caller to send."""

    def describe(self, text: str) -> None:
        """Set the tool tip."""
        self.field.setToolTip(text)
        self.field.setAccessibleDescription(text)

    def value(self) -> Any:
        """The last value that was allowed."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show a value from elsewhere, or SEVERAL. Text that waits to be committed stays if it is still the same."""
        if value is SEVERAL:
            if self._value is not SEVERAL:
                self._value = value
                self.show_several()
                self.refuse(None)
            return
        try:
            good = self.param.check(value)
        except ParamError as error:
            self._value = value
            self.show_raw(value)
            self.refuse(error)
            return
        if good != self._value or type(good) is not type(self._value):
            self._value = good
            self.show_value(good)
            self.refuse(None)

    def restore(self) -> None:
        """Show the present value again, in place of what was typed."""
        value, self._value = self._value, None
        self.set_value(value)

    @property
    def error(self) -> str:
        """Why what the field shows is not allowed; empty if it is."""
        return self._refused or self._noted

    def refuse(self, error: ParamError | None) -> None:
        """Show under the field why what was typed is not allowed; None takes it back."""
        self._refused = "" if error is None else reason(error, self.param.name)
        self._tell()

    def note(self, found: Mapping[str, str]) -> None:
        """Show the problem that `found` holds for this parameter, or take back one that is gone."""
        self._noted = found.get(self.param.name, "")
        self._tell()

    def show_value(self, value: Any) -> None:
        """Show a checked value, without a signal."""
        raise NotImplementedError

    def show_several(self) -> None:
        """Show that the values differ; what is chosen then is for all."""
        self.show_raw(SEVERAL)

    def show_raw(self, value: Any) -> None:
        """Show a value that is not allowed, as a file may hold it."""

    def take(self, value: Any) -> None:
        """The user chose a value: remember it, and say so if it is a new one."""
        self.refuse(None)
        if value != self._value or type(value) is not type(self._value):
            self._value = value
            self.changed.emit(value)

    def _tell(self) -> None:
        self._reason.setText(self.error)
        self._reason.setVisible(bool(self.error))
        style.set_property(self.field, "state", "error" if self.error else None)
        self.field.setAccessibleDescription(self.error or self.param.doc)


def reason(error: ParamError, name: str) -> str:
    """The text of an error where the label beside it already says which parameter is meant."""
    text = error.problem.text.removeprefix(f"{name}: ")
    return text[:1].upper() + text[1:]


@singledispatch
def editor(param: Param[Any]) -> Editor:
    """The editor for a parameter. A new type of parameter registers its own with `editor.register`."""
    raise TypeError(f"There is no editor for {type(param).__name__}.")
