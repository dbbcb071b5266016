"""Gates of recurrent layers that are open or closed for good."""
from __future__ import annotations

import math
from collections.abc import Mapping

from core.engine.plan import Unit
from core.layers import Array
from core.layers._recurrent import Recurrent

# The slope of a sigmoid where it is steepest.
STEEPEST = 0.25
WAYS = ("", " back")


def has_gates(unit: Unit) -> bool:
    """True for layers that show gates on a tape."""
    return isinstance(unit.layer, Recurrent) and unit.layer.gates > 1


def flat_gates(shown: Mapping[str, Array], flat: float) -> float:
    """The share of gates, of whatever unit, step and sample, at which the slope is less than `flat` of the steepest.
    Steps that are padding do not count; NaN where all are."""
    held = total = 0
    for way in WAYS:
        if (gates := shown.get(f"gates{way}")) is not None:
            padding = shown.get(f"padding{way}")
            seen = gates if padding is None else gates[:, ~padding[..., 0]]
            held += int((seen * (1.0 - seen) < flat * STEEPEST).sum())
            total += seen.size
    return held / total if total else math.nan
