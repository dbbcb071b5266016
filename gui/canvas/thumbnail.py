"""Which cards have room for a thumbnail, and where it stands on them. Pure functions.

Lengths are canvas units from the top left corner of the node; `head` is the height of its card without a thumbnail.
"""
from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping

from PySide6.QtCore import QRectF

from core.graph.check import Report
from core.graph.document import Document, Node
from core.graph.neurons import units_of
from core.layers import LAYERS
from gui.canvas import geometry

# What a thumbnail adds to a card, and its size in there.
BELOW = 72.0
HEIGHT = 60.0
LEFT = 16.0
TOP = 0.0
# Between the thumbnail of a card and the next card below.
CLEAR = 8.0
# Smaller than that nothing could be made out.
LEAST_ZOOM = 0.25


def area_of(head: float) -> QRectF:
    """Where the thumbnail stands."""
    return QRectF(LEFT, head + TOP, geometry.WIDTH - 2 * LEFT, HEIGHT)


def wants(node: Node, report: Report) -> bool:
    """True if the node computes something that a card could show. Neurons show it themselves."""
    return node.kind in LAYERS and node.id in report.shapes and not (node.neurons and units_of(report, node.id))


def with_room(document: Document, report: Report, cards: Mapping[str, QRectF]) -> frozenset[str]:
    """The nodes whose cards can grow by a thumbnail without coming upon another one. `cards` are those without."""
    places: dict[int, list[tuple[float, str]]] = {}
    for name, card in cards.items():
        for column in _columns(card):
            places.setdefault(column, []).append((card.top(), name))
    for below in places.values():
        below.sort()
    return frozenset(name for name, node in document.nodes.items()
                     if name in cards and wants(node, report) and _free(name, cards, places))


def _free(name: str, cards: Mapping[str, QRectF], places: Mapping[int, list[tuple[float, str]]]) -> bool:
    card = cards[name]
    grown = card.adjusted(0, 0, 0, BELOW + CLEAR)
    for column in _columns(card):
        below = places[column]
        for top, other in below[bisect_left(below, (card.top(), "")):]:
            if top >= grown.bottom():
                break
            # Cards that already lie upon each other gain nothing by staying small.
            if other != name and top >= card.bottom() and cards[other].intersects(grown):
                return False
    return True


def _columns(card: QRectF) -> range:
    return range(int(card.left() // geometry.WIDTH), int(card.right() // geometry.WIDTH) + 1)
