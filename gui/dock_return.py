"""Panels that floated come back as they went: in front of their stack, and as wide as before."""
from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:
    from gui.dock import Dock


class DockReturn(QObject):
    """Remembers how wide the panels of a row were when one of them left it.

    Qt gives a panel that comes back its share of what the others have become, which is less every time.
    """

    def __init__(self, window: QMainWindow, docks: Mapping[str, Dock]):
        super().__init__(window)
        self._window, self._docks = window, docks
        self._widths: dict[str, dict[str, int]] = {}
        for name, dock in docks.items():
            dock.topLevelChanged.connect(partial(self._moved, name))

    def _moved(self, name: str, floats: bool) -> None:
        dock = self._docks[name]
        if floats:
            # The others have not yet taken its place.
            self._widths[name] = {other: self._docks[other].width() for other in self._row(dock)} | {name: dock.width()}
            return
        widths = self._widths.pop(name, {})
        if dock.isHidden():
            return
        dock.raise_()
        row = {name, *self._row(dock)}
        if row == widths.keys():
            self._window.resizeDocks([self._docks[other] for other in widths], list(widths.values()),
                                     Qt.Orientation.Horizontal)

    def _row(self, dock: Dock) -> list[str]:
        """What can be seen below the canvas beside this one."""
        if self._area(dock) != Qt.DockWidgetArea.BottomDockWidgetArea:
            return []
        stack = self._window.tabifiedDockWidgets(dock)
        return [name for name, other in self._docks.items() if other is not dock and other not in stack and other.seen
                and not other.isFloating() and not other.info.apart and self._area(other) == self._area(dock)]

    def _area(self, dock: Dock) -> Qt.DockWidgetArea:
        return self._window.dockWidgetArea(dock)
