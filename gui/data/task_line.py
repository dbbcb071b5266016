"""What the task is, and one click that makes the end of the network fit it."""
from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from core.datasets import DataSpec
from core.graph.check import Report
from core.graph.fixes import FIT, fit_output
from core.graph.task import change_text, sample_text, some_names, task_text
from gui.forms import parts
from gui.forms.picture import Picture

if TYPE_CHECKING:
    from gui.context import AppContext

MISFITS = ("output.width", "loss.task", "loss.classes", "loss.activation")


class TaskLine(QWidget):
    """Two facts, and below them a notice while an Output does not fit the data."""

    def __init__(self, context: AppContext):
        super().__init__()
        self._context = context
        self._spec: DataSpec | None = None
        self._source: object = None
        self._stale = False
        self._counts: Sequence[int] = ()
        self._change = ""
        self.facts = parts.Facts()
        self.notice = QFrame()
        self.notice.setProperty("role", "notice-warning")
        self.text = parts.label()
        self.button = QPushButton(FIT)
        self.button.setProperty("kind", "primary")
        self.button.setToolTip("Give the Output the loss, the last layer its width, and the activation that the data "
                               "ask for: one step that can be undone.")
        self._lay_out()
        self.button.clicked.connect(self._fit)

    def show_counts(self, counts: Sequence[int]) -> None:
        """Say how the classes are balanced."""
        if tuple(counts) != tuple(self._counts):
            self._counts = tuple(counts)
            self._show_facts()

    def show_report(self, report: Report) -> None:
        """Follow a new check."""
        if report.spec is not None:
            self._change = change_text(self._spec, report.spec) or self._change
            self._spec, self._source = report.spec, self._context.document.data["source"]
        # Of data that have a problem nothing is known; what the others were like is no help.
        self._stale = self._source != self._context.document.data["source"]
        self._show_facts()
        found = [problem for problem in report.problems if problem.code in MISFITS and problem.blocks]
        fits = not found or report.spec is None or fit_output(self._context.document, report) is self._context.document
        if fits:
            self._change = self._change if found else ""
        self.notice.setVisible(not fits)
        if not fits:
            self.text.setText(f"{self._change} {found[0].message}".strip())

    def _show_facts(self) -> None:
        spec = None if self._stale else self._spec
        self.setVisible(spec is not None)
        if spec is not None:
            rows = [("Task", task_text(spec, self._counts)), ("One sample", sample_text(spec))]
            self.facts.show_rows([*rows, ("Classes", some_names(spec.classes))] if spec.classes else rows)

    @Slot()
    def _fit(self) -> None:
        report = self._context.report
        self._context.edit(FIT, lambda doc: fit_output(doc, report))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self.notice)
        row.setContentsMargins(8, 8, 8, 8)
        row.setSpacing(8)
        inner = QVBoxLayout()
        inner.setSpacing(6)
        inner.addWidget(self.text)
        inner.addWidget(self.button)
        icon = QVBoxLayout()
        icon.addWidget(Picture("warning", 16, "warning"))
        icon.addStretch(1)
        row.addLayout(icon)
        row.addLayout(inner, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.facts)
        column.addWidget(self.notice)
