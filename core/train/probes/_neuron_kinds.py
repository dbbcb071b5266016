"""Which layers tell what goes on inside them."""
from __future__ import annotations

from core.train.probes._neuron_inside import Inside
from core.train.probes._neuron_place import Place
from core.train.probes._neuron_recurrent import FORMULAS, recurrent, walked


def inside(place: Place, step: int) -> Inside | None:
    """What goes on inside a layer, at `step` of its sequence; None if it is a weighted sum, or nothing is known."""
    return recurrent(place, step) if place.kind in FORMULAS else None


def steps_of(place: Place) -> tuple[int, int]:
    """How many steps a layer walks through a sequence, and the one that its output is read at; 0 for all others."""
    return walked(place) if place.kind in FORMULAS else (0, 0)
