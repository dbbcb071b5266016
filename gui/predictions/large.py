"""One sample with all that the network says about it."""
from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from core.train.cases import Cases
from core.train.probes.case import Case
from gui.forms.icon_button import icon_button
from gui.forms.parts import Scroller
from gui.predictions import words
from gui.predictions.cards import EDGE, Cards
from gui.predictions.face import Face
from gui.predictions.line import Line
from gui.theme.tokens import Tokens
from gui.trying.answers import bars_of
from gui.trying.bars import Bars

BESIDE = 380
# Of the height, the lines above the sample and the edge below it.
ABOVE = 64


class Large(QWidget):
    """`left` asks for the grid again, `moved` for the sample so many places further."""

    left = Signal()
    moved = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("One sample")
        self.place = 0
        self.title, self.verdict, self.face, self.bars = Line(), Line(), Face(), Bars()
        self.back = self._button("table", "Back", "Back to all samples", self.left.emit)
        self.before = self._button("chevron-left", "Before", "The sample before", lambda: self.moved.emit(-1))
        self.after = self._button("chevron-right", "Next", "The next sample", lambda: self.moved.emit(1))
        head = QHBoxLayout()
        head.setContentsMargins(6, 0, 6, 0)
        head.setSpacing(4)
        head.addWidget(self.back)
        head.addWidget(self.title, 1)
        head.addWidget(self.before)
        head.addWidget(self.after)
        page = QWidget()
        self._page = QBoxLayout(QBoxLayout.Direction.TopToBottom, page)
        self._page.setContentsMargins(EDGE, 4, EDGE, 10)
        self._page.setSpacing(12)
        self._page.addWidget(self.face, 1, Qt.AlignmentFlag.AlignTop)
        beside = QVBoxLayout()
        beside.setSpacing(2)
        beside.addWidget(self.bars)
        beside.addStretch(1)
        self._page.addLayout(beside, 1)
        # What was said and what is true is seen without scrolling.
        told = QHBoxLayout()
        told.setContentsMargins(EDGE, 0, EDGE, 0)
        told.addWidget(self.verdict)
        scroller = Scroller()
        scroller.setWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(told)
        column.addWidget(scroller, 1)

    def _button(self, icon: str, name: str, tip: str, run: Callable[[], object]) -> QToolButton:
        made = icon_button(icon, tip, run, name=name, scale=0.75)
        made.setProperty("kind", "flat")
        return made

    def put(self, found: Cases, cards: Cards, place: int) -> None:
        """Show a sample as it is known from the grid."""
        self.place = place
        name = f"No. {int(found.numbers[place]) + 1:,}, {words.PARTS[found.part].lower()}"
        self.title.say(name)
        self.face.put(found, cards, place)
        loss = f"loss {words.plain(float(found.losses[place]))}"
        self.verdict.say(*(("Given back", loss) if found.kind == "values" else (words.judged(found, place), loss)))

    def tell(self, case: Case | None, tokens: Tokens) -> None:
        """Show all that is said about it, once that is known."""
        shown = case is not None and case.prediction.kind != "values"
        self.bars.setVisible(shown)
        if case is not None and shown:
            self.bars.show_bars(bars_of(case.prediction, tokens))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = self.width() >= BESIDE
        self._page.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        # Bars stand close below what they tell about.
        self._page.setStretch(0, 1 if beside else 0)
        self.face.limit(self.height() - ABOVE if beside else (self.height() - ABOVE) // 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Escape | Qt.Key.Key_Backspace | Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.left.emit()
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self.moved.emit(-1)
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self.moved.emit(1)
            case _:
                super().keyPressEvent(event)
