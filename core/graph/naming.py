"""What a person calls a node, and several of them."""
from __future__ import annotations

from collections.abc import Sequence

from core.graph.document import Document
from core.layers import LAYERS


def kind_title(kind: str) -> str:
    """The title of a kind of layer; the kind itself if this version does not know it."""
    return LAYERS[kind].info.title if kind in LAYERS else kind


def title_of(doc: Document, name: str) -> str:
    """A node's own title, else that of its kind; the name itself if there is no such node."""
    node = doc.nodes.get(name)
    return name if node is None else node.title or kind_title(node.kind)


def titles_of(doc: Document, names: Sequence[str]) -> str:
    """One node by its title, several by their number: "3 nodes"; empty for none."""
    if len(names) == 1:
        return title_of(doc, names[0])
    return f"{len(names)} nodes" if names else ""
