"""Cut, copy, paste and duplicate, between windows and processes, and as text."""
from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication

from core.errors import FormatError
from core.graph.document import Document, Point
from core.graph.layout import Rect, around, shift_clear
from core.io import fragments
from gui.canvas import annotating, changes, copies, geometry
from gui.canvas.view import CanvasView

STEP = 2 * geometry.GRID
MARGIN = 40


class Clipboard:
    """The system's clipboard, as one canvas uses it."""

    def __init__(self, canvas: CanvasView):
        self._canvas = canvas
        self._context = canvas.context
        self._copies: Mapping[str, str] = {}

    @property
    def any(self) -> bool:
        """True if something is selected that can be copied."""
        return bool(self._context.selection or self._canvas.canvas_scene.notes.picked)

    def copy(self) -> None:
        """Copy the selected nodes and notes."""
        # As text, which Qt keeps by itself: data that were made in Python would outlive Python in the clipboard.
        QGuiApplication.clipboard().setText(fragments.to_text(copies.chosen(self._canvas)))

    def cut(self) -> None:
        """Copy the selected nodes and notes, and remove them."""
        fragment = copies.chosen(self._canvas)
        self.copy()
        change = annotating.delete(self._context.document, fragment.nodes, (), fragment.notes)
        self._context.edit(f"Cut {copies.what(fragment)}", change.apply)

    def paste(self, *, with_wires: bool = False) -> None:
        """Put what was copied at the pointer, or in the middle of the view, clear of other cards, and select it."""
        try:
            fragment = fragments.from_text(QGuiApplication.clipboard().text())
        except FormatError as error:
            self._context.notify.refuse(error.problem)
            return
        cards = self._cards(fragment)
        if cards:
            first, offset = not self._context.document.nodes, self._offset(cards)
            copies.put(self._canvas, "Paste", fragment, offset, with_wires=with_wires)
            if first:
                self._canvas.fit()
            else:
                self._show(around([card.moved(*offset) for card in cards]))

    def duplicate(self) -> None:
        """Put a copy of what is selected beside it. Doing it again after moving the copy goes on that way."""
        fragment = copies.chosen(self._canvas)
        self._copies = copies.put(self._canvas, "Duplicate", fragment, self._stride())

    def _stride(self) -> Point:
        """From the last originals to their copies, if those are selected and have not been torn apart."""
        nodes, pairs = self._context.document.nodes, self._copies
        if not pairs or self._context.selection != frozenset(pairs.values()) or not pairs.keys() <= nodes.keys():
            return float(STEP), float(STEP)
        places = [(nodes[old].position, nodes[new].position) for old, new in pairs.items()]
        ways = {(there[0] - here[0], there[1] - here[1]) for here, there in places}
        return ways.pop() if len(ways) == 1 else (float(STEP), float(STEP))

    def _cards(self, fragment: Document) -> list[Rect]:
        nodes = [geometry.card_rect(*n.position, changes.inputs_of(n)) for n in fragment.nodes.values()]
        notes = [QRectF(*n.position, *n.size) for n in fragment.notes.values()]
        return [geometry.plain(card) for card in (*nodes, *notes)]

    def _offset(self, cards: list[Rect]) -> Point:
        canvas, box = self._canvas, around(cards)
        middle = canvas.spot()
        dx = geometry.snap(middle.x() - box.w / 2) - box.x
        dy = geometry.snap(middle.y() - box.h / 2) - box.y
        scene = canvas.canvas_scene
        taken = {geometry.plain(scene.groups.rect_of(name)) for name in scene.nodes}
        moved = [card.moved(dx, dy) for card in cards]
        more = shift_clear(moved, taken, geometry.CLEARANCE, geometry.GRID)
        return dx + more[0], dy + more[1]

    def _show(self, box: Rect) -> None:
        area = QRectF(*box)
        view = self._canvas.shown_area()
        if area.width() < view.width() and area.height() < view.height() and not view.contains(area):
            self._canvas.ensureVisible(area, MARGIN, MARGIN)
