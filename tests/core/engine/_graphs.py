"""Random documents over every registered layer kind. All choices are hypothesis's, so that what fails is made small."""
from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Any

import numpy as np
from hypothesis import strategies as st

from core.datasets import DATASETS, DataSpec, Parts, Samples, columns_of
from core.errors import CoreError
from core.graph import edits
from core.graph.document import Document, Edge, Node
from core.graph.goal import wanted_width
from core.layers import LAYERS, Example, Layer, Shape
from core.losses import LOSSES
from core.preprocessing import Chain

NODES = 12
LARGEST = 600
WORDS = 2
LATEST = 4
Draw = Callable[[st.SearchStrategy[Any]], Any]


def kinds() -> list[type[Layer]]:
    """Every registered kind between Input and Output."""
    return [kind for kind in LAYERS.values() if not kind.role]


def spec_of(doc: Document) -> DataSpec:
    """What the data of a document looks like."""
    source = doc.data["source"]
    return DATASETS[source.kind](**source.params).spec()


@dataclass(frozen=True)
class Graph:
    """A document that is in order. With `words` its samples hold whole numbers below WORDS."""

    doc: Document
    words: bool

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        """How hypothesis shows what fails: a line for each node with its sources and what differs from defaults."""
        data, words = dict(self.doc.data["source"].params), ", words" if self.words else ""
        printer.text("\n".join([f"{data['features']} features, {data['classes']} classes{words}", *self._lines()]))

    def _lines(self) -> Iterable[str]:
        for name, node in self.doc.nodes.items():
            usual = LAYERS[node.kind]().config()
            own = {k: v for k, v in node.params.items() if v != usual[k]}
            yield f"  {name} <- {self.doc.sources(name)} {own}{' frozen' if node.frozen else ''}"

    def samples(self, n: int, seed: int = 0) -> Samples:
        """Samples as the document's data has them, without loading any."""
        spec = spec_of(self.doc)
        rng, shape = np.random.default_rng(seed), (n, *spec.shape)
        x = rng.integers(WORDS, size=shape).astype(np.float32) if self.words else rng.normal(size=shape)
        return Samples(x.astype(np.float32), rng.integers(len(spec.classes), size=n).astype(np.intp))

    def parts(self, n: int) -> Parts:
        """Such samples, all to train on."""
        train, spec = self.samples(n), spec_of(self.doc)
        none = Samples(train.x[:0], train.y[:0])
        return Parts(spec, train, none, none, Chain(columns_of(spec)[:1]))


@dataclass
class Growth:
    """A document that grows. `raw` are the nodes that hand on the data as it is."""

    draw: Draw
    doc: Document
    shapes: dict[str, Shape]
    raw: list[str]
    made: list[str] = field(default_factory=list)

    def add(self, kind: str, params: Mapping[str, Any], sources: Iterable[str]) -> str:
        """A wired node; its name."""
        wired = tuple(sources)
        name = edits.fresh_id(self.doc, kind)
        self.doc = edits.add_node(self.doc, Node(name, kind, params))
        layer = LAYERS[kind](**params)
        for source, port in zip(wired, layer.inputs, strict=True):
            self.doc = edits.connect(self.doc, Edge(source, name, port.name))
        self.shapes[name] = layer.infer(*(self.shapes[source] for source in wired))
        if wired and wired[0] in self.raw and layer.passes_through(True) and layer.passes_through(False):
            self.raw.append(name)
        self.made.append(name)
        return name

    def end(self, source: str, params: Mapping[str, Any]) -> None:
        """An Output behind `source`."""
        name = edits.fresh_id(self.doc, "output")
        self.doc = edits.connect(edits.add_node(self.doc, Node(name, "output", params)), Edge(source, name))

    def bring(self, shape: Shape) -> str:
        """A node of this shape: one that is there, or one made by Flatten, Dense and Reshape."""
        there = [name for name in self.shapes if self.shapes[name] == shape]
        if there and self.draw(st.booleans()):
            return str(self.draw(st.sampled_from(there)))
        name = self.add("dense", {"units": math.prod(shape)}, [self.row(self.one_of(self.shapes))])
        return name if len(shape) == 1 else self.add("reshape", {"target": list(shape)}, [name])

    def row(self, name: str) -> str:
        """One row of numbers for each sample."""
        return name if len(self.shapes[name]) == 1 else self.add("flatten", {}, [name])

    def reached(self, name: str) -> str:
        """A node that depends on this one, and on the data."""
        if name == "input" or name in edits.downstream(self.doc, "input"):
            return name
        return self.add("concatenate", {}, [self.row(name), self.row("input")])

    def one_of(self, names: Iterable[str]) -> str:
        """Any of them."""
        return str(self.draw(st.sampled_from(list(names))))

    def grow(self, kind: type[Layer], example: Example) -> str | None:
        """A node of this kind behind nodes that suit it; None if there is no place for it."""
        layer = kind(**example.params)
        fitting = self.fitting(layer, example)
        if fitting and (example.integers or self.draw(st.booleans())):
            return self.add(kind.info.kind, example.params, self.draw(st.sampled_from(fitting)))
        if example.integers or accepted(layer, example.shapes) is None:
            return None
        return self.add(kind.info.kind, example.params, [self.bring(shape) for shape in example.shapes])

    def fitting(self, layer: Layer, example: Example) -> list[tuple[str, ...]]:
        """Sources for all ports whose shapes the layer accepts. Whole numbers are in the data only."""
        names = self.raw if example.integers else [*self.shapes][-LATEST:]
        found = []
        for sources in product(names, repeat=len(layer.inputs)):
            shape = accepted(layer, [self.shapes[source] for source in sources])
            if shape is not None and math.prod(shape) <= LARGEST:
                found.append(sources)
        return found


