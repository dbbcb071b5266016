"""What can be shown of every weight: its value, how it changed, and what moves it."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.layers import Array
from core.train.probes._base import NotApplicable
from core.train.sampling import look, watched
from core.train.trial import next_update

if TYPE_CHECKING:
    from core.train.session import Session

# "now", the change since the first moment, the share by which the next step changes it, the gradient of the loss.
QUANTITIES = ("now", "change", "step", "gradient")
EPSILON = 1e-8


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """A quantity of the weights of one node: copies by name.

    Of a change, `since` is the step that it is counted from. Of "step", `ratios` are the lengths of the changes divided
    by those of the arrays.
    """

    values: dict[str, Array]
    since: int = 0
    ratios: Mapping[str, float] | None = None


def measure(session: Session, node: str, quantity: str) -> Measured | NotApplicable:
    """One of QUANTITIES for all weights of `node`; "step" is |change| / (|weight| + EPSILON)."""
    held = session.network.weights[node]
    if quantity == "now":
        return Measured({name: array.copy() for name, array in held.items()})
    if any(unit.frozen for unit in session.network.units if unit.id == node):
        return NotApplicable("This layer is frozen: its weights stay as they are.")
    if quantity == "gradient" and session.rule.id not in ("gradient", "autoencoder"):
        return NotApplicable("This network does not learn by the gradient of one loss. Look at its change per step.")
    return {"change": _change, "step": _step, "gradient": _gradient}[quantity](session, node)


def _change(session: Session, node: str) -> Measured | NotApplicable:
    moments = session.moments
    first = moments.at(moments.steps[0]) if moments is not None and moments.steps else None
    if first is None:
        return NotApplicable("This network is too large to keep its past, which changes are counted from.")
    before = _cut(session, node, first.weights)
    held = session.network.weights[node]
    return Measured({name: array - before[name] for name, array in held.items()}, first.step)


def _step(session: Session, node: str) -> Measured:
    change = _cut(session, node, next_update(session))
    held = session.network.weights[node]
    with np.errstate(all="ignore"):
        shares = {name: np.abs(change[name]) / (np.abs(array) + EPSILON) for name, array in held.items()}
        ratios = {name: float(np.linalg.norm(change[name]) / np.linalg.norm(array)) for name, array in held.items()}
    return Measured(shares, ratios=ratios)


def _gradient(session: Session, node: str) -> Measured:
    tape = watched(session, look(session))
    return Measured({name: array.copy() for name, array in tape.gradients[node].items()})


def _cut(session: Session, node: str, flat: Array) -> dict[str, Array]:
    """The arrays of a node out of a vector of all weights."""
    weights = session.network.weights
    return {name: flat[weights.places[node, name]].reshape(array.shape) for name, array in weights[node].items()}


def largest(arrays: Mapping[str, Array]) -> float:
    """The largest finite size of any number."""
    return max(map(_size, arrays.values()), default=0.0)


def _size(array: Array) -> float:
    size = np.abs(array)
    return float(size.max(initial=0.0, where=np.isfinite(size)))
