"""What is not well, below the plot: a line for each finding."""
from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from core.errors import Problem
from gui.activity.words import ILLS
from gui.theme import icons
from gui.theme.tokens import Tokens

NODE = Qt.ItemDataRole.UserRole
ROW, ICON, BESIDE = 26, 16, 36
# Of a panel they take no more than that part, and no more than so many lines; the others come with the wheel.
SHARE, MOST = 0.25, 3


class Findings(QListWidget):
    """`chosen` gets the node of a line that was clicked, or entered with the keyboard.

    Where a sentence has no room, a line names the layer and its illness in a word or two.
    """

    def __init__(self, chosen: Callable[[str], object]):
        super().__init__()
        self.problems: tuple[Problem, ...] = ()
        self._chosen = chosen
        self._briefs: tuple[str, ...] = ()
        self.setProperty("role", "plain")
        self.setAccessibleName("What is not well")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setIconSize(QSize(ICON, ICON))
        self.itemClicked.connect(self._go)
        self.itemActivated.connect(self._go)
        self.hide()

    def tell(self, problems: Sequence[Problem], called: Callable[[str], str], tokens: Tokens) -> None:
        """List these and no others; `called` says what a layer is called in few letters."""
        briefs = tuple(f"{called(one.node or '')}: {ILLS.get(one.code, 'not well')}" for one in problems)
        if (tuple(problems), briefs) == (self.problems, self._briefs):
            return
        self.problems, self._briefs = tuple(problems), briefs
        self.clear()
        for problem in problems:
            item = QListWidgetItem(icons.icon("health", tokens.warning), problem.message)
            item.setSizeHint(QSize(0, ROW))
            item.setData(NODE, problem.node)
            item.setToolTip(problem.text)
            self.addItem(item)

    def fit(self, width: int, height: int) -> None:
        """Take the room that there is in a panel of that size."""
        rows = min(MOST, len(self.problems), max(1, int(SHARE * height / ROW)))
        if self.height() != ROW * rows:
            self.setFixedHeight(ROW * rows)
        if self.isHidden() == bool(rows):
            self.setVisible(bool(rows))
        metrics, room = self.fontMetrics(), width - BESIDE
        sentences = all(metrics.horizontalAdvance(problem.message) <= room for problem in self.problems)
        for row, (problem, brief) in enumerate(zip(self.problems, self._briefs, strict=True)):
            text = problem.message if sentences else brief
            if self.item(row).text() != text:
                self.item(row).setText(text)

    @property
    def lines(self) -> list[str]:
        """What is written."""
        return [self.item(row).text() for row in range(self.count())]

    @Slot(object)
    def _go(self, item: QListWidgetItem) -> None:
        self._chosen(item.data(NODE))
