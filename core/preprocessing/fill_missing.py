"""Something in place of what is missing."""
from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import cast

import numpy as np

from core.errors import DataError, Problem
from core.kinds import Info
from core.params import Choice, Float, Text
from core.preprocessing._base import OnColumns
from core.preprocessing._blocks import blocks
from core.preprocessing._columns import Column, ColumnSpec
from core.preprocessing._missing import missing
from core.preprocessing._statistics import average, most_frequent, quantiles

STRATEGIES = {"mean": "Mean", "median": "Median", "most_frequent": "Most frequent", "constant": "Constant"}
MEASURES: Mapping[str, Callable[[np.ndarray], np.ndarray]] = MappingProxyType({
    "mean": average, "median": lambda x: quantiles(x, (0.5,))[0], "most_frequent": most_frequent})


class FillMissing(OnColumns):
    """A value of the training part, or one that is typed, where none is.

    Categories have neither mean nor median: there the most frequent one is taken. A constant for categories may be a
    new one.
    Source: scikit-learn's SimpleImputer; Little & Rubin 2019, Statistical analysis with missing data, chapter 4.
    """

    info = Info("fill_missing", "Fill missing", "Something where nothing is", "Choose", "step-fill",
                keywords=("impute", "imputer", "nan", "fillna", "SimpleImputer", "empty"))
    mends = True
    wants = "numbers or categories"
    strategy = Choice(default="mean", options=STRATEGIES, label="With",
                      doc="What is put in; categories take the most frequent one unless it is a constant.")
    number = Float(default=0.0, low=-1e30, high=1e30, doc="What is put in for a number, if it is a constant.")
    category = Text(default="missing", doc="What is put in for a category, if it is a constant.")

    def fits(self, spec: ColumnSpec) -> bool:
        return spec.kind == "category" or super().fits(spec)

    def outcome(self, spec: ColumnSpec) -> ColumnSpec:
        categories = spec.categories
        if spec.kind == "category" and self.strategy == "constant" and self.category not in categories:
            categories = (*categories, self.category)
        return replace(spec, categories=categories, missing=0)

    def learn(self, column: Column) -> object:
        spec, values = column.spec, column.values
        if self.strategy == "constant":
            return self.category if spec.kind == "category" else np.full(spec.shape, self.number)
        if spec.kind == "category":
            counts = np.bincount(values[values >= 0], minlength=1)
            if not counts.any():
                raise self._empty(spec.name)
            return spec.categories[int(counts.argmax())]
        if (lacking := np.isnan(values).all(axis=0)).any():
            names = spec.names
            raise self._empty(names[int(lacking.argmax())] if spec.shape and names else spec.name)
        return MEASURES[self.strategy](values)

    def told(self, learned: object) -> str:
        if isinstance(learned, str):
            return learned
        number = cast(np.ndarray, learned)
        return "" if number.shape else f"{number:.4g}"

    def change(self, column: Column, learned: object) -> Column:
        values, spec = column.values, self.outcome(column.spec)
        if not missing(column).any():
            return Column(spec, values)
        if column.spec.kind == "category":
            return Column(spec, np.where(values < 0, spec.categories.index(str(learned)), values).astype(np.int32))
        filled, learned = values.astype(np.float32), np.asarray(learned, np.float32)
        for part in blocks(filled):
            np.copyto(filled[part], learned, where=np.isnan(filled[part]))
        return Column(spec, filled)

    def _empty(self, name: str) -> DataError:
        return DataError(Problem("steps.empty", f'{self.info.title}: column "{name}" has no value at all in the '
                                 "training part.", param="steps",
                                 hint="Ignore the column, or fill it with a constant."))
