"""What a thumbnail says in words."""
from __future__ import annotations

import numpy as np

from core.train.probes._thumbnail import Thumbnail, extent
from gui.plots import numbers


def subtitle(found: Thumbnail, place: int) -> str:
    """What is seen at a part of it: "neuron 3 of 8, −1.302 to 1.794"."""
    part = min(max(place, 0), len(found.values) - 1)
    number = found.numbers[part] + 1 if part < len(found.numbers) else part + 1
    if found.look == "bars":
        name = found.classes[part] if part < len(found.classes) else str(part)
        return f"{name}: {numbers.share(float(found.values[part]))}"
    if found.look == "strip":
        return f"neuron {number:,} of {found.total:,}: {numbers.measured(float(found.values[part]))}"
    if found.look == "picture":
        return f"{found.values.shape[1]} × {found.values.shape[0]} pixels, {range_of(found)}"
    if found.look == "points":
        return f"{len(found.values):,} generated, {range_of(found)}"
    noun = {"maps": "map", "attention": "head"}.get(found.look, "neuron")
    return f"{noun} {number:,} of {found.total:,}, {range_of(found, part)}"


def range_of(found: Thumbnail, part: int | None = None) -> str:
    """The least and the largest value, of all or of one part."""
    low, high = found.limits if part is None else extent(np.asarray(found.values[part]))
    return f"{numbers.measured(low)} to {numbers.measured(high)}"
