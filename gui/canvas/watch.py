"""Says when anything on the canvas stands elsewhere or looks different, to what shows the canvas a second time."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from core.graph.document import Diff, Document
from gui.canvas.companion import Companion

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene


class Told(QObject):
    """Carries the signals: a companion is no QObject."""

    changed = Signal()
    moved = Signal()


class Watch(Companion):
    """`told.changed` is sent after every change of the document or the colours, `told.moved` when nodes are shown at
    other places, as while they are dragged."""

    def __init__(self, scene: CanvasScene):
        super().__init__(scene)
        self.told = Told(scene)

    def follow(self, diff: Diff, document: Document) -> None:
        self.told.changed.emit()

    def placed(self, names: frozenset[str]) -> None:
        self.told.moved.emit()

    def restyle(self) -> None:
        self.told.changed.emit()
