"""The notes of a scene."""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from core.graph.document import Diff, Document, Note, Point
from core.params import EMPTY
from gui.canvas.companion import Companion
from gui.canvas.note_editor import NoteEditor
from gui.canvas.note_item import NoteItem

if TYPE_CHECKING:
    from gui.canvas.scene import CanvasScene
    from gui.canvas.view import CanvasView


class Notes(Companion):
    """One item for every note. `picked` are those that are selected; they follow nodes that are dragged."""

    def __init__(self, scene: CanvasScene):
        super().__init__(scene)
        self.items: dict[str, NoteItem] = {}
        self.picked: frozenset[str] = frozenset()
        self._notes: Mapping[str, Note] = EMPTY

    def follow(self, diff: Diff, document: Document) -> None:
        if document.notes is self._notes:
            return
        before, self._notes = self._notes, document.notes
        for name in before.keys() - document.notes.keys():
            self.scene.drop(self.items.pop(name))
        for name, note in document.notes.items():
            if name not in self.items:
                self.items[name] = NoteItem(note, self.scene.ink)
                self.scene.addItem(self.items[name])
            elif note is not before[name]:
                self.items[name].show_note(note)
        self.pick(self.picked & document.notes.keys())

    def chosen(self) -> None:
        self.pick(())

    def restyle(self) -> None:
        for item in self.items.values():
            item.restyle()

    def extent(self) -> QRectF:
        rect = QRectF()
        for item in self.items.values():
            rect = rect.united(item.sheet())
        return rect

    def pick(self, names: Iterable[str]) -> None:
        """Select exactly these notes; nodes and wires stay as they are."""
        wanted = frozenset(name for name in names if name in self.items)
        changed, self.picked = self.picked ^ wanted, wanted
        for name in changed & self.items.keys():
            self.items[name].mark(selected=name in wanted)
        if changed:
            self.scene.picked.emit()

    def covered(self, rect: QRectF) -> frozenset[str]:
        """The notes that a rubber band takes in."""
        return frozenset(name for name, item in self.items.items() if item.sheet().intersects(rect))

    def shift(self, dx: float, dy: float) -> None:
        """Show the selected notes so far from where the document has them."""
        for name, (x, y) in self.shifted(dx, dy).items():
            self.items[name].setPos(x, y)

    def shifted(self, dx: float, dy: float) -> dict[str, Point]:
        """Where the selected notes lie after a drag."""
        places = {name: self._notes[name].position for name in self.picked}
        return {name: (x + dx, y + dy) for name, (x, y) in places.items()}

    def edit_picked(self, canvas: CanvasView) -> None:
        """Edit the one note that is selected, if nothing else is."""
        if len(self.picked) == 1 and not canvas.context.selection:
            self.edit(canvas, next(iter(self.picked)))

    def edit(self, canvas: CanvasView, name: str, merge: str | None = None) -> NoteEditor:
        """Let the text of a note be edited in its place; with `merge`, in one step with what was done before."""
        canvas.choose((), (), [name])
        editor = NoteEditor(canvas, self.items[name], merge)
        editor.open()
        return editor
