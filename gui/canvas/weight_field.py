"""One weight under the pointer: what it is called and its value, and the field that changes it in place."""
from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget
from shiboken6 import isValid

from core.errors import ParamError
from core.params import Declared, Float
from gui.canvas.hints import beside
from gui.forms.editors import editor
from gui.forms.field_label import FieldLabel
from gui.forms.number_editor import NumberField
from gui.plots import numbers

FIELD = 92
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
OWN = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class _Weight(Declared):
    value = Float(default=0.0, doc="Type a number, or drag its name. Enter keeps it, Escape takes it back.")


def written(value: float) -> str:
    """A weight as a person reads it."""
    return numbers.fixed(value, 4)


class WeightField(QFrame):
    """Changes a weight while it is typed, stepped or dragged. Enter or a click elsewhere keeps it, Escape brings the
    first value back.

    `put` sets the value, and raises ParamError if that cannot be; `done` is called with the first and the last value
    when the field closes.
    """

    def __init__(self, parent: QWidget, name: str, value: float, put: Callable[[float], object],
                 done: Callable[[float, float], object]):
        super().__init__(parent)
        self.setProperty("role", "card")
        self._first, self._put, self._done = value, put, done
        self._open = True
        self.editor = editor(_Weight.params["value"])
        self.editor.setFixedWidth(FIELD)
        self.editor.set_value(round(value, 4))
        assert isinstance(self.editor.field, NumberField)
        self.field: NumberField = self.editor.field
        # Else a press on its name would give the focus to the canvas, which closes the field.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setFocusProxy(self.field)
        self.label = FieldLabel(self.editor, self.editor.sizeHint().height())
        self.label.setText(name)
        self.label.setWordWrap(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 4, 4, 4)
        row.addWidget(self.label)
        row.addWidget(self.editor)
        self.editor.changed.connect(self._changed)
        self.field.installEventFilter(self)
        self.setAccessibleName(name)
        self._last = value

    def open_at(self, pointer: QPoint) -> None:
        """Appear beside the pointer, ready to type."""
        self.adjustSize()
        self.move(beside(pointer, self))
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.line.selectAll()

    def close_field(self, *, keep: bool) -> None:
        """End it, with the value that it has or with the first one."""
        if not self._open:
            return
        self._open = False
        if not keep and self._last != self._first:
            self._take(self._first)
        parent = self.parentWidget()
        if parent is not None and self.field.hasFocus():
            parent.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.deleteLater()
        self._done(self._first, self._last)

    @Slot()
    def leave(self) -> None:
        """Something else happens: keep what there is."""
        self.close_field(keep=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A field that is being destroyed loses the focus before its end, when it must not be touched any more.
        if not isValid(self) or not isValid(self.field):
            return False
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self.close_field(keep=False)
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in ENTER:
            self.field.committed.emit()
            if not self.editor.error:
                self.close_field(keep=True)
            return True
        if isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in OWN:
            self.field.committed.emit()
            self.close_field(keep=True)
        return False

    @Slot(object)
    def _changed(self, value: float) -> None:
        self._take(value)

    def _take(self, value: float) -> None:
        try:
            self._put(value)
        except ParamError as error:
            self.editor.refuse(error)
        else:
            self._last = value
