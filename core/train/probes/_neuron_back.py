"""The way behind a neuron: its activation, who reads it, and the gradients that come back."""
from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.engine.plan import Unit
from core.engine.steepness import steepness as slopes_of
from core.layers import LAYERS
from core.train.probes._neuron_place import Place
from core.train.probes._neuron_sum import MOST
from core.train.references import NeuronRef
from core.train.tracing import ACTIVATION, JOINT


@dataclass(frozen=True, slots=True)
class Share:
    """What one reader sends back: its weight for the neuron times the gradient of the loss by its own sum."""

    name: str
    weight: float
    slope: float
    neuron: NeuronRef | None = None

    @property
    def product(self) -> float:
        """Its share of the gradient."""
        return self.weight * self.slope


@dataclass(frozen=True, slots=True)
class Behind:
    """a = activation(z), and back: `slope_a` = dL/da = the sum of `shares`, of `rest` of `others` more readers, and of
    `through`, what comes by the nodes `by` that are no weighted sums ("the loss" for the loss itself);
    `steepness` = da/dz; `slope_z` = dL/dz.

    `activation` is empty if nothing follows at once; then a is z. It is `joint` if it looks at all neurons together or
    the loss has it inside: then there is no single da/dz. `target` is what the loss wants there, where dL/dz is simply
    a - target. What there is no gradient of is NaN.
    """

    activation: str
    a: float
    joint: bool
    slope_a: float
    steepness: float
    slope_z: float
    shares: tuple[Share, ...]
    others: int
    rest: float
    by: tuple[str, ...]
    through: float
    target: float | None = None


def behind(place: Place) -> Behind:
    """What becomes of a number of a node."""
    unit, tape, session = place.unit, place.tape, place.session
    readers = list(place.trace.readers(unit.id))
    follower = readers[0] if len(readers) == 1 else None
    activation, end = "", unit.id
    joint, a, steepness = False, place.y, 1.0
    if follower is not None and follower.layer.info.category == ACTIVATION and follower.shape == unit.shape:
        activation, end = follower.layer.info.title, follower.id
        a = float(tape.values[end][place.index])
        joint = follower.layer.info.kind in JOINT or end not in tape.slopes
        steepness = math.nan if joint else float(
            slopes_of(follower, session.network.weights[end], tape.values[unit.id])[place.index])
    elif follower is not None and follower.layer.role == "output":
        inside = next(goal.loss.activation for goal in session.network.goals if goal.output == follower.id)
        if inside and inside != place.kind:
            activation, joint, steepness = LAYERS[inside].info.title, True, math.nan
            a = float(tape.values[follower.id].reshape(tape.values[unit.id].shape)[place.index])
            end = ""
    slope_a = place.slope_of(end)
    shares, others, rest, known, by = _shares(place, end) if end else ((), 0, 0.0, 0.0, ())
    return Behind(activation, a, joint, slope_a, steepness, place.slope, shares, others, rest, by,
                  slope_a - known if by else 0.0, _target(place, a) if joint else None)


def unread(value: float, slope: float) -> Behind:
    """What is behind a state on the way, which no other node reads: its gradient comes from within its layer."""
    return Behind("", value, False, slope, 1.0, slope, (), 0, 0.0, (), 0.0)


def _shares(place: Place, node: str) -> tuple[tuple[Share, ...], int, float, float, tuple[str, ...]]:
    """The largest shares; how many more, and their sum; the sum of all; and the readers that are no weighted sums."""
    found: list[Share] = []
    by: list[str] = []
    for reader in place.trace.readers(node):
        if reader.layer.info.kind == "dense" and reader.id in place.tape.slopes:
            found += _of_dense(place, reader)
        else:
            by.append("the loss" if reader.layer.role == "output" else place.trace.title(reader.id))
    ordered = sorted(found, key=lambda share: -abs(share.product)) if len(found) > MOST else found
    rest = math.fsum(share.product for share in ordered[MOST:])
    known = math.fsum(share.product for share in ordered)
    return tuple(ordered[:MOST]), len(ordered[MOST:]), rest, known, tuple(dict.fromkeys(by))


def _of_dense(place: Place, reader: Unit) -> Iterator[Share]:
    W = place.session.network.weights[reader.id]["W"]
    slopes = place.tape.slopes[reader.id][0].reshape(-1, reader.shape[-1])
    row, column = divmod(place.flat, W.shape[0])
    for unit in range(W.shape[1]):
        yield Share(f"{place.trace.title(reader.id)} #{unit + 1}", float(W[column, unit]), float(slopes[row, unit]),
                    NeuronRef(reader.id, unit))


def _target(place: Place, a: float) -> float | None:
    """What the loss wants of a neuron of the last layer, if the gradient is just the difference to it."""
    trace, unit = place.trace, place.unit
    for goal, end in zip(place.session.network.goals, place.tape.plan.ends, strict=True):
        if trace.origin(goal.output).id != unit.id and unit.id not in trace.origin(goal.output).sources:
            continue
        t = end.t[0]
        wanted = float(t == place.flat) if goal.encoding == "label" else float(np.reshape(t, -1)[place.flat])
        if math.isclose(a - wanted, place.slope, rel_tol=1e-4, abs_tol=1e-6):
            return wanted
    return None
