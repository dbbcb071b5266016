"""What a session depends on: documents with the same essence share their weights and their training."""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from core.graph.active import active
from core.graph.document import Document, Node
from core.graph.settings import LIVE
from core.params import Kind

PARTS = ("nodes", "edges", "data", "training")


def essence(document: Document, live: Iterable[str]) -> dict[str, str]:
    """Every value that matters by its place in the file, such as nodes.hidden.params.units.

    `live` names the nodes that lead to an output; the others do not matter, nor do titles, positions and the settings
    that may change while a run goes on.
    """
    document, chosen = active(document), frozenset(live)
    tree: dict[str, Any] = {f"nodes.{name}": {"kind": node.kind, "frozen": node.frozen, "params": node.params}
                            for name, node in document.nodes.items() if name in chosen}
    tree |= {f"edges.{edge.target}.{edge.port}": edge.source for edge in document.edges if edge.target in chosen}
    tree["data"] = document.data
    tree["training"] = {name: value for name, value in document.training.items() if name not in LIVE}
    return {place: repr(value) for place, value in _leaves("", tree)}


def _leaves(place: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Kind):
        value = {"kind": value.kind, "params": value.params}
    if isinstance(value, tuple) and value and all(isinstance(item, Kind) for item in value):
        value = {str(number): item for number, item in enumerate(value)}
    if not isinstance(value, Mapping):
        yield place.removeprefix("."), value
        return
    for name, inner in value.items():
        yield from _leaves(f"{place}.{name}", inner)


def difference(there: Mapping[str, str], here: Mapping[str, str]) -> str:
    """The first place in which two essences differ, in words; nothing if they are equal."""
    for place in sorted({*there, *here}, key=lambda place: (PARTS.index(place.partition(".")[0]), place)):
        old, new = there.get(place, "not there")[:60], here.get(place, "not there")[:60]
        if there.get(place) != here.get(place):
            return f"{place} is {old} in it, and {new} here"
    return ""


def alike(old: Document, old_live: Iterable[str], new: Document, new_live: Iterable[str]) -> bool:
    """True if both have the same essence. Costs no more than a look at what an edit left as it was."""
    if not _same_settings(old, new):
        return False
    old, new = active(old), active(new)
    chosen = frozenset(new_live)
    if chosen != frozenset(old_live) or not all(_same_node(old.nodes[name], new.nodes[name]) for name in chosen):
        return False
    return old.edges is new.edges or all(edge.target not in chosen for edge in old.edges ^ new.edges)


def _same_settings(old: Document, new: Document) -> bool:
    if old.data is not new.data and old.data != new.data:
        return False
    names = {*old.training, *new.training}.difference(LIVE) if old.training is not new.training else ()
    return all(name in old.training and old.training.get(name) == new.training.get(name) for name in names)


def _same_node(old: Node, new: Node) -> bool:
    return old is new or (old.kind == new.kind and old.frozen == new.frozen and (
        old.params is new.params or old.params == new.params))
