"""What can be chosen above the layers: the way to look at them, which of their numbers, and of which layer."""
from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QMenu

from gui.activity.words import FLAT, WORDS
from gui.forms.menu_button import offer
from gui.panels._choices import ViewChoices, show
from gui.panels._strip import Strip

NOW, HISTORY, TREND = "Now", "Over time", "Trend"
WAYS = (NOW, HISTORY, TREND)
# In a smaller panel there is no room for a layer as well.
NARROW = 260


class Choices(ViewChoices):
    """`word` names what is looked at; `pinned` is the node whose history is shown whatever is selected, or ""."""

    wide = 380
    group, tip = "Ways to look at the layers", "All layers now, the distribution of one over time, or a line for each"
    whose = "Whose history: that of the selected layer, or always of one"

    def __init__(self, strip: Strip, changed: Callable[[], object]):
        self.word = next(iter(WORDS))
        super().__init__(strip, changed, WAYS)

    def build(self) -> None:
        self.what = self.button("Numbers", "Which numbers of the layers to look at", self._fill_what)

    @property
    def kind(self) -> str:
        """What is looked at, as the probes call it."""
        return WORDS.get(self.word, "flat")

    def tidy(self, width: int) -> None:
        super().tidy(width)
        self.what.say(self.word)
        show(self.node, self.view == HISTORY and width >= NARROW)

    def look(self, word: str) -> None:
        self.view = word
        self.word = self.word if self.word in self._words() else next(iter(WORDS))
        self.changed()

    def _words(self) -> list[str]:
        return [*WORDS, FLAT] if self.view == TREND else list(WORDS)

    def _fill_what(self, menu: QMenu) -> None:
        words = self._words()
        offer(menu, words, words.index(self.word), lambda place: self._measure(words[place]))

    def _measure(self, word: str) -> None:
        self.word = word
        self.changed()
