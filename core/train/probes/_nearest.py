"""Which node with weights is meant."""
from __future__ import annotations

from typing import TYPE_CHECKING

from core.engine.plan import Unit

if TYPE_CHECKING:
    from core.train.session import Session

# Arrays with these names have a column, or one for each of their gates, for every number of the output.
BY_NEURON = ("W", "U", "b", "gamma", "beta", "pointwise")


def nearest(session: Session, node: str) -> str | None:
    """`node`, else the nearest node with weights that feeds it, else the first that has some."""
    weights, queue = session.network.weights, [node]
    for name in queue:
        if weights[name]:
            return name
        sources = sorted(session.document.sources(name).values())
        queue += [source for source in sources if source not in queue]
    return next((name for name in weights if weights[name]), None)


def unit_of(session: Session, node: str) -> Unit:
    """The node as it is compiled."""
    return next(unit for unit in session.network.units if unit.id == node)


def neurons(session: Session, node: str) -> dict[str, int]:
    """Of each array whose columns belong to the neurons of `node`, how many these are: neuron i has the columns i,
    i + count, and so on, one for each gate of a recurrent layer."""
    count = unit_of(session, node).shape[-1] if unit_of(session, node).shape else 1
    return {name: count for name, array in session.network.weights[node].items()
            if name in BY_NEURON and array.shape[-1] % count == 0}
