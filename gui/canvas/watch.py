"""Says when anything on the canvas stands elsewhere or looks different, to what shows the canvas a second time."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.graph.document import Diff, Document
from gui.canvas.companion import Companion

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene


class Told(QObject):
    """Carries the signal: a companion is no QObject."""

    changed = Signal()


class Watch(Companion):
    """`told.changed` is sent after every change of the document, its colours or the places while dragging."""

    def __init__(self, scene: CanvasScene):
        super().__init__(scene)
        self.told = Told(scene)

    def follow(self, diff: Diff, document: Document) -> None:
        self.told.changed.emit()

    def placed(self, names: frozenset[str]) -> None:
        self.told.changed.emit()

    def restyle(self) -> None:
        self.told.changed.emit()
