"""Carry: drag cards, notes, groups and whatever else is selected, together."""
from __future__ import annotations

from typing import TYPE_CHECKING

from core.graph.document import Point
from gui.canvas import annotating, geometry
from gui.canvas.guides import Guides
from gui.canvas.interactions._base import Gesture, Pointer

if TYPE_CHECKING:
    from gui.canvas.note_item import NoteItem
    from gui.canvas.view import CanvasView


class Carry(Gesture):
    """All selected nodes and notes follow the `corner` that was grabbed, which snaps to the grid unless Shift is
    held."""

    stays = False
    hint = "Shift: do not snap  ·  Esc: cancel"
    corner: Point = (0.0, 0.0)

    def begin(self) -> None:
        self.take()
        document = self.canvas.context.document
        self._from = {name: document.nodes[name].position for name in self.canvas.context.selection}

    def take(self) -> None:
        """Select what is grabbed, if it is not."""

    def move(self, at: Pointer) -> None:
        self.show(*self.way(at))

    def end(self, at: Pointer) -> None:
        if not self.dragging:
            self.click()
            return
        self.drop(*self.way(at))
        # Also where nothing changed: they stand where the pointer was last.
        self.settle()

    def cancel(self) -> None:
        if self.dragging:
            self.settle()

    def show(self, dx: float, dy: float) -> None:
        """Show what is dragged so far from where the drag began."""
        self.scene.place(self._places(dx, dy))
        self.scene.notes.shift(dx, dy)

    def drop(self, dx: float, dy: float) -> None:
        """Put what was dragged there."""
        notes = self.scene.notes.shifted(dx, dy)
        self.canvas.do(annotating.move(self.canvas.context.document, self._places(dx, dy), notes))

    def click(self) -> None:
        """The press was only a click."""

    def settle(self) -> None:
        """Show everything where the document has it."""
        self.scene.settle(self._from)
        self.scene.notes.shift(0, 0)

    def way(self, at: Pointer) -> Point:
        """How far what is dragged goes."""
        x, y = self.corner
        to = at.scene - self.start.scene
        if at.free:
            return to.x(), to.y()
        return geometry.snap(x + to.x()) - x, geometry.snap(y + to.y()) - y

    def _places(self, dx: float, dy: float) -> dict[str, Point]:
        return {name: (x + dx, y + dy) for name, (x, y) in self._from.items()}


class CarryNote(Carry):
    """The press was on a note. A click selects it."""

    def __init__(self, canvas: CanvasView, start: Pointer, note: NoteItem):
        super().__init__(canvas, start)
        self._note = note
        self.corner = note.note.position

    def take(self) -> None:
        name, picked = self._note.name, self.scene.notes.picked
        if name in picked:
            return
        if self.start.adds:
            self.canvas.choose(self.canvas.context.selection, self.scene.selected_wires, {*picked, name})
        else:
            self.canvas.choose((), (), [name])

    def click(self) -> None:
        name = frozenset({self._note.name})
        if self.start.adds:
            notes = self.start.joined(self.scene.notes.picked, name)
            self.canvas.choose(self.canvas.context.selection, self.scene.selected_wires, notes)
        else:
            self.canvas.choose((), (), name)


class Guided(Carry):
    """What is dragged snaps to its neighbours, or else its leading node snaps to the grid; with Shift held nothing
    snaps."""

    def lead(self) -> str:
        """The node that snaps to the grid."""
        raise NotImplementedError

    def begin(self) -> None:
        super().begin()
        self._guides = Guides(self.canvas, self._from, self.lead(), stay=self.stays)

    def way(self, at: Pointer) -> Point:
        return self._guides.snapped(at.scene - self.start.scene, free=at.free)

    def settle(self) -> None:
        self._guides.remove()
        super().settle()


class CarryGroup(Guided):
    """The press was on the title bar of a group or on the card that stands for it. A click selects its members."""

    def __init__(self, canvas: CanvasView, start: Pointer, members: frozenset[str]):
        super().__init__(canvas, start)
        self._members = members

    def lead(self) -> str:
        return min(self._members, key=lambda name: (self._from[name][1], self._from[name][0], name))

    def take(self) -> None:
        if not self._members <= self.canvas.context.selection:
            self._choose(self.canvas.context.selection | self._members)

    def click(self) -> None:
        before, members = self.canvas.context.selection, self._members
        # Some of them selected counts as none: what is clicked is the group.
        self._choose(self.start.joined(before - members if not members <= before else before, members))

    def _choose(self, joined: frozenset[str]) -> None:
        if self.start.adds:
            self.canvas.choose(joined, self.scene.selected_wires, self.scene.notes.picked)
        else:
            self.canvas.choose(self._members)
