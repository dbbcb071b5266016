"""The lines between nodes that are drawn as neurons: where they run, what they show, what a click on one does."""
from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF

from core.graph import edits
from core.graph.document import Diff, Document, Edge
from core.graph.neurons import Join, join, resized
from core.train.request import Request
from gui.canvas.bundle import Bundle
from gui.canvas.changes import Change, title_of
from gui.canvas.column import Column
from gui.canvas.column_item import ColumnItem, Part
from gui.canvas.companion import Companion
from gui.canvas.neuron_feed import NeuronFeed
from gui.canvas.rails import Rails
from gui.canvas.weight_field import Readout, WeightField, written

if TYPE_CHECKING:
    from gui.canvas.interactions import Gesture, Pointer
    from gui.canvas.node_item import NodeItem
    from gui.canvas.scene import CanvasScene
    from gui.canvas.view import CanvasView

# A weight by its place: the row (None: the bias) and the column, among the neurons that are drawn.
Place = tuple[int | None, int]


class Neurons(Companion):
    """One bundle of lines for every wire between neurons; the weights that they show are in `feed`."""

    def __init__(self, scene: CanvasScene):
        super().__init__(scene)
        self.bundles: dict[Edge, Bundle] = {}
        self.feed = NeuronFeed(scene.context.trainer, scene)
        self.readout: Readout | None = None
        self.field: WeightField | None = None

    def follow(self, diff: Diff, document: Document) -> None:
        self.leave()
        joins = {edge: found for edge, found in self._joins(document) if edge in self.scene.wires}
        for edge, bundle in tuple(self.bundles.items()):
            if joins.get(edge) != bundle.join or self.scene.wires.get(edge) is not bundle.wire:
                self._take_away(edge)
        for edge, found in joins.items():
            if edge not in self.bundles:
                self._add(edge, found)
            self._run(self.bundles[edge])
        self._show(frozenset(document.nodes))

    def placed(self, names: frozenset[str]) -> None:
        for edge, bundle in self.bundles.items():
            if names & {edge.target, bundle.join.source} and self.scene.wires.get(edge) is bundle.wire:
                self._run(bundle)

    def requests(self, view: QRectF) -> tuple[Request, ...]:
        """What the run is to be asked: the weights of nodes whose neurons are in view."""
        return self.feed.requests(sorted({name for name, area in self._weighted() if area.intersects(view)}))

    def tick(self) -> None:
        """Draw weights that are new."""
        if self.feed.fresh:
            fresh, self.feed.fresh = frozenset(self.feed.fresh), set()
            self._show(fresh)

    def leave(self) -> None:
        """Put the field and the readout away."""
        if self.field is not None:
            self.field.close_field(keep=True)
        if self.readout is not None:
            self.readout.hide()

    def _joins(self, document: Document) -> Iterator[tuple[Edge, Join]]:
        if any(node.neurons for node in document.nodes.values()):
            report = self.scene.context.report
            for edge in document.edges:
                if document.nodes[edge.target].neurons and (found := join(document, report, edge)) is not None:
                    yield edge, found

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
        bundle.answer = partial(self._press_line, edge)
        bundle.pointed = partial(self._point_line, edge)
        wire.give_way(True)
        self.bundles[edge] = bundle

    def _take_away(self, edge: Edge) -> None:
        bundle = self.bundles.pop(edge)
        self.scene.drop(bundle)
        bundle.wire.give_way(False)

    def _run(self, bundle: Bundle) -> None:
        assert bundle.wire.edge is not None
        source, target = self.scene.nodes[bundle.join.source], self.scene.nodes[bundle.wire.edge.target]
        if source.column is None or target.column is None:
            bundle.run(Rails.all(0.0, (), 0.0, ()))
            return
        left, starts = _edge_of(source, 1)
        right, ends = _edge_of(target, -1)
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
            column = self.scene.nodes[name].column
            if column is not None:
                found = self.feed.lines.get(name)
                column.show_biases([] if found is None else found.biases, 1.0 if found is None else found.scale)
                column.answer = partial(self._press_part, name)
                column.pointed = partial(self._point_part, name)

    def _press_line(self, edge: Edge, canvas: CanvasView, line: int, at: Pointer) -> Gesture:
        from gui.canvas.interactions.pick import Pick

        bundle = self.bundles[edge]
        if not bundle.join.weights or at.adds:
            return Pick(canvas, at, lambda end: bundle.choose(canvas))
        return Pick(canvas, at, lambda end: self._edit(canvas, edge.target, bundle.rails.pairs[line], end.view))

    def _press_part(self, name: str, canvas: CanvasView, part: Part, at: Pointer) -> Gesture:
        from gui.canvas.interactions.pick import Pick

        what, number = part
        if what == "units":
            return Pick(canvas, at, lambda end: self._resize(canvas, name, number))
        return Pick(canvas, at, lambda end: self._edit(canvas, name, (None, number), end.view))

    def _point_line(self, edge: Edge, canvas: CanvasView | None, line: int | None, at: Pointer | None) -> None:
        bundle = self.bundles.get(edge)
        known = bundle is not None and line is not None and bundle.join.weights
        self._read(canvas, edge.target, bundle.rails.pairs[line] if known and bundle and line is not None else None, at)

    def _point_part(self, name: str, canvas: CanvasView | None, part: Part | None, at: Pointer | None) -> None:
        self._read(canvas, name, (None, part[1]) if part is not None and part[0] == "bias" else None, at)

    def _read(self, canvas: CanvasView | None, node: str, place: Place | None, at: Pointer | None) -> None:
        """Say what a weight is, beside the pointer; without a place, say nothing."""
        value = None if place is None else self.feed.weight(node, *place)
        if canvas is None or at is None or place is None or value is None or self.field is not None:
            if self.readout is not None:
                self.readout.hide()
            return
        if self.readout is None:
            self.readout = Readout(canvas)
        text = f"{self._name(node, place)} = {written(value)}"
        self.readout.show_at(text, canvas.viewport().mapTo(canvas, at.view))

    def _edit(self, canvas: CanvasView, node: str, place: Place, at: QPoint) -> None:
        value = self.feed.weight(node, *place)
        self.leave()
        if value is None:
            return
        name, array, index = self._name(node, place), *self._index(node, place)
        put = partial(canvas.context.trainer.set_weight, node, array, index)

        def done(first: float, last: float) -> None:
            self.field = None
            if last != first:
                canvas.context.notify.info(f"{name} was set from {written(first)} to {written(last)}.",
                                           action_text="Set Back", action=lambda: put(first))

        self.field = WeightField(canvas, name, value, put, done)
        self.field.open_at(canvas.viewport().mapTo(canvas, at))

    def _resize(self, canvas: CanvasView, name: str, way: int) -> None:
        units = resized(canvas.context.document, name, way)
        if units is not None:
            label = f"{'Add' if way > 0 else 'Remove'} neurons: {title_of(canvas.context.document, name)}"
            canvas.do(Change(label, lambda now: edits.set_params(now, name, {"units": units})), merge=f"units {name}")

    def _index(self, node: str, place: Place) -> tuple[str, tuple[int, ...]]:
        """Which number of which array a place is."""
        row, column = place
        number = self._column(node).shown[column]
        return ("b", (number,)) if row is None else ("W", (self._column(self._source(node)).shown[row], number))

    def _name(self, node: str, place: Place) -> str:
        """What a person calls a weight: "w[x1 → neuron 3]"."""
        row, column = place
        target = self._column(node).name(self._column(node).shown[column])
        if row is None:
            return f"b[{target}]"
        before = self._column(self._source(node))
        return f"w[{before.name(before.shown[row])} → {target}]"

    def _source(self, node: str) -> str:
        return next(bundle.join.source for edge, bundle in self.bundles.items() if edge.target == node)

    def _column(self, node: str) -> Column:
        item = self.scene.nodes[node].column
        assert item is not None
        return item.column


def _edge_of(item: NodeItem, side: int) -> tuple[float, tuple[float, ...]]:
    """Where lines leave (side 1) or reach (-1) the neurons of a node: one x, and the heights."""
    shown: ColumnItem | None = item.column
    assert shown is not None
    column, top = shown.column, item.y() + shown.head
    return item.x() + column.middle + side * column.size / 2, tuple(top + y for y in column.middles)
