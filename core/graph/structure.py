"""What follows from the kinds of the nodes and their wires alone, whatever the parameters are."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import Problem
from core.graph.document import Document, Edge
from core.graph.order import loop_members, order, upstream
from core.graph.wires import wire_problems
from core.layers import LAYERS


@dataclass(frozen=True, slots=True)
class Structure:
    """`names` in an order to compute them in, without members of a loop and what hangs on them; `live` are those that
    lead to an Output, `in_order` those of them that can be computed. `inputs` and `outputs` are the two ends."""

    kinds: Mapping[str, str]
    edges: frozenset[Edge]
    names: tuple[str, ...]
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    live: frozenset[str]
    in_order: tuple[str, ...]
    problems: tuple[Problem, ...]


def structure(doc: Document, before: Structure | None) -> Structure:
    """The structure of a document; it is `before` itself if that has the same nodes and wires."""
    kinds = {name: node.kind for name, node in doc.nodes.items()}
    if before is not None and before.edges is doc.edges and before.kinds == kinds:
        return before
    names = tuple(order(doc))
    outputs = _of_role(kinds, "output")
    live = frozenset(upstream(doc, outputs))
    problems = [*_loop(doc, names), *wire_problems(doc)]
    return Structure(kinds, doc.edges, names, _of_role(kinds, "input"), outputs, live,
                     tuple(name for name in names if name in live), tuple(problems))


def _of_role(kinds: Mapping[str, str], role: str) -> tuple[str, ...]:
    """Nodes by what they are meant to be, even if their parameters are wrong or they are part of a loop."""
    wanted = {kind for kind in {*kinds.values()} if kind in LAYERS and LAYERS[kind].role == role}
    return tuple(sorted(name for name, kind in kinds.items() if kind in wanted))


def _loop(doc: Document, names: tuple[str, ...]) -> list[Problem]:
    loop = loop_members(doc) if len(names) < len(doc.nodes) else ()
    return [Problem("graph.cycle", f"These nodes form a loop: {', '.join(loop)}.", node=loop[0],
                    hint="Remove one of the wires between them.")] if loop else []
