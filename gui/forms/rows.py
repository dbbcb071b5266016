"""Rows of labels and fields in two aligned columns, or one below the other where there is little room."""
from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from gui.forms._editor import Editor
from gui.forms.field_label import FieldLabel
from gui.theme import palette

LABEL_WIDTH = 96
NARROW = 200
WIDEST = 10_000


class Rows(QWidget):
    """A column of editors with their labels."""

    def __init__(self, label_width: int = LABEL_WIDTH):
        super().__init__()
        self._label_width = label_width
        self._narrow = False
        self._rows: list[tuple[FieldLabel, Editor]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(palette.current().tokens.gap)
        self._grid.setVerticalSpacing(palette.current().tokens.gap)
        self._grid.setColumnStretch(1, 1)

    def add(self, editor: Editor) -> None:
        """Append a row."""
        label = FieldLabel(editor, palette.current().tokens.control_height)
        self._rows.append((label, editor))
        self._place(len(self._rows) - 1)
        previous = self._rows[-2][1] if len(self._rows) > 1 else None
        if previous is not None:
            QWidget.setTabOrder(previous.field, editor.field)

    def enable(self, name: str, on: bool, why: str) -> None:
        """Let a row be used, or say why it has no effect."""
        for label, editor in self._rows:
            if editor.param.name == name:
                tip = editor.param.doc if on else why
                label.setToolTip(tip)
                editor.describe(tip)
                for part in (label, editor, editor.body):
                    if part is not None:
                        part.setEnabled(on)

    def show_row(self, name: str, on: bool) -> None:
        """Show a row, or leave it out."""
        for label, editor in self._rows:
            if editor.param.name == name:
                for part in (label, editor, editor.body):
                    if part is not None:
                        part.setVisible(on)

    def minimumSizeHint(self) -> QSize:
        # The two columns may be squeezed, for then they become one.
        return QSize(min(NARROW // 2, super().minimumSizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() + LABEL_WIDTH - self._label_width < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            for index in range(len(self._rows)):
                self._place(index)

    def _place(self, index: int) -> None:
        label, editor = self._rows[index]
        row = 3 * index
        label.setMinimumWidth(0 if self._narrow else self._label_width)
        label.setMaximumWidth(WIDEST if self._narrow else self._label_width)
        if self._narrow:
            self._grid.addWidget(label, row, 0, 1, 2)
            self._grid.addWidget(editor, row + 1, 0, 1, 2)
        else:
            self._grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(editor, row, 1)
        if editor.body is not None:
            self._grid.addWidget(editor.body, row + 2, 0, 1, 2)
