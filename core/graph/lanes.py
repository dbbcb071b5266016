"""Ways of wires that lead around the cards of an arrangement: pure functions."""
from __future__ import annotations

from core.graph.document import Point
from core.graph.layout import Rect

GRID = 8.0
# The room between layers below each other, how wide a wire turns there, and from where on that is a detour.
BELOW, TURN, FAR = 56.0, 24.0, 72.0
MARGIN = 6.0
STEPS = 32


def way(lane: list[tuple[float, float, float]], down: bool) -> tuple[Point, ...]:
    """The points of a way through layers (from, to, middle): two for every straight piece of it."""
    points: list[Point] = []
    for start, end, middle in lane:
        if len(points) > 1 and points[-1][1] == middle:
            points[-1] = end, middle
        else:
            points += [(start, middle), (end, middle)]
    return tuple((y, x) if down else (x, y) for x, y in points)


def wrapped(way: tuple[Point, ...], source: Rect, target: Rect) -> tuple[Point, ...]:
    """A way down from the right edge of `source` to the left edge of `target`, through the room between layers where
    it has to come to the other side."""
    first, last, above, below = way[0][0], way[-1][0], target.y - BELOW / 4, source.bottom + BELOW / 4
    out: tuple[Point, ...] = ()
    back: tuple[Point, ...] = ()
    if first < source.right:
        out = _level(source.right + GRID, max(source.x, first + TURN), below)
    elif first > source.right + FAR:
        out = (source.right + TURN, below), (first - TURN, below)
    if last > target.x:
        back = _level(last - TURN, target.x - GRID, above)
    return (*out, *way, *back)


def across(source: Rect, target: Rect) -> tuple[Point, ...]:
    """A way to the right, through the room below `source`, instead of behind the cards beside it."""
    return (source.right + TURN, source.bottom + BELOW / 4), (target.x - TURN, source.bottom + BELOW / 4)


def _level(right: float, left: float, y: float) -> tuple[Point, ...]:
    return ((right, y), (left, y)) if left < right else ((right, y),)


def blocked(source: Rect, target: Rect, cards: list[Rect]) -> bool:
    """True if the plain curve of a wire would run behind one of the cards. One that goes back runs between layers."""
    x, y, to_x, to_y = source.right, source.y + source.h / 2, target.x, target.y + target.h / 2
    half = (to_x - x) / 2
    if half < 0:
        return False
    for step in range(STEPS + 1):
        t = step / STEPS
        s = 1 - t
        px = s**3 * x + 3 * s * s * t * (x + half) + 3 * s * t * t * (to_x - half) + t**3 * to_x
        py = (s**3 + 3 * s * s * t) * y + (3 * s * t * t + t**3) * to_y
        if any(Rect(px, py, 0.0, 0.0).meets(card, MARGIN) for card in cards):
            return True
    return False
