"""To the logarithm."""
from __future__ import annotations

import numpy as np

from core.errors import DataError, Problem
from core.kinds import Info
from core.params import Bool
from core.preprocessing._base import OnColumns
from core.preprocessing._blocks import blocks
from core.preprocessing._columns import Column


class Log(OnColumns):
    """log(1 + x), number by number: for amounts of which a few are very large. Missing values stay missing.

    Numbers of -1 and less have no such logarithm and are refused, wherever they come up; with `symmetric`,
    sign(x) log(1 + |x|) takes every number.
    Source: Bartlett 1947, The use of transformations.
    """

    info = Info("log", "Log", "log(1 + x), for a few very large values", "Scale", "step-log",
                keywords=("logarithm", "log1p", "skew", "transform"))
    symmetric = Bool(default=False, doc="Take negative numbers too: sign(x) log(1 + |x|).")

    def learn(self, column: Column) -> object:
        self._refuse(column)
        return None

    def change(self, column: Column, learned: object) -> Column:
        self._refuse(column)
        x = column.values
        logs = np.empty(x.shape, np.float32)
        for part in blocks(x):
            if self.symmetric:
                logs[part] = np.copysign(np.log1p(np.abs(x[part])), x[part])
            else:
                logs[part] = np.log1p(x[part])
        return column.with_values(logs)

    def _refuse(self, column: Column) -> None:
        if self.symmetric or not len(column):
            return
        low = float(np.fmin.reduce(column.values, axis=None))
        if low <= -1.0:
            raise DataError(Problem("steps.negative", f'{self.info.title}: column "{column.spec.name}" holds {low:g}, '
                                    "but 1 + x must be above 0.", param="steps",
                                    hint="Turn on Symmetric for this step, or choose other columns."))
