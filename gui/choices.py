"""What a picker offers: lines with an icon, a place and keys, ranked by what was typed."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from gui import search

Index = QModelIndex | QPersistentModelIndex
CHOICE = Qt.ItemDataRole.UserRole
RULED = Qt.ItemDataRole.UserRole + 1
TYPED = Qt.ItemDataRole.UserRole + 2
# What was used lately comes first among lines that answer about equally well.
FAMILIAR = 4.0


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One line. `key` is remembered, `path` says where else it is found, `tint` is a colour for the icon."""

    key: str
    text: str
    run: Callable[[], object]
    path: str = ""
    keys: str = ""
    tip: str = ""
    icon: str = ""
    tint: str = ""
    synonyms: tuple[str, ...] = ()
    enabled: bool = True

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        parts = (self.text, self.path, self.keys, "" if self.enabled else "not available now")
        return ", ".join(part for part in parts if part)


def ranked(text: str, choices: Iterable[Choice], recent: Sequence[str] = ()) -> list[Choice]:
    """The choices that answer `text`, best first; without a text all of them, those in `recent` first. What is not
    available now comes last."""
    places = {key: place for place, key in enumerate(recent)}
    if not text.strip():
        return sorted(choices, key=lambda c: (not c.enabled, places.get(c.key, len(places))))
    scored = [(value + (FAMILIAR if c.key in places else 0), c) for c in choices
              if (value := search.score(text, c.text, (*c.synonyms, *c.path.split()))) is not None]
    return [c for _, c in sorted(scored, key=lambda pair: (not pair[1].enabled, -pair[0]))]


class ChoiceModel(QAbstractListModel):
    """The lines that are shown."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[Choice] = []
        self._rule = 0
        self._typed = ""

    def put(self, rows: list[Choice], *, rule: int = 0, typed: str = "") -> None:
        """Show these lines, with a rule above number `rule` (0: none)."""
        self.beginResetModel()
        self.rows, self._rule, self._typed = rows, rule, typed
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        # Also what is not available can be stood on: its tip says what it would do.
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        choice = self.rows[index.row()]
        values: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: choice.text, Qt.ItemDataRole.AccessibleTextRole: choice.spoken,
            CHOICE: choice, RULED: 0 < self._rule == index.row(), TYPED: self._typed,
        }
        return values.get(role)
