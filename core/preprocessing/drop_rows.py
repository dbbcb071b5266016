"""Without the rows in which something is missing."""
from __future__ import annotations

import numpy as np

from core.errors import DataError, Problem
from core.kinds import Info
from core.params import Names
from core.preprocessing._base import Step
from core.preprocessing._columns import Column, Columns
from core.preprocessing._missing import missing


class DropRows(Step):
    """The rows without those that lack a value in an input or a target, before they are split."""

    info = Info("drop_rows", "Drop rows", "Without the rows in which a value is missing", "Choose", "step-drop-rows",
                keywords=("missing", "nan", "dropna", "remove", "delete", "empty"))
    stage = "rows"
    mends = True
    columns = Names(default=(), special="all inputs and targets",
                    doc="The columns in which no value may be missing; none named means all inputs and targets.")

    @property
    def by_name(self) -> bool:
        return bool(self.columns)

    def keep(self, columns: Columns) -> np.ndarray:
        lacking = np.zeros(len(columns[0]), np.bool_)
        for column in self._looked_at(columns):
            lacking |= missing(column)
        if len(lacking) and lacking.all():
            raise DataError(Problem("steps.rows", f"{self.info.title}: every row lacks a value, so none is left.",
                                    param="steps", hint="Use Fill missing instead, or ignore the columns that are "
                                    "mostly empty."))
        return np.flatnonzero(~lacking)

    def _looked_at(self, columns: Columns) -> tuple[Column, ...]:
        if not self.columns:
            return tuple(column for column in columns if column.spec.role != "ignore")
        known = {column.spec.name: column for column in columns}
        for name in self.columns:
            if name not in known:
                raise DataError(Problem("steps.column", f'{self.info.title}: there is no column "{name}".',
                                        param="steps", hint="Choose other columns for this step, or remove it."))
        return tuple(known[name] for name in self.columns)
