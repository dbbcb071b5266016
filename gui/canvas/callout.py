"""Where a callout stands beside a card, and its outline: pure functions, in pixels of the view."""
from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QPainterPath

Side = Literal["below", "above", "right", "left", "free"]
SIDES: tuple[Side, ...] = ("below", "above", "right", "left")
# By what part of its length it is moved along the card.
SHIFTS = (0.0, 0.35, -0.35)
TIP = 8.0
GAP = 6.0
MARGIN = 8.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A callout without its tip, the side of the card that it is on, and where its tip points. A free one has none."""

    box: QRectF
    side: Side
    tip: QPointF


def spot(card: QRectF, size: QSizeF, area: QRectF, others: Collection[QRectF], anchor: QPointF,
         taken: Collection[QRectF] = ()) -> Spot | None:
    """The best place for a callout of this size: beside the card, inside the area, and covering as little as can be
    of other cards. None if it would cover the card itself or what is `taken`, or leave the area, or if the card is
    out of it."""
    room = area.adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
    tried = [_at(side, card, size, room, anchor, shift) for shift in SHIFTS for side in SIDES]
    found = [made for made in tried if area.intersects(card) and room.contains(made.box)
             and not any(made.box.adjusted(-TIP, -TIP, TIP, TIP).intersects(other) for other in (card, *taken))]
    return min(found, key=lambda made: sum(_area(made.box.intersected(other)) for other in others), default=None)


def free_spot(size: QSizeF, area: QRectF, others: Collection[QRectF], taken: Collection[QRectF] = ()) -> Spot | None:
    """The best place for a callout that is about no card: at the upper or lower border of the area."""
    room = area.adjusted(2 * MARGIN, 2 * MARGIN, -2 * MARGIN, -2 * MARGIN)
    middle, right = room.center().x() - size.width() / 2, room.right() - size.width()
    corners = [QPointF(x, y) for y in (room.top(), room.bottom() - size.height()) for x in (middle, room.left(), right)]
    boxes = [box for box in (QRectF(corner, size) for corner in corners)
             if room.contains(box) and not any(box.intersects(other) for other in taken)]
    best = min(boxes, key=lambda box: sum(_area(box.intersected(other)) for other in others), default=None)
    return None if best is None else Spot(best, "free", best.center())


def outline(box: QRectF, side: Side, tip: QPointF, radius: float) -> QPainterPath:
    """A rounded box with a tip, unless it is free."""
    path, arrow = QPainterPath(), QPainterPath(tip)
    path.addRoundedRect(box, radius, radius)
    if side == "free":
        return path
    if side in ("below", "above"):
        base = box.top() + 1 if side == "below" else box.bottom() - 1
        arrow.lineTo(tip.x() + TIP, base)
        arrow.lineTo(tip.x() - TIP, base)
    else:
        base = box.left() + 1 if side == "right" else box.right() - 1
        arrow.lineTo(base, tip.y() + TIP)
        arrow.lineTo(base, tip.y() - TIP)
    arrow.closeSubpath()
    return path.united(arrow)


def _area(rect: QRectF) -> float:
    return rect.width() * rect.height()


def _at(side: Side, card: QRectF, size: QSizeF, room: QRectF, anchor: QPointF, shift: float) -> Spot:
    away, inset = TIP + GAP, 2 * TIP
    if side in ("below", "above"):
        left = _clamp(card.center().x() + (shift - 0.5) * size.width(), room.left(), room.right() - size.width())
        top = card.bottom() + away if side == "below" else card.top() - away - size.height()
        x = _clamp(_clamp(anchor.x(), left + inset, left + size.width() - inset), card.left(), card.right())
        return Spot(QRectF(QPointF(left, top), size), side, QPointF(x, card.bottom() + GAP if side == "below"
                                                                    else card.top() - GAP))
    top = _clamp(card.center().y() + (shift - 0.5) * size.height(), room.top(), room.bottom() - size.height())
    left = card.right() + away + GAP if side == "right" else card.left() - away - GAP - size.width()
    y = _clamp(_clamp(card.center().y(), top + inset, top + size.height() - inset), card.top(), card.bottom())
    return Spot(QRectF(QPointF(left, top), size), side, QPointF(left - TIP if side == "right"
                                                                else left + size.width() + TIP, y))


def _clamp(value: float, low: float, high: float) -> float:
    return max(low, min(value, high))
