"""What can be chosen above the weights: the way to look at them, what of them, and of which node."""
from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QSizePolicy

from core.train.probes.kernels import COLOUR, MEAN
from gui.forms.menu_button import MenuButton, offer
from gui.panels._strip import Strip
from gui.weights.words import BY_ID, QUANTITIES, WHAT

# Above this width the ways to look stand side by side; in a small panel there is no room for a node as well.
WIDE, NARROW = 420, 250
MOST = 64
SELECTED = "Selected layer"
PICTURES = {"kernels": "Kernels", "fields": "Fields"}


class Choices:
    """Tells `changed` when something else is chosen; `tidy` shows what makes sense and has room.

    `view` is how the weights are looked at, `quantity` what of them; `array` and `channel` are the array and the input
    channel that are shown where there are several, and `pinned` the node that is shown whatever is selected, or "".
    """

    def __init__(self, strip: Strip, changed: Callable[[], object]):
        self.strip, self.changed = strip, changed
        self.view, self.views = "Matrix", ["Matrix", "Over time"]
        self.wish = self.view
        self.quantity, self.array, self.channel, self.pinned = "now", "", MEAN, ""
        self.arrays: Sequence[str] = ()
        self.nodes: Sequence[str] = ()
        self.names: Sequence[str] = ()
        self.inputs = 1
        # What has no room must not hold the panel wide.
        strip.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.segments = strip.segments("Ways to look at weights", self.views, self._look)
        self.ways = self._button("View", "How to look at the weights", self._fill_ways)
        self.what = self._button("Quantity", WHAT, self._fill_what)
        self.part = self._button("Weights of the layer", "Which weights of the layer", self._fill_parts)
        self.inlet = self._button("Input channel", "Which input channel of every filter", self._fill_inlets)
        strip.spring()
        self.node = self._button("Layer", "Whose weights: those of the selected layer, or always of one",
                                 self._fill_nodes)

    def _button(self, name: str, tip: str, fill: Callable[[QMenu], None]) -> MenuButton:
        made = MenuButton(name, tip, fill)
        self.strip.put(made)
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
        self.nodes, self.names = nodes, names

    def tidy(self, width: int) -> None:
        """Show what makes sense in so many pixels."""
        wide, history = width >= WIDE, self.view == "Over time"
        if (self.segments.words, self.segments.word) != (self.views, self.view):
            self.segments.put(self.views, self.view)
        if self.segments.isHidden() == wide:
            self.segments.setVisible(wide)
        _show(self.ways, not wide, self.view)
        _show(self.what, not history, BY_ID[self.quantity].title, lit=self.quantity != "now")
        _show(self.part, history and len(self.arrays) > 1, self._array())
        _show(self.inlet, self.view in PICTURES.values() and self.inputs > 1 and width >= NARROW,
              dict(self._channels()).get(self.channel, "Mean"))
        pinned = self.pinned in self.nodes
        named = self.names[list(self.nodes).index(self.pinned)] if pinned else SELECTED
        _show(self.node, width >= NARROW, named, lit=pinned)

    def _array(self) -> str:
        return self.array if self.array in self.arrays else next(iter(self.arrays), "")

    def _channels(self) -> list[tuple[int, str]]:
        colour = [(COLOUR, "Colour")] if self.inputs == 3 and self.quantity != "step" else []
        return [(MEAN, "Mean"), *colour, *((i, f"Input {i}") for i in range(min(self.inputs, MOST)))]

    def _fill_ways(self, menu: QMenu) -> None:
        offer(menu, self.views, self.views.index(self.view), lambda place: self._look(self.views[place]))

    def _fill_what(self, menu: QMenu) -> None:
        chosen = [quantity.id for quantity in QUANTITIES].index(self.quantity)
        offer(menu, [quantity.title for quantity in QUANTITIES], chosen, self._measure)

    def _fill_parts(self, menu: QMenu) -> None:
        offer(menu, self.arrays, list(self.arrays).index(self._array()), self._take)

    def _fill_inlets(self, menu: QMenu) -> None:
        numbers = [number for number, _ in self._channels()]
        chosen = numbers.index(self.channel) if self.channel in numbers else 0
        offer(menu, [word for _, word in self._channels()], chosen, lambda place: self._listen(numbers[place]))

    def _fill_nodes(self, menu: QMenu) -> None:
        chosen = 1 + list(self.nodes).index(self.pinned) if self.pinned in self.nodes else 0
        offer(menu, [SELECTED, *self.names], chosen, self._pin)

    def _look(self, word: str) -> None:
        self.view = self.wish = word
        self.changed()

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
        self.pinned = self.nodes[place - 1] if place else ""
        self.changed()


def _show(button: MenuButton, on: bool, word: str, *, lit: bool = False) -> None:
    button.say(word, lit=lit)
    if button.isHidden() == on:
        button.setVisible(on)
