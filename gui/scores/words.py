"""What is said of the samples that were judged."""
from __future__ import annotations

from gui.plots import numbers

PARTS = {"train": "Training", "validation": "Validation", "test": "Test"}


def judged(part: str, count: int, total: int) -> str:
    """How many samples of a part were judged."""
    return f"{PARTS[part]}, {sized(count, total)}"


def sized(count: int, total: int) -> str:
    """The same without the part."""
    return numbers.count(count) + (f" of {total:,}" if count < total else "") + " samples"
