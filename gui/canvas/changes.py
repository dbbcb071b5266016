"""What the canvas does to the document, each as one named change."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from core.graph import edits, rewire, several
from core.graph.check import Report
from core.graph.document import Document, Edge, Node
from core.graph.naming import title_of, titles_of
from core.layers import LAYERS
from gui.canvas import geometry
from gui.canvas.column import card_of


@dataclass(frozen=True, slots=True)
class Change:
    """An edit with the name that undo shows."""

    label: str
    apply: Callable[[Document], Document]


def first_port(kind: str) -> str | None:
    """The input that a new node of `kind` is wired at, or None if it has none."""
    inputs = LAYERS[kind].inputs
    return inputs[0].name if inputs else None


def inputs_of(node: Node) -> int:
    """How many input ports the card of `node` shows."""
    return len(LAYERS[node.kind].inputs) if node.kind in LAYERS else 1


def add(name: str, kind: str, position: tuple[float, float], after: str | None = None) -> Change:
    """Add a node; wire it behind `after` if that is allowed."""

    def apply(document: Document) -> Document:
        grown = edits.add_node(document, Node(name, kind, position=position))
        port = first_port(kind)
        if after is None or port is None or edits.refusal(grown, wire := Edge(after, name, port)):
            return grown
        return edits.connect(grown, wire)

    return Change(f"Add {LAYERS[kind].info.title}", apply)


def place_after(document: Document, kind: str, after: str | None, report: Report, *,
                thumbnails: bool = False) -> tuple[float, float]:
    """Where a new node of `kind` stands free: to the right of `after`, or else to the right of everything."""
    inputs = len(LAYERS[kind].inputs)
    cards = {k: card_of(node, document, report, thumbnails=thumbnails) for k, node in document.nodes.items()}
    if not cards:
        return 0.0, 0.0
    beside = after if after in cards else max(cards, key=lambda name: cards[name].right())
    # Neurons hang below a card; the new one stands beside the card.
    head = geometry.card_height(inputs_of(document.nodes[beside]))
    top = cards[beside].top() + (head - geometry.card_height(inputs)) / 2
    return geometry.free_place(cards[beside].right() + geometry.GAP, top, inputs, cards.values())


def connect(document: Document, edge: Edge) -> Change:
    """Draw a wire."""
    label = f"Connect {title_of(document, edge.source)} to {title_of(document, edge.target)}"
    return Change(label, lambda now: edits.connect(now, edge))


def disconnect(document: Document, edge: Edge) -> Change:
    """Take away one wire."""
    label = f"Disconnect {title_of(document, edge.source)} from {title_of(document, edge.target)}"
    return Change(label, lambda now: edits.disconnect(now, [edge]))


def delete(document: Document, nodes: Iterable[str], edges: Iterable[Edge]) -> Change:
    """Remove nodes, the wires at them, and other wires."""
    names, wires = sorted(nodes), sorted(edges)
    if not names and len(wires) == 1:
        return disconnect(document, wires[0])

    def apply(now: Document) -> Document:
        return edits.remove_nodes(edits.disconnect(now, wires), names)

    label = titles_of(document, names) or f"{len(wires)} wires"
    return Change(f"Delete {label}", apply)


def move(document: Document, where: Mapping[str, tuple[float, float]]) -> Change:
    """Put nodes at other places."""
    places = dict(where)
    return Change(f"Move {titles_of(document, sorted(places))}", lambda now: rewire.move(now, places))


def freeze(document: Document, names: Iterable[str], frozen: bool) -> Change:
    """Keep the weights of nodes while the others train, or let them learn again."""
    chosen = sorted(names)
    return Change(f"{'Freeze' if frozen else 'Unfreeze'} {titles_of(document, chosen)}",
                  lambda now: several.freeze(now, chosen, frozen))


def bypass(document: Document, names: Iterable[str], bypassed: bool) -> Change:
    """Let nodes hand on their input as it is, or compute again."""
    chosen = sorted(names)
    return Change(f"{'Bypass' if bypassed else 'Stop bypassing'} {titles_of(document, chosen)}",
                  lambda now: several.bypass(now, chosen, bypassed))
