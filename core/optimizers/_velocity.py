"""What optimizers share that keep a velocity."""
from __future__ import annotations

from core.optimizers._base import Optimizer
from core.params import Float


class Velocity(Optimizer):
    """v = momentum * v + g.

    Keras keeps rate * v in its velocity instead: the same steps as long as the learning rate does not change.
    """

    slots = ("v",)
    momentum = Float(default=0.9, low=0.0, high=0.9999, doc="Share of the last step that is kept.")
