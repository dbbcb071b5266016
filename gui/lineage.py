"""Which training session belongs to which state of the document."""
from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from core.errors import Problem
from core.graph.document import Document
from core.graph.redrawn import redrawn, same_data
from core.train.essence import alike
from core.train.takeover import Taken, comparable

if TYPE_CHECKING:
    from core.train.session import Session


class Lineage:
    """Numbers sessions. Edits that change what is computed lead to new ones, undo and redo back to those before, unless
    they bring back or take away points that were drawn: then training goes on from the present one.

    `source` is the newest session that was ready, from which a new one goes on; `gone` names the nodes that were
    deleted since.
    """

    def __init__(self) -> None:
        self.key = 0
        self.source: Session | None = None
        self.gone: set[str] = set()
        self._newest = 0
        self._keys: dict[int, int] = {}
        self._document: Document | None = None
        self._live: tuple[str, ...] = ()

    def lost(self, names: Iterable[str]) -> None:
        """These nodes were deleted."""
        self.gone.update(names)

    def made(self, session: Session) -> None:
        """The session of the present document is ready."""
        self.source = session
        self.gone.clear()

    def open(self) -> None:
        """Another document begins: nothing of the one before is gone on from."""
        self.source, self._document = None, None
        self.gone.clear()
        self._keys.clear()

    def turn(self, revision: int, document: Document, live: tuple[str, ...]) -> bool:
        """Go to a document that can be trained. False if its session is the present one."""
        known = self._keys.get(revision)
        if known is not None and not self._is_redrawn(document):
            # Undo brought back what was deleted since.
            self.gone.clear()
        else:
            known = self.key if self._is_present(document, live) else self._newest + 1
        self._newest = max(self._newest, known)
        moved, self.key = known != self.key, known
        self._keys[revision], self._document, self._live = known, document, live
        return moved

    def _is_redrawn(self, document: Document) -> bool:
        """True if only samples are undone or redone: nobody wants to lose for them what was learned since."""
        return (self._document is not None and not same_data(self._document.data, document.data)
                and redrawn(self._document.data, document.data))

    def goes_on(self, document: Document) -> bool:
        """True if what was learned for the document before means something for this one."""
        return self._document is not None and comparable(self._document, document)

    def _is_present(self, document: Document, live: tuple[str, ...]) -> bool:
        if self._document is None or not self.gone.isdisjoint(live):
            return False
        return alike(self._document, self._live, document, live)


def what_is_lost(taken: Taken, before: Document, now: Document) -> Problem | None:
    """What to say of a session that goes on from another one, whose document was `before`, if not all of that stays."""
    if taken.kept:
        return Problem("train.fresh", taken.text, "info") if taken.fresh else None
    what = "network" if same_data(before.data, now.data) else "data"
    return Problem("train.restart", f"The {what} changed: training starts anew.", "info",
                   hint="Undo brings the trained weights back.")
