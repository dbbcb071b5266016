"""What a fix is, and who knows one for which problem."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.errors import Problem
from core.graph import edits
from core.graph.check import Report
from core.graph.document import Document, Edge, Node
from core.layers import LAYERS, Layer, Shape, show

Edit = Callable[[Document], Document]
Step = tuple[str, Mapping[str, Any]]
FLATTEN: Step = ("flatten", {})
# From one card to the next, to the right and downwards.
ACROSS, DOWN = 224.0, 80.0
WIDTH, HEIGHT = 168.0, 72.0


@dataclass(frozen=True, slots=True)
class Fix:
    """One way to mend a problem. `label` says it as an order: "Insert Flatten"."""

    label: str
    apply: Edit


@dataclass(frozen=True, slots=True)
class Case:
    """A problem of a checked document."""

    doc: Document
    report: Report
    problem: Problem

    @property
    def name(self) -> str:
        """The node that it is at, or empty."""
        return self.problem.node or ""

    @property
    def node(self) -> Node | None:
        """The node that it is at."""
        return self.doc.nodes.get(self.name)

    @property
    def layer(self) -> Layer | None:
        """The layer that it is at, if its parameters are in order."""
        return self.report.layers.get(self.name)

    @property
    def outputs(self) -> list[str]:
        """Every Output."""
        return [k for k, node in sorted(self.doc.nodes.items()) if role_of(node) == "output"]

    def wire(self, node: str, port: str) -> Edge | None:
        """The wire that ends there."""
        return next((e for e in sorted(self.doc.edges) if (e.target, e.port) == (node, port)), None)

    def arriving(self, node: str) -> tuple[Shape, ...] | None:
        """The shapes at the inputs of a node; None unless all are known."""
        layer, sources = self.report.layers.get(node), self.doc.sources(node)
        found = [self.report.shapes.get(sources.get(port.name, "")) for port in layer.inputs] if layer else []
        known = tuple(shape for shape in found if shape is not None)
        return known if known and len(known) == len(found) else None


Finder = Callable[[Case], Iterable[Fix]]
FINDERS: dict[str, list[Finder]] = {}


def mends(*codes: str) -> Callable[[Finder], Finder]:
    """Declare that a function knows fixes for problems with these codes."""

    def declare(finder: Finder) -> Finder:
        for code in codes:
            FINDERS.setdefault(code, []).append(finder)
        return finder

    return declare


def role_of(node: Node) -> str:
    """ "input", "output" or nothing, whatever the parameters."""
    return LAYERS[node.kind].role if node.kind in LAYERS else ""


def setting(label: str, name: str, **values: Any) -> Fix:
    """Change parameters of a node."""
    return Fix(label, lambda doc: edits.set_params(doc, name, values))


def units(count: int) -> str:
    """A number of units in words."""
    return f"{count:,} unit{'s' if count > 1 else ''}"


def reshaping(shape: Shape) -> Step:
    """The layer that gives this shape to any with as many numbers."""
    return FLATTEN if len(shape) == 1 else ("reshape", {"target": list(shape)})


def step_title(step: Step) -> str:
    """A layer that is to be inserted, in words: Reshape to (28, 28, 1)."""
    kind, params = step
    title = LAYERS[kind].info.title
    if "target" in params:
        return f"{title} to {show(tuple(params['target']))}"
    return f"{title} with {units(params['units'])}" if "units" in params else title


def insert(doc: Document, edge: Edge, steps: Iterable[Step]) -> Document:
    """Put new nodes, one after the other, into a wire. Cards that stand in the way move to the right."""
    chain = list(steps)
    doc = _make_room(doc, edge, len(chain))
    before, (x, y) = edge.source, doc.nodes[edge.source].position
    for number, (kind, params) in enumerate(chain, 1):
        name = edits.fresh_id(doc, kind)
        place = free_place(doc, x + ACROSS * number, y)
        doc = edits.add_node(doc, Node(name, kind, params, place))
        doc = edits.connect(doc, Edge(before, name, LAYERS[kind].inputs[0].name))
        before = name
    return edits.connect(doc, Edge(before, edge.target, edge.port))


def free_place(doc: Document, x: float, y: float) -> tuple[float, float]:
    """The first place at or below (x, y) where a card covers no other."""
    places = [node.position for node in doc.nodes.values()]
    while any(abs(px - x) < WIDTH and abs(py - y) < HEIGHT for px, py in places):
        y += DOWN
    return x, y


def _make_room(doc: Document, edge: Edge, count: int) -> Document:
    (from_x, from_y), (to_x, to_y) = doc.nodes[edge.source].position, doc.nodes[edge.target].position
    lacking = from_x + ACROSS * (count + 1) - to_x
    if lacking <= 0 or to_x <= from_x or abs(to_y - from_y) >= DOWN:
        return doc
    ahead = {edge.target, *edits.downstream(doc, edge.target)}
    places = {name: doc.nodes[name].position for name in ahead}
    return edits.move(doc, {name: (x + lacking, y) for name, (x, y) in places.items() if x >= to_x})
