"""The wire that a dragged layer would be put into: it stands out while the layer's middle is near it."""
from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt

from core.graph import edits, rewire
from core.graph.document import Document, Edge
from core.layers import LAYERS
from gui.canvas import geometry, wiring
from gui.canvas.edge_item import EdgeItem
from gui.canvas.port_item import PortItem, PortState

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene
    from gui.canvas.view import CanvasView
    from gui.context import AppContext

REACH = 20.0


class WireDrop:
    """Finds the wire under a dragged layer. `edge` is that wire, or None."""

    def __init__(self, scene: CanvasScene, fits: Callable[[Edge], bool], name: str | None = None):
        self._scene = scene
        self._fits = fits
        self._name = name
        self._lit: list[PortItem] = []
        self._known: dict[Edge, bool] = {}
        self.edge: Edge | None = None

    @classmethod
    def of_node(cls, scene: CanvasScene, document: Document, name: str) -> WireDrop:
        """For a node of the document."""
        return cls(scene, lambda edge: rewire.may_drop(document, name, edge), name)

    @classmethod
    def of_kind(cls, scene: CanvasScene, kind: str) -> WireDrop:
        """For a layer that comes out of the palette."""
        through = bool(LAYERS[kind].inputs) and LAYERS[kind].role != "output"
        return cls(scene, lambda edge: through)

    def aim(self, middle: QPointF) -> None:
        """The middle of the layer is there now."""
        found = self._near(middle)
        if found != self.edge:
            self.clear()
            self.edge = found
            if found is not None:
                self._scene.wires[found].mark(live=True)
                self._light(found)

    def clear(self) -> None:
        """No wire stands out any more."""
        if self.edge in self._scene.wires:
            self._scene.wires[self.edge].mark(live=False)
        for port in self._lit:
            port.put(PortState.REST)
        self.edge, self._lit = None, []

    def _light(self, edge: Edge) -> None:
        """The card hides most of a short wire: the ports that will be wired say it, too."""
        nodes = self._scene.nodes
        ports = [nodes[edge.source].output, nodes[edge.target].inputs.get(edge.port)]
        if self._name is not None:
            ports += nodes[self._name].ports
        self._lit = [port for port in ports if port is not None]
        for port in self._lit:
            port.put(PortState.TARGET)

    def _near(self, middle: QPointF) -> Edge | None:
        area = QRectF(middle.x() - REACH, middle.y() - REACH, 2 * REACH, 2 * REACH)
        close = [(item.distance(middle), item.edge)
                 for item in self._scene.items(area, Qt.ItemSelectionMode.IntersectsItemBoundingRect)
                 if isinstance(item, EdgeItem) and item.edge is not None]
        fitting = (edge for distance, edge in sorted(close) if distance <= REACH and self._ask(edge))
        return next(fitting, None)

    def _ask(self, edge: Edge) -> bool:
        if edge not in self._known:
            self._known[edge] = self._fits(edge)
        return self._known[edge]


class PaletteDrop:
    """A layer that is dragged out of the palette over the canvas."""

    def __init__(self, canvas: CanvasView):
        self._canvas = canvas
        self._kind = ""
        self._drop: WireDrop | None = None

    def over(self, kind: str, at: QPointF) -> None:
        """It is held over a place."""
        if self._drop is None or self._kind != kind:
            self.leave()
            self._kind, self._drop = kind, WireDrop.of_kind(self._canvas.canvas_scene, kind)
        self._drop.aim(at)

    def leave(self) -> None:
        """It left the canvas, or was let go."""
        if self._drop is not None:
            self._drop.clear()
        self._drop = None

    def release(self, kind: str, at: QPointF) -> None:
        """It was let go there: into a wire, if there is one."""
        self.over(kind, at)
        edge = self._drop.edge if self._drop is not None else None
        self.leave()
        if edge is None:
            self._canvas.add_layer(kind, at)
        else:
            insert_new(self._canvas.context, self._canvas.canvas_scene, kind, at, edge)


def insert_new(context: AppContext, scene: CanvasScene, kind: str, at: QPointF, edge: Edge) -> str | None:
    """Add a layer with its middle near `at` and put it into a wire, as one step. Returns its id."""
    name = edits.fresh_id(context.document, kind)
    cards = {k: item.card() for k, item in scene.nodes.items()}
    change = wiring.insert_new(kind, name, geometry.centred(at, len(LAYERS[kind].inputs)), cards, edge)
    if context.edit(change.label, change.apply):
        return None
    context.select([name])
    return name
