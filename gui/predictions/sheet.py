"""The grid with a line above it, and the one sample that is looked at closely."""
from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from gui.predictions.cards import EDGE
from gui.predictions.grid import CardGrid
from gui.predictions.large import Large
from gui.predictions.line import Line


class Sheet(QWidget):
    """Shows the grid, or one sample."""

    def __init__(self) -> None:
        super().__init__()
        self.line, self.grid, self.large = Line(), CardGrid(), Large()
        self._wide = QWidget()
        head = QHBoxLayout()
        head.setContentsMargins(EDGE, 0, EDGE, 0)
        head.addWidget(self.line)
        column = QVBoxLayout(self._wide)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.grid, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._wide)
        self._stack.addWidget(self.large)

    @property
    def closely(self) -> bool:
        """Whether one sample is looked at."""
        return self._stack.currentWidget() is self.large

    def show_large(self, on: bool) -> None:
        """Look at one sample, or at all of them."""
        if on != self.closely:
            self._stack.setCurrentWidget(self.large if on else self._wide)
            focus: Callable[[], None] = self.large.setFocus if on else self.grid.setFocus
            focus()
