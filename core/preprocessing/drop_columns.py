"""Without some columns."""
from __future__ import annotations

from dataclasses import dataclass

from core.errors import DataError, Problem
from core.kinds import Info
from core.params import Names
from core.preprocessing._base import Fitted, Step
from core.preprocessing._columns import Columns, Specs


class DropColumns(Step):
    """The input columns without those that are named."""

    info = Info("drop_columns", "Drop columns", "Without the columns that are named", "Choose", "step-drop-columns",
                keywords=("remove", "ignore", "delete", "feature selection"))
    columns = Names(default=(), special="none", doc="The columns to leave out.")

    @property
    def by_name(self) -> bool:
        return bool(self.columns)

    def idle(self, columns: Specs) -> bool:
        return not self.columns

    def infer(self, columns: Specs) -> Specs:
        known = {spec.name for spec in columns}
        for name in self.columns:
            if name not in known:
                raise DataError(Problem("steps.column", f'{self.info.title}: there is no input column "{name}".',
                                        param="steps", hint="Choose other columns for this step, or remove it."))
        return tuple(spec for spec in columns if spec.name not in self.columns)

    def fit(self, columns: Columns) -> Fitted:
        self.infer(tuple(column.spec for column in columns))
        return _Without(frozenset(self.columns))


@dataclass(frozen=True, slots=True)
class _Without:
    names: frozenset[str]

    def explain(self) -> str:
        return f"{DropColumns.info.title}: {', '.join(sorted(self.names)) or 'none'}"

    def apply(self, columns: Columns) -> Columns:
        return tuple(column for column in columns if column.spec.name not in self.names)
