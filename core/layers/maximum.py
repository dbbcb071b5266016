"""Maximum."""
from __future__ import annotations

import numpy as np

from core.kinds import Info
from core.layers._base import Frame, Pass
from core.layers._merge import Merge


class Maximum(Merge):
    """y = max(a, b), number by number. The gradient goes to the larger one; where both are equal, half to each.

    Shapes: a, b (n, ...) -> y (n, ...).
    Source: Goodfellow et al. 2013, arXiv:1302.4389 (maxout); equal inputs share the gradient as in PyTorch.
    """

    info = Info("maximum", "Maximum", "The larger of a and b", "Merge", "maximum",
                keywords=("max", "maxout", "largest"))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        (a, b), (da, db), y, dy = frame.xs, frame.dxs, frame.y, frame.dy
        share, half = frame.scratch(y.shape), frame.number(0.5)

        def forward() -> None:
            np.maximum(a, b, out=y)

        def backward() -> None:
            np.subtract(a, b, share)
            np.sign(share, share)
            np.multiply(share, half, share)
            np.add(share, half, share)
            np.multiply(share, dy, share)
            if da is not None:
                np.copyto(da, share)
            if db is not None:
                np.subtract(dy, share, db)

        return forward, backward
