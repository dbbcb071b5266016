"""Label smoothing: targets that are a little less sure of themselves."""
from __future__ import annotations

from collections.abc import Callable

import numpy as np

from core.losses._base import Array, LossFrame
from core.params import Float

LABEL_SMOOTHING = Float(default=0.0, low=0.0, high=0.5, advanced=True,
                        doc="Share of each target that is spread evenly over all classes; 0 turns it off.")


def smoothed(frame: LossFrame, share: float, classes: int) -> tuple[Array, Callable[[], None] | None]:
    """The targets t (1 - share) + share / classes, and a function that brings them up to date with frame.t.

    Where nothing is to be smoothed: frame.t itself, and None. Keras and PyTorch define it like this.
    Source: Szegedy et al. 2015, arXiv:1512.00567, section 7.
    """
    if share == 0.0:
        return frame.t, None
    soft, keep, even = frame.scratch(frame.p.shape), frame.number(1.0 - share), frame.number(share / classes)

    def refresh() -> None:
        np.multiply(frame.t, keep, soft)
        np.add(soft, even, soft)

    return soft, refresh
