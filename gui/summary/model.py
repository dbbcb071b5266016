"""The layers as Qt's tables want them, with a line of totals below."""
from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from core.engine.outline import Line, Outline
from core.layers import show
from core.train.probes.timing import Timing
from gui.plots.numbers import NOTHING
from gui.theme import fonts, palette

Index = QModelIndex | QPersistentModelIndex
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: its name, what it means, and its value for a line as a text or a number to sort by."""

    title: str
    tip: str
    value: Callable[[SummaryModel, Line], float | str]
    write: Callable[[Any], str] = str

    @property
    def right(self) -> bool:
        """True for numbers."""
        return self.write is not str


class SummaryModel(QAbstractTableModel):
    """`timing` is None until the run has said how long everything takes."""

    def __init__(self) -> None:
        super().__init__()
        self.outline = Outline(())
        self.timing: Timing | None = None
        self.by: tuple[int, bool] | None = None
        self.lines: tuple[Line, ...] = ()

    def put(self, outline: Outline, timing: Timing | None) -> None:
        """Show this table."""
        same = len(outline.lines) == len(self.outline.lines)
        if not same:
            self.beginResetModel()
        self.outline, self.timing = outline, timing
        self._sort()
        if same:
            last = self.index(self.rowCount() - 1, len(HEADINGS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        else:
            self.endResetModel()

    def sort_by(self, column: int, descending: bool | None) -> None:
        """Sort by a column; None is the order of the network."""
        self.layoutAboutToBeChanged.emit()
        self.by = None if descending is None else (column, descending)
        self._sort()
        self.layoutChanged.emit()

    def line_at(self, row: int) -> Line | None:
        """The layer in a row; None for the totals."""
        return self.lines[row] if 0 <= row < len(self.lines) else None

    def time(self, node: str, way: int) -> float:
        """Seconds forward (0) or backward (1); NaN if they are not known."""
        found = None if self.timing is None else self.timing.nodes.get(node)
        return math.nan if found is None else found[way]

    def share(self, line: Line) -> float:
        """Which part of the time of all layers one takes."""
        timing = self.timing
        return sum(timing.nodes[line.node]) / timing.total if timing and timing.total and line.node in timing.nodes \
            else math.nan

    def _sort(self) -> None:
        self.lines = self.outline.lines
        if self.by is not None:
            column, descending = self.by
            self.lines = tuple(sorted(self.lines, key=lambda line: _key(HEADINGS[column].value(self, line)),
                                      reverse=descending))

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if (parent is not None and parent.isValid()) or not self.lines else len(self.lines) + 1

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(HEADINGS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        heading, line = HEADINGS[index.column()], self.line_at(index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._total(index.column()) if line is None else heading.write(heading.value(self, line))
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if heading.right else LEFT
            case Qt.ItemDataRole.FontRole if line is None:
                return fonts.font(palette.current().tokens, strong=True)
            case Qt.ItemDataRole.ToolTipRole if line is not None and line.frozen and line.parameters:
                return "Frozen: training leaves these weights as they are"
        return None

    def _total(self, column: int) -> str:
        if column == 0:
            return "All layers"
        heading = HEADINGS[column]
        if heading.title in ("Kind", "Output"):
            return ""
        return heading.write(math.fsum(float(heading.value(self, line)) for line in self.lines))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return HEADINGS[section].title
            case Qt.ItemDataRole.ToolTipRole:
                return f"{HEADINGS[section].tip}. A click sorts."
            case Qt.ItemDataRole.TextAlignmentRole:
                return RIGHT if HEADINGS[section].right else LEFT
        return None


def count(value: float) -> str:
    """A whole number with separators; empty for 0, so that what counts stands out."""
    return f"{round(value):,}" if value else ""


def size(value: float) -> str:
    """Bytes as a person reads them."""
    for unit, name in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if value >= unit:
            return f"{value / unit:.3g} {name}"
    return f"{value:.0f} B" if value else ""


def duration(seconds: float) -> str:
    """A time in three digits: 12.5 µs, 3.4 ms."""
    if not math.isfinite(seconds):
        return NOTHING
    for unit, name in ((1.0, "s"), (1e-3, "ms")):
        if seconds >= unit:
            return f"{seconds / unit:.3g} {name}"
    return f"{seconds * 1e6:.3g} µs" if seconds else "0"


def percent(share: float) -> str:
    """A share of 1 in per cent."""
    return f"{100 * share:.1f} %" if math.isfinite(share) else NOTHING


def _key(value: float | str) -> tuple[bool, float | str]:
    return (isinstance(value, float) and math.isnan(value), value)


HEADINGS = (
    Heading("Layer", "The node", lambda model, line: line.title),
    Heading("Kind", "What it computes", lambda model, line: line.kind),
    Heading("Output", "The shape of one sample of its output", lambda model, line: show(line.shape)),
    Heading("Trained", "Weights that training changes", lambda model, line: line.trained, count),
    Heading("Frozen", "Weights that stay as they are", lambda model, line: line.parameters - line.trained, count),
    Heading("Multiply-adds", "Of one sample, forward", lambda model, line: line.operations, count),
    Heading("Memory", "What the output of one sample takes", lambda model, line: line.memory, size),
    Heading("Of a batch", "What the outputs of a batch take", lambda model, line: math.nan if model.timing is None
            else line.memory * model.timing.batch, lambda value: NOTHING if math.isnan(value) else size(value)),
    Heading("Forward", "Time in a step, forward", lambda model, line: model.time(line.node, 0), duration),
    Heading("Backward", "Time in a step, backward", lambda model, line: model.time(line.node, 1), duration),
    Heading("Share", "Its part of the time of all layers", lambda model, line: model.share(line), percent),
)
