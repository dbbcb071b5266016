"""A few words of which one is chosen: side by side where there is room, else behind a button."""
from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QStyle, QStyleOptionToolButton, QToolButton, QWidget

from gui.forms.segments import Segments
from gui.theme import icons, palette

HEIGHT = 24
ARROW = 10
PADDING = 5
NARROWEST = 68


class DropDown(QToolButton):
    """A quiet word with a list behind it. The word ends in dots where there is no room for it."""

    picked = Signal(str)

    def __init__(self, name: str, tip: str):
        super().__init__()
        self.setProperty("kind", "flat")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setAccessibleName(name)
        self.setToolTip(tip)
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.list = QMenu(self)
        self.setMenu(self.list)
        self.list.triggered.connect(lambda action: self._pick(action.data()))

    def put(self, words: Sequence[str], word: str) -> None:
        """Offer these, of which one is chosen, without telling anybody."""
        if [action.data() for action in self.list.actions()] != list(words):
            self.list.clear()
            for one in words:
                action = self.list.addAction(one)
                action.setData(one)
                action.setCheckable(True)
        for action in self.list.actions():
            action.setChecked(action.data() == word)
        if word != self.text():
            self.setText(word)
            self.updateGeometry()

    def _pick(self, word: str) -> None:
        self.put([action.data() for action in self.list.actions()], word)
        self.picked.emit(word)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + ARROW + 3 * PADDING + 2, HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(NARROWEST, self.sizeHint().width()), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, option = QPainter(self), QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        self.style().drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option, painter, self)
        tokens = palette.current().tokens
        room = self.width() - ARROW - 3 * PADDING
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.setPen(tokens.text if self.isEnabled() else tokens.text_disabled)
        painter.drawText(PADDING, 0, room, self.height(),
                         int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), text)
        arrow = icons.pixmap("chevron-down", ARROW, tokens.text_muted, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - PADDING - ARROW, (self.height() - ARROW) // 2 + 1, arrow)
        painter.end()


class Selector(QWidget):
    """`chosen` carries the word that somebody has picked."""

    chosen = Signal(str)

    def __init__(self, name: str, tip: str = ""):
        super().__init__()
        self.row, self.list = Segments(name), DropDown(name, tip)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.row)
        layout.addWidget(self.list)
        layout.addStretch(1)
        self.list.hide()
        self.row.chosen.connect(self._chosen)
        self.list.picked.connect(self._chosen)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def words(self) -> list[str]:
        """What can be chosen."""
        return self.row.words

    @property
    def word(self) -> str:
        """What is chosen."""
        return self.row.word

    def put(self, words: Sequence[str], word: str) -> None:
        """Offer these, of which one is chosen, without telling anybody."""
        if list(words) != self.words or word != self.word:
            self.row.put(words, word)
            self.list.put(words, self.word)
            self._fit()
            self.updateGeometry()

    def choose(self, word: str) -> None:
        """Choose a word as if somebody had picked it."""
        if word in self.words and word != self.word:
            self.row.setCurrentIndex(self.words.index(word))

    def sizeHint(self) -> QSize:
        return QSize(self.row.sizeHint().width(), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.list.minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() >= self.row.sizeHint().width()
        self.row.setVisible(wide)
        self.list.setVisible(not wide)

    @Slot(str)
    def _chosen(self, word: str) -> None:
        self.put(self.words, word)
        self.list.put(self.words, word)
        self.chosen.emit(word)
