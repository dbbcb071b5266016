"""The editor for a few whole numbers, such as a shape."""
from __future__ import annotations

import re
from typing import Any

from PySide6.QtCore import Slot

from core.errors import ParamError
from core.params import IntTuple
from gui.forms._editor import Editor, editor
from gui.forms.text_field import TextField


def read(param: IntTuple, text: str) -> tuple[int, ...]:
    """The numbers in "28, 28, 1", "28 x 28" or "(28 28)". Raises ParamError."""
    words = re.split(r"[\s,;x×*]+", text.strip().strip("()[]").strip(" ,;").lower())
    if words == [""]:
        return param.check(())
    if not all(re.fullmatch(r"[+-]?\d{1,18}", word) for word in words):
        raise param.refuse(text.strip())
    return param.check(tuple(map(int, words)))


def write(value: tuple[int, ...]) -> str:
    """The numbers as they are shown: "28, 28, 1"."""
    return ", ".join(map(str, value))


class TupleEditor(Editor):
    """Edits an IntTuple."""

    def __init__(self, param: IntTuple):
        self._declared = param
        self._line = TextField()
        super().__init__(param, self._line)
        self._line.setPlaceholderText(param.special)
        self._line.committed.connect(self._commit)
        self._line.reverted.connect(self.restore)
        self._line.textEdited.connect(self._edited)
        self.show_value(self._value)

    def show_value(self, value: Any) -> None:
        self._line.setText(write(value))

    def show_raw(self, value: Any) -> None:
        self._line.setText(str(value))

    @Slot()
    def _commit(self) -> None:
        if self._line.isModified():
            try:
                value = read(self._declared, self._line.text())
            except ParamError as error:
                self.refuse(error)
                return
            self.show_value(value)
            self.take(value)
        self.finished.emit()

    @Slot()
    def _edited(self) -> None:
        if self._refused:
            try:
                read(self._declared, self._line.text())
            except ParamError:
                return
            self.refuse(None)


@editor.register
def _tuple(param: IntTuple) -> Editor:
    return TupleEditor(param)
