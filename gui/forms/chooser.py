"""A list of columns or classes to choose from, beside a quiet word that says what for."""
from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout

from gui.forms.choice_editor import Combo
from gui.forms.quiet import small

LONGEST = 11


class Chooser(Combo):
    """Holds a number for every entry."""

    def __init__(self, row: QHBoxLayout, label: str, tip: str):
        super().__init__()
        self._numbers: list[int] = []
        self.setMinimumContentsLength(LONGEST)
        self.setAccessibleName(label)
        self.setToolTip(tip)
        self.word = small(label)
        row.addWidget(self.word)
        row.addWidget(self)

    @property
    def chosen(self) -> int:
        """The number of the chosen entry, -1 for none."""
        place = self.currentIndex()
        return self._numbers[place] if 0 <= place < len(self._numbers) else -1

    def offer(self, entries: Sequence[tuple[str, int]], chosen: int) -> None:
        """Offer these, without telling anybody."""
        with QSignalBlocker(self):
            self._numbers = [number for _, number in entries]
            self.clear()
            self.addItems([text for text, _ in entries])
            self.choose(chosen)

    def choose(self, number: int) -> None:
        """Choose an entry by its number; the first one if there is none of it."""
        self.setCurrentIndex(self._numbers.index(number) if number in self._numbers else 0)

    def setVisible(self, visible: bool) -> None:
        super().setVisible(visible)
        self.word.setVisible(visible)
