"""A run that is over and was left behind: to be compared with the present one."""
from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from core.graph.document import Document
from core.train.series import EPOCHS

if TYPE_CHECKING:
    from core.train.session import Session


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """The document that was trained, and the rows of its series (epochs, columns), which EPOCHS names. It was `left`
    by going back in time, or forth again."""

    document: Document
    rows: np.ndarray
    left: bool = False

    def column(self, name: str) -> np.ndarray:
        """One number for each epoch: (epochs,)."""
        found: np.ndarray = self.rows[:, EPOCHS.index(name)]
        return found

    def thinned(self, most: int) -> Past:
        """At most that many of its epochs, evenly chosen; the first and the last are among them."""
        if len(self.rows) <= most:
            return self
        kept = np.linspace(0, len(self.rows) - 1, most).round().astype(np.intp)
        return replace(self, rows=self.rows[kept])


def past_of(session: Session | None, *, left: bool = False) -> Past | None:
    """What is left of a session that is given up; nothing if it was not trained for an epoch."""
    if session is None or not len(session.series):
        return None
    return Past(session.document, session.series.since(0), left)
