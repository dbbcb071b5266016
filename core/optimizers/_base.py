"""What an optimizer is: it changes the flat vector of weights, given the flat vector of gradients."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import numpy as np

from core.kinds import Catalogued
from core.registry import Registry

Array = np.ndarray[Any, Any]
Update = Callable[[int], None]

OPTIMIZERS: Registry[type[Optimizer]] = Registry("optimizer")


class Optimizer(Catalogued):
    """A rule that turns gradients into steps. `slots` names the vectors that it remembers between steps."""

    catalogue: ClassVar[Registry[type[Optimizer]]] = OPTIMIZERS
    slots: ClassVar[tuple[str, ...]] = ()

    def bind(self, w: Array, g: Array, slots: Mapping[str, Array], rate: Array, scratch: Array) -> Update:
        """A function of the step number (from 1) that changes w in place.

        w, g, scratch and every slot are vectors of one length; rate is the learning rate, a 0-d array that may
        change between steps.
        """
        raise NotImplementedError

    def told(self, slots: Mapping[str, Array]) -> dict[str, Array]:
        """The slots as the textbook has them, where they hold something that is faster to work with: copies."""
        return {name: slot.copy() for name, slot in slots.items()}

    def keeps(self, rate: float) -> float:
        """The share of every weight that a step leaves before it moves it: less than 1 with weight decay."""
        return 1.0
