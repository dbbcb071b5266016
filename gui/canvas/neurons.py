"""The lines between nodes that are drawn as neurons: where they run, and what they show."""
from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from core.graph.document import Diff, Document, Edge
from core.graph.neurons import Join, join
from core.train.request import Request
from gui.canvas import column, strength
from gui.canvas.bundle import Bundle
from gui.canvas.companion import Companion
from gui.canvas.neuron_feed import NeuronFeed
from gui.canvas.rails import Rails
from gui.canvas.weighing import Weighing

if TYPE_CHECKING:
    from gui.canvas.node_item import NodeItem
    from gui.canvas.scene import CanvasScene


class Neurons(Companion):
    """One bundle of lines for every wire between neurons; the weights that they show are in `feed`."""

    def __init__(self, scene: CanvasScene):
        super().__init__(scene)
        self.bundles: dict[Edge, Bundle] = {}
        self._rested: set[str] = set()
        self.feed = NeuronFeed(scene.context.trainer, scene)
        self.weighing = Weighing(scene, self.bundles, self.feed)

    def follow(self, diff: Diff, document: Document) -> None:
        self.weighing.leave()
        joins = {edge: found for edge, found in self._joins(document) if self._seen(edge, found)}
        for edge, bundle in tuple(self.bundles.items()):
            if joins.get(edge) != bundle.join or self.scene.wires.get(edge) is not bundle.wire:
                self._take_away(edge)
        for edge, found in joins.items():
            if edge not in self.bundles:
                self._add(edge, found)
            self._run(self.bundles[edge])
        self._show(frozenset(document.nodes))
        self._rest_ports()

    def placed(self, names: frozenset[str]) -> None:
        for edge, bundle in self.bundles.items():
            # In the middle of a change, wires and nodes may be gone of which `follow` has not heard yet.
            there = self.scene.wires.get(edge) is bundle.wire and bundle.join.source in self.scene.nodes
            if there and names & {edge.target, bundle.join.source}:
                self._run(bundle)

    def requests(self, view: QRectF, zoom: float) -> tuple[Request, ...]:
        """The weights of nodes whose neurons are in view."""
        return self.feed.requests(sorted({name for name, area in self._weighted() if area.intersects(view)}))

    def tick(self) -> None:
        if self.feed.fresh:
            fresh, self.feed.fresh = frozenset(self.feed.fresh), set()
            self._show(fresh)
            self.weighing.refresh()

    def _joins(self, document: Document) -> Iterator[tuple[Edge, Join]]:
        if any(node.neurons for node in document.nodes.values()):
            report = self.scene.context.report
            hidden = {name for group in document.groups.values() if group.collapsed for name in group.members}
            for edge in document.edges:
                # A collapsed group has no neurons to lead lines to: its wires are drawn as wires.
                if (document.nodes[edge.target].neurons and (found := join(document, report, edge)) is not None
                        and hidden.isdisjoint((edge.source, edge.target, found.source))):
                    yield edge, found

    def _seen(self, edge: Edge, found: Join) -> bool:
        """True if the neurons at both ends are drawn, and not hidden in a group."""
        ends = (self.scene.nodes[found.source], self.scene.nodes[edge.target])
        return edge in self.scene.wires and all(end.isVisible() and end.column is not None for end in ends)

    def _weighted(self) -> Iterator[tuple[str, QRectF]]:
        for edge, bundle in self.bundles.items():
            if bundle.join.weights and bundle.isVisible():
                yield edge.target, bundle.boundingRect()
        for name, item in self.scene.nodes.items():
            if item.column is not None and item.column.column.biased and item.isVisible():
                yield name, item.card()

    def _add(self, edge: Edge, found: Join) -> None:
        wire = self.scene.wires[edge]
        bundle = Bundle(wire, found, self.scene.ink)
        bundle.answer = partial(self.weighing.press_line, edge)
        bundle.pointed = partial(self.weighing.point_line, edge)
        wire.give_way(True)
        self.bundles[edge] = bundle

    def _take_away(self, edge: Edge) -> None:
        bundle = self.bundles.pop(edge)
        bundle.leave()
        # Where the wire is gone, its lines went along.
        if bundle.scene() is not None:
            self.scene.drop(bundle)
        bundle.wire.give_way(False)

    def _run(self, bundle: Bundle) -> None:
        assert bundle.wire.edge is not None
        source, target = self.scene.nodes[bundle.join.source], self.scene.nodes[bundle.wire.edge.target]
        if source.column is None or target.column is None:
            # In the middle of a change; `follow` takes it away.
            return
        left, starts = _edge_of(source, 1)
        right, ends = _edge_of(target, -1)
        bundle.widest = strength.THICK * min(source.column.column.size, target.column.column.size) / column.LARGE
        if bundle.join.weights:
            bundle.run(Rails.all(left, starts, right, ends))
        else:
            there = {number: place for place, number in enumerate(target.column.column.shown)}
            pairs = ((place, there.get(number + bundle.join.first, -1))
                     for place, number in enumerate(source.column.column.shown))
            bundle.run(Rails(left, starts, right, ends, tuple(pair for pair in pairs if pair[1] >= 0)))

    def _show(self, names: frozenset[str]) -> None:
        for edge, bundle in self.bundles.items():
            if edge.target in names and bundle.join.weights:
                found = self.feed.lines.get(edge.target)
                bundle.show_shares([] if found is None else [w / found.scale for row in found.weights for w in row])
        for name in names & self.scene.nodes.keys():
            shown = self.scene.nodes[name].column
            if shown is not None:
                found = self.feed.lines.get(name)
                shown.show_biases([] if found is None else found.biases, 1.0 if found is None else found.scale)
                shown.answer = partial(self.weighing.press_part, name)
                shown.pointed = partial(self.weighing.point_part, name)

    def _rest_ports(self) -> None:
        """Ports whose wires have all given way to lines are not drawn."""
        ends = {name for edge in self.bundles for name in (edge.source, edge.target)}
        looked_at, self._rested = (self._rested | ends) & self.scene.nodes.keys(), ends
        for name in looked_at:
            item = self.scene.nodes[name]
            given_way = self.bundles.keys() & self.scene.wires_at(name) if item.column is not None else set()
            out = sum(edge.source == name for edge in given_way)
            for port in item.inputs.values():
                port.rest(any((edge.target, edge.port) == (name, port.ref.name) for edge in given_way))
            if item.output is not None:
                item.output.rest(0 < out == item.output.wires)


def _edge_of(item: NodeItem, side: int) -> tuple[float, tuple[float, ...]]:
    """Where lines leave (side 1) or reach (-1) the neurons of a node: one x, and the heights."""
    shown = item.column
    assert shown is not None
    own, top = shown.column, item.y() + shown.head
    return item.x() + own.middle + side * own.size / 2, tuple(top + y for y in own.middles)
