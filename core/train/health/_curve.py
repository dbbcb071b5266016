"""The function of a layer that treats every number by itself, known by its slope alone."""
from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from core.engine.plan import Unit
from core.engine.steepness import steepness
from core.layers import Array
from core.layers._activation import Activation

# Where a function is asked for its slope: around 0, and far out on either side.
NEAR = np.linspace(-3.0, 3.0, 25)
FAR = np.array([40.0, 55.0, 70.0, 90.0])
# Less than this share of the steepest slope is flat: less than the lower side of Leaky ReLU has.
FLAT = 0.005


class Curve:
    """y = f(x), number by number.

    It `rectifies` if it is flat far out on one side, and `saturates` if it is on both; `steepest` is its largest slope
    around 0. All of that is measured, so that any activation is known without being named.
    """

    def __init__(self, unit: Unit, weights: Mapping[str, Array]):
        self._unit, self._weights = unit, weights
        self.steepest = float(np.abs(self._slope_at(NEAR)).max())
        below, above = (bool(np.abs(self._slope_at(far)).max() <= FLAT * self.steepest) for far in (-FAR, FAR))
        self.saturates, self.rectifies = below and above, below != above

    def slopes(self, x: Array) -> Array:
        """f'(x) for x (n, ...)."""
        return steepness(self._unit, self._weights, x)

    def _slope_at(self, points: np.ndarray) -> Array:
        shape = self._unit.shape
        x = np.broadcast_to(points.reshape(-1, *(1 for _ in shape)), (len(points), *shape))
        return self.slopes(x.astype(np.float64))


def curve_of(unit: Unit, weights: Mapping[str, Array]) -> Curve | None:
    """The function of a node, or None if it has none, or one without any slope."""
    layer = unit.layer
    if not isinstance(layer, Activation) or not layer.differentiable or layer.passes_through(True):
        return None
    curve = Curve(unit, weights)
    return curve if curve.steepest > 0.0 else None