def accepted(layer: Layer, shapes: Iterable[Shape]) -> Shape | None:
    """What comes out of the layer, or None if it refuses what goes in."""
    try:
        return layer.infer(*shapes)
    except CoreError:
        return None


def variants(kind: type[Layer]) -> list[Example]:
    """The examples of a kind, and its defaults in the place of one."""
    first = kind.examples[0] if kind.examples else Example()
    return [*kind.examples, Example({}, first.shapes, first.smooth, first.integers)]


@st.composite
def graphs(draw: Draw, kind: type[Layer] | None = None) -> Graph:
    """A valid document of up to NODES nodes between its ends, among them one of `kind` that the output depends on."""
    wanted = kind or draw(st.sampled_from(kinds()))
    example = draw(st.sampled_from(variants(wanted)))
    growth = _start(draw, max([4, *map(math.prod, example.shapes[:1])]))
    words = bool(example.integers) or draw(st.booleans())
    for _ in range(draw(st.integers(0, 4))):
        _grow_any(growth, words)
    node = growth.grow(wanted, example) or growth.row("input")
    before = len(growth.made)
    for _ in range(draw(st.integers(0, 5))):
        _grow_any(growth, words)
    behind = [name for name in growth.made[before:] if name in edits.downstream(growth.doc, node)]
    _finish(growth, growth.reached(growth.one_of([node, *behind])))
    return Graph(growth.doc, words)


def _start(draw: Draw, features: int) -> Growth:
    classes = draw(st.integers(2, 3))
    table = {"samples": 10, "features": features, "informative": 3, "redundant": 0, "classes": classes}
    doc = edits.set_data(edits.empty(), {"source": {"kind": "make_classification", "params": table}})
    doc = edits.set_training(doc, {"batch_size": 3, "learning_rate": 1e-4})
    doc = edits.add_node(doc, Node("input", "input"))
    return Growth(draw, doc, {"input": (features,)}, ["input"])


def _grow_any(growth: Growth, words: bool) -> None:
    """One node more, of whatever kind has a place, unless there are enough."""
    kind = growth.draw(st.sampled_from(kinds()))
    example = growth.draw(st.sampled_from(variants(kind)))
    if len(growth.made) + 3 * len(kind.inputs) < NODES - 3 and (words or not example.integers):
        growth.grow(kind, example)


def _finish(growth: Growth, end: str) -> None:
    """One Output or two; some nodes that lead nowhere, some that are frozen."""
    draw = growth.draw
    learning = _goal(growth, end)
    if draw(st.booleans()):
        _goal(growth, growth.one_of(growth.shapes))
    doc = growth.doc
    if draw(st.booleans()):
        loose = draw(st.sampled_from(kinds()))
        doc = edits.add_node(doc, Node("loose", loose.info.kind))
    for name in draw(st.sets(st.sampled_from(growth.made), max_size=3)) - {learning}:
        doc = edits.freeze(doc, name, True)
    growth.doc = doc


def _goal(growth: Growth, end: str) -> str:
    """Dense, perhaps an activation, and an Output with some loss; the Dense node."""
    draw, spec = growth.draw, spec_of(growth.doc)
    back = draw(st.booleans())
    losses = [loss for loss in LOSSES.values() if not (back and (loss.task == "classification" or loss.activation))]
    loss = draw(st.sampled_from(losses))()
    width = spec.shape[0] if back else wanted_width(loss, spec)
    last = growth.add("dense", {"units": width}, [growth.row(end)])
    before = draw(st.sampled_from(sorted({"", "tanh", loss.activation})))
    head = growth.add(before, {}, [last]) if before else last
    growth.end(head, {"loss": {"kind": loss.info.kind, "params": {}}, "target": "input" if back else "data",
                      "weight": draw(st.sampled_from((0.5, 1.0)))})
    return last
