"""What the weights panel says."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Quantity:
    """What is shown of every weight, as it is chosen and as it is named in a caption and a table."""

    id: str
    title: str
    caption: str
    column: str


QUANTITIES: Sequence[Quantity] = (
    Quantity("now", "Now", "", "weight"),
    Quantity("change", "Change", "change since step {since:,}", "change"),
    Quantity("step", "Per step", "change per step", "share"),
    Quantity("gradient", "Gradient", "gradient of the loss", "gradient"),
)
BY_ID = {quantity.id: quantity for quantity in QUANTITIES}
WHAT = ("What is shown of every weight: its value, its change since the start, the share of it that one step changes "
        "(about a thousandth is healthy), or the gradient of the loss")


def titled(name: str, quantity: str, since: int) -> str:
    """The beginning of a caption."""
    said = BY_ID[quantity].caption.format(since=since)
    return f"{name}, {said}" if said else name
