"""The colours, fonts and icons that the items of one scene paint with. One object, changed when the theme changes."""
from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen, QPixmap

from gui.canvas.exposure import Exposure
from gui.theme import fonts, icons
from gui.theme.tokens import Tokens

FALLBACK_ICON = "help"


class Ink:
    """Paint for the canvas, looked up by token name and remembered.

    While `plain` is set, items paint for paper: in shapes only, without shadow, selection and hover. `exposure` knows
    what is being painted at present.
    """

    plain = False
    tokens: Tokens
    title_font: QFont
    small_font: QFont

    def __init__(self, tokens: Tokens):
        self.exposure = Exposure()
        self._colours: dict[str, QColor] = {}
        self._pens: dict[tuple[str, float], QPen] = {}
        self._pictures: dict[tuple[object, ...], QPixmap] = {}
        self.use(tokens)

    def use(self, tokens: Tokens) -> None:
        """Take the colours of another theme."""
        self.tokens = tokens
        self._colours.clear()
        self._pens.clear()
        self._pictures.clear()
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
        """A round pen in the colour that a token names. It is shared: copy it before changing it."""
        key = token, round(width, 2)
        if key not in self._pens:
            pen = QPen(self.colour(token), width)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            self._pens[key] = pen
        return self._pens[key]

    def category(self, category: str) -> QColor:
        """The colour of a category of layers."""
        if (key := f"category {category}") not in self._colours:
            self._colours[key] = QColor(self.tokens.category_colour(category))
        return self._colours[key]

    def paper(self, colour: str) -> QColor:
        """What a note, a group or a card of that colour lies on."""
        return QColor(self.tokens.paper(colour))

    def icon(self, name: str, size: int, colour: str, scale: float) -> QPixmap:
        """An icon drawn sharp for `scale` device pixels per canvas unit; an unknown name gives a question mark."""
        ratio = sharp(scale)

        def draw() -> QPixmap:
            return icons.pixmap(name if name in icons.names() else FALLBACK_ICON, size, colour, float(ratio))

        return self.picture((name, size, colour, ratio), draw)

    def paint_icon(self, painter: QPainter, place: QRectF, name: str, colour: str, scale: float) -> None:
        """Put an icon into the square `place`: as shapes on paper, else as a picture that is sharp at `scale`."""
        if self.plain:
            icons.paint(painter, place, name if name in icons.names() else FALLBACK_ICON, colour)
        else:
            painter.drawPixmap(place.topLeft(), self.icon(name, round(place.width()), colour, scale))

    def picture(self, key: tuple[object, ...], draw: Callable[[], QPixmap]) -> QPixmap:
        """What `draw` gives, drawn once for each key."""
        if key not in self._pictures:
            self._pictures[key] = draw()
        return self._pictures[key]


def sharp(scale: float) -> int:
    """The whole number of pixels per unit in which a picture is kept that is shown at `scale`."""
    return max(1, min(8, round(scale + 0.49)))
