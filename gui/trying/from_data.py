"""Samples that are taken from the data only: nobody types a sequence of numbers."""
from __future__ import annotations

from gui.trying._way import Row, Way


class FromData(Way):
    """Holds the sample that was taken."""

    clearable = False

    def __init__(self) -> None:
        super().__init__()
        self._row: Row | None = None

    def row(self) -> Row | None:
        return self._row

    def put(self, row: Row) -> None:
        self._row = row

    def clear(self) -> None:
        self._row = None
