"""The weights of one Dense node, as lines between neurons are drawn from them."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.graph.neurons import shown
from core.train.probes._base import NotApplicable, Probe

if TYPE_CHECKING:
    from core.train.session import Session

ROBUST = 98.0


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """The weights of `node` between the neurons that are drawn (`core.graph.neurons.shown`), and their biases.

    `weights` has a row for every neuron before; `biases` is empty if there are none. `scale` is a large size for a
    weight of this node: hardly any is larger, and the first weights are at most half as large.
    """

    node: str
    weights: list[list[float]]
    biases: list[float]
    scale: float


def compute(session: Session, node: str = "") -> Lines | NotApplicable:
    """The lines to the neurons of `node`, which must have a matrix of weights W (features, units)."""
    held = session.network.weights[node]
    W, b = held.get("W"), held.get("b")
    if W is None or W.ndim != 2 or (b is not None and b.shape != W.shape[1:]):
        return NotApplicable("Only Dense layers have a line for every weight.")
    rows, columns = (np.array(shown(count)) for count in W.shape)
    biases = [] if b is None else b[columns].tolist()
    return Lines(node, W[np.ix_(rows, columns)].tolist(), biases, _scale(W))


def _scale(W: np.ndarray) -> float:
    """The 98th percentile of the sizes, but no less than twice the limit of Glorot's uniform initializer.

    Source: Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural networks, eq. 16.
    """
    sizes = np.abs(W[np.isfinite(W)])
    first = 2.0 * float(np.sqrt(6.0 / sum(W.shape)))
    return max(first, float(np.percentile(sizes, ROBUST))) if sizes.size else first


PROBE = Probe("neurons", compute)
