"""The ways of wires: the points that they are led through, and the grips of the one that is selected."""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from core.graph import rewire
from core.graph.document import Diff, Document, Edge, Point
from gui.canvas import wiring
from gui.canvas.companion import Companion
from gui.canvas.way_item import Grip, WayPoint, WireHandle

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene
    from gui.canvas.view import CanvasView


class Ways(Companion):
    """Keeps the handles on wires equal to the document and to the selection."""

    def __init__(self, scene: CanvasScene):
        super().__init__(scene)
        self.points: dict[Edge, list[WayPoint]] = {}
        self.grips: tuple[Grip, ...] = ()
        self._chosen: tuple[Edge, int] | None = None

    def via(self, edge: Edge) -> tuple[Point, ...]:
        """Where a wire is led through with its nodes where they are shown at present."""
        document = self.scene.context.document
        way = document.routes.get(edge, ())
        return rewire.shifted(way, self._off(document, edge.source), self._off(document, edge.target)) if way else ()

    def follow(self, diff: Diff, document: Document) -> None:
        drawn = self.scene.wires
        for edge in [edge for edge, points in self.points.items() if points[0].wire is not drawn.get(edge)]:
            self._drop(self.points.pop(edge))
        for edge in {*diff.rerouted, *document.routes.keys() - self.points.keys()}:
            self.settle(edge)
        if self._chosen is not None and self._chosen[1] >= len(self.points.get(self._chosen[0], ())):
            self._chosen = None
        self.chosen()

    def placed(self, names: frozenset[str]) -> None:
        for edge in {edge for name in names for edge in self.scene.wires_at(name)} if self.points else ():
            # There may be more or fewer by now: the document is followed node by node.
            for point, place in zip(self.points.get(edge, ()), self.scene.wires[edge].via, strict=False):
                point.setPos(*place)
        if self.grips and not names.isdisjoint((self.grips[0].edge.source, self.grips[0].edge.target)):
            self._settle()

    def chosen(self) -> None:
        if self._chosen is not None and self._chosen[0] not in self.scene.selected_wires:
            self._chosen = None
        for edge, points in self.points.items():
            for index, point in enumerate(points):
                point.mark((edge, index) == self._chosen)
        self._grip()

    def show_way(self, edge: Edge, way: Sequence[Point]) -> None:
        """Show a wire led through other points than the document has, while one is dragged."""
        wire = self.scene.wires[edge]
        wire.route(wire.start, wire.end, tuple(way))
        for point, place in zip(self.points.get(edge, ()), way, strict=True):
            point.setPos(*place)
        self._settle()

    def settle(self, edge: Edge) -> None:
        """Show a wire led as the document has it."""
        if edge in self.scene.wires:
            self._show(edge, self.scene.context.document.routes.get(edge, ()))

    def choose(self, canvas: CanvasView, edge: Edge, index: int) -> None:
        """Select a wire and one of its points."""
        canvas.choose((), [edge])
        self._chosen = edge, index
        self.chosen()

    def remove_chosen(self, canvas: CanvasView) -> bool:
        """Remove the chosen point. False if none is."""
        if self._chosen is None:
            return False
        wiring.remove_point(canvas, *self._chosen)
        return True

    def _off(self, document: Document, name: str) -> Point:
        node, item = document.nodes.get(name), self.scene.nodes[name]
        return (item.x() - node.position[0], item.y() - node.position[1]) if node else (0.0, 0.0)

    def _show(self, edge: Edge, way: Sequence[Point]) -> None:
        wire = self.scene.wires[edge]
        points = self.points.pop(edge, [])
        self._drop(points[len(way):])
        del points[len(way):]
        for index in range(len(points), len(way)):
            points.append(WayPoint(wire, self.scene.ink, index))
            self.scene.addItem(points[-1])
        if points:
            self.points[edge] = points
        wire.route(wire.start, wire.end, self.via(edge))
        for point, place in zip(points, wire.via, strict=True):
            point.setPos(*place)

    def _grip(self) -> None:
        chosen = self.scene.selected_wires
        wire = self.scene.wires[next(iter(chosen))] if len(chosen) == 1 else None
        if wire is not (self.grips[0].wire if self.grips else None):
            self._drop(self.grips)
            self.grips = (Grip(wire, self.scene.ink, True), Grip(wire, self.scene.ink, False)) if wire else ()
            for grip in self.grips:
                self.scene.addItem(grip)
        self._settle()

    def _drop(self, handles: Iterable[WireHandle]) -> None:
        for handle in handles:
            self.scene.drop(handle)

    def _settle(self) -> None:
        for grip in self.grips:
            grip.settle()
