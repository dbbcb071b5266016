"""A network seen as neurons: which nodes can be drawn so, what their neurons are called, how they are joined."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.errors import ParamError
from core.graph.check import Report
from core.graph.document import Document, Edge, Node
from core.layers import LAYERS

MOST = 64
ENDS = 8
WEIGHTED = "dense"
BEHIND = "concatenate"


@dataclass(frozen=True, slots=True)
class Join:
    """How the neurons of a node are joined to those of `source`.

    By `weights`: every one to every one, by the weights of the node. Otherwise one to one, the first of the source to
    number `first` of the node.
    """

    source: str
    weights: bool
    first: int = 0


def shown(units: int) -> tuple[int, ...]:
    """Numbers of the neurons that are drawn: all, or the first and the last ones of more than MOST."""
    return tuple(range(units)) if units <= MOST else (*range(ENDS), *range(units - ENDS, units))


def units_of(report: Report, name: str) -> int:
    """How many neurons a node has: the length of its output, if that is one row of numbers; else 0."""
    shape = report.shapes.get(name, ())
    return shape[0] if len(shape) == 1 else 0


def names_of(doc: Document, report: Report, name: str) -> tuple[str, ...]:
    """What the neurons of a node are called, where the data says it: columns at an Input, classes at an Output."""
    node, spec, units = doc.nodes[name], report.spec, units_of(report, name)
    role = LAYERS[node.kind].role if node.kind in LAYERS else ""
    if spec is None or not role:
        return ()
    found = spec.features if role == "input" or node.params.get("target") == "input" else spec.classes
    # One number that tells two classes apart is the probability of the second.
    return found if len(found) == units else found[1:] if units == 1 and len(found) == 2 else ()


def weighted(node: Node) -> bool:
    """True if every neuron of the node has a weight for every number that arrives."""
    return node.kind == WEIGHTED and not node.bypassed


def join(doc: Document, report: Report, edge: Edge) -> Join | None:
    """How a wire is drawn between neurons; None if it stays a wire. Nodes in between that are not drawn as neurons
    and give every number to one neuron are passed over."""
    target, source = doc.nodes[edge.target], _drawn(doc, report, edge.source)
    if source is None or not target.neurons or not units_of(report, edge.target):
        return None
    if weighted(target):
        return Join(source, True)
    first = _before(doc, report, target, edge.port) if target.kind == BEHIND and not target.bypassed else 0
    arriving, there = units_of(report, source), units_of(report, edge.target)
    fits = first + arriving <= there if target.kind == BEHIND else arriving == there
    return Join(source, False, first) if fits else None


def _drawn(doc: Document, report: Report, name: str) -> str | None:
    """The node whose neurons the output of `name` comes from: itself, if it is drawn as neurons, or the next above."""
    for above in _above(doc, report, name):
        if doc.nodes[above].neurons and units_of(report, above):
            return above
    return None


def _above(doc: Document, report: Report, name: str) -> Iterator[str]:
    """`name`, and above it all nodes as long as each gives its only input on, number by number."""
    seen: set[str] = set()
    while name in doc.nodes and name not in seen:
        yield name
        seen.add(name)
        sources = doc.sources(name)
        if len(sources) != 1 or weighted(doc.nodes[name]):
            return
        (above,) = sources.values()
        if units_of(report, above) != units_of(report, name):
            return
        name = above


def _before(doc: Document, report: Report, node: Node, port: str) -> int:
    """How many numbers arrive at the ports before `port`."""
    sources, count = doc.sources(node.id), 0
    for declared in LAYERS[node.kind].inputs:
        if declared.name == port:
            break
        count += units_of(report, sources.get(declared.name, ""))
    return count


def resized(doc: Document, name: str, change: int) -> int | None:
    """How many neurons a node would have with `change` more; None if it cannot have so many, or knows no number."""
    node = doc.nodes[name]
    if not weighted(node) or not isinstance(node.params.get("units"), int):
        return None
    try:
        return int(LAYERS[node.kind].params["units"].check(node.params["units"] + change))
    except ParamError:
        return None
