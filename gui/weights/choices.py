"""What can be chosen above the weights: the way to look at them, what of them, and of which node."""
from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QSizePolicy

from core.train.probes.kernels import COLOUR, MEAN
from gui.forms.chooser import Chooser
from gui.panels._strip import Strip
from gui.weights.words import QUANTITIES, WHAT

FOLLOW = -1
# Below these widths the words become a list, and then lists that can be done without go.
WIDE, NARROW = 520, 330
SHORT = 7
PICTURES = {"kernels": "Kernels", "fields": "Fields"}
MOST = 64


class Choices:
    """Tells `changed` when something else is chosen; `tidy` shows what makes sense and has room."""

    def __init__(self, strip: Strip, changed: Callable[[], object]):
        self.strip, self.changed = strip, changed
        self.view, self.views = "Matrix", ["Matrix", "Over time"]
        self.wish = self.view
        self.quantity, self.array, self.channel, self.pinned = "now", "", MEAN, ""
        self.arrays: Sequence[str] = ()
        self.nodes: Sequence[str] = ()
        self.inputs = 1
        self._words: tuple[str, ...] = ()
        # Lists that have no room must not hold the panel wide.
        strip.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.segments = strip.segments("Ways to look at weights", self.views, self._look)
        self.ways = self._chooser("View", "How to look at the weights", self._look_at)
        self.what = self._chooser("Quantity", WHAT, self._measure)
        self.part = self._chooser("Weights of the layer", "Which weights of the layer", self._take)
        self.inlet = self._chooser("Input channel", "Which input channel of every filter", self._listen)
        strip.spring()
        self.node = self._chooser("Layer", "Whose weights: those of the selected layer, or always of one", self._pin)
        self.what.offer([(quantity.title, place) for place, quantity in enumerate(QUANTITIES)], 0)
        self.node.offer([("Selected", FOLLOW)], FOLLOW)

    def _chooser(self, label: str, tip: str, chosen: Callable[[int], object]) -> Chooser:
        made = self.strip.chooser(label, tip, chosen)
        made.setMinimumContentsLength(SHORT)
        return made

    def offer_views(self, pictures: str) -> None:
        """Offer what makes sense for a node: "kernels", "fields", or no pictures."""
        named = [PICTURES[pictures]] if pictures else []
        self.views = ["Matrix", *named, "Over time"]
        if self.wish in PICTURES.values():
            # Whoever looks at pictures sees those of the next node that has some.
            self.view = named[0] if named else "Matrix"

    def offer_parts(self, arrays: Sequence[str], inputs: int) -> None:
        """Offer the arrays of a node, and so many input channels."""
        self.arrays, self.inputs = arrays, inputs

    def offer_nodes(self, nodes: Sequence[str], names: Sequence[str]) -> None:
        """Offer the nodes that have weights, by what people call them."""
        if tuple(names) != self._words or list(nodes) != list(self.nodes):
            self.nodes, self._words = tuple(nodes), tuple(names)
            entries = [("Selected", FOLLOW), *((name, place) for place, name in enumerate(names))]
            self.node.offer(entries, self.nodes.index(self.pinned) if self.pinned in nodes else FOLLOW)

    def tidy(self, width: int) -> None:
        """Show what makes sense in so many pixels."""
        wide, narrow = width >= WIDE, width < NARROW
        self.segments.put(self.views, self.view)
        self.segments.setVisible(wide)
        _refill(self.ways, [(view, place) for place, view in enumerate(self.views)], self.views.index(self.view))
        _show(self.ways, not wide)
        history, pictures = self.view == "Over time", self.view in PICTURES.values()
        _show(self.what, not history)
        names = [(name, place) for place, name in enumerate(self.arrays)]
        _refill(self.part, names, self.arrays.index(self.array) if self.array in self.arrays else 0)
        _show(self.part, history and len(names) > 1)
        channels = [("Mean", MEAN), *([("Colour", COLOUR)] if self.inputs == 3 and self.quantity != "step" else []),
                    *((f"Input {i}", i) for i in range(min(self.inputs, MOST)))]
        _refill(self.inlet, channels, self.channel)
        _show(self.inlet, pictures and self.inputs > 1 and not narrow)
        _show(self.node, not narrow)

    def _look(self, word: str) -> None:
        self.view = self.wish = word
        self.changed()

    def _look_at(self, place: int) -> None:
        self._look(self.views[place])

    def _measure(self, place: int) -> None:
        self.quantity = QUANTITIES[place].id
        self.changed()

    def _take(self, place: int) -> None:
        self.array = self.arrays[place]
        self.changed()

    def _listen(self, channel: int) -> None:
        self.channel = channel
        self.changed()

    def _pin(self, place: int) -> None:
        self.pinned = self.nodes[place] if place >= 0 else ""
        self.changed()


def _refill(chooser: Chooser, entries: list[tuple[str, int]], chosen: int) -> None:
    if [chooser.itemText(place) for place in range(chooser.count())] != [text for text, _ in entries]:
        chooser.offer(entries, chosen)
    elif chooser.chosen != chosen:
        chooser.choose(chosen)


def _show(chooser: Chooser, on: bool) -> None:
    if chooser.isHidden() == on:
        chooser.setVisible(on)
    chooser.word.hide()
