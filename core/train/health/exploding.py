"""Gradients that grow on their way to the input, and outputs that grow on theirs to the loss."""
from __future__ import annotations

from collections.abc import Iterator

from core.errors import Problem
from core.train.health._base import Checkup, Rule, finding

# The counterpart of a gradient that has vanished.
GROWN = 1e3
# Outputs that are so many times as large as what goes in and what is wanted are no step of a computation any more;
# in half the digits of a number of 32 bits everything else is lost beside them.
LARGE = 1e3


def find(checkup: Checkup) -> Iterator[Problem]:
    """The first layer whose gradient is far longer than that of the last layer behind it."""
    for node in checkup.weighted:
        own = checkup.length(checkup.slopes[node])
        ahead = checkup.ahead(node)
        last = checkup.length(checkup.slopes[ahead[-1]]) if ahead else 0.0
        if last > 0.0 and own > GROWN * last:
            yield finding("exploding", node, f"The gradient explodes: at {checkup.title(node)} it is "
                          f"{own / last:,.0f} times as long as in the last layer.",
                          "Clip the gradient (Training, Clip norm 1), lower the learning rate, start with smaller "
                          "weights, or add Batch normalisation.")
            return


def outputs(checkup: Checkup) -> Iterator[Problem]:
    """The first node whose outputs are far larger than the inputs and the targets of the network."""
    targets = checkup.network.targets(checkup.samples.y)
    usual = max(1.0, checkup.size(checkup.samples.x), *(checkup.size(t) for t in targets if t.dtype.kind == "f"))
    for unit in checkup.network.units:
        size = checkup.size(checkup.values[unit.id]) if unit.layer.role != "output" else 0.0
        if not size <= LARGE * usual:
            times = f"{size:.3g} on average, {size / usual:,.0f} times as much as goes in"
            how = times if size < 1e30 else "too large"
            yield finding("outputs", unit.id, f"The outputs of {checkup.title(unit.id)} are {how}.", "Lower the "
                          "learning rate, reset, start with smaller weights, scale the inputs, or add Batch "
                          "normalisation.")
            return


RULES_HERE = Rule("outputs", 1, outputs), Rule("exploding", 2, find)
