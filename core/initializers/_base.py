"""What an initializer is: it fills a weight array once, before training."""
from __future__ import annotations

from typing import ClassVar

import numpy as np

from core.kinds import Catalogued
from core.registry import Registry

INITIALIZERS: Registry[type[Initializer]] = Registry("initializer")


class Initializer(Catalogued):
    """Draws the first values of a weight array."""

    catalogue: ClassVar[Registry[type[Initializer]]] = INITIALIZERS

    def draw(self, rng: np.random.Generator, shape: tuple[int, ...], fan_in: int, fan_out: int) -> np.ndarray:
        """An array of `shape`. `fan_in` and `fan_out` count the inputs and outputs of one unit."""
        raise NotImplementedError
