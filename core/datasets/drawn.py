"""Points that somebody has drawn."""
from __future__ import annotations

from typing import ClassVar

import numpy as np

from core.datasets._base import Dataset, DataSpec, Samples
from core.errors import DataError, Problem
from core.kinds import Info
from core.params import Points

FEWEST_CLASSES = 2


class Drawn(Dataset):
    """Points drawn by hand, in the order in which they were drawn.

    Shapes: x (n, 2) float32; y (n,) intp. The classes are those up to the largest that occurs, and at least two; one
    without points is allowed, for it may get some yet. They are called 1, 2, ... as on the pad. Every seed gives the
    same. Raises DataError if there are none.
    """

    info = Info("drawn", "Drawn by hand", "Points that you paint on a pad", category="Your own",
                keywords=("paint", "draw", "points", "pad", "brush", "convnetjs", "plane"))
    edited: ClassVar[tuple[str, ...]] = ("points",)
    points = Points(doc="The points, each with its class.")

    def spec(self) -> DataSpec:
        if not len(self.points):
            raise DataError(Problem("data.empty", "Drawn: there are no points yet.", param="source",
                                    hint="Paint some on the pad in the Data panel."))
        classes = max(FEWEST_CLASSES, self.points.classes)
        return DataSpec((2,), ("x1", "x2"), tuple(map(str, range(1, classes + 1))), samples=len(self.points))

    def load(self, seed: int) -> Samples:
        self.spec()
        table = np.array(self.points.points, np.float64)
        return Samples(table[:, :2].astype(np.float32), table[:, 2].astype(np.intp))
