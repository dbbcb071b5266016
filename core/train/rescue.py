"""Weights to fall back on when training overflows."""
from __future__ import annotations

import numpy as np

from core.layers import Array


class Rescue:
    """Copies of the flat vector of weights as it was at the start of the last two epochs.

    Two, because the update that breaks the weights shows in the loss of the next batch only, and that may be the
    first of an epoch.
    """

    def __init__(self, weights: Array):
        self._weights = weights
        self._newer, self._older = weights.copy(), weights.copy()

    def keep(self) -> None:
        """Remember the present weights."""
        self._newer, self._older = self._older, self._newer
        self._newer[...] = self._weights

    def restore(self) -> None:
        """Go back to the newest copy that is finite, unless the weights are."""
        for copy in (self._weights, self._newer, self._older):
            if np.isfinite(copy).all():
                self._weights[...] = copy
                return
