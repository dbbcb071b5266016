"""What every way to make up a sample has in common."""
from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

Row = tuple[tuple[str, Any], ...]


class Way(QWidget):
    """`changed` says that the sample is another one, `refused` carries the Problem why it cannot be. A sample is a row:
    what the probe "prediction" takes."""

    changed = Signal()
    refused = Signal(object)
    clearable = True

    def row(self) -> Row | None:
        """The sample, or None while there is none."""
        raise NotImplementedError

    def put(self, row: Row) -> None:
        """Show a sample of the data, to be changed from there; sends nothing."""
        raise NotImplementedError

    def clear(self) -> None:
        """Start with nothing; sends nothing."""
        raise NotImplementedError
