"""A few words of which one is chosen: side by side where there is room, else behind a button."""
from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QWidget

from gui.forms.menu_button import HEIGHT, MenuButton, offer
from gui.forms.segments import Segments


class DropDown(MenuButton):
    """Keeps the words itself; `picked` carries the one that somebody has chosen."""

    picked = Signal(str)

    def __init__(self, name: str, tip: str):
        super().__init__(name, tip, self._fill)
        self.words: list[str] = []
        self.list = self.menu()

    def put(self, words: Sequence[str], word: str) -> None:
        """Offer these, of which one is chosen, without telling anybody."""
        if (self.words, self.text()) != (list(words), word):
            self.words = list(words)
            self.say(word)
            self._open()

    def _fill(self, menu: QMenu) -> None:
        chosen = self.words.index(self.text()) if self.text() in self.words else -1
        offer(menu, self.words, chosen, self._pick)

    def _pick(self, place: int) -> None:
        self.say(self.words[place])
        self.picked.emit(self.words[place])


class Selector(QWidget):
    """`chosen` carries the word that somebody has picked."""

    chosen = Signal(str)

    def __init__(self, name: str, tip: str = ""):
        super().__init__()
        self.row, self.list = Segments(name), DropDown(name, tip)
        self.row.setProperty("kind", "strip")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.row)
        layout.addWidget(self.list)
        layout.addStretch(1)
        self.list.hide()
        self.row.chosen.connect(self._chosen)
        self.list.picked.connect(self._chosen)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> list[str]:
        """What can be chosen."""
        return self.row.words

    @property
    def word(self) -> str:
        """What is chosen."""
        return self.row.word

    def put(self, words: Sequence[str], word: str) -> None:
        """Offer these, of which one is chosen, without telling anybody."""
        if list(words) != self.words or word != self.word:
            self.row.put(words, word)
            self.list.put(words, self.word)
            self._fit()
            self.updateGeometry()

    def choose(self, word: str) -> None:
        """Choose a word as if somebody had picked it."""
        if word in self.words and word != self.word:
            self.row.setCurrentIndex(self.words.index(word))

    def sizeHint(self) -> QSize:
        return QSize(self.row.sizeHint().width(), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.list.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() >= self.row.sizeHint().width()
        self.row.setVisible(wide)
        self.list.setVisible(not wide)

    @Slot(str)
    def _chosen(self, word: str) -> None:
        self.put(self.words, word)
        self.list.put(self.words, word)
        self.chosen.emit(word)
