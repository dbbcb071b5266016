"""Linear."""
from __future__ import annotations

from core.kinds import Info
from core.layers._activation import Activation


class Linear(Activation):
    """y = x: no activation. Stands at the end of a regression.

    Shapes: x (n, ...) -> y (n, ...).
    Source: by definition.
    """

    info = Info("linear", "Linear", "y = x", "Activation", "linear",
                keywords=("identity", "none", "no activation"))

    def passes_through(self, train: bool) -> bool:
        return True
