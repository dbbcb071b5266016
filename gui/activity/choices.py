"""What can be chosen above the layers: which numbers of them, the way to look at these, and of which layer."""
from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QSizePolicy

from gui.activity.words import FLAT, WORDS
from gui.forms.menu_button import MenuButton, offer
from gui.forms.selector import Selector
from gui.panels._strip import Strip

NOW, HISTORY, TREND = "Now", "Over time", "Trend"
# In a small panel there is no room for a layer as well.
NARROW = 300
SELECTED = "Selected layer"


class Choices:
    """Tells `changed` when something else is chosen; `tidy` shows what makes sense and has room.

    `what` is looked at, as the probes call it, in the way `view`; `pinned` is the node whose history is shown whatever
    is selected, or "".
    """

    def __init__(self, strip: Strip, changed: Callable[[], object]):
        self.changed = changed
        self.view, self.pinned = NOW, ""
        self.nodes: Sequence[str] = ()
        self.names: Sequence[str] = ()
        # What has no room must not hold the panel wide.
        strip.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.look = Selector("What of each layer", "Which numbers of each layer to look at")
        self.look.put(tuple(WORDS), next(iter(WORDS)))
        self.look.chosen.connect(self._look)
        self.way = Selector("Way to look at the layers", "All layers now, one layer over time, or a line for each layer")
        self.way.put((NOW, HISTORY, TREND), NOW)
        self.way.chosen.connect(self._turn)
        self.node = MenuButton("Layer", "Whose history: that of the selected layer, or always of one", self._fill)
        strip.put(self.look)
        strip.put(self.way)
        strip.spring()
        strip.put(self.node)
        self.node.hide()

    @property
    def what(self) -> str:
        """What is looked at."""
        return WORDS.get(self.look.word, "flat")

    def offer_nodes(self, nodes: Sequence[str], names: Sequence[str]) -> None:
        """Offer the layers that have such numbers, by what people call them."""
        self.nodes, self.names = nodes, names

    def tidy(self, width: int) -> None:
        """Show what makes sense in so many pixels."""
        pinned = self.pinned in self.nodes
        self.node.say(self.names[list(self.nodes).index(self.pinned)] if pinned else SELECTED, lit=pinned)
        shown = self.view == HISTORY and width >= NARROW
        if self.node.isHidden() == shown:
            self.node.setVisible(shown)

    def _look(self, word: str) -> None:
        self.changed()

    def _turn(self, word: str) -> None:
        self.view = word
        words = [*WORDS, FLAT] if word == TREND else list(WORDS)
        self.look.put(words, self.look.word if self.look.word in words else words[0])
        self.changed()

    def _fill(self, menu: QMenu) -> None:
        chosen = 1 + list(self.nodes).index(self.pinned) if self.pinned in self.nodes else 0
        offer(menu, [SELECTED, *self.names], chosen, self._pin)

    def _pin(self, place: int) -> None:
        self.pinned = self.nodes[place - 1] if place else ""
        self.changed()
