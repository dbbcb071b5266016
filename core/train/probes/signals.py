"""How strong the signals are that nodes send: forward their outputs, backward the gradients that reach them."""
from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from core.train.probes._base import Probe
from core.train.sampling import look, watched

if TYPE_CHECKING:
    from core.train.session import Session


@dataclass(frozen=True, slots=True, eq=False)
class Signals:
    """By node the root of the mean square, over a few training samples, of its output ("forward") or of the gradient
    of the mean loss by it ("backward"); nodes without a gradient have none."""

    direction: str
    sizes: dict[str, float]

    @property
    def largest(self) -> float:
        """The strongest of them, of those that are numbers."""
        return max((size for size in self.sizes.values() if np.isfinite(size)), default=0.0)


def compute(session: Session, direction: str = "forward") -> Signals:
    """The signals in one direction, from one pass in training."""
    tape = watched(session, look(session))
    arrays = tape.values if direction == "forward" else tape.slopes
    return Signals(direction, {node: float(np.sqrt(np.mean(np.square(array, dtype=np.float64))))
                               for node, array in arrays.items()})


PROBE = Probe("signals", compute)
