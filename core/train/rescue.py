"""Weights to fall back on when training overflows."""
from __future__ import annotations

import numpy as np

from core.layers import Array


class Rescue:
    """Copies of flat vectors (the weights, and what nodes remember) from the start of the last two epochs.

    Two, because the update that breaks the weights shows in the loss of the next batch only, and that may be the
    first of an epoch.
    """

    def __init__(self, *vectors: Array):
        self._vectors = vectors
        self._newer, self._older = [v.copy() for v in vectors], [v.copy() for v in vectors]

    def keep(self) -> None:
        """Remember the present numbers."""
        self._newer, self._older = self._older, self._newer
        for copy, vector in zip(self._newer, self._vectors, strict=True):
            copy[...] = vector

    def restore(self) -> None:
        """Go back to the newest copies that are finite, unless the present numbers are."""
        for copies in (self._vectors, self._newer, self._older):
            if all(np.isfinite(copy).all() for copy in copies):
                for vector, copy in zip(self._vectors, copies, strict=True):
                    vector[...] = copy
                return
