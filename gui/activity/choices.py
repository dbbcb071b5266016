"""What can be chosen above the layers: the way to look at them, which of their numbers, and of which layer."""
from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from gui.activity.words import FLAT, WORDS
from gui.forms.menu_button import MenuButton, offer
from gui.panels._strip import Strip

NOW, HISTORY, TREND = "Now", "Over time", "Trend"
WAYS = (NOW, HISTORY, TREND)
# Above this width the ways to look stand side by side; in a small panel there is no room for a layer as well.
WIDE, NARROW = 380, 260
SELECTED = "Selected layer"


class Choices:
    """Tells `changed` when something else is chosen; `tidy` shows what makes sense and has room.

    `word` names what is looked at, in the way `view`; `pinned` is the node whose history is shown whatever is selected,
    or "".
    """

    def __init__(self, strip: Strip, changed: Callable[[], object]):
        self.strip, self.changed = strip, changed
        self.view, self.word, self.pinned = NOW, next(iter(WORDS)), ""
        self.nodes: Sequence[str] = ()
        self.names: Sequence[str] = ()
        # What has no room must not hold the panel wide.
        strip.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.segments = strip.segments("Ways to look at the layers", WAYS, self._turn)
        self.segments.setToolTip("All layers now, the distribution of one over time, or a line for each")
        self.way = self._button("View", "All layers now, the distribution of one over time, or a line for each",
                                self._fill_ways)
        self.what = self._button("Numbers", "Which numbers of the layers to look at", self._fill_what)
        strip.spring()
        self.node = self._button("Layer", "Whose history: that of the selected layer, or always of one",
                                 self._fill_nodes)

    def _button(self, name: str, tip: str, fill: Callable[[QMenu], None]) -> MenuButton:
        made = MenuButton(name, tip, fill)
        self.strip.put(made)
        return made

    @property
    def kind(self) -> str:
        """What is looked at, as the probes call it."""
        return WORDS.get(self.word, "flat")

    def offer_nodes(self, nodes: Sequence[str], names: Sequence[str]) -> None:
        """Offer the layers that have such numbers, by what people call them."""
        self.nodes, self.names = nodes, names

    def tidy(self, width: int) -> None:
        """Show what makes sense in so many pixels."""
        wide, pinned = width >= WIDE, self.pinned in self.nodes
        if self.segments.word != self.view:
            self.segments.put(WAYS, self.view)
        _show(self.segments, wide)
        self.way.say(self.view)
        _show(self.way, not wide)
        self.what.say(self.word)
        self.node.say(self.names[list(self.nodes).index(self.pinned)] if pinned else SELECTED, lit=pinned)
        _show(self.node, self.view == HISTORY and width >= NARROW)

    def _words(self) -> list[str]:
        return [*WORDS, FLAT] if self.view == TREND else list(WORDS)

    def _fill_ways(self, menu: QMenu) -> None:
        offer(menu, WAYS, WAYS.index(self.view), lambda place: self._turn(WAYS[place]))

    def _fill_what(self, menu: QMenu) -> None:
        words = self._words()
        offer(menu, words, words.index(self.word), lambda place: self._measure(words[place]))

    def _fill_nodes(self, menu: QMenu) -> None:
        chosen = 1 + list(self.nodes).index(self.pinned) if self.pinned in self.nodes else 0
        offer(menu, [SELECTED, *self.names], chosen, self._pin)

    def _turn(self, word: str) -> None:
        self.view = word
        self.word = self.word if self.word in self._words() else next(iter(WORDS))
        self.changed()

    def _measure(self, word: str) -> None:
        self.word = word
        self.changed()

    def _pin(self, place: int) -> None:
        self.pinned = self.nodes[place - 1] if place else ""
        self.changed()


def _show(widget: QWidget, on: bool) -> None:
    if widget.isHidden() == on:
        widget.setVisible(on)
