"""A quiet word with an arrow, and a menu of choices behind it."""
from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QActionGroup, QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton

from gui.theme import fonts, icons, palette

HEIGHT, SIDE, ARROW, PAD, GAP = 22, 16, 10, 6, 4
WIDEST = 150


class MenuButton(QToolButton):
    """`fill` puts the choices into the menu each time that it opens. With an icon the word may be empty; a button that
    is `lit` says that its choice is not the usual one."""

    def __init__(self, name: str, tip: str, fill: Callable[[QMenu], None], *, icon: str = ""):
        super().__init__()
        self.name, self.symbol, self.lit, self._fill = name, icon, False, fill
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setToolTip(tip)
        self.setAccessibleName(name)
        menu = QMenu(self)
        menu.aboutToShow.connect(self._open)
        self.setMenu(menu)

    def say(self, word: str, *, lit: bool = False) -> None:
        """Write what is chosen."""
        if (word, lit) != (self.text(), self.lit):
            self.lit = lit
            self.setText(word)
            self.setAccessibleName(f"{self.name}: {word}" if word else self.name)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        word = QFontMetrics(fonts.font(palette.current().tokens, small=True)).horizontalAdvance(self.text())
        width = min(WIDEST, word + 1) + ARROW + 3 + (GAP if self.symbol else 0) if self.text() else 0
        return QSize(2 * PAD + width + (SIDE if self.symbol else 0), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 2 * PAD + ARROW + 20), HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, tokens = QPainter(self), palette.current().tokens
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.75, 0.75, -0.75, -0.75)
        painter.setPen(QPen(QColor(tokens.accent_ink), 1.5) if self.hasFocus() else QPen(Qt.PenStyle.NoPen))
        if self.isDown() or self.underMouse():
            painter.setBrush(QColor(tokens.pressed if self.isDown() else tokens.hover))
        if self.hasFocus() or self.isDown() or self.underMouse():
            painter.drawRoundedRect(area, tokens.radius_s, tokens.radius_s)
        ink = tokens.text_disabled if not self.isEnabled() else tokens.accent_ink if self.lit else tokens.text_muted
        left = float(PAD)
        if self.symbol:
            icons.paint(painter, QRectF(left, (self.height() - SIDE) / 2, SIDE, SIDE), self.symbol, ink)
            left += SIDE + GAP
        if self.text():
            painter.setFont(fonts.font(tokens, small=True))
            painter.setPen(QColor(tokens.text if self.isEnabled() and not self.lit else ink))
            room = self.width() - left - ARROW - PAD - 2
            shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(room) + 1)
            painter.drawText(QRectF(left, 0, room + 2, self.height()), int(Qt.AlignmentFlag.AlignVCenter), shown)
            icons.paint(painter, QRectF(self.width() - PAD - ARROW, (self.height() - ARROW) / 2, ARROW, ARROW),
                        "chevron-down", ink)
        painter.end()

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
