"""The picture under the pointer, large, beside its node."""
from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from core.graph.naming import title_of
from core.graph.neurons import names_of
from core.train.probes.thumbnails import Thumbnails
from gui.canvas import thumbnail
from gui.canvas.thumbnail_feed import ThumbnailFeed
from gui.thumbs.face import Face
from gui.thumbs.lens import Lens, View

if TYPE_CHECKING:
    from gui.canvas.interactions import Pointer
    from gui.canvas.scene import CanvasScene
    from gui.canvas.view import CanvasView

# Seconds that the pointer rests before a picture is enlarged; the next one follows at once.
PATIENCE = 0.3


@dataclass(frozen=True, slots=True)
class Part:
    """A place in the picture of a node, and the number of the neuron, if it stands for one. `around` is what the
    enlarged picture keeps clear of, in the scene."""

    node: str
    place: int
    number: int | None
    around: QRectF


class Enlarging:
    """Follows the pointer. It needs no timer: the window's frames tell when the pointer has rested."""

    def __init__(self, scene: CanvasScene, feed: ThumbnailFeed):
        self.lens: Lens | None = None
        self._scene, self._feed = scene, feed
        self._canvas: CanvasView | None = None
        self._part: Part | None = None
        self._since = 0.0
        self._drawn: tuple[object, ...] = ()

    @property
    def node(self) -> str | None:
        """The node whose picture is enlarged at present."""
        return self._part.node if self._part is not None and self.shown else None

    @property
    def shown(self) -> bool:
        """True if a picture is enlarged."""
        return self.lens is not None and self.lens.isVisible()

    def point(self, canvas: CanvasView, part: Part | None, at: Pointer | None) -> None:
        """The pointer is at a part, or at none."""
        if part is None:
            self.leave()
        elif part != self._part:
            self._canvas, self._part, self._since = canvas, part, time.perf_counter()
            if self.shown:
                self._show()

    def leave(self) -> None:
        """Put the enlarged picture away."""
        self._part, self._drawn = None, ()
        if self.lens is not None:
            self.lens.hide()

    def tick(self) -> None:
        """A frame of the window: enlarge what the pointer has rested on, keep it live."""
        if self._part is None:
            return
        if self.shown or time.perf_counter() >= self._since + PATIENCE:
            self._show()

    def restyle(self) -> None:
        """The colours of the theme changed."""
        self._drawn = ()
        if self.lens is not None:
            self.lens.restyle(self._scene.ink.tokens)

    def _show(self) -> None:
        part, canvas, answer = self._part, self._canvas, self._answer()
        if part is None or canvas is None or answer is None or part.node not in answer.by_node:
            self.leave()
            return
        drawn = part, answer, self._feed.points
        if drawn == self._drawn and self.shown:
            return
        self._drawn = drawn
        if self.lens is None:
            self.lens = Lens(canvas, self._scene.ink.tokens)
        found = answer.by_node[part.node]
        face = Face(found, self._scene.ink.tokens, answer.truth)
        points = self._feed.points if found.look == "plane" else None
        small = thumbnail.area_of(0.0)
        self.lens.show_view(View(face, self._place(part, face), self._title(part), answer, points,
                                 small.width() / small.height()))
        self.lens.stand_beside(canvas.mapFromScene(part.around).boundingRect()
                               .translated(canvas.viewport().mapTo(canvas, canvas.viewport().rect().topLeft())))

    def _answer(self) -> Thumbnails | None:
        """The fine answer for the node, as soon as it is there."""
        close, part = self._feed.close, self._part
        fine = close is not None and part is not None and part.node in close.by_node and self.shown
        return close if fine else self._feed.found

    def _place(self, part: Part, face: Face) -> int:
        tile = None if part.number is None else face.tile(part.number)
        return part.place if tile is None else tile

    def _title(self, part: Part) -> str:
        """What is enlarged, in a person's words."""
        context = self._scene.context
        title = title_of(context.document, part.node)
        if part.number is None:
            return title
        names = names_of(context.document, context.report, part.node)
        return f"{title}: {names[part.number]}" if part.number < len(names) else f"{title} {part.number + 1}"
