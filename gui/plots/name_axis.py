"""An axis with a name for each cell, of which as many are written as there is room for."""
from __future__ import annotations

from PySide6.QtCore import Qt

from gui.plots import numbers
from gui.plots.axis import ROW, Axis

# A name that is cut shorter tells nothing.
SHORTEST = 22.0
BETWEEN = 4.0


class NameAxis(Axis):
    """Where cells are small every second, fifth, tenth name is left, each as long as there is place for it.

    Names that would look the same when their ends are cut are cut in the middle.
    """

    def fit_labels(self, pixels: float) -> None:
        """Names that have no room are cut."""

    def _labelled(self, pixels: float) -> list[float]:
        return list(self.cells or {})[:: self.every(pixels)]

    def every(self, pixels: float) -> int:
        """Each how many-th cell is named, if a cell is so many pixels long."""
        if self.upright:
            return numbers.every(ROW / pixels)
        longest = self._name_width() + BETWEEN
        return numbers.every(min(longest, SHORTEST + BETWEEN) / pixels)

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        names = [(self.cells or {}).get(value, "") for value in values]
        cut = [self._cut(name, Qt.TextElideMode.ElideRight) for name in names]
        alike = len(set(cut)) < len(set(names))
        return [self._cut(name, Qt.TextElideMode.ElideMiddle) for name in names] if alike else cut

    def _cut(self, name: str, mode: Qt.TextElideMode) -> str:
        room = self._widest
        if not self.upright and self.cells:
            pixels = self.width() / len(self.cells)
            room = min(room, self.every(pixels) * pixels - BETWEEN)
        return self._metrics().elidedText(name, mode, max(room, 10.0) + 1)
