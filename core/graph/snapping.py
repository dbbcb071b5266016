"""Where a card that is dragged snaps to its neighbours: to their edges and middles, and to equal gaps."""
from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.graph.document import Point
from core.graph.layout import Rect, turned

SAME = 0.01
WIDEST = 400.0
_LINES: tuple[Callable[[Rect], float], ...] = (lambda r: r.x + r.w / 2, lambda r: r.x, lambda r: r.right)


@dataclass(frozen=True, slots=True)
class Guide:
    """A line to show from `start` to `end`: cards stand on it, or (`gap`) it measures the room between two."""

    start: Point
    end: Point
    gap: bool = False


class Neighbours:
    """Cards that stay where they are. Looked up once when a drag begins; each step of it costs little."""

    def __init__(self, cards: Iterable[Rect]):
        found = tuple(cards)
        self._across = _Axis(found)
        self._down = _Axis([turned(card) for card in found])

    def pull(self, card: Rect, reach: float) -> tuple[float | None, float | None]:
        """How far `card` is pulled to the right and down; None where nothing within `reach` pulls."""
        return self._across.pull(card, reach), self._down.pull(turned(card), reach)

    def guides(self, card: Rect) -> list[Guide]:
        """What `card` has in common with its neighbours, now that it is where it is."""
        down = [Guide(_swapped(g.start), _swapped(g.end), g.gap) for g in self._down.guides(turned(card))]
        return [*self._across.guides(card), *down]


class _Axis:
    """Neighbours seen along x."""

    def __init__(self, cards: Sequence[Rect]):
        self._cards = cards
        self._lines = [sorted({line(card) for card in cards}) for line in _LINES]

    def pull(self, card: Rect, reach: float) -> float | None:
        wanted = [_nearest(known, line(card)) - line(card)
                  for line, known in zip(_LINES, self._lines, strict=True) if known]
        wanted += [x - card.x for x in self._even(card)]
        best = min(wanted, key=abs, default=reach + 1)
        return best if abs(best) <= reach else None

    def guides(self, card: Rect) -> list[Guide]:
        for line in _LINES:
            x = line(card)
            on = [other for other in self._cards if abs(line(other) - x) < SAME]
            if on:
                # The middle says enough where the edges agree as well.
                return [_line(x, card, on), *self._gaps(card)]
        return self._gaps(card)

    def _even(self, card: Rect) -> list[float]:
        """Places where the gaps beside the card are equal, or equal to another one in its row."""
        row = self._row(card)
        left, right = _beside(card, row)
        found = [b.x - a.right for a, b in pairwise(row) if 0 < b.x - a.right <= WIDEST]
        places = [left.right + gap for gap in found] if left else []
        places += [right.x - gap - card.w for gap in found] if right else []
        if left and right and right.x - left.right >= card.w:
            places.append((left.right + right.x - card.w) / 2)
        return places

    def _gaps(self, card: Rect) -> list[Guide]:
        row = self._row(card)
        left, right = _beside(card, row)
        before = (left, card) if left and card.x - left.right > SAME else None
        after = (card, right) if right and right.x - card.right > SAME else None
        if before and after and _same(_gap(before), _gap(after)):
            return [_measure(before), _measure(after)]
        own = [pair for pair in (before, after) if pair is not None]
        others = [(a, b) for a, b in pairwise(row) if b.x - a.right > SAME and not (a is left and b is right)]
        for pair in own:
            equal = [other for other in others if _same(_gap(other), _gap(pair)) and _gap(pair) <= WIDEST]
            if equal:
                return [_measure(pair), _measure(min(equal, key=lambda other: abs(other[0].x - card.x)))]
        return []

    def _row(self, card: Rect) -> list[Rect]:
        return sorted(r for r in self._cards if r.y < card.bottom and card.y < r.bottom)


Pair = tuple[Rect, Rect]


def _beside(card: Rect, row: list[Rect]) -> tuple[Rect | None, Rect | None]:
    """The nearest cards to the left and to the right."""
    middle = card.x + card.w / 2
    left = [r for r in row if r.x + r.w / 2 < middle]
    right = [r for r in row if r.x + r.w / 2 > middle]
    return max(left, key=lambda r: r.right, default=None), min(right, key=lambda r: r.x, default=None)


def _gap(pair: Pair) -> float:
    return pair[1].x - pair[0].right


def _same(a: float, b: float) -> bool:
    return abs(a - b) < SAME


def _measure(pair: Pair) -> Guide:
    """A line across the gap, at the height that both cards share."""
    a, b = pair
    y = (max(a.y, b.y) + min(a.bottom, b.bottom)) / 2
    return Guide((a.right, y), (b.x, y), gap=True)


def _line(x: float, card: Rect, on: list[Rect]) -> Guide:
    """From the card to the nearest ones on the line, above and below."""
    above = max((r for r in on if r.y < card.y), key=lambda r: r.y, default=card)
    below = min((r for r in on if r.y >= card.y), key=lambda r: r.y, default=card)
    return Guide((x, min(above.y, card.y)), (x, max(below.bottom, card.bottom)))


def _nearest(known: list[float], value: float) -> float:
    at = bisect_left(known, value)
    return min(known[max(0, at - 1):at + 1], key=lambda line: abs(line - value))


def _swapped(point: Point) -> Point:
    return point[1], point[0]
