"""Which layers tell what goes on inside them."""
from __future__ import annotations

from core.train.probes import _neuron_attention as attention
from core.train.probes import _neuron_lookup as lookup
from core.train.probes import _neuron_norm as norm
from core.train.probes import _neuron_recurrent as recurrent
from core.train.probes._neuron_inside import Inside
from core.train.probes._neuron_place import Place


def inside(place: Place, step: int) -> Inside | None:
    """What goes on inside a layer, at `step` of its sequence; None if it is a weighted sum, or nothing is known."""
    if place.kind in recurrent.FORMULAS:
        return recurrent.recurrent(place, step)
    if place.kind in norm.FORMULAS:
        return norm.normalised(place)
    if place.kind in attention.FORMULAS:
        return attention.attended(place)
    return lookup.looked_up(place) if place.kind in lookup.FORMULAS else None


def steps_of(place: Place) -> tuple[int, int]:
    """How many steps a layer walks through a sequence, and the one that its output is read at; 0 for all others."""
    return recurrent.walked(place) if place.kind in recurrent.FORMULAS else (0, 0)
