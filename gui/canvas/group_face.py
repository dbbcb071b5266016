"""What the card of a collapsed group shows, as a value."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from core.engine.cost import Costs
from core.errors import Problem
from core.graph.check import Report
from core.graph.document import Document, Edge, Group
from core.layers import LAYERS
from gui.canvas import geometry
from gui.canvas.annotating import UNNAMED


@dataclass(frozen=True, slots=True)
class Face:
    """`inputs` are the ports (node, port) that wires from outside end at, `outputs` the nodes that feed others; both
    from top to bottom."""

    title: str
    colour: str
    layers: int
    parameters: int
    inputs: tuple[tuple[str, str], ...] = ()
    outputs: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def detail(self) -> str:
        """How much there is in it."""
        layers = f"{self.layers} layer{'' if self.layers == 1 else 's'}"
        many = f"{self.parameters:,} parameter{'' if self.parameters == 1 else 's'}"
        return f"{layers} · {many}" if self.parameters else layers

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
        return f"{self.title}\n{self.detail}\nDouble-click to expand."

    @property
    def height(self) -> float:
        """Height of the card."""
        return geometry.card_height(max(len(self.inputs), len(self.outputs)))


def face_of(group: Group, document: Document, wires: Iterable[Edge], report: Report, costs: Costs) -> Face:
    """What stands for `group`; `wires` are those at its members."""
    members = group.members
    outer = [edge for edge in wires if (edge.source in members) != (edge.target in members)]

    def place(name: str) -> tuple[float, float, str]:
        x, y = document.nodes[name].position
        return y, x, name

    def row(port: tuple[str, str]) -> tuple[float, float, str, int, str]:
        kind = document.nodes[port[0]].kind
        names = [p.name for p in LAYERS[kind].inputs] if kind in LAYERS else []
        return (*place(port[0]), names.index(port[1]) if port[1] in names else len(names), port[1])

    return Face(
        group.title or UNNAMED, group.colour, len(members), sum(costs.of(name).parameters for name in members),
        tuple(sorted({(e.target, e.port) for e in outer if e.target in members}, key=row)),
        tuple(sorted({e.source for e in outer if e.source in members}, key=place)),
        tuple(p for p in report.problems if p.node in members),
    )
