"""Places for a network whose cards have grown: in columns from left to right, where they overlap otherwise."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice, pairwise

from core.graph import edits
from core.graph.document import Document, Point
from core.graph.neurons import weighted
from core.graph.order import order

Size = tuple[float, float]
GAP, WIDE, NARROW, ROW = 56.0, 80.0, 32.0, 32.0


def show_neurons(doc: Document, names: Iterable[str], on: bool, sizes: Mapping[str, Size]) -> Document:
    """Draw nodes as neurons, or as cards. If cards of these `sizes` (width, height), those after the change, overlap
    then or a network of neurons runs backwards, all nodes stand in columns."""
    for name in names:
        doc = edits.show_neurons(doc, name, on)
    if _crowded(doc, sizes) or (on and _backwards(doc, sizes)):
        doc = edits.move(doc, in_columns(doc, sizes))
    return doc


def in_columns(doc: Document, sizes: Mapping[str, Size]) -> dict[str, Point]:
    """Every node right of all that feed it, as far left as that allows, from where the network begins now on.

    Weights get more room than wires that join neurons one to one. What is in a loop stays where it is.
    """
    names = order(doc)
    if not names:
        return {}
    depth: dict[str, int] = {}
    for name in names:
        depth[name] = 1 + max((depth.get(source, -1) for source in doc.sources(name).values()), default=-1)
    columns: list[list[str]] = [[] for _ in range(1 + max(depth.values()))]
    for name in sorted(names, key=lambda name: (doc.nodes[name].position[1], name)):
        columns[depth[name]].append(name)
    left = min(doc.nodes[name].position[0] for name in names)
    top = min(doc.nodes[name].position[1] for name in names)
    places: dict[str, Point] = {}
    for column in columns:
        y = top
        for name in column:
            places[name] = (left, y)
            y += sizes[name][1] + ROW
        left += max(sizes[name][0] for name in column) + _gap(doc, columns, column)
    return places


def _gap(doc: Document, columns: list[list[str]], column: list[str]) -> float:
    """The room behind a column."""
    behind = next((after for before, after in pairwise(columns) if before is column), [])
    if not all(doc.nodes[name].neurons for name in (*column, *behind)):
        return GAP
    return WIDE if any(weighted(doc.nodes[name]) for name in behind) else NARROW


def _crowded(doc: Document, sizes: Mapping[str, Size]) -> bool:
    """True if any node covers part of another. Nodes are looked at from left to right, so that few pairs are."""
    names = sorted(sizes, key=lambda name: doc.nodes[name].position[0])
    for place, name in enumerate(names):
        (x, y), (width, height) = doc.nodes[name].position, sizes[name]
        for other in islice(names, place + 1, None):
            left, top = doc.nodes[other].position
            if left >= x + width:
                break
            if top < y + height and y < top + sizes[other][1]:
                return True
    return False


def _backwards(doc: Document, sizes: Mapping[str, Size]) -> bool:
    """True if there is a wire between neurons whose target does not stand right of its source."""
    return any(doc.nodes[e.target].position[0] <= doc.nodes[e.source].position[0] + sizes[e.source][0]
               for e in doc.edges if doc.nodes[e.source].neurons and doc.nodes[e.target].neurons)
