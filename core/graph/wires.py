"""Which wires can be, as far as their two ends and the other wires tell. Loops are found elsewhere."""
from __future__ import annotations

from core.errors import Problem
from core.graph.document import Document, Edge
from core.layers import LAYERS


def misfit(doc: Document, edge: Edge) -> Problem | None:
    """Why `edge` cannot be between two nodes that are there, whatever else is wired; None if it can."""
    source, target = doc.nodes[edge.source], doc.nodes[edge.target]
    if target.kind in LAYERS and edge.port not in (names := [p.name for p in LAYERS[target.kind].inputs]):
        title = LAYERS[target.kind].info.title
        wanted = f"Its inputs are {', '.join(names)}: let the wire from {source.id} end there, or remove it." if names \
            else f"{title} has no inputs: numbers start there. Remove the wire from {source.id}."
        return Problem("edge.port", f"{title} has no input {edge.port!r}.", node=target.id, port=edge.port, hint=wanted)
    if source.kind in LAYERS and LAYERS[source.kind].role == "output":
        return Problem("edge.source", "Output is the end of the network: nothing leaves it.", node=source.id,
                       hint="Wire the layer before it instead.")
    return None


def wire_problems(doc: Document) -> list[Problem]:
    """Wires that no edit would have drawn and no file may hold: documents can also be put together by a script."""
    if _sound(doc) and len({(edge.target, edge.port) for edge in doc.edges}) == len(doc.edges):
        return []
    problems, taken = [], dict[tuple[str, str], str]()
    for edge in sorted(doc.edges):
        if edge.source not in doc.nodes or edge.target not in doc.nodes:
            problems.append(Problem("edge.nowhere", f"A wire from {edge.source} to {edge.target} ends at a node that "
                                    "is not there.", hint="Remove it."))
            continue
        if problem := misfit(doc, edge):
            problems.append(problem)
        first = taken.setdefault((edge.target, edge.port), edge.source)
        if first != edge.source:
            problems.append(Problem("edge.taken", f"The input {edge.port} of {edge.target} has two wires, from {first} "
                                    f"and from {edge.source}.", node=edge.target, port=edge.port,
                                    hint="Remove one of them."))
    return problems


def _sound(doc: Document) -> bool:
    """True if every wire can be. Asked once for each pair of kinds: there may be thousands of wires."""
    known: dict[tuple[str, str, str], bool] = {}
    for edge in doc.edges:
        source, target = doc.nodes.get(edge.source), doc.nodes.get(edge.target)
        if source is None or target is None:
            return False
        key = source.kind, target.kind, edge.port
        if key not in known:
            known[key] = misfit(doc, edge) is None
        if not known[key]:
            return False
    return True
