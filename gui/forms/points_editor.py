"""The row for drawn points: how many there are. They are edited on the pad."""
from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel

from core.params import Param, Points
from gui.forms._editor import Editor, editor


class PointsEditor(Editor):
    """Says how many points there are, and of how many classes."""

    def __init__(self, param: Param[Any]):
        self.label = QLabel(wordWrap=True)
        self.label.setProperty("role", "muted")
        super().__init__(param, self.label)
        self.show_value(self._value)

    def show_value(self, value: Any) -> None:
        self.label.setText(written(len(value), value.classes))

    def show_raw(self, value: Any) -> None:
        self.label.setText("")


def written(points: int, classes: int) -> str:
    """So many points of so many classes, in words."""
    if not points:
        return "No points yet"
    many = "1 point" if points == 1 else f"{points:,} points"
    return f"{many}, classes 1 to {classes}" if classes > 1 else many


@editor.register
def _points(param: Points) -> Editor:
    return PointsEditor(param)
