"""Time steps that attention skips."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from core.layers._base import Array, Frame, Pass
from core.layers._padding import padding


class Padding:
    """Which time steps of x (n, time, features) are padding: those whose features are all 0.

    After `find`, `there` (n, time, 1) holds 1, or 0 for padding, and `absent` (n, 1, 1, time) holds 0, or -inf.
    """

    def __init__(self, frame: Frame, x: Array):
        n, time, _ = x.shape
        self._flags, self._look = padding(replace(frame, xs=(x,)))
        self.there, self.absent = frame.scratch((n, time, 1)), frame.scratch((n, 1, 1, time))

    def find(self) -> None:
        """Look at x."""
        self._look()
        np.logical_not(self._flags, out=self.there)
        self.absent.fill(0.0)
        np.copyto(self.absent[:, 0, 0], -np.inf, where=self._flags[..., 0])


def without_padding(frame: Frame, found: Padding, make: Callable[[Frame], tuple[Pass, Pass]]) -> tuple[Pass, Pass]:
    """The passes that `make` gives for a frame, behind `find`, with y and the gradient that arrives 0 at padding."""
    dy = frame.scratch(frame.dy.shape) if frame.gradient else frame.dy
    run, back = make(replace(frame, dy=dy))

    def forward() -> None:
        found.find()
        run()
        np.multiply(frame.y, found.there, frame.y)

    def backward() -> None:
        np.multiply(frame.dy, found.there, dy)
        back()

    return forward, backward
