"""What the card of a collapsed group shows, as a value."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.engine.cost import Costs
from core.errors import Problem
from core.graph.check import Report
from core.graph.document import Document, Edge, Group
from core.layers import LAYERS, show
from gui.canvas import geometry
from gui.canvas.annotating import UNNAMED
from gui.figures import short


@dataclass(frozen=True, slots=True)
class Face:
    """`inputs` are the ports (node, port) that wires from outside end at or that wait for one, `outputs` the nodes that
    feed others or nobody yet; both from top to bottom. `shape` is that of the output, if there is one."""

    title: str
    colour: str
    nodes: int
    parameters: int
    inputs: tuple[tuple[str, str], ...] = ()
    outputs: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    shape: str = ""

    @property
    def detail(self) -> str:
        """How much there is in it."""
        return f"{self.nodes} node{'' if self.nodes == 1 else 's'}"

    @property
    def count(self) -> str:
        """How many parameters, in a few characters."""
        return short(self.parameters) if self.parameters else ""

    @property
    def severity(self) -> str:
        """The worst severity of the problems of the members, or empty."""
        found = {p.severity for p in self.problems}
        return next((s for s in ("error", "warning", "info") if s in found), "")

    @property
    def tip(self) -> str:
        """The tool tip: the problems if there are any, else what it is and how to open it."""
        if self.problems:
            return "\n".join(p.text for p in self.problems)
        many = f", {self.parameters:,} parameter{'' if self.parameters == 1 else 's'}" if self.parameters else ""
        shape = f"Output shape {self.shape}\n" if self.shape else ""
        return f"{self.title}\n{self.detail}{many}\n{shape}Double-click to expand."

    @property
    def height(self) -> float:
        """Height of the card."""
        return geometry.card_height(max(len(self.inputs), len(self.outputs)))


def face_of(group: Group, document: Document, wires: Iterable[Edge], report: Report, costs: Costs) -> Face:
    """What stands for `group`; `wires` are those at its members."""
    members = group.members
    at_members = list(wires)
    outer = [edge for edge in at_members if (edge.source in members) != (edge.target in members)]

    def place(name: str) -> tuple[float, float, str]:
        x, y = document.nodes[name].position
        return y, x, name

    def row(port: tuple[str, str]) -> tuple[float, float, str, int, str]:
        kind = document.nodes[port[0]].kind
        names = [p.name for p in LAYERS[kind].inputs] if kind in LAYERS else []
        return (*place(port[0]), names.index(port[1]) if port[1] in names else len(names), port[1])

    sources, targets = _loose(members, document, at_members)
    outputs = tuple(sorted({e.source for e in outer if e.source in members} | sources, key=place))
    shape = show(report.shapes[outputs[0]]) if len(outputs) == 1 and outputs[0] in report.shapes else ""
    return Face(
        group.title or UNNAMED, group.colour, len(members), sum(costs.of(name).parameters for name in members),
        tuple(sorted({(e.target, e.port) for e in outer if e.target in members} | targets, key=row)), outputs,
        tuple(p for p in report.problems if p.node in members), shape,
    )


def _loose(members: frozenset[str], document: Document, wires: list[Edge]) -> tuple[set[str], set[tuple[str, str]]]:
    """The members that feed nobody, and the inputs that nobody feeds."""
    feeding, fed = {e.source for e in wires}, {(e.target, e.port) for e in wires}
    layers = {name: LAYERS[document.nodes[name].kind] for name in members if document.nodes[name].kind in LAYERS}
    ends = {name for name, layer in layers.items() if layer.role != "output" and name not in feeding}
    ports = {(name, port.name) for name, layer in layers.items() for port in layer.inputs}
    return ends, ports - fed
