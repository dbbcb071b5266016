"""Finding nodes by what they are called, what they are and how they are set."""
from __future__ import annotations

from core.graph.document import Document, Node
from core.graph.order import order
from core.layers import LAYERS
from core.params import Kind


def find(document: Document, text: str) -> tuple[str, ...]:
    """The ids of the nodes that `text` is found in, in the order of the graph; if it is found in none, of those that
    every word of it is found in. None for no words.

    Searched are id, title, kind, the words that the palette finds it by, and the parameters ("units 64", "same").
    """
    phrase = " ".join(text.casefold().split())
    if not phrase:
        return ()
    names = order(document)
    names += sorted(document.nodes.keys() - set(names))
    told = {name: _told(document.nodes[name]).casefold() for name in names}
    whole = tuple(name for name in names if phrase in told[name])
    return whole or tuple(name for name in names if all(word in told[name] for word in phrase.split()))


def _told(node: Node) -> str:
    """Everything about a node that can be searched for."""
    parts = [node.id, node.title or "", node.kind]
    if node.kind in LAYERS:
        layer = LAYERS[node.kind]
        info = layer.info
        parts += [info.title, info.category, *info.keywords]
        parts += [f"{p.title} {_value(node.params[name])}" for name, p in layer.params.items() if name in node.params]
    parts += [f"{name} {_value(value)}" for name, value in node.params.items()]
    return "\n".join(parts)


def _value(value: object) -> str:
    if isinstance(value, Kind):
        return value.kind
    if isinstance(value, tuple):
        return "×".join(str(part) for part in value)
    return str(value)
