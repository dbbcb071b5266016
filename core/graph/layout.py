"""Where cards stand: pure functions over rectangles. Lengths are canvas units; y grows downwards."""
from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal, NamedTuple

from core.graph.document import Point

Edge = Literal["left", "right", "top", "bottom", "centre", "middle"]
MANY = 40


class Rect(NamedTuple):
    """A card: its top left corner and its size."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    def moved(self, dx: float, dy: float) -> Rect:
        """The same card elsewhere."""
        return Rect(self.x + dx, self.y + dy, self.w, self.h)

    def meets(self, other: Rect, gap: float = 0.0) -> bool:
        """True if less than `gap` is between them."""
        return (self.x < other.right + gap and other.x < self.right + gap
                and self.y < other.bottom + gap and other.y < self.bottom + gap)


def around(rects: Collection[Rect]) -> Rect:
    """The smallest rectangle around some; at least one must be given."""
    left, top = min(r.x for r in rects), min(r.y for r in rects)
    return Rect(left, top, max(r.right for r in rects) - left, max(r.bottom for r in rects) - top)


def turned(rect: Rect) -> Rect:
    """The same card with x and y exchanged."""
    return Rect(rect.y, rect.x, rect.h, rect.w)


def align(rects: Mapping[str, Rect], edge: Edge) -> dict[str, Point]:
    """Put cards on one line: "centre" stands them above each other, "middle" beside each other."""
    if not rects:
        return {}
    box = around(rects.values())
    match edge:
        case "left":
            return {k: (box.x, r.y) for k, r in rects.items()}
        case "right":
            return {k: (box.right - r.w, r.y) for k, r in rects.items()}
        case "centre":
            return {k: (box.x + (box.w - r.w) / 2, r.y) for k, r in rects.items()}
        case "top":
            return {k: (r.x, box.y) for k, r in rects.items()}
        case "bottom":
            return {k: (r.x, box.bottom - r.h) for k, r in rects.items()}
        case "middle":
            return {k: (r.x, box.y + (box.h - r.h) / 2) for k, r in rects.items()}


def distribute(rects: Mapping[str, Rect], *, down: bool = False) -> dict[str, Point]:
    """Leave the same room between neighbours; the first and the last stay where they are.

    Too many for the room between those two are spread behind the first, without overlap.
    """
    along = {k: turned(r) if down else r for k, r in rects.items()}
    row = sorted(along, key=lambda k: (along[k].x + along[k].w / 2, k))
    if len(row) < 3:
        return {k: (r.x, r.y) for k, r in rects.items()}
    first, last = along[row[0]], along[row[-1]]
    gap = max(0.0, (last.right - first.x - sum(r.w for r in along.values())) / (len(row) - 1))
    places, at = dict[str, Point](), first.x
    for name in row:
        places[name] = (rects[name].x, at) if down else (at, rects[name].y)
        at += along[name].w + gap
    return places


def shift_clear(cards: Sequence[Rect], taken: Collection[Rect], gap: float, step: float) -> Point:
    """The shortest way down, right, up or left, in whole steps, after which no card is nearer than `gap` to a taken
    one."""
    if not cards:
        return 0.0, 0.0
    if len(cards) > MANY:
        cards = [around(cards)]
    ways = ((0.0, 1.0), (1.0, 0.0), (0.0, -1.0), (-1.0, 0.0))
    far = [_run(cards, taken, way, gap, step) for way in ways]
    best = min(range(len(ways)), key=far.__getitem__)
    return ways[best][0] * far[best], ways[best][1] * far[best]


def _run(cards: Sequence[Rect], taken: Collection[Rect], way: Point, gap: float, step: float) -> float:
    """How far cards have to go in one direction."""
    turn = turned if way[0] else _same
    back = way[0] < 0 or way[1] < 0
    own = [_flipped(turn(r)) if back else turn(r) for r in cards]
    others = [_flipped(turn(r)) if back else turn(r) for r in taken]
    box = around(own)
    others = [r for r in others if r.x < box.right + gap and box.x < r.right + gap]
    gone = 0.0
    while True:
        push = max((other.bottom + gap - card.y - gone for card in own for other in others
                    if card.moved(0.0, gone).meets(other, gap)), default=0.0)
        if push <= 0:
            return gone
        gone = -(-(gone + push) // step) * step


def _flipped(rect: Rect) -> Rect:
    return Rect(rect.x, -rect.bottom, rect.w, rect.h)


def _same(rect: Rect) -> Rect:
    return rect
