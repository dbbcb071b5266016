"""Drawing a piece of a network: some of its layers, with the wires that come in on the left and leave on the right."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.graph.document import Document, Edge
from core.graph.drawing import Plan, Size, Way, arcs_of, shifted
from core.graph.layered import Arc, layered
from core.graph.layout import Rect, around

POINT = (0.0, 0.0)
# From where to where before the first layer a wire to several targets is level before it parts.
DOOR = 40.0, 24.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Cards from x = 0 on. `inside` are the ways of its own wires; `out` lead from sources to the right edge, `into`
    from the left edge to targets, `through` from edge to edge. A way is empty where the wire leaves a card of the last
    layer, or comes to one of the first alone. `doors` are the heights at the left edge and at the right one."""

    cards: dict[str, Rect]
    inside: dict[Edge, Way]
    out: dict[str, Way]
    into: dict[Edge, Way]
    through: dict[str, Way]
    doors: tuple[dict[str, float], dict[str, float]]

    def moved(self, dx: float, dy: float) -> Piece:
        """The same elsewhere."""
        before, after = ({k: y + dy for k, y in door.items()} for door in self.doors)
        return Piece({k: card.moved(dx, dy) for k, card in self.cards.items()},
                     {k: shifted(way, dx, dy) for k, way in self.inside.items()},
                     {k: shifted(way, dx, dy) for k, way in self.out.items()},
                     {k: shifted(way, dx, dy) for k, way in self.into.items()},
                     {k: shifted(way, dx, dy) for k, way in self.through.items()}, (before, after))

    def box(self) -> Rect:
        """The rectangle around cards and ways."""
        ways = [*self.inside.values(), *self.out.values(), *self.into.values(), *self.through.values()]
        return around([*self.cards.values(), *(Rect(x, y, 0.0, 0.0) for way in ways for x, y in way)])


def piece(doc: Document, depth: Mapping[str, int], sizes: Mapping[str, Size], edges: Sequence[Edge],
          leaving: Sequence[str]) -> Piece:
    """Draw the nodes of `depth`, which says in which layer each stands, from 0 on. Each of `edges` ends at one of them
    or passes; the wires of `leaving` go on to the right."""
    names = list(depth)
    arriving = sorted({e.source for e in edges} - depth.keys())
    shift, last = int(bool(arriving)), max(depth.values())
    index = {name: v for v, name in enumerate((*names, *arriving))}
    exits = {name: len(index) + v for v, name in enumerate(leaving)}
    layers = [depth[k] + shift for k in names] + [0] * len(arriving) + [last + shift + 1] * len(exits)
    own = [e for e in edges if e.target in depth]
    arcs: dict[Arc, float] = arcs_of(doc, index, own) | {(index[k], v): 0.0 for k, v in exits.items()}
    points = [POINT] * (len(arriving) + len(exits))
    plan = Plan.of(layered(len(layers), arcs, layers), [sizes[k] for k in names] + points, down=False)
    left, right = plan.starts[shift], plan.ends[last + shift]
    inside, into = dict[Edge, Way](), dict[Edge, Way]()
    for edge in own:
        v, w = index[edge.source], index[edge.target]
        if edge.source in depth:
            if layers[v] < layers[w] and (way := plan.led(v, w)) is not None:
                inside[edge] = way
        elif len(plan.found.ahead[v]) == 1 and layers[w] == shift:
            into[edge] = ()
        else:
            into[edge] = (*_door(left, plan.middles[v]), *plan.way(v, w))
    out, through = dict[str, Way](), dict[str, Way]()
    for name, v in exits.items():
        way = plan.way(index[name], v)
        if name in depth:
            out[name] = (*way, (right, plan.middles[v])) if way else way
        else:
            through[name] = (*_door(left, plan.middles[index[name]]), *way, (right, plan.middles[v]))
    doors = {k: plan.middles[index[k]] for k in arriving}, {k: plan.middles[v] for k, v in exits.items()}
    return Piece(dict(zip(names, plan.cards, strict=False)), inside, out, into, through, doors).moved(-left, 0.0)


def _door(left: float, y: float) -> Way:
    return tuple((left - off, y) for off in DOOR)
