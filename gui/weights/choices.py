"""What can be chosen above the weights: the way to look at them, what of them, and of which node."""
from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu

from core.train.probes.kernels import COLOUR, MEAN
from gui.forms.menu_button import MenuButton, offer
from gui.panels._choices import ViewChoices, show
from gui.panels._strip import Strip
from gui.weights.words import BY_ID, QUANTITIES, WHAT

# In a smaller panel there is no room for a node as well.
NARROW = 250
MOST = 64
PICTURES = {"kernels": "Kernels", "fields": "Fields"}


class Choices(ViewChoices):
    """`quantity` is what of the weights is shown; `array` and `channel` are the array and the input channel where there
    are several."""

    wide = 420
    group, tip = "Ways to look at weights", "How to look at the weights"
    whose = "Whose weights: those of the selected layer, or always of one"

    def __init__(self, strip: Strip, changed: Callable[[], object]):
        self.wish = "Matrix"
        self.quantity, self.array, self.channel = "now", "", MEAN
        self.arrays: Sequence[str] = ()
        self.inputs = 1
        super().__init__(strip, changed, ("Matrix", "Over time"))

    def build(self) -> None:
        self.what = self.button("Quantity", WHAT, self._fill_what)
        self.part = self.button("Weights of the layer", "Which weights of the layer", self._fill_parts)
        self.inlet = self.button("Input channel", "Which input channel of every filter", self._fill_inlets)

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

    def tidy(self, width: int) -> None:
        super().tidy(width)
        history = self.view == "Over time"
        _say(self.what, not history, BY_ID[self.quantity].title, lit=self.quantity != "now")
        _say(self.part, history and len(self.arrays) > 1, self._array())
        _say(self.inlet, self.view in PICTURES.values() and self.inputs > 1 and width >= NARROW,
             dict(self._channels()).get(self.channel, "Mean"))
        show(self.node, width >= NARROW)

    def look(self, word: str) -> None:
        self.wish = word
        super().look(word)

    def _array(self) -> str:
        return self.array if self.array in self.arrays else next(iter(self.arrays), "")

    def _channels(self) -> list[tuple[int, str]]:
        colour = [(COLOUR, "Colour")] if self.inputs == 3 and self.quantity != "step" else []
        return [(MEAN, "Mean"), *colour, *((i, f"Input {i + 1}") for i in range(min(self.inputs, MOST)))]

    def _fill_what(self, menu: QMenu) -> None:
        chosen = [quantity.id for quantity in QUANTITIES].index(self.quantity)
        offer(menu, [quantity.title for quantity in QUANTITIES], chosen, self._measure)

    def _fill_parts(self, menu: QMenu) -> None:
        offer(menu, self.arrays, list(self.arrays).index(self._array()), self._take)

    def _fill_inlets(self, menu: QMenu) -> None:
        numbers = [number for number, _ in self._channels()]
        chosen = numbers.index(self.channel) if self.channel in numbers else 0
        offer(menu, [word for _, word in self._channels()], chosen, lambda place: self._listen(numbers[place]))

    def _measure(self, place: int) -> None:
        self.quantity = QUANTITIES[place].id
        self.changed()

    def _take(self, place: int) -> None:
        self.array = self.arrays[place]
        self.changed()

    def _listen(self, channel: int) -> None:
        self.channel = channel
        self.changed()


def _say(button: MenuButton, on: bool, word: str, *, lit: bool = False) -> None:
    button.say(word, lit=lit)
    show(button, on)
