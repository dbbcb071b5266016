"""Fixes for wires: open and crowded inputs, loops, nodes that lead nowhere or that nobody knows."""
from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import pairwise

from core.graph import edits, rewire
from core.graph.document import Document, Edge
from core.graph.fixes._base import Case, Fix, mends, role_of
from core.graph.naming import title_of
from core.layers import LAYERS

# More offers than that are no help.
MOST = 2
# Two nodes are connected by the fix that names one of them.
LEAST_ROW = 3


@mends("port.open")
def connect_source(case: Case) -> Iterator[Fix]:
    """Wire what feeds nobody yet, or else the nearest node before it."""
    doc, port = case.doc, case.problem.port or ""
    x, y = doc.nodes[case.name].position
    feeding = {edge.source for edge in doc.edges}
    fed = set(doc.sources(case.name).values())

    def rank(name: str) -> tuple[bool, bool, float]:
        at = doc.nodes[name].position
        return name in feeding, at[0] >= x, (at[0] - x) ** 2 + (at[1] - y) ** 2

    names = [name for name in doc.nodes if name in case.report.shapes and name not in fed
             and not edits.refusal(doc, Edge(name, case.name, port))]
    for name in sorted(names, key=rank)[:MOST]:
        yield _connect(case, Edge(name, case.name, port))


@mends("port.open", "graph.idle")
def connect_row(case: Case) -> Iterator[Fix]:
    """Wire what stands there without any wires, from left to right, if it is a row of more than two."""
    doc, wired = case.doc, {name for edge in case.doc.edges for name in (edge.source, edge.target)}
    loose = sorted((node for name, node in doc.nodes.items() if name not in wired), key=lambda node: node.position)
    layers = [LAYERS[node.kind] for node in loose if node.kind in LAYERS]
    starts, ends = [not layer.inputs for layer in layers], [layer.role == "output" for layer in layers]
    if len(loose) < LEAST_ROW or len(layers) < len(loose) or not starts[0] or any(starts[1:]) or any(ends[:-1]):
        return
    if any(len(layer.inputs) > 1 for layer in layers):
        return
    edges = [Edge(one.id, other.id, layer.inputs[0].name)
             for (one, other), layer in zip(pairwise(loose), layers[1:], strict=True)]
    yield Fix("Connect all from left to right", partial(_connect_all, edges=edges))


@mends("edge.port")
def replug(case: Case) -> Iterator[Fix]:
    """Let the wire end at an input that there is, or take it away."""
    edge = case.wire(case.name, case.problem.port or "")
    if edge is None:
        return
    taken = case.doc.sources(case.name)
    layer = case.layer
    for port in (p.name for p in layer.inputs if p.name not in taken) if layer else ():
        new = Edge(edge.source, edge.target, port)
        yield Fix(f"Connect it to {port}", partial(rewire.reconnect, old=edge, new=new))
    yield _disconnect(case, edge)


@mends("edge.source", "edge.taken", "edge.nowhere")
def remove_wires(case: Case) -> Iterator[Fix]:
    """Take the wire away that cannot be."""
    doc = case.doc
    if case.problem.code == "edge.source":
        wrong = [edge for edge in sorted(doc.edges) if edge.source == case.name]
        yield Fix("Remove the wire" if len(wrong) == 1 else "Remove the wires", partial(edits.disconnect, edges=wrong))
    elif case.problem.code == "edge.nowhere":
        loose = [e for e in sorted(doc.edges) if e.source not in doc.nodes or e.target not in doc.nodes]
        yield Fix("Remove what leads nowhere", partial(edits.disconnect, edges=loose))
    else:
        here = [e for e in sorted(doc.edges) if (e.target, e.port) == (case.name, case.problem.port)]
        for kept in here[:MOST]:
            others = [edge for edge in here if edge != kept]
            yield Fix(f"Keep the wire from {title_of(doc, kept.source)}", partial(edits.disconnect, edges=others))


@mends("graph.cycle")
def open_loop(case: Case) -> Iterable[Fix]:
    """Take one wire of the loop away: one that runs backwards on the canvas, if there is one."""
    nodes = case.doc.nodes
    behind = [e for e in sorted(case.doc.edges) if e.source in edits.downstream(case.doc, e.target)]
    behind.sort(key=lambda e: nodes[e.target].position[0] - nodes[e.source].position[0])
    return [_disconnect(case, edge) for edge in behind[:MOST]]


@mends("graph.idle")
def delete_idle(case: Case) -> Iterator[Fix]:
    """Delete what leads nowhere, or wire it to an input that waits."""
    if case.name in case.report.shapes:
        for problem in case.report.problems:
            if problem.code == "port.open" and problem.node != case.name and problem.node is not None:
                edge = Edge(case.name, problem.node, problem.port or "")
                if not edits.refusal(case.doc, edge):
                    yield Fix(f"Connect it to {title_of(case.doc, problem.node)}", partial(edits.connect, edge=edge))
    yield _delete(case)


@mends("node.kind")
def delete_unknown(case: Case) -> Iterator[Fix]:
    """Delete a node that this version does not know, its neighbours joined."""
    joined = Fix(f"Delete {title_of(case.doc, case.name)}", partial(rewire.remove_joining, ids=[case.name]))
    yield joined
    yield _delete(case)


@mends("rule.outputs")
def delete_output(case: Case) -> Iterator[Fix]:
    """One Output is enough."""
    if (node := case.node) is not None and role_of(node) == "output":
        yield _delete(case)


def _connect_all(doc: Document, edges: Iterable[Edge]) -> Document:
    for edge in edges:
        doc = edits.connect(doc, edge)
    return doc


def _delete(case: Case) -> Fix:
    return Fix(f"Delete {title_of(case.doc, case.name)}", partial(edits.remove_nodes, ids=[case.name]))


def _connect(case: Case, edge: Edge) -> Fix:
    return Fix(f"Connect {title_of(case.doc, edge.source)}", partial(edits.connect, edge=edge))


def _disconnect(case: Case, edge: Edge) -> Fix:
    label = f"Remove the wire from {title_of(case.doc, edge.source)}"
    return Fix(label, partial(edits.disconnect, edges=[edge]))
