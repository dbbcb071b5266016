"""A category as its number."""
from __future__ import annotations

from dataclasses import replace
from typing import cast

import numpy as np

from core.kinds import Info
from core.preprocessing._base import OnColumns
from core.preprocessing._categories import places
from core.preprocessing._columns import Column, ColumnSpec


class Ordinal(OnColumns):
    """The place of the category in the list of categories, from 0: for those that have an order.

    A missing value stays missing, and so does a category that the training part does not know.
    Source: scikit-learn's OrdinalEncoder.
    """

    info = Info("ordinal", "Ordinal", "Categories to 0, 1, 2, ...", "Encode", "step-ordinal",
                keywords=("rank", "categorical", "label", "OrdinalEncoder", "encode"))
    wants = "categories"

    def fits(self, spec: ColumnSpec) -> bool:
        return spec.kind == "category"

    def outcome(self, spec: ColumnSpec) -> ColumnSpec:
        return replace(spec, kind="number", categories=())

    def learn(self, column: Column) -> object:
        return column.spec

    def told(self, learned: object) -> str:
        names = cast(ColumnSpec, learned).categories
        return f"{names[0]} is 0, {names[-1]} is {len(names) - 1:,}" if names else ""

    def change(self, column: Column, learned: object) -> Column:
        known = cast(ColumnSpec, learned)
        place = places(column, known.categories).astype(np.float32)
        place[place < 0] = np.nan
        return Column(self.outcome(known), place)
