"""The runs that were left behind, to compare the present one with."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal, Slot

from core.graph.document import Diff, Document
from core.train.contrast import SAME, told
from core.train.past import Past
from gui.context import AppContext
from gui.plots import numbers
from gui.plots.chart import Behind
from gui.plots.live_curve import LiveCurve
from gui.theme.tokens import Tokens, mix

KEPT = 5
EPOCHS = 10_000
# Classes of the theme whose colours are far from those of the lines of the present run.
COLOURS = 2, 3, 4, 7, 0
FAINT = 0.42
# What a legend has no room for.
SHORTER = {"learning rate": "lr", "batch size": "batch", "optimizer ": "", "schedule ": ""}


@dataclass(eq=False)
class Run:
    """One of them; `slot` gives it its colour. `label` names what differs, `short` in fewer letters."""

    past: Past
    slot: int
    shown: bool = True
    label: str = ""
    short: str = ""
    told: str = ""

    def colour(self, tokens: Tokens) -> str:
        """A faint colour, which it keeps."""
        return mix(tokens.classes[COLOURS[self.slot]], tokens.plot, FAINT)

    def behind(self, columns: Sequence[str], axis: str, tokens: Tokens) -> Behind:
        """Its lines of these columns: the first one whole, the second one dashed."""
        colour, curves = self.colour(tokens), []
        for place, column in enumerate(columns):
            curve = LiveCurve(head=False)
            curve.set_colour(colour, width=1.2, dashed=place > 0)
            curve.extend(self.past.column(axis), self.past.column(column))
            curves.append(curve)
        return Behind(colour, tuple(curves))


class Runs(QObject):
    """Keeps the newest few runs that the trainer left behind, also while nobody looks. Another document has none."""

    changed = Signal()

    def __init__(self, context: AppContext, parent: QObject):
        super().__init__(parent)
        self._context = context
        self.all: list[Run] = []
        context.trainer.left_behind.connect(self._take)
        context.document_changed.connect(self._document_changed)

    @property
    def visible(self) -> list[Run]:
        """Those that are to be drawn."""
        return [run for run in self.all if run.shown]

    def toggle(self, run: Run) -> None:
        """Hide it, or show it again."""
        run.shown = not run.shown
        self.changed.emit()

    def remove(self, run: Run) -> None:
        """Forget it."""
        self.all.remove(run)
        self.changed.emit()

    @Slot()
    def clear(self) -> None:
        """Forget all."""
        if self.all:
            self.all.clear()
            self.changed.emit()

    @Slot(object)
    def _take(self, past: Past) -> None:
        del self.all[: max(0, len(self.all) + 1 - KEPT)]
        free = next(slot for slot in range(KEPT) if all(run.slot != slot for run in self.all))
        self.all.append(Run(past.thinned(EPOCHS), free))
        self._name()
        self.changed.emit()

    @Slot(object, object)
    def _document_changed(self, diff: Diff, document: Document) -> None:
        history = self._context.history
        if not (history.can_undo or history.can_redo):
            self.clear()
        elif self.all and (diff.structure or diff.training or diff.changed):
            before = [run.told for run in self.all]
            self._name()
            if before != [run.told for run in self.all]:
                self.changed.emit()

    def _name(self) -> None:
        self._describe()
        labels = [run.label for run in self.all]
        for run in self.all:
            if run.past.left and labels.count(run.label) > 1 and run.label != _left(run.past):
                run.label += f", {_left(run.past)}"
            run.short = shortened(run.label)

    def _describe(self) -> None:
        for run in self.all:
            found = told(run.past, self._context.document)
            there = [_left(run.past)] * run.past.left
            run.label = ", ".join([one.there for one in found] or there or [SAME])
            differs = "\n".join([f"{one.there} (now {one.here})" for one in found] or [SAME.capitalize()])
            differs = "\n".join([differs, *(place.capitalize() for place in there)])
            end = f"{numbers.count(run.past.column('epoch')[-1])} epochs, loss "
            run.told = f"{differs}\n{end}{numbers.measured(run.past.column('loss')[-1])}"


def _left(past: Past) -> str:
    return f"left at epoch {numbers.count(past.column('epoch')[-1])}"


def shortened(label: str) -> str:
    """The same in fewer letters, for a place as narrow as the panel."""
    for long, short in SHORTER.items():
        label = label.replace(long, short)
    return label
