"""A flat button with a word, and a menu of choices behind it."""
from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton

from gui.theme import icons


class MenuButton(QToolButton):
    """`fill` puts the choices into the menu each time that it opens."""

    def __init__(self, name: str, tip: str, fill: Callable[[QMenu], None], *, icon: str = ""):
        super().__init__()
        self.name, self._fill = name, fill
        self.setProperty("kind", "flat")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setToolTip(tip)
        self.setAccessibleName(name)
        if icon:
            icons.bind(self, icon)
            self.setIconSize(self.iconSize() * 0.75)
        menu = QMenu(self)
        menu.aboutToShow.connect(self._open)
        self.setMenu(menu)

    def say(self, word: str) -> None:
        """Write what is chosen."""
        if word != self.text():
            self.setText(word)
            self.setAccessibleName(f"{self.name}: {word}")

    @Slot()
    def _open(self) -> None:
        self.menu().clear()
        self._fill(self.menu())


def offer(menu: QMenu, words: Sequence[str], chosen: int, pick: Callable[[int], object]) -> None:
    """Put words into a menu of which one is chosen; `pick` gets the place of another one."""
    group = QActionGroup(menu)
    for place, word in enumerate(words):
        action = menu.addAction(word.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(place == chosen)
        action.triggered.connect(lambda _=False, place=place: pick(place))
        group.addAction(action)
