"""Groups in an arrangement: the inside of each is drawn by itself, and then stands among the others as one card."""
from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from core.graph.document import Document, Edge
from core.graph.drawing import GRID, Part, Size, Way, arcs_of, in_layers, shifted
from core.graph.layered import layered
from core.graph.layout import around
from core.graph.piece import piece

# The room that a frame takes around the cards of its members, with its title above them.
SIDE, TITLE = 16.0, 28.0


@dataclass(frozen=True, slots=True)
class Unit:
    """A group from its middle on: its size, its members' cards, and the pieces of ways that are inside it."""

    size: Size
    part: Part
    out: dict[str, Way]
    into: dict[Edge, Way]

    def moved(self, dx: float, dy: float) -> Unit:
        """The same elsewhere."""
        return Unit(self.size, self.part.moved(dx, dy), {k: shifted(way, dx, dy) for k, way in self.out.items()},
                    {k: shifted(way, dx, dy) for k, way in self.into.items()})


def heads(doc: Document, names: Sequence[str], wires: Iterable[Edge]) -> dict[str, str]:
    """For members of groups the name of the first member that is arranged, which stands for all of them. Groups that
    wires leave and come back to stay loose: nothing can be left and right of them at once."""
    there, found = set(names), dict[str, str]()
    edges = list(wires)
    for group in sorted(doc.groups.values(), key=lambda group: group.id):
        members = sorted(group.members & there)
        if 1 < len(members) < len(there):
            more = found | dict.fromkeys(members, members[0])
            if _free_of_loops(edges, more):
                found = more
    return found


def unit(doc: Document, names: Sequence[str], sizes: Mapping[str, Size], wires: Iterable[Edge], down: bool) -> Unit:
    """Draw the members of a group. `wires` are those that have an end among them."""
    members, edges = set(names), sorted(wires)
    inside = [e for e in edges if e.source in members and e.target in members]
    if down:
        part = in_layers(doc, list(names), sizes, inside, True)
        cards = around(part.cards.values())
        return _framed(part, cards.x + cards.w / 2, {}, {}, True)
    index = {name: v for v, name in enumerate(names)}
    layer = layered(len(names), arcs_of(doc, index, inside)).layer
    leaving = sorted({e.source for e in edges if e.source in members and e.target not in members})
    drawn = piece(doc, {name: layer[v] for name, v in index.items()}, sizes,
                  [e for e in edges if e.target in members], leaving)
    doors = sorted([*drawn.doors[0].values(), *drawn.doors[1].values()])
    part = Part(drawn.cards, drawn.inside)
    middle = doors[len(doors) // 2] if doors else part.box().y + part.box().h / 2
    return _framed(part, middle, drawn.out, drawn.into, False)


def unfolded(whole: Part, units: Mapping[str, Unit], within: Mapping[str, str], wires: Iterable[Edge]) -> Part:
    """The drawing with the members of units in place of these. `wires` are those between all nodes."""
    cards = {name: card for name, card in whole.cards.items() if name not in units}
    ways = {edge: way for edge, way in whole.ways.items() if units.keys().isdisjoint((edge.source, edge.target))}
    inner = dict[str, Unit]()
    for head, found in units.items():
        card = whole.cards[head]
        inner[head] = found.moved(card.x + card.w / 2, card.y + card.h / 2)
        cards |= inner[head].part.cards
        ways |= inner[head].part.ways
    for edge in wires:
        source, target = within.get(edge.source, edge.source), within.get(edge.target, edge.target)
        if source == target or units.keys().isdisjoint((source, target)):
            continue
        out = inner[source].out.get(edge.source, ()) if source in inner else ()
        into = inner[target].into.get(edge, ()) if target in inner else ()
        if way := (*out, *whole.ways.get(Edge(source, target, edge.port), ()), *into):
            ways[edge] = way
    return Part(cards, ways)


def _framed(part: Part, middle: float, out: Mapping[str, Way], into: Mapping[Edge, Way], down: bool) -> Unit:
    """A unit with its middle at (0, 0), as far on both sides of it that wires go straight on."""
    box = part.box()
    if down:
        # Wires that lead around the cards turn beside the frame.
        size = 2 * _odd(around(part.cards.values()).w / 2 + SIDE), box.h + TITLE + SIDE
        dx, dy = -middle, TITLE - size[1] / 2 - box.y
    else:
        size = box.w + 2 * SIDE, 2 * _odd(max(middle - box.y + TITLE, box.bottom - middle + SIDE))
        dx, dy = SIDE - size[0] / 2 - box.x, -middle
    return Unit(size, part, dict(out), dict(into)).moved(dx, dy)


def _odd(half: float) -> float:
    """At least `half`, and an odd number of half steps of the grid."""
    return math.ceil(half / GRID - 0.5) * GRID + GRID / 2


def _free_of_loops(edges: Iterable[Edge], within: Mapping[str, str]) -> bool:
    sorter = TopologicalSorter[str]()
    for edge in edges:
        source, target = within.get(edge.source, edge.source), within.get(edge.target, edge.target)
        if source != target:
            sorter.add(target, source)
    try:
        sorter.prepare()
    except CycleError:
        return False
    return True
