"""The editor for a few numbers, such as a shape."""
from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Slot

from core.errors import ParamError
from core.params import FloatTuple, IntTuple
from gui.forms import numerals
from gui.forms._editor import SEVERAL, Editor, editor
from gui.forms.text_field import TextField


def read(param: IntTuple | FloatTuple, text: str) -> tuple[float, ...]:
    """The numbers in "28, 28, 1", "28 x 28", "(28 28)", "0.5, 2" or "0,5; 2". Raises ParamError."""
    bare = text.strip().strip("()[]").strip(" ,;").lower()
    if not bare:
        return param.check(())
    found = _whole(bare) if isinstance(param, IntTuple) else _decimal(bare)
    if found is None:
        raise param.refuse(text.strip())
    return param.check(found)


def _whole(text: str) -> tuple[int, ...] | None:
    words = re.split(r"[\s,;x×*]+", text)
    return tuple(map(int, words)) if all(re.fullmatch(r"[+-]?\d{1,18}", word) for word in words) else None


def _decimal(text: str) -> tuple[float, ...] | None:
    # A comma stands before decimals only where semicolons stand between the numbers.
    words = re.split(r"\s*;\s*" if ";" in text else r"[\s,]+", text)
    found = [number for number in map(numerals.read, words) if number is not None]
    return tuple(map(float, found)) if len(found) == len(words) else None


def write(value: tuple[float, ...]) -> str:
    """The numbers as they are shown: "28, 28, 1"."""
    return ", ".join(numerals.show(Decimal(repr(number))) for number in value)


class TupleEditor(Editor):
    """Edits an IntTuple or a FloatTuple."""

    def __init__(self, param: IntTuple | FloatTuple):
        self._declared = param
        self._line = TextField()
        super().__init__(param, self._line)
        self._line.committed.connect(self._commit)
        self._line.reverted.connect(self.restore)
        self._line.textEdited.connect(self._edited)
        self.show_value(self._value)

    def show_value(self, value: Any) -> None:
        self._line.setPlaceholderText(self._declared.special)
        self._line.setText(write(value))

    def show_several(self) -> None:
        self._line.setPlaceholderText(str(SEVERAL))
        self._line.setText("")

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
def _tuple(param: IntTuple | FloatTuple) -> Editor:
    return TupleEditor(param)
