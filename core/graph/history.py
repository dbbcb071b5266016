"""Undo as a list of documents: an edit that can be done can be undone."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from core.graph.document import Diff, Document, diff

Listener = Callable[[Diff, Document], None]


@dataclass(frozen=True, slots=True)
class _Step:
    label: str
    merge: str | None
    document: Document
    revision: int


class History:
    """The present document, those before it and those that were undone.

    `revision` numbers what is computed: an edit that changes more than places, names and how things are drawn gives a
    new number, and undo and redo bring the old ones back. So one can tell undo from an edit to an equal document.
    No more than `limit` steps can be undone.
    """

    def __init__(self, document: Document, limit: int = 500):
        self.document = document
        self.revision = self._newest = 0
        self.listeners: list[Listener] = []
        self._past: list[_Step] = []
        self._future: list[_Step] = []
        self._saved: Document | None = document
        self.limit = limit

    def do(self, label: str, document: Document, *, merge: str | None = None) -> bool:
        """Go to `document`. Edits in a row with the same `merge` key (a drag, a slider) become one step.

        Returns False, and does nothing, if nothing differs.
        """
        if document is self.document or not (change := diff(self.document, document)):
            return False
        joined = merge is not None and bool(self._past) and self._past[-1].merge == merge and not self._future
        if not joined:
            self._past.append(_Step(label, merge, self.document, self.revision))
            del self._past[: -self.limit]
        self._future.clear()
        self._go(change, document, self._number(change))
        return True

    def seal(self) -> None:
        """End the present step: the next edit starts a new one even with the same merge key."""
        if self._past and self._past[-1].merge is not None:
            last = self._past[-1]
            self._past[-1] = _Step(last.label, None, last.document, last.revision)

    def undo(self) -> None:
        """Go back one step, to the very same document as before."""
        self.go(self.present - 1)

    def redo(self) -> None:
        """Take back one undo."""
        self.go(self.present + 1)

    def go(self, index: int) -> None:
        """Go to the state number `index` of `steps` at once; listeners hear one difference. Outside of them, nothing
        happens."""
        if not 0 <= index <= len(self._past) + len(self._future) or index == self.present:
            return
        document, revision = self.document, self.revision
        while len(self._past) != index:
            back = len(self._past) > index
            source, target = (self._past, self._future) if back else (self._future, self._past)
            step = source.pop()
            target.append(_Step(step.label, None, document, revision))
            document, revision = step.document, step.revision
        self._go(diff(self.document, document), document, revision)

    def restart(self, document: Document, *, saved: bool = True) -> None:
        """Begin anew with another document, as after opening a file."""
        self._past.clear()
        self._future.clear()
        self._saved = document if saved else None
        self._newest += 1
        self._go(diff(self.document, document), document, self._newest)

    def mark_saved(self, document: Document | None = None) -> None:
        """Remember that this document (by default the present one) is what the file holds.

        Ends the present step, so that undo leads back to what was saved.
        """
        self.seal()
        self._saved = self.document if document is None else document

    @property
    def present(self) -> int:
        """The number of the present state in `steps`."""
        return len(self._past)

    @property
    def steps(self) -> tuple[str, ...]:
        """The name of what led to each state, the oldest first: of the first it is empty, and those after `present`
        are undone."""
        return "", *(step.label for step in self._past), *(step.label for step in reversed(self._future))

    @property
    def saved(self) -> int | None:
        """The number of the state that the file holds, or None if that is not among `steps`."""
        states = (*(s.document for s in self._past), self.document, *(s.document for s in reversed(self._future)))
        return next((index for index, document in enumerate(states) if document is self._saved), None)

    @property
    def dirty(self) -> bool:
        """True if the present document is not the saved one. Undo back to it is clean again."""
        return self.document is not self._saved

    @property
    def undo_label(self) -> str:
        """What undo would take back, or empty."""
        return self._past[-1].label if self._past else ""

    @property
    def redo_label(self) -> str:
        """What redo would do again, or empty."""
        return self._future[-1].label if self._future else ""

    @property
    def can_undo(self) -> bool:
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        return bool(self._future)

    def _number(self, change: Diff) -> int:
        """The number of what is computed after a change: the present one if that stays."""
        if not (change.structure or change.training):
            return self.revision
        self._newest += 1
        return self._newest

    def _go(self, change: Diff, document: Document, revision: int) -> None:
        self.document, self.revision = document, revision
        for listener in tuple(self.listeners):
            listener(change, document)
