"""A row of words of which one is chosen."""
from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QTabBar


class Segments(QTabBar):
    """`chosen` carries the word that somebody has picked."""

    chosen = Signal(str)

    def __init__(self, name: str = "Ways to look at the data") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setUsesScrollButtons(True)
        self.currentChanged.connect(self._changed)

    @property
    def words(self) -> list[str]:
        """What can be chosen."""
        return [self.tabText(place) for place in range(self.count())]

    @property
    def word(self) -> str:
        """What is chosen."""
        return self.tabText(self.currentIndex()) if self.currentIndex() >= 0 else ""

    def put(self, words: Sequence[str], word: str) -> None:
        """Offer these, of which one is chosen, without telling anybody."""
        with QSignalBlocker(self):
            if list(words) != self.words:
                while self.count():
                    self.removeTab(0)
                for one in words:
                    self.addTab(one)
            # Without words there is nothing to stop at.
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus if words else Qt.FocusPolicy.NoFocus)
            if word in words:
                self.setCurrentIndex(list(words).index(word))
        self._measure()

    def _measure(self) -> None:
        """Qt measures the tabs while they come one after another, when the first is not yet as wide as a first one."""
        self.setIconSize(self.iconSize())

    def _changed(self, place: int) -> None:
        if place >= 0:
            self.chosen.emit(self.tabText(place))
