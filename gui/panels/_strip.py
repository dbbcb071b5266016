"""The row of choices above a plot."""
from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from gui.forms.chooser import Chooser
from gui.forms.segments import Segments
from gui.theme import fonts, icons, palette

HEIGHT, ICON = 28, 14
# Of a button: its height, and what lies beside its word.
CONTROL, SIDE = 22, 6


class Strip(QWidget):
    """Out of sight until something is put on it. What is chosen is told at once; none of it is a step of the document.

    Things stand from left to right; `spring` pushes what follows to the right edge.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "strip")
        self.setFixedHeight(HEIGHT)
        self.row = QHBoxLayout(self)
        # Words in buttons stand below the title of the panel.
        self.row.setContentsMargins(6, 2, 6, 0)
        self.row.setSpacing(2)
        self.hide()

    def put(self, widget: QWidget) -> None:
        """Add a widget at the end."""
        self.row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
        self.show()

    def spring(self) -> None:
        """What follows stands at the right edge."""
        self.row.addStretch(1)

    def segments(self, name: str, words: Sequence[str], chosen: Callable[[str], object]) -> Segments:
        """A few words of which one is chosen; `name` is for screen readers."""
        made = Segments(name)
        # Lower than the tabs of a dock.
        made.setProperty("kind", "strip")
        made.put(words, words[0] if words else "")
        made.chosen.connect(chosen)
        self.put(made)
        return made

    def chooser(self, label: str, tip: str, chosen: Callable[[int], object]) -> Chooser:
        """A list to choose from, beside a word; `offer` gives it its entries."""
        made = Chooser(self.row, label, tip)
        made.activated.connect(lambda: chosen(made.chosen))
        self.show()
        return made

    def switch(self, text: str, tip: str, toggled: Callable[[bool], object], *, icon: str = "") -> QToolButton:
        """A flat button that stays down: a word, or an icon that the word names."""
        made = self._button(text, tip, icon)
        made.setCheckable(True)
        made.toggled.connect(toggled)
        return made

    def button(self, text: str, tip: str, run: Callable[[], object], *, icon: str = "") -> QToolButton:
        """A flat button."""
        made = self._button(text, tip, icon)
        made.clicked.connect(lambda: run())
        return made

    def _button(self, text: str, tip: str, icon: str) -> QToolButton:
        made = QToolButton()
        made.setProperty("kind", "flat")
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setAccessibleName(text)
        made.setToolTip(tip)
        if icon:
            icons.bind(made, icon)
            made.setIconSize(QSize(ICON, ICON))
            made.setFixedSize(ICON + 2 * SIDE, CONTROL)
        else:
            made.setText(text)
            words = QFontMetrics(fonts.font(palette.current().tokens, small=True))
            made.setFixedSize(words.horizontalAdvance(text) + 2 * SIDE + 2, CONTROL)
        self.put(made)
        return made
