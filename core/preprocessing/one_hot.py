"""A category as several numbers, of which one is 1."""
from __future__ import annotations

from dataclasses import replace
from typing import cast

import numpy as np

from core.kinds import Info
from core.params import Bool
from core.preprocessing._base import OnColumns
from core.preprocessing._categories import places
from core.preprocessing._columns import Column, ColumnSpec

MISSING = "missing"


class OneHot(OnColumns):
    """One number for each category: 1 for that of the sample, 0 for all others.

    A missing value, and a category that the training part does not know, is all zeros; with `missing`, a value that is
    missing is a category of its own. Columns of a few whole numbers are taken where they are named.
    Shapes: (n,) -> (n, k). Source: scikit-learn's OneHotEncoder.
    """

    info = Info("one_hot", "One-hot", "Categories to a 1 among zeros", "Encode", "step-one-hot",
                keywords=("dummy", "categorical", "indicator", "OneHotEncoder", "encode"))
    wants = "categories"
    missing = Bool(default=False, doc="A missing value is a category of its own, instead of all zeros.")

    def fits(self, spec: ColumnSpec) -> bool:
        return spec.kind == "category" or (bool(spec.categories) and spec.name in self.columns)

    def outcome(self, spec: ColumnSpec) -> ColumnSpec:
        names = (*spec.categories, *([MISSING] if self.missing else []))
        return replace(spec, kind="number", categories=(), shape=(len(names),), missing=0,
                       parts=tuple(f"{spec.name}={name}" for name in names))

    def learn(self, column: Column) -> object:
        return column.spec

    def told(self, learned: object) -> str:
        return f"{len(cast(ColumnSpec, learned).categories):,} categories"

    def change(self, column: Column, learned: object) -> Column:
        known = cast(ColumnSpec, learned)
        place, spec = places(column, known.categories), self.outcome(known)
        if self.missing:
            lacking = column.values < 0 if column.spec.kind == "category" else np.isnan(column.values)
            place = np.where(lacking, len(known.categories), place)
        rows = np.zeros((len(column), spec.width), np.float32)
        there = np.flatnonzero(place >= 0)
        rows[there, place[there]] = 1.0
        return Column(spec, rows)
