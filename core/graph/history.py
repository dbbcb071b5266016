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


class History:
    """The present document, those before it and those that were undone."""

    def __init__(self, document: Document, limit: int = 500):
        self.document = document
        self.listeners: list[Listener] = []
        self._past: list[_Step] = []
        self._future: list[_Step] = []
        self._saved: Document | None = document
        self._limit = limit

    def do(self, label: str, document: Document, *, merge: str | None = None) -> bool:
        """Go to `document`. Edits in a row with the same `merge` key (a drag, a slider) become one step.

        Returns False, and does nothing, if nothing differs.
        """
        if document is self.document or not diff(self.document, document):
            return False
        joined = merge is not None and bool(self._past) and self._past[-1].merge == merge and not self._future
        if not joined:
            self._past.append(_Step(label, merge, self.document))
            del self._past[: -self._limit]
        self._future.clear()
        self._go(document)
        return True

    def seal(self) -> None:
        """End the present step: the next edit starts a new one even with the same merge key."""
        if self._past and self._past[-1].merge is not None:
            last = self._past[-1]
            self._past[-1] = _Step(last.label, None, last.document)

    def undo(self) -> None:
        """Go back one step, to the very same document as before."""
        if self._past:
            step = self._past.pop()
            self._future.append(_Step(step.label, None, self.document))
            self._go(step.document)

    def redo(self) -> None:
        """Take back one undo."""
        if self._future:
            step = self._future.pop()
            self._past.append(_Step(step.label, None, self.document))
            self._go(step.document)

    def restart(self, document: Document, *, saved: bool = True) -> None:
        """Begin anew with another document, as after opening a file."""
        self._past.clear()
        self._future.clear()
        self._saved = document if saved else None
        self._go(document)

    def mark_saved(self, document: Document | None = None) -> None:
        """Remember that this document (by default the present one) is what the file holds.

        Ends the present step, so that undo leads back to what was saved.
        """
        self.seal()
        self._saved = self.document if document is None else document

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

    def _go(self, document: Document) -> None:
        change, self.document = diff(self.document, document), document
        for listener in tuple(self.listeners):
            listener(change, document)
