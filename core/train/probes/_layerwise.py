"""The numbers of every layer: what it gives, the gradients at it, the updates of its weights."""
from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from core.datasets import Samples
from core.train.movement import STEPS, moved
from core.train.sampling import watched

if TYPE_CHECKING:
    from core.train.session import Session

# So much of all numbers at either end is drawn in the last bins: one outlier must not squeeze all others.
TAIL = 0.001


def numbers_of(session: Session, what: str, samples: Samples) -> Mapping[str, np.ndarray]:
    """By node, in the order of the network: "activations" (n, ...), as predictions have them, "gradients" (n, ...) of
    the mean loss by these, or "updates" (weights,): the change of each weight in a step, since a moment that was kept
    at least STEPS ago, as a share of the size of the layer's weights. Nothing where there is none yet."""
    nodes = [unit.id for unit in session.network.units if unit.layer.role != "output"]
    if what == "activations":
        values = session.network.predict_all(samples.x)
        return {node: values[node] for node in nodes}
    if what == "gradients":
        if session.training.rule == "perceptron":
            return {}
        slopes = watched(session, samples).slopes
        return {node: slopes[node] for node in nodes if node in slopes}
    return _updates(session, nodes)


def _updates(session: Session, nodes: list[str]) -> dict[str, np.ndarray]:
    return {node: change / (float(np.sqrt(np.mean(weights * weights))) or 1.0)
            for node, (weights, change) in moved(session, nodes).items()}


def numbers_in(session: Session, nodes: Sequence[str]) -> tuple[int, ...]:
    """The places of nodes among all layers but outputs, from 1."""
    places = [unit.id for unit in session.network.units if unit.layer.role != "output"]
    return tuple(places.index(node) + 1 for node in nodes)


def nothing(what: str) -> str:
    """Why there are no such numbers, and what to do."""
    if what == "updates":
        return f"Train for more than {STEPS} steps to see how much the weights change."
    return "This network learns without a gradient. Train it by gradient descent to see one."


def placed(array: np.ndarray, log: bool) -> np.ndarray:
    """Where on the axis the numbers are (numbers,): with `log` the powers of ten of their sizes. What is no number is
    nowhere, nor is 0 on a logarithmic axis."""
    array = array[np.isfinite(array)].astype(np.float64)
    return np.log10(np.abs(array[array != 0.0])) if log else array
