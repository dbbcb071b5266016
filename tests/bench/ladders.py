"""Large documents as a person might draw them: residual blocks one behind the other, in rows."""
from __future__ import annotations

from core.graph.document import Document, Edge, Node
from core.graph.edits import add_node, empty, set_data
from core.layers import LAYERS
from core.params import EMPTY

ACROSS, DOWN, COLUMNS = 224.0, 112.0, 32
BLOCK = (("dense", {"units": 16}), ("relu", EMPTY), ("dropout", {"rate": 0.1}), ("add", EMPTY))


def ladder(count: int) -> Document:
    """`count` nodes: Input, Dense, then blocks of Dense, ReLU, Dropout and Add with a wire past them, Dense, Output."""
    kinds = [("input", EMPTY), ("dense", {"units": 16})]
    kinds += [BLOCK[place % len(BLOCK)] for place in range((count - 4) // len(BLOCK) * len(BLOCK))]
    kinds += [("relu", EMPTY)] * (count - 2 - len(kinds))
    kinds += [("dense", {"units": 1}), ("output", {"loss": {"kind": "mse", "params": {}}})]
    nodes: dict[str, Node] = {}
    wires: set[Edge] = set()
    names: list[str] = []
    past = ""
    for place, (kind, params) in enumerate(kinds):
        name = f"{kind}_{place}"
        row, column = divmod(place, COLUMNS)
        sample = add_node(empty(), Node(name, kind, params, (ACROSS * column, DOWN * row)))
        nodes |= sample.nodes
        ports = [port.name for port in LAYERS[kind].inputs]
        feeding = [names[-1], past] if kind == "add" else names[-1:]
        wires |= {Edge(source, name, port) for source, port in zip(feeding, ports, strict=False)}
        past = name if kind == "add" or place == 1 else past
        names.append(name)
    return set_data(Document(nodes, frozenset(wires), empty().data, empty().training), {"source": "circle"})
