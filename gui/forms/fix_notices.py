"""Notices about a node with what mends them as buttons."""
from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout

from core.errors import Problem
from gui.errands import Remedy, carry_out, remedies
from gui.forms import parts

if TYPE_CHECKING:
    from gui.context import AppContext

# Fixes are tried before they are offered: not after every letter that is typed.
SETTLE = 60
MOST = 3


class MendingNotice(parts.Notice):
    """One problem with its fixes below its text."""

    def __init__(self, problem: Problem):
        super().__init__(problem)
        self.problem = problem
        self._row = QVBoxLayout()
        self._row.setSpacing(4)
        self.column.addLayout(self._row)
        self.buttons: list[QPushButton] = []
        self._labels: list[str] = []

    def offer(self, found: Sequence[Remedy], apply: Callable[[str], object]) -> None:
        """Show a button for each of these fixes; `apply` is given the label of the one that is clicked."""
        labels = [fix.label for fix in found]
        if labels == self._labels:
            return
        for button in self.buttons:
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._row.setContentsMargins(0, 6 if labels else 0, 0, 0)
        self._labels, self.buttons = labels, [self._button(label, apply) for label in labels]

    def _button(self, label: str, apply: Callable[[str], object]) -> QPushButton:
        made = QPushButton(label)
        made.setToolTip(label)
        made.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        made.clicked.connect(partial(_call, apply, label))
        self._row.addWidget(made)
        return made


class FixNotices(parts.Notices):
    """The same fixes as beside the card on the canvas. A click does one, as one undo step."""

    def __init__(self, context: AppContext):
        super().__init__()
        self._context = context
        self._wait = QTimer(self, singleShot=True, interval=SETTLE)
        self._wait.timeout.connect(self._find)

    @property
    def buttons(self) -> list[QPushButton]:
        """Those of all notices, from top to bottom."""
        return [button for shown in self._notices() for button in shown.buttons]

    def show_problems(self, problems: Iterable[Problem]) -> None:
        super().show_problems(problems)
        if self._notices():
            self._wait.start()

    def notice(self, problem: Problem) -> MendingNotice:
        return MendingNotice(problem)

    def _notices(self) -> list[MendingNotice]:
        return [frame for frame in self.frames if isinstance(frame, MendingNotice)]

    @Slot()
    def _find(self) -> None:
        for shown in self._notices():
            if shown.problem in self._context.report.problems:
                shown.offer(remedies(self._context, shown.problem)[:MOST], partial(self._apply, shown.problem))

    def _apply(self, problem: Problem, label: str) -> None:
        found = remedies(self._context, problem) if problem in self._context.report.problems else []
        remedy = next((remedy for remedy in found if remedy.label == label), None)
        if remedy is None:
            # It was offered for a document that is no more.
            self._find()
        else:
            carry_out(self._context, remedy)


def _call(apply: Callable[[str], object], label: str, _: bool = False) -> None:
    apply(label)
