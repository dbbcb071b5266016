"""The colours, fonts and icons that the items of one scene paint with. One object, changed when the theme changes."""
from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPen, QPixmap

from gui.theme import fonts, icons
from gui.theme.tokens import Tokens

FALLBACK_ICON = "help"


class Ink:
    """Paint for the canvas, looked up by token name and remembered."""

    tokens: Tokens
    title_font: QFont
    small_font: QFont

    def __init__(self, tokens: Tokens):
        self._colours: dict[str, QColor] = {}
        self._icons: dict[tuple[str, int, str, int], QPixmap] = {}
        self.use(tokens)

    def use(self, tokens: Tokens) -> None:
        """Take the colours of another theme."""
        self.tokens = tokens
        self._colours.clear()
        self._icons.clear()
        self.title_font = fonts.font(tokens, strong=True)
        self.small_font = fonts.font(tokens, small=True)
        self.title_metrics = QFontMetricsF(self.title_font)
        self.small_metrics = QFontMetricsF(self.small_font)

    def colour(self, token: str) -> QColor:
        """The colour that a token names."""
        if token not in self._colours:
            self._colours[token] = QColor(getattr(self.tokens, token))
        return self._colours[token]

    def pen(self, token: str, width: float) -> QPen:
        """A round pen in the colour that a token names."""
        pen = QPen(self.colour(token), width)
        pen.setCapStyle(pen.capStyle().RoundCap)
        return pen

    def category(self, category: str) -> QColor:
        """The colour of a category of layers."""
        return QColor(self.tokens.category_colour(category))

    def icon(self, name: str, size: int, colour: str, scale: float) -> QPixmap:
        """An icon drawn sharp for `scale` device pixels per canvas unit; an unknown name gives a question mark."""
        ratio = max(1, min(8, round(scale + 0.49)))
        key = name, size, colour, ratio
        if key not in self._icons:
            known = name if name in icons.names() else FALLBACK_ICON
            self._icons[key] = icons.pixmap(known, size, colour, float(ratio))
        return self._icons[key]
