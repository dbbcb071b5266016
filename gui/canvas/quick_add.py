"""Quick add: a search for layers over the canvas, which adds what is chosen where it was opened."""
from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QPointF, Slot
from PySide6.QtGui import QWheelEvent
from shiboken6 import isValid

from core.graph import rewire
from core.graph.document import Diff, Document, Edge
from core.graph.fitting import what_fits
from core.graph.naming import title_of
from core.layers import LAYERS
from gui.canvas import adding, geometry, wiring
from gui.canvas.edge_item import EdgeItem
from gui.canvas.port_item import PortRef
from gui.canvas.wire_drop import insert_new
from gui.catalogue import by_category
from gui.choices import Choice
from gui.picker import Picker

if TYPE_CHECKING:
    from gui.canvas.view import CanvasView

RECENT = 5
BESIDE = 16


class LayerPicker(Picker):
    """The picker over the canvas. `gone` hears once that it closes, before anything is added."""

    most = 7

    def __init__(self, canvas: CanvasView, choices: list[Choice], recent: list[str], at: QPoint,
                 gone: Callable[[], None]):
        self._gone = gone
        super().__init__(canvas, choices, prompt="Search layers", none="No layer is called that.", recent=recent, at=at)

    def close_for_good(self, *, restore: bool = True) -> None:
        if not self.isHidden():
            self._gone()
        super().close_for_good(restore=restore)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The canvas under it is not to zoom.
        event.accept()


class QuickAdd(QObject):
    """Opens the picker at the pointer, beside the selection, or at the end of a wire that was let go."""

    def __init__(self, canvas: CanvasView):
        super().__init__(canvas)
        self._canvas = canvas
        self._context = canvas.context
        self._recent: list[str] = []
        self._wire: EdgeItem | None = None
        self.picker: LayerPicker | None = None
        self._context.document_changed.connect(self._on_document)

    def at(self, place: QPointF) -> None:
        """Offer every layer, to stand at `place` in the scene."""
        self._open(LAYERS, place, lambda kind: adding.add_layer(self._context, kind, place))

    def on_wire(self, edge: Edge, place: QPointF) -> None:
        """Offer every layer that can stand in a wire, to be put into it near `place`."""
        kinds = [kind for kind, layer in LAYERS.items() if layer.inputs and layer.role != "output"]
        scene = self._canvas.canvas_scene
        backwards = scene.wires[edge].end.x() < scene.wires[edge].start.x()

        def add(kind: str) -> None:
            # Where a wire goes back to the next row, nobody moves out of the way.
            at = self._clear(kind, place) if backwards else place
            insert_new(self._context, scene, kind, at, edge)

        self._open(kinds, place, add)

    def instead(self, name: str) -> None:
        """Offer what can stand in place of a node, wired alike."""
        document = self._context.document
        old, card = title_of(document, name), self._canvas.canvas_scene.nodes[name].card()
        self._open(rewire.replaceable(document, name), card.topRight() + QPointF(BESIDE, 0),
                   lambda kind: self._context.edit(f"Replace {old} by {LAYERS[kind].info.title}",
                                                   partial(rewire.replace_kind, name=name, kind=kind)))

    def by_key(self) -> None:
        """Offer every layer, to stand behind the selected node, or in the middle of the view if none is selected."""
        chosen = [self._canvas.node_item(name) for name in self._context.selection]
        if len(chosen) == 1:
            beside = chosen[0].card().topRight() + QPointF(BESIDE, 0)
            self._open(LAYERS, beside, lambda kind: adding.add_layer(self._context, kind))
        else:
            self.at(self._canvas.mapToScene(self._canvas.viewport().rect().center()))

    def at_wire(self, port: PortRef, place: QPointF, wire: EdgeItem) -> None:
        """Offer what fits at the loose end of `wire`, which begins at `port` and is taken away afterwards."""
        source = port.node if port.name is None else None
        target = None if port.name is None else (port.node, port.name)
        self._wire = wire
        self._open(what_fits(self._context.report.shapes, source, target), place,
                   lambda kind: wiring.add_wired(self._context, kind, self._corner(kind, place, target is not None),
                                                 source, target))

    def close(self) -> None:
        """Close it without adding anything."""
        if self.picker is not None:
            self.picker.close_for_good()

    def _open(self, kinds: Iterable[str], place: QPointF, add: Callable[[str], object]) -> None:
        self.picker = LayerPicker(self._canvas, self._choices(frozenset(kinds), add), self._recent,
                                  self._canvas.viewport().mapTo(self._canvas, self._canvas.mapFromScene(place)),
                                  self._closed)

    def _choices(self, kinds: frozenset[str], add: Callable[[str], object]) -> list[Choice]:
        tokens = self._context.theme.tokens
        first, *others = by_category()
        # Who draws on seldom wants one of the ends of a network.
        groups = [first, *others] if self._wire is None else [*others, first]
        return [Choice(key=info.kind, text=info.title, path=info.summary, tip=f"{category}: {info.summary}",
                       icon=f"layers/{info.icon}", tint=tokens.category_colour(category),
                       synonyms=(*info.keywords, info.kind, category), run=partial(add, info.kind))
                for category, infos in groups for info in infos if info.kind in kinds]

    def _clear(self, kind: str, place: QPointF) -> QPointF:
        """The place nearest to this one, downwards, where the middle of a card covers no other."""
        inputs = len(LAYERS[kind].inputs)
        corner = geometry.centred(place, inputs)
        cards = [item.card() for item in self._canvas.canvas_scene.nodes.values() if item.isVisible()]
        return place + QPointF(*geometry.free_place(*corner, inputs, cards)) - QPointF(*corner)

    def _corner(self, kind: str, place: QPointF, before: bool) -> tuple[float, float]:
        """Where a card stands clear of others with its output (`before` a port) or its first input at `place`."""
        inputs = len(LAYERS[kind].inputs)
        corner = place - (geometry.output_point(inputs) if before else geometry.input_point(0, inputs))
        cards = [item.card() for item in self._canvas.canvas_scene.nodes.values() if item.isVisible()]
        return geometry.free_place(corner.x(), corner.y(), inputs, cards)

    def _closed(self) -> None:
        self.picker = None
        if self._wire is not None and isValid(self._wire) and self._wire.scene() is not None:
            self._canvas.canvas_scene.removeItem(self._wire)
        self._wire = None

    @Slot(object, object)
    def _on_document(self, diff: Diff, document: Document) -> None:
        self.close()
        if len(diff.added) == 1 and (kind := diff.added[0].kind) in LAYERS:
            self._recent = [kind, *(k for k in self._recent if k != kind)][:RECENT]
