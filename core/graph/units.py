"""Groups in an arrangement: the inside of each is drawn by itself, and then stands among the others as one card."""
from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from core.graph.document import Document, Edge
from core.graph.drawing import AHEAD, GRID, Part, Size, Way, arcs_of, in_layers
from core.graph.layered import layered
from core.graph.layout import Rect, around
from core.graph.piece import piece

# The room that a frame takes around the cards of its members, with its title above them.
SIDE, TITLE = 16.0, 28.0


@dataclass(frozen=True, slots=True)
class Unit:
    """A group from its middle on: its size, its members' cards, and the pieces of ways that are inside it."""

    size: Size
    inner: Part
    out: dict[str, Way]
    into: dict[Edge, Way]


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
        return _framed(part, part.box().x + part.box().w / 2, {}, {}, True)
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
    cards, ways, shifts = dict(whole.cards), dict(whole.ways), dict[str, tuple[float, float]]()
    for head, found in units.items():
        card = cards.pop(head)
        shifts[head] = card.x + card.w / 2, card.y + card.h / 2
        placed = found.inner.moved(*shifts[head])
        cards |= placed.cards
        ways |= placed.ways
    for edge in wires:
        source, target = within.get(edge.source, edge.source), within.get(edge.target, edge.target)
        if source == target or (source == edge.source and target == edge.target
                                and source not in units and target not in units):
            continue
        out = units[source].out.get(edge.source, ()) if source in units else ()
        into = units[target].into.get(edge, ()) if target in units else ()
        between = whole.ways.get(Edge(source, target, edge.port), ())
        way = (*_shifted(out, shifts.get(source)), *between, *_shifted(into, shifts.get(target)))
        ways.pop(Edge(source, target, edge.port), None)
        if way:
            ways[edge] = way
    return Part(cards, ways)
