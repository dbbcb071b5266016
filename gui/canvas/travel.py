"""Going from node to node, and from wire to wire, by keys."""
from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from core.graph.document import Diff, Document, Edge
from gui.canvas import keys
from gui.canvas.companion import Companion

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene
    from gui.canvas.view import CanvasView

# How much worse it is to stand aside than to be far away.
ASIDE = 2.0


def along(canvas: CanvasView, forward: bool) -> None:
    """Select the next or previous node in the order of the graph; from a wire, the node at that end of it."""
    wires = canvas.canvas_scene.selected_wires
    if len(wires) == 1 and not canvas.context.selection:
        (wire,) = wires
        canvas.choose([wire.target if forward else wire.source])
    else:
        keys.step(canvas, forward)


def across(canvas: CanvasView, down: bool) -> None:
    """Select the nearest node above or below; the first one if none is selected."""
    cards = {name: item.card() for name, item in canvas.canvas_scene.nodes.items() if item.isVisible()}
    chosen = [name for name in sorted(canvas.context.selection) if name in cards]
    if not chosen:
        keys.step(canvas, True)
    elif (found := neighbour(cards, chosen[0], down)) is not None:
        canvas.choose([found])


def neighbour(cards: Mapping[str, QRectF], name: str, down: bool) -> str | None:
    """The node whose card is nearest above or below, rather straight than aside; None if there is none."""
    own = cards[name].center()
    best: tuple[float, str] | None = None
    for other, card in cards.items():
        way = card.center() - own
        ahead = way.y() if down else -way.y()
        if other != name and ahead > 0 and (best is None or (ahead + ASIDE * abs(way.x()), other) < best):
            best = ahead + ASIDE * abs(way.x()), other
    return best[1] if best is not None else None


class WireCycle(Companion):
    """Selects the wires of a node one after the other, and remembers which node that is."""

    def __init__(self, scene: CanvasScene):
        super().__init__(scene)
        self._node: str | None = None
        self._wire: Edge | None = None

    def follow(self, diff: Diff, document: Document) -> None:
        if self._wire not in document.edges:
            self._wire = None

    def can_step(self) -> bool:
        """True if there is a wire to go to."""
        node = self._home()
        return node is not None and bool(self.scene.wires_at(node))

    def step(self, canvas: CanvasView) -> None:
        """Select the next wire of the selected node: first those that leave it, then those that arrive."""
        if (node := self._home()) is None or not (wires := self._wires(node)):
            return
        at = wires.index(self._wire) + 1 if self._node == node and self._wire in wires else 0
        self._node, self._wire = node, wires[at % len(wires)]
        canvas.choose((), [self._wire])

    def _home(self) -> str | None:
        chosen, wires = self.scene.context.selection, self.scene.selected_wires
        if len(chosen) == 1:
            return next(iter(chosen))
        if chosen or len(wires) != 1:
            # A wire that was deleted leaves the node that it was reached from.
            left = self._wire is None and not chosen and not wires and self._node in self.scene.nodes
            return self._node if left else None
        (wire,) = wires
        return self._node if wire == self._wire else wire.source

    def _wires(self, node: str) -> list[Edge]:
        return sorted(self.scene.wires_at(node), key=lambda edge: (edge.source != node, edge))
