"""What is said of the samples that were judged."""
from __future__ import annotations

from gui.plots import numbers

PARTS = {"train": "Training", "validation": "Validation", "test": "Test"}


def judged(part: str, count: int, total: int) -> str:
    """How many samples of a part were judged."""
    size = numbers.count(count) + (f" of {total:,}" if count < total else "")
    return f"{PARTS[part]}, {size} samples"
