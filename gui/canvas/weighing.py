"""One weight at a time: what it is, while the pointer is at it, and a field that changes it, after a click."""
from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint

from core.graph import edits
from core.graph.document import Edge
from core.graph.naming import title_of
from core.graph.neurons import resized
from gui.canvas.bundle import Bundle
from gui.canvas.changes import Change
from gui.canvas.column import Column
from gui.canvas.column_item import Part
from gui.canvas.hints import Readout
from gui.canvas.neuron_feed import NeuronFeed
from gui.canvas.weight_field import WeightField, written

if TYPE_CHECKING:
    from gui.canvas.interactions import Gesture, Pointer
    from gui.canvas.scene import CanvasScene
    from gui.canvas.view import CanvasView

# A weight by its place: the row (None: the bias) and the column, among the neurons that are drawn.
Place = tuple[int | None, int]


class Weighing:
    """Answers the mouse for bundles of lines and for columns of neurons."""

    def __init__(self, scene: CanvasScene, bundles: Mapping[Edge, Bundle], feed: NeuronFeed):
        self.readout: Readout | None = None
        self.field: WeightField | None = None
        self._scene, self._bundles, self._feed = scene, bundles, feed
        self._read: tuple[str, Place] | None = None

    def leave(self) -> None:
        """Put the field and the readout away."""
        if self.field is not None:
            self.field.leave()
        self._say_nothing()

    def refresh(self) -> None:
        """Weights are new: say what the one under the pointer is now."""
        if self.readout is not None and self._read is not None and (text := self._text(*self._read)):
            self.readout.say(text)

    def press_line(self, edge: Edge, canvas: CanvasView, line: int, at: Pointer) -> Gesture:
        """What a press on a line begins: an edit of its weight, or a selection of its wire if it has none."""
        from gui.canvas.interactions.pick import Pick

        bundle = self._bundles[edge]
        if not bundle.join.weights or at.adds:
            return Pick(canvas, at, lambda end: bundle.choose(canvas))
        return Pick(canvas, at, lambda end: self._edit(canvas, edge.target, bundle.rails.pairs[line], end.view, bundle))

    def press_part(self, name: str, canvas: CanvasView, part: Part, at: Pointer) -> Gesture:
        """What a press on a part of a column begins."""
        from gui.canvas.interactions.pick import Pick

        what, number = part
        if what == "units":
            return Pick(canvas, at, lambda end: self._resize(canvas, name, number))
        return Pick(canvas, at, lambda end: self._edit(canvas, name, (None, number), end.view))

    def point_line(self, edge: Edge, canvas: CanvasView | None, line: int | None, at: Pointer | None) -> None:
        """The pointer is at a line of this wire, or left it."""
        bundle = self._bundles.get(edge)
        if bundle is None or canvas is None or line is None or at is None or not bundle.join.weights:
            self._say_nothing()
        else:
            self._say(canvas, edge.target, bundle.rails.pairs[line], at)

    def point_part(self, name: str, canvas: CanvasView | None, part: Part | None, at: Pointer | None) -> None:
        """The pointer is at a part of this column, or left it."""
        if canvas is None or at is None or part is None or part[0] != "bias":
            self._say_nothing()
        else:
            self._say(canvas, name, (None, part[1]), at)

    def _say(self, canvas: CanvasView, node: str, place: Place, at: Pointer) -> None:
        text = self._text(node, place)
        if not text or self.field is not None:
            self._say_nothing()
            return
        if self.readout is None:
            self.readout = Readout(canvas)
        self._read = node, place
        self.readout.show_at(text, canvas.viewport().mapTo(canvas, at.view))

    def _say_nothing(self) -> None:
        self._read = None
        if self.readout is not None:
            self.readout.hide()

    def _text(self, node: str, place: Place) -> str:
        value = self._feed.weight(node, *place)
        return "" if value is None else f"{self._name(node, place)} = {written(value)}"

    def _edit(self, canvas: CanvasView, node: str, place: Place, at: QPoint, bundle: Bundle | None = None) -> None:
        value = self._feed.weight(node, *place)
        self.leave()
        if value is None:
            return
        name, array, index = self._name(node, place), *self._index(node, place)
        put = partial(canvas.context.trainer.set_weight, node, array, index)

        def done(first: float, last: float) -> None:
            self.field = None
            if bundle is not None:
                bundle.pin(None)
            if last != first:
                canvas.context.notify.info(f"{name} was set from {written(first)} to {written(last)}.",
                                           action_text="Set Back", action=lambda: put(first))

        if bundle is not None:
            bundle.pin(bundle.line)
        self.field = WeightField(canvas, name, value, put, done)
        canvas.moved.connect(self.field.leave)
        self.field.open_at(canvas.viewport().mapTo(canvas, at))

    def _resize(self, canvas: CanvasView, name: str, way: int) -> None:
        document = canvas.context.document
        units = resized(document, name, way)
        if units is not None:
            label = f"{'Add' if way > 0 else 'Remove'} neurons: {title_of(document, name)}"
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
        return next(bundle.join.source for edge, bundle in self._bundles.items() if edge.target == node)

    def _column(self, node: str) -> Column:
        item = self._scene.nodes[node].column
        assert item is not None
        return item.column
