"""What a scene shows besides nodes and wires, each kind kept by one object that follows the document by itself."""
from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from core.graph.document import Diff, Document
from core.train.request import Request

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene


class Companion:
    """Base of those objects. The scene makes one of each that `companions.py` lists."""

    def __init__(self, scene: CanvasScene):
        self.scene = scene

    def follow(self, diff: Diff, document: Document) -> None:
        """Make the items equal to `document`. Called after nodes and wires have followed."""

    def placed(self, names: frozenset[str]) -> None:
        """These nodes are shown elsewhere, while they are dragged or because they moved."""

    def chosen(self) -> None:
        """Other nodes or wires are selected."""

    def restyle(self) -> None:
        """The colours of the theme changed."""

    def tick(self) -> None:
        """Draw what is new of a run. Called about 30 times a second."""

    def requests(self, view: QRectF, zoom: float) -> tuple[Request, ...]:
        """What the run is to be asked at present, for the part of the scene that is in view. Asked for at every tick.
        """
        return ()

    def extent(self) -> QRectF:
        """The rectangle around its items, as far as "fit" is to bring them into view."""
        return QRectF()
