"""The columns of the data, in three groups by what they are for."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from core.preprocessing import ColumnSpec, Specs

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
GROUPS = {"input": "Inputs", "target": "Target", "ignore": "Ignored"}
KINDS = {"number": "number", "category": "category", "text": "text", "date": "date"}


@dataclass(frozen=True, slots=True)
class Heading:
    """The title of a group, and how many columns are in it."""

    role: str
    count: int

    @property
    def text(self) -> str:
        """What it says."""
        return GROUPS[self.role]


@dataclass(frozen=True, slots=True)
class Line:
    """One column, and what it is for. `note` is what there is to know about it, if anything."""

    spec: ColumnSpec
    role: str
    note: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader says, and the tool tip."""
        parts = [self.spec.name, KINDS[self.spec.kind]]
        if self.spec.categories:
            parts.append(f"{len(self.spec.categories):,} values")
        if self.spec.missing:
            parts.append(f"{self.spec.missing:,} missing")
        parts.append(GROUPS[self.role].lower().rstrip("s") if self.role == "input" else self.role)
        return ", ".join(parts) + (f".\n{self.note}" if self.note else "")


class ColumnsModel(QAbstractListModel):
    """Headings and columns, as far as their names answer the search."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[Heading | Line] = []
        self.total = 0

    def put(self, columns: Specs, roles: Mapping[str, str], text: str = "",
            notes: Mapping[str, str] | None = None) -> None:
        """Show these columns; `notes` says by name what there is to know about some."""
        known = notes or {}
        wanted = text.strip().casefold()
        groups: dict[str, list[Line]] = {role: [] for role in GROUPS}
        for spec in columns:
            if wanted in spec.name.casefold():
                groups[roles[spec.name]].append(Line(spec, roles[spec.name], known.get(spec.name, "")))
        lines: list[Heading | Line] = []
        for role, members in groups.items():
            lines += [Heading(role, len(members)), *members]
        self.total = len(columns)
        if lines != self.lines:
            self.beginResetModel()
            self.lines = lines
            self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def line(self, index: Index) -> Line | None:
        """The column at a place, or None for a heading and outside."""
        found = self.lines[index.row()] if 0 <= index.row() < len(self.lines) else None
        return found if isinstance(found, Line) else None

    def role_at(self, row: int) -> str:
        """The group that a place belongs to."""
        return self.lines[min(max(row, 0), len(self.lines) - 1)].role if self.lines else ""

    def flags(self, index: Index) -> Qt.ItemFlag:
        usable = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usable if self.line(index) is not None else Qt.ItemFlag.ItemIsEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        found = self.lines[index.row()]
        if role == ROW:
            return found
        if isinstance(found, Heading):
            spoken = f"{found.text}, {found.count:,} columns"
            return {Qt.ItemDataRole.DisplayRole: found.text, Qt.ItemDataRole.AccessibleTextRole: spoken}.get(
                Qt.ItemDataRole(role))
        return {Qt.ItemDataRole.DisplayRole: found.spec.name, Qt.ItemDataRole.AccessibleTextRole: found.spoken,
                Qt.ItemDataRole.ToolTipRole: found.spoken}.get(Qt.ItemDataRole(role))
