"""An icon that stands by itself and follows the theme."""
from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel

from gui.theme import icons, palette
from gui.theme.tokens import Tokens


class Picture(QLabel):
    """The icon `name` in `size` pixels. `colour` is a token's name, or "category:" and the category of a layer."""

    def __init__(self, name: str, size: int, colour: str):
        super().__init__()
        self._name = name
        self._colour = colour
        self._size = size
        self.setFixedSize(size, size)
        theme = palette.current()
        theme.changed.connect(self._paint)
        self._paint(theme.tokens)

    @Slot(object)
    def _paint(self, tokens: Tokens) -> None:
        kind, _, category = self._colour.partition(":")
        colour = tokens.category_colour(category) if kind == "category" else getattr(tokens, _INK.get(kind, kind))
        self.setPixmap(icons.pixmap(self._name, self._size, colour, self.devicePixelRatioF()))


_INK = {"info": "accent_ink"}
