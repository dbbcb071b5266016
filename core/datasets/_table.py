"""What data sets share that are tables: columns of several types, of which some are to be predicted."""
from __future__ import annotations

from typing import ClassVar

from core.datasets._base import Dataset, DataSpec, Samples
from core.datasets._outline import outline
from core.datasets._recipe import Recipe
from core.preprocessing import Columns, Specs


class TableDataset(Dataset):
    """A table. A subclass gives `columns` and `table`, and `count`, the number of rows.

    `spec` and `load` are about the columns as they are, in the roles that the table suggests.
    """

    tabular: ClassVar[bool] = True

    def count(self) -> int:
        """How many rows `table` gives. Raises DataError."""
        raise NotImplementedError

    def columns(self) -> Specs:
        raise NotImplementedError

    def table(self, seed: int) -> Columns:
        raise NotImplementedError

    def held_out_table(self, seed: int) -> Columns | None:
        return None

    def spec(self) -> DataSpec:
        return outline(self, Recipe())

    def load(self, seed: int) -> Samples:
        from core.datasets._prepare import prepare

        return prepare(self, Recipe(seed=seed)).train
