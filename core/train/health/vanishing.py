"""Gradients that fade on their way to the input."""
from __future__ import annotations

from collections.abc import Iterator

from core.errors import Problem
from core.train.health._base import Checkup, Rule, finding, rough

# With a gradient a thousand times shorter than that of a later layer, a layer is still at its first weights when the
# later one is done. Well-started networks keep it within a factor of ten: Glorot & Bengio 2010, figure 7.
FADED = 1e-3


def find(checkup: Checkup) -> Iterator[Problem]:
    """The first layer with weights whose gradient is far shorter than that of a layer behind it."""
    if checkup.learned:
        return
    for node in checkup.weighted:
        own = checkup.length(checkup.slopes[node])
        behind = {name: checkup.length(checkup.slopes[name]) for name in checkup.ahead(node)}
        longest = max(behind, key=lambda name: behind[name], default="")
        if longest and 0.0 < own < FADED * behind[longest]:
            yield finding("vanishing", node, f"The gradient vanishes: at {checkup.title(node)} it is only "
                          f"{rough(own / behind[longest])} of what it is "
                          f"{_layers(list(behind).index(longest) + 1)} further on, so that this layer hardly learns.",
                          "Use ReLU instead of Sigmoid or Tanh with He initialisation, add "
                          "Batch normalisation, or lead a wire around some layers and add it (a residual connection).")
            return


def _layers(count: int) -> str:
    return "one layer" if count == 1 else f"{count:,} layers"


RULE = Rule("vanishing", 5, find)
