"""More inputs made of two: squares, the product, sines, cosines."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from core.errors import DataError, Problem
from core.kinds import Info
from core.params import Bool
from core.preprocessing._base import Fitted, Step
from core.preprocessing._columns import Column, Columns, ColumnSpec, Specs, specs

Function = Callable[[np.ndarray, np.ndarray], np.ndarray]

# In the order in which they stand beside each other: by parameter the name of the new column, and its numbers.
FEATURES: dict[str, tuple[str, Function]] = {
    "x1": ("{0}", lambda first, second: first),
    "x2": ("{1}", lambda first, second: second),
    "x1_squared": ("{0}²", lambda first, second: np.square(first)),
    "x2_squared": ("{1}²", lambda first, second: np.square(second)),
    "x1_times_x2": ("{0} · {1}", lambda first, second: first * second),
    "sin_x1": ("sin {0}", lambda first, second: np.sin(first)),
    "sin_x2": ("sin {1}", lambda first, second: np.sin(second)),
    "cos_x1": ("cos {0}", lambda first, second: np.cos(first)),
    "cos_x2": ("cos {1}", lambda first, second: np.cos(second)),
}


class PlaneFeatures(Step):
    """Squares, product, sines and cosines (in radians) of exactly two numbers, as many of them as are chosen.

    Source: TensorFlow Playground, the column "Features".
    """

    info = Info("plane_features", "Plane features", "Squares, product, sines and cosines of two inputs", "Features",
                "features", keywords=("playground", "polynomial", "interaction", "sin", "cos", "x1", "x2",
                                      "feature engineering"))
    x1 = Bool(default=True, label="X1", doc="The first input as it is.")
    x2 = Bool(default=True, label="X2", doc="The second input as it is.")
    x1_squared = Bool(default=False, label="X1²", doc="The square of the first input.")
    x2_squared = Bool(default=False, label="X2²", doc="The square of the second input.")
    x1_times_x2 = Bool(default=False, label="X1 · X2", doc="The product of both inputs.")
    sin_x1 = Bool(default=False, label="sin X1", doc="The sine of the first input, in radians.")
    sin_x2 = Bool(default=False, label="sin X2", doc="The sine of the second input, in radians.")
    cos_x1 = Bool(default=False, label="cos X1", doc="The cosine of the first input, in radians.")
    cos_x2 = Bool(default=False, label="cos X2", doc="The cosine of the second input, in radians.")

    @property
    def by_name(self) -> bool:
        return True

    @property
    def chosen(self) -> tuple[str, ...]:
        """The features that are chosen, in their order. Raises DataError if none is."""
        found = tuple(name for name in FEATURES if getattr(self, name))
        if not found:
            raise DataError(Problem("steps.features", f"{self.info.title}: no feature is chosen.", param="steps",
                                    hint="Choose at least one, or remove the step."))
        return found

    def infer(self, columns: Specs) -> Specs:
        if len(columns) != 2 or any(spec.kind != "number" or spec.shape or spec.tokens for spec in columns):
            raise DataError(Problem("steps.plane", f"{self.info.title}: the inputs must be exactly two plain numbers.",
                                    param="steps", hint="Ignore the other columns, or remove this step."))
        first, second = columns
        own = {"x1": first, "x2": second}
        lacking = max(first.missing, second.missing)
        return tuple(own.get(name) or ColumnSpec(FEATURES[name][0].format(first.name, second.name), missing=lacking)
                     for name in self.chosen)

    def fit(self, columns: Columns) -> Fitted:
        return _Features(self.infer(specs(columns)), self.chosen)


@dataclass(frozen=True, slots=True, eq=False)
class _Features:
    outcome: Specs
    chosen: tuple[str, ...]

    def apply(self, columns: Columns) -> Columns:
        first, second = (column.values for column in columns)
        return tuple(Column(spec, FEATURES[name][1](first, second).astype(np.float32, copy=False))
                     for spec, name in zip(self.outcome, self.chosen, strict=True))
