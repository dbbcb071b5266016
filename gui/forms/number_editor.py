"""The editor for numbers: type them as you like, or step with arrows, wheel and by dragging the label."""
from __future__ import annotations

from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit

from core.errors import ParamError
from core.params import Float, Int
from gui.forms import keys
from gui.forms._editor import SEVERAL, Editor, editor
from gui.forms.numerals import FloatNumeral, IntNumeral, Numeral
from gui.theme import style


class NumberField(QAbstractSpinBox):
    """A line of text with arrows that leaves the meaning of the text to its editor."""

    stepped = Signal(int)
    reverted = Signal()
    committed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.ends = QAbstractSpinBox.StepEnabledFlag.StepNone
        self.pending = False
        self.line.textEdited.connect(self._typed)
        self.line.setTextMargins(style.INSET, 0, 0, 0)
        self.editingFinished.connect(self.committed)
        self.setAccelerated(True)

    @property
    def line(self) -> QLineEdit:
        """The line of text."""
        return self.lineEdit()

    def put(self, text: str) -> None:
        """Replace the text, with the cursor where it was."""
        self.pending = False
        cursor = self.line.cursorPosition()
        self.line.setText(text)
        self.line.setCursorPosition(min(cursor, len(text)))

    @Slot()
    def _typed(self) -> None:
        # Unlike the line's own flag, this one outlives Enter.
        self.pending = True

    def stepBy(self, steps: int) -> None:
        self.stepped.emit(steps)

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        return self.ends

    def sizeHint(self) -> QSize:
        return QSize(96, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(56, super().minimumSizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def event(self, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return super().event(event)
        if keys.keep(event, self.pending):
            event.accept()
            return True
        if event.key() == Qt.Key.Key_Space or keys.pass_on(event, self.pending):
            # Numbers need no spaces: the key starts and pauses training, with the number that was just typed.
            self.committed.emit()
            event.ignore()
            return False
        handled = super().event(event)
        keys.settle(event, self.pending, self.committed.emit)
        return handled

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.pending:
            self.reverted.emit()
        elif event.key() == Qt.Key.Key_Space:
            event.ignore()
        else:
            super().keyPressEvent(event)


class NumberEditor(Editor):
    """Edits an Int or a Float. What is typed counts on Enter or on leaving; what is not allowed stays to be mended."""

    def __init__(self, param: Int | Float, numeral: Numeral):
        self._spin = NumberField()
        super().__init__(param, self._spin)
        self._numeral = numeral
        self._spin.stepped.connect(self.step)
        self._spin.committed.connect(self._commit)
        self._spin.reverted.connect(self.restore)
        self._spin.line.textEdited.connect(self._edited)
        self.show_value(self._value)

    @property
    def steppable(self) -> bool:
        return True

    @property
    def text(self) -> str:
        """What the field shows, without the unit."""
        suffix = self._numeral.suffix
        return self._spin.line.text().removesuffix(suffix).removesuffix(suffix.removesuffix("s")).strip()

    @Slot(int)
    def step(self, count: int) -> None:
        value = self._numeral.step(self._present(), count)
        self.show_value(value)
        self.take(value)

    def show_value(self, value: Any) -> None:
        self._write(self._numeral.text(value), value)

    def show_several(self) -> None:
        self._spin.put("")
        self._spin.line.setPlaceholderText(str(SEVERAL))
        self._spin.ends = _ends(True, True)

    def show_raw(self, value: Any) -> None:
        self._spin.put(str(value))
        self._spin.ends = _ends(True, True)

    def _write(self, text: str, value: float) -> None:
        suffix = self._numeral.suffix
        self._spin.put(f"{text} {suffix.removesuffix('s') if text == '1' else suffix}" if suffix else text)
        up, down = (self._numeral.step(value, way) != value for way in (1, -1))
        self._spin.ends = _ends(up, down)
        self._spin.update()

    def _present(self) -> float:
        """The value to step from: what is typed, if that is a number."""
        try:
            if self._spin.pending:
                return self._numeral.parse(self.text)
            return float(self.param.check(self._value))
        except ParamError:
            return float(self.param.initial)

    @Slot()
    def _commit(self) -> None:
        if self._spin.pending:
            self._settle(self.text)
        self.finished.emit()

    def _settle(self, typed: str) -> None:
        if not typed:
            self.restore()
            return
        try:
            value = self._numeral.parse(typed)
        except ParamError as error:
            self.refuse(error)
            return
        self._write(self._numeral.text(value) if isinstance(value, int) else typed, value)
        self.take(value)

    @Slot()
    def _edited(self) -> None:
        if self._refused:
            try:
                self._numeral.parse(self.text)
            except ParamError:
                return
            self.refuse(None)


def _ends(up: bool, down: bool) -> QAbstractSpinBox.StepEnabledFlag:
    flags = QAbstractSpinBox.StepEnabledFlag.StepNone
    if up:
        flags |= QAbstractSpinBox.StepEnabledFlag.StepUpEnabled
    return flags | QAbstractSpinBox.StepEnabledFlag.StepDownEnabled if down else flags


@editor.register
def _int(param: Int) -> Editor:
    return NumberEditor(param, IntNumeral(param))


@editor.register
def _float(param: Float) -> Editor:
    return NumberEditor(param, FloatNumeral(param))
