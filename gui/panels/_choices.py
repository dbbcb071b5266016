"""What can be chosen above every plot that has several views: the view, and of which node."""
from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from gui.forms.menu_button import MenuButton, offer
from gui.panels._strip import Strip

SELECTED = "Selected layer"


class ViewChoices:
    """Tells `changed` when something else is chosen; `tidy` shows what makes sense and has room.

    `view` is one of `views`; `pinned` is the node that is shown whatever is selected, or "". A subclass puts what else
    can be chosen between the two, by `build`. Above `wide` pixels the views stand side by side.
    """

    wide = 400
    group, tip, whose = "Ways to look", "How to look at it", "That of the selected layer, or always of one"

    def __init__(self, strip: Strip, changed: Callable[[], object], views: Sequence[str]):
        self.strip, self.changed = strip, changed
        self.views, self.view, self.pinned = list(views), views[0], ""
        self.nodes: Sequence[str] = ()
        self.names: Sequence[str] = ()
        # What has no room must not hold the panel wide.
        strip.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.segments = strip.segments(self.group, self.views, self.look)
        self.segments.setToolTip(self.tip)
        self.ways = self.button("View", self.tip, self._fill_ways)
        self.build()
        strip.spring()
        self.node = self.button("Layer", self.whose, self._fill_nodes)

    def build(self) -> None:
        """Put the other buttons in."""

    def button(self, name: str, tip: str, fill: Callable[[QMenu], None]) -> MenuButton:
        """A menu of choices at the end of the row."""
        made = MenuButton(name, tip, fill)
        self.strip.put(made)
        return made

    def offer_nodes(self, nodes: Sequence[str], names: Sequence[str]) -> None:
        """Offer these nodes, by what people call them."""
        self.nodes, self.names = nodes, names

    def tidy(self, width: int) -> None:
        """Show what makes sense in so many pixels."""
        wide, pinned = width >= self.wide, self.pinned in self.nodes
        if (self.segments.words, self.segments.word) != (self.views, self.view):
            self.segments.put(self.views, self.view)
        show(self.segments, wide)
        self.ways.say(self.view)
        show(self.ways, not wide)
        self.node.say(self.names[list(self.nodes).index(self.pinned)] if pinned else SELECTED, lit=pinned)

    def look(self, word: str) -> None:
        """Look in another way."""
        self.view = word
        self.changed()

    def _fill_ways(self, menu: QMenu) -> None:
        offer(menu, self.views, self.views.index(self.view), lambda place: self.look(self.views[place]))

    def _fill_nodes(self, menu: QMenu) -> None:
        chosen = 1 + list(self.nodes).index(self.pinned) if self.pinned in self.nodes else 0
        offer(menu, [SELECTED, *self.names], chosen, self._pin)

    def _pin(self, place: int) -> None:
        self.pinned = self.nodes[place - 1] if place else ""
        self.changed()


def show(widget: QWidget, on: bool) -> None:
    """Show or hide it; cheap if nothing changes."""
    if widget.isHidden() == on:
        widget.setVisible(on)
